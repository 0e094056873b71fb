"""One work item to a task draft: its labels, its bullets, and what its sentences do to files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import FileEntry, entries_in, lines_of
from planlint.dialects.path_lists import files_in, only_paths
from planlint.dialects.plan_words.finished import is_done, is_titled_done
from planlint.dialects.plan_words.looking import LOOKING, STUDYING
from planlint.dialects.prose import PathContext, Symbol, find_paths, find_symbols
from planlint.dialects.prose.kind_words import kind_word
from planlint.dialects.prose.order_words import stated_order
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.lines import bracketed, is_form, labelled, own_part, sentence_end
from planlint.dialects.work_items.signs import orders
from planlint.dialects.work_items.vocabulary import (
    IN_BRACKETS,
    MODES,
    NOTHING,
    OWNS,
    PARALLEL_TITLE,
    TOGETHER,
    WAITS_FOR_BARE,
    label_of,
    starts_at_once,
)
from planlint.model import Agent, Isolation, Kind, Mode, Resource
from planlint.readers.markdown.blocks import Block, Fence, Heading, List, ListItem, Paragraph
from planlint.readers.prose import Prose

_FILES = frozenset({*MODES, "deliverables"})
_LONGEST_NAME = 80
_PLACE = re.compile(r"\s*(?:in|inside|within)\s+\S{1,200}\s*[:：]\s*", re.IGNORECASE)
_NAMED = re.compile(r"[`*_]*\s*(?:\([^()]{0,40}\)\s*)?(?:[—–:：]|-\s)")
_DASH = re.compile(r"\s[—–-]+\s+(?=(?:after|depends|needs|requires|blocked|waits)\b)")
_WITH = re.compile(r"\s*\([^()]{0,80}\)\s*\Z")
_LOOKS = re.compile(
    rf"(?:code |final |security )?(?:{LOOKING}|qa|{STUDYING}|survey)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Read:
    """A task draft with what the plan as a whole must decide."""

    item: Item
    task: TaskDraft
    files: list[FileEntry] = field(default_factory=list)
    file_texts: list[Prose] = field(default_factory=list)
    """The lines that declare them."""
    waits: list[Prose] = field(default_factory=list)
    """Lines that say what it waits for, their label included."""
    listed: list[Prose] = field(default_factory=list)
    """Cells that hold nothing but what it waits for."""
    blocks: list[Prose] = field(default_factory=list)
    texts: list[Prose] = field(default_factory=list)
    """All other sentences."""
    places: list[Prose] = field(default_factory=list)
    """Lines that are the place of work: "In `a.py`:" above orders, a box "`a.py` — what it holds"."""
    shared: list[Prose] = field(default_factory=list)
    """What it admits to share with others."""
    provides: list[Symbol] = field(default_factory=list)
    consumes: list[Symbol] = field(default_factory=list)
    together: list[Prose] = field(default_factory=list)
    at_once: bool = False
    """Says that it need not wait for anything."""
    declares: bool = False
    """Whether it has a label for the files it changes."""


class ItemReader:
    """Reads one item from its first line to its last."""

    def __init__(self, item: Item) -> None:
        head = item.head
        name = head.written[:1].upper() + head.written[1:] if " " in head.written else head.written
        task = TaskDraft(name, item.origin, title=head.title)
        task.places["id"] = item.prose.origin(head.start, head.end)
        if head.title:
            at = item.prose.text.find(head.title)
            task.places["title"] = item.prose.origin(at, at + len(head.title)) if at >= 0 else item.prose.whole
        task.done = item.done or is_titled_done(head.title) or _all_ticked(item.blocks)
        if PARALLEL_TITLE.match(head.title) is not None:
            task.parallel = True
            task.places["parallel"] = item.prose.whole
        self._pending: str | None = None
        self._listing: str | None = None
        """A label of files above paragraphs that begin with one each."""
        self.read = Read(item, task)

    def run(self) -> Read:
        """Everything that the item says."""
        item, task = self.read.item, self.read.task
        first, *below = lines_of(item.prose) if not item.is_heading else (item.prose,)
        self.read.texts.append(first)
        self._aside(first)
        if item.rest is not None:
            self._owns(next(lines_of(item.rest), item.rest))
        for line in below:
            self._line(line)
        for block in item.blocks:
            self._block(block)
        for name, cell in item.cells.items():
            if name == "depends_on":
                self.read.listed.append(cell)
                self.read.at_once = starts_at_once(cell.text)
            elif name != "id":
                self._apply(name, cell, cell)
        self.read.at_once = self.read.at_once or item.unblocked
        brief = [block.prose.text for block in item.blocks if isinstance(block, Paragraph)]
        brief += [text for block in item.blocks if isinstance(block, List) for text in _texts(block)]
        task.brief = "\n".join(filter(None, [task.title, *brief]))
        return self.read

    def _aside(self, prose: Prose) -> None:
        """Labels in the brackets of the first line: "(branch: `feat/x`)"; "— after A and B" behind its title."""
        dash = _DASH.search(prose.text)
        if dash is not None and WAITS_FOR_BARE.match(prose.text, dash.end()) is not None:
            self.read.waits.append(prose.slice(dash.end(), len(prose.text)))
        for start, end in bracketed(prose.text):
            inner = prose.slice(start, end)
            label, colon, _ = inner.text.partition(":")
            if not colon and IN_BRACKETS.match(f"({inner.text})") is not None:
                label = inner.text.split()[0]
            if WAITS_FOR_BARE.match(inner.text) is not None:
                self.read.waits.append(inner)
                continue
            name = label_of(label) if colon or label != inner.text else None
            if name is not None and name not in _FILES:
                self._apply(name, inner.slice(len(label) + 1, len(inner.text)), inner)

    def _owns(self, line: Prose) -> None:
        """Files behind a bold title on its line: "**Agent 1 (Data):** Only handles `database.py`"."""
        if OWNS.match(line.text) is not None:
            name, value = labelled(line)
            self._apply(name or "writes", value, line)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._pending = label_of(block.title)
            self._listing = None
        elif isinstance(block, Paragraph):
            pending, self._pending = self._pending, None
            for line in lines_of(block.prose):
                if pending == "depends_on" and labelled(line)[0] is None:
                    self._apply(pending, line, line)
                elif self._listing is not None and _is_path_first(line):
                    self._apply(self._listing, line, line)
                else:
                    self._line(line)
        elif isinstance(block, Fence):
            for line in lines_of(block.prose) if is_form(block) else ():
                self._line(line)
            self._pending = None
        elif isinstance(block, List):
            pending, self._pending = self._pending, None
            for entry in block.items:
                self._entry(entry, pending)

    def _line(self, line: Prose) -> None:
        """One line of a paragraph: a label with its value, or a sentence (which goes on a label of files)."""
        name, value = labelled(line)
        sentence = OWNS.match(line.text) is not None
        if sentence:
            self.read.texts.append(line.slice(sentence_end(line.text), len(line.text)))
        if name is not None:
            self._listing = name if name in MODES and not value.text.strip(" *_`") else None
            self._pending = name if (not value.text.strip() or name in _FILES) and not sentence else None
            if value.text.strip():
                self._apply(name, value, line)
            elif name in _FILES and name != "deliverables" and name != "reads":
                self.read.declares = True
        elif self._pending in _FILES and self.read.files and find_paths(line)[:1]:
            self._apply(self._pending or "", line, line)
        else:
            self._pending = None
            self.read.texts.append(line)

    def _entry(self, entry: ListItem, pending: str | None) -> None:
        prose, below = own_part(entry.prose)
        name, value = labelled(prose)
        if pending is not None and (name is None or (pending in _FILES and name in _FILES)):
            self._apply(pending, prose, prose)
            inner: str | None = pending
        elif name is not None:
            if value.text.strip():
                self._apply(name, value, prose)
            elif name in _FILES and name not in ("deliverables", "reads"):
                self.read.declares = True
            inner = name
        else:
            if _is_place(entry, prose):
                self.read.places.append(prose)
            elif self.read.item.head.word in TOGETHER and only_paths(prose):
                self._apply("writes", prose, prose)
            elif prose.text.strip():
                self.read.texts.append(prose)
            inner = None
        for child in entry.children:
            if isinstance(child, List):
                for one in child.items:
                    self._entry(one, inner)
            elif isinstance(child, Paragraph):
                self.read.texts.append(child.prose)
        for line in below:
            self._line(line)

    def _apply(self, name: str, value: Prose, line: Prose) -> None:
        """Put one value into the field that its label stands for."""
        read, task = self.read, self.read.task
        text = " ".join(value.text.split())
        if name in _FILES:
            self._files(name, value)
        elif name == "off_limits":
            for file in files_in(value, PathContext()):
                task.keep_off(file.path, file.origin, evidence=Evidence.DECLARED, note=file.note)
        elif name == "shared":
            read.shared.append(value)
        elif name == "depends_on":
            read.waits.append(line)
            read.at_once = read.at_once or starts_at_once(text)
        elif name == "blocks":
            read.blocks.append(line)
        elif name == "parallel":
            read.together.append(line)
            word = text.lower().strip(" .*_")
            task.parallel = (
                True
                if word.startswith(("yes", "true", "✅"))
                else False
                if word.startswith(("no", "false"))
                else task.parallel
            )
            task.places.setdefault("parallel", value.whole)
        elif name == "provides":
            read.provides += find_symbols(value)
            read.texts.append(value)
        elif name == "consumes":
            read.consumes += find_symbols(value)
            read.texts.append(line)
        elif name == "verify":
            task.verify = "\n".join(filter(None, (task.verify, text))) or None
            task.places.setdefault("verify", value.whole)
            read.texts.append(line)
        elif text.lower() not in NOTHING:
            _set(task, name, text.strip("`*_ "), value)

    def _files(self, name: str, value: Prose) -> None:
        if name not in ("deliverables", "reads"):
            self.read.declares = True
            self.read.task.places.setdefault("writes", value.whole)
        for line in lines_of(value):
            entries = entries_in(line)
            if not entries and name == "deliverables":
                self.read.places.append(line)  # "Updated schemas in `src/tools.ts`"
                continue
            self.read.file_texts.append(line)
            self.read.files += [_of_label(entry, MODES.get(name, Mode.WRITE)) for entry in entries]


def _all_ticked(blocks: list[Block]) -> bool:
    """Whether all boxes of an item are ticked."""
    boxes = [entry for block in blocks if isinstance(block, List) for entry in block.items if entry.state is not None]
    return len(boxes) > 1 and all(entry.checked for entry in boxes)


def _is_path_first(line: Prose) -> bool:
    """Whether a line begins with a path and says something about it: "`docs/policy.md` — covers:"."""
    first = next(iter(find_paths(line)), None)
    return (
        first is not None
        and not line.text[: first.start].strip(" `*_")
        and _NAMED.match(line.text, first.end) is not None
    )


def _is_place(entry: ListItem, prose: Prose) -> bool:
    """Whether an entry names where work is done: "In `a.py`:" above orders, a box "`src/a.ts` — its routes"."""
    if _PLACE.fullmatch(prose.text):
        return any(orders(one.prose) for one in entry.items())
    return entry.state is not None and _is_path_first(prose)


def _of_label(entry: FileEntry, mode: Mode) -> FileEntry:
    """What the label says happens to a file, where neither a verb nor a remark in the entry says it."""
    return entry.replace(mode=mode) if entry.mode is Mode.WRITE else entry


def _set(task: TaskDraft, name: str, text: str, value: Prose) -> None:
    """Fields with one short value."""
    if name == "returns":
        task.returns = text
    elif len(text) > _LONGEST_NAME:
        return
    elif name == "id":
        task.id = text
        task.places["id"] = value.whole
    elif name == "wave":
        name = _WITH.sub("", text)  # "Wave 1 (with task 2)"
        task.wave = name if stated_order(name) != "serial" else None
        task.places["wave"] = value.whole
    elif name == "agent":
        task.agent = Agent(name=text, type=task.agent.type, origin=value.whole)
    elif name == "agent_type":
        task.agent = Agent(name=task.agent.name, type=text, origin=task.agent.origin or value.whole)
    elif name in ("branch", "worktree") and " " not in text:
        task.resources.append(Resource(kind=name, name=text, origin=value.whole, evidence=Evidence.DECLARED))
        if task.isolation is not Isolation.WORKTREE:
            task.isolation = Isolation.BRANCH if name == "branch" else Isolation.WORKTREE
    elif name == "status":
        task.done = task.done or is_done(text)


def kind_of(read: Read) -> Kind:
    """What sort of work it is, by the words that its title begins with; "Verification" may well be a feature."""
    kind = Kind(kind_word(read.task.title, ""))
    if kind is Kind.INTEGRATE:
        return kind
    begins = _LOOKS.match(read.task.title) is not None and not read.task.writes
    return kind if begins and kind in (Kind.REVIEW, Kind.RESEARCH) else Kind.BUILD


def _texts(block: List) -> Iterator[str]:
    for entry in block.items:
        yield entry.prose.text
        for child in entry.children:
            if isinstance(child, List):
                yield from _texts(child)

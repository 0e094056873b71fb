"""The body of a task that is written as a Markdown page: labelled fields, lists of files, and running text.

Products that give each task a page of its own (spec-kitty, ccpm) keep dependencies and marks in front matter and tell
the rest in sections: `### Files Affected` with a list below, `**Files**:` before a list, sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import FileEntry, Placing, entries_in
from planlint.dialects.labels import split_labels
from planlint.dialects.prose import PathContext, PathMention, ProseContext, effects_of, find_paths
from planlint.model import Mode
from planlint.paths import looks_like_file
from planlint.readers.markdown.blocks import Block, List, ListItem, Paragraph, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.source import Origin

_FILES = re.compile(
    r"\W*(?:(?P<new>(?:new|created?) files?|files? (?:to (?:create|add)|created|added))|"
    r"(?P<old>(?:modified|changed|existing|edited) files?|"
    r"files? (?:to (?:modify|change|update|edit)|modified|changed|updated))|"
    r"what this (?:task|package|issue) owns|owns|(?:(?:files?|scope)\W{1,5})?yours alone|"
    r"(?:affected |owned |target |key )?files?(?: (?:affected|paths?|touched|to touch|list|locations?))?|"
    r"files? (?:created|added|new)[ /&and]+(?:modified|changed|updated)|"
    r"(?:code |component |file |implementation |documentation |test )locations?(?:[ /]+files? affected)?|"
    r"tests? to (?:write|add|create))\W*",
    re.IGNORECASE,
)
"""Headings and labels above what a task changes."""

_FORBIDDEN = re.compile(
    r"\W*(?:files? (?:not to|to not|you must not) (?:touch|modify|change|edit)|(?:files? )?off[- ]limits(?: files?)?|"
    r"(?:do not|don'?t|never) (?:touch|modify|change|edit)(?: (?:these|the following))?(?: files?)?|"
    r"(?:what )?(?:this (?:task|package|issue) )?(?:does not own|is not yours|must not (?:touch|change))|"
    r"out of scope)\W*",
    re.IGNORECASE,
)
"""Headings and labels above what a task must leave alone."""

_BAN = re.compile(r"\W*(?:do not|don['’]t|never)\b(?![^:\n]{0,30}:)", re.IGNORECASE)
"""A sentence among the files of a section; "Do not modify: `a.ts`" is an entry of its list."""

_GOES_ON = re.compile(r"(?:,|\b(?:and|or|the|their|its|with|of|in|for))[ \t]*\Z", re.IGNORECASE)
"""The end of a line that a list or a sentence goes on behind."""

_LABEL = 40
"""Longer words before a colon are no label."""


@dataclass(slots=True)
class Field:
    """A label with what stands behind it, and with the items of the list below it when nothing does."""

    name: str
    origin: Origin
    values: list[Prose] = field(default_factory=list)


def fields_of(blocks: Iterable[Block], names: Mapping[str, str]) -> list[Field]:
    """The labelled fields of `blocks` in order: in paragraphs, and in list items that begin with a label.

    `names` maps labels in lower case to the dialect's own names; the items of a list below a label without a value
    are its values.
    """
    found: list[Field] = []
    open_field: Field | None = None
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                here = _of_item(item, names, open_field)
                found += here
                if here and not here[-1].values:
                    open_field = here[-1]  # without a blank line before it, a label and its list go on with the list
            open_field = None
        elif isinstance(block, Paragraph):
            here = _labelled(block.prose, names)
            found += here
            open_field = here[-1] if here and not here[-1].values else None
        else:
            open_field = None
    return found


def _of_item(item: ListItem, names: Mapping[str, str], holder: Field | None) -> list[Field]:
    """The fields in an item, whose text in front of them belongs to `holder`, the label above the list.

    A labelled line right below a list, without a blank one between, is by the rules of Markdown the end of its last
    item.
    """
    head, _ = split_labels(item.prose, names)
    fields = _labelled(item.prose, names)
    below = list(running_text(item.children))
    if holder is not None:
        holder.values += [head] if head else []
        if not fields:
            holder.values += below
    if fields and not fields[-1].values:
        fields[-1].values += below
    return fields


def _labelled(prose: Prose, names: Mapping[str, str]) -> list[Field]:
    _, labels = split_labels(prose, names)
    return [Field(label.name, label.origin, [label.value] if label.value else []) for label in labels]


@dataclass(slots=True)
class Body:
    """What a page says about files: `declared` stands in lists of files, `told` is all other running text."""

    declared: list[tuple[Prose, Mode]] = field(default_factory=list)
    told: list[Prose] = field(default_factory=list)
    forbidden: list[Prose] = field(default_factory=list)
    """Bullets below "Do not touch" and its kin."""

    def mentions(self, context: PathContext) -> list[PathMention]:
        """Every path that is named anywhere, to look bare names up in."""
        texts = [*(prose for prose, _ in self.declared), *self.told, *self.forbidden]
        return [mention for prose in texts for mention in find_paths(prose, known=context)]


def read_body(sections: Iterable[Section], skip: re.Pattern[str] | None = None) -> Body:
    """Sort the texts of `sections` (not those below them); headings that match `skip` take their text with them."""
    body = Body()
    for section in sections:
        titles = [section, *section.ancestors]
        if skip is not None and any(skip.match(one.title) for one in titles):
            continue
        if any(_FORBIDDEN.fullmatch(one.title) for one in titles):
            body.forbidden += running_text(section.blocks)
            continue
        mode = next((found for one in titles if (found := _mode_of(one.title)) is not None), None)
        if mode is not None:
            for prose in running_text(section.blocks):
                if _BAN.match(prose.text):
                    body.told.append(prose)
                else:
                    body.declared += [(line, mode) for line in _whole_lines(prose)]
        else:
            _sort(section.blocks, body)
    return body


def _sort(blocks: Iterable[Block], body: Body) -> None:
    """Texts outside of a section of files: what a label `Files:` holds is declared, the rest is told."""
    pending: Mode | None = None
    """What happens to the files of the list right below a label without a value."""
    stack = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
            pending = None
        elif isinstance(block, List):
            if pending is None:
                stack.append(iter(block.items))
            else:
                mode = pending
                body.declared += [(line, mode) for prose in running_text([block]) for line in _whole_lines(prose)]
                pending = None
        elif isinstance(block, ListItem):
            pending = _take(block.prose, body)
            stack.append(iter(block.children))
        elif isinstance(block, Paragraph):
            pending = _take(block.prose, body)
        else:
            pending = None
            for cell in running_text([block]):
                _take(cell, body)


def _take(prose: Prose, body: Body) -> Mode | None:
    """Sort one text; the mode of the label that its last line ends with, where no files follow on that line."""
    if is_bold(prose) and (mode := _mode_of(prose.text)) is not None:
        return mode  # "**Files to touch**" without a colon
    lines = [(line, _file_label(line)) for line in _whole_lines(prose, of_label=True)]
    if all(label is None for _, label in lines):
        body.told.append(prose)
        return None
    body.told += [line for line, label in lines if label is None]
    body.declared += [label for _, label in lines if label is not None and label[0]]
    last = lines[-1][1]
    return last[1] if last is not None and not last[0] else None


def _whole_lines(prose: Prose, *, of_label: bool = False) -> Iterator[Prose]:
    """The lines of a text, those that a comma or an "and" ends together with the next one.

    `of_label`: only those that begin with a label of files.
    """
    start = at = 0
    for line in prose.text.split("\n"):
        end = at = at + len(line)
        at += 1
        goes_on = end < len(prose.text) and _GOES_ON.search(line) is not None
        if goes_on and (not of_label or _file_label(prose.slice(start, end)) is not None):
            continue
        if prose.text[start:end].strip():
            yield prose.slice(start, end)
        start = at


def is_bold(prose: Prose) -> bool:
    """Whether all of a paragraph is bold, as labels are that stand above a list."""
    length = len(prose.text.strip())
    return length > 0 and any(mark.kind == "strong" and mark.end - mark.start >= length for mark in prose.marks)


def _file_label(line: Prose) -> tuple[Prose, Mode] | None:
    """What stands behind `Files:` and its kin at the beginning of a line, and what happens to it."""
    label, colon, _ = line.text.partition(":")
    mode = _mode_of(label) if colon and len(label) < _LABEL else None
    return None if mode is None else (line.slice(len(label) + 1, len(line.text)), mode)


def _mode_of(title: str) -> Mode | None:
    match = _FILES.fullmatch(title.partition("(")[0])
    if match is None:
        return None
    return Mode.CREATE if match["new"] else Mode.MODIFY if match["old"] else Mode.WRITE


def add_body(task: TaskDraft, body: Body, placing: Placing, context: ProseContext) -> None:
    """Give `task` the effects of its page: all of them are stated, the page's own lists before its sentences."""
    for prose, mode in body.declared:
        for entry in entries_in(prose, context.paths, mode):
            _add_entry(task, entry, placing, context)
    for prose in body.told:
        effects = effects_of(prose, default=None, context=context)
        known = {scope.path for scope in task.writes}
        task.writes += [scope for scope in effects.writes if scope.path not in known]
        task.off_limits += effects.off_limits
        task.reads += effects.reads
    for prose in body.forbidden:
        for mention in find_paths(prose, known=context.paths):
            if not prose.text[: mention.start].strip(" `*_\"'") and not mention.bare_name:
                task.keep_off(mention.path, mention.origin, evidence=Evidence.STATED, body=context.body)
    written = {scope.path for scope in task.writes}
    task.reads = list({scope.path: scope for scope in reversed(task.reads) if scope.path not in written}.values())[::-1]
    task.off_limits = [scope for scope in task.off_limits if scope.path not in written]


def _add_entry(task: TaskDraft, entry: FileEntry, placing: Placing, context: ProseContext) -> None:
    path = placing.path(entry, task.index)
    if path is None or path.rpartition("/")[2] in context.design_documents:
        return
    if any(scope.path == path for scope in task.writes):
        return
    more = {"evidence": Evidence.STATED, "weak": entry.weak, "part": entry.part, "note": entry.note}
    if entry.forbidden:
        task.keep_off(path, entry.origin, evidence=Evidence.STATED, body=context.body)
    elif entry.mode is Mode.READ:
        task.read(path, entry.origin, body=context.body, **more)
    else:
        task.write(path, entry.origin, entry.mode, body=context.body, **more)


def names_file(path: str) -> bool:
    """Whether a path of running text is that of a file, endings that nobody knows (`page.slang`) included."""
    name = path.rpartition("/")[2]
    return looks_like_file(name) or re.fullmatch(r"[\w.@$-]*[\w)\]]\.[A-Za-z]\w{0,9}", name) is not None


def resolving(placing: Placing, index: int, context: ProseContext) -> ProseContext:
    """`context` with bare names looked up for the task with that index."""
    return context.replace(resolve=lambda name: placing.names.find(name, index))

"""What an executor reads: the context it is given, what a step tells it to read first, and what its work is wired to.

Context is handed out generously: of the files that `<context>` and `must_haves.key_links` name, many are background
that the steps never come back to. Those are weak reads; what a step or an interface names again is a real one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import entries_in, lines_of
from planlint.dialects.gsd.layout import is_tracking
from planlint.dialects.gsd.plan_file import PlanFile
from planlint.dialects.gsd.tags import Element
from planlint.dialects.path_lists import FileItem, files_in, files_in_node
from planlint.dialects.prose import PathContext
from planlint.dialects.prose.wording import weak_spans
from planlint.paths import looks_like_file
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Sequence

_TOKEN = re.compile(r"[\w@][\w.@/-]{2,200}|\.{1,2}/[\w.@/-]{2,200}")
_ABOVE = re.compile(r"\A(?:@/|~/|\.{1,2}/)*")
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,7}\Z")
_DISTINCTIVE = re.compile(r"\w+[_-]\w+|[a-z]+[A-Z]\w*|[A-Z][a-z0-9]+[A-Z]\w*")
"""Names that mean nothing but the file or what it holds: `SyncBanner`, `useLayers`, `step-executor`; not `service`."""
_NOT_USED = re.compile(
    r"\b(?:no|not|never|without|don't|unchanged|like|mirror\w*|follow\w*|patterns?|similar|same|conventions?|styles?)\b"
    r"(?:[^.;\n]|\.(?!\s))*\Z",
    re.IGNORECASE,
)
_QUOTED_FROM = re.compile(r"^[ \t*/#-]{0,8}From:?[ \t]+(?P<file>[`\"]?[\w@.~-][^\n]*)", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")
_MOST_MENTIONS = 20
"""Mentions of one name that are looked at; the first ones tell."""


def step_files(plan: PlanFile, context: PathContext) -> Iterator[tuple[Element, FileItem]]:
    """The entries of every step's `<files>`; below a label also with a verb in front: "Create: `src/a.ts`"."""
    for step in plan.body.tasks:
        for element in step.named("files"):
            items = _entries(plan, element, context) if element.section else _listed(plan, [element], context)
            for item in items:
                yield step, item


def readings(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """What is read before the work begins: the context, the code that interfaces quote, `<read_first>` of each step."""
    yield from _background(plan, context)
    yield from _interfaces(plan, context)
    yield from _first(plan, context)


def add_reads(task: TaskDraft, plan: PlanFile, context: PathContext, complete: Callable[[str], str]) -> None:
    """Add to `task` what its plan gives it to read, as weak reads where the steps do not come back to it.

    `complete` gives the end of a path the directories that it lacks, where the plans of the phase spell them out.
    """
    background = [*_background(plan, context), *_interfaces(plan, context)]
    paths = {scope.path for scope in (*task.writes, *task.reads)} | {item.path for item in background}
    roots = {path.partition("/")[0] for path in paths}
    links = [item for item in _link_ends(plan, context) if _is_path(item.path) or item.path.partition("/")[0] in roots]
    background += (item.replace(path=complete(item.path)) for item in links)
    paths |= {item.path for item in background}
    mentions = Mentions(plan, paths, {item.path for item in background})
    for item in _first(plan, context):
        task.read(item.path, item.origin, note=item.note, external=item.external, body=True)
    used = {item.path for item in background if mentions.has(item.path)}
    for item in background:
        task.read(
            item.path,
            item.origin,
            evidence=item.evidence,
            note=item.note,
            external=item.external,
            body=True,
            weak=item.path not in used,
        )


class Mentions:
    """Where the steps and interfaces of one plan name certain files, or the modules in them."""

    def __init__(self, plan: PlanFile, paths: Iterable[str], asked: Iterable[str]) -> None:
        """`paths`: all files that the plan names; a bare name that two of them end in means neither.

        `asked`: those that `has` will be asked about; most words of a plan are none of their names.
        """
        self._text = plan.source.text
        self._names = Counter(path.rpartition("/")[2] for path in paths)
        self._by_stem: dict[str, list[tuple[int, tuple[str, ...]]]] = {
            _stem(path.rpartition("/")[2]): [] for path in asked
        }
        if not self._by_stem:
            return
        for element in _working_parts(plan):
            for match in _TOKEN.finditer(self._text, *element.content):
                name = match.group().rstrip("./").rpartition("/")[2]
                if name in self._by_stem or "." in name:
                    self._add(match)

    def _add(self, match: re.Match[str]) -> None:
        token = _ABOVE.sub("", match.group()).rstrip("./")
        segments = tuple(token.split("/"))
        if len(segments) == 1 and token.count(".") > 1 and token.replace(".", "").isidentifier():
            segments = tuple(token.split("."))  # a Python module
        known = self._by_stem.get(_stem(segments[-1]))
        if known is not None and len(known) < _MOST_MENTIONS:
            known.append((match.start(), segments))

    def has(self, path: str) -> bool:
        """Whether a step works with the file at `path`: neither "as in ..." nor "no changes to ..." nor "if useful"."""
        own = tuple(path.split("/"))
        return any(
            self._means(segments, own) and not self._is_aside(start)
            for start, segments in self._by_stem.get(_stem(own[-1]), ())
        )

    def _means(self, segments: tuple[str, ...], own: tuple[str, ...]) -> bool:
        name = segments[-1]
        if name not in (own[-1], _stem(own[-1])):
            return False
        shared = min(len(segments), len(own))
        if shared > 1:
            return own[-shared:-1] == segments[-shared:-1]
        if _DISTINCTIVE.fullmatch(_stem(name)):
            return True
        return name == own[-1] and "." in name and self._names[name] <= 1

    def _is_aside(self, start: int) -> bool:
        line = self._text.rfind("\n", 0, start) + 1
        if _NOT_USED.search(self._text[max(line, start - 100) : start]) is not None:
            return True
        following = self._text[start : start + 100].partition("\n")[0]
        return bool(weak_spans(following, 0, len(following)))


def _stem(name: str) -> str:
    return _SUFFIX.sub("", name)


def _working_parts(plan: PlanFile) -> Iterator[Element]:
    """Where a plan says what is done: the steps' names, actions and expectations, and the interfaces it builds on."""
    for step in plan.body.tasks:
        yield from step.named("name", "title", "action", "implementation", "behavior")
    yield from plan.elements("interfaces")
    for element in plan.elements("context"):
        yield from element.named("interfaces")


def _background(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """The files that lines of the context begin with; what sentences name ("**Stack:** Go, encoding/json") is none."""
    for element in plan.elements("context", "required_reading"):
        for span in plan.body.visible(element):
            for line in lines_of(plan.prose(*span)):
                items = files_in(line, context)
                if items and _begins(line, items[0]):
                    yield from (item for item in items if _is_source(item.path))


def _begins(line: Prose, item: FileItem) -> bool:
    """Whether nothing but a bullet and signs stand before `item`."""
    bullet = _BULLET.match(line.text)
    start = line.origin(bullet.end() if bullet is not None else 0, len(line.text)).start
    return not any(map(str.isalnum, line.source.text[start : item.origin.start]))


def _first(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    for step in plan.body.tasks:
        for item in _listed(plan, step.named("read_first"), context):
            if _is_source(item.path):
                yield item


def _is_path(path: str) -> bool:
    """Whether the end of a link is a place in the repository by its looks, not a package: `next-auth/react`."""
    return path.endswith("/") or "*" in path or looks_like_file(path.rpartition("/")[2])


def _is_source(path: str) -> bool:
    return not is_tracking(path) and "/.claude/" not in path


def _listed(plan: PlanFile, elements: Iterable[Element], context: PathContext) -> Iterator[FileItem]:
    for element in elements:
        for span in plan.body.visible(element):
            yield from files_in(plan.prose(*span), context)


def _entries(plan: PlanFile, element: Element, context: PathContext) -> Iterator[FileItem]:
    for span in plan.body.visible(element):
        for line in lines_of(plan.prose(*span)):
            bullet = _BULLET.match(line.text)
            for entry in entries_in(line.slice(bullet.end() if bullet is not None else 0, len(line.text)), context):
                yield FileItem(entry.path, entry.origin, entry.mode, entry.note, entry.part)


def _interfaces(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """The files that `<interfaces>` quotes: "From src/api/client.ts (existing):" above each block of code."""
    inside = (part for element in plan.elements("context") for part in element.named("interfaces"))
    for element in (*plan.elements("interfaces"), *inside):
        for span in plan.body.visible(element):
            for line in _QUOTED_FROM.finditer(plan.source.text, *span):
                for item in files_in(plan.prose(*line.span("file")), context):
                    if "/" in item.path and looks_like_file(item.path.rpartition("/")[2]) and _is_source(item.path):
                        yield item.replace(evidence=Evidence.STATED, mode=None)


def _link_ends(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """Both ends of `must_haves.key_links`: the files that this plan's work is wired to (6 % of them were changed)."""
    must_haves = plan.get("must_haves")
    links = must_haves.get("key_links") if isinstance(must_haves, Mapping) else None
    for link in links.items if isinstance(links, Sequence) else ():
        for end in ("from", "to"):
            node: Node | None = link.get(end) if isinstance(link, Mapping) else None
            for item in files_in_node(node, context):
                item = item.replace(path=item.path.rpartition(" ")[2])  # "backend admin/schemas.py": words before it
                if "/" in item.path and not is_tracking(item.path) and not item.path.startswith("/"):
                    yield item.replace(evidence=Evidence.STATED)

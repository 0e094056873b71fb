"""`NNN-analysis.md`: one task cut into streams that agents work on at the same time."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.base import Loaded, Workspace
from planlint.dialects.checklist import says_none
from planlint.dialects.checkout import checkout_root
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.file_lists import Placing, entries_in, lines_of
from planlint.dialects.markdown_body import Field, fields_of
from planlint.dialects.prose import IdGrammar, PathContext, ProseContext, effects_of, find_paths, find_references
from planlint.model import Agent, Capability, Constraint, Isolation, Mode, Scope, parallel
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import List as ListBlock
from planlint.readers.markdown.blocks import ListItem, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.readers.tree import Scalar
from planlint.source import Origin

STREAM = re.compile(
    r"\W*Stream\s+(?P<name>[A-Z]\d{0,2}|\d{1,2})\b\s*[:.—–-]*\s*(?P<title>.*)", re.IGNORECASE | re.DOTALL
)
_PART = re.compile(
    r"(?:tasks|steps|work|files|deliverables|details|checklist|breakdown|notes|implementation|progress"
    r"|responsibilities)\W*",
    re.IGNORECASE,
)
"""A heading "Stream A Tasks:" is one more part of a stream that has a heading already."""
_ID = re.compile(
    r"\bStreams?[ \t]+(?:[A-Z]\d{0,2}|\d{1,2})\b|(?:(?<![\w'’-])|(?<=\s[A-Z][-–—]))[A-Z]\d{0,2}(?![\w'’-])"
)
"""Also the second letter of "Streams A-E"."""
_LABELS = {
    "scope": "scope",
    "files": "files",
    "file": "files",
    "file patterns": "files",
    "agent type": "agent",
    "agent": "agent",
    "can start": "depends",
    "dependencies": "depends",
    "depends on": "depends",
    **dict.fromkeys(("estimated hours", "hours", "estimate", "priority", "work", "tasks", "deliverables"), "other"),
}
_KIND_OF_FILES = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?\*\*((?:[\w/&-]+[ \t]){1,4}files)\*\*[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_ONLY_READ = re.compile(r"reference|read|context|input|related|existing|relevant", re.IGNORECASE)
_FINISHED = frozenset({"closed", "completed", "complete", "done"})


def stream_sections(document: Document) -> list[Section]:
    """The sections that are streams, in order."""
    found: list[Section] = []
    names: set[str] = set()
    for section in document.markdown.top.walk() if document.markdown is not None else ():
        match = STREAM.fullmatch(section.heading.prose.text) if section.heading is not None else None
        if match is None or (match["name"].upper() in names and _PART.fullmatch(match["title"])):
            continue
        names.add(match["name"].upper())
        found.append(section)
    return found


def load_analysis(document: Document, workspace: Workspace, name: str, capabilities: frozenset[Capability]) -> Loaded:
    """The streams of an analysis as a plan of their own."""
    source, tree, front = document.source, document.markdown, document.front_matter
    if tree is None:
        return Loaded()
    draft = PlanDraft(document.path, name, source.origin(0, len(source.text)))
    context = PathContext(checkout_root([source.text], workspace))
    labels = _labels_of(source.text)
    found = [
        (draft.add(_stream(section)), fields_of(section.all_blocks(), labels)) for section in stream_sections(document)
    ]
    mentions = {
        task.index: [m for one in fields for value in one.values for m in find_paths(value, known=context)]
        for task, fields in found
    }
    placing = Placing(mentions)
    status = front.get("status") if front is not None else None
    for task, fields in found:
        task.done = isinstance(status, Scalar) and status.text.lower() in _FINISHED
        for one in fields:
            _fill(task, one, placing, context, [other.id for other, _ in found])
    title = next((section.heading for section in tree.top.walk() if section.heading), None)
    plan = draft.finish(
        name=title.title if title else posixpath.basename(document.path),
        places={"name": title.origin} if title else {},
        schedule=parallel(
            [task.index for task, _ in found], "streams run at the same time unless one waits for another"
        ),
        isolation=Isolation.SHARED,
        constraints=tuple(_shared(document, context, {task.id for task, _ in found})),
        capabilities=capabilities | {Capability.DECLARED_WRITES, Capability.AGENTS} - {Capability.STATUS},
        design_documents=(".claude/epics/**", ".claude/prds/**"),
        sources=(draft.origin,),
    )
    return Loaded([plan])


def _labels_of(text: str) -> dict[str, str]:
    """The labels of an analysis: those of the template, and "Test Files", "Implementation Files" and other kinds."""
    kinds = {match[1].lower() for match in _KIND_OF_FILES.finditer(text)}
    return {**{kind: "reads" if _ONLY_READ.search(kind) else "files" for kind in kinds}, **_LABELS}


def _stream(section: Section) -> TaskDraft:
    heading = section.heading
    match = STREAM.fullmatch(heading.prose.text) if heading is not None else None
    assert heading is not None
    assert match is not None
    end = max((block.end for block in section.all_blocks()), default=heading.end)
    origin = heading.source.origin(heading.start, end)
    task = TaskDraft(
        f"Stream {match['name'].upper()}", origin, title=" ".join(match["title"].split()), brief=origin.text
    )
    task.places["id"] = heading.prose.origin(match.start("name"), match.end("name"))
    if task.title:
        task.places["title"] = heading.prose.origin(*match.span("title"))
    return task


def _fill(task: TaskDraft, one: Field, placing: Placing, context: PathContext, ids: list[str]) -> None:
    if one.name == "depends":
        task.places.setdefault("depends_on", one.origin)
        for value in one.values:
            for stream, origin in _waits_for(value, ids):
                if stream != task.id:
                    task.depend(stream, origin, written=origin.text)
    elif one.name == "agent" and one.values:
        value = one.values[0]
        text = value.text.strip().partition("\n")[0]
        if re.fullmatch(r"[\w.-]{1,60}", text):
            start = value.text.index(text)
            task.agent = Agent(type=text, origin=value.origin(start, start + len(text)))
    elif one.name == "files":
        task.places.setdefault("writes", one.origin)
        for value in one.values:
            for line in lines_of(value):
                _own(task, line, placing, context)
    elif one.name == "reads":
        for value in one.values:
            for mention in find_paths(value, known=context):
                task.read(mention.path, mention.origin)
    elif one.name == "scope":
        told = ProseContext(paths=context, resolve=lambda name: placing.names.find(name, task.index), body=True)
        for value in one.values:
            task.off_limits += effects_of(value, default=None, context=told).off_limits


def _own(task: TaskDraft, line: Prose, placing: Placing, context: PathContext) -> None:
    """The files of one line of the list: declared."""
    for entry in entries_in(line, context):
        path = placing.path(entry, task.index)
        if path is None:
            continue
        task.scope_known = True
        more = {"weak": entry.weak, "part": entry.part, "note": entry.note}
        if entry.forbidden:
            task.keep_off(path, entry.origin, note=entry.note)
        elif entry.mode is Mode.READ:
            task.read(path, entry.origin, **more)
        else:
            task.write(path, entry.origin, entry.mode, **more)


def _waits_for(value: Prose, ids: list[str]) -> Iterator[tuple[str, Origin]]:
    """The streams that `Can Start` or `Dependencies` names: "after Stream A", "Streams A & B", "A"."""
    if says_none(value) or value.text.strip().lower().startswith("immediate"):
        return
    depth = at = 0
    for reference in find_references(value, IdGrammar(_ID, _normal, ids)):
        depth += value.text.count("(", at, reference.start) - value.text.count(")", at, reference.start)
        at = reference.start
        if depth > 0 or reference.negated or reference.group or reference.kind in ("parallel_with", "blocks"):
            continue
        named = reference.written.lower().startswith("stream")
        for stream in reference.ids:
            if named or stream in ids:
                yield stream, reference.origin


def _normal(written: str) -> str:
    return f"Stream {written.split()[-1].upper()}"


def _shared(document: Document, context: PathContext, ids: set[str]) -> Iterator[Constraint]:
    """`### Shared Files`: several streams touch these, and the analysis knows it."""
    for section in document.markdown.top.walk() if document.markdown is not None else ():
        if section.heading is None or not re.match(r"\W*shared (?:files|resources)", section.title, re.IGNORECASE):
            continue
        for block in section.blocks:
            texts: list[tuple[Prose, list[Prose]]] = []
            if isinstance(block, ListBlock):
                texts = [(item.prose, _below(item)) for item in block.items]
            else:
                texts = [(prose, []) for prose in running_text([block])]
            for prose, below in texts:
                named = {
                    stream
                    for part in (prose, *below)
                    for reference in find_references(part, IdGrammar(_ID, _normal))
                    for stream in reference.ids
                }
                for mention in find_paths(prose, known=context):
                    scope = Scope(path=mention.path, mode=Mode.WRITE, origin=mention.origin, evidence=Evidence.DECLARED)
                    yield Constraint(
                        kind="acknowledged",
                        scope=scope,
                        origin=mention.origin,
                        tasks=tuple(sorted(named & ids)),
                        note=" ".join(prose.text.split())[:200],
                    )


def _below(item: ListItem) -> list[Prose]:
    return list(running_text(item.children))

"""Dependencies between the workers of a section: what columns, bullets and sentences say of them."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundPlan, FoundTask
from planlint.dialects.claude_md.scripts import leaves
from planlint.dialects.claude_md.texts import chapter_of
from planlint.dialects.claude_md.workers import worker_label
from planlint.dialects.drawing import drawn_edges, drawn_names, written_edges
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.prose.tables import words
from planlint.readers.markdown.blocks import Fence, Paragraph
from planlint.readers.prose import Prose
from planlint.source import Origin

_REFERENCE = re.compile(
    r"\b(?:[Ss]ub-?[Aa]gents?|[Aa]gents?|[Tt]asks?|[Ww]orkers?|[Ll]anes?|[Ss]treams?|[Ii]tems?|[Rr]oles?|[Tt]eammates?"
    r"|[Tt]racks?|[Ss]essions?|[Tt]erminals?|[Ii]nstances?|[Mm]embers?|[Ii]mplementers?)\s?#?-?(?:\d{1,3}|[A-Z])\b"
    r"|\b(?:[A-Z]{1,4}-?\d{1,4}(?:\.\d{1,3})?|\d{1,3}(?:\.\d{1,3})?)\b"
    r"|\b[B-Z]\b|\bA(?=[,.;)/&]|[ \t]+(?:and|&|or)[ \t]+[B-Z]\b|[ \t]+(?:is|has)\b|[ \t]*\Z)"
)

_WORKER_WORDS = words(
    "agent subagent sub task worker lane stream workstream item role teammate track session instance terminal member "
    "implementer claude cursor codex cloud"
)


def refer(found: FoundPlan) -> None:
    """Dependencies between the workers of a section: columns and bullets first, then what sentences say."""
    for task, on, written in found.edges:
        if on is None:
            task.draft.depend(written.name, written.origin, written=written.name)
        elif on is not task:
            _depend(task, on, written.origin, written.name, Evidence.DECLARED)
    tasks = found.tasks
    by_key: dict[str, FoundTask | None] = {}
    for task in tasks:
        for key in _keys(task):
            by_key[key] = None if key in by_key else task
    names = _names(tasks)
    for task in tasks:
        for prose in task.needs:
            _needs(task, prose, by_key, names)
        for prose in task.texts:
            _told(task, prose, by_key)
            _told_by_name(task, prose, names)
    _drawn(found)
    inside = [(task.draft.origin.start, task.draft.origin.end) for task in tasks]
    for prose in found.texts:
        if not any(start <= prose.start < end for start, end in inside):
            _said_of(prose, by_key)
            _said_of_named(prose, names)


def _drawn(found: FoundPlan) -> None:
    """What drawings in the chapter, and lines with arrows, say; an arrow against the order of the list is left out."""
    tasks = found.tasks
    blocks = [block for section in chapter_of(found.section).walk() for block in leaves(section.blocks)]
    fences = [block for block in blocks if isinstance(block, Fence)]
    lines = [block.prose for block in blocks if isinstance(block, Paragraph) and "→" in block.prose.text]
    if len(tasks) < 2 or not (fences or lines):
        return
    ids = drawn_names([task.draft for task in tasks])
    for edge in (*drawn_edges(fences, ids), *(edge for line in lines for edge in written_edges(line, ids))):
        if not edge.group and int(edge.before) < int(edge.after):
            _depend(
                tasks[int(edge.after)],
                tasks[int(edge.before)],
                edge.source.origin,
                edge.source.written,
                Evidence.STATED,
            )


_DOES = (
    r"(?: \([^()\n]{1,40}\))?[ ,]+(?:(?:then|only|always|must|should|may|will|can) )*"
    r"(?:runs?|starts?|goes|go|comes?|begins?|waits?)\b(?P<rest>[^.;\n]{1,80})"
)
_SUBJECT = re.compile(rf"(?P<who>{_REFERENCE.pattern}){_DOES}")
_NAMED_DOES = re.compile(_DOES)
_AT_AN_END = re.compile(r"\b(?:last|first|after|once|when|until|for|before)\b", re.IGNORECASE)
_AFTER_THEM = re.compile(
    r"\A (?:only )?(?:last\b|(?:after|once|when|until|for) (?:them|both|all|these|those"
    r"|the others?|everyone|everything|the rest)\b)",
    re.IGNORECASE,
)


_BEFORE_THEM = re.compile(
    r"\A (?:first\b|before (?:the (?:others?|rest)|all|both|everyone|everything)\b)", re.IGNORECASE
)


def _said_of(prose: Prose, by_key: dict[str, FoundTask | None]) -> None:
    """ "Lanes A and B run in parallel, lane C runs after them": what a sentence beside the list says of one worker."""
    for match in _SUBJECT.finditer(prose.text):
        task = by_key.get(_normal(match.group("who")))
        if task is not None and _AFTER_THEM.match(match.group("rest")) and not task.draft.depends_on:
            task.last = True
        elif task is not None and _BEFORE_THEM.match(match.group("rest")):
            task.first = True


def _said_of_named(prose: Prose, names: dict[str, FoundTask]) -> None:
    """The same of a worker that has a name and no number: "The orchestrator runs last"."""
    if _AT_AN_END.search(prose.text) is None:
        return
    text = prose.text.lower()
    for name, task in names.items():
        at = text.find(name)
        if at < 0 or (at and text[at - 1].isalnum()):
            continue
        does = _NAMED_DOES.match(prose.text, at + len(name))
        if does is not None and _AFTER_THEM.match(does.group("rest")) and not task.draft.depends_on:
            task.last = True
        elif does is not None and _BEFORE_THEM.match(does.group("rest")):
            task.first = True


def _keys(task: FoundTask) -> set[str]:
    """The short forms by which others may refer to a task: its id, its list number, the number of its worker."""
    keys = set()
    if task.draft.id:
        keys.add(_normal(task.draft.id))
    worker = worker_label(task.draft.agent.name or "")
    if worker is not None and worker.numbered:
        keys.add(_normal(worker.id))
    if task.number is not None:
        keys.add(_normal(task.number))
    return keys


def _names(tasks: list[FoundTask]) -> dict[str, FoundTask]:
    """The titles of tasks, and the names of workers that have one task each."""
    names: dict[str, FoundTask] = {}
    shared: set[str] = set()
    for task in tasks:
        agent = task.draft.agent.name
        if agent is not None:
            key = " ".join(agent.lower().split())
            shared |= {key} if key in names else set()
            names[key] = task
    for key in shared:
        del names[key]
    names.update({" ".join(task.draft.title.lower().split()): task for task in tasks if task.draft.title})
    return names


def _normal(text: str) -> str:
    """`Agent 1`, `agent-1`, `Cursor agent 1`, `Task #1` and `1` are one."""
    parts = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", text)
    while len(parts) > 1 and parts[0].lower().rstrip("s") in _WORKER_WORDS:
        parts = parts[1:]
    return "".join(parts).lower() if len(parts) <= 2 else "-".join(parts).lower()


def _needs(task: FoundTask, prose: Prose, by_key: dict[str, FoundTask | None], names: dict[str, FoundTask]) -> None:
    """A column or bullet that lists what the task waits for: every id in it counts."""
    whole = " ".join(prose.text.lower().split()).strip(" .")
    for part in re.split(r",|;|\band\b|&|\+", whole):
        named = names.get(part.strip(" `.()"))
        if named is not None and named is not task:
            _depend(task, named, prose.whole, part.strip(), Evidence.DECLARED)
    grammar = IdGrammar(_REFERENCE, _normal, tuple(by_key))
    for reference in find_references(prose, grammar):
        if reference.negated or reference.group or _BESIDE.search(prose.text[: reference.start]) is not None:
            continue
        for key in reference.ids:
            target = by_key.get(key)
            if target is not None and target is not task:
                _depend(task, target, reference.origin, reference.written, Evidence.DECLARED)


_BESIDE = re.compile(r"\b(?:parallel|alongside|together with|concurrent(?:ly)?)\b[^.;\n]{0,40}\Z", re.IGNORECASE)
"""In a column of what is waited for, what runs at the same time: "Can parallel Task 1"."""


def _told(task: FoundTask, prose: Prose, by_key: dict[str, FoundTask | None]) -> None:
    """ "after Agent 1", "depends on tasks 1-3" in a sentence."""
    grammar = IdGrammar(_REFERENCE, _normal, tuple(by_key))
    for reference in find_references(prose, grammar):
        if reference.negated or reference.group or reference.kind not in ("depends_on", "blocks"):
            continue
        bare = not re.search(r"[A-Za-z]", reference.written)
        if reference.subject is not None or (bare and not _ONCE_DONE.match(prose.text, reference.end)):
            continue
        for key in reference.ids:
            target = by_key.get(key)
            if target is None or target is task:
                continue
            if reference.kind == "depends_on":
                _depend(task, target, reference.origin, reference.written, reference.evidence)
            else:
                _depend(target, task, reference.origin, reference.written, reference.evidence)


_WAITS_FOR = re.compile(
    r"\b(?:after|once|when|until|depends on|waits? for|blocked by)\s+(?P<who>[^.;:\n]{2,80}?)"
    r"(?:\s+(?:(?:is|are|has|have) (?:been )?)?"
    r"(?:done|finished|merged|complete[ds]?|ready|finish(?:es)?|land(?:s|ed)?)\b"
    r"|[.;)\n]|\Z)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:,|\band\b|&|\+|\bboth\b|\bthe\b)+", re.IGNORECASE)


_ONCE_DONE = re.compile(r"\s*(?:号|个|都|全部)?\s*(?:完成|结束|が?完了)")
"""Behind bare numbers, which are names then: 等 1 和 2 完成后开始."""


def _told_by_name(task: FoundTask, prose: Prose, names: dict[str, FoundTask]) -> None:
    """ "Starts when backend and frontend are done": nothing but names of others counts."""
    for match in _WAITS_FOR.finditer(prose.text):
        parts = [" ".join(part.lower().split()) for part in _AND.split(match.group("who"))]
        others = [names.get(part) or names.get(f"{part} agent") for part in parts if part]
        if not others or any(other is None or other is task for other in others):
            continue
        for other in others:
            if other is not None:
                _depend(task, other, prose.origin(*match.span("who")), match.group("who"), Evidence.STATED)


def _depend(task: FoundTask, on: FoundTask, origin: Origin, written: str, evidence: Evidence) -> None:
    known = on.draft.id or on.draft.title
    task.draft.depend(known, origin, evidence, written=written, target=on.draft.index)
    # Its own dependency says it better than "after the others".
    task.last = False

"""A plan file as a task of its phase: what it writes and reads, and on what evidence.

Of the files that a step's own `<files>` names beside the declaration 71 % were really changed, of those right after an
edit verb in an `<action>` 45 %, of any other mention at most 18 % (1,075 executed plans of twelve projects): the first
two are writes of the body, everything else is read at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.gsd.fields import FileItem, files_in, files_in_node, text_of
from planlint.dialects.gsd.plan_file import PlanFile
from planlint.dialects.gsd.tags import Element
from planlint.dialects.prose import BareNames, PathContext, ProseContext, effects_of
from planlint.dialects.prose.verbs import Role, english_verbs
from planlint.dialects.prose.wording import weak_spans
from planlint.model import Kind, Mode, Scope
from planlint.paths import looks_like_file
from planlint.readers.tree import Mapping as MappingNode
from planlint.readers.tree import Node, Scalar, Sequence

_STEP_NUMBER = re.compile(r"\A(?:Task|Step)[ \t]*\d[\w.]{0,7}[ \t]*[:.—–-]*[ \t]*", re.IGNORECASE)

_MOST_DOUBTED = 200
"""Longest declaration whose files are each looked for in the steps; longer ones come from a tool."""

_KINDS = {
    "research": Kind.RESEARCH,
    "spike": Kind.RESEARCH,
    "checkpoint": Kind.REVIEW,
    "verification": Kind.REVIEW,
    "verify": Kind.REVIEW,
    "review": Kind.REVIEW,
    "integration": Kind.INTEGRATE,
}
"""`type:` of a plan to what sort of work it is; `execute`, `tdd` and everything else build."""


def draft_of(plan: PlanFile, context: PathContext) -> TaskDraft:
    """The task with what its declaration says; `add_body` adds the rest once the whole phase is known."""
    task = TaskDraft(plan.id, plan.origin, brief=plan.source.text[plan.body_start :].strip())
    task.kind = _kind(plan)
    title = plan.title
    if title is not None:
        task.title, task.places["title"] = title
    task.wave = plan.wave
    for field, key in (("id", "plan"), ("wave", "wave"), ("kind", "type"), ("depends_on", "depends_on")):
        node = plan.get(key)
        if isinstance(node, Scalar) and node.text:
            task.places[field] = node.origin
    _declare(task, plan, context)
    _tell_checks(task, plan)
    return task


def _kind(plan: PlanFile) -> Kind:
    kind = _KINDS.get(plan.text("type").lower())
    if kind is not None:
        return kind
    tasks = plan.body.tasks
    only_checkpoints = bool(tasks) and all(_is_checkpoint(task) for task in tasks)
    return Kind.REVIEW if only_checkpoints and plan.get("files_modified") is None else Kind.BUILD


def _is_checkpoint(step: Element) -> bool:
    return step.attributes.get("type", "").startswith("checkpoint")


def _declare(task: TaskDraft, plan: PlanFile, context: PathContext) -> None:
    """`files_modified`, and the keys that people invent beside it."""
    node = plan.get("files_modified", "files-modified")
    if isinstance(node, Sequence) or (isinstance(node, Scalar) and node.value is not None):
        task.scope_known = True
        task.places["writes"] = node.origin
    for keys, mode in (
        (("files_modified", "files-modified"), Mode.WRITE),
        (("files_to_create", "files_created"), Mode.CREATE),
        (("files_to_modify",), Mode.MODIFY),
    ):
        items = list(files_in_node(plan.get(*keys), context))
        doubtful = len(items) <= _MOST_DOUBTED and _lists_all_files(plan)
        for item in items:
            _add(task, item, mode, body=False, weak=doubtful and _is_left_out(item.path, plan))


def _lists_all_files(plan: PlanFile) -> bool:
    """Whether there are steps beside checkpoints and each of them lists its files."""
    text = plan.source.text
    steps = [step for step in plan.body.tasks if not _is_checkpoint(step)]
    return bool(steps) and all(
        any(text[slice(*element.content)].strip() for element in step.named("files")) for step in steps
    )


def _is_left_out(path: str, plan: PlanFile) -> bool:
    """Whether no step names a declared file.

    Where every step lists its files, 8 of 21 such files were changed, of those that a step lists 94 %: it is what the
    plan once meant to do, or only may.
    """
    name = path.rstrip("/").rpartition("/")[2]
    if not looks_like_file(name) or any(sign in name for sign in "*?"):
        return False
    return all(plan.source.text.find(name, step.start, step.end) < 0 for step in plan.body.tasks)


def _add(task: TaskDraft, item: FileItem, mode: Mode, *, body: bool, weak: bool = False) -> None:
    if item.is_tracking:
        return
    more = {"part": item.part, "note": item.note, "external": item.external, "body": body, "weak": weak}
    if item.mode is Mode.READ:
        task.read(item.path, item.origin, **more)
    elif body and any(scope.path == item.path and not scope.body for scope in task.writes):
        return
    else:
        task.write(item.path, item.origin, item.mode or mode, **more)


def _tell_checks(task: TaskDraft, plan: PlanFile) -> None:
    checks = [check for step in plan.body.tasks for check in step.named("verify", "done", "acceptance_criteria")]
    for element in (*checks, *plan.elements("verification", "success_criteria")):
        place = element.place(plan.source)
        if place.start >= element.content.start:
            task.verify = place.text if task.verify is None else f"{task.verify}\n{place.text}"
            task.places.setdefault("verify", place)
    for element in plan.elements("output"):
        task.returns = element.place(plan.source).text
        task.places["returns"] = element.place(plan.source)


def add_body(task: TaskDraft, plan: PlanFile, names: BodyNames, context: PathContext) -> None:
    """What the steps of the plan say they write, what they read, and what they are told to leave alone."""
    for step, item in step_files(plan, context):
        if _is_checkpoint(step) or _only_looks(step, plan):
            task.read(item.path, item.origin, note=item.note, external=item.external, body=True)
        else:
            _add(task, item, Mode.WRITE, body=True, weak=_is_optional(step, plan))
    off_limits: list[Scope] = []
    for step in plan.body.tasks:
        if not _is_checkpoint(step):
            for element in step.named("action"):
                off_limits += _act(task, plan, element, names, context)
    for item in [*readings(plan, context), *_link_ends(plan, context)]:
        task.read(item.path, item.origin, evidence=item.evidence, note=item.note, external=item.external, body=True)
    written = {scope.path for scope in task.writes}
    task.reads = [scope for scope in task.reads if scope.path not in written]
    for scope in off_limits:
        # Each step is told what the next one does; only what no step of this plan writes is off limits to it.
        if scope.path not in written:
            _keep(task.off_limits, scope)


def _step_name(step: Element, plan: PlanFile) -> str:
    """What the step is called, without `Task 3:` before it; from the attribute where there is no tag."""
    name = next((element.place(plan.source).text for element in step.named("name")), step.attributes.get("name", ""))
    return _STEP_NUMBER.sub("", name.strip())


def _only_looks(step: Element, plan: PlanFile) -> bool:
    """Whether a step is called "Verify ...", "Check ...": none of ten files that only such steps list was changed."""
    first = _step_name(step, plan).partition(" ")[0].lower()
    return first != "test" and english_verbs().get(first) in (Role.CHECK, Role.READ)


def _is_optional(step: Element, plan: PlanFile) -> bool:
    name = _step_name(step, plan)
    return bool(weak_spans(name, 0, len(name)))


def step_files(plan: PlanFile, context: PathContext) -> Iterator[tuple[Element, FileItem]]:
    """The entries of every step's `<files>`."""
    for step in plan.body.tasks:
        for item in _listed(plan, step.named("files"), context):
            yield step, item


def readings(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """What an executor reads: the lines `@path` of the context before it begins, and `<read_first>` of each step."""
    elements = [*plan.elements("context", "required_reading")]
    elements += (element for step in plan.body.tasks for element in step.named("read_first"))
    for item in _listed(plan, elements, context):
        if not item.is_tracking and "/.claude/" not in item.path:
            yield item


def _listed(plan: PlanFile, elements: Iterable[Element], context: PathContext) -> Iterator[FileItem]:
    for element in elements:
        for span in plan.body.visible(element):
            yield from files_in(text_of(plan.source, *span), context)


class BodyNames:
    """What a file name in an action means: the plan's own files first, then what it reads, then the whole phase."""

    def __init__(self, written: Mapping[str, Iterable[str]], read: Mapping[str, Iterable[str]]) -> None:
        """Both map the id of a plan to full paths."""
        self._written = BareNames({plan: set(paths) for plan, paths in written.items()})
        self._read = BareNames({plan: set(paths) for plan, paths in read.items()})

    def find(self, name: str, plan: str) -> str | None:
        """The path that a bare name means, None where that cannot be told."""
        return self._written.find(name, plan) or self._read.find(name, plan)

    def complete(self, path: str, plan: str) -> str:
        """`path` with the directories that it lacks, as the plan itself or else one path of the phase has them."""
        for names in (self._written, self._read):
            found = names.find_own(path, plan)
            if found is not None:
                return found
        return (self._written.find(path, plan) or path) if "/" in path else path


def _act(task: TaskDraft, plan: PlanFile, element: Element, names: BodyNames, context: PathContext) -> list[Scope]:
    """The effects of one action; the answer is what it forbids."""

    def resolve(name: str) -> str | None:
        return names.find(name, plan.id)

    forbidden: list[Scope] = []
    prose_context = ProseContext(paths=context, resolve=resolve, body=True)
    for span in plan.body.visible(element):
        effects = effects_of(text_of(plan.source, *span), default=None, context=prose_context)
        for kept, scopes in ((task.writes, effects.writes), (task.reads, effects.reads)):
            for scope in scopes:
                if _is_meant(scope):
                    _keep(kept, _completed(scope, names, plan))
        for scope in effects.off_limits:
            _keep(forbidden, _completed(scope, names, plan))
    return forbidden


def _completed(scope: Scope, names: BodyNames, plan: PlanFile) -> Scope:
    """`scope` with the full path of its file where the plan spells that out."""
    return Scope(
        path=names.complete(scope.path, plan.id),
        mode=scope.mode,
        origin=scope.origin,
        evidence=scope.evidence,
        weak=scope.weak,
        part=scope.part,
        external=scope.external,
        body=scope.body,
        note=scope.note,
    )


def _is_meant(scope: Scope) -> bool:
    """Whether a file that an action mentions says something about this plan's work.

    A directory is where the work is, not the work; what lies outside of the repository, or is written only perhaps,
    was changed in none of a hundred cases.
    """
    path = scope.path
    if scope.weak or path.startswith(("/", "~", "..", ".planning/")):
        return False
    return looks_like_file(path.rpartition("/")[2])


def _keep(scopes: list[Scope], scope: Scope) -> None:
    """Add `scope` unless the same is said already."""
    if all((other.path, other.mode, other.part) != (scope.path, scope.mode, scope.part) for other in scopes):
        scopes.append(scope)


def _link_ends(plan: PlanFile, context: PathContext) -> Iterator[FileItem]:
    """Both ends of `must_haves.key_links`: the files that this plan's work is wired to (6 % of them were changed)."""
    must_haves = plan.get("must_haves")
    links = must_haves.get("key_links") if isinstance(must_haves, MappingNode) else None
    for link in links.items if isinstance(links, Sequence) else ():
        for end in ("from", "to"):
            node: Node | None = link.get(end) if isinstance(link, MappingNode) else None
            for item in files_in_node(node, context):
                if "/" in item.path and not item.is_tracking and not item.path.startswith("/"):
                    yield replace(item, evidence=Evidence.STATED)

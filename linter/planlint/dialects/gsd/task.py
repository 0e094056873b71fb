"""A plan file as a task of its phase: its name, what its declaration lists and how it is checked.

What its steps do is read by `body`, once the files of the whole phase are known.
"""

from __future__ import annotations

import re

from planlint.dialects.draft import TaskDraft
from planlint.dialects.gsd.layout import is_tracking
from planlint.dialects.gsd.plan_file import PlanFile
from planlint.dialects.gsd.tags import Element
from planlint.dialects.path_lists import FileItem, files_in_node
from planlint.dialects.plan_words.looking import only_looks
from planlint.dialects.prose import PathContext
from planlint.model import Kind, Mode
from planlint.paths import looks_like_file
from planlint.readers.tree import Scalar, Sequence

_MOST_DOUBTED = 200
"""Longest declaration whose files are each looked for in the steps; longer ones come from a tool."""

_INNER_TAG = re.compile(r"</?(?:automated|manual)>")
"""The tags that tell apart how a step is verified; not for people to read."""

_FAILS_WHEN = re.compile(r"\s*<fails_when>(.*?)</fails_when>", re.DOTALL)
"""What output of the command before it is a failure."""

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
        if (isinstance(node, Scalar) and node.text) or isinstance(node, Sequence):
            task.places[field] = node.origin
    _declare(task, plan, context)
    _tell_checks(task, plan)
    if task.kind is Kind.BUILD and task.scope_known and not task.writes and only_looks(task.title):
        task.kind = Kind.REVIEW
    return task


def _kind(plan: PlanFile) -> Kind:
    kind = _KINDS.get(plan.text("type").lower())
    if kind is not None:
        return kind
    tasks = plan.body.tasks
    only_checkpoints = bool(tasks) and all(is_checkpoint(task) for task in tasks)
    return Kind.REVIEW if only_checkpoints and plan.get("files_modified") is None else Kind.BUILD


def is_checkpoint(step: Element) -> bool:
    """Whether a person acts here, not the agent."""
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
            add_item(task, item, mode, body=False, weak=doubtful and _is_left_out(item.path, plan))


def _lists_all_files(plan: PlanFile) -> bool:
    """Whether there are steps beside checkpoints and each of them lists its files."""
    text = plan.source.text
    steps = [step for step in plan.body.tasks if not is_checkpoint(step)]
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


def add_item(task: TaskDraft, item: FileItem, mode: Mode, *, body: bool, weak: bool = False) -> None:
    """Add a listed file to what `task` writes, or reads where its remark says so; `mode` where that says nothing."""
    if is_tracking(item.path):
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
    told: list[str] = []
    for element in (*checks, *plan.elements("verification", "success_criteria")):
        place = element.place(plan.source)
        if place.start >= element.content.start:
            told.append(_INNER_TAG.sub("", _FAILS_WHEN.sub(r"\n(fails when: \1)", place.text)).strip())
            task.places.setdefault("verify", place)
    task.verify = "\n".join(filter(None, told)) or None
    for element in plan.elements("output"):
        task.returns = element.place(plan.source).text
        task.places["returns"] = element.place(plan.source)

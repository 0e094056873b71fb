"""One task of `planlint show`, for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planlint.diagnostics import Evidence
from planlint.reporters.terminal import Palette, visible, wrap

if TYPE_CHECKING:
    from planlint.model import Scope, Task
    from planlint.reporters.context import RenderContext


def render_task(task: Task, context: RenderContext, paint: Palette) -> list[str]:
    """Name, marks, files, order and check of one task."""
    marks = [
        word
        for word, holds in (
            (task.kind.value, task.kind.value != "build"),
            ("done", task.done),
            ("optional", task.optional),
            ("parallel", task.parallel is True),
            (f"wave {task.wave}", task.wave is not None),
            (f"phase {task.phase}", task.phase is not None),
            (f"agent {task.agent.type or task.agent.name}", bool(task.agent.type or task.agent.name)),
            (f"model {task.agent.model}", task.agent.model is not None),
            (f"isolation {task.isolation.value}" if task.isolation else "", task.isolation is not None),
        )
        if holds
    ]
    place = task.name_origin.begin
    head = paint.bold(visible(task.label))
    if task.title and task.title != task.label:
        head += f"  {visible(task.title)}"
    head += f"  {paint.gutter(f'{visible(task.origin.source.path)}:{place.line}')}"
    lines = ["", f"  {head}"]
    if marks:
        lines += wrap(", ".join(marks), "    ", context.width)
    for word, scopes in (("writes", task.writes), ("reads", task.reads), ("keeps off", task.off_limits)):
        if scopes:
            lines += wrap(", ".join(_scopes(scopes)), f"    {word}: ", context.width)
    if task.broad:
        lines.append("    touches the whole code base")
    if task.resources:
        named = [f"{one.kind} {visible(one.name)}{_hedge(one.evidence)}" for one in task.resources]
        lines += wrap(", ".join(named), "    uses: ", context.width)
    for word, items in (
        ("after", [f"{one.task}{_hedge(one.evidence)}" for one in task.depends_on]),
        ("before", [f"{one.task}{_hedge(one.evidence)}" for one in task.blocks]),
        ("never beside", [f"{one.task}{_hedge(one.evidence)}" for one in task.conflicts_with]),
        ("provides", [f"{one.contract}{_hedge(one.evidence)}" for one in task.provides]),
        ("consumes", [f"{one.contract}{_hedge(one.evidence)}" for one in task.consumes]),
    ):
        if items:
            lines += wrap(", ".join(items), f"    {word}: ", context.width)
    if task.verify:
        lines += wrap(" ".join(task.verify.split()), "    verified by: ", context.width)
    return lines


def _scopes(scopes: Iterable[Scope]) -> list[str]:
    """Each file once: a format that both declares and describes its work names many of them twice."""
    grouped: dict[tuple[str, str | None], list[Scope]] = {}
    for scope in scopes:
        grouped.setdefault((scope.path, scope.part), []).append(scope)
    return [_scope(group) for group in grouped.values()]


def _scope(group: list[Scope]) -> str:
    """What is done to one file: as certain as the first mention says, as exact as any of them."""
    first = group[0]
    modes = dict.fromkeys(one.mode.value for one in group if one.mode.value not in ("read", "write"))
    mode = f"{' and '.join(modes)} " if modes else ""
    part = f" ({first.part})" if first.part else ""
    return f"{mode}{first.path}{part}{_hedge(first.evidence)}{' [perhaps]' if first.weak else ''}"


def _hedge(evidence: Evidence) -> str:
    """How a statement that is not declared is marked."""
    return "" if evidence is Evidence.DECLARED else f" [{evidence.value}]"

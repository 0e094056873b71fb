"""`planlint show`: plans as planlint understood them, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.reporters.closing import counted
from planlint.reporters.launch_text import render_launches
from planlint.reporters.task_text import render_task
from planlint.reporters.terminal import Palette, palette, visible, wrap

if TYPE_CHECKING:
    from planlint.facts import Facts
    from planlint.model import AgentDefinition, Constraint, Plan
    from planlint.reporters.context import RenderContext

MAX_LISTED = 12
"""Most ids on one line of stages; of more, the rest is counted."""


def render_plan(facts: Facts, context: RenderContext) -> str:
    """Header, stages, one block for each task, costs."""
    plan = facts.plan
    paint = palette(context.color)
    title = f"{visible(plan.path)}" + (f": {visible(plan.name)}" if plan.name else "")
    lines = [paint.bold(title)]
    live = facts.tasks
    finished = sum(1 for task in plan.work if task.done)
    parts = [f"{plan.dialect} format", *_substance(plan)]
    if finished:
        parts.append(f"{finished} finished")
    parts.append(f"isolation {plan.isolation.value}")
    if plan.max_parallel:
        parts.append(f"at most {plan.max_parallel} at once")
    lines += wrap(", ".join(parts), "  ", context.width)
    lines += _stages(facts, context, paint)
    for task in plan.work:
        lines += render_task(task, context, paint)
    if plan.contracts:
        lines.append("")
        lines.append("  contracts")
        for contract in plan.contracts:
            text = contract.id + (f" in {contract.file}" if contract.file else "")
            lines += wrap(text + (f": {contract.signature}" if contract.signature else ""), "    ", context.width)
    if plan.constraints:
        lines += ["", "  rules for files"]
        for constraint in plan.constraints:
            lines += wrap(_constraint(constraint), "    ", context.width)
    lines += render_launches(plan, context, paint)
    if plan.agents:
        lines += ["", "  agents"]
        for agent in plan.agents:
            lines += _agent(agent, context, paint)
    lines += ["", *_costs(facts, len(live), context)]
    return "".join(f"{line}\n" for line in lines)


def _substance(plan: Plan) -> list[str]:
    """How much work it is; a standing pattern says how agents are started and need not name any work."""
    tasks = counted(len(plan.work), "task")
    if not plan.pattern:
        return [tasks]
    return ["a standing pattern", tasks if plan.work else "no work of its own"]


def _constraint(constraint: Constraint) -> str:
    """What the plan says of a file, or of the files of a pattern, beside its tasks."""
    path = visible(constraint.scope.path)
    owner = visible(constraint.owner) if constraint.owner else None
    said = {
        "off-limits": f"nobody writes {path}",
        "single-owner": f"only {owner} writes {path}" if owner else f"one task alone writes {path}",
        "hub": f"{path} has one writer at a time" + (f", or only {owner}" if owner else ""),
        "acknowledged": f"{path} is shared, and the plan says so",
    }.get(constraint.kind, f"{constraint.kind}: {path}")
    return said + (f" ({', '.join(visible(task) for task in constraint.tasks)})" if constraint.tasks else "")


def _stages(facts: Facts, context: RenderContext, paint: Palette) -> list[str]:
    order = facts.order
    live = {task.index for task in facts.tasks}
    stages = [found for stage in order.stages if (found := [task for task in stage if task in live])]
    if not stages:
        return []
    lines = ["", f"  order: {counted(len(stages), 'stage')}, {counted(order.pair_count, 'concurrent pair')}"]
    for number, stage in enumerate(stages, start=1):
        names = [facts.task(task).label for task in stage[:MAX_LISTED]]
        more = f" and {len(stage) - MAX_LISTED} more" if len(stage) > MAX_LISTED else ""
        lines += wrap(" | ".join(names) + more, f"    {number}. ", context.width)
    if order.cycles:
        lines.append(paint.hint("    the dependencies go round in a circle, so that this order is not a real one"))
    return lines


def _agent(agent: AgentDefinition, context: RenderContext, paint: Palette) -> list[str]:
    """A role: who it is, on which model, with which tools, and where that is written."""
    said = [
        word
        for word, holds in (
            (f"model {agent.model}", agent.model is not None),
            (f"isolation {agent.isolation.value}" if agent.isolation else "", agent.isolation is not None),
            ("in the background", agent.background is True),
            (f"tools {', '.join(agent.tools or ())}", bool(agent.tools)),
            (f"without {', '.join(agent.disallowed_tools)}", bool(agent.disallowed_tools)),
        )
        if holds
    ]
    where = f"{visible(agent.origin.source.path)}:{agent.origin.begin.line}"
    head = f"    {paint.bold(visible(agent.name))}  {paint.gutter(where)}"
    return [head, *(wrap(", ".join(said), "      ", context.width) if said else ())]


def _costs(facts: Facts, live: int, context: RenderContext) -> list[str]:
    if not live:
        return []
    costs = facts.costs
    chain = [facts.task(task).label for task in costs.critical_path]
    text = counted(costs.agents, "agent")
    loading = costs.agents_loading_memory
    if costs.inherited_tokens and loading:
        who = "each inherits" if loading == costs.agents else f"{loading} of them inherit"
        text += f", {who} about {costs.inherited_tokens:,} tokens, {costs.total_inherited_tokens:,} in all"
    lines = wrap(text, "  cost: ", context.width)
    if len(chain) > 1:
        lines += wrap(" -> ".join(chain), "  longest chain: ", context.width)
    return lines

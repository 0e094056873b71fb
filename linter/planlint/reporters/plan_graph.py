"""`planlint show --format mermaid|dot`: the order of a plan as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.reporters.terminal import visible

if TYPE_CHECKING:
    from planlint.facts import Facts
    from planlint.model import Task


def render_mermaid(facts: Facts) -> str:
    """A Mermaid flow chart: a box for each task, grouped by stage, an arrow for each direct dependency."""
    lines = ["flowchart TD"]
    for number, stage in enumerate(_stages(facts), start=1):
        lines.append(f'  subgraph stage{number}["stage {number}"]')
        lines += [f'    t{task.index}["{_mermaid_text(_caption(task))}"]' for task in stage]
        lines.append("  end")
    lines += [f"  t{before} --> t{after}" for before, after in _arrows(facts)]
    return "".join(f"{line}\n" for line in lines)


def render_dot(facts: Facts) -> str:
    """A Graphviz digraph: a box for each task, tasks of a stage on one rank."""
    lines = [f"digraph {_dot_text(facts.plan.name or facts.plan.path)} {{", "  rankdir=LR;", "  node [shape=box];"]
    for stage in _stages(facts):
        lines += [f"  t{task.index} [label={_dot_text(_caption(task))}];" for task in stage]
        lines.append(f"  {{ rank=same; {' '.join(f't{task.index};' for task in stage)} }}")
    lines += [f"  t{before} -> t{after};" for before, after in _arrows(facts)]
    lines.append("}")
    return "".join(f"{line}\n" for line in lines)


def _stages(facts: Facts) -> list[list[Task]]:
    live = {task.index for task in facts.tasks}
    stages = [[facts.task(task) for task in stage if task in live] for stage in facts.order.stages]
    return [stage for stage in stages if stage]


def _arrows(facts: Facts) -> list[tuple[int, int]]:
    """Pairs (before, after) of live tasks, less those that follow from the others (the transitive reduction)."""
    order = facts.order
    live = sum(1 << task.index for task in facts.tasks)
    arrows = []
    for task in facts.tasks:
        covered = 0
        before = order.ancestors[task.index] & live & ~(1 << task.index)
        direct = before
        rest = before
        while rest:
            low = rest & -rest
            covered |= order.ancestors[low.bit_length() - 1] & ~low
            rest ^= low
        direct &= ~covered
        while direct:
            low = direct & -direct
            arrows.append((low.bit_length() - 1, task.index))
            direct ^= low
    return arrows


def _caption(task: Task) -> str:
    return f"{task.label}: {task.title}" if task.title and task.title != task.label else task.label


def _mermaid_text(text: str) -> str:
    """Text inside of a quoted Mermaid label: entities instead of what would end it or be markup."""
    replaced = visible(text).replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return replaced.replace("`", "#96;")


def _dot_text(text: str) -> str:
    escaped = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

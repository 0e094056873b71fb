"""How a plan starts and joins its agents, for people: the launch scripts and fan-outs of `planlint show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.reporters.terminal import Palette, visible, wrap

if TYPE_CHECKING:
    from planlint.model import FanOut, Launch, LaunchScript, Plan, Step
    from planlint.model.base import Place
    from planlint.reporters.context import RenderContext

_WORDS = {"wait": "waits for", "poll": "asks again and again for", "branch": "looks at the outcome of"}
_SHOWN = frozenset(("launch", *_WORDS))
"""Uses of results, updates of shared lists and command lines are the rules' business; they would bury the launches."""


def render_launches(plan: Plan, context: RenderContext, paint: Palette) -> list[str]:
    """A block for each launch script that starts an agent, and a line for each fan-out told outside of scripts."""
    scripts = [script for script in plan.scripts if any(step.kind == "launch" for step in script.steps)]
    if not scripts and not plan.fan_outs and plan.workers is None:
        return []
    lines = ["", "  launches"]
    for script in scripts:
        if script.example_of_wrong:
            lines.append(f"    an example of what not to do  {_place(script.origin, plan, paint)}")
            continue
        for step in script.steps:
            if step.kind in _SHOWN:
                lines += _step(step, script, plan, context, paint)
    for fan_out in plan.fan_outs:
        text = f"one agent for each of {visible(fan_out.over)}{_width(fan_out)}"
        lines += wrap(f"{text}  {_place(fan_out.origin, plan, paint)}", "    ", context.width)
    if plan.workers is not None:
        lines.append(f"    {plan.workers} workers, as the text counts them")
    return lines


def _step(step: Step, script: LaunchScript, plan: Plan, context: RenderContext, paint: Palette) -> list[str]:
    loops = _loops(step.loop, script)
    if step.launch is not None:
        text = _launch(step.launch, script)
        if loops:
            text += f", for each of {visible(loops[-1].over)}{_width(loops[-1])}"
    else:
        text = f"{_WORDS[step.kind]} {visible(step.handle) if step.handle else 'all'}"
    depth = "  " * len(loops)
    return wrap(f"{text}  {_place(step.origin, plan, paint)}", f"    {depth}", context.width)


def _launch(launch: Launch, script: LaunchScript) -> str:
    joined = any(step.kind == "wait" and step.handle in (None, launch.handle) for step in script.steps)
    said = [f"starts {visible(launch.agent_type)}" if launch.agent_type else "starts an agent"]
    if launch.description:
        text = visible(launch.description)
        said[0] += f" {text}" if '"' in text else f' "{text}"'
    said += [
        word
        for word, holds in (
            (f"model {launch.model}", launch.model is not None),
            (f"isolation {launch.isolation}", launch.isolation is not None),
            ("in the background", launch.background is True),
            ("awaited at once", launch.awaited and launch.background is not True and not joined),
            (f"kept as {launch.handle}", launch.handle is not None and not launch.awaited),
        )
        if holds
    ]
    return ", ".join(said)


def _loops(innermost: int | None, script: LaunchScript) -> list[FanOut]:
    """The loops around a step, outermost first."""
    found: list[FanOut] = []
    while innermost is not None and innermost in script.loops:
        found.insert(0, script.loops[innermost])
        innermost = script.parents.get(innermost)
    return found


def _width(fan_out: FanOut) -> str:
    if fan_out.bound is not None:
        return f" (at most {fan_out.bound} at once)"
    return " (in batches)" if fan_out.batched else " (width not bounded)"


def _place(origin: Place, plan: Plan, paint: Palette) -> str:
    """The line; with its file where that is not the one in the headline."""
    path = origin.source.path
    line = origin.begin.line
    return paint.gutter(f"line {line}" if path == plan.path else f"{visible(path)}:{line}")

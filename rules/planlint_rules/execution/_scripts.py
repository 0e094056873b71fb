"""What the execution rules ask about a launch script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import FanOut, Kind, Launch, LaunchScript, Step, Task
from planlint.rulekit import Facts
from planlint.source.regex import regex
from planlint_rules._wording import short

_WAITING_CALL = regex(r"\b(?:TaskOutput|AgentOutputTool|await|gather|Promise\.\w+)\b")
_SHELL_WAIT = regex(r"(?:\A|[;&(]|\bdo|\bthen)[ \t]*wait(?![ \t]*[A-Za-z(])")
_CONDITIONAL = regex(r"\s*(?:\}\s*)?(?:while|until|loop|repeat)\b", re.IGNORECASE)
_REPEATS = regex(r"attempt|retr(?:y|ies)|iteration|round|tries|cycle", re.IGNORECASE)
_ORDERED = regex(
    r"\b(?:\w*_)?(?:phase|stage|step|wave|sprint|milestone|layer|level|batch|chunk|group|generation|epoch)(?:e?s)?\b",
    re.IGNORECASE,
)
_GIVES_BACK = regex(r"\b(?:return|report|reply|respond|answer|output)\b[^.\n]{0,200}", re.IGNORECASE)
"""What an agent is to hand back; "a list of findings" there is its own."""
_WORD = regex(r"[\w$]+")
_EARLIER = regex(
    r"\b(?:previous|prior|earlier|above|results?|findings|outputs?|based on|reports?|after|once|then|now|next|so far"
    r"|it|them|those|these|the plan|the changes?|the design|the spec)\b",
    re.IGNORECASE,
)


def sound_scripts(facts: Facts) -> Iterator[LaunchScript]:
    """The scripts of the plan that are not shown as what not to do."""
    return (script for script in facts.plan.scripts if not script.example_of_wrong)


def launches(script: LaunchScript) -> Iterator[tuple[int, Step, Launch]]:
    """The launches of `script`, with the index of their step."""
    for index, step in enumerate(script.steps):
        if step.kind == "launch" and step.launch is not None:
            yield index, step, step.launch


def is_call(step: Step) -> bool:
    """Whether a wait is a call of code; "wait for all of them" is a sentence."""
    return step.kind == "wait" and (step.handle is not None or _WAITING_CALL.search(step.origin.text) is not None)


def is_shell_wait(step: Step) -> bool:
    """Whether a line of a shell script waits for what it left running (`wait`, `wait -n`)."""
    return step.kind == "wait" and _SHELL_WAIT.search(step.origin.text) is not None


def enclosing(script: LaunchScript, loop: int | None) -> list[FanOut]:
    """The loops around a step, the innermost first."""
    found: list[FanOut] = []
    while loop is not None and loop in script.loops and len(found) < len(script.loops):
        found.append(script.loops[loop])
        loop = script.parents.get(loop)
    return found


def is_conditional(loop: FanOut) -> bool:
    """Whether it runs until something holds (`while`), and not once for each element."""
    return _CONDITIONAL.match(loop.origin.text) is not None


def is_ordered(loop: FanOut) -> bool:
    """Whether its rounds follow one another by their meaning: attempts, phases, batches."""
    words = loop.origin.text + " " + loop.over
    return loop.batched or _REPEATS.search(words) is not None or _ORDERED.search(words) is not None


def independent(facts: Facts, first: Launch, second: Launch) -> bool:
    """Whether the second launch surely needs nothing from the first: both spelled out, of one kind, on other files."""
    if first.template or second.template or first.task is None or second.task is None:
        return False
    one, other = facts.task(first.task), facts.task(second.task)
    if other.kind is not one.kind or other.kind not in (Kind.BUILD, Kind.RESEARCH, Kind.REVIEW):
        return False
    if other.kind is Kind.REVIEW and not (one.reads and other.reads):
        return False  # without a subject that is there from the start, the second may review what came of the first
    told = _GIVES_BACK.sub(" ", second.prompt or second.description or "")
    if not told.strip() or _EARLIER.search(told) is not None:
        return False
    if first.handle is not None and first.handle.removesuffix("[]") in _WORD.findall(told):
        return False
    return not _meet(one, other, told)


def _meet(one: Task, other: Task, told: str) -> bool:
    """Whether the two tasks touch the same files, or the second is told about a file that the first writes."""
    written = {scope.path for scope in one.writes}
    if written & {scope.path for scope in (*other.writes, *other.reads)}:
        return True
    return any(path and path in told for path in written) or bool(
        {scope.path for scope in one.reads} & {scope.path for scope in other.writes}
    )


def label(launch: Launch) -> str:
    """How messages name a launch."""
    return short(launch.description or launch.prompt or launch.agent_type or launch.tool)

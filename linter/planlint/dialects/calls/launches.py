"""From the arguments of a call that starts an agent to a `Launch`."""

from __future__ import annotations

from planlint.dialects.calls.arguments import Arguments, Value, has_placeholder
from planlint.model import Launch
from planlint.readers.prose import Prose
from planlint.source import Origin

LAUNCHERS = frozenset({"Task", "Agent"})
"""The tool's name: `Task` until Claude Code 2.1.63, `Agent` since; people write both."""

SHELL = "shell"
"""In place of a tool's name: the launch is a command line."""

TYPE_KEYS = ("subagent_type", "subagentType", "agent_type", "agentType")
KEYS = frozenset(
    {
        *TYPE_KEYS,
        "agent",
        "type",
        "description",
        "prompt",
        "model",
        "run_in_background",
        "background",
        "isolation",
        "name",
        "mode",
        "task",
        "effort",
        "tools",
    }
)
"""The fields of the Agent tool (2026-11), its old ones, and how people misremember them."""

_TELLING = frozenset({*TYPE_KEYS, "prompt", "run_in_background", "background", "isolation"})
"""Fields that only a launch has."""
_WORK = frozenset({"description", "task", "agent", "type", "effort"})
"""Fields that say what is to be done, or by whom; other things have them, too."""
_CONSTRUCTED = frozenset(
    {
        "role",
        "goal",
        "backstory",
        "expected_output",
        "instructions",
        "handoffs",
        "llm",
        "fn",
        "func",
        "target",
        "callback",
    }
)
"""Fields of the classes `Agent` and `Task` of the frameworks that people build agents with."""


def is_launch(arguments: Arguments, *, tool: str, written: str = "") -> bool:
    """Whether a call of `Task` or `Agent` starts an agent.

    `Agent(worker, researcher)` and `Task(Explore)` are permission rules, `Task(id=3)` and `Agent(name=..., role=...)`
    are somebody's class and `Task()` the name of the tool. A call with nothing in it but `...` (`written` is what
    stands in it) is meant as a launch.
    """
    if arguments.named:
        named = arguments.named.keys()
        return not _TELLING.isdisjoint(named) or (_CONSTRUCTED.isdisjoint(named) and not _WORK.isdisjoint(named))
    strings = [value for value in arguments.positional if value.is_string]
    if strings:
        return any(" " in value.text.strip() for value in strings)
    return tool in LAUNCHERS and not arguments.positional and ("..." in written or "…" in written)


def launch_of(
    arguments: Arguments,
    origin: Origin,
    *,
    tool: str,
    handle: str | None = None,
    awaited: bool = False,
    following: Value | None = None,
    elsewhere: bool = False,
) -> Launch:
    """The launch that the call at `origin` makes; `following` is a prompt that stands after the call.

    `elsewhere`: it works in another directory, so that it says nothing about the files of this one.
    """
    kind = arguments.get(*TYPE_KEYS, "agent", "type")
    description = arguments.get("description", "name")
    prompt = arguments.get("prompt", "task") or following
    strings = [value for value in arguments.positional if value.is_string]
    if strings and not arguments.named:
        prompt = prompt or max(strings[:2], key=lambda value: len(value.text))
        if description is None and len(strings) > 1:
            description = strings[0] if strings[0] is not prompt else None
        if kind is None and len(strings) > 2:
            kind = strings[2]
    background = arguments.get("run_in_background", "background")
    isolation = arguments.get("isolation")
    model = arguments.get("model")
    told = [value for value in (prompt, description) if value is not None]
    return Launch(
        origin=origin,
        tool=tool,
        description=description.text if description is not None else None,
        prompt=prompt.text if prompt is not None else None,
        prompt_origin=prompt.origin if prompt is not None else None,
        agent_type=kind.text if kind is not None and kind.is_string and kind.text.strip() else None,
        agent_type_origin=kind.origin if kind is not None else None,
        model=model.text if model is not None and model.is_string else None,
        background=_boolean(background),
        isolation=isolation.text if isolation is not None and isolation.is_string else None,
        handle=handle,
        awaited=awaited,
        template=elsewhere
        or not told
        or any(has_placeholder(value) for value in (*told, *((kind,) if kind is not None else ()))),
    )


def further_fields(arguments: Arguments) -> dict[str, Prose]:
    """What a call says beside the fields of the tool: people give an agent its files in fields of their own."""
    return {
        name: value.prose for name, value in arguments.named.items() if name not in KEYS and value.prose is not None
    }


def prompt_of(arguments: Arguments) -> Prose | None:
    """The prompt (else the description) of a call as running text, to read its sentences."""
    for name in ("prompt", "task", "description"):
        value = arguments.named.get(name)
        if value is not None and value.is_string:
            return value.prose
    strings = [value for value in arguments.positional if value.is_string]
    return max(strings[:2], key=lambda value: len(value.text)).prose if strings else None


def _boolean(value: Value | None) -> bool | None:
    word = value.text.strip().lower().rstrip(",;") if value is not None else ""
    return {"true": True, "false": False, "yes": True, "no": False}.get(word)

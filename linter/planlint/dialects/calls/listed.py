"""A launch told as a list, a field in each item: "Use the Task tool with subagent_type=Plan", then "Prompt: ...".

The most common style of published commands: Claude is told which fields to give, and no call is written at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.calls.arguments import Arguments
from planlint.dialects.calls.blocks import string_value
from planlint.dialects.calls.launches import TYPE_KEYS, prompt_of
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import Names, ReadScript, build
from planlint.readers.prose import Prose

_USES = re.compile(r"\b(?:use|using|via|invoke|call|launch|with)\b(?: the)? (?P<tool>Task|Agent) tool\b", re.IGNORECASE)
_FIELD = re.compile(
    r"[`*_\"]{0,3}(?P<name>(?:sub-?)?agent[_ ]?type|description|prompt|model|run_in_background|isolation|name)"
    r"[`*_\"]{0,3}[ \t]*[:=][ \t]*",
    re.IGNORECASE,
)
_TYPE = re.compile(r"\b(?:sub-?)?agent_?type[`*]{0,2}[ \t]*[:=][ \t]*[\"'`]?(?P<type>[\w:-]{2,60})", re.IGNORECASE)


def listed_script(lead: str, items: Sequence[Prose], whole: Prose, *, wrong: bool, message: int) -> ReadScript | None:
    """The launch whose fields the `items` of a list are; None where they are none.

    The tool is named by an item, or by `lead`, the text right above the list, which then ends with a colon.
    """
    arguments = Arguments()
    tool = _tool_of(lead) if lead.rstrip().endswith((":", "：")) else None
    for item in items:
        used = _USES.search(item.text)
        tool = tool or (used["tool"].capitalize() if used is not None else None)
        field = _FIELD.match(item.text)
        if field is not None:
            arguments.named.setdefault(_key(field["name"]), string_value(item, field.end(), len(item.text)))
        elif used is not None and (kind := _TYPE.search(item.text, used.end())) is not None:
            arguments.named.setdefault("subagent_type", string_value(item, *kind.span("type")))
    if tool is None or "prompt" not in arguments.named or arguments.get(*TYPE_KEYS) is None:
        return None
    recorder = Recorder(whole, wrong=wrong, message=message)
    step = recorder.add("launch", 0, len(whole.text), loop=None)
    step.arguments, step.prompt, step.tool = arguments, prompt_of(arguments), tool
    (segment,) = recorder.finish(len(whole.text))
    return build(whole, segment, Names(), "", None)


def _tool_of(lead: str) -> str | None:
    used = [*_USES.finditer(lead)]
    return used[-1]["tool"].capitalize() if used else None


def _key(name: str) -> str:
    """The field as the tool spells it: `Subagent type` is `subagent_type`."""
    plain = name.lower().replace(" ", "_").replace("-", "")
    return "subagent_type" if plain.endswith("type") else plain

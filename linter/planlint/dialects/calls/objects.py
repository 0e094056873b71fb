"""Launches as JSON: objects with the fields of the Agent tool, as a session or a program writes its calls."""

from __future__ import annotations

import re

from planlint.dialects.calls.arguments import read_arguments
from planlint.dialects.calls.brackets import scan_group
from planlint.dialects.calls.launches import TYPE_KEYS, prompt_of
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import Names, ReadScript, build
from planlint.readers.prose import Prose

_KEY = re.compile(r"\"(?:subagent_type|subagentType|agent_type)\"[ \t]*:")
_FARTHEST = 4_000
"""Characters before the type in which its object must begin; the prompt may stand before it."""

_LONGEST = 20_000
"""Characters of the longest call that is read."""


def object_script(code: Prose, *, wrong: bool, message: int) -> ReadScript | None:
    """The launches in a fence of JSON: each object that names an agent's type and its prompt. One message sends all."""
    text = code.text
    recorder = Recorder(code, wrong=wrong, message=message)
    end = 0
    for key in _KEY.finditer(text):
        opening = _opening(text, key.start(), max(end, key.start() - _FARTHEST))
        if opening is None:
            continue
        group = scan_group(text, opening, min(len(text), opening + _LONGEST))
        arguments = read_arguments(code, group)
        if "prompt" not in arguments.named or arguments.get(*TYPE_KEYS) is None:
            continue
        step = recorder.add("launch", opening, group.end, loop=None)
        step.arguments, step.prompt, step.tool = arguments, prompt_of(arguments), "Agent"
        end = group.end
    (segment,) = recorder.finish(len(text))
    return build(code, segment, Names(), "json", None)


def _opening(text: str, at: int, first: int) -> int | None:
    """The brace that is open at `at`, sought back to `first`."""
    depth = 0
    for place in range(at - 1, first - 1, -1):
        if text[place] == "}":
            depth += 1
        elif text[place] == "{":
            if depth == 0:
                return place
            depth -= 1
    return None

"""Launches told in running text, with the prompt in a fence below or in quotes behind: "Launch the `db` agent: ...".

A pattern of a command as people write it most: the tool is not called in code, Claude is told to use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.calls.arguments import Arguments, Value
from planlint.dialects.calls.blocks import string_value
from planlint.dialects.calls.launches import SHELL
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import Names, ReadScript, build
from planlint.dialects.prose.tables import words
from planlint.readers.prose import Prose

_TELLS = re.compile(
    r"\b(?:launch|spawn|start|use|invoke|dispatch)\b[^.\n\"“]{0,80}?\b(?:sub-?)?agent\b(?P<rest>[^.\n\"“]{0,80}?)"
    r"[:：][ \t]*",
    re.IGNORECASE,
)
_PASTES = re.compile(r"\b(?:paste|copy|send|give|enter|type|run|start|open)\b[^.\n]{0,100}[:：]\s*\Z", re.IGNORECASE)
_SESSION = re.compile(
    r"\b(?:agent|terminal|session|window|tab|pane|chat|composer|worktree|teammate|lead|claude|cursor|codex|gemini)\b"
    r"(?=[^.\n]*[:：]\s*\Z)",
    re.IGNORECASE,
)
"""Where a prompt is pasted: "In the second terminal, paste:"."""
_PROMPT_WORD = re.compile(r"\b(?:prompt|paste|message)\b", re.IGNORECASE)
_NAME = re.compile(r"[`'\"]?(?P<name>[\w:]{2,40}(?:-[\w:]{1,40}){0,5})[`'\"]?[ \t]+(?:sub-?)?agent\b", re.IGNORECASE)
_NO_NAME = words("the an a one each every this that new another single task sub second first background")
_QUOTED = re.compile(r"[\"“]([^\"”]{8,4000})[\"”]")
_EXAMPLE = re.compile(r"\b(?:e\.g\.|for example|for instance|such as)", re.IGNORECASE)


def tells_prompt(lead: str) -> bool:
    """Whether a text ends by telling to launch an agent with the prompt below it, or to paste that into a session."""
    if _EXAMPLE.search(lead) is not None:
        return False
    last = lead.rstrip()[lead.rstrip().rfind("\n") + 1 :]
    if _PASTES.search(last) is not None and _PROMPT_WORD.search(last) is not None and _SESSION.search(last) is not None:
        return True
    told = list(_TELLS.finditer(lead))
    return bool(told) and told[-1].end() >= len(lead.rstrip()) and "prompt" in told[-1].group("rest").lower()


def told_script(lead: Prose, prompt: Prose, *, wrong: bool, message: int) -> ReadScript | None:
    """The launch of the agent that `lead` names, with `prompt`; one that is pasted into a session goes on by itself."""
    session = not any("prompt" in told.group("rest").lower() for told in _TELLS.finditer(lead.text))
    return _script(lead, prompt, prompt, wrong=wrong, message=message, session=session)


def quoted_scripts(prose: Prose, *, wrong: bool, message: int) -> Iterator[ReadScript]:
    """The launches of a paragraph that gives each prompt in quotes."""
    if _EXAMPLE.search(prose.text) is not None:
        return
    for match in _TELLS.finditer(prose.text):
        quoted = _QUOTED.match(prose.text, match.end())
        if quoted is not None and " " in quoted.group(1).strip():
            lead = prose.slice(*match.span())
            whole = prose.slice(match.start(), quoted.end())
            script = _script(lead, prose.slice(*quoted.span(1)), whole, wrong=wrong, message=message)
            if script is not None:
                yield script


def _script(
    lead: Prose, prompt: Prose, whole: Prose, *, wrong: bool, message: int, session: bool = False
) -> ReadScript | None:
    arguments = Arguments()
    arguments.named["prompt"] = string_value(prompt, 0, len(prompt.text))
    names = [match for match in _NAME.finditer(lead.text) if match.group("name").lower() not in _NO_NAME]
    if names:
        place = lead.slice(*names[-1].span("name"))
        arguments.named["subagent_type"] = Value(place.text, place.whole, True, place)
    recorder = Recorder(whole, wrong=wrong, message=message)
    step = recorder.add("launch", 0, len(whole.text), loop=None)
    step.arguments, step.prompt, step.tool = arguments, prompt, SHELL if session else "Agent"
    if session:
        arguments.named["run_in_background"] = Value("true", lead.whole, False)
    (segment,) = recorder.finish(len(whole.text))
    return build(whole, segment, Names(), "", None)

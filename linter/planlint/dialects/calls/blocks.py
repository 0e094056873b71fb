"""YAML-like launches, launches told in a sentence, and launch lists: the styles without brackets."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.calls.arguments import Arguments, Value
from planlint.dialects.calls.launches import KEYS, TYPE_KEYS
from planlint.readers.prose import Prose

_BLOCK_HEAD = re.compile(
    r"([ \t]*)(?:[-*][ \t]+)?(Task|Agent)(?:[ \t]+(?:tool(?:[ \t]+call)?|call))?(?:[ \t]+\d{1,3})?"
    r"(?::|(?<=call)(?=[ \t]*\n)|(?<=call[ ]\d)(?=[ \t]*\n))[ \t]*(?P<title>[^\n\"“({\[]{0,120})(?:\n|\Z)"
)
TITLED_BLOCK = (
    r"^[ \t]*(?:[-*][ \t]+)?(?:Task|Agent)(?:[ \t]+\d{1,3})?:[ \t]*[^\n\"“({\[]{1,120}\n"
    r"(?:[ \t]+[^\n]{1,400}\n){0,4}?[ \t]+(?:[-*][ \t]+)?(?i:sub-?agent(?:[_ ]type)?|agent(?:[_ ]type)?|prompt):"
)
"""A block that begins with what is to be done, "Task: Build the card", and says below who does it, or how."""
_PROSE_HEAD = re.compile(
    r"[ \t]*(?:[-*][ \t]+|\d{1,3}[.)][ \t]+)?(?:Use|Invoke|Call|Launch)(?: the)? (Task|Agent) tool with:?"
    r"(?=[^\n]{0,40}\b(?:subagent_type|agent_type)\b)",
    re.IGNORECASE,
)
_QUOTED_HEAD = re.compile(
    r"[ \t]*(?:[-*][ \t]+|\d{1,3}[.)][ \t]+)?(Task|Agent)(?:[ \t]+\d{1,3})?(?:[ \t]+\((?P<type>[\w:-]{2,60})\))?"
    r":[ \t]*([\"“])(?P<prompt>[^\"”\n]{3,2000})[\"”]"
)
_HEADLESS = re.compile(r"(?:name|description|subagent_type|agent_type)[ \t]*[:=][ \t]*\S")
_ENTRY = re.compile(r"([ \t]*)(?:[-*][ \t]+)?[\"']?([A-Za-z_]\w{1,30}(?:[ -]\w{1,20})?)[\"']?[ \t]*[:=][ \t]*(.*)")
_INLINE_ENTRY = re.compile(
    r"\b([a-z_]\w{1,30})[ \t]*[:=][ \t]*(?:\"([^\"\n]{0,400})\"|'([^'\n]{0,400})'|([\w./-]{1,80}))"
)


class Told(NamedTuple):
    """A launch without brackets: the `tool`, its `arguments`, and the range that it takes."""

    tool: str
    arguments: Arguments
    start: int
    end: int


def read_told(code: Prose, at: int) -> Told | None:
    """The launch that the line at `at` begins; None when it begins none."""
    text = code.text
    match = _BLOCK_HEAD.match(text, at)
    if match is not None:
        return _block(code, match)
    match = _PROSE_HEAD.match(text, at)
    if match is not None:
        return _sentence(code, match)
    match = _QUOTED_HEAD.match(text, at)
    if match is not None:
        arguments = Arguments()
        arguments.positional.append(string_value(code, *match.span("prompt")))
        if match.group("type") is not None:
            arguments.named["prompt"] = arguments.positional.pop()
            arguments.named["subagent_type"] = string_value(code, *match.span("type"))
        return Told(match.group(1), arguments, match.start(1), match.end())
    if _HEADLESS.match(text, at) is not None:
        return _fields(code, at)
    return None


def _fields(code: Prose, at: int) -> Told | None:
    """The fields of a launch without a head: lines from the margin that name an agent's type and its prompt."""
    arguments, end = _entries(code, at, -1)
    if not {"subagent_type", "agent_type"} & arguments.named.keys() or "prompt" not in arguments.named:
        return None
    return Told("Agent", arguments, at, end)


def string_value(code: Prose, start: int, end: int) -> Value:
    """The range of `code` as a string argument, blank edges and surrounding quotes taken off."""
    text = code.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start >= 2 and text[start] in "\"'" and text[end - 1] == text[start]:
        start, end = start + 1, end - 1
    prose = code.slice(start, end)
    return Value(prose.text, code.origin(start, end), True, prose)


def _block(code: Prose, head: re.Match[str]) -> Told | None:
    """`Task:` and its indented entries."""
    arguments, end = _entries(code, head.end(), len(head.group(1)))
    if head.group("title").strip():
        # Lists of work to do have titled entries, too: only what says who does it, or how, starts an agent.
        if arguments.get("agent", "subagent", "prompt", *TYPE_KEYS) is None:
            return None
        arguments.named.setdefault("description", string_value(code, *head.span("title")))
    elif KEYS.isdisjoint(arguments.named):
        return None
    if "subagent" in arguments.named:
        arguments.named.setdefault("agent", arguments.named.pop("subagent"))
    return Told(head.group(2), arguments, head.start(2), max(end, head.end(2)))


def _entries(code: Prose, at: int, outer: int) -> tuple[Arguments, int]:
    """The entries from `at` on that are indented deeper than `outer`, and where they end.

    One with `|`, or without a value, takes the deeper lines below it. At the margin a second entry of one name begins
    something else.
    """
    text = code.text
    arguments = Arguments()
    end = at - 1
    inner: int | None = None
    while at < len(text):
        line_end = _line_end(text, at)
        line = text[at:line_end]
        if not line.strip():
            at = line_end + 1
            continue
        indent = len(line) - len(line.lstrip())
        entry = _ENTRY.match(line)
        if indent <= outer or (inner is not None and indent < inner) or entry is None:
            break
        inner = indent if inner is None else inner
        name, value = _name(entry.group(2)), entry.group(3)
        if outer < 0 and name in arguments.named:
            break
        if value.strip() in ("|", ">", "|-", ">-", ""):
            start = line_end + 1
            end = _deeper_end(text, start, indent)
            arguments.named.setdefault(name, string_value(code, start, end))
            at = end + 1
        else:
            arguments.named.setdefault(name, string_value(code, at + entry.start(3), line_end))
            end = line_end
            at = line_end + 1
    return arguments, end


def _name(label: str) -> str:
    """The name of an entry: `Subagent type` is `subagent_type`; `runInBackground` stays as it is."""
    words = label.replace("-", "_").replace(" ", "_")
    return words.lower() if words[:1].isupper() else words


def _sentence(code: Prose, head: re.Match[str]) -> Told:
    """`Use Task tool with subagent_type="x"`, further entries, and all text after `Prompt:`."""
    text = code.text
    arguments = Arguments()
    at = head.end()
    end = _line_end(text, at)
    for match in _INLINE_ENTRY.finditer(text, at, end):
        group = next(number for number in (2, 3, 4) if match.group(number) is not None)
        arguments.named.setdefault(match.group(1), string_value(code, match.start(group), match.end(group)))
    at = end + 1
    while at < len(text):
        line_end = _line_end(text, at)
        line = text[at:line_end]
        if _PROSE_HEAD.match(text, at):
            break
        entry = _ENTRY.match(line)
        if entry is not None and entry.group(2).lower() in ("prompt", "task"):
            stop = _next_sentence(text, line_end)
            arguments.named.setdefault("prompt", string_value(code, at + entry.start(3), stop))
            return Told(head.group(1).capitalize(), arguments, head.start(1), stop)
        if entry is not None and entry.group(2) in KEYS:
            arguments.named.setdefault(entry.group(2), string_value(code, at + entry.start(3), line_end))
            end = line_end
        elif line.strip():
            break
        at = line_end + 1
    return Told(head.group(1).capitalize(), arguments, head.start(1), end)


def _next_sentence(text: str, at: int) -> int:
    """Where the next prose call begins after `at`, else the end."""
    position = at
    while position < len(text):
        start = position + 1
        if _PROSE_HEAD.match(text, start):
            return start
        position = _line_end(text, start)
    return len(text)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _deeper_end(text: str, at: int, indent: int) -> int:
    """The end of the run of lines from `at` that are blank or indented deeper than `indent`."""
    end = at
    while at < len(text):
        line_end = _line_end(text, at)
        line = text[at:line_end]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            end = line_end
        at = line_end + 1
    return min(max(end, 0), len(text))

"""Launches in tags: `<invoke name="Task">` with parameters, as a session writes its calls, and `<agent>` elements."""

from __future__ import annotations

import re

from planlint.dialects.calls.arguments import Arguments
from planlint.dialects.calls.blocks import Told, string_value
from planlint.dialects.calls.launches import TYPE_KEYS
from planlint.readers.prose import Prose

OPENS_LAUNCH = (
    r"<(?:invoke[ \t]+name=[\"'](?:[Tt]ask|[Aa]gent)\b|tool_name>[ \t]*(?:Task|Agent)\b|(?:Task|[Aa]gent)[ \t\n])"
)
"""How a launch in tags begins: a call of the tool, or an element of that name with attributes."""

_ATTRIBUTES = r"(?:[ \t\n]+[\w-]{1,30}=(?:\"[^\"]{0,4000}\"|'[^']{0,4000}'))+"
_OPENING = re.compile(
    r"[ \t]*(?P<head><invoke[ \t]+name=[\"'](?P<tool>[Tt]ask|[Aa]gent)[\"'][ \t]*>"
    r"|<tool_name>[ \t]*(?P<named>Task|Agent)[ \t]*</tool_name>"
    rf"|<(?P<element>Task|[Aa]gent)(?P<attributes>{_ATTRIBUTES})[ \t\n]*(?P<empty>/?)>)"
)
_ATTRIBUTE = re.compile(r"([\w-]{1,30})=(?:\"([^\"]*)\"|'([^']*)')")
_CHILD = re.compile(r"<parameter[ \t]+name=[\"'](?P<parameter>[\w-]{1,30})[\"'][ \t]*>|<(?P<tag>[a-z][\w-]{1,30})>")
_TOLD_IN = ("prompt", "task", "instructions")
"""What an element for an agent must hold to start one; without it, it describes an agent."""


def read_tag(code: Prose, at: int) -> Told | None:
    """The launch that the line at `at` opens with a tag; None when it opens none."""
    head = _OPENING.match(code.text, at)
    if head is None:
        return None
    tool = (head.group("tool") or head.group("named") or head.group("element")).capitalize()
    start = head.start("head")
    if head.group("element") is None:
        end = _end_of(code.text, head.end(), "invoke" if head.group("tool") else "tool_use")
        arguments = Arguments()
        _children(code, head.end(), end, arguments)
        return Told(tool, arguments, start, end)
    arguments = Arguments()
    for match in _ATTRIBUTE.finditer(code.text, *head.span("attributes")):
        group = 2 if match.group(2) is not None else 3
        arguments.named.setdefault(match.group(1), string_value(code, *match.span(group)))
    end = head.end()
    if not head.group("empty"):
        end = _end_of(code.text, end, head.group("element"))
        inner = _children(code, head.end(), end, arguments)
        if not inner and arguments.get(*TYPE_KEYS, "type") is not None:
            arguments.named.setdefault("prompt", string_value(code, head.end(), end))
    if arguments.get(*_TOLD_IN) is None:
        return None
    if "instructions" in arguments.named:
        arguments.named.setdefault("prompt", arguments.named.pop("instructions"))
    return Told(tool, arguments, start, end)


def _end_of(text: str, at: int, tag: str) -> int:
    """Where the element ends whose opening tag ends at `at`: before its closing tag, or the next one like it."""
    end = re.compile(rf"</{tag}>|<{tag}\b").search(text, at)
    return end.start() if end is not None else len(text)


def _children(code: Prose, start: int, end: int, arguments: Arguments) -> bool:
    """Take the parameters in `[start, end)`, or the elements in it; whether there are any."""
    text, at = code.text, start
    found = False
    while (child := _CHILD.search(text, at, end)) is not None:
        tag = child.group("tag")
        if tag in ("parameters", "tool_name"):
            at = child.end()
            continue
        stop = text.find(f"</{tag or 'parameter'}>", child.end(), end)
        stop = stop if stop >= 0 else end
        arguments.named.setdefault(child.group("parameter") or tag, string_value(code, child.end(), stop))
        found = True
        at = stop + 1
    return found

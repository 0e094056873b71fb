"""Edits of YAML and JSON that touch nothing but what they are about: comments, quotes, indentation and line ends stay.

All work on places in the text and give None where the text has a shape that they could only rewrite.
"""

from __future__ import annotations

import json
import re

from planlint.diagnostics import Edit
from planlint.source import Origin, Source

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_KEY_BEFORE = re.compile(
    r"(?P<indent>[ ]*(?:-[ ]+)*)(?P<quote>[\"']?)[\w $-]{1,60}(?P=quote)[ ]*:[ ]*(?:[&!]\S+[ ]+)*\Z"
)


def spelled(value: str, *, as_json: bool = False) -> str:
    """`value` as a YAML or JSON scalar that every reader takes for this very text."""
    if not as_json and _PLAIN.match(value) and value.lower() not in _AMBIGUOUS:
        return value
    if as_json or value.isprintable():
        return json.dumps(value, ensure_ascii=not value.isprintable())
    # YAML has no surrogate pairs, which JSON would write for characters beyond U+FFFF.
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08x}" for char in quoted)


def requoted(place: Origin, value: str) -> Edit:
    """Replace the scalar at `place` by `value`, quoted as it was."""
    text = place.text
    if text[:1] == "'" and "'" not in value:
        return Edit(place, f"'{value}'")
    if text[:1] == '"':
        return Edit(place, json.dumps(value, ensure_ascii=False))
    return Edit(place, spelled(value))


def append_item(listing: Origin, value: str, *, as_json: bool = False) -> Edit | None:
    """Add `value` at the end of the list at `listing`; a single scalar there becomes a list of two."""
    text = listing.text
    source = listing.source
    item = spelled(value, as_json=as_json)
    if text.startswith("["):
        inner = text[1:-1]
        if "#" in inner or "\n" in inner.rstrip() or not text.endswith("]"):
            return _append_on_own_line(listing, item)
        at = listing.start + 1 + len(inner.rstrip())
        return Edit(source.origin(at, at), f", {item}" if inner.strip() else item)
    if text.startswith(("- ", "-\t", "-\n", "-\r")):
        newline = line_end(source, listing.start)
        indent = _column(listing) * " "
        end = _end_of_line(source, listing.end)
        return Edit(source.origin(end, end), f"{newline}{indent}- {item}")
    if not text or text[:1] in "|>{&*!" or "\n" in text:
        return None
    return Edit(listing, f"[{text}, {item}]")


def _append_on_own_line(listing: Origin, item: str) -> Edit | None:
    """Into a flow list over several lines: a line of its own, indented like the last item."""
    lines = listing.text.splitlines()
    items = [line for line in lines[1:-1] if line.strip() and not line.strip().startswith("#")]
    if not items or "#" in items[-1] or lines[-1].strip() not in ("]", "],"):
        return None
    last = items[-1]
    start = listing.start + listing.text.rindex(last)
    at = start + len(last.rstrip())
    indent = last[: len(last) - len(last.lstrip())]
    comma = "" if last.rstrip().endswith(",") else ","
    source = listing.source
    return Edit(source.origin(at, at), f"{comma}{line_end(source, listing.start)}{indent}{item}")


def add_field(beside: Origin, name: str, value: str) -> Edit | None:
    """Add `name` with a list of `value` to the mapping in which the scalar at `beside` is a value.

    Block mappings get a line below that value, flow mappings and JSON objects an entry behind it.
    """
    source, text = beside.source, beside.source.text
    start = source.line_starts[beside.begin.line - 1]
    before = text[start : beside.start]
    quoted_key = before.rstrip().rstrip(":").rstrip().endswith('"')
    key = _KEY_BEFORE.match(before)
    if key is None:
        inside_flow = "{" in before
        if not inside_flow:
            return None
        return Edit(source.origin(beside.end, beside.end), f", {_entry(name, value, quoted_key)}")
    if text[beside.end :].lstrip(" \t")[:1] in (",", "}") and quoted_key:  # JSON over several lines
        indent = len(key["indent"]) * " "
        newline = line_end(source, beside.start)
        return Edit(source.origin(beside.end, beside.end), f",{newline}{indent}{_entry(name, value, True)}")
    if "\n" in beside.text:
        return None
    end = _end_of_line(source, beside.end)
    indent = len(key["indent"]) * " "
    return Edit(source.origin(end, end), f"{line_end(source, beside.start)}{indent}{name}: [{spelled(value)}]")


def remove_item(listing: Origin, items: list[Origin], position: int) -> Edit | None:
    """Take item `position` out of the list at `listing`, whose items stand at `items`; the last one leaves `[]`."""
    source = listing.source
    item = items[position]
    if listing.text.startswith("["):
        if len(items) == 1:
            return Edit(item, "")
        if position + 1 < len(items):
            following = items[position + 1]
            between = source.text[item.end : following.start]
            return None if "#" in between else Edit(source.origin(item.start, following.start), "")
        previous = items[position - 1]
        between = source.text[previous.end : item.start]
        return None if "#" in between else Edit(source.origin(previous.end, item.end), "")
    if not listing.text.startswith("-"):
        return Edit(item, "[]") if len(items) == 1 and item.start == listing.start else None
    if len(items) == 1:
        return None if "#" in listing.text else Edit(listing, "[]")
    start = source.line_starts[item.begin.line - 1]
    dash = source.text[start : item.start]
    end = _end_of_line(source, item.end)
    if dash.strip() != "-" or "\n" in item.text or source.text[item.end : end].strip():
        return None
    if position == 0:  # the list's first dash may follow its key on the line
        following = items[position + 1]
        next_start = source.line_starts[following.begin.line - 1]
        return Edit(source.origin(start, next_start), "") if next_start > start else None
    return Edit(source.origin(_line_break_before(source, start), end), "")


def line_end(source: Source, at: int) -> str:
    """The line end in use around offset `at`."""
    newline = source.text.find("\n", at)
    if newline < 0:
        newline = source.text.rfind("\n", 0, at)
    if newline < 0:
        return "\r" if "\r" in source.text else "\n"
    return "\r\n" if source.text[newline - 1 : newline] == "\r" else "\n"


def _entry(name: str, value: str, as_json: bool) -> str:
    item = spelled(value, as_json=as_json)
    return f'"{name}": [{item}]' if as_json else f"{name}: [{item}]"


def _column(place: Origin) -> int:
    return place.begin.column - 1


def _end_of_line(source: Source, at: int) -> int:
    return source.line_span(source.position(at).line).end


def _line_break_before(source: Source, start: int) -> int:
    """Where the line end before the line that begins at `start` begins."""
    if start and source.text[start - 1] == "\n":
        start -= 1
        return start - 1 if start and source.text[start - 1] == "\r" else start
    return start - 1 if start and source.text[start - 1] == "\r" else start

"""Edits of YAML and JSON that touch nothing but what they are about: comments, quotes, indentation and line ends stay.

All work on places in the text and give None where the text has a shape that they could only rewrite.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from planlint.diagnostics import Edit
from planlint.source import Origin, Source

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_KEY_BEFORE = re.compile(
    r"(?P<indent>[ \t]*(?:-[ ]+)*)(?P<quote>[\"']?)[\w $-]{1,60}(?P=quote)[ ]*:[ ]*(?:[&!]\S+[ ]+)*\Z"
)
_WORD = re.compile(r"[A-Za-z0-9][\w./-]*\Z")
"""What YAML takes for one plain scalar in any list, if perhaps for a number."""
_NUMBER = re.compile(r"[0-9._-]+\Z")


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


def spelled_like(value: str, example: str, *, as_json: bool = False) -> str:
    """`value` as a scalar in the style of `example`, another one as it stands in the file."""
    number = value.isdigit() and example.isdigit()
    if as_json:
        return value if number and str(int(value)) == value else spelled(value, as_json=True)
    if example[:1] == "'" and "'" not in value and value.isprintable():
        return f"'{value}'"
    if example[:1] == '"' and value.isprintable():
        return json.dumps(value, ensure_ascii=False)
    alike = (_NUMBER.match(value) is None) == (_NUMBER.match(example) is None)
    if _WORD.match(example) and _WORD.match(value) and alike and value.lower() not in _AMBIGUOUS:
        return value
    return spelled(value)


def append_items(listing: Origin, items: Sequence[str]) -> Edit | None:
    """Add `items`, written as scalars, at the end of the list at `listing`; a single scalar there becomes a list."""
    text = listing.text
    source = listing.source
    if text.startswith("["):
        inner = text[1:-1]
        if "#" in inner or "\n" in inner.rstrip() or not text.endswith("]"):
            return _append_on_own_lines(listing, items)
        at = listing.start + 1 + len(inner.rstrip())
        together = ", ".join(items)
        if not inner.strip():
            return Edit(source.origin(listing.start + 1, listing.end - 1), together)
        return Edit(source.origin(at, at), f" {together}" if inner.rstrip().endswith(",") else f", {together}")
    if text.startswith(("- ", "-\t", "-\n", "-\r")):
        lead = f"{line_end(source, listing.start)}{_indentation(listing)}- "
        end = _end_of_line(source, listing.end)
        return Edit(source.origin(end, end), "".join(f"{lead}{item}" for item in items))
    if not text or text[:1] in "|>{&*!" or "\n" in text:
        return None
    return Edit(listing, f"[{', '.join([text, *items])}]")


def _append_on_own_lines(listing: Origin, items: Sequence[str]) -> Edit | None:
    """Into a flow list over several lines: lines of their own, indented like the last item."""
    lines = listing.text.splitlines()
    present = [line for line in lines[1:-1] if line.strip() and not line.strip().startswith("#")]
    if not present or "#" in present[-1] or lines[-1].strip() not in ("]", "],"):
        return None
    last = present[-1]
    start = listing.start + listing.text.rindex(last)
    at = start + len(last.rstrip())
    lead = f"{line_end(listing.source, listing.start)}{last[: len(last) - len(last.lstrip())]}"
    comma = "" if last.rstrip().endswith(",") else ","
    return Edit(listing.source.origin(at, at), comma + ",".join(f"{lead}{item}" for item in items))


def put_value(place: Origin, value: str) -> Edit | None:
    """Write `value` in place of the scalar or empty flow list at `place`; an empty place is behind `key:`."""
    source = place.source
    if place.end > place.start:
        return None if "\n" in place.text or place.text[:1] in "|>&*!" else Edit(place, value)
    line = source.line_span(place.begin.line)
    before = source.text[line.start : place.start]
    if not before.rstrip().endswith(":") or source.text[place.start : line.end].strip()[:1] not in ("", "#"):
        return None
    return Edit(place, value if before.endswith((" ", "\t")) else f" {value}")


def add_field(beside: Origin, name: str, value: str) -> Edit | None:
    """Add `name` with `value`, written as YAML or JSON, to the mapping in which the scalar at `beside` is a value.

    Block mappings get a line below that value, flow mappings and JSON objects an entry behind it.
    """
    source, text = beside.source, beside.source.text
    start = source.line_starts[beside.begin.line - 1]
    before = text[start : beside.start]
    quoted_key = before.rstrip().rstrip(":").rstrip().endswith('"')
    entry = f'"{name}": {value}' if quoted_key else f"{name}: {value}"
    key = _KEY_BEFORE.match(before)
    if key is None:
        return Edit(source.origin(beside.end, beside.end), f", {entry}") if "{" in before else None
    newline = line_end(source, beside.start)
    indent = key["indent"].replace("-", " ")
    following = text[beside.end :].lstrip()[:1]
    if quoted_key and following in (",", "}"):  # JSON over several lines
        return Edit(source.origin(beside.end, beside.end), f",{newline}{indent}{entry}")
    if "\n" in beside.text:
        return None
    end = _end_of_line(source, beside.end)
    return Edit(source.origin(end, end), f"{newline}{indent}{entry}")


def remove_item(listing: Origin, items: list[Origin], position: int) -> Edit | None:
    """Take item `position` out of the list at `listing`, whose items stand at `items`; the last one leaves `[]`."""
    source = listing.source
    item = items[position]
    if listing.text.startswith("["):
        if "{" in listing.text:
            return None
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


def remove_field(value: Origin) -> Edit | None:
    """Take the field with the value at `value` out of a block mapping; None where it is not alone on its lines.

    The first field behind a dash stays, and so does one with a comment.
    """
    source = value.source
    head = source.text[: value.start].rstrip()
    start = source.line_starts[source.position(len(head)).line - 1]
    end = _end_of_line(source, value.end)
    key = _KEY_BEFORE.match(head[start:])
    if key is None or "-" in key["indent"] or not key["indent"] or source.text[value.end : end].strip():
        return None
    return None if "#" in value.text else Edit(source.origin(_line_break_before(source, start), end), "")


def _indentation(place: Origin) -> str:
    """Blanks up to the column of `place`."""
    source = place.source
    return re.sub(r"[^\t]", " ", source.text[source.line_starts[place.begin.line - 1] : place.start])


def _end_of_line(source: Source, at: int) -> int:
    return source.line_span(source.position(at).line).end


def _line_break_before(source: Source, start: int) -> int:
    """Where the line end before the line that begins at `start` begins."""
    if start and source.text[start - 1] == "\n":
        start -= 1
        return start - 1 if start and source.text[start - 1] == "\r" else start
    return start - 1 if start and source.text[start - 1] == "\r" else start

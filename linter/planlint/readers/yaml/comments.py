"""Comments of YAML text: each `#` that begins one, and none that stands inside a scalar."""

from __future__ import annotations

import re
from typing import Any

from planlint.readers.yaml.events import open_events
from planlint.readers.yaml.spans import after_properties, block_scalar_end

# A `#` begins a comment at the start of a line or after blank space (YAML 1.2, section 6.6).
_CANDIDATE = re.compile(r"(?:(?<=[ \t\r\n])|\A)#[^\r\n]*")
_BREAK = re.compile(r"[\r\n]")


def comment_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each comment in `text[start:end]`, counted in `text`; of broken YAML those before the fault."""
    part = text[start:end]
    scalars, limit = _scalar_spans(part)
    found: list[tuple[int, int]] = []
    index = at = 0
    while (match := _CANDIDATE.search(part, at)) is not None and match.start() < limit:
        place = match.start()
        while index < len(scalars) and scalars[index][1] <= place:
            index += 1
        if index < len(scalars) and scalars[index][0] <= place:
            at = max(scalars[index][1], place + 1)
            continue
        found.append((start + place, start + match.end()))
        at = match.end()
    return found


def _scalar_spans(text: str) -> tuple[list[tuple[int, int]], int]:
    """Where the content of each scalar stands, in order, and up to where the text could be parsed."""
    # A byte-order mark is not counted by the C parser.
    shift = int(text.startswith("\ufeff"))
    spans: list[tuple[int, int]] = []
    last = 0
    try:
        following = open_events(text[shift:])
        while True:
            event: Any = following()
            name = type(event).__name__
            if name == "StreamEndEvent":
                return spans, len(text)
            last = event.end_mark.index + shift
            if name == "ScalarEvent":
                begin = event.start_mark.index + shift
                if event.anchor is not None or event.tag is not None:
                    begin = after_properties(text, begin, last)
                if event.style in ("|", ">"):
                    finish = block_scalar_end(text, begin, last)
                    # The line of the indicator may have a comment of its own.
                    line_end = _BREAK.search(text, begin, last)
                    begin = line_end.start() if line_end is not None else last
                    spans.append((begin, max(begin, finish)))
                elif begin < last and not text[begin:last].isspace():
                    spans.append((begin, begin + len(text[begin:last].rstrip())))
    except StopIteration:
        return spans, len(text)
    except Exception:  # A foreign parser on untrusted text: whatever it raises is about the text.
        return spans, last

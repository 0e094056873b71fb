"""Documents in fences: code blocks inside of a ```` ```markdown ```` block that use the same three marks.

Authors who want a document written quote it in a fence, code blocks and all. By CommonMark the first bare mark inside
ends the quotation, and what follows turns inside out: the rest of the document becomes text of the plan, and the plan's
own text code. Agents read such a block as it is meant, so it is read here as they do, as long as the marks balance.
"""

from __future__ import annotations

import re

FENCE = re.compile(r"^[ \t>]*(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$", re.MULTILINE)
"""A line that opens or closes a fence."""

_DOCUMENTS = frozenset({"markdown", "md", "mdx"})
_HINT = re.compile(r"[`~][ \t]*(?:markdown|mdx?)\b", re.IGNORECASE)
_MOST_MARKS = 200
"""Fence lines inside of one document that are looked at, so that reading stays linear."""


def is_document(mark: re.Match[str]) -> bool:
    """Whether a match of `FENCE` opens a block that holds a whole document."""
    return mark["info"].strip().lower() in _DOCUMENTS


def closes(mark: re.Match[str], opening: re.Match[str]) -> bool:
    """Whether a match of `FENCE` ends the fence that `opening` begins, as CommonMark has it."""
    marks, opened = mark["marks"], opening["marks"]
    return marks[0] == opened[0] and len(marks) >= len(opened) and not mark["info"].strip()


def fence_end(marks: list[re.Match[str]], opening: int) -> int | None:
    """Which of `marks` closes the fence that `opening` begins, as CommonMark has it."""
    return next((n for n in range(opening + 1, len(marks)) if closes(marks[n], marks[opening])), None)


def document_end(marks: list[re.Match[str]], opening: int, limit: int) -> int | None:
    """Which of `marks` closes a document's fence with the fences inside of it; None where none does before `limit`."""
    open_fences = [marks[opening]]
    for number in range(opening + 1, len(marks)):
        match = marks[number]
        if match.start() >= limit:
            return None
        if closes(match, open_fences[-1]):
            open_fences.pop()
            if not open_fences:
                return number
        elif match["info"].strip() and len(open_fences) == 1:
            open_fences.append(match)
    return None


def shielded(text: str) -> str:
    """`text` with the other kind of mark (`~` for a backtick) around what documents in fences quote; offsets stay."""
    if _HINT.search(text) is None:
        return text
    marks = [*FENCE.finditer(text)]
    inner: list[re.Match[str]] = []
    number: int | None = 0
    while number is not None and number < len(marks):
        last = None
        if is_document(marks[number]):
            beyond = number + _MOST_MARKS
            last = document_end(marks, number, marks[beyond].start() if beyond < len(marks) else len(text))
        if last is None:
            last = fence_end(marks, number)
        else:
            inner += marks[number + 1 : last]
        number = None if last is None else last + 1
    parts: list[str] = []
    at = 0
    for match in inner:
        start, end = match.span("marks")
        other = "~" if match["marks"][0] == "`" else "`"
        parts += (text[at:start], other * (end - start))
        at = end
    return "".join((*parts, text[at:]))

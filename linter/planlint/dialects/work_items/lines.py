"""The lines of a work item: where a label begins, what is a bullet's own text, what stands in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.dialects.file_lists import lines_of
from planlint.dialects.path_lists import only_paths
from planlint.dialects.work_items.vocabulary import OWNS, label_of
from planlint.readers.markdown.blocks import Fence
from planlint.readers.prose import Prose


def own_part(prose: Prose) -> tuple[Prose, list[Prose]]:
    """The text of a bullet up to a line that is a field of the item: such lines go on the bullet only by laziness."""
    first = prose.text.find("\n")
    if first < 0:
        return prose, []
    lines = list(lines_of(prose.slice(first + 1, len(prose.text))))
    for at, line in enumerate(lines):
        if labelled(line)[0] is not None:
            own = prose.text[: prose.text.index(line.text, first)].rstrip()
            return prose.slice(0, len(own)), lines[at:]
    return prose, []


def labelled(line: Prose) -> tuple[str | None, Prose]:
    """The field of a line that begins with a label, and the value behind the colon."""
    text = line.text
    for colon in (":", "："):
        at = text.find(colon)
        if 0 < at <= 60:
            name = label_of(text[:at])
            value = line.slice(at + 1, len(text))
            if name is None and text[:at].strip("*_ ").lower() == "scope" and only_paths(value):
                name = "writes"  # elsewhere, a scope is what the work is about
            if name is not None:
                return name, value
    owns = OWNS.match(text)
    return ("writes", line.slice(owns.end(), sentence_end(text))) if owns is not None else (None, line)


def is_form(fence: Fence) -> bool:
    """Whether a fence holds no code but the fields of an item: "File: `a.py`" and what follows."""
    if fence.language not in ("", "text", "txt"):
        return False
    first = next(lines_of(fence.prose), None)
    return first is not None and labelled(first)[0] is not None


def sentence_end(text: str) -> int:
    """Where the first sentence ends."""
    end = text.find(". ")
    return end if end >= 0 else len(text)


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """The ranges inside of brackets, not nested."""
    at = text.find("(")
    while at >= 0:
        end = text.find(")", at)
        if end < 0:
            return
        yield at + 1, end
        at = text.find("(", end)

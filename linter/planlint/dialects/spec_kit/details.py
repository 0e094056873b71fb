"""What stands below a task, part by part: "Files: ..." names what is changed, "Acceptance: ..." what is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from planlint.dialects.plan_words.translations import WORDS
from planlint.dialects.prose import find_paths
from planlint.readers.prose import Prose

Label: TypeAlias = Literal["files", "work", "checks", "order", ""]
"""What the label of a part says: files that are changed, work, how it is checked, what it waits for; or nothing."""

_LABEL = re.compile(
    r"(?:\A|\n)[ \t*_>•-]*(?:"
    r"(?P<files>(?:(?:new|modified|affected|changed|target|test|implementation|source) )?files?(?:\(s\))?"
    r"(?: (?:to (?:modify|create|change|edit|update|touch)|affected|modified|changed|created|touched))?"
    r"|file ?paths?|paths?|location|where|target|director(?:y|io)|file cần (?:sửa|tạo)|(?:目标|目標)(?:文件|檔案)"
    rf"|(?:{WORDS['writes']})(?: [a-zà-ÿ]+)?|{WORDS['creates']}|{WORDS['modifies']})"
    r"|(?P<work>do)"
    r"|(?P<checks>verif(?:y|ication|ied)|acceptance(?: criteria| tests?)?|done when|success criteria|expected(?: \w+)?"
    rf"|criteri(?:os?|a) de (?:aceptación|aceitação)|akzeptanzkriterien|critères d'acceptation|{WORDS['verify']})"
    rf"|(?P<order>depends(?: on)?|dependenc(?:y|ies)|blocked by|prerequisites?|{WORDS['depends_on']})"
    r"|[^\W\d_][\w/-]*(?: [\w/&-]+){0,2}"
    r")[*_]*[ \t]?(?::(?=\s|[*_`]|\Z)|：)",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """A stretch of text below a task and what its label says of it."""

    prose: Prose
    label: Label


def parts_of(details: Iterable[Prose]) -> list[Part]:
    """The texts `details`, cut where a line begins with a label; a list below "Files:" belongs to that label."""
    parts: list[Part] = []
    listing = False
    for prose in details:
        labelled = list(_labelled(prose))
        if listing and len(labelled) == 1 and not labelled[0].label and _opens_with_path(prose):
            parts.append(Part(prose, "files"))
            continue
        parts += labelled
        last = labelled[-1] if labelled else None
        listing = last is not None and last.label == "files" and not find_paths(last.prose)
    return parts


def telling_order(parts: Iterable[Part]) -> list[Prose]:
    """The texts that say what the task waits for: those with such a label, where there is one, else all of them."""
    parts = list(parts)
    return [part.prose for part in parts if part.label == "order"] or [part.prose for part in parts]


def _labelled(prose: Prose) -> Iterator[Part]:
    text = prose.text
    start = 0
    label: Label = ""
    for found in _LABEL.finditer(text):
        if text[start : found.start()].strip():
            yield Part(prose.slice(start, found.start()), label)
        start, label = found.start(), _label_of(found)
    if text[start:].strip():
        yield Part(prose.slice(start, len(text)), label)


def _label_of(found: re.Match[str]) -> Label:
    if found["files"]:
        return "files"
    if found["work"]:
        return "work"
    if found["checks"]:
        return "checks"
    return "order" if found["order"] else ""


def _opens_with_path(prose: Prose) -> bool:
    paths = find_paths(prose)
    return bool(paths) and not prose.text[: paths[0].start].strip(" \t*_`\"'")

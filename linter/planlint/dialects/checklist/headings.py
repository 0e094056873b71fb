"""Headings that number the group of boxes below them."""

from __future__ import annotations

import re

from planlint.readers.markdown.blocks import Section

_HEADING = re.compile(
    r"(?:(?:Phase|Group|Stage|Task Group|Milestone|阶段|階段|フェーズ)\s*)?"
    r"(\d{1,3}(?:\.\d{1,3}){0,2})(?=[\s.):：—–-]|\Z)",
    re.IGNORECASE,
)


def number_of(section: Section) -> str | None:
    """The number of a group heading."""
    match = _HEADING.match(section.title.strip("*_ "))
    return match.group(1) if match else None

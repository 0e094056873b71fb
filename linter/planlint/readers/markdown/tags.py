"""Tags that set off the parts of a prompt: `<process>` on a line of its own, and a list right below it.

By CommonMark such a line begins raw HTML that goes on to the next empty line, so that the list would be no list. No
browser ever reads these tags; whoever does reads what they hold as Markdown, and so it is read here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from planlint.readers.markdown.nested import FENCE, fence_end

_TAGS = re.compile(
    r"^(?P<tags>(?:[ ]{0,3}</?(?P<name>[A-Za-z][\w-]{0,60})>[ \t]*\n)+)"
    r"(?=[ ]{0,3}(?:[-*+][ \t]|\d{1,9}[.)][ \t]|\#{1,6}[ \t]|\||\*\*|```|~~~))",
    re.MULTILINE,
)
"""Lines that are a bare tag each, in front of one that only Markdown begins like that."""

_HTML = re.compile(
    r"a|abbr|address|article|aside|b|blockquote|body|br|caption|center|code|dd|del|details|dialog|div|dl|dt|em|fieldset"
    r"|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|ins|kbd|legend|li|link|main|mark|menu|meta"
    r"|nav|ol|p|picture|pre|s|samp|script|section|small|source|span|strong|style|sub|summary|sup|svg|table|tbody|td"
    r"|template|textarea|tfoot|th|thead|title|tr|u|ul|video",
    re.IGNORECASE,
)
"""What a browser reads: raw HTML, as CommonMark has it."""


def untagged(text: str) -> str:
    """`text` with blanks for the tags that set off Markdown right below them, none in fences; offsets stay."""
    if _TAGS.search(text) is None:
        return text
    fences = list(_fences(text))
    begins = [begin for begin, _ in fences]
    parts: list[str] = []
    at = 0
    for match in _TAGS.finditer(text):
        start, end = match.span("tags")
        before = bisect_right(begins, start) - 1
        if _HTML.fullmatch(match["name"]) is not None or (before >= 0 and start < fences[before][1]):
            continue
        parts += (text[at:start], re.sub(r"[^\n]", " ", match["tags"]))
        at = end
    return "".join((*parts, text[at:]))


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Where each fence begins and ends, in order."""
    marks = [*FENCE.finditer(text)]
    number: int | None = 0
    while number is not None and number < len(marks):
        last = fence_end(marks, number)
        yield marks[number].start(), len(text) if last is None else marks[last].end()
        number = None if last is None else last + 1

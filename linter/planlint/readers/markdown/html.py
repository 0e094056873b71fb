"""HTML comments, in raw HTML blocks and inside running text."""

from __future__ import annotations

from planlint.readers.markdown.blocks import Block, HtmlBlock, HtmlComment
from planlint.source import Source

_OPEN, _CLOSE = "<!--", "-->"


def comments_in(source: Source, start: int, end: int) -> list[HtmlComment]:
    """The comments within raw HTML at `[start, end)`. One that is never closed runs to the end."""
    found: list[HtmlComment] = []
    at = source.text.find(_OPEN, start, end)
    while at >= 0:
        comment = _comment(source, at, end)
        found.append(comment)
        at = source.text.find(_OPEN, comment.end, end)
    return found


def split_html(source: Source, start: int, end: int) -> tuple[list[Block], list[HtmlComment]]:
    """The blocks that the raw HTML at `[start, end)` makes, and all comments in it.

    Comments that lead the block stand on their own, because CommonMark takes whatever follows `-->` on the same line
    into the same block. What remains is one `HtmlBlock`; comments further inside of it are only listed.
    """
    comments = comments_in(source, start, end)
    blocks: list[Block] = []
    rest = start
    for comment in comments:
        if source.text[rest : comment.start].strip(" \t\r\n>"):
            break
        blocks.append(comment)
        rest = comment.end
    while rest < end and source.text[rest] in " \t\r\n":
        rest += 1
    if source.text[rest:end].strip(" \t\r\n>"):
        blocks.append(HtmlBlock(source, rest, end))
    return blocks, comments


def _comment(source: Source, at: int, limit: int) -> HtmlComment:
    text = source.text
    inside = at + len(_OPEN)
    for short in (">", "->"):
        # `<!-->` and `<!--->` are whole, empty comments (CommonMark 0.31, section 6.6).
        if text.startswith(short, inside) and inside + len(short) <= limit:
            return HtmlComment(source, at, inside + len(short), "")
    close = text.find(_CLOSE, inside, limit)
    if close < 0:
        end = limit
        while end > inside and text[end - 1] in " \t\r\n":
            end -= 1
        return HtmlComment(source, at, end, text[inside:end])
    return HtmlComment(source, at, close + len(_CLOSE), text[inside:close])

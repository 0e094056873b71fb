"""Where each character of a string scalar was written: through escapes, folded lines and block indentation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from planlint.readers.tree import Scalar

_Anchor = tuple[int, int]
_Piece = tuple[str, int]
"""A run of text and the source offset at which it was written, character by character."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|.)", re.DOTALL)
_PAIR = re.compile(r"(?:\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2})")
_NAMED = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


def anchors_of(scalar: Scalar) -> list[_Anchor]:
    """Pairs of text offset and source offset, sorted; between two of them both run in step.

    Exact wherever writing the scalar's own text down again from its source gives `scalar.text`. Should it ever not
    (the lenient front matter joins lines its own way), lines are sought one after the other, and what is not found
    stands at the scalar's start.
    """
    inner = scalar.source.text[scalar.start : scalar.end]
    if not scalar.text:
        return [(0, scalar.start)]
    if inner == scalar.text:
        return [(0, scalar.start)]
    anchors: list[_Anchor] = []
    written: list[str] = []
    length = 0
    for text, offset in _pieces(scalar, inner):
        if text:
            anchors.append((length, scalar.start + offset))
            written.append(text)
            length += len(text)
    rewritten = "".join(written)
    if rewritten == scalar.text:
        return anchors
    # What a block keeps, clips or strips at its end is the parser's to say; no character to point at is lost there.
    if scalar.style in ("literal", "folded") and rewritten.rstrip() == scalar.text.rstrip():
        if len(scalar.text) > length:
            anchors.append((length, scalar.end))
        return anchors
    return _sought(scalar)


def _pieces(scalar: Scalar, inner: str) -> Iterator[_Piece]:
    if inner.startswith(('"""', "'''")):
        return _lines_of(inner, 3, len(inner) - 3)
    if scalar.style == "literal":
        return _literal(inner)
    if scalar.style == "folded":
        return _folded(inner)
    if scalar.style == "json":
        return _json(inner)
    if scalar.style == "double":
        return _flow(inner, 1, len(inner) - 1, "\\")
    if scalar.style == "single":
        return _flow(inner, 1, len(inner) - 1, "'")
    return _flow(inner, 0, len(inner), "")


def _json(inner: str) -> Iterator[_Piece]:
    """A JSON string: runs between escapes, and each escape as one character."""
    at = 1
    last = len(inner) - 1
    while at < last:
        stop = inner.find("\\", at, last)
        if stop < 0:
            yield inner[at:last], at
            return
        yield inner[at:stop], at
        match = _PAIR.match(inner, stop) or _ESCAPE.match(inner, stop)
        if match is None:
            return
        value = str(json.loads(f'"{match.group()}"', strict=False))
        yield value if not "\ud800" <= value <= "\udfff" else "\ufffd", stop
        at = match.end()


def _flow(inner: str, start: int, end: int, escape: str) -> Iterator[_Piece]:
    """A plain or quoted YAML scalar: single line breaks become spaces, blank lines become line breaks."""
    at = start
    blank: list[int] = []
    first = True
    joined = False
    for match in _LINE.finditer(inner, start, end):
        line_start, line_end = match.start(), match.end()
        if line_start >= end and not first:
            break
        content_end = line_end
        while content_end > line_start and inner[content_end - 1] in "\r\n":
            content_end -= 1
        ended = content_end < line_end
        begin, stop = line_start, content_end
        if not first:
            while begin < stop and inner[begin] in " \t":
                begin += 1
        continued = False
        if ended:
            if escape == "\\" and _ends_with_backslash(inner, begin, stop):
                continued = True
                stop -= 1
            else:
                while stop > begin and inner[stop - 1] in " \t" and not _is_escaped(inner, stop - 1, begin, escape):
                    stop -= 1
        if not first and begin == stop and ended and not continued:
            blank.append(line_start)
            continue
        if not first:
            if blank:
                for offset in blank:
                    yield "\n", offset
            elif not joined:
                yield " ", at
        yield from _unescaped(inner, begin, stop, escape)
        blank = []
        joined = continued
        first = False
        at = stop


def _ends_with_backslash(text: str, start: int, end: int) -> bool:
    """Whether an odd number of backslashes stands before `end`."""
    count = 0
    while end - count > start and text[end - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def _is_escaped(text: str, at: int, start: int, escape: str) -> bool:
    return escape == "\\" and _ends_with_backslash(text, start, at)


def _unescaped(inner: str, start: int, end: int, escape: str) -> Iterator[_Piece]:
    """One line of a flow scalar."""
    if not escape or inner.find(escape, start, end) < 0:
        yield inner[start:end], start
        return
    at = start
    while at < end:
        stop = inner.find(escape, at, end)
        if stop < 0:
            yield inner[at:end], at
            return
        yield inner[at:stop], at
        if escape == "'":
            yield "'", stop
            at = stop + 2
            continue
        match = _ESCAPE.match(inner, stop, end)
        if match is None:
            return
        yield _escaped(match.group()[1:]), stop
        at = match.end()


def _escaped(code: str) -> str:
    """The character of a YAML escape without its backslash."""
    if len(code) > 1 and code[0] in "xuU":
        number = int(code[1:], 16)
        return "\ufffd" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else chr(number)
    return _NAMED.get(code, code)


def _block_lines(inner: str) -> list[tuple[int, int]]:
    """Start and end of the content of each line below the header, indentation taken off."""
    lines = [(match.start(), match.end()) for match in _LINE.finditer(inner) if match.end() > match.start()]
    ranges = [(start, start + len(inner[start:end].rstrip("\r\n"))) for start, end in lines[1:]]
    explicit = re.match(r"[|>][-+]?([1-9])", inner)
    inked = [(start, end) for start, end in ranges if inner[start:end].strip(" ")]
    indents = [end - start - len(inner[start:end].lstrip(" ")) for start, end in inked]
    # The first line with text sets the indentation. An indicator counts from the parent's, which stands outside of
    # the scalar: then the least indented line is the best that can be known, and the caller checks the result.
    indent = (min(indents) if explicit else indents[0]) if indents else 0
    return [(min(start + indent, end), end) for start, end in ranges]


def _literal(inner: str) -> Iterator[_Piece]:
    """A `|` block: its lines as they are."""
    for start, end in _block_lines(inner):
        yield inner[start:end] + "\n", start


def _folded(inner: str) -> Iterator[_Piece]:
    """A `>` block: a line break between two lines of text becomes a space; blank and indented lines keep theirs."""
    pending: list[int] = []
    previous_indented = True
    previous_end = 0
    begun = False
    for start, end in _block_lines(inner):
        if start == end:
            pending.append(start)
            continue
        indented = inner[start] in " \t"
        if begun:
            if previous_indented or indented:
                yield "\n", previous_end
                for offset in pending:
                    yield "\n", offset
            elif pending:
                for offset in pending:
                    yield "\n", offset
            else:
                yield " ", previous_end
        else:
            for offset in pending:
                yield "\n", offset
        yield inner[start:end], start
        pending = []
        previous_indented = indented
        previous_end = end
        begun = True
    if begun:
        yield "\n", previous_end
    for offset in pending:
        yield "\n", offset


def _lines_of(inner: str, start: int, end: int) -> Iterator[_Piece]:
    """A TOML multi-line string without escapes; its first line break does not count."""
    first = _LINE.match(inner, start, end)
    if first is not None and not first.group().strip("\r\n"):
        start = first.end()
    for match in _LINE.finditer(inner, start, end):
        yield match.group().replace("\r\n", "\n"), match.start()


def _sought(scalar: Scalar) -> list[_Anchor]:
    """Each line of the text where it is found in the scalar's span, in order."""
    source, at = scalar.source.text, scalar.start
    anchors: list[_Anchor] = []
    length = 0
    for line in scalar.text.split("\n"):
        words = line.strip()
        if words:
            found = source.find(words, at, scalar.end)
            if found >= 0:
                anchors.append((length + line.find(words), found))
                at = found + len(words)
        length += len(line) + 1
    if not anchors or anchors[0][0] > 0:
        anchors.insert(0, (0, scalar.start))
    return anchors

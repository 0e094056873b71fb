"""What terminals need: columns instead of characters, nothing that moves the cursor, colours only where wanted."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from planlint.diagnostics.levels import Severity
from planlint.records import Record, record

TAB_STOP = 4

_INVISIBLE = frozenset(
    [0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFC]
)
"""Format characters that hide or reorder text: zero-width, bidirectional controls, line separators."""


def _shown(character: str, column: int) -> str:
    """What stands for one character at 0-based `column` of the line."""
    code = ord(character)
    if character == "\t":
        return " " * (TAB_STOP - column % TAB_STOP)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or code in _INVISIBLE or 0xD800 <= code < 0xE000 or 0xE0000 <= code < 0xE0080:
        return f"\\u{{{code:x}}}"
    return character


def columns(character: str) -> int:
    """How many columns of a terminal a visible character fills: 0, 1 or 2."""
    if character.isascii():
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cells(text: str) -> tuple[str, list[int]]:
    """`text` as a terminal may show it, and for each of its characters (and the end) the column it starts at."""
    if text.isascii() and text.isprintable():
        return text, list(range(len(text) + 1))
    shown: list[str] = []
    starts: list[int] = []
    column = 0
    for character in text:
        starts.append(column)
        piece = _shown(character, column)
        shown.append(piece)
        column += sum(columns(part) for part in piece)
    starts.append(column)
    return "".join(shown), starts


def visible(text: str) -> str:
    """`text` on one line with control and bidirectional characters made visible."""
    if text.isprintable():
        return text
    return "".join(_shown(character, 0) for character in text.replace("\t", " "))


def width_of(text: str) -> int:
    """Columns that `text`, already visible, fills."""
    return len(text) if text.isascii() else sum(columns(character) for character in text)


def wrap(text: str, first: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, the first after `first`, the others indented as far.

    A word longer than a line (a path) stays whole. Line ends in `text` are kept.
    """
    indent = " " * width_of(first)
    room = max(20, width - len(indent))
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, filled = "", 0
        for word in visible(paragraph).split(" "):
            size = width_of(word)
            if line and filled + 1 + size > room:
                lines.append(line)
                line, filled = "", 0
            line, filled = (f"{line} {word}", filled + 1 + size) if line else (word, size)
        lines.append(line)
    return [((first if number == 0 else indent) + line).rstrip() for number, line in enumerate(lines)]


@record
class Palette(Record):
    """Colours as ANSI sequences, or none at all."""

    enabled: bool

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.enabled and text else text

    def bold(self, text: str) -> str:
        """Headers and messages."""
        return self._paint("1", text)

    def gutter(self, text: str) -> str:
        """Line numbers, arrows, related places."""
        return self._paint("1;34", text)

    def hint(self, text: str) -> str:
        """`why`, `help` and `note`."""
        return self._paint("1;36", text)

    def severity(self, severity: Severity, text: str) -> str:
        """The colour of a severity: red, yellow, cyan."""
        return self._paint({Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}[severity], text)


def palette(enabled: bool) -> Palette:
    """The colours, or their absence."""
    return Palette(enabled)


def wants_color(choice: str, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether to colour: `--color always|never` decides, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"

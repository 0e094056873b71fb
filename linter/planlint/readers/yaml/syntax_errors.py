"""What a YAML parser's complaint means, in plain words, at the place that must be changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from planlint.diagnostics import Problem
from planlint.readers.conflict_markers import conflict_marker
from planlint.source import Source

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow anywhere (control characters, lone surrogates, U+FFFE)."""

_TAB_INDENT = re.compile(r" *\t[ \t]*(?=[^\s#])")


class Failure(NamedTuple):
    """A parser's exception with places as offsets into `source.text`. libyaml and ruamel word things differently."""

    source: Source
    start: int
    end: int
    """The range that was parsed."""
    message: str
    context: str
    at: int
    """Where the parser noticed."""
    context_at: int | None
    """Where the thing began that it could not finish."""
    bracket: int | None
    """The innermost open `[` or `{`."""
    seen: tuple[int, int] | None
    """Start and end of the last good event."""

    @classmethod
    def of(
        cls,
        error: Exception,
        source: Source,
        start: int,
        end: int,
        bracket: int | None,
        seen: tuple[int, int] | None,
    ) -> Failure:
        """From any exception of a parser; unmarked ones are placed at the end of the last good event."""
        mark = getattr(error, "problem_mark", None)
        context_mark = getattr(error, "context_mark", None)
        at = seen[1] if seen else start
        if mark is not None:
            at = mark.index + start
        return cls(
            source,
            start,
            end,
            str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"),
            str(getattr(error, "context", None) or ""),
            min(max(at, start), end),
            None if context_mark is None else min(context_mark.index + start, end),
            bracket,
            seen,
        )

    @property
    def character(self) -> str:
        """The character at the place of failure; empty at the end of the text."""
        return self.source.text[self.at : min(self.at + 1, self.end)]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return self.source.position(offset).line

    def line_start(self, offset: int) -> int:
        """The offset at which the line of `offset` begins."""
        return self.source.line_starts[self.line(offset) - 1]

    def problem(
        self,
        message: str,
        help: str | None = None,
        *,
        at: int | None = None,
        length: int = 1,
        opened: tuple[int, str] | None = None,
    ) -> Problem:
        """A fatal PL002 at `at` (default: where the parser noticed), with a related place where something opened."""
        start = self.at if at is None else at
        related = () if opened is None else ((self.source.origin(opened[0], opened[0] + 1), opened[1]),)
        origin = self.source.origin(start, min(start + length, self.end))
        return Problem("PL002", message, origin, help=help, fatal=True, related=related)


def explain(failure: Failure) -> Problem:
    """The first explanation that fits."""
    for explanation in _EXPLANATIONS:
        problem = explanation(failure)
        if problem is not None:
            return problem
    context = f" {failure.context}" if failure.context else ""
    return failure.problem(f"invalid YAML: {failure.message}{context}")


def _conflict(failure: Failure) -> Problem | None:
    return conflict_marker(failure.source, failure.start, failure.end)


def _forbidden_character(failure: Failure) -> Problem | None:
    match = _FORBIDDEN.search(failure.source.text, failure.start, failure.end)
    if match is None:
        return None
    name = f"U+{ord(match.group()):04X}"
    return failure.problem(f"the character {name} is not allowed in YAML", "delete it", at=match.start())


def _tab(failure: Failure) -> Problem | None:
    text = failure.source.text
    # The parser may notice on the line after the tab.
    for offset in (failure.at, failure.line_start(failure.at) - 1):
        if offset < failure.start:
            continue
        match = _TAB_INDENT.match(text, failure.line_start(offset), failure.end)
        if match is not None:
            tab = text.index("\t", match.start())
            return failure.problem("a tab cannot indent YAML", "indent with spaces", at=tab)
    if failure.character == "\t":
        return failure.problem("a tab cannot stand here in YAML", "use spaces")
    return None


def _second_colon(failure: Failure) -> Problem | None:
    if "mapping values are not allowed" not in failure.message:
        return None
    source = failure.source
    line = failure.line(failure.at)
    if failure.seen is not None and failure.line(failure.seen[0]) < line and failure.seen[1] == failure.at:
        before = failure.line(failure.seen[0])
        key = source.text[failure.line_start(failure.at) : failure.at].strip()
        return failure.problem(
            f"`{_short(key)}:` is read as part of the text that begins on line {before}, so it cannot be a key",
            f"check the indentation, and that line {before} has a space after its colon or quotes around its text",
        )
    return failure.problem("`: ` inside an unquoted value", "quote the value")


def _bad_start(failure: Failure) -> Problem | None:
    if "cannot start any token" not in failure.message:
        return None
    name = "a backtick" if failure.character == "`" else f"`{failure.character}`"
    return failure.problem(f"a value cannot start with {name}", "quote the value")


def _open_quote(failure: Failure) -> Problem | None:
    if failure.context_at is None or "quoted scalar" not in failure.context:
        return None
    quote = failure.source.text[failure.context_at : failure.context_at + 1]
    if "escape" in failure.message or "hexdecimal" in failure.message or "hexadecimal" in failure.message:
        at = failure.source.text.rfind("\\", failure.context_at, failure.at + 1)
        written = failure.source.text[at : at + 2] if at >= 0 else "\\"
        return failure.problem(
            f"`{written}` is not a valid escape in a double-quoted string",
            "write `\\\\` for a backslash, or use single quotes",
            at=at if at >= 0 else None,
            length=2,
        )
    return failure.problem(
        f"the quote {quote} opened here is never closed", f"add the closing {quote}", at=failure.context_at
    )


def _open_bracket(failure: Failure) -> Problem | None:
    if "flow" not in failure.context:
        return None
    opening = failure.context_at if "sequence" in failure.context or "mapping" in failure.context else failure.bracket
    opening = failure.bracket if opening is None else opening
    text = failure.source.text
    if opening is None or text[opening : opening + 1] not in ("[", "{"):
        return None
    close = "]" if text[opening] == "[" else "}"
    if failure.at >= failure.end or failure.line(failure.at) != failure.line(opening) or not failure.character.strip():
        return failure.problem(
            f"the `{text[opening]}` opened here is not closed", f"add the closing `{close}`", at=opening
        )
    message = f"expected `,` or `{close}` before `{failure.character}`"
    return failure.problem(message, "quote the value if this is text", opened=(opening, "the bracket opened here"))


def _anchor_or_alias(failure: Failure) -> Problem | None:
    for mark, word in (("*", "an alias"), ("&", "an anchor"), ("!", "a tag")):
        if word.split()[1] not in failure.context + failure.message or failure.context_at is None:
            continue
        if failure.source.text.startswith(mark, failure.context_at):
            return failure.problem(
                f"an unquoted `{mark}` at the start of a value begins {word}",
                "quote the value",
                at=failure.context_at,
            )
    return None


def _block_header(failure: Failure) -> Problem | None:
    if "block scalar" not in failure.context:
        return None
    return failure.problem(
        "only `+`, `-` or an indentation number may follow `|` or `>`",
        "begin the text on the next line, or quote it if it starts with `|` or `>`",
    )


def _list_beside_key(failure: Failure) -> Problem | None:
    if "sequence entries are not allowed" not in failure.message:
        return None
    return failure.problem(
        "a list item cannot start here", "put `-` on a line of its own under the key, or quote the value"
    )


def _lone_key(failure: Failure) -> Problem | None:
    if "could not find expected ':'" not in failure.message or failure.context_at is None:
        return None
    line = failure.source.line_span(failure.line(failure.context_at))
    words = failure.source.text[failure.context_at : line.end].strip()
    return failure.problem(
        f"`{_short(words)}` stands where a `key: value` is expected",
        "add a colon and a space, or indent it if it belongs to the text above",
        at=failure.context_at,
        length=max(1, len(words)),
    )


def _wrong_level(failure: Failure) -> Problem | None:
    if "block mapping" not in failure.context and "block collection" not in failure.context:
        return None
    text = failure.source.text
    opened = None if failure.context_at is None else (failure.context_at, "the block begins here")
    if text[failure.line_start(failure.at) : failure.at].strip():
        return failure.problem("unexpected text after the value", "quote the whole value", opened=opened)
    kind = "key" if "mapping" in failure.context else "list item"
    return failure.problem(
        f"this line is neither the next {kind} of its block nor part of the value above",
        "check its indentation",
        opened=opened,
    )


def _no_content(failure: Failure) -> Problem | None:
    if "node content" not in failure.message or not failure.character.strip():
        return None
    return failure.problem(f"a value cannot start with `{failure.character}`", "quote the value")


def _after_document(failure: Failure) -> Problem | None:
    if "document start" not in failure.message:
        return None
    return failure.problem(
        "unexpected text after the end of the document",
        "quote the whole value, or begin a new document with a line `---`",
    )


def _short(text: str) -> str:
    """At most 40 characters of `text`, for a message."""
    return text if len(text) <= 40 else text[:37] + "..."


_EXPLANATIONS: tuple[Callable[[Failure], Problem | None], ...] = (
    _conflict,
    _forbidden_character,
    _tab,
    _second_colon,
    _bad_start,
    _open_quote,
    _open_bracket,
    _anchor_or_alias,
    _block_header,
    _list_beside_key,
    _lone_key,
    _wrong_level,
    _no_content,
    _after_document,
)
"""From what is certain to what is likely."""

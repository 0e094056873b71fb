"""Which dialect a document is in: by content, the surest wins, and every opinion is kept for `show --why`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from planlint.config.run import ConfigurationError
from planlint.dialects.base import Dialect, Workspace
from planlint.dialects.registry import dialect_names, get_dialect
from planlint.records import Record, record

if TYPE_CHECKING:
    from planlint.readers.document import Document, Syntax

CERTAIN = 95
"""A mark that only one product writes: nobody else is asked."""

THRESHOLD = 30
"""Below this score a document is not recognised (`planlint.dialects.base.Match`)."""

OnCrash = Callable[[str, Exception], None]
"""Told the name of a dialect that raised, and what."""


class Verdict(NamedTuple):
    """What one dialect says about one document."""

    dialect: str
    score: int
    reason: str


@record
class Recognition(Record):
    """The outcome for one document. `dialect` is None for a miss and for a tie, where `tied` names the equals."""

    dialect: Dialect | None
    verdicts: tuple[Verdict, ...] = ()
    tied: tuple[str, ...] = ()


def chosen_dialect(name: str) -> Dialect:
    """The dialect that `--dialect` names; raises `ConfigurationError` with the closest name for an unknown one."""
    known = dialect_names()
    if name not in known:
        from difflib import get_close_matches

        close = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
        hint = f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(known)}"
        raise ConfigurationError(f"unknown dialect {name!r}{hint}")
    return get_dialect(name)


def possible_dialects(path: str, text: str, syntax: Syntax, *, named: bool, on_crash: OnCrash) -> Iterator[Dialect]:
    """The dialects that a cheap look at name and text does not rule out, in the order in which they are tried.

    Each is looked for when it is asked for: `recognise` asks for no more behind a certain one.
    """
    for name in dialect_names(syntax):
        try:
            dialect = get_dialect(name)
            is_possible = (named or not dialect.explicit_only) and dialect.might_be(path, text)
        except Exception as error:
            on_crash(name, error)
            continue
        if is_possible:
            yield dialect


def recognise(
    document: Document, workspace: Workspace, possible: Iterable[Dialect], *, on_crash: OnCrash
) -> Recognition:
    """The dialect among `possible` that is surest about `document`; asking stops at the first certain one."""
    verdicts: list[Verdict] = []
    for dialect in possible:
        try:
            match = dialect.recognise(document, workspace)
        except Exception as error:
            on_crash(dialect.name, error)
            continue
        if match is not None:
            verdicts.append(Verdict(dialect.name, match.score, match.reason))
            if match.score >= CERTAIN:
                break
    best = max((verdict.score for verdict in verdicts), default=0)
    if best < THRESHOLD:
        return Recognition(None, tuple(verdicts))
    winners = tuple(verdict.dialect for verdict in verdicts if verdict.score == best)
    if len(winners) > 1:
        return Recognition(None, tuple(verdicts), winners)
    return Recognition(get_dialect(winners[0]), tuple(verdicts))

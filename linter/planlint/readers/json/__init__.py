"""JSON, JSON with comments and JSON Lines to a tree with exact places.

`json.loads` decides what is accepted, so planlint never accepts what the plan's own tool would refuse; a scanner of
our own then finds the places, iteratively and in linear time.
"""

from __future__ import annotations

import json
from json import JSONDecodeError
from typing import NoReturn

from planlint.readers.collector import collector_paused
from planlint.readers.document import Document
from planlint.readers.duplicates import DuplicateKeys
from planlint.readers.json.scanner import scan
from planlint.readers.json.syntax_errors import explain, is_too_deep, not_a_number, too_deep
from planlint.readers.limits import RefusedError
from planlint.source import Source

__all__ = ["read_json", "read_jsonc", "read_jsonl"]


def read_json(source: Source) -> Document:
    """The one value of `source`, strictly: no comments, no trailing commas, no `NaN`.

    What is broken becomes a fatal PL002, nesting past the limit a fatal PL006; then there is no root.
    """
    return read_json_text(source, source.text)


def read_jsonc(source: Source) -> Document:
    """Like `read_json`, but `//` and `/* */` comments and trailing commas are allowed."""
    from planlint.readers.json.comments import blank_comments

    return read_json_text(source, blank_comments(source.text))


def read_jsonl(source: Source) -> Document:
    """One root for each line that holds JSON; malformed lines become a non-fatal PL002 each."""
    from planlint.readers.json.lines import read_lines

    return read_lines(source)


def read_json_text(source: Source, text: str) -> Document:
    """`text` as JSON; it must be as long as `source.text`, whose places the tree gets."""
    duplicates = DuplicateKeys()
    try:
        with collector_paused():
            accept(source, text, 0)
            root = scan(source, text, 0, duplicates)
    except RefusedError as refused:
        return Document(source, "json", problems=[refused.problem])
    return Document(source, "json", roots=[root], problems=duplicates.problems())


def accept(source: Source, text: str, offset: int) -> None:
    """Return if `json.loads` takes `text`; else raise `RefusedError`. `text` begins at `offset` of the source."""
    try:
        # Numbers stay strings here: the values of this pass are thrown away, and huge integers raise ValueError.
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except JSONDecodeError as error:
        if is_too_deep(text[: error.pos]):
            raise RefusedError(too_deep(source, text, offset)) from error
        raise RefusedError(explain(error.msg, source, text, error.pos, offset)) from error
    except _ConstantError as error:
        raise RefusedError(not_a_number(source, text, offset, error.name)) from error
    except RecursionError as error:
        raise RefusedError(too_deep(source, text, offset)) from error


class _ConstantError(Exception):
    """`json.loads` met `NaN` or an infinity."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)

"""TOML to a tree: `tomllib` decides the values, a small scanner finds the places.

Enough for agent definitions (`.codex/agents/*.toml`) and settings; these are small, hence the limit on size.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from planlint.readers.conflict_markers import conflict_marker
from planlint.readers.document import Document
from planlint.readers.limits import MAX_DEPTH, RefusedError, malformed, too_much
from planlint.readers.surrogates import without_surrogates
from planlint.readers.tree import Mapping, Node, Scalar, Sequence, Style
from planlint.source import Source

MAX_CHARACTERS = 2_000_000
"""Longest text: `tomllib` is written in Python and not linear on hostile input; real files have a few kilobytes."""

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}#\r\n]+")
_IMMUTABLE = re.compile(r"Cannot mutate immutable namespace \((?P<keys>.*)\)")
"""What tomllib says of `[[ignore]]` below `ignore = [...]`."""
_POSITION = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)\Z")

_BRACKET = re.compile(_STRING.pattern + r"|#[^\n]*|([\[{])|([\]}])", re.DOTALL)
_COMMENT = re.compile(_STRING.pattern + r"|#[^\r\n]*", re.DOTALL)
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"

_Path = tuple[str | int, ...]


class _Place(NamedTuple):
    """Where a key and its value stand."""

    key_start: int
    key_end: int
    start: int
    end: int


def read_toml(source: Source) -> Document:
    """The table of `source`. Broken text becomes a fatal PL002, too much of it a fatal PL006.

    Dates and times are given as the text written. Keys and values of `key = value` lines, arrays and inline tables
    have their exact places; a table's place is its header.
    """
    text = source.text
    try:
        if len(text) > MAX_CHARACTERS:
            raise too_much(source.origin(0, 0), f"TOML of more than {MAX_CHARACTERS:,} characters")
        try:
            data = tomllib.loads(text)
        except RecursionError as error:
            deep = _deepest_bracket(text)
            raise too_much(source.origin(deep, deep + 1), _TOO_DEEP) from error
        except ValueError as error:  # TOMLDecodeError is one; so is an integer of more than 4,300 digits.
            raise _explain(error, source) from error
        places = _Scanner(source).places()
        root = _build(source, data, (), places, _Place(0, 0, 0, len(text)), 0)
    except RefusedError as refused:
        return Document(source, "toml", problems=[refused.problem])
    return Document(source, "toml", roots=[root])


def comment_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each comment, strings left out; `text` need not be correct TOML."""
    return [match.span() for match in _COMMENT.finditer(text) if match.group().startswith("#")]


def _deepest_bracket(text: str) -> int:
    """The offset of the first bracket past `MAX_DEPTH`, or of the last one."""
    depth = place = 0
    for match in _BRACKET.finditer(text):
        if match.group(1):
            depth, place = depth + 1, match.start()
        elif match.group(2):
            depth -= 1
        if depth > MAX_DEPTH:
            break
    return place


def _explain(error: ValueError, source: Source) -> RefusedError:
    conflict = conflict_marker(source)
    if conflict is not None:
        return RefusedError(conflict)
    message = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "a number is too long"
    match = _POSITION.search(message)
    at = len(source.text)
    if match is None:
        at = 0
    elif match.group(1):
        # tomllib counts lines by "\n" only.
        line_start = 0
        for _ in range(int(match.group(1)) - 1):
            line_start = source.text.find("\n", line_start) + 1
        at = line_start + int(match.group(2)) - 1
    words = message[: match.start()].strip() if match else message
    fixed = _IMMUTABLE.fullmatch(words)
    if fixed is not None:
        key = ".".join(re.findall(r"'([^']*)'", fixed["keys"]))
        words = f"`{key}` has its value already, and a table cannot add to it"
    return malformed(source.origin(at, min(at + 1, len(source.text))), f"invalid TOML: {words[:1].lower()}{words[1:]}")


def _build(source: Source, data: Any, path: _Path, places: dict[_Path, _Place], near: _Place, depth: int) -> Node:
    """The tree of `data`; what has no place of its own stands where its nearest parent does."""
    if depth > MAX_DEPTH:
        raise too_much(source.origin(near.key_start, near.key_end), _TOO_DEEP)
    place = places.get(path, near)
    start, end = place.start, place.end
    if isinstance(data, dict):
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        for name, value in data.items():
            below = (*path, name)
            own = places.get(below, place)
            name = without_surrogates(name)
            keys[name] = Scalar(source, own.key_start, own.key_end, name, name, "plain")
            values[name] = _build(source, value, below, places, own, depth + 1)
        return Mapping(source, start, end, keys, values)
    if isinstance(data, list):
        items = [_build(source, value, (*path, index), places, place, depth + 1) for index, value in enumerate(data)]
        return Sequence(source, start, end, items)
    written = source.text[start:end]
    if isinstance(data, str):
        style: Style = "single" if written.startswith("'") else "double"
        data = without_surrogates(data)
        return Scalar(source, start, end, data, data, style)
    if isinstance(data, bool | int | float):
        return Scalar(source, start, end, data, written, "plain")
    return Scalar(source, start, end, written, written, "plain")


class _Scanner:
    """Walks text that `tomllib` has accepted, and notes where each key and value stands."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._at = 0
        self._places: dict[_Path, _Place] = {}
        self._lengths: dict[_Path, int] = {}

    def places(self) -> dict[_Path, _Place]:
        """The place of every path: keys by name, array items by index."""
        text = self._text
        table: _Path = ()
        while True:
            self._skip()
            if self._at >= len(text):
                return self._places
            if text[self._at] != "[":
                self._entry(table)
                continue
            start = self._at
            array = text.startswith("[[", start)
            self._at += 2 if array else 1
            names, key_start, key_end = self._key()
            self._at = text.find("]", self._at) + (2 if array else 1)
            place = _Place(key_start, key_end, start, self._at)
            table = self._resolve(names[:-1], place) + names[-1:]
            if array:
                index = self._lengths.get(table, 0)
                self._lengths[table] = index + 1
                self._places.setdefault(table, place)
                table = (*table, index)
            self._places[table] = place

    def _resolve(self, names: _Path, place: _Place) -> _Path:
        """The path of a header's parents: an array of tables means its last table."""
        path: _Path = ()
        for name in names:
            path = (*path, name)
            self._places.setdefault(path, place)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _entry(self, table: _Path) -> None:
        """`key = value`, in a table or in braces."""
        names, key_start, key_end = self._key()
        self._at = self._text.find("=", self._at) + 1
        path = table + names
        start, end = self._value(path)
        place = _Place(key_start, key_end, start, end)
        for length in range(len(table) + 1, len(path)):
            self._places.setdefault(path[:length], place)
        self._places[path] = place

    def _key(self) -> tuple[_Path, int, int]:
        """A dotted key: its names, and where it stands."""
        names: list[str | int] = []
        start: int | None = None
        end = self._at
        while True:
            self._skip()
            at = self._at
            match = _STRING.match(self._text, at) or _BARE.match(self._text, at)
            if match is None:
                return tuple(names), end if start is None else start, end
            start = at if start is None else start
            self._at = end = match.end()
            written = match.group()
            quoted = written[0] in "\"'"
            names.append(next(iter(tomllib.loads(f"{written} = 0"))) if quoted else written)
            self._skip()
            if not self._text.startswith(".", self._at):
                return tuple(names), start, end
            self._at += 1

    def _value(self, path: _Path) -> tuple[int, int]:
        """Pass over a value, noting what stands in it; where it begins and ends."""
        self._skip()
        text, start = self._text, self._at
        first = text[start : start + 1]
        if first in ("[", "{"):
            self._inside("]" if first == "[" else "}", path)
            return start, self._at
        match = (_STRING if first in ("'", '"') else _OTHER).match(text, start)
        if match is None:
            return start, start
        self._at = match.end()
        return start, start + len(match.group().rstrip())

    def _inside(self, close: str, path: _Path) -> None:
        """The items of an array or the entries of an inline table."""
        if len(path) > MAX_DEPTH:
            raise too_much(self._source.origin(self._at, self._at + 1), _TOO_DEEP)
        self._at += 1
        index = 0
        while True:
            self._skip()
            before = self._at
            if self._text.startswith(close, before) or before >= len(self._text):
                self._at = before + 1
                return
            if self._text[before] == ",":
                self._at += 1
            elif close == "]":
                start, end = self._value((*path, index))
                self._places[*path, index] = _Place(start, end, start, end)
                index += 1
            else:
                self._entry(path)
            # Accepted text always moves on; never loop should this scanner and tomllib disagree.
            self._at = max(self._at, before + 1)

    def _skip(self) -> None:
        match = _GAP.match(self._text, self._at)
        if match is not None:
            self._at = match.end()

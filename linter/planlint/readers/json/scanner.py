"""The scanner: accepted JSON text to a tree with places, iteratively."""

from __future__ import annotations

import re
from json import JSONDecoder

from planlint.readers import limits
from planlint.readers.duplicates import DuplicateKeys
from planlint.readers.limits import malformed, too_much
from planlint.readers.surrogates import without_surrogates
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Source

_NEXT = re.compile(r"[^ \t\n\r,:]")
"""The start of the next token: in accepted text, commas and colons say nothing that the structure does not."""

_SIMPLE_STRING = re.compile(r'"([^"\\]*+)"')
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, tuple[bool | None, str]] = {"t": (True, "true"), "f": (False, "false"), "n": (None, "null")}


def scan(source: Source, text: str, offset: int, duplicates: DuplicateKeys) -> Node:
    """The tree of `text`, which begins at `offset` of `source.text` and which `json.loads` has accepted.

    Raises `RefusedError` when it is nested deeper or holds more values than the limits.
    """
    find_next, simple_string, decode = _NEXT.search, _SIMPLE_STRING.match, JSONDecoder().raw_decode
    roots: list[Node] = []
    stack: list[tuple[Mapping | Sequence, list[Node] | None, Mapping | None, Scalar | None]] = []
    items: list[Node] | None = roots
    mapping: Mapping | None = None
    key: Scalar | None = None
    count = 0
    found = find_next(text, 0)
    while found is not None:
        at = found.start()
        start = at + offset
        character = text[at]
        node: Node
        opened: Mapping | Sequence | None = None
        if character == '"':
            simple = simple_string(text, at)
            if simple is not None:
                value, at = simple.group(1), simple.end()
            else:
                decoded, at = decode(text, at)
                value = without_surrogates(decoded)
            scalar = Scalar(source, start, at + offset, value, value, "json")
            if mapping is not None and key is None:
                key = scalar
                found = find_next(text, at)
                continue
            node = scalar
        elif character in "{[":
            at += 1
            node = opened = (
                Mapping(source, start, start, {}, {}) if character == "{" else Sequence(source, start, start, [])
            )
        elif character in "}]":
            at += 1
            closed, items, mapping, key = stack.pop()
            closed.end = at + offset
            found = find_next(text, at)
            continue
        elif character in _WORDS:
            constant, word = _WORDS[character]
            at += len(word)
            node = Scalar(source, start, at + offset, constant, word, "json")
        else:
            number = _NUMBER.match(text, at)
            if number is None:
                raise malformed(source.origin(start, start + 1), "unexpected character")
            at = number.end()
            node = Scalar(source, start, at + offset, _number(number), number.group(), "json")

        count += 1
        if count > limits.MAX_NODES:
            raise too_much(node.origin, f"more than {limits.MAX_NODES:,} values")
        if items is not None:
            items.append(node)
        elif mapping is not None and key is not None:
            if key.text in mapping.values:
                duplicates.add(mapping.keys[key.text], key)
            else:
                mapping.keys[key.text] = key
                mapping.values[key.text] = node
            key = None
        if opened is not None:
            if len(stack) >= limits.MAX_DEPTH:
                raise too_much(source.origin(start, start + 1), f"nested more than {limits.MAX_DEPTH} levels deep")
            stack.append((opened, items, mapping, key))
            if isinstance(opened, Mapping):
                items, mapping, key = None, opened, None
            else:
                items, mapping, key = opened.items, None, None
        found = find_next(text, at)
    return roots[0]


def _number(match: re.Match[str]) -> int | float | str:
    """The value of a number; one past `MAX_NUMBER_LENGTH` characters stays a string."""
    text = match.group()
    if len(text) > limits.MAX_NUMBER_LENGTH:
        return text
    if match.group(1) is None and match.group(2) is None:
        return int(text)
    return float(text)

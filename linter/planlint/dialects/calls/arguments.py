"""The arguments of a call, whatever style they are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from planlint.dialects.calls.brackets import Group, Literal, Token, string_at
from planlint.readers.prose import Mark, Prose
from planlint.source import Origin

_ESCAPES = {"n": "\n", "t": "\t", "r": "", "\n": ""}

_PREFIXES = frozenset(["f", "r", "b", "u", "fr", "rf", "F", "R"])


class Value(NamedTuple):
    """The value of an argument: `text` is the string's content, or the expression as written when it is no string."""

    text: str
    origin: Origin
    """The string's content without quotes, or the expression."""
    is_string: bool
    prose: Prose | None = None
    """The string's content as running text, or the expression as it is written."""
    formatted: bool = False
    """An f-string or a template: what stands in its braces is filled in later."""


@dataclass(slots=True)
class Arguments:
    """Arguments by position and by name. An object literal as the only argument counts as named ones."""

    positional: list[Value] = field(default_factory=list)
    named: dict[str, Value] = field(default_factory=dict)

    def get(self, *names: str) -> Value | None:
        """The value of the first of `names` that is given."""
        for name in names:
            if name in self.named:
                return self.named[name]
        return None


def read_arguments(code: Prose, group: Group) -> Arguments:
    """The arguments in `group`, which was scanned in `code.text`.

    `name=value`, `name: value` and `"name": value` are the same. A new line that begins with a name ends a value as a
    comma does, because people leave commas out.
    """
    tokens = list(group.tokens[1:-1] if group.closed else group.tokens[1:])
    depth = 1
    solid = [token for token in tokens if token.kind != "\n"]
    if solid and solid[0].kind == "{" and (not group.closed or (solid[-1].kind == "}" and solid[-1].depth == 1)):
        inner = [token for token in tokens if token.depth >= 2]
        tokens, depth = inner, 2
    found = Arguments()
    for part in _parts(tokens, depth):
        _add(code, part, depth, found, group)
    return found


def _parts(tokens: list[Token], depth: int) -> list[list[Token]]:
    """The tokens cut at commas, and at line ends before a name."""
    parts: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if token.depth == depth and token.kind == ",":
            parts.append([])
        elif token.kind == "\n":
            if token.depth == depth and parts[-1] and _is_key(tokens, index + 1, depth):
                parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _is_key(tokens: list[Token], index: int, depth: int) -> bool:
    if index + 1 >= len(tokens):
        return False
    key, sign = tokens[index], tokens[index + 1]
    return key.kind in ("word", "string") and key.depth == depth and sign.kind in ":="


def _add(code: Prose, part: list[Token], depth: int, found: Arguments, group: Group) -> None:
    text = code.text
    name: str | None = None
    if _is_key(part, 0, depth):
        name = text[part[0].start : part[0].end].strip("\"'")
        if len(part) == 2:
            # `count: 3` and `files: <list>`: the value is made of signs that are no tokens.
            found.named.setdefault(name, _expression(code, part[1].end, _line_end(text, part[1].end, group.end)))
            return
        start = part[1].end
        part = part[2:]
    else:
        start = part[0].start
    value = _value(code, part, start)
    if name is None:
        found.positional.append(value)
    else:
        found.named.setdefault(name, value)


def _line_end(text: str, at: int, limit: int) -> int:
    for position in range(at, limit):
        if text[position] in ",\n)}":
            return position
    return limit


def _expression(code: Prose, start: int, end: int) -> Value:
    text = code.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Value(text[start:end], code.origin(start, end), False, code.slice(start, end))


def _value(code: Prose, part: list[Token], start: int) -> Value:
    text = code.text
    strings = [token for token in part if token.kind == "string"]
    others = [token for token in part if token.kind != "string"]
    words = [text[token.start : token.end] for token in others if token.kind == "word"]
    if not strings or any(token.kind not in ("word", "(", ")") for token in others) or not _PREFIXES.issuperset(words):
        return _expression(code, start, part[-1].end)
    pieces = []
    for token in strings:
        literal = string_at(text, token.start, token.end)
        if literal is not None:
            pieces.append(literal)
    if not pieces:
        return _expression(code, start, part[-1].end)
    prose = text_of_literals(code, pieces)
    formatted = any("f" in word.lower() for word in words) or text[strings[0].start] == "`"
    origin = code.origin(pieces[0].start, pieces[-1].end)
    return Value(prose.text, origin, True, prose, formatted)


def text_of_literals(code: Prose, pieces: list[Literal]) -> Prose:
    """The content of string literals of `code` as one prose: escapes resolved, backticks turned into code marks."""
    text = code.text
    built: list[str] = []
    anchors: list[tuple[int, int]] = []
    marks: list[Mark] = []
    length = 0
    opened: int | None = None
    for piece in pieces:
        in_step = False
        at = piece.start
        while at < piece.end:
            character = text[at]
            if not in_step:
                anchors.append((length, code.offset(at)))
                in_step = True
            if character == "\\" and not piece.raw and at + 1 < piece.end:
                replaced = _ESCAPES.get(text[at + 1], text[at + 1] if text[at + 1] in "\"'`\\$" else None)
                if replaced is not None:
                    if replaced == "`":
                        opened = _tick(marks, opened, length)
                    else:
                        built.append(replaced)
                        length += len(replaced)
                    at += 2
                    in_step = False
                    continue
            if character == "`":
                opened = _tick(marks, opened, length)
                in_step = False
            else:
                built.append(character)
                length += 1
                if character == "\n":
                    opened = None
                    in_step = False
            at += 1
    start, end = code.offset(pieces[0].start), code.offset(pieces[-1].end)
    return Prose(code.source, start, end, "".join(built), anchors or [(0, start)], tuple(marks))


def _tick(marks: list[Mark], opened: int | None, length: int) -> int | None:
    """A backtick at `length`: opens a code span or closes the one opened at `opened`; a span ends with its line."""
    if opened is None:
        return length
    if length > opened:
        marks.append(Mark("code", opened, length))
    return None


_PLACEHOLDER = re.compile(
    r"<[^<>\n]{1,80}>|\{[^{}\n]{0,120}\}|\$(?:ARGUMENTS|\d|\{|[A-Z_]{2,40}\b)|\[[A-Za-z][^\[\]\n(]{1,80}\](?!\()|…"
    r"|\.\.\."
)


def has_placeholder(value: Value) -> bool:
    """Whether something in the value is left open: `<feature>`, `{file}`, `[instructions]`, `$ARGUMENTS`, `...`.

    An expression that is no string is always open. Tags (`<context>`...`</context>`) and signatures are not.
    """
    if not value.is_string:
        return True
    for match in _PLACEHOLDER.finditer(value.text):
        word = match.group()
        if word[0] == "<" and (f"</{word[1:]}" in value.text or word.startswith("</") or (" " in word and "=" in word)):
            continue
        if word[0] in "<[" and match.start() and value.text[match.start() - 1].isalnum():
            continue  # `Promise<string>`, `items[index]`
        if word[0] == "{" and not value.formatted and not re.fullmatch(r"\{[\w .#/|-]{1,60}\}", word):
            continue  # an object or a block of code in the text
        if word == "..." and match.start() and value.text[match.start() - 1 : match.start()] not in " \n\"'(":
            continue
        return True
    return False

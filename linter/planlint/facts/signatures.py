"""Signatures and shapes as plans write them, and whether there is enough to build against.

Plans write TypeScript, Python, Go, SQL, HTTP lines and half-sentences. Nothing is parsed by a grammar: names,
parameters, fields and types are cut out where brackets and commas show them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.source.regex import regex

MAX_LENGTH = 4_000
"""Longer texts are cut before they are looked at; a signature has a few lines."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_ENDPOINT = regex(rf"\b({'|'.join(METHODS)})\s+(/[\w./:{{}}<>\[\]*-]*)")
_CALL = regex(r"(?<![\w.])(?:[\w$]{1,60}\.){0,3}([A-Za-z_$][\w$]{0,80})(?:<[\w\s,.\[\]]{1,60}>)?\(")
_TABLE = regex(r"^(?:create\s+)?table\s+(?:if not exists\s+)?[`\"]?([\w.]{1,80})[`\"]?\s*\(", re.IGNORECASE)
_CONSTANT = regex(
    r"^(?:(?:export|const|static|final|val|let|var)\s+){0,3}([A-Z][A-Z0-9_]{1,60})\s*:\s*"
    r"((?:readonly\s+)?[^\s|&,]+(?:\s*[|&,]\s*[^\s|&,]+){0,20})$"
)
""" "MAX_ITEMS: number": a name in capitals with its type."""
_PREFIX = regex(
    r"^(?:(?:export|default|async|public|private|protected|static|final|abstract|const|let|var|function|func|fn|pub|def|"
    r"interface|trait|protocol|type|class|struct|record|enum|dataclass|message|table|create|exports?)\b[\s:]*)+",
    re.IGNORECASE,
)
_RETURN = regex(r"^\s*(?:->|=>|:|returns\b)\s*(.+)$", re.IGNORECASE | re.DOTALL)
_FIELD = regex(r"^\s*(?:readonly\s+)?[`'\"]?([A-Za-z_$][\w$-]*)[`'\"]?(\?)?\s*(?::|\s)\s*(.+?)\s*$", re.DOTALL)
_SHAPE_NAME = regex(
    r"^([A-Za-z_$][\w$.]*)(?:<[^<>]{0,80}>|\[[^\[\]]{0,80}\])?\s*(?:=|:|extends\s+[\w$.]+|interface|struct|protocol|trait)?\s*$"
)
_IS_FIELD = regex(r"[`'\"]?[A-Za-z_$][\w$-]*\??[`'\"]?(?:\s*:.+)?", re.DOTALL)
_METHOD = regex(r"^\s*(?:(?:func|fn|fun|def|async|public)\s+){0,3}([A-Za-z_$][\w$]*)(?:<[^<>]{0,80}>)?\s*\(")
"""A method among the fields of an interface; what it takes and gives is not compared."""
_ANSWERS = regex(r"->|=>|→|\b(?:returns?|responds?|answers?|replies|yields?|gives?)\b", re.IGNORECASE)
_STATUS = regex(r"(?:->|=>|→|returns?\b|responds?\b|:)\s*`?(?:[1-5]\d\d\b|\{|\[|[A-Z][\w<>\[\]]+)", re.IGNORECASE)


class Parameter(NamedTuple):
    """One parameter or field; `type` is normalised and None where it is not said."""

    name: str
    type: str | None
    optional: bool


class Signature(NamedTuple):
    """What a text says about one interface.

    `kind` is `call` (parameters in order), `shape` (fields in any order), `endpoint` (`name` is `METHOD /path`) or
    `constant` (`returns` is its type).
    """

    kind: str
    name: str
    parameters: tuple[Parameter, ...] | None
    """None: the text does not say."""
    returns: str | None
    open: bool
    """The text says that there is more (`...`, `etc.`)."""
    answer: tuple[Parameter, ...] | None = None
    """Fields of an endpoint's answer; `parameters` are those of its request."""


def is_full_signature(text: str) -> bool:
    """Whether there is something to build against: parameters, a return, fields, columns, an endpoint with its shape.

    "Will handle validation", a bare name, `login()` and `GET /users` are not enough.
    """
    found = parse_signature(text)
    return found is not None and _is_full(found)


def _is_full(found: Signature) -> bool:
    if found.kind == "endpoint":
        return bool(found.parameters or found.answer) or found.returns is not None
    if found.kind == "shape":
        return bool(found.parameters)
    return found.returns is not None or bool(found.parameters)


def is_vague(text: str) -> bool:
    """Whether `text` names no interface at all: neither a call, nor a shape, nor an endpoint, only prose."""
    return parse_signature(text) is None


def parse_signature(text: str) -> Signature | None:
    """The first interface that `text` spells out; None for prose."""
    text = text[:MAX_LENGTH].strip().strip("`").strip().rstrip(";")
    endpoint = _ENDPOINT.search(text)
    if endpoint is not None:
        return _endpoint(text, endpoint)
    bare = _PREFIX.sub("", text)
    brace, paren = bare.find("{"), bare.find("(")
    if brace >= 0 and (paren < 0 or brace < paren):
        return _shape(bare, brace)
    constant = _CONSTANT.match(text)
    if constant is not None:
        return Signature("constant", constant[1], None, _type(constant[2]), False)
    if paren < 0:
        return None
    table = _TABLE.match(text)
    if table is not None:
        return _shape(text, table.end() - 1, table[1])
    call = _CALL.search(bare)
    if call is None:
        return None
    close = _closing(bare, call.end() - 1)
    if close is None:
        return None
    inside = bare[call.end() : close]
    if not _looks_like_parameters(inside):
        return None
    following = bare[close + 1 : close + 200].split("\n", 1)[0]
    match = _RETURN.match(following)
    returns = None if match is None else _type(_result(match))
    return Signature("call", call[1], tuple(_parameters(inside)), returns or None, "..." in inside)


def _result(match: re.Match[str]) -> str:
    """The type in what follows an arrow or colon, without the sentence that goes on behind it."""
    text = match[1].split("{", 1)[0] if "{" in match[1][1:] else match[1]
    if match[0].lstrip()[:1].isalpha():
        return text  # "returns a list of users"
    depth = 0
    for at, character in enumerate(text):
        if character in "([{<":
            depth += 1
        elif character in ")]}>":
            depth -= 1
        elif character.isspace() and depth <= 0:
            joined = text[:at].rstrip()[-1:] in ("|", "&") or text[at:].lstrip()[:1] in ("|", "&")
            if not joined:
                return text[:at]
    return text


def endpoint_key(endpoint: str) -> str:
    """`METHOD /path` with every parameter spelled alike: `:id`, `{id}`, `<int:id>` and `[id]` are the same."""
    method, _, path = endpoint.partition(" ")
    segments = ["*" if part[:1] in (":", "{", "<", "[") else part.lower() for part in path.strip().split("/") if part]
    return f"{method.upper()} /{'/'.join(segments)}"


def endpoints_in(text: str) -> dict[str, str]:
    """Every `METHOD /path` in `text`: `endpoint_key` to the text as written."""
    found: dict[str, str] = {}
    for match in _ENDPOINT.finditer(text):
        written = f"{match[1]} {match[2].rstrip('.,:')}"
        found.setdefault(endpoint_key(written), written)
    return found


def signatures_in(text: str) -> list[Signature]:
    """The full signatures in running text, at most 50: each line and each code span is looked at on its own."""
    found: list[Signature] = []
    for line in text.splitlines():
        if not any(mark in line for mark in "({") and "/" not in line:
            continue
        pieces = line.split("`")[1::2] or [line]
        for piece in dict.fromkeys((*pieces, line.replace("`", ""))):
            parsed = parse_signature(piece) if len(found) < 50 else None
            # "CREATE: src/a.ts" in a list looks like a constant.
            if parsed is not None and parsed.kind != "constant" and _is_full(parsed):
                found.append(parsed)
    return found


# -- cutting out -------------------------------------------------------------------------------------------------------


def _endpoint(text: str, match: re.Match[str]) -> Signature:
    name = f"{match[1]} {match[2].rstrip('.,:')}"
    rest = text[match.end() :]
    returns = _STATUS.search(rest)
    answers = _ANSWERS.search(rest)
    # Without a word for it, braces are what a GET answers with and what the others take.
    turn = answers.start() if answers is not None else 0 if match[1] == "GET" else len(rest)
    request, answer = (_braced(part) for part in (rest[:turn], rest[turn:]))
    return Signature("endpoint", name, request, "" if returns is not None else None, "..." in rest, answer)


def _braced(text: str) -> tuple[Parameter, ...] | None:
    """The fields in the first braces of `text`; None where it has none."""
    brace = text.find("{")
    close = _closing(text, brace) if brace >= 0 else None
    return None if close is None else tuple(_fields(text[brace + 1 : close]))


def _shape(bare: str, opening: int, known: str | None = None) -> Signature | None:
    """Fields in the brackets at `opening`, named `known` or as the text before says; None when that is a sentence."""
    match = _SHAPE_NAME.match(bare[:opening].strip() or "shape")
    name = known or (match[1] if match is not None else None)
    close = _closing(bare, opening)
    if close is None:
        return None
    inside = bare[opening + 1 : close]
    fields = tuple(_fields(inside))
    if name is None:
        # A sentence with braces is a shape where they hold nothing but fields: "the event {orderId, amount: number}".
        if len(fields) < 1 + (":" not in inside) or not all(map(_IS_FIELD.fullmatch, _parts(inside, ",;\n"))):
            return None
        name = "shape"
    return Signature("shape", name, fields, None, "..." in inside or "etc" in inside) if fields else None


def _closing(text: str, opening: int) -> int | None:
    """The bracket that closes the one at `opening`; brackets of other kinds only count inside."""
    depth = 0
    for at in range(opening, len(text)):
        if text[at] in "([{":
            depth += 1
        elif text[at] in ")]}":
            depth -= 1
            if depth == 0:
                return at
    return None


def _parts(text: str, separators: str) -> list[str]:
    """`text` cut at separators outside of all brackets."""
    parts, start, depth = [], 0, 0
    for at, character in enumerate(text):
        if character in "([{<":
            depth += 1
        elif character in ")]}" or (character == ">" and text[at - 1 : at] not in ("-", "=")):
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _looks_like_parameters(inside: str) -> bool:
    """Whether the text between parentheses can be a parameter list rather than a remark."""
    return all(":" in part or "=" in part or len(part.split()) <= 2 for part in _parts(inside, ","))


def _parameters(inside: str) -> list[Parameter]:
    found = []
    for part in _parts(inside, ","):
        if part in ("self", "cls", "*", "/", "...", "…"):
            continue
        part, _, default = part.partition("=") if "=>" not in part else (part, "", "")
        name, colon, kind = part.partition(":")
        if colon:
            found.append(Parameter(name.strip().rstrip("?"), _type(kind), name.strip().endswith("?") or bool(default)))
        else:
            pieces = part.split()
            # `Buffer file` and `file Buffer` cannot be told apart, so a bare pair says no type.
            found.append(Parameter(pieces[-1] if pieces else "", None, bool(default)))
    return found


def _fields(inside: str) -> list[Parameter]:
    found = []
    for part in _parts(inside, ",;\n"):
        if part.startswith(("//", "#", "--", "/*", "...", "…")):
            continue
        method = _METHOD.match(part)
        match = _FIELD.match(part) if method is None else None
        if method is not None:
            found.append(Parameter(method[1], None, False))
        elif match is not None:
            found.append(Parameter(match[1], _type(match[3]), match[2] is not None))
        elif re.fullmatch(r"[`'\"]?[A-Za-z_$][\w$-]*\??[`'\"]?", part):
            found.append(Parameter(part.strip("`'\"").rstrip("?"), None, part.endswith("?")))
    return found


def _type(text: str) -> str:
    """A type in a form that spelling does not change: no blanks, no quotes, `Optional[T]` and `T | null` alike."""
    text = "".join(text.split()).strip("`'\",;.:")
    if text.startswith("Optional[") and text.endswith("]"):
        text = text[9:-1] + "|None"
    parts = sorted(part.replace("undefined", "None").replace("null", "None") for part in _parts(text, "|"))
    return "|".join(dict.fromkeys(parts))

"""`find_symbols`: code identifiers named in backticks, what they seem to be, whether a text defines or uses them."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from planlint.dialects.prose import verbs
from planlint.dialects.prose.code_spans import is_command
from planlint.dialects.prose.filenames import EXTENSIONS
from planlint.dialects.prose.paths import find_paths
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.dialects.prose.wording import code_ranges, covering, sentences
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Origin, Span
from planlint.source.regex import regex

SymbolKind: TypeAlias = Literal["function", "type", "endpoint", "table", "event", "constant", "name"]

SymbolUse: TypeAlias = Literal["defines", "uses", "mentions"]


@record
class Symbol(Record):
    """A symbol named in `Prose.text[start:end]`.

    `name` is the identifier (`uploadAvatar`, `Statement`) or the endpoint with its method (`POST /api/users`).
    `signature` is the whole code span where it holds more than the name. `kind` is a guess from the shape and from the
    word beside it; `name` where nothing tells.
    """

    name: str
    kind: SymbolKind
    use: SymbolUse
    start: int
    end: int
    origin: Origin
    signature: str | None = None


_IDENTIFIER = regex(r"[A-Za-z_$][\w$]{0,79}(?:(?:\.|::|#)[A-Za-z_$][\w$]{0,79}){0,5}")

_LEAD = regex(
    r"(?:(?:export|default|async|public|private|protected|internal|static|pub|abstract|sealed|final|"
    r"readonly|override|let|const|var|val)\s+){0,5}"
    r"(?:(?:(function|func|fn|def|sub|fun)|(class|interface|type|struct|enum|trait|record|protocol|"
    r"module|namespace)|(const|val|let))(?![\w$]))?\s*",
)

_CALL = regex(
    r"(?P<name>[A-Za-z_$][\w$]{0,79}(?:(?:\.|"
    r"::)[A-Za-z_$][\w$]{0,79}){0,5})\s*(?:<[^<>()]{1,80}>)?\s*\((?P<arguments>[^\n]{0,400})"
)

_ENDPOINT = regex(r"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|WS|SSE)\s+(/[\w/{}:.\-*\[\]?=&$]*)")

_TYPED = regex(r"(?P<name>[A-Za-z_$][\w$]{0,79})\??\s*(?::|=)\s*\S")

_KIND_BEFORE = regex(
    r"\b(table|collection|event|topic|signal|channel|endpoint|route|function|method|hook|helper|"
    r"constant|env(?:ironment)? variable|enum|"
    r"type|class|interface|model|entity|component|struct|schema|record|trait|service|"
    r"migration)s?\s+(?:named |called )?[\"'(]?\Z",
    re.IGNORECASE,
)

_KIND_AFTER = regex(
    r"[\"')]?\s+(table|collection|event|topic|signal|channel|endpoint|route|function|method|hook|"
    r"helper|constant|env(?:ironment)? variable|enum|"
    r"type|class|interface|model|entity|component|struct|schema|record|trait|service|utility)s?\b",
    re.IGNORECASE,
)

_KINDS: dict[str, SymbolKind] = {
    "table": "table", "collection": "table", "event": "event", "topic": "event", "signal": "event", "channel": "event",
    "endpoint": "endpoint", "route": "endpoint", "function": "function", "method": "function", "hook": "function",
    "helper": "function", "utility": "function", "constant": "constant", "env variable": "constant",
    "environment variable": "constant", "enum": "type", "type": "type", "class": "type", "interface": "type",
    "model": "type", "entity": "type", "component": "type", "struct": "type", "schema": "type", "record": "type",
    "trait": "type", "service": "type",
}  # fmt: skip

_PLAIN_WORDS = words(
    "true false null none undefined nil void string number boolean bool int integer float any object array list dict "
    "map self this get post put patch delete head options main master todo id ok error "
    "yes no on off async await return "
    "import export const let var function class public private static internal new npm git node python"
)

_DEFINING = regex(
    r"\b(?:export(?:s|ing|ed)?|expos(?:es?|ing|ed)|provid(?:es?|ing)|defin(?:es?|ing)|declar(?:es?|"
    r"ing)|implement(?:s|ing)?|creat(?:es?|ing)|add(?:s|ing)?|"
    r"introduc(?:es?|ing)|produc(?:es?|ing)|emit(?:s|ting)?|publish(?:es|ing)?|register(?:s|ing)?|"
    r"writ(?:es?|ing)|build(?:s|ing)?|renam(?:es?|ing)|"
    r"generat(?:es?|ing)|extract(?:s|ing)?|returns)\b|新增|建立|创建|创建|實作|实现|定義|定义|追加|実装|작성|구현|"
    r"추가",
    re.IGNORECASE,
)

_USING = regex(
    r"\b(?:us(?:es?|ing|ed by)|call(?:s|ing|ed)?|import(?:s|ing|ed)?|consum(?:es?|ing)|invok(?:es?|"
    r"ing)|reus(?:es?|ing)|subscrib(?:es?|ing)|listen(?:s|ing)?|"
    r"handl(?:es?|ing)|read(?:s|ing)?|query|queries|fetch(?:es|ing)?|via|with|through|from|per|see|"
    r"like|following|mirror(?:s|ing)?|extends?|inherits?|"
    r"accept(?:s|ing)?|tak(?:es?|ing)|pass(?:es|ing)?|for|against|of|to|by|into|in|depends? on|"
    r"existing|test(?:s|ing)?|verif(?:y|ies|ying))\b|使用|呼叫|调用|參考|参考|依",
    re.IGNORECASE,
)


def find_symbols(prose: Prose) -> list[Symbol]:
    """The symbols named in backticks in `prose`, in order; linear in its length, never raising."""
    text = prose.text
    paths = [Span(mention.start, mention.end) for mention in find_paths(prose)]
    found: list[Symbol] = []
    spans = list(sentences(prose))
    codes = code_ranges(prose)
    words_only = _without(text, codes)
    at = 0
    for code in codes:
        content = text[code.start : code.end].strip()
        if not content or len(content) > 500 or covering(paths, code.start) is not None:
            continue
        named = _named(content)
        if named is None:
            continue
        while at < len(spans) and spans[at].end <= code.start:
            at += 1
        start = spans[at].start if at < len(spans) else 0
        name, kind, signature = named
        before, after = text[max(start, code.start - 60) : code.start], text[code.end : code.end + 40]
        found.append(
            Symbol(
                name,
                _kind(before, after, kind),
                _use(words_only, start, code.start),
                code.start,
                code.end,
                prose.origin(code.start, code.end),
                signature,
            )
        )
    return found


def _without(text: str, codes: list[Span]) -> str:
    """`text` with blanks for the code in it: `query(q)` there is no word that says what is done."""
    parts: list[str] = []
    at = 0
    for code in codes:
        parts += (text[at : code.start], " " * (code.end - code.start))
        at = code.end
    return "".join((*parts, text[at:]))


def _named(content: str) -> tuple[str, SymbolKind, str | None] | None:
    """Name, kind by shape and signature of a code span; None when it is a command, a value or a sentence."""
    endpoint = _ENDPOINT.match(content)
    if endpoint is not None:
        rest = content[endpoint.end() :].strip()
        return f"{endpoint.group(1)} {endpoint.group(2)}", "endpoint", content if rest else None
    if is_command(content) or content.startswith(("-", "#", "/", "@", ".", '"', "'", "{", "[", "<", "(")):
        return None
    lead = _LEAD.match(content)
    body = content[lead.end() :] if lead else content
    word: SymbolKind | None = None
    if lead is not None:
        word = "function" if lead.group(1) else "type" if lead.group(2) else "constant" if lead.group(3) else None
    call = _CALL.match(body)
    if call is not None:
        bare = call["arguments"].strip() in (")", ");")
        return call["name"], word or "function", None if bare and word is None else content
    identifier = _IDENTIFIER.fullmatch(body) or (_IDENTIFIER.match(body) if word else None)
    if identifier is None:
        typed = _TYPED.match(body)
        return (typed["name"], word or _shape(typed["name"]), content) if typed and len(typed["name"]) > 1 else None
    name = identifier.group()
    if (
        name.lower() in _PLAIN_WORDS
        or len(name) < 2
        or (name.rpartition(".")[2] in EXTENSIONS and "." in name and name.islower())
    ):
        return None
    return name, word or _shape(name), content if word and content != name else None


def _shape(name: str) -> SymbolKind:
    last = re.split(r"\.|::|#", name)[-1]
    if last.isupper() and len(last) > 2:
        return "constant"
    if last[:1].isupper() and any(character.islower() for character in last):
        return "type"
    if any(character.isupper() for character in last[1:]) and last[:1].islower():
        return "function"
    return "name"


def _kind(before: str, after: str, shape: SymbolKind) -> SymbolKind:
    if shape == "endpoint":
        return shape
    beside = _KIND_AFTER.match(after) or _KIND_BEFORE.search(before)
    if beside is None:
        return shape
    return _KINDS.get(beside.group(1).lower(), shape)


def _use(text: str, start: int, at: int) -> SymbolUse:
    """By the nearest deciding word before the symbol in its sentence; an imperative at the start decides last."""
    low = max(start, at - 90)
    nearest: tuple[int, SymbolUse] | None = None
    for match in _DEFINING.finditer(text, low, at):
        nearest = (match.end(), "defines")
    for match in _USING.finditer(text, low, at):
        if nearest is None or match.end() > nearest[0]:
            nearest = (match.end(), "uses")
    if nearest is not None:
        return nearest[1]
    head = re.match(r"[\s*_]*([A-Za-zÀ-ɏ]+)", text[start : min(at, start + 60)])
    role = verbs.english_verbs().get(head.group(1).lower()) if head else None
    if role in (Role.CREATE, Role.ADD):
        return "defines"
    return "uses" if role in (Role.USE, Role.READ, Role.CHECK) else "mentions"

"""Sentences as events: the words, signs and paths that decide what a sentence does to which file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from planlint.dialects.prose import verbs
from planlint.dialects.prose.function_words import CJK_NEGATIONS, CJK_PLACES, NEGATIONS, UNTOUCHED
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.reading_phrases import CJK_READ_PHRASES, READ_PHRASES
from planlint.dialects.prose.verbs import Role
from planlint.source import Span

_CJK_FROM = re.compile(r"[从從](?=[^，。；\n]{1,80}?(?:导入|導入|引入|读取|讀取|加载|載入|引用))")
""" "从 x.ts 导入 Y": the verb behind the path says that it is read; with any other verb "from" decides nothing."""


class Event(NamedTuple):
    """One step through a sentence.

    `kind` is `word`, `path`, `code`, `phrase` (reading words), `negation`, `forbid`, `untouched`, `verb` (CJK), `place`
    (CJK), `noun` (CJK character), `open`, `close`, `dash`, `stop` or `comma`. `text` is in lower case.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    mention: PathMention | None = None
    role: Role | None = None


_NO_VERB_BEFORE = {"整合": "(?![測测])", "使用": "(?!者)"}
"""Verbs that are the front of a noun before these: 整合測試, "integration test", and 使用者, "user"."""


def _spaced(alternatives: str) -> str:
    """Let a phrase run over a soft line break."""
    return alternatives.replace(" ", r"\s{1,4}")


def _by_letter(alternatives: str) -> str:
    """The same alternatives, those that begin with one letter behind it: the engine asks for the letter once.

    Their order stays; what begins with a bracket comes last.
    """
    heads: dict[str, list[str]] = {}
    for alternative in _split(alternatives):
        letter = alternative[0] if alternative[0].isalpha() else ""
        heads.setdefault(letter, []).append(alternative[len(letter) :])
    others = heads.pop("", [])
    return "|".join([*(f"{letter}(?:{'|'.join(rests)})" for letter, rests in heads.items()), *others])


def _split(alternatives: str) -> list[str]:
    """Split at the bars that stand outside of brackets."""
    found = [""]
    depth = 0
    for sign in alternatives:
        depth += (sign in "([") - (sign in ")]")
        if sign == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return found


@cache
def _pattern() -> re.Pattern[str]:
    before = sorted((word for words in verbs.CJK_BEFORE.values() for word in words.split()), key=len, reverse=True)
    before = [word + _NO_VERB_BEFORE.get(word, "") for word in before]
    return re.compile(
        rf"(?P<forbid>\b(?:no|zero)(?: \w+)? (?:changes?|modifications?|edits?)(?: \w+)? (?:to|in)\b)"
        rf"|(?P<negation>\b(?:{_spaced(NEGATIONS)})\b(?!-)|{'|'.join(CJK_NEGATIONS)})"
        rf"|(?P<untouched>\b(?:{UNTOUCHED})\b|不[變变](?![量式性]))"
        rf"|(?P<phrase>(?<![\w-])(?:{_by_letter(_spaced(READ_PHRASES))})(?![\w-])|{'|'.join(CJK_READ_PHRASES)})"
        rf"|(?P<verb>{'|'.join(before)})"
        rf"|(?P<place>{'|'.join(CJK_PLACES)})"
        r"|(?P<word>[A-Za-zÀ-ɏḀ-ỿЀ-ӿ][\wÀ-ɏḀ-ỿ'’]*?(?=[^\wÀ-ɏḀ-ỿ'’]|[぀-ヿ㐀-鿿가-힯]|$)(?:-[A-Za-zÀ-ɏḀ-ỿ]+)*)"
        r"|(?P<noun>[぀-ヿ㐀-鿿가-힯])"
        r"|(?P<open>[(（【「])|(?P<close>[)）】」])"
        r"|(?P<dash>—|–|(?<=\s)--?(?=\s)|:(?=\s|$)|：|→|->|⇒|=>)"
        r"|(?P<stop>[;；])|(?P<comma>[,，、/+&。])",
        re.IGNORECASE,
    )


@cache
def _cjk_roles() -> dict[str, Role]:
    return {word: role for role, words in verbs.CJK_BEFORE.items() for word in words.split()}


def events(text: str, sentence: Span, solids: list[tuple[Span, PathMention | None]]) -> Iterator[Event]:
    """The events of `sentence` in order. `solids` are the paths and code spans in it, sorted and disjoint."""
    at = sentence.start
    pattern = _pattern()
    for span, mention in solids:
        yield from _loose(pattern, text, Span(at, max(at, span.start)), sentence.end)
        yield Event("path" if mention is not None else "code", span.start, span.end, mention=mention)
        at = max(at, span.end)
    yield from _loose(pattern, text, Span(at, sentence.end), sentence.end)


def _loose(pattern: re.Pattern[str], text: str, part: Span, limit: int) -> Iterator[Event]:
    """The events of `part`, which holds neither path nor code; the sentence goes on to `limit`."""
    for match in pattern.finditer(text, part.start, part.end):
        kind = match.lastgroup or "word"
        word = match.group()
        if kind == "word":
            yield Event(kind, match.start(), match.end(), word.lower())
            continue
        if kind == "noun" and _CJK_FROM.match(text, match.start(), limit):
            kind = "phrase"
        if kind == "verb":
            yield Event("verb", match.start(), match.end(), word, role=_cjk_roles()[word])
        else:
            yield Event(kind, match.start(), match.end(), " ".join(word.lower().split()) or word)

"""Phrases that start an agent for each of something: "spawn one agent per failing test"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.source.regex import regex

_START = r"(?:spawn|launch|start|create|dispatch|use|run|assign|deploy|fire\s+off|kick\s+off|spin\s+up)"
_ONE = r"(?:exactly\s+)?(?:one|1|an?|its\s+own|a\s+separate|a\s+dedicated)"
_AGENT = r"(?:sub-?agent|agent|Task|worker|teammate)s?\s+"
_FOUND = (
    r"(?:files?|modules?|tests?|failures?|issues?|findings?|errors?|warnings?|PRs?|pull\s+requests?|endpoints?|components?|"
    r"packages?|changes?|results?|bugs?|commits?|functions?|methods?|classes|class|tickets?|rows?|records?|controllers?|"
    r"services?|director(?:y|ies)|folders?|pages?|lines?|match(?:es)?|hits?|documents?|repos(?:itory|itories)?|repo)"
)
"""Things that a run finds, however many there are; "for each focus area" mostly means a list further down."""
_PHRASE = regex(
    rf"\b{_START}\s+{_ONE}\s+(?:(?!per\b)[\w-]+\s+){{0,3}}?{_AGENT}(?:tool\s+call\s+)?"
    r"(?:per|for\s+each|for\s+every)\s+(?P<per>[^.,;:()\u2014\n]{2,80})"
    rf"|\b{_START}\s+(?:[\w-]+\s+){{0,3}}?(?:sub-?)?agents,?\s+one\s+(?:per|for\s+each|for\s+every)\s+(?P<one>[^.,;:()\u2014\n]{{2,80}})"
    rf"|\bfor\s+(?:each|every)\s+(?P<each>(?:[\w-]+\s+){{0,4}}?{_FOUND}\b[^.,;:()\u2014\n]{{0,60}}),\s+(?:then\s+)?{_START}\s+{_ONE}\s+(?:[\w-]+\s+){{0,3}}?"
    r"(?:sub-?agent|agent|worker|teammate)\b"
    r"|\b(?:pro|je|für\s+jede[nrms]?)\s+(?P<de>[^.,;:()\u2014\n]{2,60}?)\s+(?:je\s+)?(?:einen?|1)\s+(?:eigenen?\s+|separaten?\s+)?"
    r"(?:Sub-?)?(?:Agent|Worker)(?:en)?\s+(?:starten|einsetzen|anlegen|losschicken|beauftragen)"
    r"|(?:为|给|对)每(?:个|一个|份|张)(?P<zh>[^\s\uff0c\u3002\uff1b,.;]{1,40}?)"
    r"(?:启动|创建|派发|分配|运行|生成)(?:一个|一名|1个)?(?:独立的?|单独的?)?"
    r"(?:子\s*)?(?:代理|智能体|[Aa]gent)"
    r"|(?P<ja>[^\s\u3001\u3002,.;]{1,40}?)ごとに(?:別\u3005の)?(?:1つの|一つの)?(?:サブ)?エージェントを"
    r"(?:起動|立ち上げ|作成)",
    re.IGNORECASE,
)
_DENIED = regex(
    r"(?:\b(?:not|never|don'?t|don\u2019t|avoid|instead of|rather than|nicht|kein\w*)\b|不要)[^.\n]{0,30}\Z",
    re.IGNORECASE,
)
_BOUNDED = regex(
    r"(?:\b(?:at most|max(?:imum)?(?: of)?|up to|(?:no|never) more than|limit(?:ed)? to|batch(?:es)? of|capped at"
    r"|höchstens|maximal)|最多|最大)\s*:?\s*(?P<number>\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_CLOSED = regex(
    r"\b(?:below|following|listed|above|these|those|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\b(?:[2-9]|\d{2,})\b",
    re.IGNORECASE,
)
"""What makes the elements a list that somebody has counted or written out."""
_IN_TURN = regex(
    r"\b(?:one (?:at a time|by one|after (?:another|the other))|in turn|sequential(?:ly)?|nacheinander)\b"
    r"|逐个|依次|順番に",
    re.IGNORECASE,
)
_MEANS = regex(r"\s+(?:via|using|with the|through|to|so that|and)\s.*", re.IGNORECASE | re.DOTALL)
"""How the agents are started or what for: "one agent per file via the Task tool to ..."."""
_AHEAD = 120
"""Characters after a phrase in which a limit still belongs to it."""


class FanOutPhrase(NamedTuple):
    """One phrase, by its offsets in the text."""

    over: str
    """What there is an agent for each of, as written."""
    start: int
    end: int
    bound: int | None
    """The limit that the text gives right after the phrase."""
    batched: bool
    """Started in batches, or one after another."""
    closed: bool
    """Whether the elements are counted or written out in the text itself."""


def find_fan_outs(text: str) -> Iterator[FanOutPhrase]:
    """Each such phrase that is not said to be wrong ("never spawn one agent per file"), first to last."""
    for match in _PHRASE.finditer(text):
        if _DENIED.search(text[max(0, match.start() - 50) : match.start()]):
            continue
        ahead = min(len(text), match.end() + _AHEAD)
        bounded = _BOUNDED.search(text, match.start(), ahead)
        over = match.group(match.lastgroup or 0)
        yield FanOutPhrase(
            over=" ".join(_MEANS.sub("", over).split()) or over,
            start=match.start(),
            end=match.end(),
            bound=int(bounded["number"]) if bounded is not None else None,
            batched=(bounded is not None and "batch" in bounded.group().lower())
            or _IN_TURN.search(text, match.start(), ahead) is not None,
            closed=_CLOSED.search(match.group()) is not None,
        )

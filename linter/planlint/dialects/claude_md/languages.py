"""Handing work to agents in other languages than English: the call to start them, their number, a worker's name."""

from __future__ import annotations

import re

from planlint.source.regex import regex

_AGENTS_CJK = r"(?:(?:子|サブ|서브)[ \t]?)?(?:代理|智能体|智能體|エージェント|에이전트|[Aa]gents?)"
_AGENTS = r"(?:sub-?|sous-|суб)?(?:agent(?:en|es|s)?|agentes?|агент\w{0,3}|tác tử)"
_STARTS = (
    r"(?:start(?:e|et|en)?|verteile|vergib|lance[rz]?|lanza[rd]?|lançar|démarre[rz]?|déploye[rz]?|utilise[rz]?"
    r"|ejecut[ae]r?|execut[ae]r?|inici[ae]r?|despliega|distribu(?:ye|a|ir)|crie|crea|chạy|khởi (?:động|chạy)|giao"
    r"|запус(?:ти|кай|тите|тить)|распредели)"
)

_TELLS = regex(
    rf"(?:启动|啟動|并行|並行|派发|分派|派出|拉起|开启|部署|调度|使用|分配给|分配給)[^。\n]{{0,24}}?{_AGENTS_CJK}"
    rf"|{_AGENTS_CJK}[^。.\n]{{0,16}}?(?:并行|並行|並列|同時に|병렬|동시에|起動|실행)"
    rf"|(?:並列|병렬|동시에)[^。.\n]{{0,16}}?{_AGENTS_CJK}"
    rf"|(?<!\w){_STARTS}[ \t][^.\n]{{0,40}}?{_AGENTS}(?!\w)",
    re.IGNORECASE,
)
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "二 两 兩 zwei deux dos dois hai два",
            "三 drei trois tres três ba три",
            "四 vier quatre cuatro quatro bốn четыре",
            "五 fünf cinq cinco năm пять",
            "六 sechs six seis sáu шесть",
            "七 sieben sept siete sete bảy семь",
            "八 acht huit ocho oito tám восемь",
        ),
        start=2,
    )
    for word in words.split()
}
_N = rf"(?P<{{}}>\d{{{{1,3}}}}|{'|'.join(_NUMBER_WORDS)})"
_COUNT = regex(
    rf"{_N.format('a')}[ \t]?(?:个|個|名|つの|개의?)[ \t]?(?:[^\s。，,.\d]{{0,4}}[ \t]?)?{_AGENTS_CJK}"
    rf"|{_AGENTS_CJK}[ \t]?(?:を|を[ \t])?{_N.format('b')}[ \t]?(?:个|個|つ|개|体|名)"
    rf"|(?<!\w){_N.format('c')}[ \t](?:\w{{1,14}}[ \t]){{0,2}}?{_AGENTS}(?!\w)",
    re.IGNORECASE,
)


def tells_to_start(text: str) -> bool:
    """Whether a text in another language tells to start agents or to give them work: "启动 3 个子 Agent"."""
    return _TELLS.search(text) is not None


def count_of(text: str) -> tuple[int, int, int] | None:
    """How many agents such a text names, and where: the number, start and end."""
    for match in _COUNT.finditer(text):
        written = (match.group("a") or match.group("b") or match.group("c")).lower()
        value = int(written) if written.isdecimal() else _NUMBER_WORDS[written]
        if value >= 2:
            return value, match.start(), match.end()
    return None

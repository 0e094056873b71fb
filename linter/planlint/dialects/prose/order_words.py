"""What running text says about running at the same time or one after another."""

from __future__ import annotations

import re

from planlint.source.regex import regex

_PARALLEL = regex(
    r"\b(?:in parallel|parallel(?:ly|i[sz]ed?|i[sz]e)?|simultaneous(?:ly)?|concurrent(?:ly)?|at the same time|at once"
    r"|(?:in )?(?:a |one |the same )?single (?:message|"
    r"response|turn|batch)|in one (?:message|response|turn)|in the same (?:message|response|turn|wave)"
    r"|en parallèle|simultanément|en paralelo|em paralelo|simultáneamente|simultaneamente"
    r"|gleichzeitig|nebeneinander|song song|đồng thời|параллельно|одновременно)\b"
    r"|(?<![不非])(?<!不[能可要])(?<!无法)(?:并行|並行|並列|同时进行|同時に実行|병렬)(?!に実行しない|し?できない|不可)",
    re.IGNORECASE,
)
_SERIAL = regex(
    r"\b(?:sequential(?:ly)?|in (?:this |the |listed |given |strict )?(?:order|sequence)|one (?:after another"
    r"|after the other|at a time|by one)|serially|in series|nacheinander|séquentiel(?:lement)?|se[cq]uencial(?:mente)?"
    r"|tuần tự|lần lượt|последовательно|по очереди)\b"
    r"|串行|依次|按顺序|逐次|順番に|순차",
    re.IGNORECASE,
)
_NOT = regex(
    r"\b(?:not|never|no|n't|n’t|cannot|don'?t|avoid|without|instead of|rather than|than|unless"
    r"|isn'?t)\b(?:(?!\b(?:so|hence|therefore|thus|and (?:can|may|could))\b)[^.;\n]){0,40}\Z",
    re.IGNORECASE,
)
"""A denial, up to a conclusion: "they have no dependency, so they run in parallel"."""


def stated_order(text: str) -> str | None:
    """`parallel`, `serial`, `both`, or None: what `text` says about running at the same time; denials do not count."""
    parallel = any(
        not _NOT.search(text[max(0, found.start() - 60) : found.start()]) for found in _PARALLEL.finditer(text)
    )
    serial = any(not _NOT.search(text[max(0, found.start() - 60) : found.start()]) for found in _SERIAL.finditer(text))
    if parallel and serial:
        return "both"
    return "parallel" if parallel else "serial" if serial else None

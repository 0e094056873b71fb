"""Whether a task builds, or only looks at what others made, by the words of its title and brief.

Two questions with one vocabulary. `only_looks` is asked of tasks with fields of their own for files, titles and briefs,
where "Check" or "Ensure" may well tell to build. `begins_with_check` is asked of lists and plans for people, whose
last items are the checks ("Run the tests", "Checkpoint"), of tasks that name no file to write.
"""

from __future__ import annotations

import re

from planlint.source.regex import regex

AUDITED = (
    *("log", "logs", "logging", "trail", "trails", "event", "events", "entry", "entries"),
    *("record", "records", "table", "tables", "history"),
)
"""Behind "audit" they make it part of the name of a thing that has to be made: "audit log", "audit trail"."""

AUDIT = rf"audit(?![ -]+(?:{'|'.join(AUDITED)})\b)"
"""A pattern for the verb."""

LOOKING = rf"review|{AUDIT}|validate|verify"
"""Verbs of a task that looks at what is there, wherever they open a title."""

STUDYING = "research|investigate|explore|analy[sz]e"
"""Verbs of a task that finds out."""

_LOOKS = regex(
    r"\W{0,4}(?:(?:qa|quality assurance)\W{1,3})?(?:(?:cross|code|final|peer|security|quality)[ -])?"
    rf"(?:(?:{LOOKING}|inspect|critique)\b|(?:validation|validator|verification)\b"
    r"(?![ -]+(?:scripts?|tools?|pages?|screens?|forms?|components?|services?|modules?|endpoints?|functions?"
    r"|helpers?|library|framework|harness|engine|schemas?|middleware|layer|logic|rules|pipeline|command|model|daemon)\b)"
    r"|run (?:the |all )?(?:full |whole |entire |complete )?(?:test suite|(?:integration |e2e |end-to-end )?tests)\b)",
)
"""Not what is named after it and has to be made: "validation script", "verification service"."""

_CHECKS = rf"run|{LOOKING}|check|confirm|ensure|manually test|smoke[- ]test|checkpoint"
_CHECKS_BEGIN = regex(
    rf"(?:final |full |manual |end-to-end )?(?:{_CHECKS})\b"
    r"|(?:(?:final|full|full-suite|end-to-end|manual|build|test|grep)[ ]+){0,3}"
    r"(?:verification|validation|checks|reviews?|test run)\b"
    r"(?=[ ]*(?:\Z|[^\w\s-]|(?:of|on|for|and|with|against|across|via|using|that|in|by)\b))"
    r"|(?:検証|确认|確認|檢查|检查|验证|驗證|(?:최종 |통합 )?검증)\b"
    r"|检查点|檢查點|チェックポイント|체크포인트",
    re.IGNORECASE,
)
"""A noun only where it is the whole of the name: "Verification status page" is a thing to make."""
_BUILDS = regex(
    r"\b(?:create|implement|build|add|write|update|edit|modify|fix|refactor|migrate|generate|own|owns)\b", re.IGNORECASE
)


def builds(text: str) -> bool:
    """Whether a text tells to make or change something."""
    return _BUILDS.search(text) is not None


def only_looks(title: str, brief: str = "") -> bool:
    """Whether a task without files to write looks at what is there: `Review all handlers`, told to change nothing."""
    return _LOOKS.match(title.lower()) is not None and not builds(brief)


def begins_with_check(title: str) -> bool:
    """Whether an item of a list begins like one that only checks: "Verify", "Run", "Checkpoint", "Final validation"."""
    return _CHECKS_BEGIN.match(title) is not None

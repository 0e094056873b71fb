"""Sentences that name an area of the product and nothing else: "handle the frontend"."""

from __future__ import annotations

import re

from planlint.source.regex import regex

_STOPS = ".!\u3002\uff01"
_VERB = (
    r"(?:(?:please\s+)?(?:handle|build|do|make|implement|create|develop|write|code|set\s+up|work\s+on|take\s+care\s+of|"
    r"deal\s+with|look\s+after|be\s+responsible\s+for|finish|complete|improve|fix|add|update|polish|clean\s+up|manage)\s+)"
)
_DETERMINER = (
    r"(?:(?:all|of|the|a|an|our|your|its|whole|entire|full|complete|basic|main|new|necessary|needed|required|remaining|"
    r"rest|other|related|corresponding|appropriate)\s+)*"
)
_AREA = (
    r"(?:front[- ]?end|back[- ]?end|client(?:[- ]side)?|server(?:[- ]side)?|user\s+interface|ui(?:/ux)?|ux|gui|"
    r"(?:rest\s+)?apis?|database|db|data\s+layer|business\s+logic|logic|infrastructure|infra|devops|styling|styles|design|(?:unit\s+)?tests?|"
    r"testing|test\s+suite|documentation|docs|app|application|web\s?site|product|project|feature|features|functionality|"
    r"integration|everything(?:\s+else)?|rest|work|stuff|code|code\s?base|system|components?|pages?|screens?|endpoints?|"
    r"services?|models?|middleware|deployment|performance|security|code\s+quality|quality|reliability|robustness|accessibility)"
)
_PART = r"(?:\s+(?:part|parts|side|layer|work|stuff|code|things|pieces|section|portion|bits))?"
_MORE = rf"(?:\s*(?:,|&|/|and|with)\s*(?:and\s+)?{_DETERMINER}{_AREA}{_PART})*"
_SUBJECT = (
    r"(?:(?!(?:add|fix|use|move|remove|rename|replace|with|for|from|into|to|and|or|in|of|on)\s)[A-Za-z][a-z]+\s+){1,2}"
)
_TAIL = r"(?:\s+(?:for|of|in)\s+(?:[a-z][a-z'-]*\s*){1,5})?"
_VAGUE = regex(
    rf"{_VERB}?{_DETERMINER}(?:{_AREA}\s+)?{_AREA}{_PART}{_MORE}{_TAIL}"
    r"(?:\s+(?:(?:as|where|if|when|wherever)\s+(?:needed|necessary|possible|required|appropriate)|properly|well|completely|"
    r"end[- ]to[- ]end))?",
    re.IGNORECASE,
)
_SUBJECT_ONLY = regex(rf"{_VERB}?{_DETERMINER}{_SUBJECT}{_AREA}{_PART}", re.IGNORECASE)
"""A title that names a subject and an area ("Settings UI"), where nothing else is said at all."""
_GERMAN_AREA = (
    r"(?:das\s+|den\s+|die\s+|der\s+|dem\s+)?(?:ganze[nrs]?\s+|gesamte[nrs]?\s+|komplette[nrs]?\s+)?"
    r"(?:Front[- ]?end|Back[- ]?end|"
    r"Oberfläche|Benutzeroberfläche|UI|API|Schnittstellen?|Datenbank|Tests?|Dokumentation|Logik|Infrastruktur|Design|Rest|Deployment)"
    r"(?:\s+(?:für|der|des|von)\s+(?:\w+\s*){1,3})?"
)
_VAGUE_GERMAN = regex(
    rf"(?:(?:kümmere?\s+dich\s+um|um)\s+{_GERMAN_AREA}(?:\s+kümmern)?"
    rf"|{_GERMAN_AREA}\s+(?:machen|bauen|umsetzen|implementieren|erstellen|entwickeln|schreiben|verbessern|fertigstellen|übernehmen)"
    rf"|(?:baue?|mache?|erstelle|entwickle|implementiere|übernimm|schreibe?)\s+{_GERMAN_AREA})",
    re.IGNORECASE,
)
_VAGUE_CHINESE = regex(
    r"(?:请)?(?:处理|负责|完成|实现|开发|搭建|构建|编写|做|优化|改进|完善)"
    r"(?:所有|整个|全部|相关)?(?:的)?(?:[^\s`/.]{0,6}?的)?"
    r"(?:前端|后端|界面|UI|数据库|测试|文档|API|接口|功能|性能|系统|项目|代码|业务逻辑|部署)"
    r"(?:部分|工作|代码|功能|开发|相关)*"
)
_VAGUE_JAPANESE = regex(
    r"(?:バックエンド|フロントエンド|UI|画面|API|データベース|テスト|ドキュメント|インフラ)"
    r"(?:部分|側|全体|周り)?(?:を|の)(?:実装|作成|開発|構築|対応|改善)(?:する|してください|して)?"
)
_LONGEST = 100
"""Characters of a brief that can still be vague: the pattern is not tried on longer ones."""


def is_vague(text: str) -> bool:
    """Whether `text` is one sentence that names nothing but an area."""
    sentence = text.strip().rstrip(_STOPS)
    if len(sentence) > _LONGEST or "\n" in sentence or ". " in sentence:
        return False
    return any(pattern.fullmatch(sentence) for pattern in (_VAGUE, _VAGUE_GERMAN, _VAGUE_CHINESE, _VAGUE_JAPANESE))


def is_bare_subject(text: str) -> bool:
    """Whether `text` is only a subject and an area, as titles are: "Settings UI"."""
    sentence = text.strip().rstrip(_STOPS)
    return len(sentence) <= _LONGEST and _SUBJECT_ONLY.fullmatch(sentence) is not None

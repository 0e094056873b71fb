"""The parts of a plan that stand below Markdown headings instead of in tags.

GSD for Antigravity writes `## Objective` and `## Context` around `<task>` tags. Plans that a model wrote without the
template at hand have no tags at all: `### Task 2: Login`, and below it `**Files:**`, `**Action:**`, `**Verify:**`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.gsd.tags import Body, Element
from planlint.source import Span

_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<title>\S[^\n]*)", re.MULTILINE)
STEP_LEAD = re.compile(
    r"\W*(?:Task|Step|Tarefa|Tarea|Tâche|Aufgabe|Задача|任务|任務|タスク|작업|태스크)"
    r"(?:[ \t]*\d[\w.]{0,7}|[ \t]+(?-i:[A-Z])(?!\w))[ \t]*[:：.—–-]*[ \t]*",
    re.IGNORECASE,
)
"""What the heading of a step begins with: `Task 3:`, `Tarefa 3 —`, `任务 3：`."""

_PARTS = {
    "objective": "objective|goal|purpose|objetivo|objectif|ziel|цель|目标|目標|目的|목표",
    "context": "context|required reading|read first|references|contexto|contexte|kontext|контекст|上下文|背景|컨텍스트",
    "verification": "verification|verificação|verificación|vérification|verifikation|проверка|验证|驗證|検証|검증",
    "success_criteria": "success criteria|acceptance criteria|done when|critérios de sucesso|criterios de éxito|"
    "erfolgskriterien|критерии успеха|成功标准|成功標準|成功基準|성공 기준",
}
"""Sections of a plan to the tags that they stand for."""

_LABELS = {
    "files": "files?(?: (?:modified|changed|affected|touched|to (?:create|modify|change|touch)))?|arquivos|archivos|"
    "fichiers|dateien|файлы|文件|檔案|ファイル|파일",
    "read_first": "read(?: first)?|references?|ler primeiro|leer primero|先读|先讀",
    "action": "actions?|steps?|implementation|what to do|do|ação|ações|passos|acción|acciones|pasos|étapes|schritte|"
    "действия?|шаги|操作|步骤|步驟|手順|작업|단계",
    "verify": "verify|verification|verificar|verificação|verificación|vérifier|prüfen|проверка|验证|驗證|検証|검증",
    "done": "done(?: when)?|acceptance(?: criteria)?|success criteria|concluído|hecho|terminé|fertig|готово|完成|完了|"
    "완료",
}
"""Labels below the heading of a step to the tags that they stand for."""


def _names(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{spellings})" for name, spellings in words.items()), re.IGNORECASE)


_PART = _names(_PARTS)
_LABEL = _names(_LABELS)
_LABEL_LINE = re.compile(
    r"^[ \t]*(?:[-*+][ \t]+)?(?:"
    r"(?:\*\*|__)(?P<bold>[^*_\n:：]{2,40}?)[ \t]*(?:[:：][ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*(?:[:：]|$))"
    r"|#{2,6}[ \t]+(?P<heading>[^\n:：]{2,40}?)[ \t]*[:：]?[ \t]*$"
    r"|(?P<plain>Files|Action|Verify|Done)[:：])",
    re.MULTILINE,
)


class _Heading(NamedTuple):
    level: int
    title: str
    span: Span
    """The whole line."""
    title_start: int


def section_of(title: str) -> str | None:
    """The tag that a section called `title` stands for; None for any other heading."""
    match = _PART.match(title)
    rest = title[match.end() :].strip(" \t*#:：") if match is not None else ""
    return match.lastgroup if match is not None and (not rest or rest.startswith("(")) else None


def add_sections(body: Body, text: str, start: int) -> None:
    """Add to the tags of `body` what stands below headings: parts of the plan, and steps where no tag holds one."""
    headings = list(_headings(body, text, start))
    tags = [child.start for child in body.root.children]
    steps = not body.tasks
    found: list[Element] = []
    for number, heading in enumerate(headings):
        is_step = steps and heading.level > 1 and STEP_LEAD.match(heading.title) is not None
        name = "task" if is_step else section_of(heading.title)
        if name is None or (found and heading.span.start < found[-1].end):
            continue
        end = next((one.span.start for one in headings[number + 1 :] if one.level <= heading.level), len(text))
        if not is_step:
            end = min(end, next(iter(tags[bisect_left(tags, heading.span.end) :]), end))
        element = Element(name, {}, heading.span.start, Span(heading.span.end, end), end, section=True)
        if is_step:
            _fill(element, heading, body, text)
        found.append(element)
    body.root.children = sorted([*body.root.children, *found], key=lambda child: child.start)


def _headings(body: Body, text: str, start: int) -> Iterator[_Heading]:
    """The headings outside of code, comments and tags."""
    closed = sorted([*body.hidden, *(Span(child.start, child.end) for child in body.root.children)])
    at = 0
    for match in _HEADING.finditer(text, start):
        while at < len(closed) and closed[at].end <= match.start():
            at += 1
        if at == len(closed) or match.start() < closed[at].start:
            yield _Heading(len(match["marks"]), match["title"].strip(), Span(*match.span()), match.start("title"))


def _fill(step: Element, heading: _Heading, body: Body, text: str) -> None:
    """The name of a step, and what its labels hold; what no label holds is its action."""
    lead = STEP_LEAD.match(text, heading.title_start, heading.span.end)
    name = Span(lead.end() if lead is not None else heading.title_start, heading.span.end)
    step.children.append(Element("name", {}, heading.span.start, name, heading.span.end, section=True))
    label, label_start, content = "action", step.content.start, step.content.start
    for visible in body.visible(step):
        for match in _LABEL_LINE.finditer(text, *visible):
            found = _LABEL.fullmatch((match["bold"] or match["heading"] or match["plain"]).partition("(")[0].strip())
            if found is None or found.lastgroup is None:
                continue
            _close(step, label, label_start, Span(content, match.start()), text)
            label, label_start, content = found.lastgroup, match.start(), match.end()
    _close(step, label, label_start, Span(content, step.content.end), text)


def _close(step: Element, name: str, start: int, content: Span, text: str) -> None:
    if text[slice(*content)].strip():
        step.children.append(Element(name, {}, start, content, content.end, section=True))

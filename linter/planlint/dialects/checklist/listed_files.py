"""Lines below an item that name files and nothing else: "Files: `a.py`", "Created: `b.py`", bullets below such a line.

Such lines have no verb of their own. What is done to the files says the label in front of them, or the line they are
listed below: a bullet that ends in a colon ("Delete these scripts:"), or the item's own ("Delete the old scripts").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.checklist.items import CheckItem
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import Placing, entries_in, mode_of_lead
from planlint.dialects.path_lists import only_paths
from planlint.dialects.prose import PathContext
from planlint.dialects.prose.predicates import MODES
from planlint.dialects.prose.verbs import CJK_AFTER, CJK_BEFORE, PAST, Role, english_verbs
from planlint.model import Mode
from planlint.readers.prose import Prose
from planlint.source.regex import regex

_DONE = r"created|added|modified|changed|updated|deleted|removed"
_FIELD = regex(
    r"[\s*_]*(?:(?P<declared>(?:(?:new|modified|changed|affected|target|test|output|created|updated|deleted|removed) )?"
    rf"files?(?: paths?| (?:to (?:be )?[a-z/ ]{{3,20}}|touched|affected|{_DONE}))?"
    r"|(?:新增|新建|修改|目标|目標|涉及|测试|測試)?(?:文件|檔案)|(?:対象|変更|テスト)?ファイル|(?:테스트 )?파일)"
    rf"|(?P<told>{_DONE})|location)[\s*_]*(?:\([^()\n]{{0,40}}\))?[\s*_]*[:：]",
    re.IGNORECASE,
)
"""A label that files stand behind. `told`: what was done, written down afterwards ("CREATED (2026-01-09):")."""

_PLACE = regex(r"\b(?:in|into|from|to|across|throughout|of|for|at|under|inside|within)\b")
"""The files of such a line are the place of the work, not its object."""

_ONLY_SEEN = regex(
    r"[`\"'*)\s]*(?:[—–:-]|\()\s*(?:see|for|reference|existing|already|unchanged|no |keep|read|verify|check|not )",
    re.IGNORECASE,
)
"""A remark behind a path that takes it out of the list."""

_FIRST = {form: role for role, forms in CJK_BEFORE.items() for form in forms.split()}
_LAST = {form: role for table in (CJK_BEFORE, CJK_AFTER) for role, forms in table.items() for form in forms.split()}
"""Verbs in front of a line, and at the end of one."""

_KANA_OR_HANGUL = regex(r"[ぁ-ヿ가-힣]")
"""What Chinese never holds."""


@cache
def _first_word() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_FIRST, key=len, reverse=True)))


@cache
def _last_word() -> re.Pattern[str]:
    forms = "|".join(sorted(_LAST, key=len, reverse=True))
    return re.compile(rf"({forms})(?:する|します|하기|한다)?[ \t]*(?:[（(][^()（）\n]{{0,40}}[)）])?[ \t]*\Z")


class _Lead(NamedTuple):
    mode: Mode
    evidence: Evidence


def add_listed_files(task: TaskDraft, item: CheckItem, placing: Placing, context: PathContext | None) -> None:
    """Add the files that lines below `item` list, as written by the task in the way the line above them says."""
    for lead, line in _lines(item):
        for entry in entries_in(line, context, lead.mode):
            path = placing.path(entry, task.index)
            if path is None or _ONLY_SEEN.match(line.text, line.text.find(entry.path) + len(entry.path)):
                continue
            known = [scope.evidence.rank for scope in task.writes if scope.path == path]
            if known and min(known) <= lead.evidence.rank:
                continue  # a sentence says as firmly what is done
            if entry.mode is Mode.READ:
                task.read(path, entry.origin, note=entry.note)
                continue
            task.writes = [scope for scope in task.writes if scope.path != path]
            task.reads = [scope for scope in task.reads if scope.path != path]
            task.write(path, entry.origin, entry.mode, evidence=lead.evidence, weak=entry.weak, note=entry.note)


def _lines(item: CheckItem) -> Iterator[tuple[_Lead, Prose]]:
    for detail in item.details:
        field = _FIELD.match(detail.text)
        if field is not None and detail.text[field.end() :].strip():
            yield _lead_of_field(field), detail
    for above, bullet in item.listed:
        if _FIELD.match(bullet.text) is None and only_paths(bullet):
            lead = _lead_of(above if above is not None else item.title, own=above is None)
            if lead is not None:
                yield lead, bullet


def _lead_of(above: Prose, *, own: bool) -> _Lead | None:
    """What a line says of the paths listed below it. `own`: the item's own line, which may also do without a colon."""
    text = above.text.strip().strip("*_ ")
    if (field := _FIELD.fullmatch(text)) is not None:
        return _lead_of_field(field)
    colon = text.endswith((":", "："))
    if not (colon or own):
        return None
    word = text.partition(" ")[0].lower()
    role = english_verbs().get(word) or PAST.get(word) or _east_asian_role(text.rstrip(":："))
    mode = MODES.get(role) if role is not None else None
    if mode is None:
        return None
    if _PLACE.search(text):  # "Remove the flag from these files:", "Create tests for:"
        mode = {Mode.DELETE: Mode.MODIFY, Mode.CREATE: Mode.WRITE}.get(mode, mode)
    return _Lead(mode, Evidence.STATED if colon and word not in PAST else Evidence.INFERRED)


def _east_asian_role(text: str) -> Role | None:
    """What a Chinese line asks for in front ("实现登录"), a Japanese or Korean one at its end ("画面の実装")."""
    first = _first_word().match(text) if _KANA_OR_HANGUL.search(text) is None else None
    if first is not None:
        return _FIRST[first[0]]
    last = _last_word().search(text)
    return _LAST[last[1]] if last is not None else None


def _lead_of_field(field: re.Match[str]) -> _Lead:
    return _Lead(mode_of_lead(field.group().strip()), Evidence.STATED if field["declared"] else Evidence.INFERRED)

"""The remark beside a path that says what happens to the file: `(new)`, `— DELETED`, `NEW:`."""

from __future__ import annotations

import re

from planlint.readers.prose import Prose
from planlint.source.regex import regex

_ANNOTATION = regex(
    r"[ \t]?(?:\(([^()\n]{1,200})\)|（([^（）\n]{1,200})）|\[([^\[\]\n]{1,60})\])|[ \t]+[—–-][ \t]+(NEW|"
    r"MODIFIED|DELETED)\b"
)

_ANNOTATION_WORDS = regex(
    r"(?:\W*)(?:(?:brand[- ])?new\b|create[ds]?\b|creat(?:e|ing)\b|modif(?:y|ied|ies|ication)s?\b|"
    r"modify\b|mod\b|update[ds]?\b|edit(?:ed|s)?\b|extend(?:ed|s)?\b|"
    r"change[ds]?\b|delete[ds]?\b|remove[ds]?\b|rename[ds]?\b|read[- ]?only\b|read\b|reference\b|"
    r"(?:verify|check|confirm)(?: (?:that )?(?:it )?(?:exists|only))?\W*\Z|"
    r"existing\b|unchanged\b|no changes?\b|rewrite\b|refactor(?:ed)?\b|"
    r"add(?:ed)?\b|deprecat|optional\b|if needed\b|already exists|do not (?:modify|edit|touch|"
    r"change)|new file\b|lines? \d|only if\b|generated\b|"
    r"新增|新建|新|修改|更新|删除|刪除|只读|唯讀|参考|參考|既存|既有|新規|変更|削除|参照|추가|신규|수정|삭제|참고|nuevo|nouveau|neu\b|"
    r"novo|読み取り|確認のみ|읽기|solo lectura|somente leitura|lecture seule)",
    re.IGNORECASE,
)

_OPERATIONS = regex(r"[A-Za-z]+(?:/[A-Za-z]+){2,}\b")
"""What the code of a file can do, `(create/update/delete)`."""

_IN_THE_FILE = regex(r"(?:delete|remove|create)[ \t]+", re.IGNORECASE)

_NEW_BEFORE = regex(r"(?:\bNEW(?: FILE)?:[ \t]*|\(new\)[ \t]*|\[NEW\][ \t]*|新增[:：][ \t]*)\Z", re.IGNORECASE)


def annotation_of(prose: Prose, start: int, end: int) -> str | None:
    """The remark on the path at `prose.text[start:end]`, without brackets; None where there is none."""
    text = prose.text
    if _NEW_BEFORE.search(text, max(0, start - 14), start):
        return "NEW"
    match = _ANNOTATION.match(text, end)
    if match is None:
        return None
    number = match.lastindex or 1
    remark = match.group(number).strip()
    if prose.source.text[prose.offset(match.start(number)) - 1 : prose.offset(match.start(number))] == "`":
        return None  # "x.ts (`create` and `updateHeader`)" names functions
    if _OPERATIONS.match(remark) or _on_code(prose, match.start(number), remark):
        return None
    return remark if _ANNOTATION_WORDS.match(remark) else None


def _on_code(prose: Prose, start: int, remark: str) -> bool:
    """Whether a remark says what is made or taken away inside of the file: "(delete `old`, add `new`)"."""
    verb = _IN_THE_FILE.match(remark)
    if verb is None:
        return False
    behind = prose.offset(start + verb.end())
    return "`" in prose.source.text[behind - 1 : behind + 1]

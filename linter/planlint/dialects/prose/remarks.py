"""What stands right beside a path: the remark in brackets behind it."""

from __future__ import annotations

import re

from planlint.model import Mode
from planlint.source.regex import regex

_NEW = (
    r"\W*(?:brand[- ])?new\b(?! test\b(?! (?:file|module|suite)))"
    r"(?! (?:[\w-]{1,30} ){0,2}(?:logic|functions?|methods?|tests|cases?|fields?|exports?|columns?|"
    r"sections?|class|classes|branch|steps?|parameters?|arguments?|options?|entry|entries|lines?|keys?|imports?|"
    r"constants?|commands?|tables?|query|queries|variables?|buttons?)\b(?! file))"
)
"""New, but not only something new inside of the file: "new tests", "new logic after line 40"."""

_REMARKS = (
    (
        regex(
            r"read[- ]?only|^\W*read\b|^\W*(?:verify|check|confirm)(?: (?:that )?(?:it )?(?:exists|only))?\W*$|"
            r"reference|unchanged|no changes?|(?<!if )(?<!if it )(?<!not )exists|do not|"
            r"(?<!modify )(?<!update )(?<!extend )(?<!edit )(?<!enhance )existing$|^\W*existing(?: \w+){1,2}\W*$|"
            r"参考|參考|参照|只读|唯讀|読み取り|確認のみ|참고|읽기|solo lectura|somente leitura|lecture seule|"
            r"既存$|既有$|現有$|现有$",
            re.IGNORECASE,
        ),
        Mode.READ,
    ),
    (
        regex(
            _NEW + r"|\W*(?:creat|新增|新建|新規|추가|신규|nuevo|nouveau|neu\b|novo|新$)",
            re.IGNORECASE,
        ),
        Mode.CREATE,
    ),
    (regex(r"\W*(?:delete|remove|删除|刪除|削除|삭제)", re.IGNORECASE), Mode.DELETE),
    (
        regex(
            r"\W*(?:modif|mod\b|update|edit|extend|change|rewrite|refactor|rename|修改|更新|変更|수정)", re.IGNORECASE
        ),
        Mode.MODIFY,
    ),
)


LEFT_AS_IT_IS = regex(
    r"[`\"')]*[ \t]*(?:[—–:-]|[(（])[ \t]*(?:no (?:code |further |other )?(?:changes?|edits?|modifications?|updates?)"
    r"(?: (?:is |are )?(?:needed|required|expected|necessary))?"
    r"|(?:stays? |remains? |left )?(?:unchanged|untouched|as[- ]is)|read[- ]only|(?:for )?reference only)"
    r"[ \t]*(?:[.,;)）—–]|\Z|\n)",
    re.IGNORECASE,
)
"""Behind a path: "— no change needed", "(unchanged)"."""

_BY_OTHERS = regex(
    r"\W*(?:(?:just |newly |already |first )?(?:created|added|introduced|written|built|modified|updated|extended|"
    r"changed|edited|deleted|removed|renamed|moved)|new)[ \t]+(?:in|by|during|from|as part of)[ \t]+(?:the[ \t]+)?"
    r"(?:(?:plan|task|phase|step|wave|wp|work package|issue|pr|subtask|item|story|milestone|epic|spec|feature)s?"
    r"[ \t#-]{0,2}\d|#\d"
    r"|(?-i:[A-Z]{1,3})\d|\d{1,3}(?:\.\d{1,3})?-\d|(?:stream|agent|worker|lane|track|group)[ \t]+(?-i:[A-Z])\b"
    r"|(?:previous|earlier|prior|preceding|other|another)[ \t]+(?:plan|task|phase|step|wave|package|work package)s?\b)",
    re.IGNORECASE,
)
""" "(created in 14-01)", "(new from Task 3)": what another task does to the file, which this one only finds there."""


def mode_of_remark(remark: str | None) -> Mode | None:
    """The mode that a remark in brackets after a path gives: `(new)`, `(modify, lines 3-9)`, `(read-only)`."""
    if remark is None or _NEW_ONE.match(remark) or _BY_OTHERS.match(remark):
        return None
    for pattern, mode in _REMARKS:
        if (pattern.search if mode is Mode.READ else pattern.match)(remark):
            cites = mode is Mode.READ and _CITES.search(remark) is not None
            return None if cites else mode
    return None


def says_new(text: str, end: int) -> bool:
    """Whether a colon or dash behind a path that ends at `end` says that it is new: "`src/a.ts`: new module"."""
    return _SAYS_NEW.match(text, end) is not None


_SAYS_NEW = regex(r"[`\"'*)]{0,4}[ \t]*(?::|—|–|-)[ \t]+(?:an?[ \t]+)?(?=new\b)" + _NEW, re.IGNORECASE)


def says_existing(remark: str | None) -> bool:
    """Whether a remark says no more than that the file is there."""
    return remark is not None and _EXISTING.fullmatch(remark) is not None


_EXISTING = regex(r"\W*(?:already )?(?:existing|exists)\W*|既存|既有|現有|现有", re.IGNORECASE)

_CITES = regex(r"/|\w\.[a-z]{1,5}\b")
"""A remark that names another file ("(reference: docs/a.md)") is about that one."""

_NEW_ONE = regex(
    r"\W*(?:new|create|add)(?:[ ]test)?(?:[ ]file)?(?:[ ]+`?[\w.-]+/|[ :]+`?(?:[\w.-]+/){0,9}[\w.-]+\.[a-z]{1,5}\b)",
    re.IGNORECASE,
)
""" "tests for `a.py` (new file `test_a.py`)": the other one is new; not "(new: read/write lock)"."""

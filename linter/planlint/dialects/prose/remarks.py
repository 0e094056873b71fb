"""What stands right beside a path: the remark in brackets behind it, the words before it that cut the file."""

from __future__ import annotations

import re

from planlint.model import Mode
from planlint.source.regex import regex

_LINES = regex(r"(?:lines?|Zeilen?)\s+(\d{1,7}(?:\s?[-–]\s?\d{1,7})?)\s+(?:of|in|von)\s+(?:the\s+)?`?\Z", re.IGNORECASE)

_MEMBER = regex(
    r"(?:the\s+)(\w[\w.]{0,60})(?:\(\))?\s+(function|method|class|section|component|hook|struct|"
    r"interface|enum|trait|table|block|"
    r"handler)\s+(?:of|in|inside|within|from)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)

_TITLED = regex(
    r"[\"'“‘`](\w[^\"'”’`\n]{0,40})[\"'”’`]\s+(section|chapter|heading)\s+(?:of|in|from)\s+(?:the\s+)?`?\Z",
    re.IGNORECASE,
)
""" 'the "Installation" section of README.md'"""
_CALLED = regex(
    r"\bonly\s+(?:the\s+)?(function|method|class|section|component|hook|struct|interface|handler)\s+[`\"]?(\w[\w.]{0,60})"
    r"(?:\(\))?[`\"]?\s+(?:of|in|inside|within|from)\s+(?:the\s+)?`?\Z",
    re.IGNORECASE,
)
""" "only the method place() in Orders.java": without "only" it may be something new in the file."""

_NEW = (
    r"\W*(?:brand[- ])?new\b(?! (?:[\w-]{1,30} ){0,2}(?:logic|functions?|methods?|cases?|fields?|exports?|columns?|"
    r"sections?|class|classes|branch|steps?|parameters?|arguments?|options?|entry|entries|lines?|keys?|imports?|"
    r"constants?)\b(?! file))"
)
"""New, but not only something new inside of the file: "new test case", "new logic after line 40"."""

_REMARKS = (
    (
        regex(
            r"read[- ]?only|^\W*read\b|reference|unchanged|no changes?|exists|do not|"
            r"(?<!modify )(?<!update )(?<!extend )(?<!edit )(?<!enhance )existing$|"
            r"参考|參考|参照|只读|唯讀|참고",
            re.IGNORECASE,
        ),
        Mode.READ,
    ),
    (
        regex(_NEW + r"|\W*(?:creat|新增|新建|新規|추가|신규|nuevo|nouveau|neu\b|novo|新$)", re.IGNORECASE),
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


def mode_of_remark(remark: str | None) -> Mode | None:
    """The mode that a remark in brackets after a path gives: `(new)`, `(modify, lines 3-9)`, `(read-only)`."""
    if remark is None:
        return None
    for pattern, mode in _REMARKS:
        if (pattern.search if mode is Mode.READ else pattern.match)(remark):
            cites = mode is Mode.READ and _CITES.search(remark) is not None
            return None if cites else mode
    return None


_CITES = regex(r"/|\w\.[a-z]{1,5}\b")
"""A remark that names another file ("(reference: docs/a.md)") is about that one."""


def cut_of(text: str, start: int) -> str | None:
    """The part of a file that the words before its path at `start` name: "lines 10-40 of", "the login function in"."""
    before = text[max(0, start - 120) : start]
    lines = _LINES.search(before)
    if lines is not None:
        return "lines " + lines.group(1).replace(" ", "").replace("–", "-")
    titled = _TITLED.search(before)
    if titled is not None:
        return f"{titled.group(2).lower()} {titled.group(1)}"
    called = _CALLED.search(before)
    if called is not None:
        return f"{called.group(1).lower()} {called.group(2)}"
    member = _MEMBER.search(before)
    if member is not None and member.group(1).lower() not in ("new", "same", "existing", "main", "test"):
        return f"{member.group(2).lower()} {member.group(1)}"
    return None

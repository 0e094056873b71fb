"""Scratch names: what several agents on one machine share without any plan saying so."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

ScratchKind = Literal["scratch", "port", "database", "container", "branch", "worktree"]


class ScratchMention(NamedTuple):
    """One mention in a text; `name` is the value to compare (`/tmp/out.json`, `3000`, `test_db`)."""

    kind: ScratchKind
    name: str
    start: int
    end: int


_NAMED_FILES = (
    "commit-msg.txt",
    "commit_msg.txt",
    "commit-message.txt",
    "pr-body.txt",
    "pr-body.md",
    "pr_body.md",
    "pr-description.md",
    "scratch.md",
    "scratchpad.md",
)
"""File names that agents make up again and again (anthropics/claude-code#87243 names the first ones)."""

_PATTERNS: tuple[tuple[ScratchKind, str], ...] = (
    ("scratch", r"(?<![\w./-])(?:/private)?/(?:var/)?tmp/[\w.@+-][\w./@+-]{0,200}"),
    ("scratch", r"(?<![\w./-])(?:" + "|".join(re.escape(name) for name in _NAMED_FILES) + r")(?![\w.-]*/)\b"),
    ("port", r"\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(?P<a>\d{2,5})\b"),
    ("port", r"\b(?:on|using|uses?|at) port[ :]{1,3}(?P<b>\d{2,5})\b"),
    ("port", r"(?<![\w-])(?:--port|PORT)[ =](?P<c>\d{4,5})\b"),
    ("database", r"\bcreatedb[ ]+(?P<d>[A-Za-z_][\w-]{1,60})\b"),
    (
        "database",
        r"\b(?i:create|recreate|reset|drop|seed|migrate|truncate)s?[ ]+"
        r"(?:the[ ]+|a[ ]+)?(?:[\w-]{1,20}[ ]+){0,2}database[ ]+"
        r"`?(?P<i>[A-Za-z]\w{0,60}_\w{1,60}|(?<=`)[A-Za-z][\w-]{1,60})\b",
    ),
    (
        "database",
        r"\b(?i:against|into|in|on|from|to)[ ]+(?:the[ ]+|a[ ]+)?(?:[\w-]{1,20}[ ]+)?database[ ]+"
        r"(?:`(?P<k>[A-Za-z][\w-]{1,60})`|(?P<l>[A-Za-z]\w{0,60}_\w{1,60})\b)",
    ),
    (
        "branch",
        r"\b(?i:create|open|push to|switch to|work on|commit to)[ ]+"
        r"(?:the[ ]+|a[ ]+)?(?i:new[ ]+|feature[ ]+|git[ ]+){0,2}branch[ ]+"
        r"`?(?P<j>[A-Za-z][\w.-]{0,40}/[\w./-]{1,100}|(?<=`)[A-Za-z][\w./-]{1,100})",
    ),
    (
        "database",
        r"\b(?:postgres(?:ql)?|mysql|mongodb|redis)(?:\+\w{1,20})?://[^\s/'\"`]{1,120}/(?P<e>[A-Za-z_][\w-]{1,60})\b",
    ),
    ("container", r"\bdocker run\b[^\n|&;]{0,120}?[ ]--name[ =](?P<f>[A-Za-z][\w.-]{1,60})"),
    ("branch", r"\bgit (?:checkout[ ]+-[bB]|switch[ ]+-[cC]|branch)[ ]+(?P<g>[A-Za-z][\w./-]{1,100})"),
    ("worktree", r"\bgit worktree add[ ]+(?:-[bB][ ]+[\w./-]{1,100}[ ]+)?(?P<h>[\w.~/-]{1,150})"),
)


SCRATCH_HINTS = (
    "tmp/", "msg.txt", "message.txt", "r-body", "r_body", "description.md", "scratch", "localhost", "127.0.0.1",
    "0.0.0.0", " port", "PORT", "-port", "createdb", "://", "docker run", "git checkout", "git switch",
    "git branch", "git worktree", "database ", "branch ",
)  # fmt: skip
"""One of these stands in every text that `_PATTERNS` can match; most briefs have none."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<m{number}>{pattern})" for number, (_, pattern) in enumerate(_PATTERNS)))


def scratch_in(text: str) -> list[ScratchMention]:
    """Every scratch name in `text`, in order. A name made unique by a variable (`/tmp/$ID.json`) is none."""
    found: list[ScratchMention] = []
    if not any(hint in text for hint in SCRATCH_HINTS):
        return found
    for match in _pattern().finditer(text):
        kind = next(_PATTERNS[i][0] for i in range(len(_PATTERNS)) if match[f"m{i}"])
        name = next((match[group] for group in "abcdefghijkl" if match[group]), match[0]).rstrip(".,/-")
        following = text[match.end() : match.end() + 1]
        if following in ("$", "{", "<", "%", "*") or (kind == "port" and int(name) > 65535) or not name:
            continue
        start = match.start() + match[0].rfind(name)
        found.append(ScratchMention(kind, name, start, start + len(name)))
    return found

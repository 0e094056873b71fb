"""Command lines that start agents or set up what they share."""

from __future__ import annotations

import re

_COMMAND = re.compile(
    r"[ \t]*(?:\$ )?(?:(?:[A-Z_]{2,60}=[^\s]{0,200}[ \t]+){0,6}+)(?:(?:nohup|env|time|exec|command"
    r"|timeout[ \t]+\d+\w?)[ \t]+)?"
    r"(?:claude(?=[ \t]+(?:-p\b|--print\b|[\"']))|\$\{?CLAUDE_CODE\}?(?=[\s\"']|$)|codex[ \t]+exec\b|gemini[ \t]+-p\b)",
)
_SETTING = re.compile(
    r"[ \t]*(?:\$ )?(?:export[ \t]+|set[ \t]+(?:-x[ \t]+)?|\$env:)?CLAUDE_CODE(?:_TASK_LIST_ID|_\w{1,60})?[ \t]*="
)
_PART = re.compile(
    r"CLAUDE_CODE_TASK_LIST_ID=|\bclaude\b[^\n\"']{0,200}--dangerously-skip-permissions|\$\{?CLAUDE_CODE\}?[ \t]+-p"
    r"|\bclaude[ \t]+-p\b"
)
_QUOTE = re.compile(r"[\"']|\\\n|\n")


def shell_command_at(text: str, begin: int, end: int) -> int | None:
    """Where the command ends that the line `text[begin:end]` begins, when it is one that starts agents; else None.

    Quoted text and a backslash at the end of a line carry it over further lines.
    """
    if not (_COMMAND.match(text, begin, end) or _SETTING.match(text, begin, end) or _PART.search(text, begin, end)):
        return None
    at = begin
    quote: str | None = None
    while True:
        match = _QUOTE.search(text, at)
        if match is None:
            return end if quote is not None else len(text)
        sign = match.group()
        at = match.end()
        if sign in "\"'":
            if text[match.start() - 1 : match.start()] == "\\":
                continue
            if quote is None:
                if sign == "'" and text[match.start() - 1 : match.start()].isalnum():
                    continue
                quote = sign
            elif sign == quote:
                quote = None
        elif sign == "\n" and quote is None:
            return match.start()

"""Command lines that start agents or set up what they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DIALOGUES = r"(?:claude|gemini|cursor-agent|qwen|copilot)"
"""Commands that open a dialogue, and with an option take a prompt and end with it."""
_WITHOUT = r"(?:codex[ \t]+e(?:xec)?|opencode[ \t]+run|droid[ \t]+exec|amp[ \t]+-x)"
"""Commands that take a prompt and end with it."""
_WITH_PROMPT = (
    rf"(?:\b{_DIALOGUES}|\$\{{?CLAUDE_CODE\}}?\"?)(?=[ \t])[^\n\"']{{0,200}}?[ \t](?:-p|--print|--prompt)(?=[ \t=])"
    rf"|\b{_WITHOUT}(?=[ \t])|\baider(?=[ \t])[^\n\"']{{0,200}}?[ \t](?:-m|--message)(?=[ \t=])"
)
_COMMAND = re.compile(
    r"[ \t]*(?:\$ )?(?:(?:[A-Z_]{2,60}=[^\s]{0,200}[ \t]+){0,6}+)(?:(?:nohup|env|time|exec|command"
    r"|timeout[ \t]+\d+\w?)[ \t]+)?"
    r"(?:claude(?=[ \t]+(?:-p\b|--print\b|[\"']))"
    rf"|\$\{{?CLAUDE_CODE\}}?(?=[\s\"']|$)|{_WITH_PROMPT})",
)
_VALUE = r"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[^\s\"']{0,200})"
_SETTING = re.compile(
    r"[ \t]*(?:\$ )?(?:export[ \t]+|set[ \t]+(?:-x[ \t]+)?|\$env:)?CLAUDE_CODE"
    rf"(?:_TASK_LIST_ID[ \t]*=|(?:_\w{{1,60}})?[ \t]*=[ \t]*{_VALUE}[ \t]*(?:[;&#]|\Z))"
)
"""A setting for the sessions to come; in front of another program it is that program's: `CLAUDE_CODE_LOG=1 viewer`."""
_PART = re.compile(
    r"CLAUDE_CODE_TASK_LIST_ID=|\bclaude\b[^\n\"']{0,200}--dangerously-skip-permissions|\$\{?CLAUDE_CODE\}?[ \t]+-p"
    rf"|\b(?:tmux|screen)\b[^\n]{{0,200}}\b(?:{_DIALOGUES}|{_WITHOUT}|codex)[ \t]"
    rf"|\b{_DIALOGUES}\b(?:[ \t]+(?!-p\b)[\w./=:-]{{1,80}}){{0,12}}[ \t]+-p\b|\b{_WITHOUT}[ \t]"
    r"|\b(?:send-keys|type)[ \t][^\n\"']{0,60}[\"']claude[\"']"
)
_INTERACTIVE = re.compile(r"[ \t]*(?:\$ )?claude[ \t]*\Z")
_LIST_ID = "CLAUDE_CODE_TASK_LIST_ID"
"""Sessions that share a task list count even where they are told nothing yet."""
_DETACHED = re.compile(
    r"[ \t]*(?:\$ )?(?:tmux[ \t]+(?:new|new-session|new-window|neww|split-window|send-keys)\b|screen[ \t]+-dm)"
)
"""A terminal of its own for the command: the shell goes on without waiting."""
_DETACHED_PLACE = re.compile(r"[ \t]-c[ \t]+[\"']?(?P<place>[^\s\"']+)")
_STARTS = re.compile(_WITH_PROMPT)
_STARTS_THERE = re.compile(
    rf"\b(?:{_DIALOGUES}|{_WITHOUT}|codex)(?=[ \t])(?:[ \t]+--?[\w-]{{1,40}}(?:[= ][\w./-]{{1,60}})?){{0,6}}"
    r"(?=[ \t]+[\"'])"
)
"""In a terminal of its own an interactive session takes a prompt, too: `claude "Build it"`."""
_GIVEN = re.compile(r"(?:[ \t\\\n]+--?[\w-]{1,40}(?:=[^\s\"']{1,80})?)*[ \t\\\n]+(?=[\"'])")
_GOES_ON = re.compile(r"(?:\d?>&\d?|&>|[^\n;&])*+&(?![&>])")
_GOES_TO = re.compile(r"(?:\b(?:cd|pushd)[ \t]+|[ \t](?:-C|--cd|--cwd|--add-dir)[ =])[\"']?(?P<place>[^\s&;|)\"']+)")
_ADDS_WORKTREE = re.compile(r"\bgit[ \t]+worktree[ \t]+add[ \t]+(?P<given>[^\n;&|]{1,300})")
_WORKTREE_PLACE = re.compile(r"(?:^|/)\.?(?:worktrees?|trees)/", re.IGNORECASE)
_OWN_WORKTREE = re.compile(r"[ \t](?:-w|--worktree)\b")
_FILLED = re.compile(r"(?<!\\)(?:\$[\w({@*]|`)")
_WAIT = re.compile(r"(?:\A|[;&|(]|\bdo\b|\bthen\b)[ \t]*wait(?=[ \t]*(?:\Z|[;)#&|]|[\"$%]|-[fnp]\b|\d))")
_QUOTE = re.compile(r"[\"']|\\\n|\n")


class ShellLaunch(NamedTuple):
    """An agent that a command starts: where its prompt stands, and what it works in."""

    start: int
    end: int
    own_worktree: bool
    elsewhere: bool
    """Nothing is known of its files: it works in another directory, or the shell fills its prompt in."""
    background: bool
    """The shell goes on while it runs: `claude -p "..." &`, `tmux new-session -d 'claude -p "..."'`."""


def worktrees_in(script: str) -> frozenset[str]:
    """The places of the worktrees that a script adds: `../app-a` of `git worktree add -b a ../app-a`."""
    places = set()
    for match in _ADDS_WORKTREE.finditer(script):
        named = False
        for word in match.group("given").split():
            if not (named or word.startswith("-")):
                places.add(word.strip("\"'").rstrip("/"))
                break
            named = word in ("-b", "-B", "--reason")
    return frozenset(places)


def is_worktree(place: str, worktrees: frozenset[str]) -> bool:
    """Whether a directory is a worktree of this repository: one that the script adds, or one kept with others."""
    return place.rstrip("/") in worktrees or _WORKTREE_PLACE.search(place) is not None


def launches_in(
    command: str, worktrees: frozenset[str] = frozenset(), *, detached: bool = False
) -> Iterator[ShellLaunch]:
    """What `command` starts with a prompt that stands in it; `worktrees` are those that its script adds.

    `detached`: it runs in a terminal of its own.
    """
    detached = detached or _DETACHED.match(command) is not None
    begins = _STARTS_THERE if detached else _STARTS
    at = 0
    while (starts := begins.search(command, at)) is not None:
        at = starts.end()
        given = _GIVEN.match(command, at)
        end = _closing(command, given.end()) if given is not None else None
        if given is None or end is None:
            continue
        at = end + 1
        goes_on = _GOES_ON.match(command, at)
        options = command[: given.end()] + (goes_on.group() if goes_on is not None else "")
        going = _GOES_TO.search(options) or (_DETACHED_PLACE.search(options) if detached else None)
        own_worktree = going is not None and is_worktree(going.group("place"), worktrees)
        elsewhere = going is not None and not own_worktree
        filled = command[given.end()] == '"' and _FILLED.search(command, given.end(), end) is not None
        yield ShellLaunch(
            given.end() + 1,
            end,
            own_worktree or _OWN_WORKTREE.search(options) is not None,
            filled or elsewhere,
            detached or goes_on is not None,
        )
        at = goes_on.end() if goes_on is not None else at


def _closing(command: str, at: int) -> int | None:
    """The quote that closes the one at `at`."""
    quote, end = command[at], command.find(command[at], at + 1)
    while end > 0 and quote == '"' and command[end - 1] == "\\":
        end = command.find(quote, end + 1)
    return end if end > 0 else None


_TERMINAL = r"(?:terminal|window|tab|pane|session|shell)"
_OWN_TERMINAL = re.compile(
    rf"\b{_TERMINAL}[ \t]*#?(?:\d{{1,2}}|[A-Z])\b"
    rf"|\b(?:first|second|third|fourth|another|other|new|separate|own)[ \t]+(?:\w+[ \t]+)?{_TERMINAL}\b",
    re.IGNORECASE,
)


def names_terminal(text: str) -> bool:
    """Whether a text says that the commands below run in a terminal of their own: "In window 1:", "# Terminal 2"."""
    return _OWN_TERMINAL.search(text) is not None


def goes_to(line: str) -> str | None:
    """The directory in which the commands after this line run."""
    match = _GOES_TO.match(line) if line.startswith(("cd ", "pushd ")) else None
    return match.group("place") if match is not None else None


def starts_agent(text: str) -> bool:
    """Whether a command in `text` gives an agent its prompt, or a terminal of its own an agent."""
    return _PART.search(text) is not None or _STARTS.search(text) is not None


def waits_in_shell(line: str) -> bool:
    """Whether a line of a shell script waits for what runs in the background: `wait`, `wait -n`, `wait "$pid"`."""
    return "wait" in line and _WAIT.search(line) is not None


def shell_command_at(text: str, begin: int, end: int) -> int | None:
    """Where the command ends that the line `text[begin:end]` begins, when it is one that starts agents; else None.

    Quoted text and a backslash at the end of a line carry it over further lines.
    """
    if not (
        _COMMAND.match(text, begin, end)
        or _SETTING.match(text, begin, end)
        or _PART.search(text, begin, end)
        or (_INTERACTIVE.match(text, begin, end) and _LIST_ID in text)
    ):
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

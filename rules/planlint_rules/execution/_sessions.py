"""Sessions that a script starts from a shell, and the task list that they share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from planlint.model import LaunchScript, Step
from planlint.source import Origin, Source
from planlint.source.regex import regex

LIST_ID = "CLAUDE_CODE_TASK_LIST_ID"
"""The environment variable that makes sessions share a task list (Claude Code, 2026-10)."""

_SETTING = regex(rf"{LIST_ID}\s*=\s*(\\?[\"'])?([^\s\"'\\);,]{{1,200}})")
_SESSION = regex(
    r"(?:(?P<bare>(?<![\w./$=-])(?<!=[\"'])claude)|\$\{?CLAUDE_CODE\}?)(?=[\s\"']|\Z)"
    r"(?![ \t]*(?:mcp|update|config|doctor|plugin|install|agents|--version|--help)\b)"
)
_TARGET = regex(r"(?:-t[ \t]+|--target[= ]|\btype[ \t]+|\bsubmit[ \t]+)[\"']?([\w.:@%$-]{1,60})")
_PROMPT = regex(r"(?:-p|--print)[ \t]+(?P<quote>[\"'])(?P<text>[\s\S]*?)(?<!\\)(?P=quote)")
SHARED_WORDS = regex(
    r"\bTask(?:List|Update|Create|Get)\b|\b(?:shared?|same|common)\b[^\n.]{0,30}\btask[ -]?list\b"
    r"|\btask[ -]?list\b[^\n.]{0,40}\b(?:share|together)"
    r"|\b(?:claim|unclaimed|pending|next|available)\b[^\n.]{0,20}\btasks?\b",
    re.IGNORECASE,
)


class Session(NamedTuple):
    """One session of the agent's command, with the id of the task list that it will see (None: none)."""

    step: Step
    bare: bool
    """Started by the command's own name, not through a variable."""
    prompt: str
    """What it is told, as far as the command says it; else empty."""
    list_id: str | None
    origin: Origin
    id_origin: Origin | None


def sessions(script: LaunchScript) -> Iterator[Session]:
    """The sessions of `script`, in order.

    An `export` counts for what follows it in the same shell: one typed into a terminal pane (`tmux send-keys -t w1`)
    for that pane, any other for the whole script.
    """
    exported: dict[str | None, tuple[str, Origin]] = {}
    for step in script.steps:
        if step.kind != "shell" or step.text is None:
            continue
        text = step.text
        target_match = _TARGET.search(text)
        target = target_match.group(1) if target_match is not None and not text.startswith(("claude", "$")) else None
        if target is None and text.startswith("$") and target_match is not None and "type" in target_match.group():
            target = target_match.group(1)
        command = _SESSION.search(text)
        setting = _SETTING.search(text)
        own: tuple[str, Origin] | None = None
        if setting is not None:
            own = (setting.group(2), step.origin.narrow(setting.start(), setting.end()))
        if command is None:
            if own is not None:
                exported[target] = own
            continue
        if own is not None and re.search(rf"export[ \t]+{LIST_ID}", text[: command.start()]):
            exported[target] = own
        found = own or exported.get(target) or exported.get(None)
        prompt = _PROMPT.search(text, command.end())
        yield Session(
            step,
            command.group("bare") is not None,
            prompt.group("text") if prompt is not None else "",
            found[0] if found is not None else None,
            step.origin.narrow(command.start(), command.end()),
            found[1] if found is not None else None,
        )


def is_variable(value: str) -> bool:
    """Whether an id is left open: `$ID`, `<name>`, `{project}`, `...`."""
    return value.startswith(("$", "<", "{", "[", "%", "...", "…")) or value in ("x", "id", "ID")


@lru_cache(maxsize=32)
def first_match(source: Source, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match of `pattern` in the whole file; remembered, for a file may have a thousand sections."""
    return pattern.search(source.text)

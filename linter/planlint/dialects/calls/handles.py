"""Who keeps the id of a launched agent, told from the code around its call."""

from __future__ import annotations

import re
from collections.abc import Iterator

WORD = re.compile(r"[A-Za-z_$][\w$]*")

_ASSIGNED = re.compile(
    r"\s*(?:(?:const|let|var)\s+)?([\w$.]{1,60}|[\[{(][^\]})=]{1,200}[\]})])(?:\s*:\s*[\w<>\[\]]{1,60})?\s*=(?![=>])\s*"
)
_PUSHED = re.compile(r"([\w$.]{1,60})\.(?:push|append|add|extend)\(\s*(?:await\s*)?\Z")
_PUSH = re.compile(r"\b([\w$]{1,60})\.(?:push|append|add)\(\s*([\w$]{1,60})(?:\.\w{1,30})?\s*\)")
_ALIAS = re.compile(
    r"\s*(?:(?:const|let|var)\s+)?([\w$]{1,60})\s*=\s*([\w$]{1,60})\.(?:id|task_?id|agent_?id|taskId|agentId)\b"
)
_SETS = re.compile(r"\s*(?:(?:const|let|var|set)\s+)?([A-Za-z_$][\w$]{0,60})\s*(?::\s*\w+\s*)?=(?![=>])")


def kept_by(statement: str, *, listed: bool = False) -> str | None:
    """The name that keeps what the call after `statement` gives back; `name[]` for a list of them.

    `listed`: the call stands in a comprehension.
    """
    assigned = _ASSIGNED.match(statement)
    if assigned is not None:
        name = assigned.group(1).strip()
        if name[0] in "[{(":
            first = WORD.search(name)
            return first.group() if first is not None else None
        return f"{name}[]" if listed or statement[assigned.end() :].strip().startswith("[") else name
    pushed = _PUSHED.search(statement)
    if pushed is not None:
        return f"{pushed.group(1)}[]"
    return "return" if statement.split()[:1] in (["return"], ["yield"]) else None


def list_kept_by(statement: str) -> str | None:
    """The list that keeps what the calls inside of `statement`'s brackets give back: `const ids = batch.map(`."""
    kept = _ASSIGNED.match(statement) or _PUSHED.search(statement)
    if kept is not None:
        return f"{kept.group(1)}[]"
    return "return" if "=" not in statement and statement.strip().startswith(("return", "(")) else None


def same_names(line: str) -> Iterator[tuple[str, str]]:
    """Pairs of names that stand for one agent from here on: `ids.push(result.id)`, `task_id = task.id`."""
    for match in _PUSH.finditer(line):
        yield f"{match.group(1)}[]", match.group(2)
    alias = _ALIAS.match(line)
    if alias is not None:
        yield alias.group(2), alias.group(1)


def set_name(line: str) -> tuple[str, int] | None:
    """The name that a line sets, and where its value begins."""
    match = _SETS.match(line)
    return (match.group(1), match.end()) if match is not None else None

"""Names of code that one task defines and a concurrent one uses: "export the class `Money`", "with `Money`"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from planlint.facts.signatures import signatures_in
from planlint.model import Kind, Task
from planlint.rulekit import Facts
from planlint.source import Origin
from planlint.source.regex import regex

_KIND = (
    r"(?:function|class|dataclass|type|interface|hook|component|helper|method|enum|struct|trait|protocol|decorator|"
    r"constant|context|middleware)"
)
_NAME = (
    r"(?:`(?P<quoted>[A-Za-z_]\w{3,60})(?:\(\))?`|(?P<camel>[A-Za-z][a-z0-9]{1,30}(?:[A-Z][a-z0-9]{1,30}){1,6}))(?!\w)"
)
_DEFINES = regex(
    r"(?<!\w)(?i:export|define|introduce|create|add|implement|provide|expose|write|declare)s?(?!\w)"
    r"(?:(?![ ](?i:to|in|on|of|from|for|into|with|by|inside)[ ])[^.\n`:;]){0,40}?"
    rf"[ ](?i:{_KIND})[ ]{_NAME}",
)
"""Who is told to make something new under a name; "add a case to the class `X`" makes no `X`."""
_USES = regex(
    r"(?<!\w)(?:us(?:e|es|ing)|call(?:s|ing)?|import(?:s|ing)?|consum(?:e|es|ing)|extend(?:s|ing)?|wrap(?:s|ping)?|"
    r"with|via|through|by means of|on top of|based on|returns?|accepts?|takes?)[^.\n`;]{0,40}[ `]\Z",
    re.IGNORECASE,
)
_HUMP = regex(r"[a-z0-9][A-Z]")
_WORD = regex(r"\w+")
_HINTS = (
    "export",
    "define",
    "introduce",
    "create",
    "add ",
    "adds ",
    "implement",
    "provide",
    "expose",
    "write",
    "declare",
)
_NEAR = 60
"""Characters before a name in which the word stands that says what is done with it."""


class NamedUse(NamedTuple):
    """`user` is told to use `name` in `place`; `maker` defines it in `made`."""

    user: int
    maker: int
    name: str
    place: Origin
    made: Origin


def named_uses(facts: Facts) -> Iterator[NamedUse]:
    """Uses of a name that exactly one task defines, by concurrent tasks that know no more of it than the name."""
    builders = [task for task in facts.tasks if _holds_name(task.brief) and task.kind is Kind.BUILD]
    makers: dict[str, list[tuple[Task, re.Match[str]]]] = {}
    for task in facts.told.select(builders, *_HINTS) if builders else ():
        if facts.order.concurrent_mask(task.index):
            for match in _DEFINES.finditer(task.brief):
                makers.setdefault(match["quoted"] or match["camel"], []).append((task, match))
    mentions = _mentions(facts, makers.keys())
    for name, found in makers.items():
        maker, match = found[0]
        if any(task is not maker for task, _ in found) or signatures_in(maker.brief):
            continue
        for user in mentions[name]:
            if user is maker or not facts.order.concurrent(user.index, maker.index):
                continue
            at = _used_at(user.brief, name)
            if at is None or signatures_in(user.brief) or facts.contracts.shared(user, maker):
                continue
            yield NamedUse(
                user.index,
                maker.index,
                name,
                _place(user, at, name),
                _place(maker, match.start("quoted" if match["quoted"] else "camel"), name),
            )


def _holds_name(brief: str) -> bool:
    """Whether something stands in backticks or in camel case, decided cheaply: most sentences hold neither."""
    if "`" in brief:
        return True
    # Lower case is made and compared five times faster than a capital is searched for.
    return brief[1:] != brief.lower()[1:] and _HUMP.search(brief) is not None


def _mentions(facts: Facts, names: Set[str]) -> dict[str, list[Task]]:
    """Each of `names` to the tasks that build something and have it in their briefs, found in one pass over them."""
    found: dict[str, list[Task]] = {name: [] for name in names}
    for task in facts.tasks if names else ():
        if task.kind is Kind.BUILD:
            for name in names & set(_WORD.findall(task.brief)):
                found[name].append(task)
    return found


def _used_at(brief: str, name: str) -> int | None:
    """Where the brief says to use `name`."""
    for match in re.finditer(rf"(?<![\w./-]){re.escape(name)}(?![\w/-]|\.\w)", brief):
        if _USES.search(brief, max(0, match.start() - _NEAR), match.start()) is not None:
            return match.start()
    return None


def _place(task: Task, at: int, name: str) -> Origin:
    """The name in the task's text: the first one with the words before it as in the brief, else the brief."""
    words = task.brief[max(0, at - 12) : at + len(name)]
    found = task.origin.text.find(words)
    if found < 0:
        return task.at("brief")
    return task.origin.narrow(found + len(words) - len(name), found + len(words))

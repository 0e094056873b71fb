"""Briefs that ask to wait for another task by id or quoted title: "once X is done", "the output of X", "after X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.model import Task
from planlint.rulekit import Facts
from planlint.source import Origin
from planlint.source.regex import regex

_WORD = r"(?:sub-?task|task|plan|step|item|stream|story|work[ -]?package|package|agent)"


def _name(group: str) -> str:
    """An id, in quotes or not, or a title in quotes, as the group `group` or `group` with a `t`."""
    title = rf"[\"\u201c](?P<{group}t>[^\"\u201c\u201d\n]{{3,120}})[\"\u201d]"
    plain = rf"(?P<{group}q>[`\"']?)(?P<{group}>[A-Za-z0-9][\w.-]{{0,60}})(?P={group}q)"
    return rf"(?:(?:the[ ]+)?{_WORD}[ ]+#?)?(?:{title}|{plain})"


_ASKS = regex(
    rf"\b(?:once|after|when|until|as soon as)[ ]+{_name('a')}[ ]+(?:is|are|has|have)[ ]+(?:been[ ]+)?"
    r"(?:done|finished|completed?|merged|landed|ready|in place)\b"
    rf"|\b(?:outputs?|results?|outcome)[ ]+of[ ]+{_name('b')}(?![\w.-])"
    rf"|\b(?:waits?|waiting)[ ]+(?:for|on)[ ]+{_name('c')}(?![\w.-])"
    rf"|\b(?:after|following)[ ]+{_name('d')}(?:[ ]+(?:finishes|completes|lands|merges)\b|(?=[ ]*[,.;:)\n]|$))",
    re.IGNORECASE,
)
"""The wordings, X the id of a task or its title in quotes."""
_WORD_BEFORE = regex(rf"{_WORD}[ ]", re.IGNORECASE)
_REFUSED = regex(r"(?:\bnot|\bnever|n't|\bwithout|\bno need to|\bbefore)\b[^.\n]{0,20}$", re.IGNORECASE)

# What stands in every brief that `_ASKS` matches, in lower case.
_ENDS = ("done", "finish", "complet", "merged", "landed", "ready", "in place")
_BEGINS = ("once ", "when ", "until ", "as soon as ")
_AFTER = ("after ", "following ")
_OUTCOMES = ("output of", "outputs of", "result of", "results of", "outcome of")
_WAITS = ("wait for", "waits for", "waiting for", "wait on", "waits on", "waiting on")
_SPACED_OUT = ("output  ", "outputs  ", "result  ", "results  ", "outcome  ", "wait  ", "waits  ", "waiting  ")
"""The same two where more than one space stands between their words."""


class Asked(NamedTuple):
    """`user` is told in `place` to wait for `maker`."""

    user: int
    maker: int
    place: Origin


def asked(facts: Facts) -> Iterator[Asked]:
    """Concurrent tasks that the brief of a task asks to wait for, each once."""
    asking = _asking(facts)
    if not asking:
        return
    ids = {name.lower(): found[0] for name, found in facts.references.by_id.items() if len(found) == 1}
    titles = _titles(facts)
    for user in facts.tasks:
        if user.index not in asking or not facts.order.concurrent_mask(user.index):
            continue
        seen = set()
        for match in _ASKS.finditer(user.brief):
            group = next(key for key in "abcd" if match[key] or match[f"{key}t"])
            if match[f"{group}t"]:
                name = " ".join(match[f"{group}t"].lower().split()).rstrip(".,")
                plain, maker = False, ids.get(name, titles.get(name))
            else:
                name = match[group].rstrip(".")
                # A plain word after "after" or "of" is a word; as a name it has a number, a hyphen or quotes.
                plain = name.isalpha() and not match[f"{group}q"] and _WORD_BEFORE.search(match[0]) is None
                maker = ids.get(name.lower())
            if maker is None or maker in seen or (plain and group != "a"):
                continue
            if facts.order.concurrent(user.index, maker) and not _REFUSED.search(
                user.brief[max(0, match.start() - 30) : match.start()]
            ):
                seen.add(maker)
                yield Asked(user.index, maker, _place(user, match[0]))


def _titles(facts: Facts) -> dict[str, int]:
    """The tasks by title in lower case, where no other task has the same."""
    found: dict[str, list[int]] = {}
    for task in facts.tasks:
        found.setdefault(" ".join(task.title.lower().split()).rstrip("."), []).append(task.index)
    return {title: indexes[0] for title, indexes in found.items() if title and len(indexes) == 1}


def _asking(facts: Facts) -> frozenset[int]:
    """The tasks whose briefs `_ASKS` may match; a search in each brief would take longer than all the rest."""
    told = facts.told
    ended = told.tasks(*_ENDS)
    begun = told.tasks(*_BEGINS) if ended else ended
    return (begun & ended) | told.tasks(*_AFTER, *_OUTCOMES, *_WAITS, *_SPACED_OUT)


def _place(task: Task, words: str) -> Origin:
    """Where the task's text has these words, else its brief."""
    at = task.origin.text.find(words)
    return task.origin.narrow(at, at + len(words)) if at >= 0 else task.at("brief")

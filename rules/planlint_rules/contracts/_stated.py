"""Signatures that the briefs of concurrent tasks state for one name, and how they disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.facts.agreement import signature_difference
from planlint.facts.signatures import METHODS, Signature, endpoint_key, signatures_in
from planlint.facts.words import name_parts
from planlint.rulekit import Facts
from planlint.source.regex import regex


class Clash(NamedTuple):
    """`first` and `second`, tasks by index, state different things about `name`; `text` says how they differ.

    `noun` is what they state: `shapes` or `signatures`.
    """

    name: str
    first: int
    second: int
    text: str
    noun: str


_MARKS = ("{", "->", "=>", ":", "returns", *(method.lower() for method in METHODS))
_RESULT = r"[\s`]*(?:->|=>|:|(?i:returns)\b)"
_MAY_STATE = regex(
    # Alternatives that begin with one character each: the search skips to one of them.
    "|".join((r"\{", *(rf"{re.escape(closing)}{_RESULT}" for closing in ")]}"), *(rf"{m}\s+/" for m in METHODS)))
)
"""Fields, a result behind a parameter list, or an endpoint: what counts here has one of these, and one of the marks.
Only a table has none."""
_LONGEST = 200_000
"""Characters of a brief that are looked at."""


def clashes(facts: Facts) -> Iterator[Clash]:
    """At most one clash for each name that two concurrent tasks spell out differently, in plan order.

    Only what has one meaning in a code base counts: named shapes, endpoints, and functions whose name is made of
    several words and used with no object before it. A short name may well be that of two methods.
    """
    stated: dict[str, list[tuple[int, Signature]]] = {}
    tables = facts.told.tasks("table")
    for task in facts.told.select(facts.tasks, "table", *_MARKS):
        if task.index not in tables and not _MAY_STATE.search(task.brief):
            continue
        if not facts.order.concurrent_mask(task.index):
            continue
        own: dict[str, Signature] = {}
        for signature in signatures_in(task.brief[:_LONGEST]):
            key = _key(signature, task.brief)
            if key is not None and (signature.parameters or signature.answer):
                own.setdefault(key, _columns(signature) if key.startswith(_TABLE) else signature)
        for key, signature in own.items():
            stated.setdefault(key, []).append((task.index, signature))
    for statements in stated.values():
        clash = _first_clash(facts, statements)
        if clash is not None:
            yield clash


def _first_clash(facts: Facts, statements: list[tuple[int, Signature]]) -> Clash | None:
    """The first statement that contradicts one before it, of a task that may run beside; the first such one."""
    stating: dict[Signature, int] = {}
    for later, theirs in statements:
        beside = facts.order.concurrent_mask(later) if stating else 0
        rivals = [
            (rival & -rival, ours)  # the first task that says so
            for ours, tasks in stating.items()
            if (rival := tasks & beside) and ours != theirs and signature_difference(ours, theirs) is not None
        ]
        if rivals:
            earliest, ours = min(rivals)
            text = signature_difference(ours, theirs) or ""
            noun = "signatures" if ours.kind == "call" else "shapes"
            return Clash(ours.name, earliest.bit_length() - 1, later, text, noun)
        stating[theirs] = stating.get(theirs, 0) | 1 << later
    return None


def _key(signature: Signature, brief: str) -> str | None:
    if signature.kind == "endpoint":
        return endpoint_key(signature.name)
    if signature.kind == "shape" and len(signature.name) > 3 and signature.name[0].isupper():
        return signature.name
    if signature.kind == "shape" and _is_table(signature.name, brief):
        return f"{_TABLE}{signature.name.lower()}"
    if signature.kind == "shape" and _EVENT_NAME.fullmatch(signature.name) and _EVENT.search(brief):
        return signature.name
    # What returns nothing is a call as often as a declaration, and a constructor is called with values.
    declared = signature.kind == "call" and signature.returns is not None and signature.name[0].islower()
    if declared and len(signature.name) >= 8 and len(name_parts(signature.name)) >= 2:
        # A method of an object may have the name of another's.
        return None if _is_method(signature.name, brief) else signature.name
    return None


_TABLE = "table "
_EVENT = regex(r"\b(?:event|message|topic)s?\b", re.IGNORECASE)
_EVENT_NAME = regex(r"[a-z][a-z0-9_]*(?:[.:-][a-z0-9_]+){1,5}")
"""`order.paid`, `order-paid`."""


def _is_table(name: str, brief: str) -> bool:
    """Whether `brief` spells it out as a table: `CREATE TABLE tags (`."""
    return re.search(rf"\btable\s+(?:if not exists\s+)?[`\"]?{re.escape(name)}\b", brief, re.IGNORECASE) is not None


def _columns(table: Signature) -> Signature:
    """The table with the names of its columns only: one text says `INT`, the other `INTEGER NOT NULL`."""
    return table._replace(parameters=tuple(column._replace(type=None) for column in table.parameters or ()))


def _is_method(name: str, brief: str) -> bool:
    """Whether `brief` calls `name` on something: `user.name(`, `User::name(`, `(*User) name(`."""
    at = brief.find(f"{name}(")
    while at >= 0:
        if brief.endswith((".", "::", ")", ") "), 0, at):
            return True
        at = brief.find(f"{name}(", at + 1)
    return False

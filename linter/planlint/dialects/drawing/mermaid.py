"""Mermaid: arrows between the nodes of a `graph` or `flowchart`, and `after` in a `gantt`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

Named = Callable[[int, int], list[_T]]
"""What a piece of the text names, by its range."""

_NODE = re.compile(
    r"\s*(\w{1,60}(?:-\w{1,60}){0,6})"
    r"(?:\[[\[(\"/\\]{0,3}([^\]\n\"]{1,200})\"?[\])/\\]{1,3}|\({1,3}\[?\"?([^)\n\"]{1,200})\"?\]?\){1,3}"
    r"|\{{1,2}\"?([^}\n\"]{1,200})\"?\}{1,2})?(?::::\w{1,60})?"
)
_ARROW = re.compile(
    r"\s*(?:-{2,}>|={2,}>|-\.{1,5}->|--[ \t][^\n>|]{1,80}?[ \t]-{2,}>|==[ \t][^\n>|]{1,80}?[ \t]={2,}>"
    r"|-\.[ \t][^\n>|]{1,80}?[ \t]\.{1,5}->)(?:\|[^|\n]{0,80}\|)?"
)
_AND = re.compile(r"\s*&")
_STATEMENT = re.compile(r"[^\n;]+")
_SUBGRAPH = re.compile(r"\s*subgraph[ \t]+(?:\"([^\"\n]{1,200})\"|(\w{1,60})(?:[ \t]*\[\"?([^\]\n\"]{1,200})\"?\])?)")
_OTHER = re.compile(
    r"\s*(?:graph|flowchart|direction|style|class|classDef|click|linkStyle|%%|title|dateFormat|axisFormat|section|"
    r"excludes|todayMarker|tickInterval)\b|\s*%%"
)
_BAR = re.compile(r"[ \t]*([^:\n]{1,200}?)[ \t]*:(?!:)[ \t]*([^\n]{1,300})")
_TAGS = frozenset({"done", "active", "crit", "milestone"})
_AFTER = re.compile(r"after[ \t]+([\w \t-]{1,200})")
_ID = re.compile(r"[A-Za-z_][\w-]{0,60}")


def mermaid_edges(text: str, named: Named[_T]) -> Iterator[tuple[list[_T], list[_T]]]:
    """The pairs of what comes before and what after; `named` says what a piece of `text` names."""
    if re.match(r"\s*(?:%%[^\n]*\n\s*|---\n(?:[^\n]*\n){1,20}?---\n\s*)?gantt\b", text):
        yield from _gantt(text, named)
    else:
        yield from _graph(text, named)


def _graph(text: str, named: Named[_T]) -> Iterator[tuple[list[_T], list[_T]]]:
    nodes: dict[str, list[_T]] = {}
    inside: list[str | None] = []
    arrows: list[tuple[list[str], list[str]]] = []
    for statement in _STATEMENT.finditer(text):
        at, end = statement.span()
        opened = _SUBGRAPH.match(text, at, end)
        if opened is not None:
            inside.append(opened.group(2))
            continue
        if text[at:end].strip() == "end":
            inside = inside[:-1]
            continue
        if _OTHER.match(text, at, end):
            continue
        previous: list[str] | None = None
        while True:
            names, at = _names(text, at, end, named, nodes)
            for outer in inside:
                if outer is not None:
                    nodes.setdefault(outer, []).extend(one for name in names for one in nodes[name])
            if previous is not None and names:
                arrows.append((previous, names))
            arrow = _ARROW.match(text, at, end) if names else None
            if arrow is None:
                break
            previous, at = names, arrow.end()
    for before, after in arrows:
        yield [one for name in before for one in nodes[name]], [one for name in after for one in nodes[name]]


def _names(text: str, at: int, end: int, named: Named[_T], nodes: dict[str, list[_T]]) -> tuple[list[str], int]:
    """The nodes at `at`, several with `&`, put into `nodes`; and where they end."""
    found = []
    while (node := _NODE.match(text, at, end)) is not None:
        name = node.group(1)
        label = next((number for number in (2, 3, 4) if node.group(number)), None)
        if label is not None or name not in nodes:
            nodes[name] = named(*node.span(label or 1))
        found.append(name)
        at = node.end()
        more = _AND.match(text, at, end)
        if more is None:
            break
        at = more.end()
    return found, at


def _gantt(text: str, named: Named[_T]) -> Iterator[tuple[list[_T], list[_T]]]:
    bars: dict[str, list[_T]] = {}
    waits: list[tuple[list[str], list[_T]]] = []
    for statement in _STATEMENT.finditer(text):
        bar = _BAR.match(text, *statement.span())
        if bar is None or _OTHER.match(text, *statement.span()):
            continue
        one = named(*bar.span(1))
        parts = [part.strip() for part in bar.group(2).split(",")]
        while parts and parts[0] in _TAGS:
            del parts[0]
        if len(parts) > 1 and _ID.fullmatch(parts[0]) and _AFTER.match(parts[0]) is None:
            bars[parts[0]] = one
        after = next((match for part in parts if (match := _AFTER.fullmatch(part)) is not None), None)
        if after is not None:
            waits.append((after.group(1).split(), one))
    for needed, waiting in waits:
        yield [one for name in needed for one in bars.get(name, ())], waiting

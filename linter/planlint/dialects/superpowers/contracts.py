"""Interfaces between tasks: what one produces, others consume."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import IdGrammar, Symbol, find_references, find_symbols
from planlint.dialects.superpowers.fields import Fields
from planlint.dialects.superpowers.headings import TASK_ID, TASK_LIST
from planlint.model import ContractRef
from planlint.readers.prose import Prose


def add_contracts(tasks: Sequence[TaskDraft], fields: Sequence[Fields], *, concurrent: bool) -> None:
    """Add what tasks provide and consume.

    One after the other, tasks extend what earlier ones made: there the first alone provides it. In a plan with waves
    (`concurrent`) all that say so do.

    A consumed name counts only when another task provides it: plans also list what the code base and its libraries
    already have, and do not say which is which.
    """
    produced: dict[str, set[int]] = {}
    for task, one in zip(tasks, fields, strict=True):
        for prose in one.produces:
            for symbol in _made(prose):
                # "implements `Store`": a name without a shape that an earlier task made is not made again.
                repeated = symbol.name in produced and (symbol.signature is None or not concurrent)
                if not repeated and _is_interface(symbol) and _adds(task.provides, symbol):
                    task.provides.append(_reference(symbol))
                    produced.setdefault(symbol.name, set()).add(task.index)
    for task, one in zip(tasks, fields, strict=True):
        for prose in one.consumes:
            for symbol in _needed(prose):
                if produced.get(symbol.name, set()) - {task.index} and _adds((*task.consumes, *task.provides), symbol):
                    task.consumes.append(_reference(symbol))


def add_dependencies(tasks: Sequence[TaskDraft], fields: Sequence[Fields]) -> None:
    """Add the tasks that a task says it depends on, and those whose output it says it consumes."""
    grammar = IdGrammar(TASK_ID, known=tuple(dict.fromkeys(task.id for task in tasks)))
    for task, one in zip(tasks, fields, strict=True):
        for label in one.depends:
            _add(task, label.value, grammar, Evidence.DECLARED, bare=True)
        for prose in one.consumes:
            _add(task, prose, grammar, Evidence.STATED, bare=False)


_SHAPE = re.compile(r"\w(?:<[^<>]{0,80}>)?\(|\{")
"""A call or a shape. Curried signatures (`add: int -> int`) are no words either, but nothing compares them."""

_NONE = re.compile(r"[\s*_]*(?:none|nothing|n/?a|no\b|—|-)", re.IGNORECASE)


_RULED_OUT = re.compile(
    r"(?<!\w)(?:not|except|without|(?:un)?blocks|before|needed by|parallel (?:with|to)|independent (?:of|from))"
    r"[ \t]+(?:on[ \t]+)?\Z",
    re.IGNORECASE,
)
"""Before the word "Task": this one is not waited for."""
_BACK = 40
"""Characters before the word that may rule it out."""

_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:implement\w*|inherit\w*|extend(?:s|ing)|overload\w*|over|return(?:s|ing)|tak(?:es|ing)|accept(?:s|ing)|calls?|"
    r"us(?:es|ing)|wrap(?:s|ping)|replac(?:es|ing)|registers?|was|were|instead of|based on)(?!\w)",
    re.IGNORECASE,
)
"""Between two names: the second one is what the first is made of, not made itself."""
_JOINS = re.compile(r"[\s`*_,/&|]*(?:and|or)?[\s`*_]*")
_GONE = re.compile(
    r"[\s`*_]*(?:field|member|property|parameter|method|type|class|function)?[ \t]*(?:is |was |gets )?"
    r"(?:removed|deleted|dropped|gone)(?!\w)",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(r"(?<!\w)(?:not|nor|no)[ \t]+(?:the[ \t]+|a[ \t]+|on[ \t]+)?[`*_(]*\Z", re.IGNORECASE)


def _made(prose: Prose) -> Iterator[Symbol]:
    """What a `Produces:` entry says is made: not what a remark in brackets behind a name, or a verb, ties to it."""
    if _NONE.match(prose.text):
        return
    at = depth = 0
    foreign = False
    for number, symbol in enumerate(find_symbols(prose)):
        between = prose.text[at : symbol.start]
        if number:
            depth += between.count("(") + between.count("（") - between.count(")") - between.count("）")
            tied = depth > 0 or _OF_ANOTHER.search(between) is not None
            foreign = tied or (foreign and _JOINS.fullmatch(between) is not None)
        at = symbol.end
        if not foreign and not _GONE.match(prose.text, symbol.end):
            yield symbol


def _needed(prose: Prose) -> Iterator[Symbol]:
    """What a `Consumes:` entry names, but for "not `x`"."""
    return (
        one for one in find_symbols(prose) if not _NOT_NEEDED.search(prose.text[max(0, one.start - 12) : one.start])
    )


def _add(task: TaskDraft, value: Prose, grammar: IdGrammar, evidence: Evidence, *, bare: bool) -> None:
    """The ids in `value`: all of them in a field that only lists ids, else those behind the word "Task"."""
    if _NONE.match(value.text):
        return
    spans = [
        m.span()
        for m in TASK_LIST.finditer(value.text)
        if not _RULED_OUT.search(value.text[max(0, m.start() - _BACK) : m.start()])
    ]
    if not spans and bare and re.match(r"[\s\[`]*\d", value.text):
        spans = [(0, len(value.text))]
    for start, end in spans:
        for reference in find_references(value.slice(start, end), grammar):
            for name in reference.ids:
                if name != task.id and (name in grammar.order or evidence is Evidence.DECLARED):
                    task.depend(name, reference.origin, evidence, written=reference.written)


def _adds(known: Sequence[ContractRef], symbol: Symbol) -> bool:
    return all(reference.contract != symbol.name for reference in known)


def _is_interface(symbol: Symbol) -> bool:
    """Whether a name in backticks is something to build against and not just a word of the language."""
    if symbol.use == "uses":
        return False
    return symbol.kind != "name" or symbol.signature is not None or any(sign in symbol.name for sign in "._:")


def _reference(symbol: Symbol) -> ContractRef:
    return ContractRef(
        contract=symbol.name,
        origin=symbol.origin,
        signature=symbol.signature if symbol.signature and _SHAPE.search(symbol.signature) else None,
        kind=None if symbol.kind == "name" else symbol.kind,
    )

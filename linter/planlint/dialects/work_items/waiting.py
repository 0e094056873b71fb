"""Who waits for whom among work items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.work_items.names import LISTED, Names, group_of, spoken
from planlint.dialects.work_items.reading import Read
from planlint.dialects.work_items.vocabulary import read_head
from planlint.model import Dependency
from planlint.readers.markdown.blocks import List
from planlint.readers.prose import Prose

_CELL_PARTS = re.compile(r"[,;&+]")
_LABEL = re.compile(r"[^:：\n]{1,40}[:：]")
_PART = re.compile(r"\A(?:[^:：\n]{1,40}[:：])?(?:.{0,300}[,;+&])?[ \t*`\[#]*\Z", re.DOTALL)
"""What stands before an id that begins a part of what a label says, on its line or below it: "Depends on: N3; N4"."""
_ALL = re.compile(
    r"(?:all|every)(?: of)?(?: (?:the )?(?:others?|above|previous|prior|preceding|tasks?|items?|streams?)){0,3}",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|then|once)\b", re.IGNORECASE)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+")


def add_dependencies(reads: Sequence[Read]) -> None:
    """Put what the items say about waiting into their tasks."""
    names = Names(reads)
    listed = IdGrammar(LISTED, names.normalise, names.known)
    said = IdGrammar(spoken(reads), names.normalise, names.known)
    _listed_in_turn(reads, names, listed)
    for read in reads:
        if any(_ALL.fullmatch(_value(line)) for line in (*read.waits, *read.listed)):
            _depend_on_all(read, reads)
        for line in read.waits:
            named = len(read.task.depends_on)
            _refer(read, line, listed, names, reads, labelled=True)
            label = _LABEL.match(line.text)
            # Ids of one word ("api, models") stand for tasks only where nothing else stands beside them.
            if label is not None and len(read.task.depends_on) == named:
                _refer_by_name(read, line.slice(label.end(), len(line.text)), names)
        for cell in read.listed:
            if not _refer_by_name(read, cell, names):
                _refer(read, cell, listed, names, reads, labelled=True, bare=True)
        for line in read.blocks:
            _block(read, line, listed, names)
        for text in read.texts:
            _refer(read, text, said, names, reads, labelled=False)


def _listed_in_turn(reads: Sequence[Read], names: Names, grammar: IdGrammar) -> None:
    """A list of all items, one each, waits where an entry says "after": "2. Pages (Worker 2) - after the API"."""
    home = reads[0].item.home
    for block in (block for section in [home, *home.ancestors][-1].walk() for block in section.blocks):
        if not isinstance(block, List) or len(block.items) != len(reads):
            continue
        told = [
            {name for found in find_references(entry.prose, grammar) for name in found.ids} for entry in block.items
        ]
        named = [[read for name in ids if (read := names.task(name)) is not None] for ids in told]
        if any(len(found) != 1 for found in named) or len({found[0].task.index for found in named}) != len(reads):
            continue
        for (before,), (read,), entry in zip(named, named[1:], block.items[1:], strict=False):
            after = _AFTER.search(entry.prose.text)
            if after is not None:
                _depend(read, before, entry.prose, *after.span(), after.group(), Evidence.STATED)


def _value(line: Prose) -> str:
    """What stands behind the label of a line."""
    label = _LABEL.match(line.text)
    return line.text[label.end() if label is not None else 0 :].strip(" *_.")


def _depend_on_all(read: Read, reads: Sequence[Read]) -> None:
    line = (*read.waits, *read.listed)[0]
    for other in reads:
        if other is not read and not other.item.origin.start > read.item.origin.start:
            _depend(read, other, line, 0, len(line.text), _value(line), Evidence.DECLARED)


def _refer(
    read: Read,
    prose: Prose,
    grammar: IdGrammar,
    names: Names,
    reads: Sequence[Read],
    *,
    labelled: bool,
    bare: bool = False,
) -> None:
    """Add the dependencies that `prose` names; with `bare`, every id in it is one, unless it is denied."""
    evidence = Evidence.DECLARED if labelled else Evidence.STATED
    kinds = ("depends_on", "mention", "range-mention") if bare else ("depends_on",)
    if grammar.pattern.search(prose.text) is None:
        return
    for reference in find_references(prose, grammar):
        if reference.negated or reference.subject is not None:
            continue
        if reference.kind not in kinds and not (labelled and _PART.search(prose.text, 0, reference.start)):
            continue
        for name in reference.ids:
            one = names.task(name)
            others = [one] if one is not None else [other for other in reads if _in_group(other, name)]
            for other in others:
                if other is not read:
                    _depend(read, other, prose, reference.start, reference.end, reference.written, evidence)
            if not others and labelled and _is_own_word(name, reads):
                read.task.depend(name, reference.origin, evidence, written=reference.written)


def _refer_by_name(read: Read, cell: Prose, names: Names) -> bool:
    """Whether a cell holds nothing but names of items as they stand in the table: "backend, frontend"."""
    found: list[tuple[Read, int, int]] = []
    start = 0
    for part in _CELL_PARTS.split(cell.text):
        end = start + len(part)
        name = part.strip(" `*_")
        other = names.task(names.normalise(name)) if name else None
        if other is None:
            return False
        lead = len(part) - len(part.lstrip(" `*_"))
        found.append((other, start + lead, start + lead + len(name)))
        start = end + 1
    for other, start, end in found:
        if other is not read:
            _depend(read, other, cell, start, end, cell.text[start:end].strip(), Evidence.DECLARED)
    return True


def _depend(read: Read, other: Read, prose: Prose, start: int, end: int, written: str, evidence: Evidence) -> None:
    task = other.task
    read.task.depend(task.id or task.title, prose.origin(start, end), evidence, written=written, target=task.index)


def _block(read: Read, line: Prose, grammar: IdGrammar, names: Names) -> None:
    for reference in find_references(line, grammar):
        for name in reference.ids:
            other = names.task(name)
            if other is not None and other is not read and not reference.negated:
                task = other.task
                read.task.blocks.append(
                    Dependency(
                        task=task.id or task.title,
                        origin=reference.origin,
                        written=reference.written,
                        target=task.index,
                    )
                )


def _is_own_word(written: str, reads: Sequence[Read]) -> bool:
    """Whether an id that nobody has is written as this plan writes ids: `Stream Q` among streams, `T9` after `T1`."""
    head = read_head(written)
    if head is not None:
        return any(head.word == read.item.head.word for read in reads)
    if _SLUG.fullmatch(written):
        # Only where a field of its own gives the tasks such ids: elsewhere "the-form" may be the name of anything.
        slugs = sum(1 for read in reads if "id" in read.task.places and _SLUG.fullmatch(read.task.id))
        return slugs * 2 > len(reads)
    stem = written.rstrip("0123456789")
    return stem not in ("", written) and any(read.task.id.rstrip("0123456789") == stem for read in reads)


def _in_group(read: Read, written: str) -> bool:
    group = read.item.group
    head = read_head(group.title) if group is not None else None
    return head is not None and (head.word, head.id.lower()) == group_of(written)

"""Which task a reference means: its id, however it is spelled, else its title; several packed into one text are cut."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence

from planlint.dialects.invented.items import Read, Written
from planlint.dialects.invented.vocabulary import NOTHING, field_of
from planlint.model import Dependency
from planlint.readers.tree import Mapping as Tree
from planlint.readers.tree import Scalar

_SEPARATORS = re.compile(r"[,;&+、，]|\band\b")
_RANGE = re.compile(r"\s*(?:–|—|\.\.\.?|…|~|-(?=[^-]*\Z))\s*|\s+(?:to|through|thru)\s+")
_MOST_IN_RANGE = 500
_REMARK = re.compile(r"\s*[(（—–].*\Z", re.DOTALL)
_MET = re.compile(r"\s+(?:accepted|done|merged|completed?|approved|closed|landed|finished)\Z", re.IGNORECASE)
"""Behind an id: what is waited for has happened, wherever that was."""
_NUMBER = re.compile(
    r"(?P<word>[a-z][a-z ._-]{0,20}?)?[ ._-]?0*(?P<number>\d{1,6}(?:\.\d{1,4}){0,3}[a-z]?)", re.IGNORECASE
)


_CODE = re.compile(r"[A-Z][A-Za-z0-9]{0,11}-\d{1,6}(?:\.\d{1,4}){0,3}")


class Ids:
    """The tasks of one plan by everything that people write for them."""

    def __init__(self, reads: Sequence[Read], groups: Mapping[str, Sequence[Read]]) -> None:
        self._groups = groups
        self._other = _other_names(reads)
        self._exact: dict[str, Read] = {}
        self._loose: dict[str, list[Read]] = {}
        self._by_file: dict[tuple[str, str], Read] = {}
        self._documents = {read.document for read in reads}
        self._listed = list(dict.fromkeys(read.task.id for read in reads if read.task.id))
        self._order = {id: at for at, id in enumerate(self._listed)}
        for read in reads:
            task = read.task
            if task.id:
                self._exact.setdefault(task.id, read)
                self._by_file.setdefault((read.document, task.id), read)
                self._loose.setdefault(_loose(task.id), []).append(read)
            if task.title:
                self._loose.setdefault(_loose(task.title), []).append(read)

    def resolve(self, written: Written, document: str) -> list[Dependency]:
        """The tasks meant, one dependency for each; an id that no task has stays as written, a sentence is left out."""
        if written.file is not None:
            return self._elsewhere(written, document)
        found = self._one(written.text, written)
        if found is not None:
            return [found]
        group = self._groups.get(written.text)
        if group:
            return [_on(read, written) for read in group]
        parts = [part.strip() for part in _SEPARATORS.split(written.text) if part.strip()]
        if len(parts) > 1:
            resolved = [self._one(part, written) for part in parts]
            if all(resolved):
                return [dependency for dependency in resolved if dependency is not None]
        between = self._range(written)
        if between:
            return between
        met = _MET.search(written.text)
        if met is not None:
            found = self._one(written.text[: met.start()], written)
            return [found] if found is not None else []
        text = _REMARK.sub("", written.text)
        if text.lower() in NOTHING or len(text.split()) > 3:
            return []
        return [Dependency(task=text, origin=written.origin, written=written.text)]

    def _one(self, text: str, written: Written) -> Dependency | None:
        for spelling in (text, _REMARK.sub("", text), posixpath.basename(text).removesuffix(".md")):
            read = self._exact.get(spelling)
            if read is None:
                like = self._loose.get(_loose(spelling)) or self._other.get(spelling, [])
                read = like[0] if len(like) == 1 else None
            if read is not None:
                task = read.task
                target = None if task.id and self._exact.get(task.id) is read else task.index
                return Dependency(task=task.id or task.title, origin=written.origin, written=text, target=target)
        return None

    def _range(self, written: Written) -> list[Dependency]:
        """ "WP01-WP03", "1 to 3", "P1.W2.T1-T3": the tasks between the two, as they are listed."""
        ends = _RANGE.split(written.text.strip())
        if len(ends) != 2:
            return []
        first, last = (self._one(end, written) for end in ends)
        if first is not None and last is None:
            last = self._one(first.task[: first.task.rfind(".") + 1] + ends[1], written)
        if first is None or last is None:
            return []
        at, to = self._order.get(first.task, -1), self._order.get(last.task, -1)
        if not 0 <= at < to <= at + _MOST_IN_RANGE:
            return []
        return [
            Dependency(task=task, origin=written.origin, written=written.text) for task in self._listed[at : to + 1]
        ]

    def _elsewhere(self, written: Written, document: str) -> list[Dependency]:
        """A task of another file; a file that is no part of this plan is not judged."""
        path = _path_of(written.file or "", document)
        read = self._by_file.get((path, written.text))
        if read is not None:
            return [Dependency(task=read.task.id, origin=written.origin, written=written.text, target=read.task.index)]
        if path not in self._documents:
            return []
        return [Dependency(task=written.text, origin=written.origin, written=written.text)]


def _on(read: Read, written: Written) -> Dependency:
    task = read.task
    return Dependency(task=task.id or task.title, origin=written.origin, written=written.text, target=task.index)


def _other_names(reads: Sequence[Read]) -> dict[str, list[Read]]:
    """The tasks by ids of another sort that they carry under a key of the project's own: `requirement: FR-3`."""
    found: dict[str, list[Read]] = {}
    for read in reads:
        for key, value in read.node.values.items() if isinstance(read.node, Tree) else ():
            if isinstance(value, Scalar) and field_of(key) is None and _CODE.fullmatch(value.text.strip()):
                found.setdefault(value.text.strip(), []).append(read)
    return found


def refers_elsewhere(reads: Sequence[Read]) -> bool:
    """Whether a task waits for one of a file that is no part of this plan."""
    documents = {read.document for read in reads}
    return any(
        written.file is not None and _path_of(written.file, read.document) not in documents
        for read in reads
        for written in read.references
    )


def _path_of(written: str, document: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), written))


def resolve_all(reads: Sequence[Read], groups: Mapping[str, Sequence[Read]]) -> list[tuple[int, int]]:
    """Put every reference into its task; the answer is the pairs of tasks that are said to run together.

    `groups` are the tasks of each wave or batch by its name, which stands for them.
    """
    ids = Ids(reads, groups)
    together: list[tuple[int, int]] = []
    index_of = {read.task.id: read.task.index for read in reversed(reads) if read.task.id}
    for read in reads:
        for written in read.references:
            found = ids.resolve(written, read.document)
            if written.field == "parallel_with":
                together += [
                    (read.task.index, index_of[dependency.task])
                    for dependency in found
                    if index_of.get(dependency.task, read.task.index) != read.task.index
                ]
            else:
                getattr(read.task, written.field).extend(found)
    blocked = {dependency.task for read in reads for dependency in read.task.blocks}
    for read in reads:
        if read.permits and read.task.parallel and (read.task.depends_on or read.task.id in blocked):
            read.task.parallel = None
    return together


def _loose(text: str) -> str:
    """Equal for spellings of one id: letter case, a word in front of a number and leading zeros do not count."""
    folded = " ".join(text.lower().split()).removeprefix("#")
    match = _NUMBER.fullmatch(folded)
    if match is None:
        return folded
    word = (match["word"] or "").strip(" ._-")
    return (
        match["number"]
        if word in ("", "task", "item", "step", "wp", "t", "package", "#")
        else f"{word}-{match['number']}"
    )

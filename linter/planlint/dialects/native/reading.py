"""From a node tree to the plain data that `document` validates: synonyms resolved, single values made lists.

Everything is brought to the canonical names in one walk, before validation, so that pydantic sees all tasks at once.
What cannot be decided here (a wrong type, an unknown key) is passed on as it stands, for validation to refuse. The walk
keeps what is needed to find places again: which keys were renamed, and where a text with commas was cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Mapped
from typing import Any, TypeAlias

from planlint.diagnostics import Applicability, Edit, Fix, Problem
from planlint.dialects.keys import Vocabulary
from planlint.dialects.plan_words.table import Table
from planlint.dialects.shape import shorten
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.readers.yaml.scalars import ambiguity
from planlint.records import Record, record
from planlint.source import Origin

Value: TypeAlias = Any
"""Plain data on the way to validation."""

Read: TypeAlias = "Callable[[Reader, Node], Value]"
"""Brings a field's value to its canonical form."""

InShort: TypeAlias = Callable[[Any], Value]
"""Does the same from a text, or the texts of a list, that stand in short for a node (`Mapping.entries`).

None where they may not fit the field, or something has to be said about their places: then the node is read.
"""


def undecided(entry: Any) -> Value:
    """For fields of which every value is read from its node."""
    return None


@record
class FieldReader(Record):
    """How the values of a field are read, and which of those in short are taken as they stand, which is quickest."""

    node: Read
    text: InShort = undecided
    texts: InShort = undecided
    unusual: frozenset[str] | None = None
    """A text is taken as it stands unless it begins with one of these characters; None: no text is."""
    listed: bool = False
    """Whether the texts of a list are."""


_OLD_FLAGS = {"yes": True, "on": True, "no": False, "off": False}
_REQUIRED = frozenset({"id", "path", "contract", "tasks"})


class Reader:
    """Reads one plan (one document of a file). `problems` and the side tables fill while it reads."""

    def __init__(self, root: Mapping) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.renamed: dict[int, Mapped[str, str]] = {}
        """`id` of a mapping to canonical name to the key as written, where they differ."""
        self.pieces: dict[int, list[Origin]] = {}
        """`id` of a scalar that was cut into several values to their places."""
        self.doubled: set[int] = set()
        """`id` of mappings in which one field stands under two names."""
        self._spellings: dict[tuple[Words | str, ...], _Spelling] = {}
        self.doubtful: list[Value] = []
        """Those of the tasks of which it is not known that they fit the format."""

    @property
    def tasks(self) -> list[Node]:
        """The items of `tasks`, in the order of the file."""
        tasks = self.root.get("tasks")
        return tasks.items if isinstance(tasks, Sequence) else []

    def written(self, mapping: Mapping, name: str) -> str:
        """How the field with this canonical name is spelled in `mapping`."""
        renames = self.renamed.get(id(mapping))
        return name if renames is None else renames.get(name, name)

    def places(self, node: Node) -> list[Origin]:
        """The places of the values that a list field has: its items, the pieces of a text, or the one value."""
        if isinstance(node, Sequence):
            return [item.origin for item in node.items]
        return self.pieces.get(id(node)) or [node.origin]

    def place(self, node: Node, index: int) -> Origin:
        """One of these places."""
        return node.items[index].origin if isinstance(node, Sequence) else self.places(node)[index]

    def mapping(self, node: Mapping, words: Words) -> dict[str, Value]:
        """A mapping under canonical names. Keys beginning with `x-` and values of nothing are left out."""
        return self.read(node, words)[0]

    def read(self, node: Mapping, words: Words) -> tuple[dict[str, Value], bool]:
        """The same, and whether it is known by now to fit the table of its fields (`plan_words.table`)."""
        entries: dict[str, Any] = node.entries
        # Most tasks of a plan are written with the same keys in the same order.
        spelling = self._spellings.get((words, *entries))
        if spelling is None:
            spelling = self._spellings[words, *entries] = words.spelling(entries)
        if spelling.renamed:
            self.renamed[id(node)] = spelling.renamed
        data: dict[str, Value] = {}
        fits = spelling.complete
        for written, name, unusual, listed, field in spelling.fields:
            entry = entries[written]
            kind = type(entry)
            if kind is str:
                if unusual is not None and entry[0] not in unusual:
                    data[name] = entry
                    continue
                found = field.text(entry)
            elif kind is list:
                if listed:
                    data[name] = entry
                    continue
                found = field.texts(entry)
            else:
                found = None
            if found is None:
                found = field.node(self, entry if isinstance(entry, Node) else node.values[written])
                if found is None and name not in _REQUIRED:
                    continue
                fits = False
            data[name] = found
        for name, second in spelling.doubled:
            self._two_names(node, name, second)
        return data, fits

    def cut(self, node: Scalar) -> list[str]:
        """The values in a text with commas or on several lines; their places are remembered."""
        text = str(node.value)
        pieces = _pieces(text) if "," in text or "\n" in text else [text]
        if len(pieces) < 2:
            return pieces or [text]
        origins: list[Origin] = []
        at = node.start
        for piece in pieces:
            # Escapes may hide a piece; the search ends there, or many of them would make it quadratic.
            found = node.source.text.find(piece, at, node.end) if at >= 0 else -1
            at = found + len(piece) if found >= 0 else -1
            origins.append(node.origin if found < 0 else Origin(node.source, found, at))
        self.pieces[id(node)] = origins
        return pieces

    def ambiguous(self, node: Scalar) -> None:
        """Report a name that other programs take for a number or a truth value (PL008)."""
        reason = ambiguity(node)
        if reason is None and type(node.value) is bool:
            reason = f"the unquoted `{node.text}` is a truth value, not a name"
        if reason is not None:
            quoted = f'"{node.text}"'
            why = "a name that other programs read as something else no longer matches where it is referred to"
            self.problems.append(_ambiguous(reason, node, quoted, f"put it in quotes: {quoted}", why))

    def old_flag(self, node: Scalar) -> bool | None:
        """What an unquoted `yes` or `no` means as a flag, reported (PL008); None for other texts."""
        meant = _OLD_FLAGS.get(node.text.lower()) if node.style == "plain" else None
        if meant is not None:
            plain = "true" if meant else "false"
            reason = f"YAML 1.1 readers take the unquoted `{node.text}` for {plain}, YAML 1.2 ones for text"
            self.problems.append(_ambiguous(reason, node, plain, f"write `{plain}`"))
        return meant

    def _two_names(self, node: Mapping, name: str, second: str) -> None:
        first = self.written(node, name)
        self.doubled.add(id(node))
        self.problems.append(
            Problem(
                "PL003",
                f"`{shorten(first)}` and `{shorten(second)}` are two names for one field",
                node.keys[second].origin,
                help=f"put both into `{name}`",
                why="only one of the two values could count, and the other would be lost silently",
                related=((node.keys[first].origin, "the other name"),),
            )
        )


_Field: TypeAlias = tuple[str, str, frozenset[str] | None, bool, FieldReader]
"""The key, the canonical name, and the reader with the two of its attributes that nearly all values need."""


@record
class _Spelling(Record):
    """What is known of a mapping by its keys alone."""

    fields: tuple[_Field, ...]
    renamed: Mapped[str, str]
    """Canonical name to the key, where they differ."""
    doubled: tuple[tuple[str, str], ...]
    """The canonical name and the second key of each field that stands under two names."""
    complete: bool
    """Whether every required field is there, and none of them twice."""


class Words:
    """The keys of one kind of mapping and how their values are read."""

    def __init__(
        self, vocabulary: Vocabulary, fields: Table, readers: dict[str, FieldReader], passed_over: tuple[str, ...] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._passed_over = ("x-", *passed_over)
        self._readers = readers
        self.fields = fields

    def spelling(self, keys: Iterable[str]) -> _Spelling:
        """What is known by the `keys` of a mapping. An unknown key keeps its name; some are passed over."""
        fields: dict[str, _Field] = {}
        renamed = {}
        doubled = []
        for written in keys:
            if written.startswith(self._passed_over):
                continue
            name = self._vocabulary.canonical(written) or written
            if name in fields:
                doubled.append((name, written))
                continue
            if name != written:
                renamed[name] = written
            reader = self._readers.get(name, _AS_IT_STANDS)
            fields[name] = (written, name, reader.unusual, reader.listed, reader)
        complete = not doubled and self.fields.required <= fields.keys()
        return _Spelling(tuple(fields.values()), renamed, tuple(doubled), complete)


def plain(reader: Reader, node: Node) -> Value:
    """A value as it stands."""
    return node.value if type(node) is Scalar else node.plain


_AS_IT_STANDS = FieldReader(plain)


def _ambiguous(reason: str, node: Scalar, text: str, help: str, why: str | None = None) -> Problem:
    fix = Fix(f"write {text}", Applicability.SAFE, (Edit(node.origin, text),))
    return Problem("PL008", reason, node.origin, help=help, why=why, fixes=(fix,))


def _pieces(text: str) -> list[str]:
    """The parts between commas that a blank follows, and lines, outside of braces and brackets; blanks taken off."""
    pieces: list[str] = []
    depth = start = 0
    for at, character in enumerate(text):
        if character in "{[(":
            depth += 1
        elif character in "}])":
            depth = max(0, depth - 1)
        elif character == "\n" or (character == "," and depth == 0 and text[at + 1 : at + 2].isspace()):
            pieces.append(text[start:at])
            start = at + 1
            depth = 0
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]

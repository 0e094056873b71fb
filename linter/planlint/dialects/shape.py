"""Shape errors in plain words: from what pydantic says about plain data to problems at places in the node tree.

Any dialect that validates its files with pydantic can use this: `explain` turns a `ValidationError` into `Fault`s that
stand where the reader of the file must look, name things by the file's own words, and know what was probably meant.
Nothing that a validator says is ever shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planlint.diagnostics import Problem
from planlint.dialects.keys import LONGEST_KEY, Vocabulary
from planlint.readers.tree import Mapping as MappingNode
from planlint.readers.tree import Node, Scalar, Sequence
from planlint.records import NOTHING, Record, record
from planlint.source import Origin

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Path: TypeAlias = tuple[str | int, ...]
"""Field names and list indexes from the root of the data to a value."""

Renamed: TypeAlias = Mapping[int, Mapping[str, str]]
"""`id` of a mapping node to canonical name to the key as written, for keys that are written differently."""

_MOST_SUGGESTIONS = 200
"""Different unknown words for which likenesses are sought in one document: each search takes about a millisecond."""


class Place(NamedTuple):
    """Where a path leads: the value's node, and its key when it stands in a mapping."""

    node: Node
    key: Scalar | None = None


class Fault(NamedTuple):
    """One thing that is wrong with the data: where in the data, and the problem to report.

    It is wrong at several paths where aliases repeat what is written once.
    """

    paths: tuple[Path, ...]
    problem: Problem


@record
class Shape(Record):
    """What `explain` needs to know of a format."""

    vocabulary: Callable[[Path], Vocabulary]
    """The words of the mapping at a path."""
    owner: Callable[[Path], str] = lambda path: ""
    """Whose field stands at a path, to follow "in": ``task `api` ``; may be empty."""
    expected: Mapping[str, str] = NOTHING
    """Field name to what belongs there, where the types alone do not tell (`a list of paths`)."""
    code: str = "PL003"
    own_keys: str | None = None
    """A sentence for the help of an unknown key: where own data may go."""


class _Complaint(NamedTuple):
    """One pydantic error, its path freed of union tags."""

    path: Path
    unions: tuple[Path, ...]
    """Paths at which a union was tried on the way."""
    place: Place
    details: ErrorDetails

    @property
    def is_deep(self) -> bool:
        """Whether a union's member fitted and something inside of it did not."""
        return bool(self.unions) and len(self.path) > len(self.unions[-1])


def explain(error: ValidationError, root: Node, shape: Shape, renamed: Renamed) -> list[Fault]:
    """Every fault in `error`, once each, in the order of the file."""
    complaints = [_untagged(details, root, renamed) for details in error.errors(include_url=False, include_input=False)]
    # Each member of a union complains. When one fitted and only something inside did not, the others are noise.
    fitted = {union for complaint in complaints if complaint.is_deep for union in complaint.unions}
    groups: dict[Path, list[_Complaint]] = {}
    for complaint in complaints:
        if complaint.path not in fitted or complaint.path not in complaint.unions:
            groups.setdefault(complaint.path, []).append(complaint)
    written: dict[tuple[object, ...], list[list[_Complaint]]] = {}
    for path, group in groups.items():
        kinds = tuple(complaint.details["type"] for complaint in group)
        written.setdefault((*map(id, group[0].place), kinds, path[-1:]), []).append(group)
    ideas = _Ideas(shape)
    faults = [
        Fault(tuple(group[0].path for group in repeated), _problem(repeated[0], shape, ideas))
        for repeated in written.values()
    ]
    return sorted(faults, key=lambda fault: (fault.problem.origin.start, fault.problem.origin.end))


def describe(node: Node) -> str:
    """What stands there, for `..., not ...`: `the number 5`, `a list`, `nothing`."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Scalar):
        if node.value is None:
            return "nothing"
        if isinstance(node.value, bool):
            return f"`{node.text}`"
        if isinstance(node.value, int | float):
            return f"the number {shorten(node.text)}"
        return f"the text `{shorten(node.value)}`" if node.value.strip() else "an empty text"
    return "that"


def shorten(text: str) -> str:
    """A text made fit to be shown inside of a sentence: one line, not long, no backticks."""
    line = " ".join(text[: 4 * LONGEST_KEY].replace("`", "'").split())
    return line if len(line) <= LONGEST_KEY else f"{line[: LONGEST_KEY - 1]}…"


def first_line(node: Node) -> Origin:
    """The first line of a value, where the whole would be too much to point at."""
    text = node.source.text
    end = text.find("\n", node.start, node.end)
    return Origin(node.source, node.start, node.end if end < 0 else len(text[:end].rstrip("\r")))


def _step(place: Place, step: str | int, renamed: Renamed) -> Place | None:
    """One step down, None where the file has nothing of that name or number.

    An index into a scalar stays there, because a single value may stand for a list of one.
    """
    node = place.node
    if isinstance(node, MappingNode):
        name = renamed.get(id(node), {}).get(str(step), str(step))
        return Place(node.values[name], node.keys[name]) if name in node.values else None
    if isinstance(step, int):
        if isinstance(node, Sequence):
            return Place(node.items[step]) if step < len(node.items) else None
        return place
    return None


def _untagged(details: ErrorDetails, root: Node, renamed: Renamed) -> _Complaint:
    place = Place(root)
    path: Path = ()
    unions: tuple[Path, ...] = ()
    steps = details["loc"]
    for position, step in enumerate(steps):
        below = _step(place, step, renamed)
        if below is not None:
            place, path = below, (*path, step)
        elif details["type"] == "missing" and position == len(steps) - 1:
            path = (*path, step)
        else:
            unions = (*unions, path)
    return _Complaint(path, unions, place, details)


_EXPECTED_TYPES = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "finite": "a finite number",
    "bool": "true or false",
    "list": "a list",
    "dict": "a mapping",
    "model": "a mapping",
}
"""First word of a pydantic error type to what was expected."""


class _Ideas:
    """What was probably meant, sought once for each word and for a limited number of words."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._known: dict[tuple[object, str], str | None] = {}

    def for_key(self, path: Path, key: str) -> str | None:
        """What to write instead of the unknown `key` in the mapping at `path`."""
        vocabulary = self._shape.vocabulary(path)
        return self._once((vocabulary, key), lambda: vocabulary.suggest(key)) or self._shape.own_keys

    def for_word(self, word: str, known: tuple[str, ...]) -> str | None:
        """Which of the words `known` was meant."""
        from difflib import get_close_matches

        def search() -> str | None:
            close = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
            return f"did you mean `{close[0]}`?" if close else None

        return self._once((known, word), search) if len(word) <= LONGEST_KEY else None

    def _once(self, key: tuple[object, str], search: Callable[[], str | None]) -> str | None:
        if key not in self._known and len(self._known) < _MOST_SUGGESTIONS:
            self._known[key] = search()
        return self._known.get(key)


def _problem(group: list[_Complaint], shape: Shape, ideas: _Ideas) -> Problem:
    """The one problem that all complaints about one path amount to."""
    path, _, place, details = group[0]
    node, key = place
    inside = shape.owner(path)
    suffix = f" in {inside}" if inside else ""
    kind = details["type"]
    if kind == "missing":
        return Problem(shape.code, f"`{path[-1]}` is missing{suffix}", first_line(node))
    if kind == "extra_forbidden":
        written = key.text if key is not None else str(path[-1])
        return Problem(
            shape.code,
            f"unknown key `{shorten(written)}`{suffix}",
            key.origin if key is not None else first_line(node),
            help=ideas.for_key(path[:-1], written),
        )
    name = f"`{shorten(key.text)}`" if key is not None else _item_name(path)
    message, help = _wrong_value(
        [complaint.details for complaint in group], node, shape.expected.get(_field(path)), ideas
    )
    return Problem(shape.code, f"{name}{suffix} {message}", _value_place(node, key), help=help)


def _wrong_value(errors: list[ErrorDetails], node: Node, expected: str | None, ideas: _Ideas) -> tuple[str, str | None]:
    """What is wrong with a value, to follow its name, and what to do about it."""
    for details in errors:
        kind, context = details["type"], details.get("ctx", {})
        if kind == "planlint":
            return details["msg"], None
        if kind == "literal_error" and isinstance(node, Scalar) and isinstance(node.value, str):
            return _wrong_word(node.value, str(context.get("expected", "")), ideas)
        if kind == "string_too_short":
            return "must not be empty", None
        if kind == "string_pattern_mismatch" and isinstance(node, Scalar) and not node.text.strip():
            return "must not be empty", None
        if kind == "string_unicode":
            return "holds half of a surrogate pair, which is no character", None
        if kind.startswith("greater_than"):
            return f"must be at least {context.get('ge', context.get('gt'))}, not {describe(node)}", None
        if kind.startswith("less_than"):
            return f"must be at most {context.get('le', context.get('lt'))}, not {describe(node)}", None
    kinds = [_EXPECTED_TYPES.get(details["type"].partition("_")[0]) for details in errors]
    wanted = expected or " or ".join(dict.fromkeys(filter(None, kinds)))
    literal = next((str(e.get("ctx", {}).get("expected")) for e in errors if e["type"] == "literal_error"), None)
    if literal is not None:
        wanted = _ticked(literal)
    if not wanted:
        return f"cannot be {describe(node)}", None
    quotable = isinstance(node, Scalar) and node.style == "plain" and node.value is not None and "text" in wanted
    return f"must be {wanted}, not {describe(node)}", "put it in quotes if it is meant as text" if quotable else None


def _wrong_word(word: str, expected: str, ideas: _Ideas) -> tuple[str, str | None]:
    shown = f"the text `{shorten(word)}`" if word.strip() else "an empty text"
    return f"must be {_ticked(expected)}, not {shown}", ideas.for_word(word, tuple(expected.split("'")[1::2]))


def _ticked(expected: str) -> str:
    return expected.replace("'", "`")


def _field(path: Path) -> str:
    """The name of the field at a path; empty for an item of a list."""
    return path[-1] if path and isinstance(path[-1], str) else ""


def _item_name(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return f"an item of `{names[-1]}`" if names else "the file"


def _value_place(node: Node, key: Scalar | None) -> Origin:
    """The value, or the key where the value is nothing."""
    return key.origin if key is not None and node.start == node.end else first_line(node)

"""Mistakes in a configuration file as sentences with places, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planlint.readers.tree import Mapping, Node
from planlint.readers.tree import Sequence as NodeSequence
from planlint.source import Origin

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Keys = tuple[str | int, ...]

_TAGS = frozenset({"selector", "entry", "table", "list"})
"""Names of the branches of unions, which pydantic puts into a place and nobody wrote."""


class Mistakes:
    """Collects what is wrong with the table `root`, a node of the file that calls itself `shown`."""

    def __init__(self, shown: str, root: Node) -> None:
        self._shown = shown
        self._root = root
        self._found: set[tuple[int, str]] = set()

    def add(self, keys: Keys, sentence: str, *, at_key: bool = False) -> None:
        """Complain about what stands below `keys`; `at_key` points at the last key instead of at its value."""
        self._found.add((place(self._root, keys, at_key=at_key).start, sentence))

    def add_error(self, error: ErrorDetails, known: Iterable[str], before: Keys = ()) -> None:
        """Complain about what pydantic found; `known` are the keys that could have been meant."""
        keys = (*before, *error["loc"])
        name = dotted(key for key in keys if key not in _TAGS)
        kind = error["type"]
        if kind == "extra_forbidden":
            wrong = str(keys[-1])
            self.add(keys, f"unknown key {wrong!r}{did_you_mean(wrong.replace('_', '-'), known)}", at_key=True)
        elif kind == "missing":
            self.add(keys[:-1], f"a key {str(keys[-1]).replace('_', '-')!r} is missing here", at_key=True)
        elif kind == "literal_error":
            expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "")
            hint = did_you_mean(str(error["input"]), expected.replace(" or ", ", ").split(", "), otherwise="")
            self.add(keys, f"{name} must be {expected}, not {error['input']!r}{hint}")
        else:
            self.add(keys, f"{name} {_in_words(error)}")

    @property
    def sentences(self) -> list[str]:
        """`file:line:column: what is wrong`, in the order of the file."""
        source = self._root.source
        found = []
        for start, sentence in sorted(self._found):
            at = source.position(start)
            found.append(f"{self._shown}:{at.line}:{at.column}: {sentence}")
        return found


def _in_words(error: ErrorDetails) -> str:
    """What pydantic says, as the end of a sentence that begins with the key."""
    message = error["msg"].partition(", unable to")[0]
    if error["type"] in ("string_too_short", "too_short"):
        return "must not be empty"
    if error["type"].startswith(("date", "datetime")):
        return f"must be a date such as 2027-03-31, not {str(error['input'])[:40]!r}"
    for start in ("Input should be ", "Value should be "):
        if message.startswith(start):
            return f"must be {message.removeprefix(start)}, not {str(error['input'])[:40]!r}"
    return f"is wrong: {message[:1].lower()}{message[1:]}"


def place(root: Node, keys: Sequence[str | int], *, at_key: bool = False) -> Origin:
    """Where the value (or the key) below `keys` stands; the nearest thing that is there answers for what is not."""
    node: Node = root
    origin = root.origin
    for key in keys:
        if isinstance(node, Mapping) and isinstance(key, str):
            spelled = next((name for name in (key, _other_spelling(key)) if name in node.values), None)
            if spelled is None:
                continue  # a tag that pydantic puts between, or a missing key
            origin = node.keys[spelled].origin
            node = node.values[spelled]
        elif isinstance(node, NodeSequence) and isinstance(key, int) and key < len(node.items):
            node = node.items[key]
            origin = node.origin
        else:
            continue
        if not at_key and not isinstance(node, Mapping):
            origin = node.origin
    return origin


def dotted(keys: Iterable[str | int]) -> str:
    """`overrides[0].tier` for the keys that lead to a value."""
    text = ""
    for key in keys:
        text += f"[{key}]" if isinstance(key, int) else f"{'.' if text else ''}{key}"
    return f"`{text}`"


def did_you_mean(wrong: str, known: Iterable[str], *, otherwise: str | None = None) -> str:
    """`; did you mean ...?`, else the known words, else `otherwise`."""
    from difflib import get_close_matches

    words = sorted(set(known))
    close = get_close_matches(wrong.lower(), words, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    if otherwise is not None:
        return otherwise
    return f"; known are {', '.join(words)}" if words else ""


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a table as they are written."""
    return [item.alias or name.replace("_", "-") for name, item in model.model_fields.items()]


def _other_spelling(key: str) -> str:
    return key.replace("-", "_") if "-" in key else key.replace("_", "-")

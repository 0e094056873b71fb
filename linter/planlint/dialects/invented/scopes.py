"""Fields that name files: lists, single paths, records with an action, mappings by what is done to the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.invented.vocabulary import MODES, NOTHING, field_of
from planlint.dialects.keys import fold
from planlint.dialects.path_lists import FileItem, files_in
from planlint.dialects.prose import PathContext
from planlint.dialects.prose.remarks import mode_of_remark
from planlint.dialects.prose.wording import weak_spans
from planlint.model import Mode, Scope
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_PREFIX = re.compile(
    r"[ \t`]*(NEW|CREATE|ADD|MODIFY|UPDATE|EDIT|DELETE|REMOVE|READ|REFERENCE)[ \t]*[:：][ \t]*", re.IGNORECASE
)
_ONLY_IF = re.compile(r"only (?:if|when|where)\b|\bif\b", re.IGNORECASE)
_ACTIONS = {
    "create": Mode.CREATE, "new": Mode.CREATE, "add": Mode.CREATE, "created": Mode.CREATE,
    "modify": Mode.MODIFY, "tomodify": Mode.MODIFY, "update": Mode.MODIFY, "edit": Mode.MODIFY, "change": Mode.MODIFY,
    "extend": Mode.MODIFY, "refactor": Mode.MODIFY, "rename": Mode.MODIFY, "modified": Mode.MODIFY,
    "delete": Mode.DELETE, "remove": Mode.DELETE,
    "write": Mode.WRITE, "readwrite": Mode.WRITE,
    "read": Mode.READ, "reference": Mode.READ, "readonly": Mode.READ, "dependency": Mode.READ, "context": Mode.READ,
}  # fmt: skip
"""Folded word of an `action` or `type` beside a path to what happens to the file."""

_KEYS = {
    "writeallow": "writes", "allowmodify": "writes", "allowwrite": "writes", "write": "writes", "modify": "modifies",
    "create": "creates", "delete": "deletes", "readallow": "may_read", "allowreadonly": "may_read",
    "allowread": "may_read", "readonly": "may_read", "read": "reads", "deny": "off_limits",
    "strictlyforbidden": "off_limits", "forbidden": "off_limits", "exclude": "off_limits",
    "files": "writes", "paths": "writes", "include": "writes",
}  # fmt: skip
"""Folded key of a mapping of files (`scope: {write_allow: ...}`) to what its files are."""

_PATH_KEYS = ("path", "file", "file_path", "filepath", "filename", "target", "pattern", "glob")
_ACTION_KEYS = ("action", "type", "mode", "operation", "change", "change_type", "op", "access")


class Named(NamedTuple):
    """A file that a field names. `role` is `write`, `read`, `off_limits`, or `may_read` for a mere permission."""

    role: str
    scope: Scope


def files_of(node: Node, field: str, context: PathContext, *, key: str = "") -> Iterator[Named]:
    """The files that the value of `field` names.

    `key` is the word it has in the plan: in a list of `files`, each word is one, such as `Makefile`.
    """
    if isinstance(node, Scalar):
        yield from _entry(node, field, context, MODES.get(field, Mode.WRITE))
    elif isinstance(node, Sequence):
        mode, any_word = MODES.get(field, Mode.WRITE), "file" in fold(key)
        for item in node.items:
            if isinstance(item, Mapping):
                yield from _record(item, field, context)
            elif isinstance(item, Scalar):
                yield from _entry(item, field, context, mode, any_word=any_word)
            else:
                yield from files_of(item, field, context, key=key)
    elif isinstance(node, Mapping):
        yield from _by_key(node, field, context)


def _by_key(node: Mapping, field: str, context: PathContext) -> Iterator[Named]:
    """`{create: [...], modify: [...]}`, `{write_allow: ..., deny: ...}`, `{a.py: why}`, or one record."""
    if any(key in node for key in _PATH_KEYS):
        yield from _record(node, field, context)
        return
    for key, value in node.values.items():
        inner = _KEYS.get(fold(key))
        if inner is None:
            known = field_of(key)
            inner = known if known in MODES or known in ("reads", "off_limits") else None
        if inner is not None:
            yield from files_of(value, inner, context, key=key)
        elif "/" in key or "." in key[1:-1]:
            yield from _entry(node.keys[key], field, context, MODES.get(field, Mode.WRITE))


def _record(node: Node, field: str, context: PathContext) -> Iterator[Named]:
    """One mapping with a path and, perhaps, what is done to it."""
    if not isinstance(node, Mapping):
        return
    path = node.get(*_PATH_KEYS)
    if not isinstance(path, Scalar):
        return
    mode = MODES.get(field, Mode.WRITE)
    for key in _ACTION_KEYS:
        value = node.get(key)
        if isinstance(value, Scalar):
            mode = _ACTIONS.get(fold(value.text.strip()), mode)
    yield from _entry(path, field, context, mode)


def _entry(scalar: Scalar, field: str, context: PathContext, mode: Mode, *, any_word: bool = False) -> Iterator[Named]:
    if not isinstance(scalar.value, str) or scalar.text.strip().lower() in NOTHING:
        return
    prose = Prose.of_scalar(scalar)
    prefix = _PREFIX.match(prose.text)
    if prefix is not None:
        mode = mode_of_remark(prefix.group(1)) or _ACTIONS.get(fold(prefix.group(1)), mode)
        prose = prose.slice(prefix.end(), len(prose.text))
    for item in files_in(prose, context, any_word=any_word):
        yield _named(item, field, mode)


def _named(item: FileItem, field: str, mode: Mode) -> Named:
    mode = item.mode or mode
    note = item.note or ""
    weak = bool(weak_spans(note, 0, len(note))) or _ONLY_IF.match(note) is not None
    scope = Scope(
        path=item.path,
        mode=mode,
        origin=item.origin,
        evidence=Evidence.DECLARED,
        weak=weak,
        part=item.part,
        external=item.external,
        note=item.note,
    )
    if field == "off_limits":
        return Named("off_limits", scope.replace(mode=Mode.WRITE))
    if field in ("reads", "may_read") or mode is Mode.READ:
        return Named("may_read" if field == "may_read" else "read", scope.replace(mode=Mode.READ))
    return Named("write", scope)

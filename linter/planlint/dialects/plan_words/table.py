"""What every field of a plan file may hold, told without pydantic.

`native.document` is the definition of the format, and says in full what is wrong with a plan. Importing it costs as
much as all the rest of a check of a small plan, and a plan that is right needs none of it: `fits` accepts exactly what
is plainly right, in one walk over plain data. Whatever it does not accept goes to `document`, which decides. Tests keep
the two in step: the same fields and forms, and nothing fits that `document` would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from planlint.dialects.plan_words.durations import minutes
from planlint.dialects.plan_words.forms import Form

Check: TypeAlias = Callable[[Any], bool]


class Field(NamedTuple):
    """One field: what fits it, how it may be written (`forms`), and whether it must be there."""

    fits: Check
    form: Form | None = None
    required: bool = False


class Table(dict[str, Field]):
    """Canonical field name to what it holds."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        super().__init__(fields)
        self.required = frozenset(name for name, field in fields.items() if field.required)


def _text(value: Any) -> bool:
    return type(value) is str


def _filled(value: Any) -> bool:
    return type(value) is str and bool(value) and not value.isspace()


def _flag(value: Any) -> bool:
    return type(value) is bool


def _count(most: int) -> Check:
    return lambda value: type(value) is int and 1 <= value <= most


def _one_of(*words: str) -> Check:
    known = frozenset(words)
    return lambda value: type(value) is str and value in known


def _list_of(fits: Check) -> Check:
    return lambda value: type(value) is list and all(map(fits, value))


def _mapping(table: Table) -> Check:
    return lambda value: type(value) is dict and fits(value, table)


def _text_or(table: Table) -> Check:
    inner = _mapping(table)
    return lambda value: bool(value) and not value.isspace() if type(value) is str else inner(value)


def _version(value: Any) -> bool:
    return type(value) in (int, float, str) and str(value) in ("1", "1.0")


def _estimate(value: Any) -> bool:
    return type(value) in (int, float, str) and minutes(value) is not None


def _owners(value: Any) -> bool:
    return type(value) is dict and all(map(_filled, value.values()))


def fits(data: Mapping[str, Any], table: Table) -> bool:
    """Whether `data` holds all that `table` requires, nothing that it does not know, and only values that fit."""
    for name, value in data.items():
        field = table.get(name)
        if field is None or not field.fits(value):
            return False
    return table.required <= data.keys()


_NAME = Field(_filled, Form.NAME)
_NAMES = Field(_list_of(_filled), Form.NAMES)
_TEXTS = Field(_list_of(_filled), Form.TEXTS)
_WORDS = Field(_list_of(_filled), Form.WORDS)
_FLAG = Field(_flag, Form.FLAG)
_FILLED = Field(_filled)
_TEXT = Field(_text)
_ISOLATION = Field(_one_of("shared", "worktree", "branch", "stacked", "read-only"), Form.CHOICE)
_KIND = Field(_one_of("build", "review", "research", "integrate", "coordinate"), Form.CHOICE)
_PATH = Field(_filled, required=True)
_ID = Field(_filled, Form.NAME, required=True)

SCOPE = Table({"path": _PATH, "part": _FILLED, "note": _TEXT, "external": _FLAG, "weak": _FLAG})
CONTRACT = Table({"id": _ID, "kind": _FILLED, "file": _FILLED, "signature": _FILLED, "description": _TEXT})
REF = Table({"contract": _ID, "signature": _FILLED, "file": _FILLED, "kind": _FILLED})
AGENT = Table({"type": _NAME, "name": _NAME, "model": _FILLED, "tools": _WORDS, "mode": _FILLED})
RESOURCES = Table(dict.fromkeys(("port", "database", "branch", "worktree", "container", "lock", "scratch"), _NAMES))
HUB = Table({"path": _PATH, "owner": _NAME, "note": _TEXT})
ACKNOWLEDGED = Table({"path": _PATH, "tasks": _NAMES, "note": _FILLED})
LIMITS = Table({"inherited_tokens": Field(_count(1_000_000_000))})

_PATHS = Field(_list_of(_text_or(SCOPE)), Form.PATHS)
_REFS = Field(_list_of(_text_or(REF)), Form.PARTS)

TASK = Table(
    {
        "id": _ID,
        "title": _NAME,
        "description": _TEXT,
        "brief": _TEXT,
        "agent": Field(_text_or(AGENT), Form.NAME),
        "kind": _KIND,
        "isolation": _ISOLATION,
        "branch": _NAME,
        **dict.fromkeys(("creates", "modifies", "deletes", "writes", "reads", "off_limits"), _PATHS),
        **dict.fromkeys(("depends_on", "blocks", "conflicts_with"), _NAMES),
        "phase": _NAME,
        "wave": _NAME,
        "parallel": _FLAG,
        "provides": _REFS,
        "consumes": _REFS,
        "resources": Field(_mapping(RESOURCES)),
        "verify": _TEXTS,
        "returns": _TEXTS,
        "background": _FLAG,
        "optional": _FLAG,
        "done": _FLAG,
        "status": _NAME,
        "estimate": Field(_estimate),
    }
)

PLAN = Table(
    {
        "plan": _NAME,
        "version": Field(_version),
        "description": _TEXT,
        "isolation": _ISOLATION,
        "runtime": _NAME,
        "max_parallel": Field(_count(100_000)),
        "workers": Field(_count(100_000)),
        "limits": Field(_mapping(LIMITS)),
        "context": _WORDS,
        "off_limits": _PATHS,
        "owners": Field(_owners),
        "hubs": Field(_list_of(_text_or(HUB)), Form.PATHS),
        "acknowledged": Field(_list_of(_text_or(ACKNOWLEDGED)), Form.PATHS),
        "contracts": Field(_list_of(_mapping(CONTRACT))),
        "tasks": Field(_list_of(_mapping(TASK)), required=True),
    }
)

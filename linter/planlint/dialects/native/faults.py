"""How shape errors of a plan file are worded: whose field it is, which words belong there, what is expected."""

from __future__ import annotations

from typing import Any

from planlint.dialects.keys import Vocabulary
from planlint.dialects.native.reading import Reader
from planlint.dialects.plan_words.synonyms import VOCABULARIES
from planlint.dialects.shape import Path, Shape, shorten

SHAPE_CODE = "PL003"
"""invalid-plan."""

_PATHS = "a list of paths"
_IDS = "a list of task ids"
_CONTRACTS = "a list of contract ids"

_EXPECTED = {
    "creates": _PATHS,
    "modifies": _PATHS,
    "deletes": _PATHS,
    "writes": _PATHS,
    "reads": _PATHS,
    "off_limits": _PATHS,
    "hubs": _PATHS,
    "context": _PATHS,
    "acknowledged": "a list of mappings with a `path`",
    "owners": "a mapping of paths to task ids",
    "depends_on": _IDS,
    "blocks": _IDS,
    "conflicts_with": _IDS,
    "provides": _CONTRACTS,
    "consumes": _CONTRACTS,
    "contracts": "a list of mappings with an `id`",
    "agent": "an agent type or a mapping",
    "resources": "a mapping such as `port: 3000`",
    "verify": "text or a list of texts",
    "returns": "text or a list of texts",
    "estimate": "a duration such as `30s`, `5m` or `1h30m`, or a number of minutes",
}
_OWN_KEYS = "a key of your own begins with `x-`; the known ones are in docs/formats/planlint.md"
_NO_WORDS = Vocabulary(())


def shape_of(reader: Reader, data: dict[str, Any]) -> Shape:
    """What `explain` must know about the document that `reader` has read into `data`."""

    def owner(path: Path) -> str:
        if len(path) > 2 and path[0] in ("tasks", "contracts"):
            items = data.get(str(path[0]))
            item = items[path[1]] if isinstance(items, list) and isinstance(path[1], int) else None
            name = item.get("id") if isinstance(item, dict) else None
            kind = "task" if path[0] == "tasks" else "contract"
            return (
                f"{kind} `{shorten(name)}`" if isinstance(name, str) and name.strip() else f"{kind} {int(path[1]) + 1}"
            )
        return ""

    return Shape(vocabulary=_vocabulary, owner=owner, expected=_EXPECTED, code=SHAPE_CODE, own_keys=_OWN_KEYS)


def _vocabulary(path: Path) -> Vocabulary:
    """The words of the mapping at `path`, which is named by the innermost field around it."""
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    return VOCABULARIES.get(field, _NO_WORDS)

"""Tasks and subtasks of a list as Taskmaster writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin

_NOTHING = frozenset({"", "none", "n/a", "null", "-"})
SIBLING_LIMIT = 100
"""A number below this in the dependencies of a subtask means a sibling (dependency-manager.js of Taskmaster)."""


@dataclass(slots=True)
class Item:
    """A task or subtask; `id` is dotted for subtasks (`5.2`), as Taskmaster shows them."""

    fields: Mapping
    id: str
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    def get(self, *names: str) -> Node | None:
        """The value of the first of `names`."""
        return self.fields.get(*names)

    def text(self, *names: str) -> str:
        """The first of `names` as text; empty where it is missing or no scalar."""
        node = self.get(*names)
        return node.text if isinstance(node, Scalar) and node.value is not None else ""


def items_in(listed: Node | None, parent: Item | None = None) -> list[Item]:
    """The objects of a list of tasks with their subtasks, in order; whatever is no object is left out."""
    top: list[Item] = []
    stack: list[tuple[Node | None, Item | None, list[Item]]] = [(listed, parent, top)]
    while stack:
        node, holder, into = stack.pop()
        for value in node.items if isinstance(node, Sequence) else ():
            if isinstance(value, Mapping):
                item = Item(value, _id(value, holder), holder)
                into.append(item)
                stack.append((value.get("subtasks"), item, item.children))
    return top


def _id(fields: Mapping, parent: Item | None) -> str:
    node = fields.get("id")
    own = node.text.strip() if isinstance(node, Scalar) and node.value is not None else ""
    if parent is None or not own or own.startswith(f"{parent.id}."):
        return own
    return f"{parent.id}.{own}" if parent.id else own


def walk(items: list[Item]) -> Iterator[Item]:
    """Each item, followed by its subtasks."""
    stack = items[::-1]
    while stack:
        item = stack.pop()
        yield item
        stack += item.children[::-1]


class Ids:
    """What a reference in a list means."""

    def __init__(self, items: list[Item]) -> None:
        self.known = {item.id for item in walk(items) if item.id}

    def meant(self, scalar: Scalar, item: Item) -> str:
        """The id that `scalar`, a dependency of `item`, stands for; as written where nothing bears it.

        In a subtask a small bare number is a sibling, and only without such a sibling a task.
        """
        written = scalar.text.strip()
        if item.parent is None:
            return written
        sibling = f"{item.parent.id}.{written}"
        if written.isdigit() and len(written) < 4 and int(written) < SIBLING_LIMIT and sibling in self.known:
            return sibling
        return written


def references_of(item: Item, ids: Ids) -> Iterator[tuple[str, str, Origin]]:
    """Each dependency as (id meant, as written, place); what should be a list and is no id either is left out."""
    node = item.get("dependencies")
    for value in node.items if isinstance(node, Sequence) else [node]:
        if not isinstance(value, Scalar) or value.value is None or value.text.strip().lower() in _NOTHING:
            continue
        meant = ids.meant(value, item)
        if isinstance(node, Sequence) or meant in ids.known:
            yield meant, value.text.strip(), value.origin

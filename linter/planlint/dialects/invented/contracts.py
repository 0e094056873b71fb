"""What items say they provide to others or expect of them."""

from __future__ import annotations

from planlint.dialects.draft import TaskDraft
from planlint.dialects.invented.vocabulary import NOTHING, text_of
from planlint.dialects.keys import fold
from planlint.model import ContractRef
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_LONGEST_NAME = 120
"""A longer text is a sentence about something, not its name."""


def add_contracts(task: TaskDraft, name: str, value: Node) -> None:
    """`provides: [{contract, fields}]`, `expects_from: {task: [{contract, needs}]}`, exported symbols."""
    if name == "contracts":
        if isinstance(value, Mapping):
            for key, inner in value.values.items():
                if fold(key) in ("exportedsymbols", "provides", "exports", "functionsignatures", "produces"):
                    task.provides += refs(inner)
                elif fold(key) in ("consumes", "imports", "requires", "expects"):
                    task.consumes += refs(inner)
        return
    target = task.provides if name == "provides" else task.consumes
    if isinstance(value, Mapping) and not any(key in value for key in ("contract", "id", "name")):
        for inner in value.values.values():
            target += refs(inner)
    else:
        target += refs(value)


def refs(node: Node) -> list[ContractRef]:
    """The contracts that a value names: texts (`save(id: str) -> None` with its signature), records, lists of both."""
    if isinstance(node, Scalar):
        if not isinstance(node.value, str) or node.text.strip().lower() in NOTHING:
            return []
        text = node.text.strip()
        head = text.partition("(")[0].split()
        name = head[-1].strip("`") if "(" in text and head else text.strip("`")
        if len(name) > _LONGEST_NAME or "\n" in name:
            return []
        return [ContractRef(contract=name, origin=node.origin, signature=text if "(" in text else None)]
    if isinstance(node, Sequence):
        return [ref for item in node.items for ref in refs(item)]
    if isinstance(node, Mapping):
        name_node = node.get("contract", "id", "name", "symbol")
        if isinstance(name_node, Scalar) and isinstance(name_node.value, str):
            shape = node.get("signature", "shape", "schema", "fields", "needs", "type")
            file = node.get("file", "path")
            return [
                ContractRef(
                    contract=name_node.text.strip(),
                    origin=name_node.origin,
                    signature=", ".join(text_of(shape).splitlines()) or None,
                    file=file.text.strip() if isinstance(file, Scalar) and isinstance(file.value, str) else None,
                )
            ]
    return []

"""How the value of each field is read, by its form, and the words of every kind of mapping in a plan file."""

from __future__ import annotations

from planlint.dialects.keys import fold
from planlint.dialects.native.reading import Read, Reader, Value, Words
from planlint.dialects.plan_words import synonyms, table
from planlint.dialects.plan_words.forms import Form
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_AMBIGUOUS_STARTS = frozenset("0123456789+-.yYnNoO")
"""First characters of every text that `ambiguity` may object to."""


def read_plan(reader: Reader) -> dict[str, Value]:
    """The plan that `reader` is for, as plain data under canonical names."""
    return reader.mapping(reader.root, _PLAN)


def _ignored(reader: Reader, node: Node) -> Value:
    return None


def _name(reader: Reader, node: Node) -> Value:
    if type(node) is not Scalar:
        return node.plain
    value = node.value
    if type(value) is str:
        if node.style == "plain" and value[:1] in _AMBIGUOUS_STARTS:
            reader.ambiguous(node)
        return value
    if value is None or (type(value) is bool and node.style != "plain"):
        return value
    if node.style == "plain":
        reader.ambiguous(node)
    return node.text


def _group(reader: Reader, node: Node) -> Value:
    """A wave or phase. It is a number, so `01` is as good as `1`; only `010` may be another one."""
    if type(node) is Scalar and type(node.value) is int and node.value < 8 and node.text.isdecimal():
        return str(node.value)
    return _name(reader, node)


def _names(reader: Reader, node: Node) -> Value:
    if type(node) is Sequence:
        names = node.names
        if names is not None and _AMBIGUOUS_STARTS.isdisjoint([name[0] for name in names]):
            return names
        return [_name(reader, item) for item in node.items]
    if type(node) is not Scalar:
        return node.plain
    if node.value is None:
        return []
    if type(node.value) is bool:
        return node.value
    pieces = reader.cut(node) if type(node.value) is str else []
    return pieces if len(pieces) > 1 else [_name(reader, node)]


def _texts(reader: Reader, node: Node) -> Value:
    return [node.value] if type(node) is Scalar and type(node.value) is str else node.plain


def _words(reader: Reader, node: Node) -> Value:
    return reader.cut(node) if type(node) is Scalar and type(node.value) is str else node.plain


def _flag(reader: Reader, node: Node) -> Value:
    if type(node) is Scalar and type(node.value) is str:
        meant = reader.old_flag(node)
        return node.value if meant is None else meant
    return node.plain


def _choice(words: dict[str, str]) -> Read:
    def read(reader: Reader, node: Node) -> Value:
        if type(node) is not Scalar or type(node.value) is not str:
            return node.plain
        return words.get(fold(node.value), node.value.lower())

    return read


def _list_of(words: Words, *, cut: bool) -> Read:
    """A list of texts and mappings with `words`; a single one stands for itself; a text is cut when `cut`."""

    def read(reader: Reader, node: Node) -> Value:
        if type(node) is Sequence:
            return node.names or [
                item.value if type(item) is Scalar else _one_of(reader, item, words)
                for item in node.items
            ]  # fmt: skip
        if type(node) is not Scalar:
            return [_one_of(reader, node, words)]
        if node.value is None:
            return []
        if type(node.value) is not str:
            return node.value
        return reader.cut(node) if cut else [node.value]

    return read


def _one_of(reader: Reader, node: Node, words: Words) -> Value:
    return reader.mapping(node, words) if type(node) is Mapping else node.plain


def _parts(words: Words) -> Read:
    """A list of names and mappings with `words`; a single one stands for itself."""

    def read(reader: Reader, node: Node) -> Value:
        if type(node) is Sequence:
            return [_part(reader, item, words) for item in node.items]
        if type(node) is Scalar:
            return _names(reader, node)
        return [_part(reader, node, words)]

    return read


def _part(reader: Reader, node: Node, words: Words) -> Value:
    return _name(reader, node) if type(node) is Scalar else _one_of(reader, node, words)


def _name_or(words: Words) -> Read:
    """A name, or a mapping with `words`."""
    return lambda reader, node: _part(reader, node, words)


def _only(words: Words) -> Read:
    """A mapping with `words`."""
    return lambda reader, node: _one_of(reader, node, words)


def _each(words: Words) -> Read:
    """A list of mappings with `words`."""

    def read(reader: Reader, node: Node) -> Value:
        if type(node) is not Sequence:
            return node.plain
        return [reader.mapping(item, words) if type(item) is Mapping else item.plain for item in node.items]

    return read


def _owners(reader: Reader, node: Node) -> Value:
    if type(node) is not Mapping:
        return [] if node.plain is None else node.plain
    return {path: _name(reader, value) for path, value in node.values.items()}


_SIMPLE: dict[Form, Read] = {
    Form.NAME: _name,
    Form.NAMES: _names,
    Form.TEXTS: _texts,
    Form.WORDS: _words,
    Form.FLAG: _flag,
}


def _reads(fields: table.Table, **special: Read) -> dict[str, Read]:
    """Field name to how it is read: by its form, or as `special` says."""
    found = {name: _SIMPLE[field.form] for name, field in fields.items() if field.form in _SIMPLE}
    return {**found, **special}


_SCOPE = Words(synonyms.SCOPE, _reads(table.SCOPE))
_REF = Words(synonyms.REF, _reads(table.REF))
_CONTRACT = Words(synonyms.CONTRACT, _reads(table.CONTRACT))
_AGENT = Words(synonyms.AGENT, _reads(table.AGENT))
_RESOURCES = Words(synonyms.RESOURCES, _reads(table.RESOURCES))
_HUB = Words(synonyms.HUB, _reads(table.HUB))
_ACKNOWLEDGED = Words(synonyms.ACKNOWLEDGED, _reads(table.ACKNOWLEDGED))
_LIMITS = Words(synonyms.LIMITS, _reads(table.LIMITS))

_SCOPES = _list_of(_SCOPE, cut=True)
_ISOLATION = _choice(synonyms.ISOLATION_WORDS)

_TASK = Words(
    synonyms.TASK,
    _reads(
        table.TASK,
        **dict.fromkeys(("creates", "modifies", "deletes", "writes", "reads", "off_limits"), _SCOPES),
        provides=_parts(_REF),
        consumes=_parts(_REF),
        agent=_name_or(_AGENT),
        resources=_only(_RESOURCES),
        isolation=_ISOLATION,
        kind=_choice(synonyms.KIND_WORDS),
        phase=_group,
        wave=_group,
    ),
)

_PLAN = Words(
    synonyms.PLAN,
    _reads(
        table.PLAN,
        off_limits=_SCOPES,
        hubs=_list_of(_HUB, cut=True),
        acknowledged=_list_of(_ACKNOWLEDGED, cut=True),
        contracts=_each(_CONTRACT),
        limits=_only(_LIMITS),
        owners=_owners,
        isolation=_ISOLATION,
        tasks=_each(_TASK),
    ),
)
# An editor's pointer to the schema is no part of the plan.
_PLAN.known["$schema"] = ("$schema", _ignored)

"""How the value of each field is read, by its form, and the words of every kind of mapping in a plan file."""

from __future__ import annotations

from planlint.dialects.keys import Vocabulary, fold
from planlint.dialects.native.reading import FieldReader, Read, Reader, Value, Words, plain
from planlint.dialects.plan_words import synonyms, table
from planlint.dialects.plan_words.forms import Form
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.readers.yaml.scalars import ambiguity_of

_AMBIGUOUS_STARTS = frozenset("0123456789+-.yYnNoO")
"""First characters of every text that `ambiguity` may object to."""


def read_plan(reader: Reader) -> dict[str, Value]:
    """The plan that `reader` is for, as plain data under canonical names."""
    return reader.mapping(reader.root, _PLAN)


def _is_ambiguous(text: str) -> bool:
    """Whether a plain scalar, which is a text here, is something else to other programs."""
    return text[0] in _AMBIGUOUS_STARTS and ambiguity_of(text, text) is not None


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


def _name_in_short(text: str) -> Value:
    # What ends with a line end is a block, which is a text to everybody.
    return None if text[-1] != "\n" and _is_ambiguous(text) else text


def _group(reader: Reader, node: Node) -> Value:
    """A wave or phase. It is a number, so `01` is as good as `1`; only `010` may be another one."""
    if type(node) is Scalar and type(node.value) is int and node.value < 8 and node.text.isdecimal():
        return str(node.value)
    return _name(reader, node)


def _names(reader: Reader, node: Node) -> Value:
    if type(node) is Sequence:
        return [_name(reader, item) for item in node.items]
    if type(node) is not Scalar:
        return node.plain
    if node.value is None:
        return []
    if type(node.value) is bool:
        return node.value
    pieces = reader.cut(node) if type(node.value) is str else []
    return pieces if len(pieces) > 1 else [_name(reader, node)]


def _names_in_short(names: list[str]) -> Value:
    for name in names:
        if name[0] in _AMBIGUOUS_STARTS and _is_ambiguous(name):
            return None
    return names


def _one_name_in_short(text: str) -> Value:
    return None if "," in text or "\n" in text or _is_ambiguous(text) else [text]


def _texts(reader: Reader, node: Node) -> Value:
    return [node.value] if type(node) is Scalar and type(node.value) is str else node.plain


def _words(reader: Reader, node: Node) -> Value:
    return reader.cut(node) if type(node) is Scalar and type(node.value) is str else node.plain


def _one_word_in_short(text: str) -> Value:
    return None if "," in text or "\n" in text else [text]


def _flag(reader: Reader, node: Node) -> Value:
    if type(node) is Scalar and type(node.value) is str:
        meant = reader.old_flag(node)
        return node.value if meant is None else meant
    return node.plain


def _choice(words: dict[str, str]) -> FieldReader:
    def read(reader: Reader, node: Node) -> Value:
        if type(node) is not Scalar or type(node.value) is not str:
            return node.plain
        return words.get(fold(node.value), node.value.lower())

    return FieldReader(read, text=lambda text: words.get(fold(text)))


def _list_of(words: Words, *, cut: bool) -> Read:
    """A list of texts and mappings with `words`; a single one stands for itself; a text is cut when `cut`."""

    def read(reader: Reader, node: Node) -> Value:
        if type(node) is Sequence:
            return [item.value if type(item) is Scalar else _one_of(reader, item, words) for item in node.items]
        if type(node) is not Scalar:
            return [_one_of(reader, node, words)]
        if node.value is None:
            return []
        if type(node.value) is not str:
            return node.value
        return reader.cut(node) if cut else [node.value]

    return read


def _one_of(reader: Reader, node: Node, words: Words) -> Value:
    return reader.mapping(node, words) if isinstance(node, Mapping) else node.plain


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
        return [reader.mapping(item, words) if isinstance(item, Mapping) else item.plain for item in node.items]

    return read


def _tasks(reader: Reader, node: Node) -> Value:
    """The list of tasks. One of which it is not known that it fits is noted, for `validation` to look at."""
    if type(node) is not Sequence:
        return node.plain
    found: list[Value] = []
    for item in node.items:
        task: Value
        if isinstance(item, Mapping):
            task, fits = reader.read(item, _TASK)
            fits = fits or table.fits(task, table.TASK)
        else:
            task, fits = item.plain, False
        if not fits:
            reader.doubtful.append(task)
        found.append(task)
    return found


def _owners(reader: Reader, node: Node) -> Value:
    if not isinstance(node, Mapping):
        return [] if node.plain is None else node.plain
    return {path: _name(reader, value) for path, value in node.values.items()}


_NAME = FieldReader(_name, text=_name_in_short, unusual=_AMBIGUOUS_STARTS)
_NAMES = FieldReader(_names, text=_one_name_in_short, texts=_names_in_short)
_NOTHING_UNUSUAL: frozenset[str] = frozenset()

_SIMPLE: dict[Form, FieldReader] = {
    Form.NAME: _NAME,
    Form.NAMES: _NAMES,
    Form.TEXTS: FieldReader(_texts, text=lambda text: [text], listed=True),
    Form.WORDS: FieldReader(_words, text=_one_word_in_short, listed=True),
    Form.FLAG: FieldReader(_flag),
}


def _readers(fields: table.Table, **special: FieldReader) -> dict[str, FieldReader]:
    """Field name to how it is read: by its form, or as `special` says; a field without a form is taken as it stands."""
    found = {}
    for name, field in fields.items():
        reader = special.get(name) or (_SIMPLE.get(field.form) if field.form is not None else None)
        found[name] = reader or FieldReader(plain, unusual=_NOTHING_UNUSUAL if field.fits("text") else None)
    return found


def _mappings(vocabulary: Vocabulary, fields: table.Table, **special: FieldReader) -> Words:
    return Words(vocabulary, fields, _readers(fields, **special))


_SCOPE = _mappings(synonyms.SCOPE, table.SCOPE)
_REF = _mappings(synonyms.REF, table.REF)
_CONTRACT = _mappings(synonyms.CONTRACT, table.CONTRACT)
_AGENT = _mappings(synonyms.AGENT, table.AGENT)
_RESOURCES = _mappings(synonyms.RESOURCES, table.RESOURCES)
_HUB = _mappings(synonyms.HUB, table.HUB)
_ACKNOWLEDGED = _mappings(synonyms.ACKNOWLEDGED, table.ACKNOWLEDGED)
_LIMITS = _mappings(synonyms.LIMITS, table.LIMITS)

_SCOPES = FieldReader(_list_of(_SCOPE, cut=True), text=_one_word_in_short, listed=True)
_REFS = FieldReader(_parts(_REF), text=_one_name_in_short, texts=_names_in_short)
_ISOLATION = _choice(synonyms.ISOLATION_WORDS)
_GROUP = FieldReader(_group, text=_name_in_short, unusual=_AMBIGUOUS_STARTS)

_TASK = _mappings(
    synonyms.TASK,
    table.TASK,
    **dict.fromkeys(("creates", "modifies", "deletes", "writes", "reads", "off_limits"), _SCOPES),
    provides=_REFS,
    consumes=_REFS,
    agent=FieldReader(_name_or(_AGENT), text=_name_in_short, unusual=_AMBIGUOUS_STARTS),
    resources=FieldReader(_only(_RESOURCES)),
    isolation=_ISOLATION,
    kind=_choice(synonyms.KIND_WORDS),
    phase=_GROUP,
    wave=_GROUP,
)

_PLAN_READERS = _readers(
    table.PLAN,
    off_limits=_SCOPES,
    hubs=FieldReader(_list_of(_HUB, cut=True)),
    acknowledged=FieldReader(_list_of(_ACKNOWLEDGED, cut=True)),
    contracts=FieldReader(_each(_CONTRACT)),
    limits=FieldReader(_only(_LIMITS)),
    owners=FieldReader(_owners),
    isolation=_ISOLATION,
    tasks=FieldReader(_tasks),
)

# An editor's pointer to the schema is no part of the plan.
_PLAN = Words(synonyms.PLAN, table.PLAN, _PLAN_READERS, passed_over=("$schema",))

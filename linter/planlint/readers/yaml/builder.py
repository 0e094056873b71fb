"""The builder: parser events to a tree, iteratively, with all limits checked as events come in."""

from __future__ import annotations

from typing import Any, NamedTuple

from planlint.diagnostics import Problem, Severity
from planlint.readers import limits
from planlint.readers.duplicates import DuplicateKeys
from planlint.readers.limits import RefusedError, malformed, too_much
from planlint.readers.surrogates import without_surrogates
from planlint.readers.tree import Mapping, Node, Scalar, Sequence, Style
from planlint.readers.yaml.events import open_events
from planlint.readers.yaml.merge import MERGE_KEY, merge_into
from planlint.readers.yaml.scalars import TYPED_STARTS, resolve
from planlint.readers.yaml.spans import after_properties, block_scalar_end, missing_value_place
from planlint.source import Source

_STYLES: dict[str, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_TOO_DEEP = f"nested more than {limits.MAX_DEPTH} levels deep"
_TOO_DEEP_HELP = "a plan needs about ten; is this a data file?"
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null"))


class _Anchor:
    """A node that `*name` can repeat: its `size` in nodes (None while it is still open) and its `height` in levels."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node, size: int | None) -> None:
        self.node = node
        self.size = size
        self.height = 0


class _Frame(NamedTuple):
    """An open collection and the state of its parent, restored when it closes."""

    node: Mapping | Sequence
    anchor: _Anchor | None
    counted: int
    """Nodes counted, aliases expanded, before this one."""
    items: list[Node] | None
    mapping: Mapping | None
    key: Scalar | None
    merges: list[tuple[Scalar, Node]] | None
    deepest: int


class Builder:
    """Builds the roots of `source.text[start:end]` into `roots`, complaints into `problems`."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        # libyaml swallows a leading byte-order mark without counting it.
        if source.text.startswith("\ufeff", start, end):
            start += 1
        self.source = source
        self.start = start
        self.end = end
        self.roots: list[Node] = []
        self.problems: list[Problem] = []
        self._anchors: dict[str, _Anchor] = {}
        self._duplicates = DuplicateKeys()
        self._unreported: list[Problem] = []
        self._aliases = 0
        self._expanded = 0
        self._bad_key = Scalar(source, start, start, None, "", "empty")

    def run(self, *, pure: bool = False) -> None:
        """Build. Raises `RefusedError` for broken syntax (PL002) and exceeded limits (PL006)."""
        try:
            self._build(pure=pure)
        finally:
            if self._unreported:
                rest, first = f"{len(self._unreported):,} more complaints about this file", self._unreported[0]
                self.problems.append(Problem(first.code, rest, first.origin, severity=first.severity))
            self.problems += self._duplicates.problems()

    def _build(self, *, pure: bool) -> None:
        """The loop. Its state lives in local variables: this is the hot path of every YAML plan."""
        source, base = self.source, self.start
        text = source.text
        events = _event_types()
        scalar_event, mapping_start, mapping_end, sequence_start, sequence_end, alias_event, stream_end = events
        anchors, bad_key = self._anchors, self._bad_key
        stack: list[_Frame] = []
        counted = deepest = 0
        budget = limits.MAX_NODES
        last_end = base
        last_event: Any = None
        # The parent of the next node is either a list (`items`) or a mapping; documents go into the list of roots.
        items: list[Node] | None = self.roots
        mapping: Mapping | None = None
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        key: Scalar | None = None
        merges: list[tuple[Scalar, Node]] | None = None
        try:
            next_event = open_events(text[base : self.end], pure=pure)
        except Exception as error:  # The C parser encodes the text at once and raises for a lone surrogate.
            raise self._syntax_error(error, stack, None) from error
        while True:
            try:
                event = next_event()
            except Exception as error:  # A foreign parser on untrusted text: whatever it raises is about the text.
                raise self._syntax_error(error, stack, last_event) from error
            last_event = event
            kind = type(event)
            node: Node
            scalar: Scalar | None = None
            new_mapping: Mapping | None = None
            new_sequence: Sequence | None = None

            if kind is scalar_event:
                start = event.start_mark.index + base
                before = last_end
                last_end = end = event.end_mark.index + base
                content = event.value
                style = event.style
                if event.anchor is not None or event.tag is not None:
                    scalar = self._scalar_with_properties(event, start, end)
                    last_end = scalar.end
                    if event.anchor is not None:
                        anchors[event.anchor] = _Anchor(scalar, 1)
                elif not style:
                    if not content:
                        last_end = start = missing_value_place(text, before, start)
                        scalar = Scalar(source, start, start, None, "", "empty")
                    elif content[0] in TYPED_STARTS:
                        scalar = Scalar(source, start, end, resolve(content), content, "plain")
                    else:
                        scalar = Scalar(source, start, end, content, content, "plain")
                else:
                    if style == "|" or style == ">":
                        last_end = end = block_scalar_end(text, start, end)
                    elif style == '"':
                        content = without_surrogates(content)
                    scalar = Scalar(source, start, end, content, content, _STYLES[style])
                node = scalar
                counted += 1
            elif kind is mapping_start or kind is sequence_start:
                # The event ends where the content begins, or just after its first character: a bracket, or the dash
                # of a list that is not indented below its key.
                last_end = event.end_mark.index + base
                after_first = event.flow_style or (kind is sequence_start and text[last_end - 1 : last_end] == "-")
                start = last_end - 1 if after_first else last_end
                if len(stack) >= limits.MAX_DEPTH:
                    raise too_much(source.origin(start, start + 1), _TOO_DEEP, _TOO_DEEP_HELP)
                if kind is mapping_start:
                    node = new_mapping = Mapping(source, start, last_end, {}, {})
                else:
                    node = new_sequence = Sequence(source, start, last_end, [])
                counted += 1
            elif kind is mapping_end or kind is sequence_end:
                if merges and mapping is not None:
                    looked_at, complaints = merge_into(mapping, merges)
                    for complaint in complaints:
                        self._note(complaint)
                    self._expand(looked_at, merges[0][0].start, merges[0][0].end)
                closed, anchor, counted_before, items, mapping, key, merges, deepest_before = stack.pop()
                if event.end_mark.index > event.start_mark.index:
                    last_end = event.end_mark.index + base
                closed.end = last_end
                if anchor is not None:
                    anchor.size = counted - counted_before
                    anchor.height = deepest - len(stack)
                deepest = max(deepest, deepest_before)
                if mapping is not None:
                    keys, values = mapping.keys, mapping.values
                continue
            elif kind is alias_event:
                start = event.start_mark.index + base
                last_end = end = event.end_mark.index + base
                anchor = self._alias(event.anchor, start, end)
                # What a merge brings stands where the mapping's own entries do, not a level below.
                merged = items is None and key is not None and key.text == MERGE_KEY
                depth = len(stack) + anchor.height - (1 if merged else 0)
                if depth > limits.MAX_DEPTH:
                    raise too_much(source.origin(start, end), _TOO_DEEP, _TOO_DEEP_HELP)
                deepest = max(deepest, depth)
                size = anchor.size or 0
                counted += size
                budget += size
                node = anchor.node
            elif kind is stream_end:
                return
            else:
                anchors.clear()
                continue
            if counted > budget:
                raise too_much(source.origin(start, last_end), f"more than {limits.MAX_NODES:,} keys and values")

            if items is not None:
                items.append(node)
            elif key is None:
                key = scalar or self._refuse_key(start, last_end)
            else:
                name = key.text
                if key is bad_key:
                    pass
                elif name == MERGE_KEY and key.style == "plain":
                    merges = merges or []
                    if merges:
                        self._duplicates.add(merges[0][0], key)
                    merges.append((key, node))
                elif name in values:
                    self._duplicates.add(keys[name], key)
                else:
                    keys[name] = key
                    values[name] = node
                key = None

            if new_mapping is not None:
                anchor = None if event.anchor is None else self._open_anchor(event.anchor, new_mapping)
                stack.append(_Frame(new_mapping, anchor, counted - 1, items, mapping, key, merges, deepest))
                items, mapping, key, merges = None, new_mapping, None, None
                keys, values = new_mapping.keys, new_mapping.values
                deepest = len(stack)
            elif new_sequence is not None:
                anchor = None if event.anchor is None else self._open_anchor(event.anchor, new_sequence)
                stack.append(_Frame(new_sequence, anchor, counted - 1, items, mapping, key, merges, deepest))
                items, mapping, key, merges = new_sequence.items, None, None, None
                deepest = len(stack)

    def _note(self, problem: Problem) -> None:
        """Report `problem`, or only count it when there are too many to read."""
        (self.problems if len(self.problems) < limits.MAX_REPORTED else self._unreported).append(problem)

    def _open_anchor(self, name: str, node: Node) -> _Anchor:
        anchor = self._anchors[name] = _Anchor(node, None)
        return anchor

    def _scalar_with_properties(self, event: Any, start: int, end: int) -> Scalar:
        """A scalar with an anchor or a tag. Its place is its content's; only tags of the core schema change it."""
        source, content, tag = self.source, without_surrogates(event.value), event.tag
        marked_start, style = start, event.style
        start = after_properties(source.text, start, end)
        if not style and not content:
            if tag is not None and not tag.startswith("tag:yaml.org,2002:"):
                self._tag_for_value(marked_start, end)
            value = "" if tag == "tag:yaml.org,2002:str" else None
            return Scalar(source, end, end, value, "", "empty")
        if style in ("|", ">"):
            end = block_scalar_end(source.text, start, end)
        typed = (tag is None and not style) or tag in _CORE_TAGS
        return Scalar(source, start, end, resolve(content) if typed else content, content, _STYLES.get(style, "plain"))

    def _tag_for_value(self, start: int, end: int) -> None:
        """`- !src/**` is a tag with no value: the text that was meant is gone."""
        written = self.source.text[start:end]
        message = f"the unquoted `{written}` is a YAML tag without a value, so it reads as nothing"
        origin = self.source.origin(start, end)
        help = f'quote it: "{written}"'
        self._note(Problem("PL008", message, origin, help=help, severity=Severity.WARNING))

    def _alias(self, name: str, start: int, end: int) -> _Anchor:
        """The anchor that `*name` at this place repeats, its size counted."""
        origin = self.source.origin(start, end)
        anchor = self._anchors.get(name)
        self._aliases += 1
        if self._aliases > limits.MAX_ALIASES:
            raise too_much(origin, f"more than {limits.MAX_ALIASES:,} aliases", "write the values out")
        if anchor is None:
            from difflib import get_close_matches

            if not name.replace("-", "_").isidentifier():
                # The pure parser takes any characters; what is meant is a glob such as `**/*.py`.
                raise malformed(origin, "an unquoted `*` at the start of a value begins an alias", "quote the value")
            close = get_close_matches(name, list(self._anchors)[:1000], n=1)
            help = f"did you mean `*{close[0]}`?" if close else f'quote the value if it is text: "*{name}"'
            raise malformed(origin, f"`*{name}` repeats an anchor, but no `&{name}` stands before it", help)
        if anchor.size is None:
            raise too_much(origin, f"`*{name}` stands inside the value that it repeats")
        self._expand(anchor.size, start, end)
        return anchor

    def _expand(self, nodes: int, start: int, end: int) -> None:
        """Count nodes that an alias or a merge repeats."""
        self._expanded += nodes
        if self._expanded > limits.MAX_EXPANSION:
            raise too_much(
                self.source.origin(start, end),
                f"aliases repeat more than {limits.MAX_EXPANSION:,} values when written out",
                "this is how an alias bomb works; write the values out",
            )

    def _refuse_key(self, start: int, end: int) -> Scalar:
        """Note a key that is no scalar; its entry is left out."""
        kind = "an alias" if self.source.text.startswith("*", start) else "a list or mapping"
        message = f"a key must be plain text here, not {kind}"
        self._note(Problem("PL002", message, self.source.origin(start, end), help="write the key out"))
        return self._bad_key

    def _syntax_error(self, error: Exception, stack: list[_Frame], event: Any) -> RefusedError:
        """What a parser's exception means, in plain words and with its place."""
        from planlint.readers.yaml.syntax_errors import Failure, explain

        text = self.source.text
        bracket = None
        if stack and text[stack[-1].node.start : stack[-1].node.start + 1] in ("[", "{"):
            bracket = stack[-1].node.start
        seen = None if event is None else (event.start_mark.index + self.start, event.end_mark.index + self.start)
        return RefusedError(explain(Failure.of(error, self.source, self.start, self.end, bracket, seen)))


def _event_types() -> tuple[type, ...]:
    """The classes of events, most frequent first; imported late because ruamel.yaml takes 7 ms."""
    from ruamel.yaml import events

    return (
        events.ScalarEvent,
        events.MappingStartEvent,
        events.MappingEndEvent,
        events.SequenceStartEvent,
        events.SequenceEndEvent,
        events.AliasEvent,
        events.StreamEndEvent,
    )

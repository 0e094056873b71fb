"""YAML to a tree with exact places, in linear time and bounded space, whatever the input."""

from __future__ import annotations

from planlint.readers.collector import collector_paused
from planlint.readers.conflict_markers import conflict_marker
from planlint.readers.document import Document
from planlint.readers.limits import MAX_YAML_CHARACTERS, RefusedError, too_much
from planlint.readers.tree import Scalar
from planlint.readers.yaml.simple import simple_roots
from planlint.source import Source

__all__ = ["read_yaml", "read_yaml_range"]


_MOST_READ_AGAIN = 200_000
"""Characters above which the slow parser is not asked again."""


def read_yaml(source: Source, *, pure: bool = False) -> Document:
    """All documents of `source`, one root each; a file of nothing but comments has none.

    Values follow the YAML 1.2 core schema. Nothing is ever constructed from a tag. What is broken becomes a fatal
    PL002, what is out of bounds a fatal PL006, and then there are no roots. `pure` chooses the parser written in
    Python, about 20 times slower, which is otherwise used only where the C extension is missing.
    """
    return read_yaml_range(source, 0, len(source.text), pure=pure)


def read_yaml_range(source: Source, start: int, end: int, *, pure: bool = False) -> Document:
    """The YAML in `source.text[start:end]`, with places counted in the whole of `source` (front matter, fences)."""
    if not pure:
        with collector_paused():
            roots = simple_roots(source, start, end)
        if roots is not None:
            return Document(source, "yaml", roots=roots)
    from planlint.readers.yaml.builder import Builder

    builder = Builder(source, start, end)
    try:
        if end - start > MAX_YAML_CHARACTERS:
            message = f"YAML of more than {MAX_YAML_CHARACTERS:,} characters"
            raise too_much(source.origin(*source.line_span(1)), message, "a plan is far smaller; is this a data file?")
        with collector_paused():
            builder.run(pure=pure)
    except RefusedError as refused:
        if not pure and _by_old_rules(refused) and end - start <= _MOST_READ_AGAIN:
            return read_yaml_range(source, start, end, pure=True)
        return Document(source, "yaml", problems=[refused.problem])
    if builder.roots and all(isinstance(root, Scalar) for root in builder.roots):
        # A conflict around a whole file can be one long plain scalar, and so valid YAML.
        conflict = conflict_marker(source, start, end)
        if conflict is not None:
            return Document(source, "yaml", problems=[conflict])
    return Document(source, "yaml", roots=builder.roots, problems=builder.problems)


def _by_old_rules(refused: RefusedError) -> bool:
    """Whether only YAML 1.1 forbids it: a colon in a word between brackets, `[Bash(git:*), src/a.py:10]`."""
    return getattr(refused.__cause__, "problem", None) == "found unexpected ':'"

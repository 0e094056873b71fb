"""The reader of simple YAML gives the tree that the parser gives, places and all, or leaves the text to it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planlint.readers.limits import RefusedError
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.readers.yaml.builder import Builder
from planlint.readers.yaml.simple import simple_roots
from planlint.source import Source

PIECES = st.sampled_from(
    [
        "a:", "b:", "- ", "-", "  ", "    ", " ", "\n", "\n", "\n\n", "\n  ", "\n    ", " x", " 1", " true", " |\n",
        " >\n", " [a, b]", " [", "]", " []", ' "q"', " 'q'", " # c", "#", ": ", " {}", " &x", " *x", " no", " ~", ".",
        " e\u0301", "\t", "---\n", "...", "\r\n", "\x85", '"', "'", ",", "<<:", "? ", " é: ü", " a:b", " a: b", "x ",
        " [a: b]", " ['', \"\"]", " (x)", " $y", " -1", " 0x1f", " 1e3", "\ufeff", " | \n", "|\n      y\n",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)

LINES = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["", "- ", "-   "]),
        st.sampled_from(["", "id:", "tasks:", "no:", "brief:"]),
        st.sampled_from(
            [
                "", " a", " [a, b]", " [ a , 'b' ]", " |\n        text\n\n          more\n", " |\n  t\n",
                ' "q" ', " 'it'", " 1.5", " null", " a, b", " https://x.y/z", " a # c", " a:", "  ", " .", " ...",
                " |\n \n        x\n",
            ]
        ),
    ),
    max_size=12,
).map(lambda lines: "".join(f"{'  ' * indent}{dash}{key}{value}\n" for indent, dash, key, value in lines))  # fmt: skip


VALUES = (
    " a", " [a, b]", " [ a , 'b' ]", ' "q" ', " 'it'", " 1.5", " null", " a, b", " ...", " []", " a  ", " no", " a#b",
    " x - y", " a | b", " a: b", ' "#"', " a's", " [a?]", " *",
)  # fmt: skip
NOISE = ("", "", "", "\n", "# c\n", "   # c\n", "  \n")


class Writer:
    """Writes indented documents, most of them valid, with blank lines and comments strewn in."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def mapping(self, column: int, depth: int, first: str | None = None) -> str:
        """A block mapping; `first` stands in for the indentation of its first key."""
        pick = self.chance.choice
        written = ""
        for number in range(self.chance.randrange(1, 4)):
            written += first if first is not None and not number else " " * column
            written += f"{pick('abcdef')}{self.chance.randrange(9)}:"
            kind = self.chance.random() if depth else 1.0
            if kind < 0.3:
                written += f"\n{pick(NOISE)}{self.mapping(column + pick((1, 2, 4)), depth - 1)}"
            elif kind < 0.6:
                written += f"\n{pick(NOISE)}{self.sequence(column + pick((0, 0, 2, 1)), depth - 1)}"
            else:
                written += self.value(column)
            written += pick(NOISE)
        return written

    def sequence(self, column: int, depth: int) -> str:
        """A block sequence."""
        written = ""
        for _ in range(self.chance.randrange(1, 4)):
            dash = " " * column + self.chance.choice(("- ", "- ", "-   "))
            nested = depth and self.chance.random() < 0.5
            written += self.mapping(len(dash), depth - 1, dash) if nested else dash + self.value(column).lstrip(" ")
            written += self.chance.choice(NOISE)
        return written

    def value(self, column: int) -> str:
        """A scalar, a flow list or a literal block."""
        if self.chance.random() < 0.8:
            return self.chance.choice(VALUES) + "\n"
        indent = column + self.chance.randrange(1, 5)
        lines = [
            " " * (indent + self.chance.choice((0, 0, 2)) * bool(number))
            + self.chance.choice(("t", "a: b", "# n", "x  "))
            for number in range(self.chance.randrange(1, 5))
        ]
        return " |\n" + "".join(
            f"{line}\n{self.chance.choice(('', '', '', chr(10), ' ' * indent + chr(10)))}" for line in lines
        )


DOCUMENTS = st.randoms(use_true_random=False).map(lambda chance: Writer(chance).mapping(0, 3))


def flat(node: Node) -> Any:
    """The node with everything below it, comparable."""
    if isinstance(node, Scalar):
        return (node.start, node.end, node.value, type(node.value), node.text, node.style)
    if isinstance(node, Sequence):
        return (node.start, node.end, [flat(item) for item in node.items])
    assert isinstance(node, Mapping)
    return (node.start, node.end, [(flat(key), flat(value)) for key, value in node.items()])


def parsed(text: str) -> list[Any] | None:
    """What the parser makes of `text`; None where it complains."""
    builder = Builder(Source("plan.yaml", text), 0, len(text))
    try:
        builder.run()
    except RefusedError:
        return None
    return None if builder.problems else [flat(root) for root in builder.roots]


@given(TEXTS | LINES | DOCUMENTS)
@example("a:\n- x\n- y: 1\n  z: |\n    text\n     more\n\n- w\nb: [c, \"d\", 'e']\n")
@example("a: |\n  x\n   \n")
@example("a: |\n  x\n\n\n# c\nb: 1\n")
@example("---\na: b\n")
@example("a:\n- b: c  \n  d: [e]  \n- f: 'g'  \n")
@example("a:\n  b:\n    c: d\n  e: f\ng: h\n")
def test_whatever_it_reads_is_what_the_parser_reads(text: str) -> None:
    """Where the simple reader gives roots, the parser accepts the text without a word and gives the same."""
    roots = simple_roots(Source("plan.yaml", text), 0, len(text))
    if roots is not None:
        assert [flat(root) for root in roots] == parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        "tasks:\n  - id: a\n    creates: [src/a.ts, src/b.ts]\n    brief: |\n      Do it.\n\n      Then stop.\n",
        "# comment\n\ntasks:\n- id: a\n  depends_on:\n  - b\n  - c\n- id: b\n  estimate: 5\n",
    ],
)
def test_it_reads_ordinary_plans(text: str) -> None:
    """Plans as people write them do not go to the parser."""
    assert simple_roots(Source("plan.yaml", text), 0, len(text)) is not None


def test_places_count_in_the_whole_source() -> None:
    """A part of a text, such as front matter, is read at its own place."""
    text = "xx\na: b\nyy"
    roots = simple_roots(Source("page.md", text), 3, 8)
    assert roots is not None
    assert roots[0].origin.text == "a: b"

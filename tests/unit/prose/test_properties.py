"""What must hold for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.dialects.prose import IdGrammar, effects_of, find_paths, find_references, find_symbols
from planlint.model import Mode

from .written import written

PIECES = st.sampled_from(
    [
        "`",
        "``",
        "src/a.ts",
        "docs/",
        "**",
        "*",
        "(",
        ")",
        "（",
        "）",
        "[x]",
        "{",
        ",",
        "}",
        "/",
        "//",
        ".",
        "..",
        "...",
        ":",
        "::",
        "#",
        "@",
        "~",
        "T001",
        "T002",
        "-",
        "–",
        "→",
        "and",
        "or",
        "not",
        "do",
        "update",
        "see",
        "in",
        "to",
        "from",
        "per",
        "(NEW)",
        "更新",
        "を",
        "於",
        "。",
        "\n",
        "é",
        "😀",
        "\\",
        "<",
        ">",
        "'x'",
        '"',
        "Phase",
        "2",
        "blocks",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join)
)
IDS = IdGrammar(re.compile(r"\bT\d{3}\b"))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_paths_lie_in_the_text_and_occur_in_the_source(line):
    prose = written(line)
    for mention in find_paths(prose):
        assert 0 <= mention.start < mention.end <= len(prose.text)
        assert mention.path in prose.text[mention.start : mention.end]
        assert 0 <= mention.origin.start < mention.origin.end <= len(line)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from([None, Mode.WRITE]))
def test_every_mention_ends_in_at_most_one_role(line, default):
    found = effects_of(written(line), default=default)
    written_paths = {scope.path for scope in found.writes}
    assert written_paths.isdisjoint(scope.path for scope in found.reads)
    assert written_paths.isdisjoint(scope.path for scope in found.off_limits)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_references_and_symbols_lie_inside(line):
    prose = written(line)
    for found in [*find_references(prose, IDS), *find_symbols(prose)]:
        assert 0 <= found.start < found.end <= len(prose.text)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a/",
        "a.ts/",
        "src/a.ts ",
        "`src/a.ts` ",
        "(",
        "[",
        "{a,",
        "::a",
        "://",
        "T001, ",
        "update src/a.ts or ",
        "per ",
        "if needed ",
        "。",
    ],
)
def test_long_monotonous_texts_are_read_to_the_end(unit):
    prose = written(unit * (120_000 // len(unit)))
    effects_of(prose, default=Mode.WRITE)
    find_symbols(prose)
    assert all(found.end <= len(prose.text) for found in find_references(prose, IDS))

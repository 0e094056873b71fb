"""Where sentences end."""

from __future__ import annotations

import pytest

from planlint.dialects.prose.wording import sentences, weak_spans

from .written import written


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("One. Two! Three?", 3),
        ("Use e.g. this, i.e. that.", 1),
        ("Version 1.2 of it", 1),
        ("Call `a. b` now", 1),
        ("一句。兩句！", 2),
        ("soft\nbreak", 1),
        ("para\n\npara", 2),
        ("intro\n- item\n- item", 3),
        ("", 0),
    ],
)
def test_sentences_end_where_people_end_them(line, count):
    assert len(list(sentences(written(line)))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("update if needed", 1),
        ("optional-auth", 0),
        ("possibly, maybe", 2),
        ("add an optional `limit` argument", 0),
        ("the Optional Features table", 0),
        ("update a.ts (optional)", 1),
        ("Optional: update a.ts", 1),
        ("as an optional step", 1),
    ],
)
def test_weak_words_are_words(text, count):
    assert len(weak_spans(text, 0, len(text))) == count

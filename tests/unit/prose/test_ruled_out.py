"""What a sentence rules out, and parts of a file that stand for the file."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import effects_of
from planlint.dialects.prose.remarks import mode_of_remark
from planlint.model import Mode
from planlint.readers.prose import Prose
from planlint.source import Source


def written(text: str) -> list[str]:
    return [
        scope.path
        for scope in effects_of(Prose(Source("x.md", text), 0, len(text), text, [(0, 0)]), default=None).writes
    ]


@pytest.mark.parametrize("no", ["not", "NOT", "not in", "not the"])
def test_a_file_behind_a_bare_not_is_not_written(no):
    assert written(f"Edit agents/check.md, {no} dist/agents/check.md.") == ["agents/check.md"]


@pytest.mark.parametrize("part", ["license field", "scripts", "exports section", "header"])
def test_who_updates_a_part_of_a_file_updates_the_file(part):
    assert written(f"Update package.json {part}.") == ["package.json"]


def test_a_path_that_only_describes_what_is_updated_stays_open():
    assert written("Update package.json tests.") == []


def test_the_remark_read_means_reading():
    assert mode_of_remark("read") is Mode.READ
    assert mode_of_remark("reads rows, modify") is None

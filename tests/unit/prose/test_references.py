"""Which words make an id a dependency."""

from __future__ import annotations

import re

import pytest

from planlint.dialects.prose import IdGrammar, find_references

from .written import written

IDS = IdGrammar(re.compile(r"\b(?:T|WP)\d{2,4}\b"))


def described(line: str, grammar: IdGrammar = IDS) -> list[str]:
    return [
        ("not " if found.negated else "")
        + f"{' '.join(found.subject) + ' ' if found.subject else ''}{found.kind} {' '.join(found.ids)}"
        for found in find_references(written(line), grammar)
    ]


ROWS = [
    ("Wire it (depends on T001, T004)", ["depends_on T001 T004"]),
    ("Wire it *(depends on T002)*", ["depends_on T002"]),
    ("Wire it after T012. See T036.", ["depends_on T012", "mention T036"]),
    ("requires WP01, WP02 and WP03", ["depends_on WP01 WP02 WP03"]),
    ("blocked by T003; blocks T009", ["depends_on T003", "blocks T009"]),
    ("once T003 is done", ["depends_on T003"]),
    ("needs output of T004", ["depends_on T004"]),
    ("needed by T015", ["blocks T015"]),
    ("T001 → T002 -> T003", ["mention T001", "T001 blocks T002", "T002 blocks T003"]),
    ("T008 blocks T009", ["mention T008", "T008 blocks T009"]),
    ("T009 depends on T006, and T008 is on its own", ["mention T009", "T009 depends_on T006", "mention T008"]),
    ("T009 depends on T006, and T008", ["mention T009", "T009 depends_on T006 T008"]),
    ("T009 starts once T006, and T008 are done", ["mention T009", "depends_on T006 T008"]),
    ("Abhängigkeiten: T003, T004", ["depends_on T003 T004"]),
    ("Dependencias: T003", ["depends_on T003"]),
    ("依存関係：T003", ["depends_on T003"]),
    ("T031 depends on: T030 (storage)", ["mention T031", "T031 depends_on T030"]),
    ("T003 must complete before T004", ["mention T003", "T003 blocks T004"]),
    ("T001, T002 depend on T009", ["mention T001 T002", "T001 T002 depends_on T009"]),
    ("T004-T006 can run in parallel", ["range-mention T004 T005 T006"]),
    ("depends on T013–T015", ["depends_on T013 T014 T015"]),
    ("after T004-006", ["depends_on T004 T005 T006"]),
    ("None (parallel with WP01)", ["parallel_with WP01", "not depends_on WP01"]),
    ("WP03 depends on this", ["blocks WP03"]),
    ("does not depend on T003", ["not depends_on T003"]),
    ("independent of T003", ["not depends_on T003"]),
    ("apply it with `migrate --no-input` (depends on T003)", ["depends_on T003"]),
    ("the entry needs no change (depends on T003)", ["depends_on T003"]),
    ("retries (not yet final) (depends on T003)", ["depends_on T003"]),
    ("一覧を実装（T013, T014 に依存）", ["depends_on T013 T014"]),
    ("T003 に依存しない", ["mention T003"]),
    ("T003 完成后开始", ["depends_on T003"]),
    ("Depends on Phase 2 and US1", ["depends_on Phase 2 US1"]),
    ("Depends on: Phase 1.2", ["depends_on Phase 1.2"]),
    ("US2 depends on US1", ["mention US2", "US2 depends_on US1"]),
    ("Depends on: T001 (schema), T002", ["depends_on T001", "depends_on T002"]),
    ("as in T004, per T005", ["mention T004", "mention T005"]),
    ("unit test for T003", ["mention T003"]),
    (
        "T003/T004 depend on T002, and T005 depends on T006–T007",
        ["mention T003 T004", "T003 T004 depends_on T002", "mention T005", "T005 depends_on T006 T007"],
    ),
    (
        "T003 depends on T002, and T005, T006 depend on T001",
        ["mention T003", "T003 depends_on T002", "mention T005 T006", "T005 T006 depends_on T001"],
    ),
    ("T001, T002, and T003 depend on T009", ["mention T001 T002 T003", "T001 T002 T003 depends_on T009"]),
    ("T001 depends on T002, T003, and T004", ["mention T001", "T001 depends_on T002 T003 T004"]),
    ("T0001x is no id", []),
]


@pytest.mark.parametrize(("line", "expected"), ROWS)
def test_the_words_around_an_id_decide(line, expected):
    assert described(line) == expected


def test_ranges_follow_the_plans_own_order():
    grammar = IdGrammar(re.compile(r"\bT\d{3}[a-z]?\b"), known=("T001", "T002a", "T002b", "T003"))
    assert described("after T001-T003", grammar) == ["depends_on T001 T002a T002b T003"]


def test_absurd_ranges_keep_their_two_ends():
    assert described("after T0001-T9999") == ["depends_on T0001 T9999"]


def test_ids_are_normalised_and_placed():
    grammar = IdGrammar(re.compile(r"\bt\d{3}\b"), normalise=str.upper)
    (found,) = find_references(written("after `t007`"), grammar)
    assert (found.ids, found.written, found.origin.text) == (("T007",), "t007", "t007")


def test_groups_are_marked():
    first, second = find_references(written("after Phase 2. After T001."), IDS)
    assert (first.group, second.group) == (True, False)

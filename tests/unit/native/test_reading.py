"""Other words and other forms for the same thing, and names that other programs would misread."""

import pytest

from planlint.diagnostics import Applicability
from planlint.dialects.keys import Vocabulary, fold
from planlint.dialects.plan_words import synonyms

from .written import loaded, plan_of, raw


@pytest.mark.parametrize(
    "key", ["blocked_by", "blockedBy", "blocked-by", "Blocked By", "BLOCKED_BY", "needs", "requires"]
)
def test_a_key_is_known_under_every_usual_spelling(key: str) -> None:
    first, second = plan_of(f"tasks:\n  - id: a\n  - id: b\n    {key}: [a]\n").tasks
    assert (first.depends_on, [d.task for d in second.depends_on]) == ((), ["a"])
    assert second.at("depends_on").text == "[a]"


@pytest.mark.parametrize(
    "vocabulary", synonyms.VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.names[0] if vocabulary else ""
)
def test_no_word_stands_for_two_fields(vocabulary: Vocabulary) -> None:
    words = [fold(word) for name in vocabulary.names for word in (name, *vocabulary.synonyms.get(name, ()))]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("vocabulary", synonyms.VOCABULARIES.values())
def test_synonyms_belong_to_fields_that_exist(vocabulary: Vocabulary) -> None:
    assert set(vocabulary.synonyms) <= set(vocabulary.names)


def test_other_words_for_a_choice_are_understood() -> None:
    plan = plan_of("isolation: Shared-Checkout\ntasks:\n  - {id: a, kind: Validation, isolation: read_only}\n")
    assert (plan.isolation, plan.tasks[0].kind, plan.tasks[0].isolation) == ("shared", "review", "read-only")


def test_one_value_stands_for_a_list_of_one() -> None:
    (task,) = plan_of("tasks:\n  - {id: a, writes: src/a.ts, depends_on: 7, provides: x, verify: make}\n").tasks
    assert [scope.path for scope in task.writes] == ["src/a.ts"]
    assert task.writes[0].origin.text == "src/a.ts"
    assert [d.task for d in task.depends_on] == ["7"]
    assert [ref.contract for ref in task.provides] == ["x"]
    assert task.verify == "make"


def test_several_paths_in_one_text_are_several_scopes_each_with_its_place() -> None:
    (task,) = plan_of('tasks:\n  - id: a\n    writes: "src/a.ts, src/{b, c}.ts, src/a.ts"\n').tasks
    assert [scope.path for scope in task.writes] == ["src/a.ts", "src/{b, c}.ts", "src/a.ts"]
    assert [scope.origin.begin.column for scope in task.writes] == [14, 24, 39]


def test_a_comma_without_a_blank_belongs_to_the_name() -> None:
    (task,) = plan_of("tasks:\n  - id: a\n    writes: src/a,v\n").tasks
    assert [scope.path for scope in task.writes] == ["src/a,v"]


def test_lines_of_a_text_are_paths() -> None:
    (task,) = plan_of("tasks:\n  - id: a\n    creates: |\n      src/a.ts\n\n      src/b.ts\n").tasks
    assert [(scope.path, scope.origin.text) for scope in task.writes] == [("src/a.ts",) * 2, ("src/b.ts",) * 2]


def test_keys_of_ones_own_and_keys_without_a_value_say_nothing() -> None:
    (task,) = plan_of(
        "x-note: {a: 1}\ntasks:\n  - id: a\n    x-board: [1]\n    brief:\n    depends_on:\n    agent:\n"
    ).tasks
    assert (task.brief, task.depends_on, task.agent.type) == ("", (), None)


def test_two_names_for_one_field_are_refused_and_both_are_shown() -> None:
    plan, (problem,) = raw("tasks:\n  - id: a\n    files: [x]\n    touches: [y]\n  - id: b\n")
    assert plan is not None
    assert problem.code == "PL003"
    assert problem.message == "`files` and `touches` are two names for one field"
    assert (problem.origin.text, [origin.text for origin, _ in problem.related]) == ("touches", ["files"])
    assert ([task.id for task in plan.tasks], plan.known_ids) == (["b"], {"a"})


@pytest.mark.parametrize("written", ["010", "1.10", "no", "12:30", "true", "1_000"])
def test_a_name_that_reads_as_something_else_keeps_its_spelling_and_is_reported_with_a_fix(written: str) -> None:
    plan, (problem,) = raw(f"tasks:\n  - id: {written}\n")
    assert plan is not None
    assert plan.tasks[0].id == written
    assert (problem.code, problem.origin.text) == ("PL008", written)
    (fix,) = problem.fixes
    assert fix.applicability is Applicability.SAFE
    assert [(edit.origin.text, edit.text) for edit in fix.edits] == [(written, f'"{written}"')]


@pytest.mark.parametrize("written", ["1", "T010", "1.1", "'010'", '"no"', "a:b", "2024-05-01", "yesterday"])
def test_a_name_that_everybody_reads_alike_is_not_reported(written: str) -> None:
    plan = plan_of(f"tasks:\n  - id: {written}\n")
    assert plan.tasks[0].id == written.strip("'\"")


def test_the_same_number_is_the_same_id_in_json() -> None:
    first, second = plan_of('{"tasks": [{"id": 1}, {"id": "2", "depends_on": [1]}]}', "plan.json").tasks
    assert (first.id, second.depends_on[0].task) == ("1", "1")


@pytest.mark.parametrize("written", ["01", "07", "1"])
def test_a_wave_that_is_the_same_number_to_all_readers_is_not_reported(written: str) -> None:
    assert plan_of(f"tasks:\n  - {{id: a, wave: {written}}}\n").tasks[0].wave == written.lstrip("0")


def test_an_old_truth_value_is_understood_and_reported() -> None:
    plan, (said,) = loaded("tasks:\n  - {id: a, background: yes}\n")
    assert plan is not None
    assert plan.tasks[0].agent.background is True
    assert (said.code, said.marked) == ("PL008", "yes")


def test_a_quoted_truth_value_is_a_text_and_refused() -> None:
    _, (said,) = loaded("tasks:\n  - {id: a, background: 'yes'}\n")
    assert (said.code, said.message) == ("PL003", "`background` in task `a` must be true or false, not the text `yes`")


def test_merged_keys_count_as_the_tasks_own() -> None:
    plan = plan_of("""
        x-base: &base
          reads: [docs/style.md]
        tasks:
          - <<: *base
            id: a
        """)
    assert [scope.path for scope in plan.tasks[0].reads] == ["docs/style.md"]
    assert plan.tasks[0].reads[0].origin.begin.line == 2

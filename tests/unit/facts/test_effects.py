"""Who writes what, and where concurrent writers meet: on hand-made plans without a format."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.diagnostics import Evidence
from planlint.facts.conflicts import Conflict
from planlint.facts.effects import Effects
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Dependency, Isolation, Mode, Plan, Scope, Task, parallel
from planlint.paths import overlap
from planlint.source import Source

HERE = Source("plan.yaml", "plan").origin(0, 4)


def scope(path: str, mode: Mode = Mode.WRITE, **more: object) -> Scope:
    return Scope(path=path, mode=mode, origin=HERE, **more)


def effects_of(*tasks: dict, case_sensitive: bool = True, **plan_fields: object) -> Effects:
    """The effects of tasks given as fields of `Task`; paths in `writes`, `reads` and `off_limits` may be texts."""
    made = []
    for index, fields in enumerate(tasks):
        values = {"id": f"t{index}", **fields}
        for field in ("writes", "reads", "off_limits"):
            mode = Mode.READ if field == "reads" else Mode.WRITE
            values[field] = tuple(
                scope(item, mode) if isinstance(item, str) else item for item in fields.get(field, ())
            )
        values["depends_on"] = tuple(Dependency(task=task, origin=HERE) for task in fields.get("depends_on", ()))
        made.append(Task(index=index, origin=HERE, **values))
    schedule = parallel(range(len(made)), "same wave") if made else None
    plan = Plan(
        path="plan.yaml", dialect="test", origin=HERE, tasks=tuple(made), **{"schedule": schedule, **plan_fields}
    )
    return Effects(plan, Order(plan, References(plan)), case_sensitive=case_sensitive)


def meetings(*tasks: dict, **options: object) -> list[tuple[str, str, list[int]]]:
    """Kind, path and writers of each conflict."""
    return [described(conflict) for conflict in effects_of(*tasks, **options).conflicts]


def described(conflict: Conflict) -> tuple[str, str, list[int]]:
    return conflict.kind, conflict.path, [effect.task for effect in conflict.writers]


def writing(*paths: str | Scope, **fields: object) -> dict:
    return {"writes": paths, **fields}


def test_twenty_writers_of_one_file_are_one_conflict_with_all_pairs_counted():
    (conflict,) = effects_of(*[writing("src/index.ts") for _ in range(20)]).conflicts
    assert described(conflict) == ("file", "src/index.ts", list(range(20)))
    assert conflict.pairs == 190


def test_ordered_writers_do_not_meet():
    assert meetings(writing("a.ts"), writing("a.ts", depends_on=["t0"])) == []


def test_only_writers_that_are_concurrent_with_another_are_named():
    first, middle = writing("a.ts"), writing("a.ts")
    last = writing("a.ts", depends_on=["t0", "t1"])
    assert meetings(first, middle, last) == [("file", "a.ts", [0, 1])]


def test_the_same_path_twice_in_one_task_is_no_conflict():
    assert meetings(writing("a.ts", scope("./a.ts", Mode.CREATE)), writing("b.ts")) == []


def test_two_spellings_of_one_file_meet():
    assert meetings(writing("src/a.ts"), writing(".\\src\\a.ts")) == [("file", "src/a.ts", [0, 1])]


@pytest.mark.parametrize(("case_sensitive", "found"), [(True, 0), (False, 1)])
def test_letter_case_separates_files_only_where_it_counts(case_sensitive, found):
    assert len(meetings(writing("src/App.tsx"), writing("src/app.tsx"), case_sensitive=case_sensitive)) == found


def test_a_directory_meets_the_file_inside_it_and_the_file_is_named():
    assert meetings(writing("src/api/"), writing("src/api/users.ts")) == [("directory", "src/api/users.ts", [0, 1])]


def test_a_directory_without_a_slash_meets_what_is_below_it():
    assert meetings(writing("src/api"), writing("src/api/users.ts")) == [("directory", "src/api/users.ts", [0, 1])]


def test_a_directory_into_which_many_write_is_one_conflict():
    many = [writing(f"src/api/route{number}.ts") for number in range(200)]
    (conflict,) = effects_of(writing("src/api/"), *many).conflicts
    assert (conflict.kind, conflict.path, conflict.pairs) == ("directory", "src/api/", 200)


def test_files_in_one_directory_do_not_meet():
    assert meetings(writing("src/api/a.ts"), writing("src/api/b.ts")) == []


def test_names_that_share_a_prefix_do_not_meet():
    assert meetings(writing("src/auth.ts"), writing("src/auth.tsx"), writing("src/auth/")) == []


def test_the_same_directory_is_one_conflict():
    assert meetings(writing("src/api/"), writing("src/api/**"), writing("src/api/")) == [
        ("directory", "src/api/", [0, 1, 2])
    ]


def test_two_that_claim_one_directory_meet_there_and_not_again_on_what_they_name_inside():
    assert meetings(writing("src/", "src/a.ts"), writing("src/")) == [("directory", "src/", [0, 1])]


def test_nested_directories_meet_once_on_the_inner_one():
    assert meetings(writing("src/"), writing("src/api/")) == [("directory", "src/api/", [0, 1])]


def test_a_glob_meets_the_file_that_it_matches():
    assert meetings(writing("src/**/*.test.ts"), writing("src/a.test.ts"), writing("src/a.ts")) == [
        ("directory", "src/a.test.ts", [0, 1])
    ]


def test_patterns_that_cross_give_a_witness_once():
    ((kind, path, writers),) = meetings(writing("src/api/**/*.ts"), writing("src/**/user.*"))
    assert (kind, writers) == ("pattern", [0, 1])
    assert path.startswith("src/api/")
    assert path.endswith("user.ts")


def test_patterns_with_different_extensions_do_not_meet():
    assert meetings(writing("src/**/*.ts"), writing("src/**/*.css")) == []


def test_a_claim_does_not_reach_what_its_task_is_told_to_keep_off():
    owner = writing("src/", off_limits=["src/api/"])
    assert meetings(owner, writing("src/api/users.ts")) == []
    assert meetings(owner, writing("src/web/page.ts")) == [("directory", "src/web/page.ts", [0, 1])]


def test_two_that_name_one_file_and_a_third_around_it_are_two_conflicts():
    assert meetings(writing("src/"), writing("src/a.ts"), writing("src/a.ts")) == [
        ("directory", "src/", [0, 1, 2]),
        ("file", "src/a.ts", [1, 2]),
    ]


def test_evidence_is_that_of_the_weaker_side_of_the_firmest_pair():
    stated = scope("a.ts", evidence=Evidence.STATED)
    (conflict,) = effects_of(writing(stated), writing("a.ts"), writing("a.ts")).conflicts
    assert conflict.evidence is Evidence.DECLARED
    assert (conflict.first.task, conflict.second.task) == (1, 2)
    (conflict,) = effects_of(writing(stated), writing("a.ts")).conflicts
    assert conflict.evidence is Evidence.STATED


def test_the_firmest_scope_of_a_task_stands_for_it():
    both = writing(scope("a.ts", evidence=Evidence.STATED), scope("a.ts", Mode.MODIFY))
    (conflict,) = effects_of(both, writing("a.ts")).conflicts
    assert conflict.first.scope.mode is Mode.MODIFY


def test_tasks_declared_to_touch_everything_take_no_part():
    assert meetings(writing("**", broad=True), writing("src/a.ts")) == []


def test_tasks_that_cannot_write_take_no_part():
    assert meetings(writing("a.ts", isolation=Isolation.READ_ONLY), writing("a.ts")) == []


def test_external_targets_and_finished_tasks_take_no_part():
    assert meetings(writing(scope("a.ts", external=True)), writing("a.ts")) == []
    assert meetings(writing("a.ts", done=True), writing("a.ts")) == []


@pytest.mark.parametrize("odd", ["", " ", "x" * 5000, "{" * 300, "[z-a]", "a/" * 200, "\x00", "{a,b}" * 12])
def test_odd_patterns_neither_crash_nor_meet_anything(odd):
    assert [kind for kind, _, _ in meetings(writing(odd), writing("src/a.ts"))] == []


def test_the_end_of_a_path_in_a_sentence_means_the_path_that_its_task_names_in_full():
    short = scope("config/schema.ts", evidence=Evidence.STATED)
    full = "packages/core/src/config/schema.ts"
    assert meetings(writing(full, short), writing(full, short)) == [("file", full, [0, 1])]
    assert meetings(writing(short, reads=[full]), writing(full)) == [("file", full, [0, 1])]


def test_the_end_of_a_path_stays_as_it_is_where_it_may_mean_two_files_or_is_declared():
    full = ("a/src/index.ts", "b/src/index.ts")
    assert meetings(writing(scope("src/index.ts", evidence=Evidence.STATED), reads=full), writing(*full)) == []
    assert meetings(writing("index.ts", reads=["a/index.ts"]), writing("a/index.ts")) == []


def test_writers_of_a_path_are_found_by_name_directory_root_and_pattern():
    effects = effects_of(
        writing("src/api/users.ts"),
        writing("src/"),
        writing("."),
        writing("**/*.ts"),
        writing("src/api/user.ts"),
        writing("lib/"),
    )
    assert [effect.task for effect in effects.writers_of("src/api/users.ts")] == [0, 1, 2, 3]
    assert effects.writers_of("/src/api/users.ts") == []


def test_writers_that_meet_a_directory_are_those_inside_around_and_across():
    effects = effects_of(
        writing("src/api/users.ts"),
        writing("src/"),
        writing("src/**/users.ts"),
        writing("src/apis/users.ts"),
        writing("src/api/v1/"),
    )
    pattern = effects.parse("src/api/")
    assert pattern is not None
    assert [effect.task for effect in effects.writers_meeting(pattern)] == [0, 1, 2, 4]


def test_ten_thousand_tasks_with_files_of_their_own_and_some_shared_stay_within_the_relation_limit(monkeypatch):
    monkeypatch.setattr("planlint.facts.conflicts.MAX_RELATIONS", 300)
    tasks = [writing(f"src/m{number % 100}/f{number}.ts", "src/index.ts") for number in range(10_000)]
    tasks[0] = writing("src/m7/")
    found = meetings(*tasks)
    assert [(kind, path, len(writers)) for kind, path, writers in found] == [
        ("directory", "src/m7/", 101),
        ("file", "src/index.ts", 9_999),
    ]


PATHS = st.sampled_from(
    ["a/", "a", "a/b/", "a/b.ts", "a/c.ts", "./a/b.ts", "a/*.ts", "a/**/*.ts", "**/b.*", "a/b/d.ts", "*/", ".", "e.ts"]
)


@given(st.lists(st.lists(PATHS, max_size=2), max_size=6))
def test_two_tasks_share_a_conflict_exactly_when_their_patterns_overlap(tasks):
    conflicts = effects_of(*[writing(*paths) for paths in tasks]).conflicts
    for one, other in combinations(range(len(tasks)), 2):
        meets = any(overlap(a, b) is not None for a in tasks[one] for b in tasks[other])
        together = any({one, other} <= {effect.task for effect in conflict.writers} for conflict in conflicts)
        assert together or not meets
    for conflict in conflicts:
        assert overlap(conflict.first.pattern, conflict.second.pattern) is not None
        assert conflict.first.task < conflict.second.task


def test_what_is_not_spelt_as_its_key_is_noted_for_each_field():
    effects = effects_of({"writes": ["src/a.ts", "./src/b.ts"], "reads": ["docs//c.md", "docs/d.md"]})
    assert [effect.scope.path for effect in effects.respelt("writes")] == ["./src/b.ts"]
    assert [effect.scope.path for effect in effects.respelt("reads")] == ["docs//c.md"]


@pytest.mark.parametrize("case_sensitive", [True, False])
def test_directories_are_those_of_all_single_files_as_the_plan_spells_them(case_sensitive):
    effects = effects_of(
        {"writes": ["Src/a.ts", "lib/"], "reads": ["README.md", "docs/*.md"]}, case_sensitive=case_sensitive
    )
    assert effects.directories == {"Src", ""}

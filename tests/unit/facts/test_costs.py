"""Agents, tokens, width, and splits finer than the work."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_plans import facts_of

from planlint.diagnostics import Evidence
from planlint.facts import Settings
from planlint.facts.width import widest
from planlint.model import Agent, Capability, Isolation, Kind, parallel, serial

STEPS = frozenset({Capability.TASKS, Capability.WRITES})
"""A format whose tasks are steps, not agents."""


def file_tasks(count: int, path: str = "src/f{}.ts", **fields) -> list[dict]:
    return [{"creates": [path.format(number)], **fields} for number in range(count)]


def test_each_task_of_a_delegating_format_is_an_agent() -> None:
    delegation = facts_of({}, {}, {"done": True}).costs.delegation
    assert (delegation.agents, delegation.evidence) == (2, Evidence.STATED)


def test_steps_that_one_agent_walks_through_start_no_agents() -> None:
    plan = {"capabilities": STEPS, "schedule": serial([0, 1, 2], "in listed order")}
    assert facts_of({}, {}, {}, **plan).costs.agents == 0


def test_unordered_steps_start_no_agents() -> None:
    plan = {"capabilities": STEPS, "schedule": parallel([0, 1], "nothing orders them", Evidence.INFERRED)}
    assert facts_of({}, {}, **plan).costs.agents == 0


def test_steps_marked_parallel_are_agents_by_inference() -> None:
    schedule = serial([0, parallel([1, 2], "they are marked")], "in listed order")
    delegation = facts_of({}, {}, {}, capabilities=STEPS, schedule=schedule).costs.delegation
    assert (delegation.tasks, delegation.agents, delegation.evidence) == ((1, 2), 2, Evidence.INFERRED)


@pytest.mark.parametrize(
    "fields", [{"agent": "builder"}, {"agent": Agent(background=True)}, {"isolation": Isolation.WORKTREE}]
)
def test_a_step_that_names_an_agent_is_one(fields: dict) -> None:
    plan = {"capabilities": STEPS, "schedule": serial([0, 1], "in listed order")}
    delegation = facts_of(fields, {}, **plan).costs.delegation
    assert (delegation.tasks, delegation.evidence) == ((0,), Evidence.DECLARED)


def test_tasks_of_one_named_worker_are_one_agent() -> None:
    worker = {"agent": Agent(name="backend")}
    assert facts_of(worker, worker, {}).costs.agents == 2


def test_never_more_agents_than_workers() -> None:
    assert facts_of(*[{}] * 5, workers=3).costs.agents == 3


def test_inherited_tokens_count_for_each_agent_that_loads_them() -> None:
    facts = facts_of({}, {}, {"agent": "Explore"}, {"agent": "fork"}, files={"CLAUDE.md": "Rules to follow.\n" * 200})
    costs = facts.costs
    assert costs.agents == 4
    assert costs.agents_loading_memory == 2
    assert costs.inherited_tokens == round(facts.memory.tokens * 1.15)
    assert costs.total_inherited_tokens == 2 * costs.inherited_tokens
    assert costs.startup_of(range(4)) == 3 * 20_000 + 2 * costs.inherited_tokens
    assert "for each of the 2 agents that load them" in costs.explain("inherited")


def test_the_start_up_figure_is_the_projects_own() -> None:
    settings = Settings(runtime_overrides={"startup_tokens": 5_000, "lean_startup_tokens": 1_000})
    assert facts_of({}, {}, settings=settings).costs.startup_of(range(2)) == 10_000


def test_work_grows_with_files_sizes_and_stated_time() -> None:
    files = {"src/big.ts": "x" * 40_000}
    facts = facts_of(
        {"creates": ["src/new.ts"]},
        {"modifies": ["src/big.ts"]},
        {"creates": ["src/new.ts"], "estimate": 60},
        {"kind": Kind.REVIEW},
        files=files,
    )
    new, big, long, review = (facts.costs.work_tokens(task) for task in facts.tasks)
    assert new == 4_500
    assert big == 3 * round(10_000 * 1.15)
    assert long == 180_000
    assert review == 15_000


def test_the_window_share_counts_only_what_is_known_to_be_read() -> None:
    facts = facts_of({"reads": ["a.txt", "gone.txt", "src/"]}, files={"a.txt": "word " * 32_000})
    assert facts.costs.window_share(facts.task(0)) == pytest.approx((20_000 + 40_000 * 1.15) / 200_000)


@pytest.mark.parametrize("what", ["agents", "startup", "inherited", "work", "width"])
def test_every_number_is_explained(what: str) -> None:
    assert len(facts_of({}, {}).costs.explain(what)) > 10


def test_files_touched_are_distinct_and_single() -> None:
    costs = facts_of({"creates": ["./a.ts", "b.ts"]}, {"modifies": ["a.ts", "src/", "*.md"]}).costs
    assert costs.files_touched == ("a.ts", "b.ts")


# -- fragmentation -----------------------------------------------------------------------------------------------------


def test_twelve_agents_for_four_files_are_too_many() -> None:
    tasks = [{"modifies": [f"src/{'abcd'[number % 4]}.ts"]} for number in range(12)]
    found = facts_of(*tasks).costs.fragmentation()
    assert (found.agents, len(found.files), found.reason) == (12, 4, "files")
    assert found.share > 0.5
    assert found.groups
    assert sum(len(group.tasks) for group in found.groups) <= 12


def test_small_neighbours_are_merged() -> None:
    tasks = [*file_tasks(4, "src/types/t{}.ts"), {"creates": ["src/api/user.ts"]}]
    found = facts_of(*tasks).costs.fragmentation()
    assert (found.reason, found.evidence, found.saved_agents) == ("merge", Evidence.INFERRED, 3)
    [group] = found.groups
    assert group.tasks == (0, 1, 2, 3)
    assert group.reason == "all write src/types/"
    assert group.saved_tokens == 3 * 20_000


@pytest.mark.parametrize(
    ("tasks", "plan"),
    [
        (file_tasks(3, "src/types/t{}.ts"), {}),
        (file_tasks(6, "src/m{}/index.ts"), {}),
        (file_tasks(6, "src/types/t{}.ts", estimate=30), {}),
        (file_tasks(6, "src/types/t{}.ts", brief="Do this carefully and at length. " * 40), {}),
        (file_tasks(6, "src/types/t{}.ts", scope_known=False), {}),
        (file_tasks(6, "src/types/t{}.ts", agent=Agent(name="one")), {}),
        ([{"kind": Kind.REVIEW, "writes": [f"reports/{n}.md"]} for n in range(7)], {}),
        ([{"kind": Kind.RESEARCH}] * 7, {}),
        ([{"writes": ["src/"]}] * 12, {}),
        (file_tasks(6, "src/types/t{}.ts"), {"pattern": True}),
        (file_tasks(6, "src/types/t{}.ts"), {"incomplete": True}),
        ([{"modifies": [f"src/{n % 2}.ts"], "parallel": True} for n in range(12)], {"capabilities": STEPS}),
        (file_tasks(6, "src/types/t{}.ts"), {"capabilities": STEPS, "schedule": serial(range(6), "in order")}),
    ],
)
def test_a_split_that_pays_or_cannot_be_judged_is_silent(tasks: list[dict], plan: dict) -> None:
    assert facts_of(*tasks, **plan).costs.fragmentation() is None


def test_a_good_decomposition_is_not_fragmented() -> None:
    tasks = [
        {"creates": ["src/services/photo.ts", "src/services/photo.test.ts"]},
        {"creates": ["src/routes/gallery.ts", "src/routes/gallery.test.ts"]},
        {"creates": ["src/components/Gallery.tsx", "src/components/Gallery.test.tsx"]},
        {"modifies": ["src/routes/index.ts", ".env.example", "src/Nav.tsx"], "depends_on": ["t0", "t1", "t2"]},
    ]
    assert facts_of(*tasks).costs.fragmentation() is None


def test_tasks_with_others_in_between_are_not_merged() -> None:
    chain = []
    for number in range(8):
        path = f"src/types/t{number}.ts" if number % 2 == 0 else f"src/other{number}/x.ts"
        chain.append({"creates": [path], "depends_on": [f"t{number - 1}"] if number else []})
    assert facts_of(*chain).costs.fragmentation() is None


# -- width -------------------------------------------------------------------------------------------------------------


def brute_width(facts, tasks: list[int]) -> int:
    """The largest set of pairwise concurrent tasks, by trying all."""
    for size in range(len(tasks), 0, -1):
        for chosen in itertools.combinations(tasks, size):
            if all(facts.order.concurrent(a, b) for a, b in itertools.combinations(chosen, 2)):
                return size
    return 0


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(st.just(n), st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))))
    )
)
def test_the_width_is_that_of_a_largest_concurrent_set(case: tuple[int, set[tuple[int, int]]]) -> None:
    count, edges = case
    tasks = [{"depends_on": [f"t{a}" for a, b in edges if b == number and a < b]} for number in range(count)]
    facts = facts_of(*tasks)
    found = widest(facts.order, list(range(count)))
    assert len(found) == brute_width(facts, list(range(count)))
    assert all(facts.order.concurrent(a, b) for a, b in itertools.combinations(found, 2))


def test_a_worker_counts_once_in_the_width() -> None:
    worker = {"agent": Agent(name="backend")}
    assert facts_of(worker, worker, worker, {}).costs.max_width == 2


def test_a_cycle_has_a_width() -> None:
    assert facts_of({"depends_on": ["t1"]}, {"depends_on": ["t0"]}, {}).costs.max_width == 2


def test_the_width_of_a_thousand_tasks_is_exact() -> None:
    tasks = [{"depends_on": [f"t{number - 2}"] if number >= 2 else []} for number in range(900)]
    assert facts_of(*tasks).costs.max_width == 2


def test_beyond_the_limit_the_widest_stage_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planlint.facts.width.EXACT_LIMIT", 2)
    assert facts_of({}, {}, {}, {"depends_on": ["t0"]}).costs.widest == (0, 1, 2)


def test_the_critical_path_leaves_finished_tasks_out() -> None:
    facts = facts_of({"done": True}, {"depends_on": ["t0"]}, {"depends_on": ["t1"]})
    assert facts.costs.critical_path == (1, 2)


@pytest.mark.parametrize(
    ("model", "window"),
    [(None, 200_000), ("sonnet", 200_000), ("claude-haiku-4-5", 200_000), ("claude-sonnet-5", 1_000_000)],
)
def test_the_window_is_that_of_the_model_where_a_full_name_says_which(model: str | None, window: int) -> None:
    facts = facts_of({"agent": Agent(model=model)})
    assert facts.costs.window_tokens(facts.task(0)) == window
    assert facts.costs.explain_window(facts.task(0)).startswith("200k" if window == 200_000 else "1000k")

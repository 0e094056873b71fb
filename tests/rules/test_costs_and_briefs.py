"""Granularity, context and brief rules on hand-made plans: what no fixture file can say, and odd plans."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import planlint_rules.brief
import planlint_rules.context
import planlint_rules.granularity
from planlint.diagnostics import Diagnostic, Evidence, Severity
from planlint.facts import Facts, Settings
from planlint.facts.repository import MemoryRepository, Repository
from planlint.model import (
    Agent,
    Capability,
    ContextFile,
    Dependency,
    FanOut,
    Kind,
    Launch,
    LaunchScript,
    Mode,
    Plan,
    Scope,
    Step,
    Task,
    parallel,
    serial,
)
from planlint.rulekit import Rule
from planlint.source import Source

SOURCE = Source("plan.md", "the plan\n" * 20)
HERE = SOURCE.origin(0, 8)
PACKAGES = (planlint_rules.granularity, planlint_rules.context, planlint_rules.brief)
LONG_FILE = "\n".join(f"- Rule {number}: say what the module promises before you change it." for number in range(400))


def _rules() -> dict[str, Rule]:
    found = {}
    for package in PACKAGES:
        for info in iter_modules(package.__path__, f"{package.__name__}."):
            if info.name.rpartition(".")[2].startswith("_"):
                continue
            for value in vars(import_module(info.name)).values():
                if isinstance(value, type) and issubclass(value, Rule) and "code" in vars(value):
                    found[value.code] = value()
    return dict(sorted(found.items()))


RULES = _rules()


def scope(path: str, mode: Mode = Mode.WRITE, **more: object) -> Scope:
    return Scope(path=path, mode=mode, origin=HERE, **more)


def task(index: int, *writes: str | Scope, **fields: object) -> Task:
    scopes = tuple(scope(item) if isinstance(item, str) else item for item in writes)
    return Task(index=index, origin=HERE, writes=scopes, **{"id": f"t{index}", **fields})


def plan_of(*tasks: Task, **fields: object) -> Plan:
    values = {
        "path": "plan.md",
        "dialect": "test",
        "origin": HERE,
        "schedule": parallel(range(len(tasks)), "same wave.") if tasks else None,
        "capabilities": frozenset(Capability),
        **fields,
    }
    return Plan(tasks=tasks, **values)


def findings(code: str, plan: Plan, repository: Repository | None = None, **settings: object) -> list[Diagnostic]:
    return list(RULES[code].check(Facts(plan, repository or Repository.none(), Settings(**settings))))


def the_finding(code: str, plan: Plan, repository: Repository | None = None, **settings: object) -> Diagnostic:
    (finding,) = findings(code, plan, repository, **settings)
    return finding


def many(count: int, **fields: object) -> Plan:
    return plan_of(
        *(task(index, f"src/{index}/", agent=Agent(type="general-purpose")) for index in range(count)), **fields
    )


def test_every_code_of_the_families_has_a_rule():
    expected = [f"PL4{n:02}" for n in range(1, 10)] + [f"PL5{n:02}" for n in range(1, 7)]
    assert {*expected, *(f"PL6{n:02}" for n in range(1, 9))} <= set(RULES)


ODD_PLANS = {
    "no tasks": plan_of(),
    "empty ids": plan_of(*(Task(index=index, id="", origin=HERE) for index in range(3))),
    "one id for all": plan_of(*(task(index, "a.ts", id="x", title="Handle it") for index in range(4))),
    "odd paths": plan_of(task(0, "", "/", "..", "[", "a\0b"), task(1, "../x", "~/y", "C:\\z", "**")),
    "a cycle": plan_of(
        task(0, "a", depends_on=(Dependency(task="t1", origin=HERE),)),
        task(1, "a", depends_on=(Dependency(task="t0", origin=HERE), Dependency(task="none", origin=HERE))),
        schedule=None,
    ),
    "all done": plan_of(task(0, "a", done=True), task(1, "a", done=True)),
    "more workers than tasks": plan_of(task(0, "a"), task(1, "b"), workers=10**9, max_parallel=0),
    "no limits": plan_of(task(0), task(1), workers=0, inherited_budget=0, runtime="generic"),
    "only brackets": plan_of(task(0, brief="[" * 5000 + "<" * 5000 + "{{" * 5000), task(1, brief="TODO " * 3000)),
    "words without end": plan_of(
        task(0, brief="handle the " * 4000), task(1, brief="same as " * 4000), task(2, brief="ask the other " * 4000)
    ),
    "rename without end": plan_of(
        task(0, "a", title="rename " * 4000), task(1, "b", title="follow the rules of " * 4000)
    ),
}


@pytest.mark.parametrize("code", RULES)
@pytest.mark.parametrize("name", ODD_PLANS)
def test_no_odd_plan_makes_a_rule_crash(code, name):
    repository = MemoryRepository({"CLAUDE.md": "@missing.md\n", "a": "text"})
    for finding in findings(code, ODD_PLANS[name], repository):
        assert "\n" not in finding.message
        assert not finding.message.endswith(".")


def test_a_list_that_is_only_marked_parallel_starts_no_agents():
    without = frozenset(Capability) - {Capability.AGENTS, Capability.FRESH_AGENTS}
    plan = plan_of(*(task(index, "src/a.ts", brief="Handle the frontend", parallel=True) for index in range(12)),
                   capabilities=without)  # fmt: skip
    repository = MemoryRepository({"CLAUDE.md": LONG_FILE})
    assert not [code for code in ("PL401", "PL404", "PL501", "PL601") if findings(code, plan, repository)]


def test_a_format_whose_executor_starts_an_agent_for_each_task_multiplies_the_memory_files():
    plan = plan_of(
        *(task(index, f"src/{index}.ts", brief="Build the part") for index in range(7)),
        capabilities=frozenset(Capability) - {Capability.AGENTS},
        schedule=serial(range(7), "listed order"),
    )
    assert (
        "7 agents inherit `CLAUDE.md`" in the_finding("PL501", plan, MemoryRepository({"CLAUDE.md": LONG_FILE})).message
    )


def test_no_finding_about_estimated_tokens_is_an_error():
    fragments = plan_of(
        *(task(index, "src/a.ts", agent=Agent(type="general-purpose")) for index in range(12)),
        schedule=serial(range(12), "listed order"),
    )
    assert the_finding("PL401", fragments).severity is Severity.WARNING
    assert the_finding("PL501", many(7), MemoryRepository({"CLAUDE.md": LONG_FILE})).severity is Severity.WARNING


def test_the_groups_to_merge_are_named_with_what_they_save():
    plan = plan_of(
        *(task(index, f"src/{'ab'[index % 2]}.ts", agent=Agent(type="general-purpose")) for index in range(6)),
        schedule=serial(range(6), "listed order"),
    )
    plan = plan.replace(schedule=serial([0, 2, 4, 1, 3, 5], "listed order"))
    finding = the_finding("PL401", plan)
    assert "merge `t0`, `t2` and `t4` (all write src/a.ts): saves 2 agents, about 40k tokens" in (finding.help or "")
    assert [related.message for related in finding.related] == [
        "merge with `t2` and `t4`: all write src/a.ts",
        "merge with `t3` and `t5`: all write src/b.ts",
    ]


def test_start_up_follows_the_figure_of_the_project():
    plan = plan_of(
        *(task(index, "src/a.ts", agent=Agent(type="general-purpose")) for index in range(12)),
        schedule=serial(range(12), "listed order"),
    )
    assert not findings("PL401", plan, runtime_overrides={"startup_tokens": 100})


@pytest.mark.parametrize(
    ("count", "fields", "severity"),
    [
        (21, {}, Severity.WARNING),
        (21, {"runtime": "claude-code"}, Severity.ERROR),
        (12, {"runtime": "claude-code"}, Severity.WARNING),
        (12, {"max_parallel": 5, "schedule": parallel(range(12), "same wave", label="wave 1")}, Severity.ERROR),
    ],
    ids=["past an assumed limit", "past the limit", "past the queue", "past its own limit"],
)
def test_the_kind_of_limit_decides_how_bad_too_many_agents_are(count, fields, severity):
    assert the_finding("PL404", many(count, **fields)).severity is severity


def test_agents_that_wait_in_a_queue_of_an_assumed_runtime_are_no_fault():
    assert not findings("PL404", many(12))


def test_the_limit_of_a_runtime_is_dated():
    assert "2026" in (the_finding("PL404", many(21, runtime="claude-code")).why or "")


def test_tasks_left_unordered_by_omission_may_queue_up_to_the_limit_of_the_plan():
    loose = parallel(range(8), "nothing orders them", Evidence.INFERRED)
    assert not findings("PL404", many(8, max_parallel=3, schedule=loose))


def test_a_fan_out_of_known_size_is_held_against_the_limit():
    fan_out = FanOut(over="file in files[:50]", origin=HERE, bound=50)
    assert "up to 50 agents" in the_finding("PL404", plan_of(fan_outs=(fan_out,))).message
    assert not findings("PL404", plan_of(fan_outs=(FanOut(over="x", origin=HERE, bound=50, batched=True),)))


def test_one_agent_for_each_of_a_list_without_bound_is_reported_at_the_statement():
    place = SOURCE.origin(9, 17)
    finding = the_finding("PL405", plan_of(fan_outs=(FanOut(over="changed file", origin=place),)))
    assert finding.origin == place
    assert "`changed file`" in finding.message


@pytest.mark.parametrize("change", [{"bound": 5}, {"batched": True}])
def test_a_fan_out_that_is_bounded_or_batched_is_fine(change):
    assert not findings("PL405", plan_of(fan_outs=(FanOut(over="changed file", origin=HERE, **change),)))


def _script(runtime: str, **changes: object) -> Plan:
    awaited, wrong = bool(changes.pop("awaited", False)), bool(changes.pop("wrong", False))
    loop = FanOut(over="file of files", origin=HERE, **changes)
    step = Step(kind="launch", origin=HERE, loop=1, launch=Launch(origin=HERE, awaited=awaited))
    script = LaunchScript(origin=HERE, steps=(step,), loops={1: loop}, example_of_wrong=wrong)
    return plan_of(scripts=(script,), runtime=runtime)


def test_a_loop_of_a_workflow_without_bound_is_reported_and_any_other_left_to_the_launch_rules():
    assert "`file of files`" in the_finding("PL405", _script("claude-code-workflow")).message
    assert not findings("PL405", _script("claude-code"))


@pytest.mark.parametrize("change", [{"bound": 5}, {"batched": True}, {"awaited": True}, {"wrong": True}])
def test_a_loop_that_is_bounded_batched_awaited_or_a_bad_example_is_fine(change):
    assert not findings("PL405", _script("claude-code-workflow", **change))


def test_a_plan_with_a_limit_bounds_its_fan_out():
    assert not findings("PL405", plan_of(fan_outs=(FanOut(over="changed file", origin=HERE),), max_parallel=4))


def test_inherited_context_counts_only_agents_that_load_it():
    repository = MemoryRepository({"CLAUDE.md": LONG_FILE})
    explorers = plan_of(*(task(index, agent=Agent(type="Explore"), kind=Kind.RESEARCH) for index in range(7)))
    assert not findings("PL501", explorers, repository)
    assert the_finding("PL501", many(7), repository).message.startswith("7 agents inherit `CLAUDE.md`")


def test_a_memory_file_of_advised_length_is_fine_for_any_number_of_agents():
    short = "\n".join("- Keep it short." for _ in range(150))
    assert not findings("PL501", many(15), MemoryRepository({"CLAUDE.md": short}))


def test_the_budget_of_the_project_counts_for_short_files_too():
    repository = MemoryRepository({"CLAUDE.md": "Prices are integers, in cents. Always.\n" * 20})
    settings = {"rule_options": {"PL501": {"budget": 300}}}
    assert "over the budget of 300" in the_finding("PL501", many(3), repository, **settings).message


def test_the_most_expensive_sections_are_named():
    text = "# A\n\n" + "Long. " * 2000 + "\n\n# B\n\nShort.\n" + "\n" * 250
    finding = the_finding("PL501", many(9), MemoryRepository({"CLAUDE.md": text}))
    assert "most expensive: `A` (about" in (finding.help or "")


def test_a_context_file_named_in_the_plan_is_where_the_finding_stands():
    place = SOURCE.origin(9, 17)
    plan = many(7, context=(ContextFile(path="docs/all.md", origin=place),))
    assert the_finding("PL501", plan, MemoryRepository({"docs/all.md": LONG_FILE})).origin == place


def test_a_window_filled_by_files_to_read_is_reported_with_the_largest():
    repository = MemoryRepository({"docs/a.md": "word " * 120_000, "docs/b.md": "word " * 10})
    reader = task(0, "src/a.ts", reads=(scope("docs/a.md", Mode.READ), scope("docs/b.md", Mode.READ)))
    finding = the_finding("PL502", plan_of(reader), repository)
    assert "largest: `docs/a.md`" in (finding.help or "")
    assert "docs/b.md" not in (finding.help or "")


def test_a_brief_that_repeats_the_memory_file_is_reported_unless_its_agent_does_not_load_it():
    text = "\n".join(f"Rule number {number} says that nothing is logged twice on its way." for number in range(12))
    repository = MemoryRepository({"CLAUDE.md": text})
    assert "repeats" in the_finding("PL503", plan_of(task(0, brief=text)), repository).message
    assert not findings("PL503", plan_of(task(0, brief=text, agent=Agent(type="Explore"))), repository)


def test_an_import_outside_of_the_repository_is_left_alone():
    assert not findings("PL504", many(1), MemoryRepository({"CLAUDE.md": "See @~/rules.md and @../other/rules.md\n"}))


def test_a_missing_import_suggests_the_file_that_was_meant():
    repository = MemoryRepository({"CLAUDE.md": "See @docs/stlye.md\n", "docs/style.md": "x"})
    finding = the_finding("PL504", many(1), repository)
    assert finding.severity is Severity.ERROR
    assert (finding.help or "").startswith("did you mean `docs/style.md`?")


def test_nothing_is_missing_where_there_is_no_repository():
    plan = plan_of(task(0, scope("gone.ts", Mode.MODIFY)), context=(ContextFile(path="gone.md", origin=HERE),))
    assert not findings("PL504", plan)
    assert not findings("PL608", plan)


def test_a_template_leaves_its_gaps_open_on_purpose():
    plan = plan_of(task(0, scope("src/[feature].py", Mode.MODIFY), title="Export [feature name]"), pattern=True)
    repository = MemoryRepository({"src/a.py": "x"})
    assert not findings("PL607", plan, repository)
    assert not findings("PL608", plan, repository)


def test_a_plan_that_was_carried_out_is_not_told_that_its_files_exist():
    made = plan_of(*(task(index, scope(f"src/{index}.ts", Mode.CREATE)) for index in range(3)))
    there = {f"src/{index}.ts": "x" for index in range(3)}
    assert not findings("PL608", made, MemoryRepository(there))
    assert len(findings("PL608", made, MemoryRepository({"src/0.ts": "x"}))) == 1


def test_paths_that_belong_to_another_root_are_not_missing():
    plan = plan_of(task(0, scope("web/src/app.ts", Mode.MODIFY)), task(1, scope("web/src/menu.ts", Mode.MODIFY)))
    assert not findings("PL608", plan, MemoryRepository({"server/main.go": "x"}))


def test_a_stated_path_mismatch_is_a_warning():
    stated = scope("src/sesion.ts", Mode.MODIFY, evidence=Evidence.STATED)
    repository = MemoryRepository({"src/session.ts": "x"})
    assert the_finding("PL608", plan_of(task(0, stated)), repository).severity is Severity.WARNING
    inferred = scope("src/sesion.ts", Mode.MODIFY, evidence=Evidence.INFERRED)
    assert not findings("PL608", plan_of(task(0, inferred)), repository)


@pytest.mark.parametrize(
    "brief",
    [
        "Handle the frontend",
        "Build the backend for profiles.",
        "work on the UI",
        "Take care of everything else",
        "Implement all the necessary API endpoints",
        "Write tests and documentation",
    ],
)
def test_a_brief_that_names_only_an_area_is_vague(brief):
    plan = plan_of(task(0, brief=brief), task(1, brief="Create src/a.ts"))
    assert the_finding("PL601", plan).subjects.tasks == ("t0",)


@pytest.mark.parametrize(
    "brief",
    [
        "Build the login form",
        "Create src/api/users.ts",
        "Implement rate limiting for the API",
        "Write tests for parseDate()",
        "Handle expired tokens in the session store",
        "Fix the database connection leak",
        "Add pagination to the users endpoint",
        "Update the documentation in docs/api.md",
        "Refactor the auth service so that tokens are rotated",
        "Build the backend. It answers GET /users with a list of users.",
    ],
)
def test_a_brief_with_a_subject_of_its_own_is_not_vague(brief):
    assert not findings("PL601", plan_of(task(0, brief=brief)))


@pytest.mark.parametrize(
    "brief",
    ["Same as above.", "As discussed, write it.", "Do it as I told you.", "Like the previous one, but for users",
     "Errors are handled. Then pick up where the other agent left off."],
)  # fmt: skip
def test_a_brief_that_leans_on_a_conversation_is_not_self_contained(brief):
    assert the_finding("PL604", plan_of(task(0, brief=brief)))


@pytest.mark.parametrize(
    "brief",
    ["Follow the layout as discussed in docs/layout.md.", "Add a chat window.", "Remember the last filter of the user.",
     "Show the previous one and the next one.", "Copy the row above the cursor.", "As in Task 2; Task 2 sorts names."],
)  # fmt: skip
def test_a_brief_that_only_sounds_like_a_conversation_is_fine(brief):
    assert not findings("PL604", plan_of(task(0, brief=brief)))


def test_equal_tasks_one_after_another_are_a_check_and_not_a_copy():
    words = "Run the whole test suite and report each failure with its file"
    tasks = (task(0, brief=words), task(1, brief=words))
    assert findings("PL409", plan_of(*tasks))
    assert not findings("PL409", plan_of(*tasks, schedule=serial([0, 1], "listed order")))

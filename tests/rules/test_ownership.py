"""Ownership rules on hand-made plans: what no fixture file can say, and odd plans that must not crash them."""

from importlib import import_module
from pkgutil import iter_modules

import pytest

import planlint_rules.ownership
from planlint.diagnostics import Diagnostic, Evidence, Severity
from planlint.diagnostics.remedy import AddDependency
from planlint.facts import Facts, Settings
from planlint.facts.repository import MemoryRepository, Repository
from planlint.model import Constraint, Dependency, Isolation, Mode, Plan, Resource, Scope, Task, parallel
from planlint.rulekit import Rule
from planlint.source import Source

SOURCE = Source("plan.md", "the plan\n" * 20)
HERE = SOURCE.origin(0, 8)


def _rules() -> list[Rule]:
    found = []
    for info in iter_modules(planlint_rules.ownership.__path__, "planlint_rules.ownership."):
        if info.name.rpartition(".")[2].startswith("_"):
            continue
        found += [
            value()
            for value in vars(import_module(info.name)).values()
            if isinstance(value, type) and issubclass(value, Rule) and "code" in vars(value)
        ]
    return sorted(found, key=lambda rule: rule.code)


RULES = _rules()


def scope(path: str, mode: Mode = Mode.WRITE, **more: object) -> Scope:
    return Scope(path=path, mode=mode, origin=HERE, **more)


def task(index: int, *writes: str | Scope, **fields: object) -> Task:
    scopes = tuple(scope(item) if isinstance(item, str) else item for item in writes)
    return Task(index=index, origin=HERE, writes=scopes, **{"id": f"t{index}", **fields})


def plan_of(*tasks: Task, **fields: object) -> Plan:
    schedule = parallel(range(len(tasks)), "same wave.") if tasks else None
    values = {"path": "plan.md", "dialect": "test", "origin": HERE, "schedule": schedule, **fields}
    return Plan(tasks=tasks, **values)


def findings(code: str, plan: Plan, repository: Repository | None = None, **settings: object) -> list[Diagnostic]:
    rule = next(rule for rule in RULES if rule.code == code)
    return list(rule.check(Facts(plan, repository or Repository.none(), Settings(**settings))))


def the_finding(code: str, plan: Plan, repository: Repository | None = None) -> Diagnostic:
    (finding,) = findings(code, plan, repository)
    return finding


def test_every_code_of_the_family_has_a_rule():
    assert [rule.code for rule in RULES] == [f"PL1{number:02}" for number in range(1, 14)]


@pytest.mark.parametrize(
    ("isolation", "severity"),
    [
        (Isolation.SHARED, Severity.ERROR),
        (Isolation.UNKNOWN, Severity.ERROR),
        (Isolation.WORKTREE, Severity.WARNING),
        (Isolation.BRANCH, Severity.WARNING),
        (Isolation.STACKED, Severity.WARNING),
    ],
)
def test_isolation_decides_what_a_shared_write_costs(isolation, severity):
    plan = plan_of(task(0, "a.ts"), task(1, "a.ts"), isolation=isolation)
    assert the_finding("PL101", plan).severity is severity


def test_one_worktree_among_two_tasks_keeps_them_apart():
    plan = plan_of(task(0, "a.ts", isolation=Isolation.WORKTREE), task(1, "a.ts"), isolation=Isolation.SHARED)
    assert the_finding("PL101", plan).severity is Severity.WARNING


def test_phases_that_may_overlap_cost_less_than_tasks_that_do():
    def plan(phase: str) -> Plan:
        both = parallel((0, 1), "the plan says so", Evidence.STATED)
        return plan_of(task(0, "a.ts", phase="1"), task(1, "a.ts", phase=phase), schedule=both)

    assert the_finding("PL101", plan("1")).severity is Severity.ERROR
    assert the_finding("PL101", plan("2")).severity is Severity.WARNING


def test_an_assumed_checkout_is_called_assumed():
    unknown = the_finding("PL101", plan_of(task(0, "a.ts"), task(1, "a.ts")))
    shared = the_finding("PL101", plan_of(task(0, "a.ts"), task(1, "a.ts"), isolation=Isolation.SHARED))
    assert "assumed" in (unknown.why or "")
    assert "assumed" not in (shared.why or "")


def test_an_accepted_overlap_is_milder_and_quotes_the_plan():
    constraint = Constraint(
        kind="acknowledged", scope=scope("src/**"), origin=HERE, tasks=("t0", "t1"), note="different functions."
    )
    finding = the_finding("PL101", plan_of(task(0, "src/a.ts"), task(1, "src/a.ts"), constraints=(constraint,)))
    assert finding.severity is Severity.WARNING
    assert '"different functions"' in (finding.why or "")


def test_an_acceptance_for_other_tasks_counts_for_nothing():
    constraint = Constraint(kind="acknowledged", scope=scope("a.ts"), origin=HERE, tasks=("t0", "t9"))
    finding = the_finding("PL101", plan_of(task(0, "a.ts"), task(1, "a.ts"), constraints=(constraint,)))
    assert finding.severity is Severity.ERROR


def test_a_directory_in_a_sentence_is_advice_and_a_declared_one_a_fault():
    stated = plan_of(task(0, scope("src/api/", evidence=Evidence.STATED)), task(1, "src/api/a.ts"))
    assert findings("PL101", stated) == []
    assert len(findings("PL103", stated)) == 1
    declared = plan_of(task(0, "src/api/"), task(1, "src/api/a.ts"))
    assert len(findings("PL101", declared)) == 1
    assert findings("PL103", declared) == []


def test_what_may_happen_only_perhaps_is_milder():
    plan = plan_of(task(0, scope("a.ts", weak=True)), task(1, "a.ts"), isolation=Isolation.SHARED)
    assert the_finding("PL101", plan).severity is Severity.WARNING


def test_a_shared_write_is_one_finding_with_each_writer_labelled():
    finding = the_finding("PL101", plan_of(*[task(number, "src/index.ts") for number in range(20)]))
    assert len(finding.related) == 19
    assert finding.subjects.paths == ("src/index.ts",)
    assert finding.message.startswith("20 concurrent tasks write `src/index.ts`: `t0`, `t1`")


def read(path: str, evidence: Evidence = Evidence.DECLARED) -> tuple[Scope, ...]:
    return (scope(path, Mode.READ, evidence=evidence),)


def test_a_cited_document_is_no_race_and_a_declared_input_is_one():
    writer = task(0, scope("docs/api.md", Mode.MODIFY))
    cited = plan_of(writer, task(1, "src/a.ts", reads=read("docs/api.md", Evidence.STATED)))
    declared = plan_of(writer, task(1, "src/a.ts", reads=read("docs/api.md")))
    assert findings("PL102", cited) == []
    assert len(findings("PL102", declared)) == 1


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Import the helpers from ", 1),
        ("Review every branch of ", 1),
        ("Finally run `node ", 1),
        ("Read the totals, source ", 1),
        ("Use the helpers of ", 0),
        ("Keep it compatible with ", 0),
        ("Covered by the existing ", 0),
        ("Check whether the flag is in ", 0),
        ("Follow the same pattern as in ", 0),
        ("Import it as in ", 0),
        ("Read the plan.\n", 0),
    ],
)
def test_a_sentence_is_a_read_where_it_makes_the_task_read_import_run_test_or_review_that_file(sentence, found):
    source = Source("plan.md", f"{sentence}src/hooks.ts")
    cited = Scope(
        path="src/hooks.ts",
        mode=Mode.READ,
        evidence=Evidence.STATED,
        origin=source.origin(len(sentence), len(source.text)),
    )
    plan = plan_of(task(0, scope("src/hooks.ts", Mode.MODIFY)), task(1, "src/a.ts", reads=(cited,)))
    assert len(findings("PL102", plan)) == found


def test_what_is_read_only_perhaps_is_no_race():
    writer = task(0, scope("src/hooks.ts", Mode.MODIFY))
    perhaps = (scope("src/hooks.ts", Mode.READ, weak=True),)
    assert findings("PL102", plan_of(writer, task(1, "src/a.ts", reads=perhaps))) == []


def test_a_created_file_and_a_review_are_left_to_the_rules_about_order():
    created = plan_of(task(0, scope("a.ts", Mode.CREATE)), task(1, "b.ts", reads=read("a.ts")))
    reviewed = plan_of(task(0, scope("a.ts", Mode.MODIFY)), task(1, kind="review", reads=read("a.ts")))
    assert findings("PL102", created) == findings("PL102", reviewed) == []


def test_the_plans_own_design_documents_are_no_race():
    plan = plan_of(
        task(0, scope("specs/1/plan.md", Mode.MODIFY)),
        task(1, "b.ts", reads=read("specs/1/plan.md")),
        design_documents=("specs/1/",),
    )
    assert findings("PL102", plan) == []


def test_a_reader_that_writes_the_file_too_is_a_shared_write_only():
    plan = plan_of(task(0, scope("a.ts", Mode.MODIFY)), task(1, "a.ts", reads=read("a.ts")))
    assert findings("PL102", plan) == []
    assert len(findings("PL101", plan)) == 1


def body(path: str, evidence: Evidence = Evidence.DECLARED, **more: object) -> Scope:
    return scope(path, evidence=evidence, body=True, **more)


def test_the_files_that_a_declaration_leaves_out_are_one_finding():
    plan = plan_of(task(0, "src/a.ts", body("src/b.ts"), body("src/c.ts", Evidence.STATED), scope_known=True))
    finding = the_finding("PL112", plan)
    assert finding.subjects.paths == ("src/b.ts", "src/c.ts")
    assert finding.severity is Severity.ERROR


def test_an_undeclared_file_in_which_two_tasks_meet_is_one_finding_that_says_so():
    one = task(0, "src/a.ts", body("src/c.ts"), scope_known=True)
    other = task(1, "src/b.ts", "src/c.ts", scope_known=True)
    assert findings("PL112", plan_of(one, other)) == []
    assert (the_finding("PL101", plan_of(one, other)).why or "").endswith("; the declared scope of `t0` leaves it out")


def test_a_file_named_after_a_verb_only_is_a_warning():
    plan = plan_of(task(0, "src/a.ts", body("src/c.ts", Evidence.STATED), scope_known=True))
    assert the_finding("PL112", plan).severity is Severity.WARNING


@pytest.mark.parametrize(
    "left_out",
    [
        body("src/a.ts"),
        body("a.ts"),
        body("web/src/a.ts"),
        body("lib/deep/x.ts"),
        body("src/maybe.ts", weak=True),
        body("src/guess.ts", Evidence.INFERRED),
        body("docs/plan.md"),
        body("src/other/"),
    ],
    ids=lambda item: item.path,
)
def test_what_the_declaration_covers_or_the_body_does_not_claim_is_not_left_out(left_out):
    declared = (scope("src/a.ts"), scope("lib/"))
    plan = plan_of(task(0, *declared, left_out, scope_known=True), design_documents=("docs/plan.md",))
    assert findings("PL112", plan) == []


def test_a_declaration_that_admits_gaps_leaves_nothing_out():
    assert findings("PL112", plan_of(task(0, "src/a.ts", body("src/b.ts"), scope_known=False))) == []


def test_names_in_other_letter_case_that_both_exist_are_two_files():
    plan = plan_of(task(0, "src/User.ts"), task(1, "src/user.ts"))
    assert len(findings("PL108", plan)) == 1
    both = MemoryRepository({"src/User.ts": "", "src/user.ts": ""})
    assert findings("PL108", plan, both) == []


def test_an_absolute_path_into_the_repository_is_inside(tmp_path):
    plan = plan_of(task(0, f"{tmp_path.as_posix()}/src/a.ts", "/opt/other/b.ts"))
    found = findings("PL109", plan, Repository(tmp_path, explicit=True))
    assert [finding.subjects.paths for finding in found] == [("/opt/other/b.ts",)]


@pytest.mark.parametrize("path", ["~/.config/app.toml", "../../tsconfig.base.json"])
def test_a_path_that_a_sentence_spells_from_elsewhere_is_nothing(path):
    assert findings("PL109", plan_of(task(0, scope(path, evidence=Evidence.STATED)))) == []
    assert len(findings("PL109", plan_of(task(0, path)))) == 1


def test_a_cited_manifest_is_no_race_and_a_deleted_input_is_an_error():
    manifest = task(0, scope("package.json", Mode.MODIFY))
    cited = plan_of(manifest, task(1, "a.ts", reads=read("package.json", Evidence.STATED)))
    assert findings("PL102", cited) == []
    deleted = plan_of(task(0, scope("b.ts", Mode.DELETE)), task(1, "a.ts", reads=read("b.ts")))
    assert the_finding("PL102", deleted).severity is Severity.ERROR


@pytest.mark.parametrize(("first", "second", "waits"), [(0, 1, 0), (1, 0, 1)])
def test_what_changes_a_file_does_not_wait_for_its_deletion(first, second, waits):
    modes = Mode.DELETE, Mode.MODIFY
    plan = plan_of(task(0, scope("old.ts", modes[first])), task(1, scope("old.ts", modes[second])))
    finding = the_finding("PL101", plan)
    assert finding.help.startswith(f"make `t{waits}` depend on `t{1 - waits}`")
    assert next(one for one in finding.remedies if isinstance(one, AddDependency))[:2] == (waits, 1 - waits)


def test_of_several_writers_the_one_that_deletes_comes_last():
    gone = task(0, scope("old.ts", Mode.DELETE))
    finding = the_finding("PL101", plan_of(gone, task(1, "old.ts"), task(2, "old.ts")))
    assert finding.help.startswith("put these tasks in sequence, `t0` last")


@pytest.mark.parametrize("path", ["old.ts", "old/"])
def test_what_others_still_read_is_deleted_after_them(path):
    plan = plan_of(task(0, scope(path, Mode.DELETE)), task(1, "a.ts", reads=read(path)))
    assert the_finding("PL102", plan).help.startswith("make `t0` depend on `t1`")
    changed = plan_of(task(0, scope("old.ts", Mode.MODIFY)), task(1, "a.ts", reads=read("old.ts")))
    assert the_finding("PL102", changed).help.startswith("make `t1` depend on `t0`")


def test_a_shared_branch_collides_only_between_worktrees():
    def plan(isolation: Isolation) -> Plan:
        branch = (Resource(kind="branch", name="feat/x", origin=HERE, evidence=Evidence.DECLARED),)
        return plan_of(task(0, "a.ts", resources=branch), task(1, "b.ts", resources=branch), isolation=isolation)

    assert findings("PL110", plan(Isolation.SHARED)) == []
    assert the_finding("PL110", plan(Isolation.WORKTREE)).severity is Severity.ERROR


def test_a_hub_that_the_repository_does_not_have_is_no_hub():
    briefs = ("Run `npm install zod` first.", "Run `npm install dayjs` first.")
    plan = plan_of(*[task(number, f"{number}.ts", brief=brief) for number, brief in enumerate(briefs)])
    assert len(findings("PL104", plan)) == 1
    assert len(findings("PL104", plan, MemoryRepository({"package.json": "{}"}))) == 1
    assert findings("PL104", plan, MemoryRepository({"Cargo.toml": ""})) == []


def test_packages_of_two_separate_projects_do_not_meet():
    plan = plan_of(
        task(0, "frontend/a.ts", brief="Run `npm install zod`."),
        task(1, "backend/b.ts", brief="Run `npm install express`."),
    )
    assert findings("PL104", plan) == []


def test_two_modules_in_a_python_package_that_one_of_the_tasks_creates_meet_in_its_init_file():
    package = scope("app/models/__init__.py", Mode.CREATE)
    first = task(0, package, scope("app/models/air.py", Mode.CREATE))
    second = task(1, scope("app/models/rain.py", Mode.CREATE))
    assert the_finding("PL104", plan_of(first, second)).subjects.paths == ("app/models/__init__.py",)
    existing = task(0, scope("app/models/__init__.py", Mode.MODIFY))
    assert not findings("PL104", plan_of(existing, second))


@pytest.mark.parametrize(
    ("brief", "found"),
    [
        ("Export the types from the core barrel (index.ts).", True),
        ("Export the types from the `core` package's barrel.", True),
        ("Do not export the types from the core barrel.", False),
        ("Re-export it from the core barrel (index.ts) if needed.", False),
        ("Export the types from the web barrel.", False),
        ("Export the types from the src barrel.", False),
    ],
)
def test_a_barrel_named_by_its_package_is_the_outermost_one_where_only_one_is(brief, found):
    tasks = [
        task(0, "packages/core/src/config/load.ts", brief=brief),
        task(1, "packages/core/src/config/save.ts", brief=brief),
        task(
            2,
            "packages/core/src/config/index.ts",
            "packages/ui/src/index.ts",
            reads=(scope("packages/core/src/index.ts", Mode.READ),),
        ),
    ]
    assert [item.subjects.paths for item in findings("PL104", plan_of(*tasks))] == (
        [("packages/core/src/index.ts",)] if found else []
    )


@pytest.mark.parametrize(
    ("paths", "manifest"),
    [
        (["packages/core/src/a.ts"], "packages/core/package.json"),
        (["packages/core/src/a.ts", "packages/cli/src/a.ts"], None),
        (["web/a.ts"], "web/package.json"),
        (["src/a.ts", "docs/a.md"], "package.json"),
    ],
)
def test_an_install_changes_the_manifest_of_the_package_that_the_task_works_in(paths, manifest):
    tasks = [
        task(index, *(path.replace("a.", f"a{index}.") for path in paths), brief="Run `npm install zod` first.")
        for index in range(2)
    ]
    assert [item.subjects.paths for item in findings("PL104", plan_of(*tasks))] == ([(manifest,)] if manifest else [])


def test_many_new_files_beside_one_barrel_are_one_finding():
    brief = "Create the component and re-export it from the barrel."
    plan = plan_of(*[task(n, scope(f"src/ui/C{n}.tsx", Mode.CREATE), brief=brief) for n in range(9)])
    assert findings("PL104", plan) == []
    finding = the_finding("PL104", plan, MemoryRepository({"src/ui/index.ts": ""}))
    assert finding.subjects.paths == ("src/ui/index.ts",)
    assert len(finding.subjects.tasks) == 9


ODD = [
    plan_of(),
    plan_of(task(0), task(1, id="", title="")),
    plan_of(task(0, "a", id="x"), task(1, "a", id="x")),
    plan_of(task(0, "", " ", "\x00", "x" * 5000, "{" * 99, "[", "a/" * 99, "//", "..", "~", "C:\\x", ".git")),
    plan_of(*[task(n, "a.ts", depends_on=(Dependency(task="nobody", origin=HERE),)) for n in range(3)]),
    plan_of(*[task(n, "a.ts", depends_on=(Dependency(task=f"t{1 - n}", origin=HERE),)) for n in range(2)]),
    plan_of(task(0, "a.ts"), task(1, "a.ts", container=True), task(2, "a.ts", done=True), schedule=None),
    plan_of(
        *[
            task(
                n,
                scope("é.ts", part=" "),
                "docs/adr/NNNN-x.md",
                brief="npm install x " * 50 + "/tmp/a " * 50 + "next migration number " * 50,
                off_limits=(scope("**"), scope("")),
                reads=read("") + read("**"),
            )
            for n in range(4)
        ],
        constraints=tuple(
            Constraint(kind=kind, scope=scope(path), origin=HERE, owner=owner)
            for kind in ("off-limits", "single-owner", "hub", "acknowledged", "?")
            for path in ("", "**", "é.ts")
            for owner in (None, "", "t1", "nobody")
        ),
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("plan", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("repository", [Repository.none(), MemoryRepository({})], ids=["unknown", "empty"])
def test_odd_plans_crash_no_rule_and_every_finding_stands_alone_on_one_line(rule, plan, repository):
    for case_sensitive in (True, False):
        for finding in rule.check(Facts(plan, repository, Settings(case_sensitive=case_sensitive))):
            texts = [finding.message, finding.why or "-", finding.help or "-", *(r.message for r in finding.related)]
            assert all(text and "\n" not in text and not text.endswith(".") for text in texts)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_three_thousand_tasks_that_share_everything_are_at_most_one_finding_a_rule(rule):
    tasks = [
        task(
            number,
            "src/index.ts",
            scope(f"src/m/f{number}.rs", Mode.CREATE),
            scope(f"db/migrations/0007_{number}.sql", Mode.CREATE),
            brief="Run `npm install zod`, then write the result to /tmp/out.json.",
            reads=read("src/types.ts"),
            off_limits=(scope("src/main.rs"),),
        )
        for number in range(3_000)
    ]
    tasks.append(task(3_000, scope("src/types.ts", Mode.MODIFY)))
    assert len(findings(rule.code, plan_of(*tasks))) <= 1


def test_patterns_read_by_thousands_of_tasks_are_compared_up_to_a_limit_only(monkeypatch):
    module = import_module("planlint_rules.ownership.read_write_race")
    monkeypatch.setattr(module, "_MAX_COMPARISONS", 600)
    writer = task(0, scope("src/a.ts", Mode.MODIFY))
    readers = [task(number, reads=read("src/*.ts")) for number in range(1, 2_000)]
    finding = the_finding("PL102", plan_of(writer, *readers))
    assert len(finding.subjects.tasks) == 601

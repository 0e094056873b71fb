"""Rules over a plan: skipped with a reason, kept apart when they fail, quiet about finished work."""

from collections.abc import Iterator

import pytest

from planlint.diagnostics import Diagnostic, Severity, Suppression, Tier
from planlint.engine.checking import check_plan
from planlint.engine.reading import Complaints
from planlint.engine.registry import RuleRegistry
from planlint.engine.report import Report, Skipped
from planlint.facts import Facts, Settings
from planlint.facts.repository import Repository
from planlint.model import Capability, Plan, Task
from planlint.rulekit import Rule
from planlint.rulekit.pack import RuleEntry, RulePack
from planlint.source import Source

SOURCE = Source("plan.yaml", "first\nsecond\n")


def facts(include_done: bool = False) -> Facts:
    tasks = (
        Task(id="open", index=0, origin=SOURCE.origin(0, 5)),
        Task(id="closed", index=1, origin=SOURCE.origin(6, 12), done=True),
    )
    plan = Plan(
        path="plan.yaml",
        dialect="toy",
        origin=SOURCE.origin(0, 12),
        tasks=tasks,
        capabilities=frozenset({Capability.TASKS}),
    )
    return Facts(plan, Repository.none(), Settings(include_done=include_done))


class Each(Rule):
    """One finding for each task of the plan, then one for both, one for nobody."""

    code = "PL999"
    name = "each"

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        for task in facts.plan.tasks:
            yield self.finding(f"{task.id} alone", task.origin, tasks=[task])
        yield self.finding("both", facts.plan.origin, tasks=facts.plan.tasks)
        yield self.finding("nobody", facts.plan.origin, tasks=["ghost"])


class Failing(Each):
    """Fails after its first finding."""

    code = "PL998"
    name = "failing"

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        yield self.finding("before", facts.plan.origin)
        raise ZeroDivisionError("oh")


class Needy(Each):
    """Needs what the format lacks."""

    code = "PL997"
    name = "needy"
    needs = (Capability.TASKS, Capability.WAVES, Capability.VERIFY)


class Picky(Each):
    """Has its own reason."""

    code = "PL996"
    name = "picky"

    def skip(self, facts: Facts) -> str | None:
        return "the plan has no interest in it"


def run(facts: Facts, complaints: Complaints, *rules: type[Rule]) -> tuple[list[Diagnostic], list[Skipped]]:
    entries = [
        RuleEntry(rule.code, rule.name, rule.tier, f"{__name__}:{rule.__name__}", tuple(n.value for n in rule.needs))
        for rule in rules
    ]
    return check_plan(facts, entries, RuleRegistry([RulePack.of("toys", *entries)]), complaints)


@pytest.fixture
def complaints() -> Complaints:
    return Complaints(RuleRegistry([]))


def test_findings_about_finished_tasks_alone_are_left_out(complaints: Complaints) -> None:
    found, _ = run(facts(), complaints, Each)
    assert [finding.message for finding in found] == ["open alone", "both", "nobody"]
    found, _ = run(facts(include_done=True), complaints, Each)
    assert [finding.message for finding in found] == ["open alone", "closed alone", "both", "nobody"]


def test_a_rule_that_fails_is_reported_and_the_others_go_on(complaints: Complaints) -> None:
    found, _ = run(facts(), complaints, Failing, Each)
    assert [finding.message for finding in found] == ["before", "open alone", "both", "nobody"]
    (crash,) = complaints.diagnostics
    assert crash.code == "PL009"
    assert crash.severity is Severity.ERROR
    assert crash.message == "rule PL998 (failing) failed: ZeroDivisionError"
    assert crash.help is not None
    assert "test_checking.py" in crash.help
    assert str(__file__).rsplit("/", 2)[0] not in crash.help
    assert complaints.internal_error


def test_a_rule_is_skipped_with_a_reason_in_plain_words(complaints: Complaints) -> None:
    found, skipped = run(facts(), complaints, Needy, Picky)
    assert found == []
    assert [(item.code, item.path, item.reason) for item in skipped] == [
        ("PL997", "plan.yaml", "the toy format does not say waves and how a task is verified"),
        ("PL996", "plan.yaml", "the plan has no interest in it"),
    ]


def test_a_rule_is_not_even_imported_for_a_plan_that_cannot_say_what_it_needs(complaints: Complaints) -> None:
    entry = RuleEntry("X1", "absent", Tier.CORE, "no.such.module:Rule", ("waves",))
    _, skipped = check_plan(facts(), [entry], RuleRegistry([RulePack.of("toys", entry)]), complaints)
    assert [item.code for item in skipped] == ["X1"]


def finding(severity: Severity, kind: str | None = None) -> Diagnostic:
    return Diagnostic(
        "PL1", "x", severity, "m", SOURCE.origin(0, 1), suppressed=Suppression(kind) if kind is not None else None
    )


@pytest.mark.parametrize(
    ("severity", "limit", "code"),
    [
        (Severity.ERROR, "error", 1),
        (Severity.WARNING, "error", 0),
        (Severity.WARNING, "warning", 1),
        (Severity.NOTE, "warning", 0),
        (Severity.NOTE, "note", 1),
        (Severity.ERROR, "never", 0),
    ],
)
def test_the_exit_status_follows_from_the_worst_finding(severity: Severity, limit: str, code: int) -> None:
    assert Report((finding(severity),)).exit_code(limit) == code  # type: ignore[arg-type]


def test_hidden_findings_do_not_count_but_are_counted() -> None:
    report = Report((finding(Severity.ERROR, "inline"), finding(Severity.ERROR, "baseline"), finding(Severity.NOTE)))
    assert report.exit_code() == 0
    assert report.summary == (0, 0, 0, 1, 1, 1)
    assert report.active == (report.diagnostics[2],)


def test_internal_errors_and_unusable_inputs_win_over_everything() -> None:
    assert Report(internal_error=True).exit_code("never") == 2
    assert Report(unreadable=("x does not exist",)).exit_code("never") == 2

"""Contract and order rules on hand-made plans: what no plan file can say, and odd plans that must not crash them."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planlint_rules.contracts
import planlint_rules.order
from planlint.diagnostics import Diagnostic, Evidence, Severity
from planlint.facts import Facts, Settings
from planlint.facts.graph import covering_cycles
from planlint.facts.repository import MemoryRepository, Repository
from planlint.model import (
    Capability,
    Contract,
    ContractRef,
    Dependency,
    Isolation,
    Kind,
    Mode,
    Plan,
    Scope,
    Task,
    parallel,
    serial,
)
from planlint.rulekit import Rule
from planlint.source import Source

SOURCE = Source("plan.md", "the plan\n" * 20)
HERE = SOURCE.origin(0, 8)
THERE = SOURCE.origin(9, 17)


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for family in (planlint_rules.contracts, planlint_rules.order):
        for info in iter_modules(family.__path__, f"{family.__name__}."):
            if info.name.rpartition(".")[2].startswith("_"):
                continue
            for value in vars(import_module(info.name)).values():
                if isinstance(value, type) and issubclass(value, Rule) and "code" in vars(value):
                    found[value.code] = value()
    return dict(sorted(found.items()))


RULES = _rules()


def task(index: int, **fields: object) -> Task:
    return Task(index=index, origin=HERE, **{"id": f"t{index}", **fields})


def needs(*ids: str, evidence: Evidence = Evidence.DECLARED) -> tuple[Dependency, ...]:
    return tuple(Dependency(task=one, origin=THERE, evidence=evidence) for one in ids)


def creates(*paths: str) -> tuple[Scope, ...]:
    return tuple(Scope(path=path, mode=Mode.CREATE, origin=HERE) for path in paths)


def reads(*paths: str) -> tuple[Scope, ...]:
    return tuple(Scope(path=path, mode=Mode.READ, origin=THERE) for path in paths)


def plan_of(*tasks: Task, **fields: object) -> Plan:
    schedule = parallel(range(len(tasks)), "same wave") if tasks else None
    values = {"schedule": schedule, "capabilities": frozenset(Capability), **fields}
    return Plan(path="plan.md", dialect="test", origin=HERE, tasks=tasks, **values)


def findings(code: str, plan: Plan, repository: Repository | None = None) -> list[Diagnostic]:
    return list(RULES[code].check(Facts(plan, repository or Repository.none(), Settings())))


def the_finding(code: str, plan: Plan, repository: Repository | None = None) -> Diagnostic:
    (finding,) = findings(code, plan, repository)
    return finding


def test_an_unknown_id_in_a_sentence_is_a_warning() -> None:
    plan = plan_of(task(0, depends_on=needs("nobody", evidence=Evidence.STATED)))
    assert the_finding("PL301", plan).severity is Severity.WARNING


def test_ids_that_are_only_guessed_are_not_reported_as_unknown() -> None:
    assert not findings("PL301", plan_of(task(0, depends_on=needs("nobody", evidence=Evidence.INFERRED))))


@pytest.mark.parametrize("reason", [{"incomplete": True}, {"pattern": True}, {"known_ids": frozenset({"nobody"})}])
def test_an_id_that_may_exist_elsewhere_is_not_reported_as_unknown(reason: dict[str, object]) -> None:
    assert not findings("PL301", plan_of(task(0, depends_on=needs("nobody")), **reason))


def test_ids_from_one_word_are_one_finding() -> None:
    finding = the_finding("PL301", plan_of(task(0, depends_on=needs("x1", "x2", "x3"))))
    assert "`x1`, `x2` and `x3`, but no tasks have these ids" in finding.message


def test_a_circle_that_comes_from_doubled_ids_is_not_reported() -> None:
    doubled = plan_of(task(0, id="a"), task(1, id="b", depends_on=needs("a")), task(2, id="a", depends_on=needs("b")))
    assert not findings("PL302", doubled)
    assert findings("PL303", doubled)


@pytest.mark.parametrize("first", [0, 1])
def test_code_waits_for_its_table(first):
    table = {"title": "Migration for bookmarks", "writes": creates("db/migrations/0003_bookmarks.sql")}
    code = {"title": "API endpoints for bookmarks", "writes": creates("src/api/bookmarks.ts")}
    one, other = (code, table) if first else (table, code)
    finding = the_finding("PL201", plan_of(task(0, **one), task(1, **other)))
    assert finding.help.startswith(f"let `t{first}` finish first")


@pytest.mark.parametrize(("path", "instead"), [("reports/slow.json", "give both to one"), ("src/a.ts", "signatures")])
def test_signatures_do_not_stand_in_for_a_report(path, instead):
    finding = the_finding("PL304", plan_of(task(0, writes=creates(path)), task(1, reads=reads(path))))
    assert instead in finding.help


def test_a_prerequisite_that_only_a_sentence_names_is_reported_where_there_is_a_list() -> None:
    said = task(1, depends_on=needs("t0", evidence=Evidence.STATED), places={"depends_on": HERE})
    finding = the_finding("PL304", plan_of(task(0), said))
    assert "`t1` says that it needs `t0`, which is not in its list" in finding.message
    assert finding.severity is Severity.WARNING


def test_a_prerequisite_in_a_sentence_is_enough_where_there_is_no_list() -> None:
    assert not findings("PL304", plan_of(task(0), task(1, depends_on=needs("t0", evidence=Evidence.STATED))))


def test_a_prerequisite_in_a_sentence_that_the_list_implies_is_not_reported() -> None:
    middle = task(1, depends_on=needs("t0"), places={"depends_on": HERE})
    last = task(2, depends_on=needs("t1") + needs("t0", evidence=Evidence.STATED), places={"depends_on": HERE})
    assert not findings("PL304", plan_of(task(0), middle, last))


def test_a_directory_that_a_sentence_mentions_is_not_what_a_review_is_about() -> None:
    review = task(
        1,
        kind=Kind.REVIEW,
        reads=(Scope(path="tests/", mode=Mode.READ, origin=HERE, evidence=Evidence.STATED),),
        depends_on=(),
    )
    assert not findings("PL307", plan_of(task(0, writes=creates("tests/test_a.py")), review))


def test_a_contract_in_a_file_that_exists_need_not_be_written() -> None:
    plan = plan_of(
        task(0, writes=creates("src/other.py"), provides=(ContractRef(contract="c", origin=HERE),)),
        contracts=(Contract(id="c", origin=HERE, file="src/c.py", signature="c(a: int) -> int"),),
    )
    assert findings("PL206", plan)
    assert not findings("PL206", plan, MemoryRepository({"src/c.py": "", ".git/HEAD": ""}))


def test_only_isolation_that_the_plan_names_makes_a_base_stale() -> None:
    tasks = (
        task(0, writes=creates("a.py")),
        task(1, writes=creates("b.py"), reads=reads("a.py"), depends_on=needs("t0")),
    )
    assert findings("PL308", plan_of(*tasks, isolation=Isolation.WORKTREE, places={"isolation": HERE}))
    assert not findings("PL308", plan_of(*tasks, isolation=Isolation.WORKTREE))


def test_a_listing_order_that_is_only_guessed_contradicts_nothing() -> None:
    tasks = (task(0, depends_on=needs("t1")), task(1))
    assert findings("PL306", plan_of(*tasks, schedule=serial([0, 1], "listed order")))
    assert not findings("PL306", plan_of(*tasks, schedule=serial([0, 1], "listed order", Evidence.INFERRED)))


def test_a_wave_that_contradicts_a_dependency_names_the_files_that_both_tasks_write() -> None:
    first = task(0, writes=creates("a.py", "b.py"), wave="1")
    second = task(1, writes=creates("b.py", "c.py"), wave="1", depends_on=needs("t0"))
    finding = the_finding("PL306", plan_of(first, second))
    assert finding.subjects.paths == ("b.py",)
    assert (finding.why or "").endswith("; together, they both write `b.py`")


def test_every_edge_of_a_knot_is_on_a_reported_cycle() -> None:
    successors = [[1, 3], [2], [0], [0]]
    assert covering_cycles([0, 1, 2, 3], successors, 10) == [[0, 3], [0, 1, 2]]


def test_the_cycles_of_a_knot_are_limited() -> None:
    everybody = [[other for other in range(6) if other != node] for node in range(6)]
    assert len(covering_cycles(range(6), everybody, 4)) == 4


_IDS = st.sampled_from(["", "a", "b", "T1", "1.2", "a,b", "T1-T3", "../x", "\u200b", "a" * 300])
_TEXTS = st.sampled_from(
    ["", "x", "f(a: int) -> str", "{", "(((", "GET /x -> {", "interface A { b: string }", "all work", "`" * 9]
)
_PATHS = st.sampled_from(
    ["", ".", "/", "src/a.ts", "src/**", "[", "{a,b", "tests/test_a.py", "a.test.ts", "\\", "x" * 500]
)
_EVIDENCE = st.sampled_from(Evidence)
_REFERENCES = st.lists(
    st.builds(Dependency, task=_IDS, origin=st.sampled_from([HERE, THERE]), evidence=_EVIDENCE), max_size=3
).map(tuple)
_ENDS = st.lists(
    st.builds(
        ContractRef,
        contract=_IDS,
        origin=st.just(HERE),
        evidence=_EVIDENCE,
        signature=st.none() | _TEXTS,
        file=st.none() | _PATHS,
    ),
    max_size=2,
).map(tuple)


def _scopes(*modes: Mode) -> st.SearchStrategy[tuple[Scope, ...]]:
    one = st.builds(Scope, path=_PATHS, mode=st.sampled_from(modes), origin=st.just(HERE), evidence=_EVIDENCE)
    return st.lists(one, max_size=3).map(tuple)


_FIELDS = st.fixed_dictionaries(
    {
        "id": _IDS,
        "title": _TEXTS,
        "brief": _TEXTS,
        "kind": st.sampled_from(Kind),
        "wave": st.sampled_from([None, "1", ""]),
        "parallel": st.sampled_from([None, True, False]),
        "done": st.booleans(),
        "isolation": st.sampled_from([None, Isolation.WORKTREE]),
        "writes": _scopes(Mode.CREATE, Mode.MODIFY, Mode.DELETE, Mode.WRITE),
        "reads": _scopes(Mode.READ),
        "depends_on": _REFERENCES,
        "blocks": _REFERENCES,
        "conflicts_with": _REFERENCES,
        "provides": _ENDS,
        "consumes": _ENDS,
        "places": st.sampled_from([{}, {"depends_on": HERE, "blocks": HERE, "conflicts_with": HERE, "kind": HERE}]),
    }
)
_CONTRACTS = st.lists(
    st.builds(
        Contract,
        id=_IDS,
        origin=st.just(HERE),
        file=st.none() | _PATHS,
        signature=st.none() | _TEXTS,
        description=st.none() | _TEXTS,
    ),
    max_size=3,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(st.lists(_FIELDS, max_size=5), _CONTRACTS, st.sampled_from([None, "parallel", "serial"]))
def test_no_plan_makes_a_rule_crash_and_every_message_is_one_line(
    fields: list[dict[str, object]], contracts: tuple[Contract, ...], order: str | None
) -> None:
    tasks = tuple(Task(index=index, origin=HERE, **values) for index, values in enumerate(fields))
    build = {"parallel": parallel, "serial": serial}.get(order or "")
    schedule = build(range(len(tasks)), "so it is") if build and tasks else None
    plan = plan_of(*tasks, contracts=contracts, schedule=schedule, max_parallel=3)
    for code in RULES:
        for finding in findings(code, plan):
            assert finding.message
            assert "\n" not in finding.message
            assert finding.origin.source is SOURCE


def test_a_task_that_depends_on_itself_is_told_of_no_others() -> None:
    finding = the_finding("PL302", plan_of(task(0, depends_on=needs("t0"))))
    assert finding.why == "it waits for its own end, so it never starts"

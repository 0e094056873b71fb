"""The cheap first look of a rule or fact leaves out nothing that its exact look would find, on random plans."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint.facts import Facts
from planlint.facts.conventions.sequences import may_be_numbered, sequence_of
from planlint.facts.repository import Repository
from planlint.model import Capability, Dependency, Mode, Plan, Scope, Task, parallel, serial
from planlint.source import Source
from planlint_rules.order import _asked
from planlint_rules.order.contradicted_parallel_mark import ContradictedParallelMark
from planlint_rules.order.order_mismatch import OrderMismatch
from planlint_rules.ownership.path_alias import _spelt_differently

HERE = Source("plan.yaml", "plan").origin(0, 4)


def facts_of(tasks: list[Task], **plan: object) -> Facts:
    made = Plan(path="plan.yaml", dialect="test", origin=HERE, tasks=tuple(tasks), **plan)
    return Facts(made, Repository.none())


WORDS = st.sampled_from(
    """once/After/when/until/as soon as/is/has been/done/complete/in place/output of/of/outcome/results
    /wait/waits/waiting/for/on/following/finishes/lands/do not
    /t-0/t-1/`t-2`/task t-1/it/.""".replace("\n    ", "").split("/")
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", "  ", "\n"])), max_size=9), min_size=3, max_size=3)
)
@example([[("results", "  "), ("of", " "), ("t-1", " ")], [], []])
@example([[("once", " "), ("t-1", " "), ("is", " "), ("in place", " ")], [], []])
def test_every_brief_that_asks_to_wait_is_among_those_looked_at(briefs: list[list[tuple[str, str]]]) -> None:
    texts = ["".join(word + gap for word, gap in brief) for brief in briefs]
    tasks = [Task(id=f"t-{n}", index=n, origin=HERE, brief=text) for n, text in enumerate(texts)]
    looked_at = _asked._asking(facts_of(tasks))
    assert {n for n, text in enumerate(texts) if _asked._ASKS.search(text)} <= looked_at


NAMES = st.tuples(
    st.sampled_from(["", "V", "v", "adr-", "RFC-", "db.changelog-", "x", "0"]),
    st.sampled_from(["7", "0012", "NNNN", "n", "xx", "X", "##", "?", "<next>", "{number}", "name"]),
    st.sampled_from(["_", "-", "__", "."]),
    st.sampled_from(["add.py", "add_users.sql", "users.ts", "more.md", "log.yaml"]),
).map("".join)
DIRECTORIES = st.sampled_from(
    ["", "src/", "app/migrations/", "versions/", "db/changelog/", "docs/adr/", "rfcs/", "drizzle/"]
)


@settings(max_examples=400, deadline=None)
@given(DIRECTORIES, NAMES)
def test_whatever_has_a_place_in_a_sequence_may_be_numbered(directory: str, name: str) -> None:
    assert may_be_numbered(name) or sequence_of(directory + name) is None


SPELLINGS = st.sampled_from(
    ["a/b.py", "./a/b.py", "a/B.py", "A/b.py", "a//b.py", "a/b.py/", "a/c.py", "a/", "a", "A/", "a/*.py", "a/ß.py"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(SPELLINGS, st.booleans()), min_size=1, max_size=6))
def test_no_second_spelling_of_a_file_is_overlooked(paths: list[tuple[str, bool]]) -> None:
    tasks = []
    for number, (path, writes) in enumerate(paths):
        scope = Scope(path=path, mode=Mode.WRITE if writes else Mode.READ, origin=HERE)
        field = {"writes" if writes else "reads": (scope,)}
        tasks.append(Task(id=f"t{number}", index=number, origin=HERE, **field))
    facts = facts_of(tasks, schedule=parallel(range(len(tasks)), "same wave"))
    together: dict[str, set[str]] = {}
    writers: set[str] = set()
    for effect in (*facts.effects.writes, *facts.effects.reads):
        if effect.pattern.kind != "glob":
            file = effect.pattern.key.rstrip("/").casefold()
            together.setdefault(file, set()).add(effect.scope.path.rstrip("/"))
            writers |= {file} if effect.field == "writes" else set()
    in_doubt = {file for file, spellings in together.items() if len(spellings) > 1 and file in writers}
    assert in_doubt <= _spelt_differently(facts)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
    st.lists(st.sampled_from([None, "1", "2"]), min_size=6, max_size=6),
    st.lists(st.sampled_from([None, True, False]), min_size=6, max_size=6),
    st.sampled_from(["flat", "named", "sequence"]),
)
def test_a_schedule_without_order_names_waves_and_marks_is_contradicted_in_no_finding(
    edges: list[tuple[int, int]], waves: list[str | None], marks: list[bool | None], shape: str
) -> None:
    needs: dict[int, list[Dependency]] = {}
    for task, needed in edges:
        needs.setdefault(task, []).append(Dependency(task=f"t{needed}", origin=HERE))
    tasks = [
        Task(id=f"t{n}", index=n, origin=HERE, wave=waves[n], parallel=marks[n], depends_on=tuple(needs.get(n, ())))
        for n in range(6)
    ]
    schedule = {
        "flat": parallel(range(6), "neither depends on the other"),
        "named": parallel(range(6), "same wave", label="wave 1"),
        "sequence": serial([parallel(range(3), "same phase"), parallel(range(3, 6), "same phase")], "phases"),
    }[shape]
    found = []
    for asked in (False, True):
        facts = facts_of(tasks, schedule=schedule, capabilities=frozenset(Capability))
        if asked:  # of any schedule
            facts.order.__dict__["_is_scheduled"] = True
        found.append(
            [item.message for rule in (OrderMismatch, ContradictedParallelMark) for item in rule().check(facts)]
        )
    assert found[0] == found[1]

"""Execution and permission rules on hand-made plans: what no fixture file can say, and odd plans."""

from importlib import import_module
from itertools import product
from pkgutil import iter_modules

import pytest

import planlint_rules.execution
import planlint_rules.permissions
from planlint.diagnostics import Confidence, Diagnostic, Evidence, Severity
from planlint.facts import Facts, Settings
from planlint.facts.repository import MemoryRepository, Repository
from planlint.model import (
    Agent,
    AgentDefinition,
    Capability,
    FanOut,
    Isolation,
    Kind,
    Launch,
    LaunchScript,
    Mode,
    Plan,
    Scope,
    Step,
    Task,
    parallel,
)
from planlint.rulekit import Rule
from planlint.source import Origin, Source

SOURCE = Source("plan.md", "for x of files\n" + "the plan\n" * 40)
HERE = SOURCE.origin(0, 14)
WRITER = MemoryRepository(
    {".claude/agents/doc-writer.md": "---\nname: doc-writer\ndescription: x\n---\n\nYou write.\n"}
)


def _rules() -> dict[str, Rule]:
    found = {}
    for package in (planlint_rules.execution, planlint_rules.permissions):
        for info in iter_modules(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(info.name)).values():
                if isinstance(value, type) and issubclass(value, Rule) and "code" in vars(value):
                    found[value.code] = value()
    return dict(sorted(found.items()))


RULES = _rules()


def at(line: int) -> Origin:
    return SOURCE.origin(*SOURCE.line_span(line))


def task(index: int, *writes: str, **fields: object) -> Task:
    scopes = tuple(Scope(path=path, mode=Mode.WRITE, origin=HERE) for path in writes)
    return Task(index=index, origin=HERE, writes=scopes, **{"id": f"t{index}", **fields})


def plan_of(*tasks: Task, **fields: object) -> Plan:
    values = {
        "path": "plan.md",
        "dialect": "test",
        "origin": SOURCE.origin(0, len(SOURCE.text)),
        "schedule": parallel(range(len(tasks)), "same wave") if tasks else None,
        "capabilities": frozenset(Capability),
        **fields,
    }
    return Plan(tasks=tasks, **values)


def scripted(*steps: Step, loops: dict[int, FanOut] | None = None, **fields: object) -> Plan:
    script = LaunchScript(origin=SOURCE.origin(0, len(SOURCE.text)), steps=steps, loops=loops or {})
    changes = {name: fields.pop(name) for name in ("actor", "example_of_wrong", "parents") if name in fields}
    return plan_of(scripts=(script.replace(**changes),), **fields)


def launch(line: int = 2, *, loop: int | None = None, **fields: object) -> Step:
    return Step(kind="launch", origin=at(line), loop=loop, launch=Launch(origin=at(line), **fields))


def wait(line: int = 3, *, handle: str | None = None, loop: int | None = None) -> Step:
    return Step(kind="wait", origin=at(line), handle=handle, loop=loop)


def findings(
    code: str, plan: Plan, repository: Repository | None = None, settings: Settings | None = None
) -> list[Diagnostic]:
    facts = Facts(plan, repository or Repository.none(), settings)
    rule = RULES[code]
    return [] if rule.skip(facts) is not None else list(rule.check(facts))


def the_finding(code: str, plan: Plan, repository: Repository | None = None) -> Diagnostic:
    found = findings(code, plan, repository)
    assert len(found) == 1, [finding.message for finding in found]
    return found[0]


def files_loop(**fields: object) -> dict[int, FanOut]:
    return {1: FanOut(over="files", origin=HERE, **fields)}


def test_a_loop_with_two_launches_that_are_waited_for_at_once_is_one_finding():
    steps = [
        launch(2, loop=1, background=True, handle="a"),
        wait(3, handle="a", loop=1),
        launch(4, loop=1, background=True, handle="b"),
        wait(5, handle="b", loop=1),
    ]
    assert "`files`" in the_finding("PL701", scripted(*steps, loops=files_loop())).message


@pytest.mark.parametrize("background", [None, False])
def test_only_a_launch_that_says_it_runs_in_the_background_can_be_waited_for_too_early(background):
    steps = launch(2, loop=1, background=background, handle="a"), wait(3, handle="a", loop=1)
    assert not findings("PL701", scripted(*steps, loops=files_loop()))


def test_a_wait_for_another_agent_is_no_wait_after_the_spawn():
    steps = launch(2, loop=1, background=True, handle="a"), wait(3, handle="earlier", loop=1)
    assert not findings("PL701", scripted(*steps, loops=files_loop()))


def test_a_run_of_launches_in_line_that_hold_each_other_back_is_one_finding():
    tasks = [task(index, f"src/{index}.ts", title=f"Port {index}") for index in range(4)]
    steps = []
    for index in range(4):
        told = f"Port src/{index}.ts"
        line = 2 * index + 2
        steps.append(launch(line, background=True, handle=f"h{index}", task=index, prompt=told))
        steps.append(wait(line + 1, handle=f"h{index}"))
    script = LaunchScript(origin=HERE, steps=tuple(steps))
    assert "`Port src/1.ts` starts only after" in the_finding("PL701", plan_of(*tasks, scripts=(script,))).message


def test_all_launches_whose_id_is_lost_are_one_finding():
    lost = [launch(line, background=True, description=f"job {line}") for line in (2, 3)]
    kept = launch(4, background=True, handle="c", description="kept")
    found = the_finding("PL702", scripted(*lost, kept))
    assert "`job 2` (and 1 more)" in found.message
    assert [related.message for related in found.related] == ["this id is kept", "the id of this one is lost too"]


def test_nested_loops_start_the_product_of_their_rounds():
    loops = {1: FanOut(over="3", origin=HERE, bound=3), 2: FanOut(over="5", origin=HERE, bound=5)}
    plan = scripted(launch(loop=2, background=True), loops=loops, parents={2: 1})
    assert the_finding("PL704", plan).message.startswith("15 agents are started at once")


@pytest.mark.parametrize("fields", [{"bound": 10}, {"batched": True, "bound": 50}])
def test_as_many_launches_as_the_runtime_works_on_and_batches_are_fine(fields):
    over = {1: FanOut(over="batches" if fields.get("batched") else "files", origin=HERE, **fields)}
    assert not findings("PL704", scripted(launch(loop=1, background=True), loops=over))


def test_a_stated_limit_and_a_runtime_that_queues_silence_the_unbatched_launch():
    plan = scripted(launch(loop=1, background=True), loops=files_loop())
    assert findings("PL704", plan)
    assert not findings("PL704", plan.replace(max_parallel=4))
    assert not findings("PL704", plan.replace(runtime="claude-code-workflow"))


def test_a_plain_call_in_a_loop_starts_agents_side_by_side_only_where_the_text_says_so():
    assert not findings("PL704", scripted(launch(loop=1), loops=files_loop()))
    text = Source("plan.md", "all in parallel:\nfor x of files\nTask()\n")
    plan = scripted(launch(loop=1), loops=files_loop(), origin=text.origin(0, len(text.text)))
    assert findings("PL704", plan)


@pytest.mark.parametrize(
    ("actor", "reported"), [(None, True), ("main", True), ("coordinator", False), ("worker", False)]
)
def test_only_the_session_that_pays_for_it_must_not_poll(actor, reported):
    source = Source("plan.md", "while true\n  TaskList\n  sleep 5\n")
    loop = FanOut(over="true", origin=source.origin(0, 10))
    poll = Step(kind="poll", origin=source.origin(13, 21), loop=1, text="TaskList")
    script = LaunchScript(origin=source.origin(0, 31), steps=(poll,), loops={1: loop}, actor=actor)
    assert bool(findings("PL705", plan_of(scripts=(script,)))) is reported


def test_a_script_shown_as_wrong_gives_nothing_that_it_gives_otherwise():
    steps = [
        launch(2, loop=1, background=True, handle="a", agent_type="nobody", agent_type_origin=HERE),
        wait(3, handle="a", loop=1),
        Step(kind="use", origin=at(3), handle="a"),
        Step(kind="poll", origin=at(4), loop=1, text="TaskList"),
        launch(4, loop=2, background=True),
        Step(kind="shell", origin=at(5), text="claude -p 'Take a task from TaskList' --dangerously-skip-permissions"),
        Step(kind="shell", origin=at(6), text="CLAUDE_CODE_TASK_LIST_ID=a claude -p 'Take a task from TaskList'"),
    ]
    source = Source("plan.md", SOURCE.text + "workers share a task list, claim a pending task\n")
    plan = scripted(*steps, loops={**files_loop(), 2: FanOut(over="items", origin=HERE)})
    plan = plan.replace(origin=source.origin(0, len(source.text)))
    wrong = plan.replace(scripts=(plan.scripts[0].replace(example_of_wrong=True),))
    given = {code for code in RULES if findings(code, plan, WRITER)}
    assert given >= {"PL701", "PL702", "PL703", "PL704", "PL706", "PL709", "PL711", "PL803"}
    assert not [code for code in RULES if findings(code, wrong, WRITER)]


def test_a_misspelled_type_is_surer_than_one_that_resembles_nothing():
    near = the_finding("PL711", plan_of(task(0, agent=Agent(type="doc-writr"))), WRITER)
    far = the_finding("PL711", plan_of(task(0, agent=Agent(type="sphinx"))), WRITER)
    assert (near.confidence, far.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert "did you mean `doc-writer`" in near.message
    assert "did you mean" not in far.message


def test_all_uses_of_an_unknown_type_are_one_finding():
    tasks = [task(index, agent=Agent(type="sphinx")) for index in range(3)]
    assert the_finding("PL711", plan_of(*tasks), WRITER).subjects.tasks == ("t0", "t1", "t2")


@pytest.mark.parametrize("path", ["commands/x.md", "plugins/kit/skills/x/SKILL.md", "docs/guide.md"])
def test_what_is_installed_elsewhere_may_name_types_of_its_own(path):
    plan = plan_of(task(0, agent=Agent(type="sphinx")), path=path)
    assert not findings("PL711", plan, WRITER)
    assert findings("PL711", plan.replace(path=f".claude/{path}"), WRITER)


def test_removed_tools_are_reported_only_on_request():
    source = Source("plan.md", "TaskOutput(task_id: a)\n")
    script = LaunchScript(origin=source.origin(0, 22), steps=(Step(kind="wait", origin=source.origin(0, 22)),))
    plan = plan_of(scripts=(script,))
    assert not findings("PL712", plan)
    (found,) = findings("PL712", plan, settings=Settings(rule_options={"PL712": {"removed": True}}))
    assert found.severity is Severity.NOTE
    assert "2.1.277" in (found.why or "")


def test_a_task_that_names_no_agent_may_be_the_main_session_with_all_its_tools():
    brief = "Use AskUserQuestion for what is unclear."
    assert not findings("PL712", plan_of(task(0, brief=brief)))
    assert findings("PL712", plan_of(task(0, brief=brief, agent=Agent(type="general-purpose"))))


@pytest.mark.parametrize(
    ("evidence", "severity"), [(Evidence.DECLARED, Severity.ERROR), (Evidence.STATED, Severity.WARNING)]
)
def test_a_file_that_is_declared_weighs_more_than_one_in_a_sentence(evidence, severity):
    scope = Scope(path="a.md", mode=Mode.CREATE, origin=HERE, evidence=evidence)
    plan = plan_of(Task(id="t", index=0, origin=HERE, writes=(scope,), agent=Agent(type="Explore")))
    assert the_finding("PL802", plan).severity is severity


def test_a_file_that_is_only_inferred_is_nothing_a_reader_must_write():
    scope = Scope(path="a.md", mode=Mode.CREATE, origin=HERE, evidence=Evidence.INFERRED)
    assert not findings(
        "PL802", plan_of(Task(id="t", index=0, origin=HERE, writes=(scope,), agent=Agent(type="Explore")))
    )


def test_a_repository_that_redefines_a_built_in_type_decides_what_it_can():
    own = MemoryRepository(
        {".claude/agents/explore.md": "---\nname: Explore\ndescription: x\ntools: Read, Write\n---\n\nYou explore.\n"}
    )
    plan = plan_of(task(0, "docs/a.md", agent=Agent(type="Explore")))
    assert findings("PL802", plan)
    assert not findings("PL802", plan, own)


ODD = [
    plan_of(),
    plan_of(task(0, id=""), task(1, id="")),
    plan_of(task(0, "", id="x", brief="spawn sub-agents", agent=Agent(type=""))),
    plan_of(task(0, "a", agent=Agent(type="Explore", tools=(), background=True), brief="ask the user", done=True)),
    plan_of(task(0, kind=Kind.REVIEW, agent=Agent(tools=("*", "")), isolation=Isolation.READ_ONLY)),
    plan_of(agents=(AgentDefinition(name="", origin=HERE), AgentDefinition(name="x", origin=HERE, tools=()))),
    plan_of(
        agents=(AgentDefinition(name="reviewer", origin=HERE, tools=("Write(", "Edit"), prompt="spawn sub-agents"),)
    ),
    scripted(),
    scripted(launch(loop=7, background=True), wait(loop=9, handle="nobody")),
    scripted(launch(loop=1), loops=files_loop(), parents={1: 1}),
    scripted(Step(kind="launch", origin=HERE), Step(kind="shell", origin=HERE), Step(kind="poll", origin=HERE, loop=4)),
    scripted(
        *(Step(kind="shell", origin=at(2), text=text) for text in ("", "claude", "CLAUDE_CODE_TASK_LIST_ID=", "'"))
    ),
]


@pytest.mark.parametrize(("code", "number"), list(product(RULES, range(len(ODD)))))
def test_odd_plans_give_findings_or_none_but_no_crash(code, number):
    for plan in (ODD[number], ODD[number].replace(incomplete=True), ODD[number].replace(runtime="generic")):
        for repository in (Repository.none(), WRITER):
            for finding in findings(code, plan, repository):
                assert finding.message.strip()
                assert "\n" not in finding.message
                assert not finding.message.endswith(".")
                assert finding.help
                assert finding.code == code

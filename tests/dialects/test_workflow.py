"""The `workflow` dialect: what a script launches, what of it runs at once, and how often."""

from __future__ import annotations

import pytest

from planlint.dialects.workflow.dialect import WorkflowDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Isolation, Kind, Leaf, Parallel, Plan, Schedule, Serial

META = "export const meta = { name: 'w', description: 'd' }\n"


def load(code: str, tmp_path) -> Plan:
    workspace = FileWorkspace(tmp_path, {"w.js": META + code})
    document = workspace.document("w.js")
    assert document is not None
    dialect = WorkflowDialect()
    assert dialect.recognise(document, workspace) is not None
    (plan,) = dialect.load([document], workspace).plans
    return plan


def shape(schedule: Schedule | None) -> object:
    """`[...]` for what runs one after another, `{...}` as a tuple for what runs at once."""
    if isinstance(schedule, Leaf):
        return schedule.task
    assert isinstance(schedule, Serial | Parallel)
    children = [shape(child) for child in schedule.children]
    return children if isinstance(schedule, Serial) else tuple(children)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("await agent('a'); await agent('b')", [0, 1]),
        ("await parallel([() => agent('a'), () => agent('b')]); await agent('c')", [(0, 1), 2]),
        ("await Promise.all([agent('a'), agent('b')])", (0, 1)),
        (
            "await parallel([async () => { await agent('a'); return agent('b') }, () => agent('c')])",
            ([0, 1], 2),
        ),
        ("await pipeline(items, x => agent('a'), y => agent('b'))", [0, 1]),
        ("const jobs = [() => agent('a'), () => agent('b')]\nawait agent('c')\nawait parallel(jobs)", [0, (1, 2)]),
        ("const jobs = []\njobs.push(() => agent('a'))\njobs.push(() => agent('b'))\nawait parallel(jobs)", (0, 1)),
        (
            "const left = async () => { await agent('a'); await agent('b') }\n"
            "async function right() { await agent('c'); await agent('d') }\nawait parallel([left, right])",
            ([0, 1], [2, 3]),
        ),
        (
            "const left = async () => { await agent('a'); await agent('b') }\n"
            "const lanes = [left, () => agent('c')]\nawait parallel(lanes)",
            ([0, 1], 2),
        ),
        (
            "const jobs = []\njobs.push(async () => { await agent('a'); await agent('b') })\n"
            "jobs.push(() => agent('c'))\nawait parallel(jobs)",
            ([0, 1], 2),
        ),
        (
            "const jobs = [async () => { await agent('a'); await agent('b') }, () => agent('c')]\nawait parallel(jobs)",
            ([0, 1], 2),
        ),
        ("await parallel(seen.map(one => async () => { await agent('a'); await agent('b') }))", [0, 1]),
        (
            "const check = x => agent('a')\nconst make = x => agent('b')\nawait pipeline(items, make, check)",
            [1, 0],
        ),
        (
            "const mend = async () => {\n"
            "  const told = (await parallel(lenses().map(l => () => agent(l.ask)))).flatMap(r => r.findings)\n"
            "  await agent('b')\n}\nawait agent('c')\nawait mend()",
            [0, 1, 2],
        ),
        ("const p = agent('a'); const q = agent('b'); await p; await q; await agent('c')", [(0, 1), 2]),
        ("const p = agent('a'); const q = agent('b'); const r = await p; const s = await q", (0, 1)),
        ("const p = agent('a'); await agent('b'); await agent('c'); await p; await agent('d')", [(0, [1, 2]), 3]),
        ("const p = agent('a'); await agent('b'); const q = agent('c'); await Promise.all([p, q])", (0, [1, 2])),
        (
            "const p = agent('a'); await parallel([() => agent('b'), () => agent('c')]); await p; await agent('d')",
            [(0, (1, 2)), 3],
        ),
        ("agent('a'); await agent('b')", [0, 1]),
        (
            "const f = async (x) => agent('a')\nawait agent('b')\nawait parallel([() => f(1), () => agent('c')])",
            [0, (1, 2)],
        ),
        ("async function f() { await agent('a') }\nawait agent('b')\nawait f()", [0, 1]),
        ("if (x) { await agent('a') } else { await agent('b') }", [0, 1]),
    ],
)
def test_the_structure_of_the_script_decides_what_runs_at_once(code, expected, tmp_path):
    assert shape(load(code, tmp_path).schedule) == expected


@pytest.mark.parametrize(
    ("code", "over", "bound"),
    [
        ("await parallel(list.map(x => () => agent(`do ${x}`)))", "list", None),
        ("await parallel(list.slice(0, 5).map(x => () => agent(`do ${x}`)))", "list.slice(0, 5)", 5),
        ("await parallel(['a', 'b'].map(x => () => agent(`do ${x}`)))", "['a', 'b']", 2),
        ("const L = ['a', 'b', 'c']\nawait parallel(L.map(x => () => agent(`do ${x}`)))", "L", 3),
        ("const MOST = 8\nconst L = f().slice(0, MOST)\nawait parallel(L.map(x => () => agent(`do ${x}`)))", "L", 8),
        ("const L = f().slice(2)\nawait parallel(L.map(x => () => agent(`do ${x}`)))", "L", None),
        (
            "for (let i = 0; i < list.length; i += 5) {\n  const part = list.slice(i, i + 5)\n"
            "  await parallel(part.map(x => () => agent(`do ${x}`)))\n}",
            "part",
            5,
        ),
        (
            "while (list.length) { const part = list.splice(0, 4)\n"
            "  await Promise.all(part.map(x => agent(`do ${x}`))) }",
            "part",
            4,
        ),
        (
            "const lenses = what => [{ ask: what }, { ask: 'b' }, { ask: 'c' }]\n"
            "while (true) { await parallel(lenses('a').map(l => () => agent(`${n} ${l.ask}`))); if (done()) break }",
            "lenses('a')",
            3,
        ),
        (
            "while (true) { const jobs = seen.map(x => () => agent(`do ${x}`)); await parallel(jobs) }",
            "seen",
            None,
        ),
        (
            "const L = ['a', 'b', 'c']\nconst some = L.filter(wanted)\n"
            "await parallel(some.map(x => () => agent(`do ${x}`)))",
            "some",
            3,
        ),
        ("const some = f().filter(g)\nawait parallel(some.map(x => () => agent(`do ${x}`)))", "some", None),
        (
            "const L = ['a']\nconst all = L.filter(f).flatMap(g)\nawait parallel(all.map(x => () => agent(`do ${x}`)))",
            "all",
            None,
        ),
        ("await pipeline(list, x => agent(`do ${x}`))", "list", None),
        ("for (const x of list) { await agent(`do ${x}`) }", "list", None),
        ("for (let i = 0; i < 3; i++) { await agent('do') }", "3", 3),
        ("let round = 0\nwhile (round++ < 3) { await agent('do') }", "round++ < 3", 3),
        ("const MOST = 4\nwhile (tries <= MOST && !done) { await agent('do') }", "tries <= MOST && !done", 5),
        ("while (dry < 2) { await agent('do') }", "dry < 2", None),
        ("while (list.n < 2) { await agent('do') }", "list.n < 2", None),
        ("const j = []\nfor (const x of list) j.push(() => agent(`do ${x}`))\nawait parallel(j)", "list", None),
    ],
)
def test_what_is_launched_for_each_element_has_a_width(code, over, bound, tmp_path):
    (script,) = load(code, tmp_path).scripts
    (step,) = script.steps
    assert step.loop is not None
    assert script.parents.get(step.loop) is None
    assert (script.loops[step.loop].over, script.loops[step.loop].bound) == (over, bound)


def test_loops_within_each_other_know_the_one_around(tmp_path):
    (script,) = load(
        "for (const b of chunks(list, 5)) { await parallel(b.map(x => () => agent(`do ${x}`))) }", tmp_path
    ).scripts
    assert script.parents == {1: 0}
    assert [script.loops[number].batched for number in (0, 1)] == [True, False]


def test_options_say_who_works_where_and_what_comes_back(tmp_path):
    plan = load(
        "phase('Sow')\nawait agent('Create `src/a.ts` and follow docs/b.md.', { label: 'seed', agentType: 'sower', "
        "model: 'opus', isolation: 'worktree', schema: SEED })",
        tmp_path,
    )
    (task,) = plan.tasks
    assert (plan.name, plan.runtime) == ("w", "claude-code-workflow")
    assert (task.id, task.title, task.phase, task.returns) == ("", "seed", "Sow", "SEED")
    assert (task.agent.type, task.agent.model, task.isolation) == ("sower", "opus", Isolation.WORKTREE)
    assert [(scope.path, scope.origin.text) for scope in task.writes] == [("src/a.ts", "src/a.ts")]
    assert [scope.path for scope in task.reads] == ["docs/b.md"]


def test_a_path_with_a_value_inserted_is_no_known_path(tmp_path):
    (task,) = load("await agent(`Create src/${name}.ts and update src/index.ts.`)", tmp_path).tasks
    assert [scope.path for scope in task.writes] == ["src/index.ts"]
    assert task.brief == "Create src/${name}.ts and update src/index.ts."


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("Review the change", Kind.REVIEW),
        ("Find all callers", Kind.RESEARCH),
        ("Synthesize the reports", Kind.INTEGRATE),
        ("Find and fix the leak in src/a.ts", Kind.BUILD),
        ("Add a test", Kind.BUILD),
    ],
)
def test_the_first_words_of_a_prompt_tell_the_kind(prompt, kind, tmp_path):
    (task,) = load(f"await agent({prompt!r})", tmp_path).tasks
    assert task.kind is kind


@pytest.mark.parametrize(
    "code",
    [
        "export const meta = { name: 'w' }\nconsole.log('agent')\n",
        "const meta = { name: 'w' }\nawait agent('a')\n",
        "import { agent } from './mine.js'\nexport const meta = { name: 'w' }\nagent('a')\n",
        "export const meta = { title: 'page' }\nagent('a')\n",
        "export const meta = makeMeta()\nagent('a')\n",
    ],
)
def test_other_scripts_are_no_workflow(code, tmp_path):
    workspace = FileWorkspace(tmp_path, {"w.js": code})
    document = workspace.document("w.js")
    assert document is not None
    dialect = WorkflowDialect()
    assert not dialect.might_be("w.js", code) or dialect.recognise(document, workspace) is None


def test_a_script_with_very_many_launches_is_read_in_one_pass(tmp_path):
    plan = load("".join(f"await agent('Write `src/f{n}.ts`.')\n" for n in range(2_000)), tmp_path)
    assert len(plan.tasks) == 2_000
    assert plan.tasks[-1].writes[0].path == "src/f1999.ts"


def test_a_script_that_cannot_be_parsed_is_read_as_far_as_it_can_be(tmp_path):
    workspace = FileWorkspace(tmp_path, {"w.js": META + "await agent('a')\nawait agent('b'\n"})
    document = workspace.document("w.js")
    assert document is not None
    dialect = WorkflowDialect()
    match = dialect.recognise(document, workspace)
    assert match is not None
    assert "cannot be parsed" in match.reason
    loaded = dialect.load([document], workspace)
    assert [problem.code for problem in loaded.problems] == ["PL002"]
    assert [plan.incomplete for plan in loaded.plans] == [True]


def written(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(task.title, [scope.path for scope in task.writes]) for task in plan.tasks]


def test_escapes_constants_and_sums_in_a_prompt_hide_no_file(tmp_path):
    code = (
        "const SRC = 'src/beds'\nconst RULES = `House rules:\n- Do not touch src/gate.ts.\n`\n"
        "await agent(`${RULES}Update \\`${SRC}/rose.ts\\` now.\\n` + 'Read docs/soil.md.', { label: 'rose' })"
    )
    (task,) = load(code, tmp_path).tasks
    assert [(scope.path, scope.origin.text) for scope in task.writes] == [("src/beds/rose.ts", "${SRC}/rose.ts")]
    assert [(scope.path, scope.origin.text) for scope in task.reads] == [("docs/soil.md", "docs/soil.md")]
    # What stands in a constant of several lines is found where it is written.
    assert [(scope.path, scope.origin.text) for scope in task.off_limits] == [("src/gate.ts", "src/gate.ts")]
    assert task.brief == "House rules:\n- Do not touch src/gate.ts.\nUpdate `src/beds/rose.ts` now.\nRead docs/soil.md."


@pytest.mark.parametrize(
    ("code", "titles", "expected"),
    [
        (
            "const BEDS = [{ name: 'rose' }, { name: 'fern' }]\n"
            "await parallel(BEDS.map(b => () => agent(`Create src/${b.name}.ts.`, { label: `bed:${b.name}` })))",
            [("bed:rose", ["src/rose.ts"]), ("bed:fern", ["src/fern.ts"])],
            (0, 1),
        ),
        (
            "await Promise.all(['a', 'b'].map(async (n) => { await agent(`Create src/${n}.ts.`, { label: n })\n"
            "await agent(`Update src/${n}.ts.`, { label: `${n}2` }) }))",
            [("a", ["src/a.ts"]), ("b", ["src/b.ts"]), ("a2", ["src/a.ts"]), ("b2", ["src/b.ts"])],
            ([0, 2], [1, 3]),
        ),
        (
            "const L = ['a', 'b']\nawait pipeline(L, n => agent(`Create src/${n}.ts.`, { label: n }), "
            "(made, n) => agent(`Update src/${n}.ts: ${made}`, { label: `${n}2` }))",
            [("a", ["src/a.ts"]), ("b", ["src/b.ts"]), ("a2", ["src/a.ts"]), ("b2", ["src/b.ts"])],
            ([0, 2], [1, 3]),
        ),
        (
            "const L = ['a', 'b']\nfor (const n of L) { await agent(`Create src/${n}.ts.`, { label: n }) }",
            [("a", ["src/a.ts"]), ("b", ["src/b.ts"])],
            [0, 1],
        ),
        (
            "function work(name, { file }) { return agent(`Create ${file}.`, { label: name }) }\n"
            "await parallel([() => work('x', { file: 'src/x.ts' }), () => work('y', { file: 'src/y.ts' })])\n"
            "await work('z', { file: 'src/z.ts' })",
            [("x", ["src/x.ts"]), ("y", ["src/y.ts"]), ("z", ["src/z.ts"])],
            [(0, 1), 2],
        ),
        (
            "const L = ['a', 'b']\nconst sow = n => agent(`Create src/${n}.ts.`, { label: n })\nawait pipeline(L, sow)",
            [("a", ["src/a.ts"]), ("b", ["src/b.ts"])],
            (0, 1),
        ),
    ],
)
def test_a_launch_is_one_task_for_each_element_of_a_written_list_and_each_call_of_its_function(
    code, titles, expected, tmp_path
):
    plan = load(code, tmp_path)
    assert written(plan) == titles
    assert shape(plan.schedule) == expected


@pytest.mark.parametrize(
    "code",
    [
        "const lenses = what => [{ ask: `Fix src/${what}.ts.` }, { ask: `Read src/${what}.ts.` }]\n"
        "async function look(what) { await parallel(lenses(what).map(l => () => agent(l.ask))) }\nawait look('hall')",
        "async function look(asked) { await parallel(asked.map(one => () => agent(one))) }\n"
        "await look(['Fix src/hall.ts.', 'Read src/hall.ts.'])",
    ],
)
def test_a_list_is_known_that_a_function_gives_or_is_given(code, tmp_path):
    assert [task.brief for task in load(code, tmp_path).tasks] == ["Fix src/hall.ts.", "Read src/hall.ts."]


def test_a_list_that_is_not_written_out_stays_one_launch(tmp_path):
    plan = load("await parallel([...found, 'b'].map(n => () => agent(`Create src/${n}.ts.`)))", tmp_path)
    assert [task.brief for task in plan.tasks] == ["Create src/${n}.ts."]


def test_constants_that_hold_each_other_many_times_are_put_in_in_one_pass(tmp_path):
    lines = ["const C0 = ''"] + [f"const C{n} = `{'${C' + str(n - 1) + '}' * 1}`" for n in range(1, 5)]
    lines += [f"const D{n} = `" + "${C4}" * 400 + ("${D" + str(n - 1) + "}") * 400 + "`" for n in range(1, 7)]
    plan = load("\n".join([*lines, "const D0 = `${D6}`", "await agent(`Create src/a.ts. ${D6}`)"]), tmp_path)
    assert [scope.path for scope in plan.tasks[0].writes] == ["src/a.ts"]


@pytest.mark.parametrize(
    ("code", "titles", "expected"),
    [
        (
            "await parallel(found.map(m => () => agent(`Audit ${m}. Update docs/audit.md.`, { label: `a:${m}` })))",
            ["a:${m}", "a:${m} (another)"],
            (0, 1),
        ),
        (
            "await pipeline(found, m => agent(`Audit ${m}.`, { label: 'a' }), r => agent('Update docs/x.md.'))",
            ["a", "Update docs/x.md.", "Update docs/x.md. (another)"],
            None,
        ),
        ("await parallel(found.map(m => () => agent(`Create src/${m}.ts.`, { label: `${m}` })))", ["${m}"], 0),
        ("for (const m of found) { await agent('Update docs/audit.md.', { label: 'a' }) }", ["a"], 0),
    ],
)
def test_what_each_of_unknown_many_agents_writes_is_written_by_two_of_them(code, titles, expected, tmp_path):
    plan = load(code, tmp_path)
    assert [task.title for task in plan.tasks] == titles
    assert expected is None or shape(plan.schedule) == expected


WORKED_OUT = [
    ("function brief(file) {\n  return `Create ${file}.`\n}\nawait agent(brief('src/a.ts'))", ["src/a.ts"]),
    ("const brief = (file) => `Create ${file}.`\nawait agent(brief('src/a.ts'))", ["src/a.ts"]),
    (
        "function brief(part) {\n  const file = `src/${part}.ts`\n  return `Create ${file}.`\n}\n"
        "await agent(brief('a'))",
        ["src/a.ts"],
    ),
    ("const brief = ({file}) => 'Create ' + file\nawait agent(brief({file: 'src/a.ts'}))", ["src/a.ts"]),
    (
        "const rule = (file) => `Update ${file}.`\nconst brief = (file) => `${rule(file)} Be brief.`\n"
        "await agent(brief('src/a.ts'))",
        ["src/a.ts"],
    ),
    ("await agent(['Create src/a.ts.', 'Update src/b.ts.'].join('\\n'))", ["src/a.ts", "src/b.ts"]),
    ("await agent(`\n  Create src/a.ts.\n`.trim())", ["src/a.ts"]),
    ("await agent(dedent`\n  Create src/a.ts.\n`)", ["src/a.ts"]),
    ("function brief(f) {\n  if (f) { return 'x' }\n  return `Create ${f}.`\n}\nawait agent(brief('src/a.ts'))", []),
    ("function f() { return `Create src/a.ts. ${f()}` }\nawait agent(f())", ["src/a.ts"]),
    ("const f = (x) => 'Create src/a.ts.'\nconst f = (x) => 'Create src/b.ts.'\nawait agent(f(1))", []),
]


@pytest.mark.parametrize(("code", "expected"), WORKED_OUT)
def test_a_prompt_that_a_function_or_a_join_puts_together_is_worked_out(code, expected, tmp_path):
    assert [path for _, paths in written(load(code, tmp_path)) for path in paths] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "const hall = async () => { const own = 'src/hall.ts'; await agent(`You own: ${own}`) }\n"
            "const yard = async () => { const own = 'src/yard.ts'; await agent(`You own: ${own}`) }\n"
            "await parallel([hall, yard])",
            [["src/hall.ts"], ["src/yard.ts"]],
        ),
        (
            "const own = 'src/hall.ts'\nconst paint = async () => { const own = 'src/yard.ts'; "
            "const deep = async () => agent(`You own: ${own}`); await deep() }\n"
            "await paint(); await agent(`Fix ${own}.`)",
            [["src/yard.ts"], ["src/hall.ts"]],
        ),
        ("const own = 'src/hall.ts'\nawait parallel(seen.map(own => () => agent(`You own: ${own}`)))", [[]]),
        (
            "async function paint() { let own = 'src/hall.ts'; own = 'src/yard.ts'; await agent(`Fix ${own}.`) }\n"
            "await paint()",
            [[]],
        ),
    ],
)
def test_a_constant_of_a_function_is_known_in_it(code, expected, tmp_path):
    assert [[scope.path for scope in task.writes] for task in load(code, tmp_path).tasks] == expected


def test_functions_that_call_each_other_many_times_are_given_up_in_the_end(tmp_path):
    lines = ["const f0 = (x) => 'Create src/a.ts. '"]
    lines += [f"const f{n} = (x) => `" + ("${f" + str(n - 1) + "(x)} ") * 30 + "`" for n in range(1, 7)]
    (task,) = load("\n".join(lines) + "\nawait agent(f6(1))", tmp_path).tasks

    assert "${f" in task.brief
    assert len(task.brief) < 100_000


def test_a_bare_name_is_the_path_that_another_prompt_spells_out(tmp_path):
    code = (
        "await parallel([() => agent('You own src/limits.yml. Lower the cap.'), "
        "() => agent('Lower the cap in limits.yml.'), () => agent('You own notes.md.')])"
    )

    assert [paths for _, paths in written(load(code, tmp_path))] == [
        ["src/limits.yml"],
        ["src/limits.yml"],
        ["notes.md"],
    ]


def stages(plan: Plan) -> list[list[str]]:
    order = Order(plan, References(plan))
    return [[plan.tasks[index].title for index in stage] for stage in order.stages]


MAKE = "function make(x) { return agent(`Create src/${x}.ts`, {label: x}) }\n"
CHECK = (
    "async function check(x) {\n"
    "  return await parallel(['a', 'b'].map(y => () => agent(`Read ${x}`, {label: `${x}${y}`})))\n}\n"
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (MAKE + "await make('p'); await make('q')", [["p"], ["q"]]),
        ("const make = (x) => agent(x, {label: x})\nawait make('p'); await make('q')", [["p"], ["q"]]),
        (MAKE + "make('p'); make('q')", [["p", "q"]]),
        (MAKE + "const p = make('p'); const q = make('q'); await p; await q; await make('r')", [["p", "q"], ["r"]]),
        (MAKE + "const p = make('p').then(x => x)\nawait p\nmake('q')\nmake('r')", [["p"], ["q", "r"]]),
        ("async function f() { const r = agent('p'); return await r }\nawait f()\nagent('q')", [["p"], ["q"]]),
        (CHECK + "await agent('p'); await check('q'); await agent('r')", [["p"], ["qa", "qb"], ["r"]]),
        (CHECK + "await check('p'); await check('q')", [["pa", "pb"], ["qa", "qb"]]),
        (CHECK + "await parallel([() => check('p'), () => check('q')])", [["pa", "pb", "qa", "qb"]]),
        (
            "async function f(x) { await agent(x + 1, {label: x + '1'}); await agent(x, {label: x + '2'}) }\n"
            "await f('p')\nawait parallel(['q', 'r'].map(f))",
            [["p1"], ["p2"], ["q1", "r1"], ["q2", "r2"]],
        ),
        (MAKE + "for (const x of ['p', 'q']) await make(x)", [["p"], ["q"]]),
        (MAKE + "for (const x of ['p', 'q']) make(x)", [["p", "q"]]),
        ("const OPTIONS = {label: 'p'}\nawait agent('x', OPTIONS)", [["p"]]),
    ],
)
def test_what_a_function_launches_runs_where_and_when_the_function_is_called(code, expected, tmp_path):
    assert stages(load(code, tmp_path)) == expected

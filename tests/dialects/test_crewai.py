"""The `crewai` dialect: configuration and code put together, in the order in which a crew runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlint.diagnostics import Severity
from planlint.dialects.base import Loaded
from planlint.dialects.crewai.dialect import CrewAiDialect, crew_directory
from planlint.engine.workspace import FileWorkspace
from planlint.model import Kind, Leaf, Parallel, Serial
from planlint.readers.document import Document

TASK = "{name}:\n  description: Do {name}.\n  expected_output: The {name}.\n"
IMPORT = "from crewai import Agent, Crew, Task\n"


def load(files: dict[str, str], tmp_path: Path) -> Loaded:
    workspace = FileWorkspace(tmp_path, files)
    document = workspace.document(next(iter(files)))
    assert document is not None
    dialect = CrewAiDialect()
    members = dialect.members(document, workspace)
    return dialect.load([found for path in members if (found := workspace.document(path))], workspace)


def tasks_yaml(*names: str, more: str = "") -> str:
    return "".join(TASK.format(name=name) for name in names) + more


def test_configuration_alone_is_a_crew_in_listed_order(tmp_path):
    (plan,) = load({"config/tasks.yaml": tasks_yaml("a", "b")}, tmp_path).plans
    assert [task.id for task in plan.tasks] == ["a", "b"]
    assert plan.schedule == Serial((Leaf(0), Leaf(1)), "a crew runs its tasks in listed order")
    first = plan.tasks[0]
    assert (first.brief, first.returns, first.kind) == ("Do a.\n\nThe a.", "The a.", Kind.RESEARCH)
    assert (first.places["id"].text, first.places["returns"].text) == ("a", "The a.")


def test_an_output_file_is_a_declared_write_and_an_input_in_it_matches_anything(tmp_path):
    more = "  output_file: /out/{topic}/report.md\n"
    (plan,) = load({"config/tasks.yaml": tasks_yaml("a", more=more)}, tmp_path).plans
    (scope,) = plan.tasks[0].writes
    assert (scope.path, scope.evidence.value, scope.origin.text) == (
        "out/*/report.md",
        "declared",
        "/out/{topic}/report.md",
    )
    assert plan.tasks[0].kind is Kind.BUILD


def test_tasks_with_async_execution_run_beside_each_other_until_the_next_without(tmp_path):
    on = "  async_execution: true\n"
    text = tasks_yaml("a") + tasks_yaml("b", more=on) + tasks_yaml("c", more=on) + tasks_yaml("d")
    (plan,) = load({"config/tasks.yaml": text}, tmp_path).plans
    assert isinstance(plan.schedule, Serial)
    first, both, last = plan.schedule.children
    assert (first, last) == (Leaf(0), Leaf(3))
    assert isinstance(both, Parallel)
    assert both.children == (Leaf(1), Leaf(2))
    assert [task.parallel for task in plan.tasks] == [None, True, True, None]


def test_python_gives_order_agents_and_context_to_configured_tasks(tmp_path):
    code = IMPORT + (
        "class C:\n"
        "    def chef(self):\n        return Agent(config=self.agents_config['cook'])\n"
        "    def one(self):\n        return Task(config=self.tasks_config['a'], agent=self.chef())\n"
        "    def two(self):\n        return Task(config=self.tasks_config['b'], context=[self.one()])\n"
        "    def crew(self):\n        return Crew(tasks=[self.two(), self.one()])\n"
    )
    files = {
        "crew.py": code,
        "config/tasks.yaml": tasks_yaml("a", "b", "unused"),
        "config/agents.yaml": "cook:\n  role: r\n  goal: g\n  backstory: s\n",
    }
    loaded = load(files, tmp_path)
    (plan,) = loaded.plans
    assert loaded.problems == []
    assert (plan.name, plan.path) == ("C", ".")
    assert [task.id for task in plan.tasks] == ["two", "one"]
    two, one = plan.tasks
    assert (one.brief, one.agent.type) == ("Do a.\n\nThe a.", "cook")
    assert [(wait.task, wait.origin.text) for wait in two.depends_on] == [("one", "self.one()")]
    assert [agent.name for agent in plan.agents] == ["cook"]


def test_a_crew_elsewhere_in_the_directory_orders_the_tasks_of_a_class(tmp_path):
    tasks = IMPORT + (
        "class T:\n"
        "    def a(self, agent):\n        return Task(description=f'{agent} a', expected_output='a', agent=agent)\n"
        "    def b(self, agent):\n        return Task(description='b', expected_output='b', agent=agent)\n"
    )
    main = IMPORT + "t = T()\nfirst = t.b(x)\nsecond = t.a(x)\ncrew = Crew(tasks=[first, second])\n"
    (plan,) = load({"tasks.py": tasks, "main.py": main}, tmp_path).plans
    assert [task.id for task in plan.tasks] == ["b", "a"]
    assert plan.tasks[1].brief == "{agent} a\n\na"
    assert plan.tasks[0].agent.type is None


def test_a_key_that_the_configuration_lacks_is_told_with_the_nearest_one(tmp_path):
    code = IMPORT + "def one(self):\n    return Task(config=self.tasks_config['sow_seed'])\n"
    loaded = load({"crew.py": code, "config/tasks.yaml": tasks_yaml("sow_seeds")}, tmp_path)
    (problem,) = loaded.problems
    assert (problem.code, problem.origin.text) == ("PL003", "self.tasks_config['sow_seed']")
    assert problem.help == "did you mean `sow_seeds`?"


def test_nothing_is_concluded_from_a_configuration_that_is_broken(tmp_path):
    code = IMPORT + "def one(self):\n    return Task(config=self.tasks_config['a'])\n"
    loaded = load({"crew.py": code, "config/tasks.yaml": "a: [\n"}, tmp_path)
    assert loaded.problems == []
    assert [plan.incomplete for plan in loaded.plans] == [True]


def test_a_json_crew_has_its_agents_beside_it(tmp_path):
    crew = '{"name": "n", "agents": ["cook"], "tasks": [{"name": "a", "description": "d", "expected_output": "e",},]}'
    cook = '{"role": "r", "goal": "g", "backstory": "b", "tools": ["x"]}'
    (plan,) = load({"crew.jsonc": crew, "agents/cook.jsonc": cook}, tmp_path).plans
    assert (plan.name, [task.id for task in plan.tasks]) == ("n", ["a"])
    assert [(agent.name, agent.tools) for agent in plan.agents] == [("cook", ("x",))]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("config/tasks.yaml", "build:\n  command: make\n"),
        ("config/tasks.yaml", "tasks:\n  - description: d\n    expected_output: e\n"),
        ("config/tasks.yaml", "# nothing yet\n"),
        ("a.py", "from mine import Task\nTask(description='crewai', expected_output='e')\n"),
        ("a.yaml", "a:\n  description: d\n  expected_output: e\nb:\n  command: make\n"),
    ],
)
def test_other_peoples_tasks_are_no_crew(path, text, tmp_path):
    workspace = FileWorkspace(tmp_path, {path: text})
    document = workspace.document(path)
    assert document is not None
    assert CrewAiDialect().recognise(document, workspace) is None


@pytest.mark.parametrize(
    ("path", "directory"),
    [
        ("x/config/tasks.yaml", "x"),
        ("config/agents.yaml", ""),
        ("x/crew.py", "x"),
        ("x/agents/cook.jsonc", "x"),
        ("tasks.yaml", ""),
        ("x/config/crew.py", "x/config"),
    ],
)
def test_the_directory_of_a_crew_stands_above_its_configuration(path, directory):
    assert crew_directory(path) == directory


def test_a_module_that_cannot_be_parsed_is_told_and_the_rest_is_read(tmp_path):
    loaded = load({"crew.py": IMPORT + "t = Task(\n", "config/tasks.yaml": tasks_yaml("a")}, tmp_path)
    assert [problem.code for problem in loaded.problems] == ["PL002"]
    assert [([task.id for task in plan.tasks], plan.incomplete) for plan in loaded.plans] == [(["a"], True)]


def test_a_context_that_names_no_task_of_the_crew_is_said_once_where_the_crew_is_known(tmp_path):
    more = "  context: [a, reserch]\n"
    alone = load({"config/tasks.yaml": tasks_yaml("a", "research", "b", more=more)}, tmp_path)
    (problem,) = alone.problems
    assert (problem.code, problem.origin.text, problem.help) == ("PL003", "reserch", "did you mean `research`?")
    assert problem.severity is Severity.WARNING
    crew = (
        '{"name": "c", "agents": [], "tasks": [{"name": "a", "description": "Do.", "expected_output": "Text.", '
        '"context": ["z"]}]}'
    )
    assert [problem.severity for problem in load({"crew.jsonc": crew}, tmp_path).problems] == [Severity.ERROR]


def test_tasks_and_agents_below_one_key_are_those_of_the_file(tmp_path):
    below = "tasks:\n  draft:\n    description: Draft it.\n    expected_output: A draft.\n"
    (plan,) = load({"config/tasks.yaml": below}, tmp_path).plans
    assert [task.id for task in plan.tasks] == ["draft"]
    assert CrewAiDialect().recognise(parse(tmp_path, below), FileWorkspace(tmp_path)) is not None


def parse(root: Path, text: str) -> Document:
    document = FileWorkspace(root, {"config/tasks.yaml": text}).document("config/tasks.yaml")
    assert document is not None
    return document


def test_a_task_that_a_function_names_before_it_returns_it_goes_by_the_function(tmp_path):
    code = (
        f"{IMPORT}class Trip:\n"
        "    def forecast(self):\n        self.weather = Task(description='Look.', expected_output='w')\n"
        "        return self.weather\n"
        "    def route(self):\n        made = Task(description='Go.', expected_output='r', context=[self.weather])\n"
        "        return made\n"
    )
    (plan,) = load({"crew.py": code}, tmp_path).plans
    assert [task.id for task in plan.tasks] == ["forecast", "route"]
    assert [one.task for one in plan.tasks[1].depends_on] == ["forecast"]


@pytest.mark.parametrize(
    "code",
    [
        "crew = Crew(tasks=[{0}, {1}])",
        "tasks = []\ntasks.append({0})\ntasks.append({1})\ncrew = Crew(tasks=tasks)",
    ],
)
def test_tasks_that_stand_right_in_a_list_are_read_in_its_order(code, tmp_path):
    made = ("Task(description='Draft.', expected_output='d')", "Task(description='Edit.', expected_output='e')")
    (plan,) = load({"crew.py": IMPORT + code.format(*made) + "\n"}, tmp_path).plans
    assert [(task.id, task.title) for task in plan.tasks] == [("", "Draft."), ("", "Edit.")]

"""Agent types: where they come from, and what each may do."""

import pytest
from made_plans import HERE, facts_of

from planlint.facts import Settings
from planlint.facts.agents import AgentCatalogue
from planlint.model import Agent, AgentDefinition, Isolation

FILES = {
    ".claude/agents/reviewer.md": "---\nname: code-reviewer\ndescription: Reads\n"
    "tools: Read, Grep, Bash(git diff:*)\n---\nLook.",
    ".claude/agents/team/builder.md": "---\nname: builder\ndescription: Writes\ntools: [Read, Edit]\n---\n",
    ".claude/agents/lean.md": "---\nname: lean\ndescription: x\nomitClaudeMd: true\n"
    "disallowedTools: Edit, Write, NotebookEdit, MultiEdit\n---\n",
    ".claude/agents/nameless.md": "no front matter",
}


def catalogue(**options) -> AgentCatalogue:
    return facts_of({}, **options).agents


def test_types_come_from_runtime_plan_and_repository() -> None:
    definition = AgentDefinition(name="planner", origin=HERE)
    agents = catalogue(files=FILES, agents=(definition,))
    assert {"Explore", "planner", "code-reviewer", "builder", "lean"} <= set(agents.names)
    assert agents.complete


def test_a_file_without_a_name_defines_nothing() -> None:
    assert [item.name for item in catalogue(files=FILES).in_repository] == ["lean", "code-reviewer", "builder"]


def test_without_files_a_missing_name_proves_nothing() -> None:
    assert not catalogue().complete
    assert not catalogue(files={"README.md": ""}).complete


@pytest.mark.parametrize("name", ["Code Reviewer", "code_reviewer", "CODE-REVIEWER"])
def test_names_are_found_however_they_are_spelled(name: str) -> None:
    assert catalogue(files=FILES).find(name).name == "code-reviewer"


def test_an_unknown_name_is_not_found() -> None:
    assert catalogue(files=FILES).find("backend-wizard") is None


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"agent": "Explore"}, False),
        ({"agent": "general-purpose"}, True),
        ({}, True),
        ({"agent": "code-reviewer"}, False),
        ({"agent": "builder"}, True),
        ({"agent": "lean"}, False),
        ({"agent": "unheard-of"}, None),
        ({"agent": Agent(tools=("Read", "Grep"))}, False),
        ({"agent": Agent(tools=("Read", "Write"))}, True),
        ({"agent": "general-purpose", "isolation": Isolation.READ_ONLY}, False),
    ],
)
def test_whether_an_agent_can_write(fields: dict, answer: bool | None) -> None:
    facts = facts_of(fields, files=FILES)
    assert facts.agents.can_write(facts.task(0)) is answer


@pytest.mark.parametrize(
    ("agent", "tool", "answer"),
    [
        (Agent(), "AskUserQuestion", False),
        (Agent(), "TaskOutput", False),
        (Agent(), "Edit", True),
        (Agent(background=True), "TaskUpdate", False),
        (Agent(background=True), "Edit", True),
        (Agent(background=True), "mcp__github__create_issue", True),
        (Agent(type="Explore"), "Edit", False),
        (Agent(type="code-reviewer"), "Bash", True),
        (Agent(type="code-reviewer"), "Write", False),
        (Agent(type="unheard-of"), "Edit", None),
        (Agent(type="unheard-of"), "AskUserQuestion", False),
    ],
)
def test_which_tools_an_agent_has(agent: Agent, tool: str, answer: bool | None) -> None:
    facts = facts_of({"agent": agent}, files=FILES)
    assert facts.agents.has_tool(facts.task(0), tool) is answer


@pytest.mark.parametrize(
    ("agent", "loads"), [("Explore", False), ("Plan", False), ("lean", False), ("builder", True), ("unheard-of", True)]
)
def test_which_agents_load_memory(agent: str, loads: bool) -> None:
    facts = facts_of({"agent": agent}, files=FILES)
    assert facts.agents.loads_memory(facts.task(0)) is loads


def test_a_short_tool_list_starts_lean_and_a_fork_for_nothing() -> None:
    facts = facts_of({"agent": "builder"}, {"agent": "general-purpose"}, {"agent": "fork"}, files=FILES)
    assert [facts.agents.startup_tokens(task) for task in facts.tasks] == [10_000, 20_000, 0]


def test_a_runtime_without_write_tools_says_nothing_about_them() -> None:
    facts = facts_of({"agent": Agent(type="worker", tools=("shell",))}, settings=Settings(runtime="codex"))
    assert facts.agents.can_write(facts.task(0)) is None


def test_tasks_whose_agents_are_alike_are_put_together() -> None:
    """By all that decides about an agent, and only live tasks."""
    fields = [{"agent": "Explore"}, {}, {"agent": "Explore"}, {"isolation": Isolation.READ_ONLY}, {"done": True}]
    alike = facts_of(*fields).agents.alike
    assert [[task.index for task in tasks] for tasks in alike] == [[0, 2], [1], [3]]

"""The `agents` dialect: roles, their tools and rights, and files that a product would pass over."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlint.diagnostics import Applicability
from planlint.dialects.agents.dialect import AgentsDialect
from planlint.dialects.base import Loaded
from planlint.engine.workspace import FileWorkspace
from planlint.model import AgentDefinition, Isolation

HEAD = "---\nname: sower\ndescription: Sows.\n"


def load(files: dict[str, str], tmp_path: Path, first: str | None = None) -> Loaded:
    workspace = FileWorkspace(tmp_path, files)
    document = workspace.document(first or next(iter(files)))
    assert document is not None
    dialect = AgentsDialect()
    members = dialect.members(document, workspace)
    return dialect.load([found for path in members if (found := workspace.document(path))], workspace)


def agent(keys: str, tmp_path: Path, path: str = ".claude/agents/sower.md") -> AgentDefinition:
    (found,) = load({path: f"{HEAD}{keys}\n---\nYou sow.\n"}, tmp_path).plans[0].agents
    return found


@pytest.mark.parametrize(
    ("written", "tools"),
    [
        ("tools: Read, Grep", ("Read", "Grep")),
        ("tools: [Read, 'Bash(git log:*, git diff:*)']", ("Read", "Bash(git log:*, git diff:*)")),
        ("tools: Bash(git log:*, git diff:*), Read", ("Bash(git log:*, git diff:*)", "Read")),
        ("tools:\n  - Read\n  - mcp__db__query", ("Read", "mcp__db__query")),
        ("tools:", None),
        ("model: opus", None),
    ],
)
def test_tools_are_a_list_or_words_between_commas(written, tools, tmp_path):
    assert agent(written, tmp_path).tools == tools


def test_every_field_of_claude_code_finds_its_place(tmp_path):
    found = agent(
        "disallowedTools: Write\nmodel: opus\npermissionMode: plan\nmaxTurns: 7\nbackground: true\nomitClaudeMd: true\n"
        "isolation: worktree\nallowedDirectories: [src/plants]",
        tmp_path,
    )
    assert (found.name, found.runtime, found.description, found.model) == ("sower", "claude-code", "Sows.", "opus")
    assert (found.disallowed_tools, found.permission_mode, found.max_turns) == (("Write",), "plan", 7)
    assert (found.background, found.loads_memory, found.isolation) == (True, False, Isolation.WORKTREE)
    assert found.directories == ("src/plants",)
    assert found.prompt == "You sow.\n"
    assert found.prompt_origin is not None
    assert found.prompt_origin.text == found.prompt


def test_places_are_values_of_known_keys_and_keys_nobody_knows(tmp_path):
    places = agent("model: opus\nseason: spring", tmp_path).places
    assert {name: place.text for name, place in places.items()} == {
        "name": "sower",
        "description": "Sows.",
        "model": "opus",
        "season": "season",
    }


@pytest.mark.parametrize(
    ("path", "text", "runtime", "name"),
    [
        (".codex/agents/a.toml", 'name = "a"\ndescription = "d"\ndeveloper_instructions = "Do it."\n', "codex", "a"),
        (".opencode/agents/helper.md", "---\ndescription: Helps.\n---\nHelp.\n", "opencode", "helper"),
        (".gemini/agents/g.md", "---\nname: g\ndescription: d\n---\n", "gemini", "g"),
        (".cursor/agents/look.md", "---\nreadonly: true\n---\nYou are a reader.\n", "cursor", "look"),
        (
            ".github/agents/weed.agent.md",
            "---\ndescription: Weeds.\ntools: [read, edit]\nhandoffs:\n  - label: Sow\n    agent: sower\n---\nWeed.\n",
            "copilot",
            "weed",
        ),
        (".github/agents/mow.md", "---\nname: Mower\ndescription: Mows.\n---\nMow.\n", "copilot", "Mower"),
    ],
)
def test_each_product_has_its_own_directory_and_keys(path, text, runtime, name, tmp_path):
    loaded = load({path: text}, tmp_path)
    (plan,) = loaded.plans
    assert loaded.problems == []
    assert (plan.runtime, plan.path, plan.tasks) == (runtime, path.rpartition("/")[0], ())
    assert [(one.name, one.runtime) for one in plan.agents] == [(name, runtime)]


def test_rights_of_other_products_are_understood(tmp_path):
    open_code = "---\ndescription: d\ntools:\n  bash: false\n  read: true\npermission:\n  edit: deny\n---\n"
    (one,) = load({".opencode/agent/o.md": open_code}, tmp_path).plans[0].agents
    assert (one.tools, one.disallowed_tools) == (None, ("bash", "edit"))
    codex = 'name = "c"\ndescription = "d"\ndeveloper_instructions = "Do."\nsandbox_mode = "read-only"\n'
    (two,) = load({".codex/agents/c.toml": codex}, tmp_path).plans[0].agents
    assert (two.isolation, two.prompt, two.permission_mode) == (Isolation.READ_ONLY, "Do.", "read-only")


def test_all_files_of_a_directory_are_one_plan_whichever_is_met_first(tmp_path):
    files = {
        ".claude/agents/a.md": "---\nname: a\ndescription: d\n---\n",
        ".claude/agents/team/b.md": "---\nname: b\ndescription: d\n---\n",
        ".claude/agents/README.md": "# Agents\n\nYou are a reader.\n",
        ".claude/commands/c.md": "---\nname: c\ndescription: d\n---\n",
    }
    for first in (".claude/agents/a.md", ".claude/agents/team/b.md"):
        (plan,) = load(files, tmp_path, first).plans
        assert (plan.path, [one.name for one in plan.agents]) == (".claude/agents", ["a", "b"])


@pytest.mark.parametrize(
    ("path", "text", "score"),
    [
        (".claude/agents/a.md", "---\nname: a\ndescription: d\n---\n", 95),
        (".claude/agents/a.md", "You are a sower.\n", 80),
        (".claude/agents/a.md", "# How to choose\n\nTake the sower.\n", None),
        (".claude/agents/README.md", "---\nname: a\ndescription: d\n---\n", None),
        ("plugin/agents/a.md", "---\nname: a\ndescription: d\n---\n", 80),
        ("plugin/agents/a.md", "You are a sower.\n", None),
        ("docs/a.md", "---\nname: a\ndescription: d\ntools: Read\n---\n", 60),
        ("docs/a.md", "---\nname: a\ndescription: d\n---\n", None),
        (".claude/commands/a.md", "---\nname: a\ndescription: d\nmodel: opus\n---\n", None),
        ("a.toml", 'name = "x"\n', None),
    ],
)
def test_a_file_is_recognised_by_its_keys_and_its_directory(path, text, score, tmp_path):
    workspace = FileWorkspace(tmp_path, {path: text})
    document = workspace.document(path)
    assert document is not None
    match = AgentsDialect().recognise(document, workspace)
    assert (match.score if match is not None else None) == score


def test_an_unquoted_colon_is_told_once_and_can_be_quoted(tmp_path):
    path = ".claude/agents/a.md"
    text = "---\nname: a\ndescription: It's for tests. Example: run them\n---\nYou run tests.\n"
    workspace = FileWorkspace(tmp_path, {path: text})
    document = workspace.document(path)
    assert document is not None
    assert AgentsDialect().reader_problems(document) == []
    loaded = AgentsDialect().load([document], workspace)
    (problem,) = loaded.problems
    (fix,) = problem.fixes
    (edit,) = fix.edits
    assert (problem.code, fix.applicability) == ("PL805", Applicability.SAFE)
    mended = text[: edit.origin.start] + edit.text + text[edit.origin.end :]
    again = load({path: mended}, tmp_path)
    assert again.problems == []
    assert again.plans[0].agents[0].description == loaded.plans[0].agents[0].description


def test_other_complaints_of_the_reader_are_kept(tmp_path):
    path = ".claude/agents/a.md"
    workspace = FileWorkspace(tmp_path, {path: "---\nname: a\nname: b\ndescription: d\n---\n"})
    document = workspace.document(path)
    assert document is not None
    assert [problem.code for problem in AgentsDialect().reader_problems(document)] == ["PL004"]


@pytest.mark.parametrize(
    "keys", ["season: spring", "argument-hint: what to sow", "metadata:\n  tier: two", "readonly: true", "tags: [a]"]
)
def test_keys_of_peoples_own_are_no_fault(keys, tmp_path):
    assert load({".claude/agents/a.md": f"{HEAD}{keys}\n---\nYou sow.\n"}, tmp_path).problems == []


def test_a_key_that_another_product_knows_is_no_misspelled_one(tmp_path):
    text = f"{HEAD}mode: subagent\n---\nYou sow.\n"
    assert load({".cursor/agents/a.md": text}, tmp_path).problems == []


@pytest.mark.parametrize(
    ("key", "meant"),
    [("max_turns", "maxTurns"), ("Model", "model"), ("allowedTools", "tools"), ("tool", "tools"), ("colour", "color")],
)
def test_a_key_close_to_one_the_product_knows_is_a_fault_at_the_key(key, meant, tmp_path):
    (problem,) = load({".claude/agents/a.md": f"{HEAD}{key}: x\n---\nYou sow.\n"}, tmp_path).problems
    assert (problem.origin.text, f"`{meant}`" in problem.message) == (key, True)


def test_a_codex_agent_outside_of_its_directory_is_read_as_one(tmp_path: Path) -> None:
    text = 'name = "sower"\ndescription = "Sows."\ndeveloper_instructions = "You sow."\n'
    loaded = load({"kit/agents/codex/sower.toml": text}, tmp_path)
    assert loaded.problems == []
    assert [one.name for one in loaded.plans[0].agents] == ["sower"]


def test_a_codex_role_that_the_configuration_registers_has_its_name_and_description_there(tmp_path: Path) -> None:
    config = (
        '[agents]\nmax_threads = 3\n\n[agents.field_sower]\ndescription = "Sows."\nconfig_file = "agents/sower.toml"\n'
    )
    files = {
        ".codex/agents/sower.toml": 'developer_instructions = "You sow."\n',
        ".codex/agents/reaper.toml": 'developer_instructions = "You reap."\n',
        ".codex/config.toml": config,
    }
    loaded = load(files, tmp_path)
    assert [(one.name, one.description) for one in loaded.plans[0].agents] == [("field_sower", "Sows.")]
    assert [problem.origin.source.path for problem in loaded.problems] == [".codex/agents/reaper.toml"]


@pytest.mark.parametrize("path", ["garden/builtin_agents/sow.md", "agents/sow.md"])
def test_agents_of_a_framework_are_known_by_the_names_of_their_tools(path, tmp_path):
    text = "---\nname: sow\ndescription: Sows.\nmax_turns: 4\ntools: [{}]\n---\nYou are a sower.\n"
    for tools, agent_of_ours in (("read_file, run", False), ("Read, Bash", True)):
        workspace = FileWorkspace(tmp_path, {path: text.format(tools)})
        document = workspace.document(path)
        assert document is not None
        assert (AgentsDialect().recognise(document, workspace) is not None) is agent_of_ours


def test_a_copilot_agent_is_known_by_the_name_of_its_file_outside_of_its_directory_too(tmp_path):
    text = "---\nname: sow\ndescription: Sows.\ntools: [read, edit]\nargument-hint: bed\n---\nYou are a sower.\n"
    loaded = load({"agents/sow.agent.md": text}, tmp_path)
    assert (loaded.plans[0].runtime, loaded.problems) == ("copilot", [])


def test_a_command_about_agents_is_no_agent(tmp_path):
    files = dict.fromkeys((".claude/commands/agents/sower.md", "kit/skills/sow/agents/sower.md"), f"{HEAD}---\nSow.\n")
    workspace = FileWorkspace(tmp_path, files)
    found = [AgentsDialect().recognise(workspace.document(path), workspace) for path in files]
    assert [match is not None for match in found] == [False, True]

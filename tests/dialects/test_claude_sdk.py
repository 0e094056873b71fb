"""The `claude-sdk` dialect: agents defined in Python, by the names they are registered with."""

from __future__ import annotations

import pytest

from planlint.dialects.claude_sdk.definitions import definitions_in
from planlint.dialects.claude_sdk.dialect import ClaudeSdkDialect
from planlint.engine.workspace import FileWorkspace
from planlint.model import AgentDefinition
from planlint.readers.python import parse_python
from planlint.source import Source

IMPORT = "from claude_agent_sdk import AgentDefinition, ClaudeAgentOptions\n"


def agents(code: str) -> tuple[AgentDefinition, ...]:
    return definitions_in(parse_python(Source("a.py", IMPORT + code)))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("x = ClaudeAgentOptions(agents={'sower': AgentDefinition(description='d', prompt='p')})", "sower"),
        ("AGENTS = {'sower': AgentDefinition(description='d', prompt='p')}", "sower"),
        ("sow = AgentDefinition(description='d', prompt='p')\nf(agents={'sower': sow})", "sower"),
        ("sow = AgentDefinition(description='d', prompt='p')", "sow"),
        ("def sow():\n    return AgentDefinition('d', 'p')\nf(agents={'sower': sow()})", "sower"),
        ("def sow():\n    return AgentDefinition('d', 'p')", "sow"),
        ("def all():\n    return {'sower': AgentDefinition('d', 'p')}", "sower"),
        ("f(AgentDefinition('d', 'p'))", ""),
        ("self.agents = {'sower': AgentDefinition('d', 'p')}", "sower"),
        ("self.sower = AgentDefinition('d', 'p')", "sower"),
        ("table['sower'] = AgentDefinition('d', 'p')", "sower"),
        ("table.update(sower=AgentDefinition('d', 'p'))", "sower"),
        ("table.update({'sower': AgentDefinition('d', 'p')})", "sower"),
        ("x = dict(sower=AgentDefinition('d', 'p'))", "sower"),
        ("self.sow = AgentDefinition('d', 'p')\nf(agents={'sower': self.sow})", "sower"),
    ],
)
def test_an_agent_has_the_name_it_is_registered_with(code, name):
    (found,) = agents(code)
    assert found.name == name
    assert found.places["name"].text == (name or "AgentDefinition")
    assert (found.description, found.prompt) == ("d", "p")


def test_the_key_of_an_agent_may_be_a_constant():
    (found,) = agents("NAME = 'sower'\nsow = AgentDefinition('d', 'p')\nf(agents={NAME: sow})")
    assert (found.name, found.places["name"].text) == ("sower", "NAME")


def test_arguments_are_read_as_far_as_they_are_literal():
    (found,) = agents(
        "P = 'known'\na = AgentDefinition(description=d, prompt=P, tools=['Read'], disallowedTools=['Write'], "
        "model='opus', background=True, permissionMode='plan', maxTurns=3)"
    )
    assert (found.description, found.prompt, found.tools) == (None, "known", ("Read",))
    assert (found.disallowed_tools, found.model, found.background) == (("Write",), "opus", True)
    assert (found.permission_mode, found.max_turns, found.runtime) == ("plan", 3, "claude-code")
    (unknown,) = agents("a = AgentDefinition(description='d', prompt=load('a.txt'), tools=TOOLS)")
    assert (unknown.prompt, unknown.tools) == ("", None)


def test_lists_of_tools_that_are_put_together_of_known_ones_are_known():
    (found,) = agents("BASE = ['Read']\na = AgentDefinition('d', 'p', tools=[*BASE, 'Edit'] + ['Bash'])")
    assert found.tools == ("Read", "Edit", "Bash")
    (unknown,) = agents("a = AgentDefinition('d', 'p', tools=['Read'] + more())")
    assert unknown.tools is None


def test_an_empty_list_of_tools_is_none_of_them():
    (found,) = agents("a = AgentDefinition('d', 'p', tools=[])")
    assert found.tools == ()


def test_without_project_settings_agents_get_no_memory_files():
    (found,) = agents("a = AgentDefinition('d', 'p')\nClaudeAgentOptions(setting_sources=['user'])")
    assert not found.loads_memory
    (other,) = agents("a = AgentDefinition('d', 'p')\nClaudeAgentOptions(setting_sources=['project'])")
    assert other.loads_memory


@pytest.mark.parametrize(
    ("code", "recognised"),
    [
        (IMPORT + "a = AgentDefinition('d', 'p')\n", True),
        ("import claude_agent_sdk as sdk\na = sdk.AgentDefinition('d', 'p')\n", True),
        ("from claude_agent_sdk.types import AgentDefinition as D\na = D('d', 'p')\n", True),
        ("# claude_agent_sdk has one too\nclass AgentDefinition: ...\na = AgentDefinition('d', 'p')\n", False),
        ("from mine import AgentDefinition  # not claude_agent_sdk\na = AgentDefinition('d')\n", False),
        (IMPORT + "def f(a: AgentDefinition): ...\n", False),
        (IMPORT + "a = AgentDefinition('d' 'p'\n", True),
        ("# claude_agent_sdk\nAgentDefinition(\n", False),
    ],
)
def test_only_calls_of_the_sdks_own_class_count(code, recognised, tmp_path):
    workspace = FileWorkspace(tmp_path, {"a.py": code})
    document = workspace.document("a.py")
    assert document is not None
    assert (ClaudeSdkDialect().recognise(document, workspace) is not None) is recognised


def test_a_program_that_cannot_be_parsed_says_so_and_defines_nothing(tmp_path):
    workspace = FileWorkspace(tmp_path, {"a.py": IMPORT + "a = AgentDefinition('d' 'p'\n"})
    document = workspace.document("a.py")
    assert document is not None
    loaded = ClaudeSdkDialect().load([document], workspace)
    assert [problem.code for problem in loaded.problems] == ["PL002"]
    assert [(plan.agents, plan.incomplete) for plan in loaded.plans] == [((), True)]

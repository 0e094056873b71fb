"""The TOML reader: values, places, and what is wrong with a broken file."""

import pytest

from planlint.readers.toml import read_toml
from planlint.readers.tree import Mapping, Node, Sequence
from planlint.source import Source

AGENT = '''# An agent
name = "reviewer" # who
"description" = 'Reads, never writes'
developer_instructions = """
Look at `src/app.py`.
Say what is wrong."""
limits.turns = 3
paths = [
  "src/**", # sources
  'docs/x.md',
]
when = 2024-01-01

[mcp.server]
command = { name = "x", args = ["a", "b"] }

[[hooks]]
on = "start"
[[hooks]]
on = "stop"
[hooks.env]
A = true
'''


def at(*path: str | int) -> Node:
    node = read_toml(Source("agent.toml", AGENT)).root
    for step in path:
        if isinstance(step, str):
            assert isinstance(node, Mapping)
            node = node.values[step]
        else:
            assert isinstance(node, Sequence)
            node = node.items[step]
    assert node is not None
    return node


def test_values_are_those_of_tomllib() -> None:
    assert at().plain == {
        "name": "reviewer",
        "description": "Reads, never writes",
        "developer_instructions": "Look at `src/app.py`.\nSay what is wrong.",
        "limits": {"turns": 3},
        "paths": ["src/**", "docs/x.md"],
        "when": "2024-01-01",
        "mcp": {"server": {"command": {"name": "x", "args": ["a", "b"]}}},
        "hooks": [{"on": "start"}, {"on": "stop", "env": {"A": True}}],
    }


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (["name"], '"reviewer"'),
        (["description"], "'Reads, never writes'"),
        (["limits", "turns"], "3"),
        (["paths", 1], "'docs/x.md'"),
        (["when"], "2024-01-01"),
        (["mcp", "server"], "[mcp.server]"),
        (["mcp", "server", "command", "args", 1], '"b"'),
        (["hooks", 0, "on"], '"start"'),
        (["hooks", 1, "on"], '"stop"'),
        (["hooks", 1, "env"], "[hooks.env]"),
        (["hooks", 1, "env", "A"], "true"),
    ],
)
def test_a_value_stands_where_it_was_written(path: list[str | int], written: str) -> None:
    assert at(*path).origin.text == written


def test_keys_stand_where_they_were_written() -> None:
    root = at()
    assert isinstance(root, Mapping)
    assert root.keys["description"].origin.text == '"description"'
    assert root.keys["limits"].origin.text == "limits.turns"


def test_broken_toml_is_reported_at_its_place() -> None:
    document = read_toml(Source("agent.toml", 'name = "x"\nbad = \n'))
    (problem,) = document.problems
    assert (problem.code, document.broken, problem.origin.begin.line) == ("PL002", True, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 5000, "PL006"),
        ("a = " + "[" * 70 + "]" * 70, "PL006"),
        ("a" + ".a" * 500 + " = 1", "PL006"),
        ("x" * 2_000_001, "PL006"),
        ("a = " + "9" * 5000, "PL002"),
        ("<<<<<<< x\na = 1\n=======\na = 2\n>>>>>>> y\n", "PL002"),
    ],
)
def test_hostile_toml_is_refused(text: str, code: str) -> None:
    assert [problem.code for problem in read_toml(Source("agent.toml", text)).problems] == [code]

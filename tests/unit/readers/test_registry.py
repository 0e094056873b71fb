"""Which reader a file gets."""

import pytest

from planlint.readers.document import Syntax
from planlint.readers.registry import guess_syntax, read, syntax_of
from planlint.source import Source


@pytest.mark.parametrize(
    ("path", "syntax"),
    [
        ("plan.yaml", "yaml"),
        ("a/PLAN.YML", "yaml"),
        ("tasks.json", "json"),
        ("crew.jsonc", "json"),
        ("issues.jsonl", "jsonl"),
        ("rules/x.mdc", "markdown"),
        ("CLAUDE.md", "markdown"),
        ("agent.toml", "toml"),
        ("flow.py", "python"),
        ("flow.mjs", "javascript"),
        ("-", None),
        ("Makefile", None),
        (".yaml.d/x", None),
    ],
)
def test_the_ending_of_a_name_decides(path: str, syntax: Syntax | None) -> None:
    assert syntax_of(path) == syntax


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ('{"tasks": []}', "json"),
        ('\n\n[\n  {"id": 1}\n]', "json"),
        ('{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("[ ] a task\n", "markdown"),
        ("[a link](x.md)\n", "markdown"),
        ("tasks:\n  - id: a\n", "yaml"),
        ("# comment\ntasks:\n- id: a\n", "yaml"),
        ("- id: a\n  writes: [x]\n- id: b\n", "yaml"),
        ("---\ntasks:\n  - id: a\n", "yaml"),
        ("---\na: 1\n---\nb: 2\n", "yaml"),
        ("---\nname: x\n---\n\n# Plan\n", "markdown"),
        ("# Plan\n\n- [ ] T001 do it\n", "markdown"),
        ("Note: read this.\n\nThen do that.\n", "markdown"),
        ("", "markdown"),
        ("# Agents of the shop\nimport asyncio\nfrom claude_agent_sdk import query\n", "python"),
        ('"""Agents."""\n\nimport asyncio\n', "python"),
        ("import the parts from the shed\n", "markdown"),
        ("# Notes\n\nRun this:\n\n```python\nimport asyncio\n```\n", "markdown"),
        ("// Paint\nexport const meta = { name: 'w' }\n", "javascript"),
        ("import { agent } from './mine.js'\n", "javascript"),
    ],
)
def test_text_without_a_name_is_guessed(text: str, syntax: Syntax) -> None:
    assert guess_syntax(text) == syntax


def test_each_syntax_has_its_reader() -> None:
    assert read(Source("a.yaml", "a: 1")).root.plain == {"a": 1}
    assert read(Source("a.json", "[1]")).root.plain == [1]
    assert read(Source("a.jsonc", "[1,] // x")).root.plain == [1]
    assert [root.plain for root in read(Source("a.jsonl", "1\n2")).roots] == [1, 2]
    assert read(Source("a.toml", "a = 1")).root.plain == {"a": 1}
    assert read(Source("-", "a: 1\n")).syntax == "yaml"
    assert read(Source("a.txt", "a: 1\n"), "markdown").syntax == "markdown"


@pytest.mark.parametrize(("path", "syntax"), [("a.py", "python"), ("a.js", "javascript")])
def test_code_is_left_to_its_dialect(path: str, syntax: Syntax) -> None:
    document = read(Source(path, "1 +"))
    assert (document.syntax, document.roots, document.problems) == (syntax, [], [])


def test_markdown_goes_to_its_reader() -> None:
    document = read(Source("PLAN.md", "# Plan\n\nText.\n"))
    assert document.syntax == "markdown"
    assert document.markdown is not None

"""What CONTRIBUTING.md tells a new contributor to do works when done to the letter, in a copy of the checkout."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from checkout import ROOT, copy_to

_BLOCK = re.compile(
    r"^ *<!-- contributing: (?P<name>[\w ]+) -->\n(?P<indent> *)```\w+\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"`\.venv/bin/(python -m [^`]+|planlint [^`]+)`")


def section(title: str) -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def block(text: str, name: str) -> str:
    """A marked block, without the indentation of the list it stands in."""
    found = {one["name"]: one for one in _BLOCK.finditer(text)}[name]
    return "".join(line.removeprefix(found["indent"]) for line in found["text"].splitlines(keepends=True))


class Copy:
    """The checkout of a new contributor."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def run(self, command: str) -> str:
        """The output of a command as CONTRIBUTING.md has it, with the interpreter of this test and the copy's code."""
        command = re.sub(r"\s+", " ", command)
        words = re.findall(r'"[^"]*"|\S+', command)
        words = [word.strip('"') for word in (words[1:] if words[0] == "python" else ["-m", *words])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(self.root / top) for top in ("linter", "rules"))}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(copy_to(tmp_path / "checkout"))


@pytest.mark.integration
def test_a_rule_is_added_in_five_steps(copy: Copy) -> None:
    text = section("Add a rule in five steps")
    copy.write("rules/planlint_rules/brief/no_brief.py", block(text, "rule"))
    copy.write("fixtures/rules/PL699-no-brief/bad.yaml", block(text, "bad fixture"))
    copy.write("fixtures/rules/PL699-no-brief/near-description.yaml", block(text, "near fixture"))
    catalogue, documentation, tests = _COMMAND.findall(text)
    copy.run(catalogue)
    assert "wrote docs/rules/no-brief.md" in copy.run(documentation)
    # The fixtures and examples of other rules have had their turn in this run.
    assert " passed" in copy.run(f'{tests} -k "PL699 or not (fixture or example_of)"')
    assert "PL699" in (copy.root / "docs" / "rules" / "index.md").read_text(encoding="utf-8")


@pytest.mark.integration
def test_a_format_is_added_in_five_steps(copy: Copy) -> None:
    text = section("Add a format in five steps")
    copy.write("linter/planlint/dialects/todo/__init__.py", '"""TODO lists."""\n')
    copy.write("linter/planlint/dialects/todo/dialect.py", block(text, "dialect"))
    registry = copy.root / "linter" / "planlint" / "dialects" / "registry.py"
    entries = "ENTRIES: dict[str, Entry] = {\n"
    code = registry.read_text(encoding="utf-8")
    assert entries in code
    line = textwrap.indent(block(text, "registration").strip(), "    ")
    registry.write_text(code.replace(entries, f"{entries}{line}\n"), encoding="utf-8")
    copy.write("fixtures/todo/pair/plan.want", "")
    copy.write("fixtures/todo/pair/TODO.tasks.md", block(text, "format fixture"))
    documentation, tests, show = _COMMAND.findall(text)
    copy.write("docs/formats/todo.md", "# TODO lists\n")
    assert "wrote docs/formats/index.md" in copy.run(documentation)
    assert " passed" in copy.run(f'{tests} -k "todo or not fixture"')
    assert "todo format, 3 tasks" in copy.run(show)
    assert "(todo.md)" in (copy.root / "docs" / "formats" / "index.md").read_text(encoding="utf-8")

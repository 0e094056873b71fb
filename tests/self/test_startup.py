"""What a command does not need is not imported: start-up time is a feature. Counted in modules, never in time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys
from planlint.cli.entry import invoke
code = invoke(sys.argv[1:])
print()
print("MODULES", *sorted({name.partition(".")[0] for name in sys.modules}))
print("STATUS", code)
"""

PLAN = """\
plan: two
tasks:
  - id: a
    title: First
    creates: [src/a.py]
    brief: Create src/a.py with a function a() that returns 1.
    verify: python -m pytest tests/test_a.py
"""


def imported(*arguments: str, where: Path) -> set[str]:
    """Top-level modules that a fresh interpreter has loaded after `planlint ARGUMENTS`."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, cwd=where, check=True
    )
    lines = done.stdout.splitlines()
    assert lines[-1] == "STATUS 0", done.stdout + done.stderr
    return set(lines[-2].split()[1:])


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("check", "--help"), ("rules",), ("explain", "PL101")], ids=" ".join
)
def test_commands_about_no_plan_load_neither_model_nor_parsers(arguments: tuple[str, ...], tmp_path: Path) -> None:
    loaded = imported(*arguments, where=tmp_path)
    assert loaded.isdisjoint({"pydantic", "pydantic_core", "ruamel", "libcst", "pyromark", "tree_sitter"})


def test_checking_a_yaml_plan_loads_no_parser_of_another_syntax(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    loaded = imported("check", "plan.yaml", where=tmp_path)
    assert loaded.isdisjoint(
        {
            "ruamel",
            "libcst",
            "tree_sitter",
            "pyromark",
            "rich",
            "networkx",
            "jinja2",
            "asyncio",
            "markdown_it",
            "yaml",
            "jsonschema",
            "planlint.testing",
        }
    )


def test_a_plan_that_is_no_simple_yaml_goes_to_the_parser(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN.replace("plan: two", "plan: &name two"))
    assert "ruamel" in imported("check", "plan.yaml", where=tmp_path)


def test_a_check_without_configuration_marker_or_baseline_loads_nothing_of_theirs(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    script = SCRIPT.replace('name.partition(".")[0]', "name")
    done = subprocess.run(
        [sys.executable, "-c", script, "check", "plan.yaml"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    loaded = set(done.stdout.splitlines()[-2].split()[1:])
    assert loaded.isdisjoint(
        {
            "tomllib",
            "pydantic",
            "planlint.config.reading",
            "planlint.config.model",
            "planlint.engine.suppressions.stage",
            "planlint.engine.baseline.stage",
            "planlint.readers.comments",
        }
    )
    assert "planlint.config.effective" in loaded


def test_importing_the_library_loads_nothing_until_a_name_is_used(tmp_path: Path) -> None:
    script = "import sys, planlint; print(planlint.__version__, *sorted(n for n in sys.modules if 'planlint' in n))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    loaded = [name for name in done.stdout.split()[1:] if not name.startswith("__editable__")]
    assert loaded == ["planlint", "planlint.version"]

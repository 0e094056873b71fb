"""The commands beside `check`: what they print and what they refuse."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from command_line import Cli

from planlint.version import __version__


def test_the_version_and_help_are_printed(cli: Cli) -> None:
    assert cli("--version").out == f"planlint {__version__}\n"
    assert "check" in cli("--help").out
    assert cli("check", "-h").code == 0


def test_an_unknown_command_is_answered_with_what_was_meant(cli: Cli) -> None:
    assert cli("chek").err.startswith("planlint: error: unknown command 'chek'; did you mean 'planlint check'?")
    assert "to check that path: planlint check plan.yaml" in cli("plan.yaml").err
    assert cli("chek").code == 2


@pytest.mark.parametrize("word", ["PL101", "pl101", "shared-write", "shared_write"])
def test_explain_prints_the_documentation_of_a_rule(cli: Cli, word: str) -> None:
    text = cli("explain", word).out
    assert text.startswith("PL101 shared-write\n==================\nerror, core tier\n")
    assert "Use instead\n-----------\n" in text
    assert "```" not in text
    assert "# PL101: shared-write\n" in cli("explain", word, "--format", "markdown").out


def test_explain_of_an_unknown_rule_names_the_closest(cli: Cli) -> None:
    outcome = cli("explain", "shared-writes")
    assert outcome.code == 2
    assert outcome.err == "planlint: error: unknown rule 'shared-writes'; did you mean 'shared-write'?\n"


def test_rules_lists_every_rule_with_its_summary(cli: Cli) -> None:
    rows = json.loads(cli("rules", "--format", "json").out)["rules"]
    text = cli("rules").out
    assert rows
    assert all(f"  {row['code']}  {row['name']}" in text and row["summary"] in text for row in rows)
    assert cli("rules", "PL101").out.splitlines()[0] == "ownership"


def test_dialects_lists_every_format(cli: Cli) -> None:
    rows = json.loads(cli("dialects", "--format", "json").out)["dialects"]
    text = cli("dialects").out
    assert "planlint" in {row["name"] for row in rows}
    assert all(row["title"] in text for row in rows)


def test_the_schema_is_a_json_schema_that_accepts_a_plan(cli: Cli) -> None:
    schema = json.loads(cli("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"tasks": [{"id": "a"}]}, schema)


PROGRAM = [sys.executable, "-m", "planlint"]


def test_the_program_ends_with_the_status_of_the_check(project: Path) -> None:
    done = subprocess.run([*PROGRAM, "check", "plan.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PL101" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently")
def test_a_reader_that_goes_away_ends_the_program_quietly(project: Path) -> None:
    process = subprocess.Popen([*PROGRAM, "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 128 + signal.SIGPIPE
    assert error == b""


def test_output_never_fails_for_want_of_letters(project: Path) -> None:
    (project / "plan.yaml").write_text("plan: 中文\ntasks:\n  - id: é\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([*PROGRAM, "show", "plan.yaml"], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert rb"\u4e2d\u6587" in done.stdout

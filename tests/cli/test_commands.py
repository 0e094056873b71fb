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

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "show.json").read_text())


def test_the_version_and_help_are_printed(cli: Cli) -> None:
    assert cli("--version").out == f"planlint {__version__}\n"
    assert "check" in cli("--help").out
    assert cli("check", "-h").code == 0


def test_an_unknown_command_is_answered_with_what_was_meant(cli: Cli) -> None:
    assert cli("chek").err.startswith("planlint: error: unknown command 'chek'; did you mean 'planlint check'?")
    assert "to check that path: planlint check plan.yaml" in cli("plan.yaml").err
    assert cli("chek").code == 2


def test_show_json_keeps_its_schema_and_says_what_was_understood(cli: Cli) -> None:
    outcome = cli("show", "plan.yaml", "--format", "json")
    shown = json.loads(outcome.out)
    jsonschema.validate(shown, SCHEMA)
    (plan,) = shown["plans"]
    assert plan["stages"] == [["form", "panel"]]
    assert plan["concurrent_pairs"] == 1
    assert {scope["path"]: scope["mode"] for scope in plan["tasks"][0]["writes"]} == {
        "src/form.tsx": "create",
        "src/index.ts": "modify",
    }
    assert outcome.code == 0


def test_show_tells_people_tasks_order_and_cost(cli: Cli) -> None:
    text = cli("show", "plan.yaml").out
    assert text.startswith("plan.yaml: settings\n")
    assert "1 stage, 1 concurrent pair" in text
    assert "1. form | panel" in text
    assert "create src/form.tsx, modify src/index.ts" in text


def test_show_lists_the_agents_that_are_defined(cli: Cli, project: Path) -> None:
    home = project / ".claude" / "agents"
    home.mkdir(parents=True)
    (home / "painter.md").write_text(
        "---\nname: painter\ndescription: Paints\nmodel: opus\ntools: Read, Edit\n---\nPaint.\n"
    )
    text = cli("show", ".claude/agents").out
    assert "\n  agents\n    painter  .claude/agents/painter.md:1\n      model opus, tools Read, Edit\n" in text
    shown = json.loads(cli("show", ".claude/agents", "--format", "json").out)
    jsonschema.validate(shown, SCHEMA)
    (agent,) = shown["plans"][0]["agents"]
    assert (agent["name"], agent["model"], agent["tools"]) == ("painter", "opus", ["Read", "Edit"])


def test_show_why_gives_the_reasons_of_recognition(cli: Cli) -> None:
    assert "planlint: " in cli("show", "plan.yaml", "--why").out.partition("recognised by")[2]
    recognition = json.loads(cli("show", "plan.yaml", "--why", "--format", "json").out)["recognition"]
    assert recognition["plan.yaml"][0]["dialect"] == "planlint"


def test_show_draws_the_direct_dependencies_only(cli: Cli, project: Path) -> None:
    (project / "chain.yaml").write_text(
        'plan: chain\ntasks:\n  - {id: a, title: "say \\"<b>\\""}\n  - {id: b, depends_on: [a]}\n'
        "  - {id: c, depends_on: [a, b]}\n"
    )
    mermaid = cli("show", "chain.yaml", "--format", "mermaid").out
    assert mermaid.startswith("flowchart TD\n")
    assert [line.strip() for line in mermaid.splitlines() if "-->" in line] == ["t0 --> t1", "t1 --> t2"]
    assert '["a: say #quot;#lt;b#gt;#quot;"]' in mermaid
    dot = cli("show", "chain.yaml", "--format", "dot").out
    assert 't0 [label="a: say \\"<b>\\""];' in dot
    assert [line.strip() for line in dot.splitlines() if "->" in line] == ["t0 -> t1;", "t1 -> t2;"]


def test_show_of_something_unreadable_ends_with_two(cli: Cli) -> None:
    outcome = cli("show", "missing.yaml")
    assert outcome.code == 2
    assert outcome.err == "planlint: error: missing.yaml: missing.yaml does not exist\n"


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

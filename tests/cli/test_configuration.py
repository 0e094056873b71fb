"""Configuration, suppressions and baselines as people meet them on the command line."""

import json
import os
import tomllib
from pathlib import Path

import jsonschema
import pytest
from command_line import CONFLICT, Cli

REPORT = json.loads((Path(__file__).parent / "schemas" / "report.json").read_text())


def codes(cli: Cli, *arguments: str) -> set[str]:
    report = json.loads(cli("check", "--format", "json", *arguments).out)
    jsonschema.validate(report, REPORT)
    return {finding["code"] for finding in report["diagnostics"] if finding["suppressed"] is None}


def configure(project: Path, text: str, name: str = "planlint.toml") -> None:
    (project / name).write_text(text)


def test_the_configuration_holds_and_the_command_line_is_stronger(cli: Cli, project: Path) -> None:
    configure(project, 'ignore = ["PL1"]\n')
    assert "PL101" not in codes(cli, "plan.yaml")
    assert "PL101" in codes(cli, "plan.yaml", "--select", "PL101")
    assert "PL101" in codes(cli, "plan.yaml", "--isolated")
    configure(project, 'tier = "audit"\n', "other.toml")
    assert "PL101" in codes(cli, "plan.yaml", "--config", "other.toml")


def test_pyproject_is_read_too_and_found_from_below(cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(project, '[tool.planlint]\nignore = ["PL101"]\n', "pyproject.toml")
    monkeypatch.chdir(project / "ok")
    assert "PL101" not in codes(cli, "../plan.yaml")
    outcome = cli("check", "plan.yaml", "--format", "json")
    assert json.loads(outcome.out)["plans"][0]["path"] == "ok/plan.yaml"


def test_fail_on_comes_from_the_configuration_unless_given(cli: Cli, project: Path) -> None:
    configure(project, 'fail-on = "never"\n')
    assert cli("check", "plan.yaml").code == 0
    assert cli("check", "plan.yaml", "--fail-on", "error").code == 1


def test_a_directory_search_keeps_to_include_and_exclude_and_a_named_file_is_always_taken(
    cli: Cli, project: Path
) -> None:
    configure(project, 'exclude = ["ok/"]\n')
    searched = json.loads(cli("check", "--format", "json").out)
    assert [plan["path"] for plan in searched["plans"]] == ["plan.yaml"]
    named = json.loads(cli("check", "ok/plan.yaml", "--format", "json").out)
    assert [plan["path"] for plan in named["plans"]] == ["ok/plan.yaml"]


def test_overrides_hold_for_their_paths_only(cli: Cli, project: Path) -> None:
    (project / "old").mkdir()
    (project / "old" / "plan.yaml").write_text(CONFLICT)
    configure(project, '[[overrides]]\npaths = ["old/"]\nignore = ["PL101"]\n')
    report = json.loads(cli("check", "--format", "json").out)
    assert [item["location"]["path"] for item in report["diagnostics"] if item["code"] == "PL101"] == ["plan.yaml"]


def test_the_dialect_can_be_set_by_path(cli: Cli, project: Path) -> None:
    configure(project, '[[overrides]]\npaths = ["plan.yaml"]\ndialect = "spec-kit"\n')
    assert json.loads(cli("check", "plan.yaml", "--format", "json").out)["plans"] == []
    forced = cli("check", "plan.yaml", "--dialect", "planlint", "--format", "json")
    assert json.loads(forced.out)["plans"][0]["dialect"] == "planlint"


def test_options_and_budgets_reach_the_rules(cli: Cli, project: Path) -> None:
    assert "PL403" not in codes(cli, "plan.yaml", "--select", "PL403")
    configure(project, "[budgets]\ntask-files = 1\n")
    assert "PL403" in codes(cli, "plan.yaml", "--select", "PL403")
    configure(project, "[budgets]\ntask-files = 1\n[rules.oversized-task]\nfiles = 9\n")
    assert "PL403" not in codes(cli, "plan.yaml", "--select", "PL403")


def test_mistakes_end_with_two_and_all_of_them(cli: Cli, project: Path) -> None:
    configure(project, 'selct = []\ntier = "x"\n')
    for command in (("check", "plan.yaml"), ("show", "plan.yaml"), ("config", "validate"), ("baseline", "write")):
        outcome = cli(*command)
        assert (outcome.code, outcome.out) == (2, ""), command
        lines = outcome.err.splitlines()
        assert lines[0] == "planlint: error: planlint.toml:1:1: unknown key 'selct'; did you mean 'select'?"
        assert lines[1].startswith("planlint: error: planlint.toml:2:8: `tier` must be core, strict or audit")
    assert cli("check", "plan.yaml", "--isolated").code == 1
    assert cli("check", "plan.yaml", "--config", "no.toml").err == "planlint: error: no.toml does not exist\n"


def test_config_show_prints_toml_with_sources(cli: Cli, project: Path) -> None:
    configure(project, '[[overrides]]\npaths = ["ok/"]\ntier = "audit"\n')
    outcome = cli("config", "show", "ok/plan.yaml", "--ignore", "PL4")
    assert outcome.code == 0
    assert outcome.out.startswith("# configuration file: planlint.toml\n# for ok/plan.yaml\n")
    assert 'tier = "audit"  # planlint.toml:3, overrides[0]\n' in outcome.out
    assert 'ignore = ["PL4"]  # command line\n' in outcome.out
    assert tomllib.loads(outcome.out)["tier"] == "audit"
    assert "# configuration file: none\n" in cli("config", "show", "--isolated").out


def test_config_validate_says_what_was_looked_at(cli: Cli, project: Path) -> None:
    assert cli("config", "validate").out == "No configuration file: the defaults hold.\n"
    configure(project, 'tier = "core"\n')
    assert cli("config", "validate").out == "planlint.toml is correct.\n"


def test_init_writes_a_correct_file_and_never_overwrites(cli: Cli, project: Path) -> None:
    assert cli("init").code == 0
    text = (project / "planlint.toml").read_text()
    assert cli("config", "validate").code == 0
    again = cli("init")
    assert (again.code, again.err) == (2, "planlint: error: planlint.toml already exists; nothing was written\n")
    assert (project / "planlint.toml").read_text() == text
    configure(project / "ok", "[tool.planlint]\n", "pyproject.toml")
    refused = cli("init", "ok")
    assert refused.code == 2
    assert "already configures planlint" in refused.err
    assert not (project / "ok" / "planlint.toml").exists()


def test_the_schema_of_the_configuration_is_printed_with_the_options_of_rules(cli: Cli) -> None:
    schema = json.loads(cli("schema", "--config").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"rules": {"PL501": {"budget": 5}}}, schema)


def test_suppressed_findings_stay_visible_in_json(cli: Cli, project: Path) -> None:
    marked = CONFLICT.replace("[src/index.ts]", "[src/index.ts]  # planlint: ignore[PL101] known", 1)
    (project / "plan.yaml").write_text(marked)
    report = json.loads(cli("check", "plan.yaml", "--format", "json").out)
    jsonschema.validate(report, REPORT)
    (finding,) = [item for item in report["diagnostics"] if item["code"] == "PL101"]
    assert finding["suppressed"] == {"kind": "inline", "reason": "known"}
    assert report["summary"]["suppressed"] == 1
    assert "1 suppressed" in cli("check", "plan.yaml").out
    assert "PL101" in codes(cli, "plan.yaml", "--no-ignores")


def test_a_baseline_is_written_used_shown_and_pruned(cli: Cli, project: Path) -> None:
    written = cli("baseline", "write")
    assert written.code == 0
    assert 'baseline = "planlint-baseline.json"' in written.out
    assert cli("check").code == 1
    assert cli("check", "--baseline", "planlint-baseline.json").code == 0
    configure(project, 'baseline = "planlint-baseline.json"\n')
    outcome = cli("check")
    assert outcome.code == 0
    assert "in the baseline" in outcome.out
    assert "plan.yaml: PL101 `form` and `panel` both write" in cli("baseline", "show").out
    assert cli("baseline", "prune").out.startswith("Nothing to prune")
    settled = CONFLICT.replace("    modifies: [src/index.ts]\n", "").replace(" and export it from src/index.ts", "")
    (project / "plan.yaml").write_text(settled)
    assert "PL904" in codes(cli)
    assert cli("baseline", "prune").code == 0
    assert "PL904" not in codes(cli)
    assert not any(
        entry["code"] == "PL101" for entry in json.loads(cli("baseline", "show", "--format", "json").out)["findings"]
    )


def test_writing_for_one_plan_keeps_the_entries_of_the_others(cli: Cli, project: Path) -> None:
    (project / "two.yaml").write_text(CONFLICT)
    cli("baseline", "write")
    before = json.loads((project / "planlint-baseline.json").read_text())["findings"]
    assert {entry["path"] for entry in before} == {"plan.yaml", "two.yaml"}
    cli("baseline", "write", "two.yaml")
    assert json.loads((project / "planlint-baseline.json").read_text())["findings"] == before


def test_a_baseline_is_left_alone_when_something_could_not_be_read(cli: Cli, project: Path) -> None:
    cli("baseline", "write")
    before = (project / "planlint-baseline.json").read_bytes()
    for command in ("write", "prune"):
        outcome = cli("baseline", command, "plan.yaml", "missing.yaml")
        assert outcome.code == 2
        assert "missing.yaml does not exist" in outcome.err
        assert (project / "planlint-baseline.json").read_bytes() == before


def test_an_unusable_baseline_ends_with_two_and_is_never_overwritten(cli: Cli, project: Path) -> None:
    missing = cli("check", "--baseline", "no.json")
    assert missing.code == 2
    assert "write one with `planlint baseline write`" in missing.err
    text = '{"version": 7, "tool": "planlint 9.0"}'
    (project / "planlint-baseline.json").write_text(text)
    for command in (("baseline", "write"), ("baseline", "prune"), ("baseline", "show")):
        outcome = cli(*command)
        assert outcome.code == 2
        assert "planlint-baseline.json is a baseline of version 7, written by planlint 9.0" in outcome.err
    assert (project / "planlint-baseline.json").read_text() == text


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that count")
def test_a_read_only_directory_is_a_clear_message(cli: Cli, project: Path) -> None:
    project.chmod(0o555)
    try:
        for command in (("init",), ("baseline", "write")):
            outcome = cli(*command)
            assert outcome.code == 2
            assert "permission denied" in outcome.err
    finally:
        project.chmod(0o755)


def test_a_place_that_cannot_be_written_is_a_clear_message(cli: Cli, project: Path) -> None:
    outcome = cli("baseline", "write", "--baseline", "no/such/b.json")
    assert outcome.code == 2
    assert outcome.err == "planlint: error: cannot write the baseline no/such/b.json: no such file or directory\n"


def test_what_cannot_be_read_stays_out_of_the_baseline(cli: Cli, project: Path) -> None:
    (project / "plan.yaml").write_text("tasks: [\n")
    assert cli("baseline", "write", "plan.yaml").code == 0
    assert cli("check", "plan.yaml", "--baseline", "planlint-baseline.json").code == 1

"""`planlint check`: what is checked, what is printed, and the exit code."""

import json
from pathlib import Path

import jsonschema
import pytest
from command_line import CONFLICT, Cli

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "report.json").read_text())


def data(cli: Cli, *arguments: str) -> dict:
    return json.loads(cli("check", "--format", "json", *arguments).out)


def codes(report: dict) -> list[str]:
    return [finding["code"] for finding in report["diagnostics"]]


def test_a_conflict_is_shown_where_it_stands_and_fails_the_check(cli: Cli) -> None:
    outcome = cli("check", "plan.yaml")
    assert outcome.code == 1
    assert "[PL101] shared-write: `form` and `panel` both write `src/index.ts` at the same time\n" in outcome.out
    assert " --> plan.yaml:7:16\n" in outcome.out
    assert outcome.err == ""


def test_a_clean_plan_passes_with_one_line(cli: Cli) -> None:
    outcome = cli("check", "ok/plan.yaml")
    assert outcome.code == 0
    assert outcome.out.startswith("All checks passed: 1 plan, 1 task")


def test_a_directory_is_searched_and_no_path_means_here(cli: Cli) -> None:
    assert [plan["path"] for plan in data(cli)["plans"]] == ["ok/plan.yaml", "plan.yaml"]
    assert data(cli, ".") == data(cli)
    assert data(cli, "ok", "plan.yaml") == data(cli, "plan.yaml", "ok")


def test_a_directory_without_plans_is_clean_and_says_so(cli: Cli, project: Path) -> None:
    (project / "empty").mkdir()
    outcome = cli("check", "empty")
    assert outcome.code == 0
    assert outcome.out == "note: no plan found in empty\nNothing to check: no plan found.\n"


@pytest.mark.parametrize("text", ["tasks: []", "tasks:"])
def test_a_file_named_like_a_plan_with_no_task_in_it_is_an_empty_plan(cli: Cli, project: Path, text: str) -> None:
    (project / "ok" / "plan.yaml").write_text(f"{text}\n", encoding="utf-8")
    assert codes(data(cli, "ok/plan.yaml")) == ["PL007"]


def test_the_json_report_keeps_its_schema(cli: Cli) -> None:
    report = data(cli, ".", "--tier", "audit")
    jsonschema.validate(report, SCHEMA)
    assert "PL101" in codes(report)
    finding = next(finding for finding in report["diagnostics"] if finding["code"] == "PL101")
    assert finding["subjects"]["tasks"] == ["form", "panel"]
    assert finding["subjects"]["paths"] == ["src/index.ts"]
    assert finding["location"]["start"] == {"line": 7, "column": 16, "offset": CONFLICT.index("src/index.ts")}
    assert report["summary"]["files"] == 2


def test_unreadable_and_broken_input_keeps_the_schema_too(cli: Cli, project: Path) -> None:
    (project / "broken.yaml").write_text("tasks: [\n")
    (project / "other.yaml").write_text("x: 1\n")
    outcome = cli("check", "--format", "json", "broken.yaml", "other.yaml", "missing.yaml")
    report = json.loads(outcome.out)
    jsonschema.validate(report, SCHEMA)
    assert {(finding["code"], finding["location"]["path"]) for finding in report["diagnostics"]} == {
        ("PL001", "missing.yaml"),
        ("PL002", "broken.yaml"),
        ("PL005", "other.yaml"),
    }
    assert outcome.code == 2
    assert "planlint: error: missing.yaml does not exist\n" in outcome.err
    assert "planlint: error: other.yaml is no plan in any format that planlint knows\n" in outcome.err


def test_findings_so_far_are_printed_although_a_named_file_is_missing(cli: Cli) -> None:
    outcome = cli("check", "plan.yaml", "missing.yaml", "--format", "concise")
    assert outcome.code == 2
    assert "plan.yaml:7:16: " in outcome.out
    assert "missing.yaml" in outcome.out


@pytest.mark.parametrize("arguments", [("--ignore", "PL101"), ("--severity", "shared-write=off"), ("--select", "PL3")])
def test_rules_can_be_left_out(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert "PL101" not in codes(data(cli, "plan.yaml", *arguments))


def test_severity_and_fail_on_decide_the_exit_status(cli: Cli) -> None:
    arguments = ("check", "plan.yaml", "--select", "PL101", "--quiet")
    assert cli(*arguments, "--severity", "PL101=error").code == 1
    assert cli(*arguments, "--severity", "PL101=warning").code == 0
    assert cli(*arguments, "--severity", "PL101=warning", "--fail-on", "warning").code == 1
    assert cli(*arguments, "--severity", "PL101=error", "--fail-on", "never").code == 0
    assert cli(*arguments, "--severity", "PL101=error", "--exit-zero").code == 0
    assert cli(*arguments, "missing.yaml", "--exit-zero").code == 2


def test_standard_input_is_checked_under_its_file_name(cli: Cli, project: Path) -> None:
    text = (project / "plan.yaml").read_text()
    outcome = cli("check", "-", "--stdin-filename", "specs/new.yaml", "--format", "concise", stdin=text)
    assert outcome.code == 1
    assert outcome.out.startswith("specs/new.yaml:7:16: ")
    assert cli("check", "-", "--format", "concise", stdin=text).out.startswith("-:7:16: ")


def test_standard_input_that_is_no_text_is_refused(cli: Cli) -> None:
    outcome = cli("check", "-", stdin=b"\xff\x00\xfe")
    assert outcome.code == 2
    assert outcome.err.startswith("planlint: error: standard input")


def test_several_formats_go_to_their_files(cli: Cli, project: Path) -> None:
    outcome = cli("check", "plan.yaml", "--format", "concise", "--format", "json=out.json", "--color", "always")
    assert "plan.yaml\x1b[0m:7:16: " in outcome.out
    report = json.loads((project / "out.json").read_text())
    jsonschema.validate(report, SCHEMA)


def test_a_report_that_cannot_be_written_is_an_error(cli: Cli) -> None:
    outcome = cli("check", "plan.yaml", "--format", "json=no/such/dir.json")
    assert outcome.code == 2
    assert outcome.err == "planlint: error: cannot write no/such/dir.json: no such file or directory\n"


def test_skipped_rules_and_statistics_are_shown_on_request(cli: Cli) -> None:
    assert "1  PL101  shared-write\n" in cli("check", "plan.yaml", "--statistics").out
    report = data(cli, "plan.yaml")
    text = cli("check", "plan.yaml", "--show-skipped").out
    assert all(f"plan.yaml: skipped {item['code']}: {item['reason']}\n" in text for item in report["skipped"])


def test_quiet_prints_findings_only(cli: Cli) -> None:
    assert cli("check", "ok/plan.yaml", "--quiet").out == ""
    assert "Found" not in cli("check", "plan.yaml", "-q").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--select", "PL9999"), "unknown rule 'PL9999'"),
        (("--ignore", "shard-write"), "unknown rule 'shard-write'; did you mean 'shared-write'?"),
        (("--severity", "PL101=loud"), "unknown severity 'loud'; use error, warning, note or off"),
        (("--severity", "PL101"), "--severity PL101 is not of the form RULE=LEVEL"),
        (("--format", "xml"), "unknown format 'xml'; use text, concise"),
        (("--format", "json="), "--format json= names no file"),
        (("--dialect", "planlnt"), "unknown dialect 'planlnt'; did you mean 'planlint'?"),
        (("--root", "nowhere"), "--root nowhere is not a directory"),
        (("--tier", "loud"), "'loud' is not one of"),
        (("--no-such-option",), "No such option"),
    ],
)
def test_wrong_usage_ends_with_two_and_one_clear_message(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    outcome = cli("check", "plan.yaml", *arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.startswith("planlint: error: ")
    assert message in outcome.err


def test_fixing_changes_the_file_and_reports_what_is_left(cli: Cli) -> None:
    plan = Path("fixable.yaml")
    plan.write_text(
        "tasks:\n  - id: a\n    creates: [./x.ts, y.ts]\n  - id: b\n    creates: [y.ts]\n    reads: [x.ts]\n",
        encoding="utf-8",
    )
    shown = cli("check", "fixable.yaml", "--diff")
    assert (shown.code, "+    creates: [x.ts, y.ts]" in shown.out) == (1, True)
    assert "[./x.ts, y.ts]" in plan.read_text(encoding="utf-8")
    outcome = cli("check", "fixable.yaml", "--fix", "--format", "concise")
    assert outcome.code == 1
    assert "PL108" not in outcome.out
    assert "PL101" in outcome.out
    assert "PL108 write `x.ts`" in outcome.err
    assert cli("check", "fixable.yaml", "--fix", "--unsafe-fixes").code == 0
    assert "depends_on: [a]" in plan.read_text(encoding="utf-8")


def test_unsafe_fixes_alone_and_fixes_of_standard_input_are_wrong_usage(cli: Cli) -> None:
    assert cli("check", "plan.yaml", "--unsafe-fixes").code == 2
    assert cli("check", "-", "--fix").code == 2


def test_the_cache_option_is_accepted(cli: Cli) -> None:
    assert cli("check", "ok/plan.yaml", "--no-cache").code == 0


def test_paths_are_shown_from_the_root_wherever_the_command_runs(
    cli: Cli, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".git").mkdir()
    monkeypatch.chdir(project / "ok")
    assert [plan["path"] for plan in data(cli, "plan.yaml", "../plan.yaml")["plans"]] == ["ok/plan.yaml", "plan.yaml"]
    assert [plan["path"] for plan in data(cli, "plan.yaml", "--root", ".")["plans"]] == ["plan.yaml"]

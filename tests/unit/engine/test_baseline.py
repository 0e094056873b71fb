"""A baseline knows findings by fingerprint and count, and only ever shrinks."""

import json
from pathlib import Path

import pytest

from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Diagnostic, Severity, Subjects
from planlint.engine.baseline.stage import match
from planlint.engine.baseline.store import Entry, entries_of, read_baseline, render, write_baseline
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.facts.repository import Repository
from planlint.source import Source

SOURCE = Source("a.yaml", "x\n" * 50)


def finding(line: int, task: str, code: str = "PL101") -> Diagnostic:
    origin = SOURCE.origin(2 * line, 2 * line + 1)
    return Diagnostic(code, "n", Severity.ERROR, f"about {task}", origin, subjects=Subjects((task,)))


def test_findings_are_known_by_fingerprint_wherever_they_stand() -> None:
    entries = entries_of([finding(1, "a"), finding(2, "b")])
    marked, left = match([finding(40, "b"), finding(30, "a"), finding(5, "c")], entries)
    assert [item.suppressed is not None for item in marked] == [True, True, False]
    assert left == []


def test_more_findings_than_counted_are_new_from_the_last_one_on() -> None:
    entries = entries_of([finding(1, "a"), finding(9, "a")])
    assert [entry.times for entry in entries] == [2]
    marked, left = match([finding(3, "a"), finding(1, "a"), finding(2, "a")], entries)
    assert [item.origin.begin.line for item in marked if item.suppressed is None] == [4]
    assert left == []


def test_what_is_left_over_is_counted() -> None:
    (entry,) = entries_of([finding(1, "a"), finding(9, "a")])
    assert match([finding(1, "a")], (entry,))[1] == [entry._replace(times=1)]
    assert match([], (entry, entry))[1] == [entry, entry]


def test_unreadable_input_and_stale_entries_are_never_held() -> None:
    assert entries_of([finding(1, "a", "PL002"), finding(1, "a", "PL904")]) == ()
    entry = Entry("a.yaml", "PL002", "m", finding(1, "a", "PL002").fingerprint)
    assert match([finding(1, "a", "PL002")], (entry,))[0][0].suppressed is None


def test_the_file_is_sorted_with_one_entry_on_a_line_and_read_back_as_written(tmp_path: Path) -> None:
    entries = entries_of([finding(1, "ü"), finding(2, "b"), finding(3, "b", "PL001")])
    text = render(reversed(entries))
    assert text == render(entries)
    assert text.count("\n    {") == len(entries) == 2
    path = tmp_path / "b.json"
    write_baseline(path, entries, "b.json")
    again = read_baseline(path, "b.json")
    assert sorted(again.entries) == sorted(entries)
    assert all(entry.fingerprint in again.origin(entry).text for entry in again.entries)
    assert json.loads(render([]))["findings"] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "b.json:1: the baseline is no JSON; restore it, or remove it and write it anew"),
        ("[" * 100_000, "b.json: the baseline is no JSON"),
        ("[]", "b.json is no baseline of planlint: it has no version"),
        ('{"version": "1"}', "it has no version"),
        ('{"version": 2, "tool": "planlint 9.1"}', "a baseline of version 2, written by planlint 9.1; planlint "),
        ('{"version": 2}', "update planlint"),
        ('{"version": 0}', "remove it and write it anew"),
        ('{"version": 1}', "it has no list `findings`"),
        ('{"version": 1, "findings": [3]}', "entry 1 of the baseline is no table"),
        (
            '{"version": 1, "findings": [{"path": "a", "code": "PL101"}]}',
            "entry 1 of the baseline has no 'fingerprint'",
        ),
        (
            '{"version": 1, "findings": [{"path": "a", "code": "PL101", "fingerprint": "x", "count": 0}]}',
            "a value of the wrong kind",
        ),
    ],
)
def test_an_unusable_baseline_is_refused_with_one_clear_sentence(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_baseline(path, "b.json")
    assert message in str(caught.value)


PLAN = """\
plan: settings
isolation: shared
tasks:
  - id: form
    title: Settings form
    creates: [src/form.ts]
    modifies: [src/index.ts]
  - id: panel
    title: Settings panel
    creates: [src/panel.ts]
    modifies: [src/index.ts]
"""


def run(directory: Path, **choices: object) -> Report:
    choices = {"root": directory, "baseline": directory / "b.json", **choices}
    return check((str(directory),), RunConfig(**choices), repository=Repository.none())  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN)
    report = run(tmp_path, baseline=None)
    assert "PL101" in [item.code for item in report.active]
    write_baseline(tmp_path / "b.json", entries_of(report.active), "b.json")
    return tmp_path


def test_known_findings_do_not_count_also_after_reordering_and_reformatting(project: Path) -> None:
    report = run(project)
    assert (report.exit_code(), report.active, report.summary.baselined) == (0, (), len(report.diagnostics))
    head, form, panel = PLAN.replace("[src/index.ts]", "\n      - ./src/index.ts").split("  - id: ")
    (project / "plan.yaml").write_text(f"# moved\n\n{head}  - id: {panel}  - id: {form}")
    assert run(project).active == ()


def test_a_new_finding_fails_beside_known_ones(project: Path) -> None:
    third = PLAN[PLAN.index("  - id: panel") :].replace("panel", "table").replace("src/index.ts", "src/form.ts")
    (project / "plan.yaml").write_text(PLAN + third)
    report = run(project)
    assert report.exit_code() == 1
    assert report.summary.baselined >= 1


def test_entries_that_match_nothing_are_one_finding_in_the_baseline(project: Path) -> None:
    (project / "plan.yaml").write_text(PLAN.replace("    modifies: [src/index.ts]\n", "", 1))
    (stale,) = [item for item in run(project).active if item.code == "PL904"]
    assert (stale.path, stale.severity) == ("b.json", "warning")


def test_nothing_is_stale_that_this_run_could_not_have_found(project: Path) -> None:
    def stale(**choices: object) -> bool:
        return any(item.code == "PL904" for item in run(project, **choices).diagnostics)

    (project / "plan.yaml").write_text("tasks: [\n")
    assert not stale()
    (project / "plan.yaml").write_text(PLAN.replace("    modifies: [src/index.ts]\n", "", 1))
    assert stale()
    assert not stale(ignore=("PL101", "PL104", "PL111", "PL3", "PL2", "PL4", "PL6", "PL7"))
    other = project / "other"
    other.mkdir()
    (other / "plan.yaml").write_text(PLAN.replace("src/index.ts", "src/own.ts"))
    report = check((str(other),), RunConfig(root=project, baseline=project / "b.json"), repository=Repository.none())
    assert not any(item.code == "PL904" for item in report.diagnostics)


def test_the_configured_baseline_is_relative_to_its_file(project: Path) -> None:
    (project / "planlint.toml").write_text('baseline = "b.json"\n')
    assert run(project, baseline=None).active == ()
    assert run(project, baseline=None, no_baseline=True).active != ()

"""SARIF, GitHub, GitLab, JUnit, reviewdog and Markdown: what each consumer is documented to accept."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from planlint.diagnostics import (
    Applicability,
    Diagnostic,
    Edit,
    Fix,
    Related,
    Severity,
    Subjects,
    Suppression,
)
from planlint.engine.report import CheckedPlan, Report
from planlint.reporters.context import RenderContext
from planlint.reporters.registry import FORMATS, renderer
from planlint.source import Source

SOURCE = Source("plans/über plan.yaml", "tasks:\n  - id: 𝒶b\n    writes: [a.ts]\n")
AT = SOURCE.origin(14, 16)
PATH = SOURCE.origin(30, 34)
HOSTILE = 'a|b <script> ::error:: \x1b[31m ]]> & "q" %0A `c`\u202e'


def finding(message: str = "`a` and `b` both write `x`", severity: Severity = Severity.ERROR, **more) -> Diagnostic:
    return Diagnostic(
        code="PL101",
        name="shared-write",
        severity=severity,
        message=message,
        origin=more.pop("origin", AT),
        why="the last one wins",
        help="order them",
        subjects=Subjects(tasks=("a", "b"), paths=("x",)),
        **more,
    )


def report(*findings: Diagnostic, **more) -> Report:
    return Report(diagnostics=findings, plans=(CheckedPlan(SOURCE.path, "planlint", 2),), files=(SOURCE.path,), **more)


def rendered(format_name: str, given: Report) -> str:
    return renderer(format_name)(given, RenderContext())


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_renders_an_empty_and_a_hostile_report(format_name):
    assert rendered(format_name, Report()).endswith("\n")
    text = rendered(format_name, report(finding(HOSTILE)))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_sarif_has_what_code_scanning_requires_of_a_log():
    fix = Fix("drop it", Applicability.UNSAFE, (Edit(PATH, "[]"),), "loses the order")
    given = report(
        finding(related=(Related(PATH, "b writes it"),), fixes=(fix,)),
        finding(suppressed=Suppression("inline", "known"), severity=Severity.NOTE),
        unreadable=("x.yaml: no such file",),
    )
    log = json.loads(rendered("sarif", given))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "planlint"
    (rule,) = driver["rules"]
    assert rule["id"] == "PL101"
    assert rule["shortDescription"]["text"]
    assert 0 < len(rule["fullDescription"]["text"]) <= 1024
    assert rule["help"]["text"]
    assert len(rule["properties"]["tags"]) <= 10
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "plans/%C3%BCber%20plan.yaml"
    assert place["region"] == {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 10}
    assert first["relatedLocations"][0]["message"]["text"] == "b writes it"
    replacement = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "[]"
    assert first["partialFingerprints"]
    assert second["suppressions"] == [{"kind": "inSource", "justification": "known"}]
    invocation = run["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "x.yaml: no such file"


def test_github_shows_the_worst_findings_within_its_limits_and_says_how_many_are_missing():
    errors = [finding(f"error {number}") for number in range(13)]
    text = rendered("github", report(*errors, finding("warned", Severity.WARNING), finding("noted", Severity.NOTE)))
    assert len(re.findall(r"^::error ", text, re.MULTILINE)) == 10
    assert "::warning " in text
    assert "::notice " in text
    assert "planlint: 3 more findings" in text


def test_github_escapes_what_would_end_a_command_or_a_property():
    source = Source("a,b:c%.yaml", "x\ny\n")
    text = rendered("github", report(finding("50 % of\nit", origin=source.origin(0, 3))))
    (line,) = [line for line in text.splitlines() if line.startswith("::error ")]
    assert "file=a%2Cb%3Ac%25.yaml,line=1,endLine=2,title=" in line
    assert "50 %25 of%0Ait" in line


def test_gitlab_fingerprints_are_unique_and_paths_relative():
    issues = json.loads(rendered("gitlab", report(finding(), finding(), finding(severity=Severity.NOTE))))
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert [issue["severity"] for issue in issues] == ["major", "major", "info"]
    assert issues[0]["location"] == {"path": "plans/über plan.yaml", "lines": {"begin": 2, "end": 2}}
    assert set(issues[0]) == {"description", "check_name", "fingerprint", "severity", "location"}


def test_junit_counts_failures_and_gives_a_clean_plan_a_passing_test():
    root = ET.fromstring(rendered("junit", report(finding(), finding(severity=Severity.NOTE))))
    assert root.attrib["failures"] == "1"
    assert [case.find("failure") is not None for case in root.iter("testcase")] == [True, False]
    clean = ET.fromstring(rendered("junit", report()))
    (case,) = clean.iter("testcase")
    assert len(case) == 0


def test_reviewdog_columns_count_bytes():
    source = Source("p.yaml", "é𝒶x\n")
    result = json.loads(rendered("rdjson", report(finding(origin=source.origin(2, 3)))))
    assert result["diagnostics"][0]["location"]["range"]["start"] == {"line": 1, "column": 7}
    assert result["diagnostics"][0]["severity"] == "ERROR"


def test_suppressed_findings_stay_out_of_formats_without_a_word_for_them():
    hidden = report(finding(suppressed=Suppression("baseline")))
    assert json.loads(rendered("gitlab", hidden)) == []
    assert json.loads(rendered("rdjson", hidden))["diagnostics"] == []
    assert "::error" not in rendered("github", hidden)


def test_markdown_has_a_row_for_each_finding_and_a_graph_of_the_conflicts(tmp_path: Path, monkeypatch):
    from planlint.config.run import RunConfig
    from planlint.engine.run import check

    plan = "tasks:\n  - id: one\n    writes: [a.ts]\n  - id: two\n    writes: [a.ts]\n"
    (tmp_path / "plan.yaml").write_text(plan, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    text = rendered("markdown", check(["plan.yaml"], RunConfig()))
    assert "| 🔴 error | [plan.yaml:3](plan.yaml#L3) | **PL101** shared-write: " in text
    graph = text.partition("```mermaid\n")[2].partition("```")[0]
    assert graph.startswith("flowchart TD\n")
    assert "t0 -. PL101 .- t1" in graph


def test_markdown_lets_no_plan_write_markup_into_a_comment():
    text = rendered("markdown", report(finding("<img src=x> | @team **b** [l](u) #1")))
    row = next(line for line in text.splitlines() if "PL101" in line)
    assert "<img" not in row
    assert "\\|" in row
    assert "@team" not in row
    assert "\\[l\\]" in row


def test_markdown_stays_short_enough_for_a_comment(tmp_path: Path):
    from planlint.config.run import RunConfig
    from planlint.engine.run import check

    tasks = "".join(f"  - id: task-{number}\n    title: {'x' * 40}\n    writes: [a.ts]\n" for number in range(50))
    for number in range(40):
        (tmp_path / f"{number}.plan.yaml").write_text(f"tasks:\n{tasks}", encoding="utf-8")
    text = rendered("markdown", check([str(tmp_path)], RunConfig(root=tmp_path)))
    assert len(text) < 65_536
    assert text.count("```mermaid") == text.count("</details>") > 2
    assert text.endswith("Further plans with conflicts are not drawn.\n")

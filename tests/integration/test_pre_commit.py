"""The hook, run by the real pre-commit on a commit in another repository."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from checkout import copy_to

CONFLICT = """\
plan: settings
tasks:
  - {id: form, title: Settings form, modifies: [src/index.ts]}
  - {id: panel, title: Settings panel, modifies: [src/index.ts]}
"""

_NO_REGISTRY = ("Could not find a version", "Connection", "No matching distribution", "Temporary failure")


def git(where: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org")
    words = ["git", *identity, "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(words, cwd=where, capture_output=True, text=True, check=True).stdout


def pre_commit() -> list[str] | None:
    if find_spec("pre_commit") is not None:
        return [sys.executable, "-m", "pre_commit"]
    found = shutil.which("pre-commit")
    return [found] if found is not None else None


@pytest.mark.integration
def test_the_hook_stops_a_commit_with_a_race_and_lets_others_pass(tmp_path: Path) -> None:
    program = pre_commit()
    if program is None or shutil.which("git") is None:
        pytest.skip("needs pre-commit and git")
    hooks = copy_to(tmp_path / "planlint")
    git(hooks, "init", "--quiet")
    git(hooks, "add", "--all")
    git(hooks, "commit", "--quiet", "--message", "as it stands")
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "--quiet")
    revision = git(hooks, "rev-parse", "HEAD").strip()
    (project / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks:\n      - id: planlint\n"
    )

    def run(files: dict[str, str]) -> subprocess.CompletedProcess[str]:

        for name, text in files.items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_text(text)
        git(project, "add", "--all")
        environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
        return subprocess.run(
            [*program, "run"], cwd=project, env=environment, capture_output=True, text=True, check=False
        )

    (project / "src").mkdir()
    first = run({"src/main.py": "print(1)\n"})
    if first.returncode and any(word in first.stdout + first.stderr for word in _NO_REGISTRY):
        pytest.skip("the package registry cannot be reached")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "no files to check" in first.stdout

    bad = run({"plans/plan.yaml": CONFLICT, "my-plan.md": "# Lunch\n\n- soup\n"})
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "PL101" in bad.stdout
    assert "plans/plan.yaml:3" in bad.stdout
    assert "PL005" not in bad.stdout

    good = run({"plans/plan.yaml": CONFLICT.replace("src/index.ts]}\n", "src/other.ts]}\n", 1)})
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout

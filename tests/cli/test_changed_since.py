"""`--changed-since`: only touched plans are checked, and only what is new in the branch counts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from command_line import Cli

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

CLASH = "tasks:\n  - id: a\n    writes: [x.ts]\n  - id: b\n    writes: [x.ts]\n"
WORSE = CLASH + "  - id: c\n    writes: [y.ts]\n  - id: d\n    writes: [y.ts]\n"


def git(*arguments: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init")
    for name in ("one", "two"):
        Path(f"{name}.plan.yaml").write_text(CLASH, encoding="utf-8")
    git("add", ".")
    git("commit", "-m", "plans")
    git("checkout", "-b", "work")
    return tmp_path


def checked(cli: Cli, *more: str) -> tuple[int, dict]:
    outcome = cli("check", ".", "--changed-since", "main", "--format", "json", *more)
    return outcome.code, json.loads(outcome.out)


def test_a_branch_that_touches_no_plan_has_nothing_to_check(cli: Cli, repository: Path) -> None:
    code, report = checked(cli)
    assert (code, report["plans"], report["diagnostics"]) == (0, [], [])


def test_only_what_is_new_in_a_touched_plan_counts(cli: Cli, repository: Path) -> None:
    Path("two.plan.yaml").write_text("# moved down\n" + WORSE, encoding="utf-8")
    code, report = checked(cli)
    assert code == 1
    assert [plan["path"] for plan in report["plans"]] == ["two.plan.yaml"]
    states = {item["subjects"]["paths"][0]: item["suppressed"] for item in report["diagnostics"]}
    assert states["y.ts"] is None
    assert states["x.ts"]["kind"] == "baseline"
    assert report["summary"]["baselined"] == 1


def test_a_plan_changed_without_new_findings_passes(cli: Cli, repository: Path) -> None:
    Path("one.plan.yaml").write_text("# only a remark\n" + CLASH, encoding="utf-8")
    git("commit", "-am", "remark")
    assert checked(cli)[0] == 0


def test_everything_in_a_new_plan_is_new(cli: Cli, repository: Path) -> None:
    Path("three.plan.yaml").write_text(CLASH, encoding="utf-8")
    code, report = checked(cli)
    assert code == 1
    assert [plan["path"] for plan in report["plans"]] == ["three.plan.yaml"]


def test_an_unknown_revision_and_a_folder_without_git_are_clear_errors(cli: Cli, repository: Path, monkeypatch) -> None:
    outcome = cli("check", ".", "--changed-since", "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "git knows no revision 'nowhere'" in outcome.err
    assert cli("check", ".", "--changed-since", "--exec=x").code == 2
    shutil.rmtree(".git")
    outcome = cli("check", ".", "--changed-since", "main")
    assert outcome.code == 2
    assert "no git repository" in outcome.err


def test_git_that_is_not_installed_is_named(cli: Cli, repository: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    outcome = cli("check", ".", "--changed-since", "main")
    assert outcome.code == 2
    assert "not installed" in outcome.err

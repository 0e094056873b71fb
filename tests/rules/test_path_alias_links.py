"""PL108 sees through symbolic links of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planlint.config.run import RunConfig
from planlint.engine.run import check

PLAN = "tasks:\n  - id: a\n    modifies: [src/a.ts]\n  - id: b\n    modifies: [{other}]\n"


def findings(root: Path, other: str) -> list[str]:
    (root / "plan.yaml").write_text(PLAN.format(other=other), encoding="utf-8")
    report = check([str(root / "plan.yaml")], RunConfig(root=root))
    return [item.message for item in report.active if item.code == "PL108"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "src").mkdir()
    for name in ("a.ts", "b.ts"):
        (tmp_path / "src" / name).write_text("", encoding="utf-8")
    try:
        os.symlink("src", tmp_path / "app", target_is_directory=True)
        os.symlink("src/a.ts", tmp_path / "alias.ts")
    except OSError:
        pytest.skip("needs symbolic links")
    return tmp_path


@pytest.mark.parametrize("other", ["app/a.ts", "alias.ts"])
def test_two_writers_that_meet_over_a_link_are_reported(repository: Path, other: str) -> None:
    (message,) = findings(repository, other)
    assert "symbolic link" in message


@pytest.mark.parametrize("other", ["app/b.ts", "src/b.ts", "app/new.ts"])
def test_different_files_behind_a_link_are_not(repository: Path, other: str) -> None:
    assert findings(repository, other) == []

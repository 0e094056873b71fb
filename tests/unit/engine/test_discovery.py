"""Which files below a directory are looked at."""

import os
from pathlib import Path

import pytest

from planlint.engine.discovery import discover, find_root

SUFFIXES = frozenset({".md", ".yaml"})


def tree(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("x\n")
    return root


def found(root: Path, *paths: Path) -> list[str]:
    return [candidate.shown for candidate in discover(paths or (root,), root, SUFFIXES).candidates]


def test_a_directory_is_searched_for_files_with_the_right_endings_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b.md", "a/z.yaml", "a/y.MD", "a/no.txt", ".planning/p.md")
    assert found(tmp_path) == [".planning/p.md", "a/y.MD", "a/z.yaml", "b.md"]


@pytest.mark.parametrize("home", [".claude/tasks/build", "specs/target", ".planning/phases/dist"])
def test_a_plan_may_be_called_like_build_output(tmp_path: Path, home: str) -> None:
    tree(tmp_path, f"{home}/a.md", "src/build/a.md")
    assert found(tmp_path, tmp_path) == [f"{home}/a.md"]


@pytest.mark.parametrize("skipped", ["node_modules", ".git", ".venv", "site-packages", "dist", "__pycache__"])
def test_other_peoples_code_and_build_output_is_not_searched(tmp_path: Path, skipped: str) -> None:
    tree(tmp_path, f"{skipped}/a.md", f"lib/{skipped}/a.md", "plan.md")
    assert found(tmp_path) == ["plan.md"]


def test_a_skipped_directory_that_is_named_is_searched(tmp_path: Path) -> None:
    tree(tmp_path, "dist/a.md")
    assert found(tmp_path, tmp_path / "dist") == ["dist/a.md"]


def test_a_file_that_is_named_is_taken_whatever_its_ending_and_ignore_rules(tmp_path: Path) -> None:
    tree(tmp_path, "plan.txt", "a.md")
    (tmp_path / ".gitignore").write_text("*\n")
    candidates = discover([tmp_path / "plan.txt", tmp_path / "missing.md"], tmp_path, SUFFIXES).candidates
    assert [(item.shown, item.named) for item in candidates] == [("missing.md", True), ("plan.txt", True)]


def test_ignore_files_count_from_the_root_down_and_the_deepest_decides(tmp_path: Path) -> None:
    tree(tmp_path, "a/keep.md", "a/drop.md", "b/drop.md", "logs/x.md", "own/secret.md")
    (tmp_path / ".gitignore").write_text("drop.md\n/logs/\n")
    (tmp_path / "a" / ".gitignore").write_text("!drop.md\n")
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("secret.md\n")
    assert found(tmp_path) == ["a/drop.md", "a/keep.md"]
    assert found(tmp_path, tmp_path / "b") == []


def test_an_ignored_directory_that_is_named_is_searched(tmp_path: Path) -> None:
    tree(tmp_path, ".planning/01/a.md", "b.md")
    (tmp_path / ".gitignore").write_text(".planning/\n")
    assert found(tmp_path) == ["b.md"]
    assert found(tmp_path, tmp_path / ".planning") == [".planning/01/a.md"]
    assert found(tmp_path, tmp_path / ".planning" / "01") == [".planning/01/a.md"]


def test_arguments_in_any_order_and_twice_give_the_same(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.md", "a/2.md", "b/3.md")
    one = [tmp_path / "b", tmp_path / "a" / "2.md", tmp_path / "a"]
    assert (
        discover(one, tmp_path, SUFFIXES).candidates == discover(reversed([*one, *one]), tmp_path, SUFFIXES).candidates
    )


def test_a_file_found_and_named_counts_as_named(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.md")
    candidates = discover([tmp_path / "a", tmp_path / "a" / "1.md"], tmp_path, SUFFIXES).candidates
    assert [(item.shown, item.named) for item in candidates] == [("a/1.md", True)]


def test_links_give_no_duplicates_no_circles_and_nothing_from_outside(tmp_path: Path) -> None:
    root = tree(tmp_path / "repo", "CLAUDE.md", "docs/a.md")
    tree(tmp_path, "outside/b.md")
    (root / "AGENTS.md").symlink_to("CLAUDE.md")
    (root / "docs" / "up").symlink_to("..")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "b.md").symlink_to(tmp_path / "outside" / "b.md")
    assert found(root) == ["CLAUDE.md", "docs/a.md"]


def test_a_linked_worktree_inside_is_a_copy_and_not_searched(tmp_path: Path) -> None:
    tree(tmp_path, "plan.md", "trees/copy/plan.md", "modules/sub/plan.md")
    (tmp_path / "trees" / "copy" / ".git").write_text("gitdir: /somewhere/.git/worktrees/copy\n")
    (tmp_path / "modules" / "sub" / ".git").write_text("gitdir: ../../.git/modules/sub\n")
    assert found(tmp_path) == ["modules/sub/plan.md", "plan.md"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions that count")
def test_a_directory_without_permission_is_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "closed/b.md")
    (tmp_path / "closed").chmod(0)
    try:
        assert found(tmp_path) == ["a.md"]
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_the_root_is_the_git_top_level_above_the_first_path(tmp_path: Path) -> None:
    tree(tmp_path, "repo/specs/1/tasks.md")
    (tmp_path / "repo" / ".git").mkdir()
    assert find_root([tmp_path / "repo" / "specs" / "1" / "tasks.md"], tmp_path) == tmp_path / "repo"
    assert find_root([Path("repo/specs")], tmp_path) == tmp_path / "repo"


def test_without_git_the_root_is_the_working_directory_or_where_the_path_is(tmp_path: Path) -> None:
    tree(tmp_path, "here/plan.md", "there/plan.md")
    assert find_root([Path("plan.md")], tmp_path / "here") == tmp_path / "here"
    assert find_root([tmp_path / "there" / "plan.md"], tmp_path / "here") == tmp_path / "there"
    both = [tmp_path / "there" / "a" / "plan.md", tmp_path / "there" / "b" / "plan.md"]
    assert find_root(both, tmp_path / "here") == tmp_path / "there", "what all of them are in"

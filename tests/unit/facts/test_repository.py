"""The repository: what exists, what is ignored, and when it stays silent."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.facts import file_tree
from planlint.facts import repository as module
from planlint.facts.repository import MemoryRepository, Repository

TREE = {
    ".gitignore": "dist/\n*.log\n!keep.log\n",
    "src/app.ts": "export {}",
    "src/auth/login.ts": "",
    "src/auth/.gitignore": "secret.ts\n",
    "src/auth/secret.ts": "",
    "dist/app.js": "",
    "keep.log": "",
    "run.log": "",
    "docs/": "",
}


@pytest.fixture(params=["disk", "memory"])
def repository(request, tmp_path: Path) -> Repository:
    if request.param == "memory":
        return MemoryRepository({**TREE, ".git/HEAD": ""})
    (tmp_path / ".git").mkdir()
    for path, text in TREE.items():
        target = tmp_path / path
        if path.endswith("/"):
            target.mkdir()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
    return Repository(tmp_path)


def test_files_and_directories_are_told_apart(repository: Repository) -> None:
    assert repository.is_file("src/app.ts")
    assert repository.is_dir("src")
    assert repository.is_dir("./docs/")
    assert not repository.exists("src/missing.ts")


def test_every_spelling_of_a_path_is_the_same_file(repository: Repository) -> None:
    assert repository.is_file("./src/../src//app.ts")
    assert repository.text("src\\app.ts") == "export {}"


@pytest.mark.parametrize("path", ["../outside.ts", "/etc/passwd", "~/notes.md", "C:/x.ts", "a\0b"])
def test_nothing_outside_of_the_root_exists(repository: Repository, path: str) -> None:
    assert not repository.exists(path)
    assert repository.text(path) is None
    assert repository.names(path) == ()


def test_names_mark_directories(repository: Repository) -> None:
    assert repository.names("src") == ("app.ts", "auth/")


def test_a_walk_leaves_out_what_git_ignores(repository: Repository) -> None:
    assert set(repository.files()) == {
        ".gitignore",
        "src/app.ts",
        "src/auth/login.ts",
        "src/auth/.gitignore",
        "keep.log",
    }


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("dist/app.js", True),
        ("dist/new/deep.js", True),
        ("run.log", True),
        ("keep.log", False),
        ("src/auth/secret.ts", True),
        ("secret.ts", False),
        ("src/app.ts", False),
    ],
)
def test_ignore_files_of_every_level_count(repository: Repository, path: str, ignored: bool) -> None:
    assert repository.is_ignored(path) is ignored


@pytest.mark.parametrize(
    ("wrong", "meant"), [("src/login.ts", "src/auth/login.ts"), ("src/ap.ts", "src/app.ts"), ("app.ts", "src/app.ts")]
)
def test_a_wrong_path_suggests_the_right_one(repository: Repository, wrong: str, meant: str) -> None:
    assert repository.close_matches(wrong)[0] == meant


def test_a_path_like_no_other_suggests_nothing(repository: Repository) -> None:
    assert repository.close_matches("lib/zebra.rs") == ()


def test_a_directory_without_git_is_no_known_repository(tmp_path: Path) -> None:
    assert not Repository(tmp_path).known
    assert Repository(tmp_path, explicit=True).known


def test_git_may_be_a_file_as_in_worktrees(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    assert Repository(tmp_path).known


def test_no_repository_answers_everything_with_nothing() -> None:
    nothing = Repository.none()
    assert not nothing.known
    assert not nothing.exists("README.md")
    assert nothing.files() == ()
    assert nothing.close_matches("README.md") == ()
    assert nothing.relative("/x") is None


def test_links_to_directories_are_not_walked(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("a")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    assert Repository(tmp_path, explicit=True).files() == ("real/a.txt", "real/loop")


def test_a_binary_or_large_file_has_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\0")
    (tmp_path / "big.txt").write_text("x" * 100)
    monkeypatch.setattr(file_tree, "MAX_TEXT_BYTES", 50)
    repository = Repository(tmp_path, explicit=True)
    assert repository.text("a.png") is None
    assert repository.text("big.txt") is None
    assert repository.size("big.txt") == 100


def test_a_walk_stops_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILES", 3)
    repository = MemoryRepository({f"f{number}.txt": "" for number in range(10)})
    assert len(repository.files()) == 3
    assert repository.truncated


def test_absolute_paths_become_relative_to_the_root(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    assert repository.relative(f"{tmp_path.as_posix()}/src/a.ts") == "src/a.ts"
    assert repository.relative("/elsewhere/a.ts") is None


@given(
    st.lists(st.sampled_from(["src/a.py", "./src/a.py", "src", "src/gone/a.py", "/etc/passwd", "top.md", "../x", ""]))
)
def test_sizes_of_many_are_those_of_each(paths: list[str]) -> None:
    """Directories that are not there are asked for once, and that is all that differs."""
    repository = MemoryRepository({"src/a.py": "x" * 10, "top.md": "xy"})
    known = {path: size for path in paths if (size := repository.size(path)) is not None}
    assert repository.sizes(paths) == known

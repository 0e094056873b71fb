"""What dialects see of the files around a document."""

from pathlib import Path

import pytest

from planlint.engine.workspace import FileWorkspace
from planlint.source.load import SourceError


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text("secret\n")
    (tmp_path / "repo" / "docs").mkdir(parents=True)
    (tmp_path / "repo" / "docs" / "a.md").write_text("a\n")
    return tmp_path


@pytest.fixture
def workspace(outside: Path) -> FileWorkspace:
    return FileWorkspace(outside / "repo")


@pytest.mark.parametrize("path", ["../secret.md", "docs/../../secret.md", "/etc/hostname", "a\0b"])
def test_a_path_that_leaves_the_root_names_nothing(workspace: FileWorkspace, path: str) -> None:
    assert workspace.text(path) is None
    assert workspace.document(path) is None
    assert not workspace.exists(path)
    assert workspace.names(path) == ()


def test_dots_inside_of_the_root_are_resolved(workspace: FileWorkspace) -> None:
    assert workspace.text("./docs/../docs//a.md") == "a\n"
    assert workspace.exists("docs/../docs")


def test_a_link_to_a_file_outside_is_not_read(workspace: FileWorkspace, outside: Path) -> None:
    (outside / "repo" / "link.md").symlink_to(outside / "secret.md")
    assert workspace.text("link.md") is None
    with pytest.raises(SourceError, match="outside"):
        workspace.source("link.md")


def test_a_circle_of_links_is_no_file_and_no_hang(workspace: FileWorkspace, outside: Path) -> None:
    (outside / "repo" / "x").symlink_to("y")
    (outside / "repo" / "y").symlink_to("x")
    (outside / "repo" / "docs" / "up").symlink_to("..")
    assert workspace.text("x") is None
    assert not workspace.exists("x")
    assert workspace.text("docs/up/docs/up/docs/a.md") == "a\n"


def test_names_are_sorted_and_directories_have_a_slash(workspace: FileWorkspace, outside: Path) -> None:
    (outside / "repo" / "b").write_text("")
    (outside / "repo" / "a").write_text("")
    assert workspace.names("") == ("a", "b", "docs/")
    assert workspace.names("docs") == ("a.md",)
    assert workspace.names("nowhere") == ()


def test_a_text_in_memory_hides_the_file_on_disk(outside: Path) -> None:
    workspace = FileWorkspace(outside / "repo", {"docs/a.md": "edited\n", "new/b.md": "b\n"})
    assert workspace.text("docs/a.md") == "edited\n"
    assert workspace.names("") == ("docs/", "new/")
    assert workspace.exists("new/b.md")


def test_a_file_named_by_the_user_may_lie_outside(workspace: FileWorkspace, outside: Path) -> None:
    shown = workspace.admit(outside / "secret.md")
    assert shown == "../secret.md"
    assert workspace.source(shown).text == "secret\n"
    assert workspace.text("../secret2.md") is None


def test_absolute_paths_are_made_relative_or_refused(workspace: FileWorkspace, outside: Path) -> None:
    assert workspace.relative(str(outside / "repo" / "docs" / "a.md")) == "docs/a.md"
    assert workspace.relative(str(outside / "repository")) is None
    assert workspace.relative(str(outside / "secret.md")) is None


def test_a_document_is_read_once(workspace: FileWorkspace) -> None:
    assert workspace.document("docs/a.md") is workspace.document("./docs/a.md")


def test_a_text_that_is_forgotten_is_read_again_and_one_in_memory_stays(
    workspace: FileWorkspace, outside: Path
) -> None:
    root = workspace.root
    (root / "a.md").write_text("one")
    memory = FileWorkspace(root, {"b.md": "kept"})
    assert memory.source("a.md").text == "one"
    (root / "a.md").write_text("two")
    for path in ("a.md", "b.md", "missing.md"):
        memory.forget(path)
    assert (memory.source("a.md").text, memory.source("b.md").text) == ("two", "kept")

"""The configuration is the nearest one above, and the search stays inside of the project."""

from pathlib import Path

import pytest

from planlint.config.find import find_config


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    return tmp_path


def test_the_nearest_file_above_counts(tree: Path) -> None:
    (tree / "planlint.toml").touch()
    assert find_config(tree / "a" / "b") == tree / "planlint.toml"
    (tree / "a" / "planlint.toml").touch()
    assert find_config(tree / "a" / "b") == tree / "a" / "planlint.toml"


def test_of_two_files_in_one_directory_its_own_counts(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.planlint]\n")
    assert find_config(tree) == tree / "pyproject.toml"
    (tree / "planlint.toml").touch()
    assert find_config(tree) == tree / "planlint.toml"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("[tool.planlint]\n", True),
        ("[tool]\nplanlint.tier = 'core'\n", True),
        ("[tool.planlint\n", True),
        ('[project]\ndependencies = ["delegation-planlint"]\n', False),
        ("planlint [\n", False),
        ("", False),
    ],
)
def test_a_pyproject_counts_only_when_it_configures_planlint(tree: Path, text: str, counts: bool) -> None:
    (tree / "planlint.toml").touch()
    (tree / "a" / "pyproject.toml").write_text(text)
    assert find_config(tree / "a") == (tree / "a" / "pyproject.toml" if counts else tree / "planlint.toml")


def test_the_search_ends_at_the_repository_and_at_the_given_stop(tree: Path) -> None:
    (tree / "planlint.toml").touch()
    assert find_config(tree / "a" / "b", stop=tree / "a") is None
    (tree / "a" / ".git").mkdir()
    assert find_config(tree / "a" / "b") is None

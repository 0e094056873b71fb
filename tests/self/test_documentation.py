"""The documentation is what the code says, its links lead somewhere, and what it shows runs."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from planlint.cli.main import main
from planlint.dialects.registry import ENTRIES, get_dialect
from planlint.testing.documentation.formats import files_pattern
from planlint.testing.documentation.generate import stale
from planlint.testing.documentation.markdown import COMMAND
from planlint.testing.examples import fences

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]

_LINK = re.compile(r"(?<!!)\[(?:[^\][]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The page without fenced blocks and inline code."""
    text = re.sub(
        r"^( *)(`{3,})[^\n]*\n.*?^\1\2$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(page: Path) -> set[str]:
    """The anchors of the page's headings, as GitHub and mkdocs both make them."""
    text = re.sub(
        r"^( *)(`{3,})[^\n]*\n.*?^\1\2$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    words = (re.sub(r"[^\w\s-]", "", heading.lower()).strip() for heading in _HEADING.findall(text))
    return {re.sub(r"\s+", "-", one) for one in words}


def test_everything_generated_is_up_to_date() -> None:
    assert stale(ROOT) == [], f"run {COMMAND}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@pytest.mark.parametrize("name", ENTRIES)
def test_every_format_has_a_page(name: str) -> None:
    assert (ROOT / "docs" / "formats" / f"{name}.md").exists()


def commands_in(page: Path) -> Iterator[str]:
    """The command lines in `sh` blocks of a page."""
    for fence in fences(page.read_text(encoding="utf-8")):
        if fence.info.split()[:1] == ["sh"]:
            yield from (line for line in fence.text.splitlines() if line and not line.startswith("#"))


def calls(line: str) -> Iterator[list[str]]:
    """The arguments of each call of planlint in a command line."""
    for part in re.split(r"&&|\|", line):
        words = shlex.split(part, comments=True)
        if words and words[0].rpartition("/")[2] == "planlint":
            yield words[1:]


CALLS = [(name_of(page), words) for page in PAGES for line in commands_in(page) for words in calls(line)]


@pytest.mark.parametrize(("page", "words"), CALLS, ids=[f"{page}: {' '.join(words)}" for page, words in CALLS])
def test_every_call_of_planlint_that_is_shown_is_one_that_it_accepts(page: str, words: list[str]) -> None:
    if words == ["--version"]:
        return
    group: click.Command = main
    # With its settings: a command keeps the help option that it first made.
    context = click.Context(main, info_name="planlint", **main.context_settings)
    rest = words
    while isinstance(group, click.Group):
        name, found, rest = group.resolve_command(context, rest)
        assert found is not None, f"{page} calls {words}"
        group = found
        context = click.Context(group, info_name=name, parent=context)
    group.make_context(words[0], rest, parent=context.parent)


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return ["".join(line.removeprefix(indent) for line in body.splitlines(keepends=True)) for indent, body in found]


PYTHON = [(page, code) for page in ("README.md", "docs/library.md") for code in blocks(page, "python")]


@pytest.mark.parametrize(("page", "code"), PYTHON, ids=[f"{page}-{at}" for at, (page, _) in enumerate(PYTHON)])
def test_the_python_that_is_shown_runs(page: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(compile(code, page, "exec"), names)
    assert "planlint" in names


def test_the_script_of_the_ci_runs_the_commands_of_the_readme_and_the_linters() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    shown = list(commands_in(ROOT / "README.md"))
    assert len(shown) == 2
    assert [line for line in lines if line in shown] == shown
    assert lines[-1] == shown[1], "it ends with the summary of the tests"
    for linter in ("ruff check .", "ruff format --check .", "mypy"):
        assert f".venv/bin/{linter}" in lines
    assert list(commands_in(ROOT / "CONTRIBUTING.md")) == [shown[1]]


def samples(pattern: str) -> set[str]:
    """Paths that `pattern` stands for."""
    filled = re.sub(r"\[[^]]*\]", "7", pattern)
    return {filled.replace("**/", deep).replace("**", "x/y").replace("*", "x") for deep in ("", "a/", "a/b/")}


def test_the_hook_gets_every_usual_plan_file_and_no_source_file() -> None:
    pattern = re.compile(files_pattern())
    for name in ENTRIES:
        dialect = get_dialect(name)
        for one in dialect.files:
            if dialect.explicit_only or re.fullmatch(r"(\*\*/)?\*\.\w+", one):
                continue  # read only when named, or every file of a language
            assert all(pattern.search(path) for path in samples(one)), f"{name}: {one}"
    for path in ("src/app.py", "package.json", "docs/guide.md", "README.md", "plan.yaml.orig", "src/myplan.yaml"):
        assert not pattern.search(path), path

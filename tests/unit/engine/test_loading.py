"""Recognition and loading with toy dialects: what the engine does is independent of any real format."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Problem
from planlint.dialects import registry as dialects
from planlint.dialects.base import Dialect, Loaded, Match, Workspace
from planlint.engine import recognition, run
from planlint.engine.registry import RuleRegistry
from planlint.engine.report import Report
from planlint.facts.repository import Repository
from planlint.model import Capability, Plan, Task
from planlint.readers.document import Document
from planlint.readers.tree import Mapping

Check = Callable[..., Report]


class Toy(Dialect):
    """Documents with a key `<name>`, whose value is the score; `tasks` lists ids; `with` names further members."""

    title = "A toy"
    version = "1"
    syntaxes = ("yaml",)
    capabilities = frozenset({Capability.TASKS})
    files = ("**/toy.yaml",)
    loaded: list[tuple[str, ...]]

    def __init__(self, name: str) -> None:
        self.name = name  # type: ignore[misc]
        self.loaded = []

    def might_be(self, path: str, text: str) -> bool:
        return self.name in text or "broken" in text

    def recognise(self, document: Document, workspace: Workspace) -> Match | None:
        root = document.root
        if not isinstance(root, Mapping) or self.name not in root:
            return None
        score = root.values[self.name].plain
        if score == "crash":
            raise RuntimeError("boom")
        return Match(int(str(score)), "says so")

    def members(self, document: Document, workspace: Workspace) -> tuple[str, ...]:
        root = document.root
        assert isinstance(root, Mapping)
        more = root.values["with"].plain if "with" in root else []
        assert isinstance(more, list)
        return tuple(sorted({document.path, *map(str, more)}))

    def load(self, documents: Sequence[Document], workspace: Workspace) -> Loaded:
        self.loaded.append(tuple(document.path for document in documents))
        loaded = Loaded()
        tasks: list[Task] = []
        for document in documents:
            root = document.root
            if isinstance(root, Mapping) and "load" in root:
                raise ValueError("cannot load")
            names = root.values["tasks"].plain if isinstance(root, Mapping) and "tasks" in root else []
            assert isinstance(names, list)
            origin = document.source.origin(0, len(document.source.text))
            tasks += [Task(id=str(name), index=len(tasks) + at, origin=origin) for at, name in enumerate(names)]
            if isinstance(root, Mapping) and "odd" in root:
                loaded.problems.append(Problem("PL003", "odd", root.keys["odd"].origin))
        origin = documents[0].source.origin(0, len(documents[0].source.text))
        loaded.plans.append(
            Plan(
                path=documents[0].path,
                dialect=self.name,
                origin=origin,
                tasks=tuple(tasks),
                capabilities=self.capabilities,
                incomplete=any(document.broken for document in documents),
            )
        )
        return loaded


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> dict[str, Toy]:
    found = {name: Toy(name) for name in ("alpha", "beta", "gamma")}
    monkeypatch.setattr(
        recognition, "dialect_names", lambda syntax=None: tuple(found) if syntax in (None, "yaml") else ()
    )
    monkeypatch.setattr(recognition, "get_dialect", found.__getitem__)
    monkeypatch.setattr(dialects, "ENTRIES", {name: dialects.Entry("x:X", ("yaml",)) for name in found})
    return found


@pytest.fixture
def check(tmp_path: Path, toys: dict[str, Toy], monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.chdir(tmp_path)

    def check(*paths: str, files: dict[str, str], **choices: object) -> Report:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        config = RunConfig(root=tmp_path, **choices)  # type: ignore[arg-type]
        return run.check(paths or (".",), config, RuleRegistry([]), Repository.none())

    return check


def found(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.path) for finding in report.diagnostics]


def test_the_surest_dialect_reads_the_plan(check: Check, toys: dict[str, Toy]) -> None:
    report = check(files={"a.yaml": "alpha: 40\nbeta: 60\ntasks: [x]\n"})
    assert [(plan.dialect, plan.tasks) for plan in report.plans] == [("beta", 1)]
    assert report.exit_code() == 0


def test_asking_stops_at_a_certain_dialect(check: Check, toys: dict[str, Toy]) -> None:
    report = check(files={"a.yaml": "alpha: 95\nbeta: crash\ntasks: [x]\n"})
    assert [plan.dialect for plan in report.plans] == ["alpha"]
    assert not report.internal_error


def test_a_tie_is_an_error_for_a_named_file_and_silence_in_a_search(check: Check) -> None:
    files = {"a.yaml": "alpha: 60\nbeta: 60\ntasks: [x]\n"}
    named = check("a.yaml", files=files)
    assert found(named) == [("PL005", "a.yaml")]
    assert "alpha or beta" in named.diagnostics[0].message
    assert named.diagnostics[0].help == "say which: --dialect alpha or --dialect beta"
    assert named.exit_code("never") == 2
    searched = check(files=files)
    assert found(searched) == []
    assert searched.empty_directories == (".",)
    assert searched.exit_code() == 0


def test_a_file_that_nobody_recognises_is_an_error_only_when_named(check: Check) -> None:
    files = {"a.yaml": "alpha: 29\n", "b.yaml": "other: 1\n"}
    assert found(check(files=files)) == []
    report = check("a.yaml", "b.yaml", files=files)
    assert found(report) == [("PL005", "a.yaml"), ("PL005", "b.yaml")]
    assert report.unreadable == tuple(f"{name} is no plan in any format that planlint knows" for name in files)


def test_the_user_decides_by_hand(check: Check) -> None:
    report = check("a.yaml", files={"a.yaml": "tasks: [x, y]\n"}, dialect="gamma")
    assert [(plan.dialect, plan.tasks) for plan in report.plans] == [("gamma", 2)]


def test_an_unknown_dialect_is_refused_with_the_closest_name(check: Check) -> None:
    with pytest.raises(ConfigurationError, match="unknown dialect 'gama'; did you mean 'gamma'"):
        check(files={}, dialect="gama")


def test_a_plan_of_several_files_is_loaded_once_whichever_is_met_first(check: Check, toys: dict[str, Toy]) -> None:
    files = {
        "a.yaml": "alpha: 60\nwith: [b.yaml, c.yaml]\ntasks: [x]\n",
        "b.yaml": "alpha: 60\nwith: [a.yaml, c.yaml]\ntasks: [y]\n",
        "c.yaml": "tasks: [z]\n",
    }
    for paths in ((".",), ("b.yaml",), ("c.yaml", "b.yaml", "a.yaml"), ("c.yaml", ".")):
        toys["alpha"].loaded.clear()
        report = check(*paths, files=files)
        assert toys["alpha"].loaded == [("a.yaml", "b.yaml", "c.yaml")], paths
        assert found(report) == [], paths
        assert report.summary.files == 3


def test_a_broken_member_is_reported_once_and_makes_the_plan_incomplete(check: Check) -> None:
    files = {"a.yaml": "alpha: 60\nwith: [b.yaml]\ntasks: [x]\n", "b.yaml": "alpha: [60\n"}
    report = check(files=files)
    assert [code for code, path in found(report) if path == "b.yaml"] == ["PL002"]
    assert [plan.path for plan in report.plans] == ["a.yaml"]


def test_a_broken_file_that_is_named_is_reported_for_what_is_broken(check: Check) -> None:
    report = check("x.yaml", files={"x.yaml": "a: [1\nalpha: 2\n"})
    assert {code for code, _ in found(report)} == {"PL002"}


def test_a_broken_file_in_a_search_counts_only_under_a_usual_name(check: Check) -> None:
    report = check(files={"deep/toy.yaml": "broken: [1\n", "deep/values.yaml": "broken: [1\n"})
    assert {path for _, path in found(report)} == {"deep/toy.yaml"}


def test_what_a_dialect_complains_about_stands_where_it_is(check: Check) -> None:
    report = check(files={"a.yaml": "alpha: 60\nodd: 1\ntasks: [x]\n"})
    assert [(finding.code, finding.origin.begin.line) for finding in report.diagnostics] == [("PL003", 2)]
    assert report.exit_code() == 1


def test_a_plan_without_tasks_is_said_to_be_empty(check: Check) -> None:
    assert found(check(files={"a.yaml": "alpha: 60\n"})) == [("PL007", "a.yaml")]


def test_a_dialect_that_fails_spoils_only_its_own_file(check: Check) -> None:
    files = {"a.yaml": "alpha: 60\nload: 1\n", "b.yaml": "beta: crash\n", "c.yaml": "gamma: 60\ntasks: [x]\n"}
    report = check(files=files)
    assert found(report) == [("PL009", "a.yaml"), ("PL009", "b.yaml")]
    assert [plan.path for plan in report.plans] == ["c.yaml"]
    assert report.internal_error
    assert report.exit_code("never") == 2
    assert "ValueError" in report.diagnostics[0].message
    assert "cannot load" in (report.diagnostics[0].help or "")


def test_a_file_on_which_a_dialect_failed_is_not_called_unknown_as_well(check: Check) -> None:
    assert found(check("b.yaml", files={"b.yaml": "beta: crash\n"})) == [("PL009", "b.yaml")]


def test_a_missing_file_is_an_error_and_the_others_are_still_read(check: Check) -> None:
    report = check("nope.yaml", "a.yaml", files={"a.yaml": "alpha: 60\ntasks: [x]\n"})
    assert found(report) == [("PL001", "nope.yaml")]
    assert len(report.plans) == 1
    assert report.exit_code() == 2


def test_explicit_only_dialects_are_never_found_by_searching(check: Check, toys: dict[str, Toy]) -> None:
    toys["alpha"].explicit_only = True  # type: ignore[misc]
    files = {"a.yaml": "alpha: 60\ntasks: [x]\n"}
    assert check(files=files).plans == ()
    assert len(check("a.yaml", files=files).plans) == 1


def test_standard_input_goes_by_the_name_it_is_given(check: Check) -> None:
    report = check("-", files={}, stdin="alpha: 60\nodd: 1\ntasks: [x]\n", stdin_filename="specs/new.yaml")
    assert found(report) == [("PL003", "specs/new.yaml")]
    report = check("-", files={}, stdin="alpha: 60\nodd: 1\ntasks: [x]\n")
    assert found(report) == [("PL003", "-")]

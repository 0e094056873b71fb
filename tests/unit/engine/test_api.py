"""The library: what `import planlint` offers to programs."""

import gc
from pathlib import Path

import pytest

import planlint
from planlint.config.run import ConfigurationError

PLAN = """\
plan: two
tasks:
  - {id: a, title: First, modifies: [src/x.py]}
  - {id: b, title: Second, modifies: [src/x.py]}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN)
    return path


def test_a_plan_is_loaded_typed(plan: Path) -> None:
    loaded = planlint.load(plan)
    assert isinstance(loaded, planlint.Plan)
    assert [task.id for task in loaded.tasks] == ["a", "b"]
    assert loaded.path == "plan.yaml"


def test_loading_nothing_or_several_says_so(plan: Path) -> None:
    (plan.parent / "other.yaml").write_text(PLAN)
    (plan.parent / "empty").mkdir()
    with pytest.raises(ValueError, match="holds 2 plans"):
        planlint.load(plan.parent)
    with pytest.raises(ValueError, match="holds no plan"):
        planlint.load(plan.parent / "empty")
    with pytest.raises(ValueError, match="does not exist"):
        planlint.load(plan.parent / "missing.yaml")
    assert len(planlint.load_all([plan, plan.parent / "other.yaml"])) == 2


def test_a_check_gives_a_report(plan: Path) -> None:
    report = planlint.check([plan], select=["shared-write"])
    assert isinstance(report, planlint.Report)
    assert [finding.code for finding in report.diagnostics] == ["PL101"]
    assert report.summary.files == 1
    assert planlint.check(str(plan), select=["PL101"], ignore=["shared-write"]).diagnostics == ()


def test_wrong_choices_raise(plan: Path) -> None:
    with pytest.raises(ConfigurationError, match="unknown rule"):
        planlint.check([plan], select=["no-such-rule"])
    with pytest.raises(ValueError, match="'loud'"):
        planlint.check([plan], tier="loud")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(plan: Path, enabled: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        planlint.check([plan])
        with pytest.raises(ValueError, match="does not exist"):
            planlint.load(plan.parent / "missing.yaml")
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_overlap_gives_a_common_path_or_none() -> None:
    witness = planlint.overlap("src/**/*.py", "src/api/*.py")
    assert witness is not None
    assert witness.startswith("src/api/")
    assert planlint.overlap("src/*.py", "src/*.ts") is None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        planlint.nothing  # type: ignore[attr-defined]  # noqa: B018 - reading the attribute is the test

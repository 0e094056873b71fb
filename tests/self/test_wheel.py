"""What reaches site-packages is the two packages, typed, and nothing else."""

import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    directory = tmp_path_factory.mktemp("wheel")
    built = next(wheel.WheelBuilder(str(ROOT)).build(directory=str(directory), versions=["standard"]))
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_the_wheel_holds_only_the_two_packages_and_their_metadata(names: list[str]) -> None:
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"planlint", "planlint_rules"}


def test_both_packages_are_marked_as_typed(names: list[str]) -> None:
    assert {"planlint/py.typed", "planlint_rules/py.typed"} <= set(names)


def test_every_module_of_the_sources_is_in_the_wheel(names: list[str]) -> None:
    sources = {
        path.relative_to(top).as_posix() for top in (ROOT / "linter", ROOT / "rules") for path in top.rglob("*.py")
    }
    assert sources <= set(names)

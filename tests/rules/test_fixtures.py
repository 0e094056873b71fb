"""Every fixture gives exactly the findings that its comments want."""

from pathlib import Path

import pytest

from planlint.testing.fixtures import failures, find_fixtures, read_fixture, run_fixture

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("path", find_fixtures(FIXTURES), ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_a_fixture_gives_exactly_the_findings_it_wants(path: Path) -> None:
    fixture = read_fixture(path)
    wrong = failures(fixture, run_fixture(fixture))
    assert not wrong, "\n" + "\n".join([str(path.relative_to(FIXTURES)), *wrong])

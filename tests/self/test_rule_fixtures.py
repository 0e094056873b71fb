"""Every rule is shown at work: a plan that it must report, and a near miss on which it must stay silent.

That the examples of its documentation are run is `tests/rules/test_examples.py`; that fixtures give just what they want
is `tests/rules/test_fixtures.py`.
"""

from pathlib import Path

import pytest

from planlint.rulekit.pack import RuleEntry
from planlint.testing.fixtures import find_fixtures, read_fixture
from planlint_rules.catalogue import RULES

FIXTURES = Path(__file__).parents[2] / "fixtures" / "rules"

NO_PLAN_SHOWS_IT = frozenset({"PL009"})
"""A crash of planlint itself: no plan may cause one, and unit tests with a rule that crashes show the finding."""


def directory_of(entry: RuleEntry) -> str:
    return f"{entry.code}-{entry.name}"


SHOWN = [entry for entry in RULES if entry.code not in NO_PLAN_SHOWS_IT]


@pytest.mark.parametrize("entry", SHOWN, ids=lambda entry: entry.code)
def test_a_rule_has_a_plan_that_it_reports_and_a_near_miss(entry: RuleEntry) -> None:
    directory = FIXTURES / directory_of(entry)
    found = find_fixtures(directory) if directory.is_dir() else []
    reported = [path for path in found if any(want.code == entry.code for want in read_fixture(path).wants)]
    assert reported, f"no fixture in {directory.name} wants {entry.code}"
    assert len(reported) < len(found), f"no fixture in {directory.name} must stay silent"


def test_every_directory_of_rule_fixtures_is_named_after_its_rule() -> None:
    assert {path.name for path in FIXTURES.iterdir()} == {directory_of(entry) for entry in SHOWN}

"""Every fix that any fixture is offered does what it says and no harm."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from planlint.engine.fixer import apply
from planlint.testing.fixtures import find_fixtures, read_fixture, run_fixture

FIXTURES = Path(__file__).parents[2] / "fixtures"


def fingerprints(report) -> Counter[str]:
    return Counter(finding.fingerprint for finding in report.active)


@pytest.mark.parametrize("path", find_fixtures(FIXTURES), ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_each_offered_fix_removes_its_finding_and_causes_no_other(path: Path) -> None:
    fixture = read_fixture(path)
    report = run_fixture(fixture)
    before = fingerprints(report)
    for finding in report.active:
        for fix in finding.fixes:
            texts = {}
            for source in {id(edit.origin.source): edit.origin.source for edit in fix.edits}.values():
                edits = [edit for edit in fix.edits if edit.origin.source is source]
                texts[source.path] = apply(source, edits)
            after = run_fixture(fixture, texts)
            what = f"{finding.code} {finding.message!r}: {fix.title}"
            assert fingerprints(after)[finding.fingerprint] < before[finding.fingerprint], f"{what} did not help"
            new = [item for item in after.active if item.fingerprint not in before]
            assert not new, f"{what} caused {new[0].code} {new[0].message}"


def test_the_fixtures_offer_fixes_of_both_kinds() -> None:
    offered = {
        fix.applicability.value
        for path in find_fixtures(FIXTURES / "rules")
        for finding in run_fixture(read_fixture(path)).active
        for fix in finding.fixes
    }
    assert offered == {"safe", "unsafe"}

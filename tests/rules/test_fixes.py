"""Every fix that any fixture is offered does what it says and no harm."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from planlint.diagnostics import Diagnostic
from planlint.engine.fixer import apply
from planlint.readers.registry import SYNTAX_OF_SUFFIX
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
            new = [item for item in after.active if item.fingerprint not in before and not was_left(item, finding)]
            assert not new, f"{what} caused {new[0].code} {new[0].message}"


LEFT_TO = {"PL101": "PL112"}
"""Rule to the one that leaves a file to it: what that has to say of the file shows once the finding is gone."""


def was_left(item: Diagnostic, fixed: Diagnostic) -> bool:
    """Whether `item` is about nothing but files of which `fixed` spoke for both rules."""
    return LEFT_TO.get(fixed.code) == item.code and {*item.subjects.paths} <= {*fixed.subjects.paths}


EDITABLE = {
    "ccpm/bad": {"PL101", "PL304"},
    "gsd/fixable": {"PL101", "PL309"},
    "invented/streams": {"PL101", "PL309"},
    "kiro/bad/depends.md": {"PL304"},
    "kiro/bad/parallel-marks.md": {"PL101"},
    "rules/PL101-shared-write/bad-hubs.json": {"PL101"},
    "rules/PL101-shared-write/bad-writers.yaml": {"PL101"},
    "rules/PL108-path-alias/bad-spellings.yaml": {"PL108"},
    "rules/PL104-shared-hub/bad-joined-late.yaml": {"PL101"},
    "rules/PL309-redundant-dependency/bad-lists.yaml": {"PL309"},
    "spec_kit/dependencies.md": {"PL305"},
    "spec_kit/shared_test_file.md": {"PL101"},
    "spec-kitty/bad": {"PL304"},
    "superpowers/bad/marked.md": {"PL101"},
    "taskmaster/bad-redundant.json": {"PL309"},
}
"""Fixture to the rules that offer fixes in it: each kind of remedy, in each format that can be edited."""


@pytest.mark.parametrize("name", EDITABLE)
def test_each_format_that_can_be_edited_offers_its_fixes(name: str) -> None:
    report = run_fixture(read_fixture(FIXTURES / name))
    assert {finding.code for finding in report.active if finding.fixes} >= EDITABLE[name]


@pytest.mark.parametrize("name", EDITABLE)
def test_fixes_keep_windows_line_ends_and_differ_in_nothing_else(name: str, tmp_path: Path) -> None:
    """Every fix of the same plan with CRLF gives the same text with CRLF, byte for byte."""
    path = FIXTURES / name
    copy = tmp_path / path.name
    if path.is_dir():
        shutil.copytree(path, copy)
    else:
        for file in (path, path.with_name(f"{path.name}.want")):
            if file.exists():
                shutil.copyfile(file, tmp_path / file.name)
    for file in (copy, *copy.rglob("*")):
        if file.is_file() and file.suffix in SYNTAX_OF_SUFFIX:
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    unix, windows = fixed_texts(path), fixed_texts(copy)
    assert unix
    assert windows == {
        key: {file: text.replace("\n", "\r\n") for file, text in texts.items()} for key, texts in unix.items()
    }


def fixed_texts(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """For each fix, by code and title, the texts of the files it changes."""
    return {
        (finding.code, fix.title): {
            source.path: apply(source, [edit for edit in fix.edits if edit.origin.source is source])
            for source in {id(edit.origin.source): edit.origin.source for edit in fix.edits}.values()
        }
        for finding in run_fixture(read_fixture(path)).active
        for fix in finding.fixes
    }

"""Fixes are applied until nothing is left to apply, proven by reading again, and written without losing anything."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from planlint.config.run import RunConfig
from planlint.diagnostics import Applicability, Diagnostic, Edit, Fix, Severity, Tier
from planlint.engine import fixer
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.source import Source

PLAN = """plan: x   # name
tasks:
  - id: a
    creates: [./one.ts]
  - id: b
    reads: ['one.ts']   # b
"""


def finding(source: Source, start: int, end: int, text: str, code: str = "PL999", **more) -> Diagnostic:
    fix = Fix(
        f"write {text!r}", more.pop("applicability", Applicability.SAFE), (Edit(source.origin(start, end), text),)
    )
    origin = source.origin(start, end)
    return Diagnostic(code=code, name="x", severity=Severity.ERROR, message="m", origin=origin, fixes=(fix,), **more)


def test_fixes_that_touch_wait_for_the_next_round():
    source = Source("p", "abcdef")
    one, two, three = finding(source, 0, 2, "X"), finding(source, 1, 3, "Y"), finding(source, 4, 5, "Z")
    chosen = fixer.choose([one, two, three], unsafe=False)
    assert [item for item, _ in chosen] == [one, three]
    assert fixer.apply(source, [edit for _, fix in chosen for edit in fix.edits]) == "XcdZf"


def test_unsafe_fixes_are_left_out_unless_asked_for():
    source = Source("p", "abc")
    unsafe = finding(source, 0, 1, "X", applicability=Applicability.UNSAFE)
    assert fixer.choose([unsafe], unsafe=False) == []
    assert len(fixer.choose([unsafe], unsafe=True)) == 1


def test_a_fix_that_breaks_its_file_is_taken_back_and_the_others_stay():
    source = Source("p", "good bad")
    good, bad = finding(source, 0, 4, "GOOD", "PL998"), finding(source, 5, 8, "BROKEN", "PL999")

    def check_again(texts):
        text = texts.get("p", source.text)
        now = Source("p", text)
        if "BROKEN" in text:
            problem = Diagnostic(
                code="PL002", name="x", severity=Severity.ERROR, message="broken", origin=now.origin(0, 1)
            )
            return Report(diagnostics=(problem,))
        left = [] if "GOOD" in text else [finding(now, 0, 4, "GOOD", "PL998")]
        return Report(diagnostics=(*left, finding(now, 5, 8, "BROKEN", "PL999")))

    fixed = fixer.fix(check_again)
    assert fixed.texts == {"p": "GOOD bad"}
    assert [item.code for item in fixed.applied] == ["PL998"]
    assert good.fingerprint != bad.fingerprint


def test_a_fix_that_only_trades_its_finding_for_another_one_is_taken_back():
    def check_again(texts):
        now = Source("p", texts.get("p", "old text"))
        code = "PL198" if "old" in now.text else "PL197"
        return Report(diagnostics=(finding(now, 0, 3, "new", code),))

    assert fixer.fix(check_again).texts == {}


def test_a_fix_that_does_not_help_ends_instead_of_going_on_forever():
    source = Source("p", "x")
    fixed = fixer.fix(lambda texts: Report(diagnostics=(finding(Source("p", texts.get("p", "x")), 0, 0, "y"),)))
    assert fixed.texts == {}
    assert source.text == "x"


def fix_files(folder: Path, *, unsafe: bool = False, tier: Tier = Tier.CORE) -> fixer.Fixed:
    config = RunConfig(root=folder, tier=tier)
    return fixer.fix(lambda texts: check([str(folder)], config, texts=texts), unsafe=unsafe)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_writing_changes_only_the_edited_characters(tmp_path, encoding, newline):
    place = tmp_path / "plan.yaml"
    place.write_bytes(PLAN.replace("\n", newline).encode(encoding))
    place.chmod(0o640)
    fixed = fix_files(tmp_path)
    assert fixer.write(tmp_path, fixed) == []
    expected = PLAN.replace("[./one.ts]", "[one.ts]").replace("\n", newline)
    assert place.read_bytes() == expected.encode(encoding)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["plan.yaml"]


def test_unsafe_fixes_reach_a_plan_without_findings(tmp_path):
    place = tmp_path / "plan.yaml"
    place.write_text(PLAN, encoding="utf-8")
    fixed = fix_files(tmp_path, unsafe=True)
    assert fixer.write(tmp_path, fixed) == []
    assert not fixed.report.active
    assert "depends_on: [a]" in place.read_text(encoding="utf-8")


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path):
    place = tmp_path / "plan.yaml"
    place.write_text(PLAN, encoding="utf-8")
    fixed = fix_files(tmp_path)
    place.write_text("tasks: []\n", encoding="utf-8")
    (complaint,) = fixer.write(tmp_path, fixed)
    assert "changed meanwhile" in complaint
    assert place.read_text(encoding="utf-8") == "tasks: []\n"


def test_a_file_that_is_gone_is_a_complaint_and_not_made_again(tmp_path):
    place = tmp_path / "plan.yaml"
    place.write_text(PLAN, encoding="utf-8")
    fixed = fix_files(tmp_path)
    place.unlink()
    assert len(fixer.write(tmp_path, fixed)) == 1
    assert not place.exists()


def test_the_difference_shows_what_would_be_written(tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    shown = fixer.difference(fix_files(tmp_path))
    assert "-    creates: [./one.ts]\n+    creates: [one.ts]\n" in shown

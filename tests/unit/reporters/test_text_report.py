"""The report for people: excerpts, labels, help and the closing lines."""

import re

import pytest

from planlint.diagnostics import Applicability, Diagnostic, Fix, Related, Severity, Suppression
from planlint.engine.report import CheckedPlan, Report, Skipped
from planlint.reporters.context import RenderContext
from planlint.reporters.text import render
from planlint.source import Origin, Source

PLAN = Source(
    "plan.yaml",
    """\
tasks:
  - id: form
    modifies: [src/index.ts]
  - id: panel
    modifies: [src/index.ts]
""",
)


def at(source: Source, text: str, number: int = 0) -> Origin:
    start = -1
    for _ in range(number + 1):
        start = source.text.index(text, start + 1)
    return source.origin(start, start + len(text))


def finding(origin: Origin, message: str = "it is wrong", **more: object) -> Diagnostic:
    return Diagnostic("PL101", "shared-write", Severity.ERROR, message, origin, **more)  # type: ignore[arg-type]


def shown(*diagnostics: Diagnostic, width: int = 80, **more: object) -> str:
    plans = (CheckedPlan("plan.yaml", "planlint", 2),)
    return render(Report(diagnostics, plans=plans), RenderContext(width=width, quiet=True, **more))  # type: ignore[arg-type]


def test_a_finding_is_shown_with_its_places_in_the_source() -> None:
    text = shown(
        finding(
            at(PLAN, "src/index.ts"),
            why="nothing orders them",
            help="let one task own it",
            related=(Related(at(PLAN, "src/index.ts", 1), "panel modifies it"),),
        )
    )
    assert (
        text
        == """\
error[PL101] shared-write: it is wrong
 --> plan.yaml:3:16
  |
3 |     modifies: [src/index.ts]
  |                ^^^^^^^^^^^^
4 |   - id: panel
5 |     modifies: [src/index.ts]
  |                ------------ panel modifies it
  = why: nothing orders them
  = help: let one task own it
"""
    )


def test_lines_far_apart_are_cut_and_other_files_follow() -> None:
    far = Source("far.md", "a\n" + "\n" * 97 + "here\nthere\n")
    text = shown(finding(at(far, "a"), related=(Related(at(far, "here"), "x"), Related(at(PLAN, "form"), "y"))))
    assert (
        text
        == """\
error[PL101] shared-write: it is wrong
  --> far.md:1:1
   |
 1 | a
   | ^
...
99 | here
   | ---- x
  ::: plan.yaml:2:9
   |
 2 |   - id: form
   |         ---- y
"""
    )


def test_of_more_than_six_places_five_are_shown_and_the_rest_counted() -> None:
    source = Source("p.yaml", "".join(f"line{number:02}\n" for number in range(20)))
    related = tuple(Related(at(source, f"line{number:02}"), f"r{number}") for number in range(1, 13))
    text = shown(finding(at(source, "line00"), related=related))
    assert re.findall(r"r\d+", text) == ["r1", "r2", "r3", "r4", "r5"]
    assert "= note: and 7 more places" in text
    assert "more" not in shown(finding(at(source, "line00"), related=related[:6]))


def test_a_place_of_several_lines_is_underlined_on_its_first() -> None:
    text = shown(finding(at(PLAN, "id: form\n    modifies: [src")))
    assert "  |     ^^^^^^^^\n" in text


def test_two_labels_on_one_place_share_an_underline() -> None:
    origin = at(PLAN, "form")
    assert "^^^^ form creates it" in shown(finding(origin, related=(Related(origin, "form creates it"),)))


@pytest.mark.parametrize("offset", [0, 1, 29, 30, 31, 500, 99_990, 99_994])
@pytest.mark.parametrize("letter", ["x", "中", "\t"])
def test_a_long_line_is_cropped_around_the_place_and_the_underline_stays_under_it(offset: int, letter: str) -> None:
    line = letter * offset + "TARGET" + letter * (99_994 - offset)
    text = shown(finding(at(Source("long.yaml", line + "\n"), "TARGET")), width=60)
    source, underline = text.split("\n")[3:5]
    assert "TARGET" in source
    before = source.partition("TARGET")[0]
    columns = sum(2 if character == "中" else 1 for character in before)
    assert underline == "  |" + " " * (columns - 3) + "^^^^^^"
    assert sum(2 if character == "中" else 1 for character in source) <= 60


def test_wide_characters_and_tabs_before_a_place_move_its_underline() -> None:
    source = Source("p.yaml", "\t中: here\n")
    assert "1 |     中: here\n  |         ^^^^\n" in shown(finding(at(source, "here")))


def test_control_characters_of_a_plan_never_reach_the_terminal() -> None:
    source = Source("p\x1b[2J.yaml", "id: \x1b[31m\u202ex\n")
    text = shown(finding(source.origin(0, 2), "bad \x1b[2J\u202e", why="w\x07", help="h\x1b", related=()))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_file_without_text_is_only_named() -> None:
    text = shown(finding(Source("missing.yaml", "").origin(0, 0)))
    assert text == "error[PL101] shared-write: it is wrong\n --> missing.yaml\n"


def test_a_place_at_the_very_end_can_be_shown() -> None:
    source = Source("p.yaml", "a: [1\n")
    assert " --> p.yaml:2:1\n  |\n2 |\n  | ^\n" in shown(finding(source.origin(6, 6)))


def test_a_fix_says_which_option_applies_it() -> None:
    safe = Fix("remove it", Applicability.SAFE, ())
    unsafe = Fix("remove it", Applicability.UNSAFE, ())
    assert "= fix: remove it (--fix)\n" in shown(finding(at(PLAN, "form"), fixes=(safe,)))
    assert "= fix: remove it (--fix --unsafe-fixes)\n" in shown(finding(at(PLAN, "form"), fixes=(unsafe,)))


def test_colours_change_nothing_but_colours() -> None:
    one = finding(at(PLAN, "form"), why="why it is", related=(Related(at(PLAN, "panel"), "p"),))
    colored = shown(one, color=True)
    assert "\x1b[1;31merror[PL101]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == shown(one)


def closing(report: Report, **more: object) -> str:
    return render(report, RenderContext(**more)).splitlines()[-1]  # type: ignore[arg-type]


def test_the_closing_line_says_what_was_found_hidden_and_skipped() -> None:
    plans = (CheckedPlan("a", "planlint", 12), CheckedPlan("b", "planlint", 1))
    hidden = finding(at(PLAN, "form")).with_suppression(Suppression("inline"))
    known = finding(at(PLAN, "form")).with_suppression(Suppression("baseline"))
    skipped = (Skipped("PL201", "a", "r"), Skipped("PL201", "b", "r"), Skipped("PL202", "b", "r"))
    assert closing(Report(plans=plans[:1])) == "All checks passed: 1 plan, 12 tasks."
    assert closing(Report((finding(at(PLAN, "form")), hidden, known), skipped, plans)) == (
        "Found 1 error in 2 plans (1 suppressed, 1 in the baseline, 2 rules skipped: --show-skipped)."
    )
    assert closing(Report(plans=plans, skipped=skipped), show_skipped=True).endswith("(2 rules skipped).")
    assert closing(Report()) == "Nothing to check: no plan found."


def test_skipped_rules_and_statistics_are_listed_when_asked_for() -> None:
    report = Report((finding(at(PLAN, "form")),) * 2, (Skipped("PL201", "a", "cannot say it"),))
    text = render(report, RenderContext(show_skipped=True, statistics=True))
    assert "a: skipped PL201: cannot say it\n" in text
    assert "2  PL101  shared-write\n" in text


def test_a_directory_without_plans_is_noted() -> None:
    assert "note: no plan found in docs\n" in render(Report(empty_directories=("docs",)), RenderContext())


def test_quiet_prints_findings_only() -> None:
    assert render(Report(), RenderContext(quiet=True)) == ""
    assert "Found" not in shown(finding(at(PLAN, "form")))

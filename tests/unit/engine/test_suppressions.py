"""What a suppression hides, what it does not, and what is said about it."""

from datetime import date
from pathlib import Path

import pytest

import planlint
from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Applicability, Diagnostic, Fix
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.facts.repository import Repository

HEAD = "plan: settings\nisolation: shared\ntasks:\n"
FORM = "  - id: form\n    title: Settings form\n    creates: [src/form.ts]\n    modifies: [src/index.ts]{after}\n"
PANEL = "  - id: panel\n    title: Settings panel\n    creates: [src/panel.ts]\n    modifies: [src/index.ts]{after}\n"
TODAY = date(2026, 6, 15)


def run(directory: Path, text: str, name: str = "plan.yaml", **choices: object) -> Report:
    path = directory / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, newline="")
    choices = {"root": directory, "today": TODAY, **choices}
    return check((str(path),), RunConfig(**choices), repository=Repository.none())  # type: ignore[arg-type]


def plan(form: str = "", panel: str = "", head: str = "") -> str:
    return head + HEAD + FORM.format(after=form) + PANEL.format(after=panel)


def found(report: Report, code: str) -> list[Diagnostic]:
    return [finding for finding in report.active if finding.code == code]


def hidden(report: Report) -> list[tuple[str, str, str | None]]:
    return [
        (finding.code, finding.suppressed.kind, finding.suppressed.reason)
        for finding in report.diagnostics
        if finding.suppressed is not None
    ]


def hygiene(report: Report) -> list[str]:
    return [finding.message for finding in report.active if finding.code.startswith("PL9")]


def apply(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.origin.start, reverse=True):
        text = text[: edit.origin.start] + edit.text + text[edit.origin.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        plan(form="  # planlint: ignore[PL101] known"),
        plan(panel="  # planlint: ignore[PL101] known"),
        plan(form="  #planlint:ignore[ shared-write ] known"),
        plan(form="  # planlint: ignore[pl101, Shared_Write]: known"),
        plan(head="# planlint: ignore-file[PL101] known\n"),
        plan(panel="\n# planlint: ignore-file[PL101] - known"),
        (HEAD + FORM + PANEL)
        .format(after="")
        .replace("    modifies", "    # planlint: ignore[PL101] known\n\n    # another\n    modifies", 1),
        plan(form="  # planlint: ignore[PL101] known  # and more"),
    ],
)
def test_a_marker_on_or_above_any_labelled_line_hides_the_finding(tmp_path: Path, text: str) -> None:
    report = run(tmp_path, text)
    assert [(code, reason) for code, _, reason in hidden(report)] == [("PL101", "known")]
    assert not found(report, "PL101")
    assert hygiene(report) == []
    assert report.summary.suppressed == 1


@pytest.mark.parametrize(
    "text",
    [
        plan(form='\n    verify: "# planlint: ignore[PL101] known"'),
        plan(form="\n    brief: |\n      # planlint: ignore-file[PL101] known"),
        plan(form="  # see planlint: ignore[PL101] known"),
        plan(form="  # use # planlint: ignore[PL101] known"),
        plan(form="  # planlint: ignore PL101 known"),
        plan(form="  # planlint: ignore[PL102] known"),
        plan(form="\n    # planlint: ignore[PL101] on the line below"),
        plan(form="  # planlint: see the handbook"),
    ],
)
def test_what_is_no_marker_or_stands_elsewhere_hides_nothing(tmp_path: Path, text: str) -> None:
    report = run(tmp_path, text)
    assert len(found(report, "PL101")) == 1
    assert hidden(report) == []


def test_markdown_comments_hide_and_those_in_code_and_text_do_not(tmp_path: Path) -> None:
    lines = (
        "# Tasks: Settings\n\n## Phase 1: Setup\n\n"
        "{above}- [ ] T001 [P] Update the header in\n  `src/index.ts`{after}\n"
        "- [ ] T002 [P] Update the footer in `src/index.ts`\n"
    )
    name = "specs/001-settings/tasks.md"
    plain = run(tmp_path, lines.format(above="", after=""), name)
    assert len(found(plain, "PL101")) == 1
    marker = "<!-- planlint: ignore[PL101] known -->"
    for above, after in ((f"{marker}\n\n", ""), (f"{marker}\n", ""), ("", f" {marker}")):
        report = run(tmp_path, lines.format(above=above, after=after), name)
        assert hidden(report) == [("PL101", "inline", "known")], (above, after)
    for above in (f"```html\n{marker}\n```\n\n", f"`{marker}`\n\n"):
        assert len(found(run(tmp_path, lines.format(above=above, after=""), name), "PL101")) == 1


def test_a_marker_counts_up_to_and_on_its_last_day(tmp_path: Path) -> None:
    text = plan(form="  # planlint: ignore[PL101] known, expires=2026-06-15, really")
    assert hidden(run(tmp_path, text)) == [("PL101", "inline", "known, really")]
    later = run(tmp_path, text, today=date(2026, 6, 16))
    assert hygiene(later) == ["the suppression of PL101 expired after 2026-06-15"]
    assert len(found(later, "PL101")) == 1


def test_without_ignores_everything_counts_and_nothing_is_said_about_markers(tmp_path: Path) -> None:
    report = run(tmp_path, plan(form="  # planlint: ignore[PL101, nonsense]"), no_ignores=True)
    assert len(found(report, "PL101")) == 1
    assert (hidden(report), hygiene(report)) == ([], [])


@pytest.mark.parametrize(
    ("marker", "messages"),
    [
        ("ignore[PL101]", ["the suppression of PL101 gives no reason"]),
        ("ignore[PL101, PL301] known", ["the suppression of PL301 hides nothing"]),
        (
            "ignore[PL1O1] known",
            ["'PL1O1' is no rule that is installed; did you mean 'PL101'?"],
        ),
        ("ignore[] known", ["`planlint: ignore` names no rule, so it hides nothing"]),
        ("ignroe[PL101] known", ["`planlint: ignroe` is no marker that planlint knows, so it hides nothing"]),
        ("ignore[PL103] of the strict tier", []),
    ],
)
def test_what_is_wrong_with_a_marker_is_a_finding(tmp_path: Path, marker: str, messages: list[str]) -> None:
    assert hygiene(run(tmp_path, plan(form=f"  # planlint: {marker}"))) == messages


def test_findings_about_markers_can_be_switched_off_and_made_louder(tmp_path: Path) -> None:
    text = plan(form="  # planlint: ignore[PL101]")
    assert hygiene(run(tmp_path, text, ignore=("PL903",))) == []
    report = run(tmp_path, text, severities=(("PL903", "error"),))
    assert [finding.severity for finding in found(report, "PL903")] == ["error"]
    assert hygiene(run(tmp_path, text, select=("PL101",))) == []


def test_only_rules_that_had_their_say_make_a_marker_unused(tmp_path: Path) -> None:
    text = plan(form="  # planlint: ignore[PL301] known")
    assert hygiene(run(tmp_path, text)) == ["the suppression of PL301 hides nothing"]
    assert hygiene(run(tmp_path, text, ignore=("PL301",))) == []
    finished = text.replace("  - id: panel", "  - id: panel\n    status: done")
    assert hygiene(run(tmp_path, finished)) == []


@pytest.mark.parametrize(
    ("text", "code", "after"),
    [
        (plan(form="  # planlint: ignore[PL301] known"), "PL901", plan()),
        (plan(form="\n    # planlint: ignore[PL301] known"), "PL901", plan()),
        (plan(form="  # planlint: ignore[PL301] known").replace("\n", "\r\n"), "PL901", plan().replace("\n", "\r\n")),
        (plan(form="  # planlint: ignore[PL301] known # more"), "PL901", plan(form="  # more")),
        (plan(head="# planlint: ignore-file[PL301] known\n"), "PL901", plan()),
        (
            plan(form="  # planlint: ignore[PL301, PL101,PL302] known"),
            "PL901",
            plan(form="  # planlint: ignore[PL101] known"),
        ),
        (
            plan(form="  # planlint: ignore[shared-wirte] known"),
            "PL902",
            plan(form="  # planlint: ignore[shared-write] known"),
        ),
        (plan(form="  # planlint: ignore[PL1O1] known"), "PL902", plan(form="  # planlint: ignore[PL101] known")),
        (plan(form="  # planlint: ignore[PL101] expires=2026-01-01 known"), "PL901", plan()),
    ],
)
def test_the_fix_touches_nothing_but_the_marker_and_ends_the_finding(
    tmp_path: Path, text: str, code: str, after: str
) -> None:
    (finding,) = found(run(tmp_path, text), code)
    (fix,) = finding.fixes
    assert fix.applicability is Applicability.SAFE
    assert apply(text, fix) == after
    assert hygiene(run(tmp_path, after)) == []


@pytest.mark.parametrize("word", ["PL999", "shared", "ownership", "wirte"])
def test_no_fix_is_offered_where_the_word_could_mean_several_rules(tmp_path: Path, word: str) -> None:
    (finding,) = found(run(tmp_path, plan(form=f"  # planlint: ignore[{word}] known")), "PL902")
    assert finding.fixes == ()


def named(directory: Path, entry: str, text: str = "", **choices: object) -> Report:
    (directory / "planlint.toml").write_text(f"[[ignore]]\n{entry}\n")
    run(directory, text or plan())
    choices = {"root": directory, "today": TODAY, **choices}
    return check((str(directory),), RunConfig(**choices), repository=Repository.none())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "hides"),
    [
        ('rule = "PL101"\nreason = "r"', True),
        ('rule = "shared-write"\ntasks = ["panel", "form", "third"]\nreason = "r"', True),
        ('rule = "PL101"\ntasks = ["form"]\nreason = "r"', False),
        ('rule = "PL101"\npaths = ["src/*.ts"]\nreason = "r"', True),
        ('rule = "PL101"\npaths = ["lib/"]\nreason = "r"', False),
        ('rule = "PL101"\nfiles = ["plan.yaml"]\nreason = "r"', True),
        ('rule = "PL101"\nfiles = ["other/"]\nreason = "r"', False),
        ('rule = "PL101"\nreason = "r"\nexpires = 2026-06-15', True),
        ('rule = "PL101"\nreason = "r"\nexpires = 2026-06-14', False),
        ('rule = "PL102"\nreason = "r"', False),
    ],
)
def test_a_named_ignore_hides_findings_about_nothing_else(tmp_path: Path, entry: str, hides: bool) -> None:
    report = named(tmp_path, entry)
    assert hidden(report) == ([("PL101", "config", "r")] if hides else [])


def test_a_named_ignore_that_matches_nothing_is_reported_only_by_a_complete_search(tmp_path: Path) -> None:
    entry = 'rule = "PL101"\ntasks = ["gone"]\nreason = "r"'
    assert hygiene(named(tmp_path, entry)) == ["the ignore of PL101 matches no finding"]
    one = check((str(tmp_path / "plan.yaml"),), RunConfig(root=tmp_path), repository=Repository.none())
    assert hygiene(one) == []
    assert hygiene(named(tmp_path, entry, no_ignores=True)) == []


def test_an_expired_named_ignore_is_reported_at_its_place(tmp_path: Path) -> None:
    report = named(tmp_path, 'rule = "PL101"\nreason = "r"\nexpires = 2026-06-14')
    (finding,) = found(report, "PL901")
    assert (finding.path, finding.origin.begin.line) == ("planlint.toml", 2)


def test_the_library_takes_configuration_date_and_ignores_as_the_command_line_does(tmp_path: Path) -> None:
    run(tmp_path, plan(form="  # planlint: ignore[PL101] expires=2026-06-15 known"))
    path = tmp_path / "plan.yaml"
    assert "PL101" not in [finding.code for finding in planlint.check(path, today=TODAY).active]
    assert "PL101" in [finding.code for finding in planlint.check(path, today=TODAY, no_ignores=True).active]
    assert "PL101" in [finding.code for finding in planlint.check(path, today=date(2027, 1, 1)).active]
    other = tmp_path / "other.toml"
    other.write_text('ignore = ["PL101"]\nfail-on = "never"\n')
    report = planlint.check(path, config=other, today=date(2027, 1, 1))
    assert "PL101" not in [finding.code for finding in report.diagnostics]
    assert report.exit_code() == 0
    (tmp_path / "planlint.toml").write_text("nonsense = 1\n")
    with pytest.raises(ConfigurationError, match="unknown key 'nonsense'"):
        planlint.check(path)
    assert planlint.check(path, isolated=True, today=TODAY).plans


def test_twenty_thousand_markers_are_survived(tmp_path: Path) -> None:
    report = run(tmp_path, plan() + "# planlint: ignore[PL101] x\n" * 20_000)
    assert len(found(report, "PL101")) == 1
    assert len(found(report, "PL901")) == 20_000


def test_the_hint_about_a_misspelled_code_is_what_the_fix_writes(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("tasks:\n  - id: a\n    writes: [x.ts]  # planlint: ignore[PL1O1] why not\n")
    (finding,) = check([str(tmp_path)], RunConfig(root=tmp_path)).active
    assert (finding.code, "did you mean 'PL101'?" in finding.message) == ("PL902", True)
    assert [fix.title for fix in finding.fixes] == ["write `PL101`"]

"""`--only-plans`: hooks name every file of a commit, and most of them are no plans."""

from pathlib import Path

from command_line import CONFLICT, Cli


def test_a_named_file_that_is_no_plan_is_passed_over(cli: Cli, project: Path) -> None:
    (project / "notes.json").write_text('{"a": 1}')
    assert cli("check", "notes.json").code == 2
    outcome = cli("check", "--only-plans", "notes.json")
    assert (outcome.code, outcome.err) == (0, "")
    assert "no plan found" in outcome.out


def test_the_plans_among_the_named_files_are_checked(cli: Cli, project: Path) -> None:
    (project / "notes.json").write_text('{"a": 1}')
    outcome = cli("check", "--only-plans", "--format", "concise", "notes.json", "plan.yaml")
    assert outcome.code == 1
    assert "PL101" in outcome.out


def test_what_the_configuration_excludes_stays_excluded(cli: Cli, project: Path) -> None:
    (project / "planlint.toml").write_text('exclude = ["old/"]\n')
    (project / "old" / "deep").mkdir(parents=True)
    (project / "old" / "deep" / "plan.yaml").write_text(CONFLICT)
    assert cli("check", "old/deep/plan.yaml").code == 1
    assert cli("check", "--only-plans", "old/deep/plan.yaml").code == 0


def test_exclude_holds_for_named_paths_only_when_it_is_forced(cli: Cli, project: Path) -> None:
    (project / "planlint.toml").write_text('exclude = ["old/"]\n')
    (project / "old" / "deep").mkdir(parents=True)
    (project / "old" / "deep" / "plan.yaml").write_text(CONFLICT)
    assert cli("check", "old/deep/plan.yaml").code == 1
    for named in ("old/deep/plan.yaml", "old/deep", "old"):
        outcome = cli("check", "--force-exclude", named)
        assert (outcome.code, outcome.err) == (0, ""), named
    (project / "planlint.toml").write_text('exclude = ["old/"]\nforce-exclude = true\n')
    assert cli("check", "old/deep/plan.yaml").code == 0
    assert cli("check", "old/gone.yaml", "plan.yaml").code == 1
    assert "force-exclude" in cli("config", "show", "plan.yaml").out


def test_a_file_that_does_not_exist_is_still_an_error(cli: Cli, project: Path) -> None:
    outcome = cli("check", "--only-plans", "gone.yaml")
    assert outcome.code == 2
    assert "gone.yaml does not exist" in outcome.err

"""Command line before overrides before file before defaults, for each path."""

from pathlib import Path

import pytest

from planlint.config.effective import Configuration
from planlint.config.reading import read_config
from planlint.config.run import RunConfig
from planlint.config.show import as_toml, effective_values
from planlint.diagnostics.levels import Tier
from planlint.engine.registry import installed_rules
from planlint.engine.rule_words import InstalledWords
from planlint.engine.selection import Selection, select_layers
from planlint.facts.conventions import Conventions
from planlint.facts.runtimes import runtime_for

TEXT = """\
tier = "strict"
ignore = ["PL3"]
runtime = "codex"
exclude = ["archive/"]
[severity]
PL101 = "note"
[rules.PL501]
lines = 300
tokens = 5
[[overrides]]
paths = ["old/", "*.old.md"]
tier = "core"
dialect = "gsd"
severity = {PL101 = "warning"}
rules = {PL501 = {lines = 400}}
[[overrides]]
paths = ["old/2020/**"]
select = ["PL301"]
"""


def configuration(directory: Path, text: str = TEXT, root: Path | None = None, **choices: object) -> Configuration:
    path = directory / "planlint.toml"
    path.write_text(text)
    file = read_config(path, "planlint.toml", InstalledWords(installed_rules()))
    return Configuration(RunConfig(**choices), file, root or directory)  # type: ignore[arg-type]


def selection(found: Configuration, path: str) -> Selection:
    effective = found.for_path(path)
    return select_layers(effective.layers, effective.tier, installed_rules())


def test_without_a_file_the_defaults_hold_everywhere() -> None:
    effective = Configuration(RunConfig()).for_path("any.md")
    assert (effective.tier, effective.dialect, effective.settings.runtime) == (Tier.CORE, None, None)


def test_an_override_changes_only_what_it_names_and_later_ones_win(tmp_path: Path) -> None:
    found = configuration(tmp_path)
    assert found.for_path("new/plan.md").tier is Tier.STRICT
    old = found.for_path("old/2021/plan.md")
    assert (old.tier, old.dialect, old.settings.runtime, old.overrides) == (Tier.CORE, "gsd", "codex", (0,))
    assert old.settings.rule_options["PL501"] == {"lines": 400, "tokens": 5}
    assert found.for_path("x/y.old.md").overrides == (0,)
    assert found.for_path("old/2020/plan.md").overrides == (0, 1)
    assert found.for_path("new/plan.md").settings.rule_options["PL501"] == {"lines": 300, "tokens": 5}


def test_a_layer_that_selects_starts_anew_and_one_that_ignores_takes_away(tmp_path: Path) -> None:
    found = configuration(tmp_path)
    assert "PL301" not in selection(found, "new/plan.md").codes
    assert "PL101" in selection(found, "new/plan.md").codes
    assert [code for code in selection(found, "old/2020/plan.md").codes if code >= "PL1"] == ["PL301"]
    assert selection(found, "old/a.md").severities["PL101"] == "warning"


def test_the_command_line_is_stronger_than_every_override(tmp_path: Path) -> None:
    found = configuration(tmp_path, select=("PL302",), tier=Tier.AUDIT, severities=(("PL101", "error"),), runtime="x")
    for path in ("new/plan.md", "old/2020/plan.md"):
        assert found.for_path(path).tier is Tier.AUDIT
        assert found.for_path(path).settings.runtime == "x"
        assert [code for code in selection(found, path).codes if code >= "PL1"] == ["PL302"]
        assert selection(found, path).severities["PL101"] == "error"
    ignoring = configuration(tmp_path, ignore=("PL301",))
    assert "PL301" not in selection(ignoring, "old/2020/plan.md").codes
    assert "PL302" not in selection(ignoring, "new/plan.md").codes


@pytest.mark.parametrize(("path", "matches"), [("sub/old/p.md", True), ("old/p.md", False), ("p.old.md", False)])
def test_patterns_are_relative_to_the_file_wherever_the_root_is(tmp_path: Path, path: str, matches: bool) -> None:
    (tmp_path / "sub").mkdir()
    text = '[[overrides]]\npaths = ["/old/", "*.old.md"]\ntier = "audit"\n'
    found = configuration(tmp_path / "sub", text, root=tmp_path)
    assert (found.for_path(path).tier is Tier.AUDIT) == matches
    above = configuration(tmp_path, text.replace("/old/", "/sub/old/"), root=tmp_path / "sub")
    assert above.for_path("old/p.md").tier is Tier.AUDIT


def test_excluded_directories_are_not_entered_and_includes_decide_about_files(tmp_path: Path) -> None:
    found = configuration(tmp_path)
    assert not found.searched("archive", True)
    assert found.searched("specs", True)
    only = configuration(tmp_path, 'include = ["specs/"]\n')
    assert only.searched("docs", True)
    assert not only.searched("docs/plan.md", False)
    assert only.searched("specs/a/plan.md", False)


def test_hubs_and_numbers_of_the_runtime_reach_the_facts(tmp_path: Path) -> None:
    text = '[hubs]\nfiles = {"a.ts" = "table"}\nnot-hubs = ["b.ts"]\n[runtime-overrides]\nmax-concurrent = 2\n'
    settings = configuration(tmp_path, text).for_path("p.md").settings
    assert settings.hubs == {"files": {"a.ts": "table"}, "not_hubs": ["b.ts"]}
    conventions = Conventions(settings.hubs)
    hub = conventions.hub_of("a.ts")
    assert hub is not None
    assert hub.noun == "table"
    assert runtime_for(settings.runtime, settings.runtime_overrides).max_concurrent == 2


def test_show_names_the_source_of_every_value_and_is_toml(tmp_path: Path) -> None:
    import tomllib

    found = configuration(tmp_path, ignore=("PL4",))
    text = as_toml(effective_values(found, "old/2020/plan.md"))
    assert 'select = ["PL301"]  # planlint.toml:18, overrides[1]\n' in text
    assert 'ignore = ["PL3", "PL4"]  # command line\n' in text
    assert 'tier = "core"  # planlint.toml:12, overrides[0]\n' in text
    assert 'fail-on = "error"  # default\n' in text
    assert 'PL101 = "warning"  # planlint.toml:14, overrides[0]\n' in text
    assert "lines = 400  # planlint.toml:15, overrides[0]\n" in text
    assert "tokens = 5  # planlint.toml:9\n" in text
    assert "# baseline: not set\n" in text
    data = tomllib.loads(text)
    assert data["rules"] == {"PL501": {"lines": 400, "tokens": 5}}
    (tmp_path / "again.toml").write_text(text)
    read_config(tmp_path / "again.toml", "again.toml", InstalledWords(installed_rules()))

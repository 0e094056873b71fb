"""A configuration file is checked whole: every mistake at once, each where it stands."""

from pathlib import Path

import pytest

from planlint.config.reading import ConfigFile, read_config
from planlint.config.run import ConfigurationError
from planlint.engine.registry import installed_rules
from planlint.engine.rule_words import InstalledWords


def read(directory: Path, text: str, name: str = "planlint.toml") -> ConfigFile:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return read_config(path, name, InstalledWords(installed_rules()))


def mistakes(directory: Path, text: str, name: str = "planlint.toml") -> list[str]:
    with pytest.raises(ConfigurationError) as caught:
        read(directory, text, name)
    return list(caught.value.sentences)


def test_every_key_is_read_with_hyphens_or_underscores(tmp_path: Path) -> None:
    file = read(
        tmp_path,
        """
        select = ["ALL"]
        ignore = ["PL305", {rule = "PL101", tasks = ["a"], reason = "known", expires = 2027-01-31}]
        tier = "strict"
        fail_on = "warning"
        include-done = true
        runtime = "codex"
        baseline = "known.json"
        [severity]
        shared-hub = "error"
        [runtime-overrides]
        max-concurrent = 3
        [budgets]
        inherited-tokens = 1000
        [rules.oversized-inherited-context]
        lines = 300
        [hubs]
        files = {"src/flags.ts" = "flag table"}
        not-hubs = ["index.ts"]
        [[overrides]]
        paths = ["old/"]
        ignore = ["PL4"]
        [overrides.rules.PL501]
        lines = 500
        """,
    )
    table = file.table
    assert (table.fail_on, table.tier, table.runtime, table.include_done) == ("warning", "strict", "codex", True)
    assert file.ignored == ("PL305",)
    ((index, entry),) = file.named_ignores
    assert (index, entry.rule, str(entry.expires)) == (1, "PL101", "2027-01-31")
    assert file.rule_options == {"PL501": {"lines": 300, "budget": 1000}}
    assert file.override_options == ({"PL501": {"lines": 500}},)
    assert table.hubs.files == {"src/flags.ts": "flag table"}


def test_an_option_of_a_rule_is_stronger_than_the_budget_that_means_it(tmp_path: Path) -> None:
    file = read(tmp_path, "[budgets]\ninherited-tokens = 1000\n[rules.PL501]\nbudget = 7\n")
    assert file.rule_options == {"PL501": {"budget": 7}}


def test_all_mistakes_come_at_once_in_the_order_of_the_file_with_what_was_meant(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        'selct = ["PL1"]\ntier = "cor"\nignore = ["shard-write", {rule = "PL101", reasn = "x"}]\n'
        '[severity]\nPL101 = "loud"\n[rules.PL501]\nbugdet = 3\nlines = "x"\n[runtime-overrides]\nmax_concurent = 3\n'
        '[hubs]\nfils = []\n[[overrides]]\ndialect = "gds"\nselect = 3\n',
    )
    assert found == [
        "planlint.toml:1:1: unknown key 'selct'; did you mean 'select'?",
        "planlint.toml:2:8: `tier` must be core, strict or audit, not 'cor'; did you mean 'core'?",
        "planlint.toml:3:11: unknown rule 'shard-write'; did you mean 'shared-write'?",
        "planlint.toml:3:26: a key 'reason' is missing here",
        "planlint.toml:3:43: unknown key 'reasn'; did you mean 'reason'?",
        "planlint.toml:5:9: `severity.PL101` must be error, warning, note or off, not 'loud'",
        "planlint.toml:7:1: unknown key 'bugdet'; did you mean 'budget'?",
        "planlint.toml:8:9: `rules.PL501.lines` must be a valid integer, not 'x'",
        "planlint.toml:10:1: runtime: 'max_concurent' is no number of a runtime; did you mean 'max_concurrent'?",
        "planlint.toml:12:1: unknown key 'fils'; did you mean 'files'?",
        "planlint.toml:13:1: a key 'paths' is missing here",
        "planlint.toml:14:11: unknown dialect 'gds'; did you mean 'gsd'?",
        "planlint.toml:15:10: `overrides[0].select` must be a valid list, not '3'",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[rules.PL101]\nx = 1\n", "planlint.toml:1:2: PL101 has no options"),
        ("[rules.ownership]\nx = 1\n", "'ownership' is a family; options belong to one rule, by code or name"),
        ("[rules.PL501]\nbudget = 0\n", "`rules.PL501.budget`"),
        ('runtime = "codx"\n', "unknown runtime 'codx'; did you mean 'codex'?"),
        ('ignore = [{rule = "PL101", reason = ""}]\n', "`ignore[0].reason` must not be empty"),
        ('ignore = [{rule = "PL101", reason = "x", expires = "soon"}]\n', "planlint.toml:1:52: `ignore[0].expires`"),
        (f'[hubs]\nfiles = ["{"{a,b}" * 40}"]\n', "planlint.toml:2:10: the pattern '{a,b}{a,b}"),
        ("tier = \n", "planlint.toml:1:8: invalid TOML"),
        ('select = ["PL1"\n', "invalid TOML"),
        ("select = 'PL1'\n", "`select` must be a valid list, not 'PL1'"),
        ('[[ignore]]\nrule = "PL1"\nreason = "x"\n', "2:8: 'PL1' is a family; a named ignore is about one rule"),
        ('ignore = [["PL1"]]\n', "planlint.toml:1:11: "),
    ],
)
def test_a_single_mistake_is_named_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    (found,) = mistakes(tmp_path, text)
    assert sentence in found
    assert found.startswith("planlint.toml:")


def test_places_in_pyproject_are_those_of_the_whole_file(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.planlint]\ntier = "strict"\nfoo = 1\n'
    (found,) = mistakes(tmp_path, text, "pyproject.toml")
    assert found.startswith("pyproject.toml:6:1: unknown key 'foo'; known are baseline, budgets, ")


def test_a_pyproject_without_the_table_or_with_something_else_there_is_refused(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "[project]\n", "pyproject.toml") == ["pyproject.toml has no table [tool.planlint]"]
    (found,) = mistakes(tmp_path, "[tool]\nplanlint = 3\n", "pyproject.toml")
    assert found == "pyproject.toml:2:12: the configuration must be a table"


def test_a_file_that_is_no_text_is_refused_with_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "planlint.toml"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigurationError) as caught:
        read_config(path, "planlint.toml", InstalledWords(installed_rules()))
    assert len(caught.value.sentences) == 1
    with pytest.raises(ConfigurationError, match=r"missing\.toml does not exist"):
        read_config(tmp_path / "missing.toml", "missing.toml", InstalledWords(installed_rules()))

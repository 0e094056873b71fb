"""Which rules run: tiers, `select`, `extend-select` and `ignore`."""

import pytest

from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics import Severity, Tier
from planlint.engine.registry import RuleRegistry
from planlint.engine.selection import expand, select
from planlint.rulekit.pack import BrokenPackError, RuleEntry, RulePack


def entry(code: str, name: str, tier: Tier = Tier.CORE) -> RuleEntry:
    return RuleEntry(code, name, tier, f"nowhere:{code}")


REGISTRY = RuleRegistry(
    [
        RulePack.of(
            "planlint",
            entry("PL002", "invalid-syntax"),
            entry("PL101", "shared-write"),
            entry("PL103", "overlapping-scope", Tier.STRICT),
            entry("PL301", "unknown-dependency"),
            entry("PL804", "unrestricted-tools", Tier.AUDIT),
        ),
        RulePack.of("acme", entry("ACME1", "house-style", Tier.STRICT)),
    ]
)


def codes(**choices: object) -> list[str]:
    return list(select(RunConfig(**choices), REGISTRY).codes)  # type: ignore[arg-type]


def test_a_tier_includes_the_ones_before_it() -> None:
    assert codes() == ["PL002", "PL101", "PL301"]
    assert codes(tier=Tier.STRICT) == ["ACME1", "PL002", "PL101", "PL103", "PL301"]
    assert "PL804" in codes(tier=Tier.AUDIT)


@pytest.mark.parametrize("word", ["PL101", "pl101", "shared-write", "shared_write", "Shared-Write"])
def test_a_rule_is_named_by_code_or_name(word: str) -> None:
    assert codes(select=(word,)) == ["PL002", "PL101"]


@pytest.mark.parametrize("word", ["PL1", "PL1xx", "pl1XX", "PL10", "ownership", "Ownership"])
def test_a_family_brings_its_rules_of_the_chosen_tier(word: str) -> None:
    assert codes(select=(word,)) == ["PL002", "PL101"]
    assert codes(select=(word,), tier=Tier.STRICT) == ["PL002", "PL101", "PL103"]


def test_a_rule_selected_by_itself_runs_whatever_its_tier() -> None:
    assert codes(select=("PL103,unrestricted-tools",)) == ["PL002", "PL103", "PL804"]


def test_reading_problems_are_reported_whatever_is_selected_until_ignored() -> None:
    assert codes(select=("PL301",)) == ["PL002", "PL301"]
    assert codes(select=("PL301",), ignore=("PL002",)) == ["PL301"]


def test_the_more_specific_word_wins_and_ignore_wins_among_equals() -> None:
    assert codes(select=("PL101",), ignore=("PL1",)) == ["PL002", "PL101"]
    assert codes(select=("PL1",), ignore=("PL101",)) == ["PL002"]
    assert codes(select=("PL101",), ignore=("shared-write",)) == ["PL002"]
    assert codes(select=("ALL",), ignore=("ALL",)) == []


def test_a_pack_prefix_and_all_name_many_rules() -> None:
    assert [one.code for one in expand("ACME", REGISTRY)[1]] == ["ACME1"]
    assert len(expand("all", REGISTRY)[1]) == 6


def test_severities_are_overridden_in_order_and_off_removes_the_rule() -> None:
    selection = select(RunConfig(severities=(("ownership", "note"), ("PL101", "warning"), ("PL301", "off"))), REGISTRY)
    assert selection.severities["PL101"] is Severity.WARNING
    assert selection.severities["PL103"] is Severity.NOTE
    assert "PL301" not in selection.codes
    assert "PL301" in selection.ignored


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("PL1O1", "PL101"),
        ("PL302", "PL301"),
        ("shard-write", "shared-write"),
        ("owneship", "ownership"),
        ("dependency", "unknown-dependency"),
    ],
)
def test_an_unknown_word_is_answered_with_the_closest_one(word: str, hint: str) -> None:
    with pytest.raises(ConfigurationError, match=f"unknown rule '{word}'; did you mean '{hint}'"):
        codes(select=(word,))


def test_a_word_that_is_close_to_nothing_is_only_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"^unknown rule 'zzzzzz'$"):
        codes(ignore=("zzzzzz",))


def test_an_unknown_severity_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="unknown severity 'loud'"):
        codes(severities=(("PL101", "loud"),))


def test_two_packs_with_one_code_are_refused_loudly() -> None:
    with pytest.raises(BrokenPackError, match="'planlint' and 'other' both have PL101"):
        RuleRegistry([RulePack.of("planlint", entry("PL101", "a")), RulePack.of("other", entry("PL101", "b"))])
    with pytest.raises(BrokenPackError, match="the name 'a'"):
        RuleRegistry([RulePack.of("planlint", entry("PL101", "a")), RulePack.of("other", entry("X1", "a"))])

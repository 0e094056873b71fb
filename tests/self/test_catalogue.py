"""The generated tables are what their sources say."""

from pathlib import Path

import pytest

from planlint.cli import documentation
from planlint.dialects.registry import ENTRIES, get_dialect
from planlint.engine.checking import MISSING
from planlint.engine.registry import installed_rules
from planlint.engine.selection import FAMILIES, family_of
from planlint.model import Capability
from planlint.rulekit.pack import RuleEntry
from planlint.testing import catalogue
from planlint_rules.catalogue import RULES

ROOT = Path(__file__).parents[2]


def test_the_catalogue_is_what_the_rule_classes_say() -> None:
    assert catalogue.entries("planlint_rules") == RULES, "run python -m planlint.testing.catalogue planlint_rules"


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_documentation_read_without_importing_is_that_of_the_class(entry: RuleEntry) -> None:
    rule = installed_rules().rule(entry.code)
    assert documentation.severity(entry) == rule.severity.value
    assert documentation.summary(entry)
    assert documentation.documentation(entry).startswith((type(rule).__doc__ or "").strip()[:20])


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.code)
def test_a_rule_stands_in_the_folder_of_its_family_under_its_name(entry: RuleEntry) -> None:
    module = entry.target.partition(":")[0].split(".")
    assert module[1] == family_of(entry.code)
    if module[1] != "reading" and module[1] != "hygiene":
        assert module[2] == entry.name.replace("-", "_")


def test_families_have_a_folder_each() -> None:
    folders = {path.name for path in (ROOT / "rules" / "planlint_rules").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(FAMILIES)


def test_every_capability_has_words_for_its_absence() -> None:
    assert set(MISSING) == {capability.value for capability in Capability}


@pytest.mark.parametrize("name", ENTRIES)
def test_the_dialect_registry_is_what_the_classes_say(name: str) -> None:
    dialect = get_dialect(name)
    assert (dialect.name, dialect.syntaxes) == (name, ENTRIES[name].syntaxes)
    assert dialect.title
    assert dialect.version
    assert dialect.files

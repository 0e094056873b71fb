"""The schema for editors says what the loader accepts, with the options of every installed rule."""

import tomllib
from typing import Any

import jsonschema
import pytest

from planlint.config.schema import json_schema
from planlint.config.template import TEMPLATE
from planlint.engine.registry import installed_rules

RULES = [installed_rules().rule(entry.code) for entry in installed_rules().entries]
SCHEMA = json_schema(RULES)


def errors(text: str) -> list[str]:
    data: dict[str, Any] = tomllib.loads(text)
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)]


def test_it_is_a_schema_in_which_every_key_is_described() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for table in (SCHEMA, *(SCHEMA["$defs"][name] for name in ("Override", "NamedIgnore", "Hubs", "Budgets"))):
        assert all(item.get("description") for item in table["properties"].values())


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.options], ids=lambda rule: rule.code)
def test_it_knows_the_options_of_every_rule_by_code_and_name(rule: Any) -> None:
    options = SCHEMA["$defs"][f"{rule.code}Options"]
    assert options["additionalProperties"] is False
    assert all(item.get("description") for item in options["properties"].values())
    for word in (rule.code, rule.name):
        assert errors(f"[rules.{word}]\n") == []
        assert errors(f"[rules.{word}]\nno-such-option = 1\n")


def test_it_accepts_and_refuses_what_the_loader_does() -> None:
    assert errors('select = ["PL1"]\ntier = "strict"\n[rules.PL501]\nlines = 3\n') == []
    assert errors('[[ignore]]\nrule = "PL101"\nreason = "x"\n[hubs]\nfiles = ["a"]\n') == []
    assert errors('ignore = ["PL3"]\n[hubs.files]\n"a/*.ts" = "table"\n') == []
    for wrong in ("selct = []\n", 'tier = "x"\n', "[rules.PL101]\nx = 1\n", '[[ignore]]\nrule = "PL101"\n'):
        assert errors(wrong)


def test_the_template_of_init_is_correct_also_with_everything_switched_on() -> None:
    assert errors(TEMPLATE) == []
    full = []
    for line in TEMPLATE.splitlines():
        bare = line.removeprefix("# ")
        full.append(bare if line.startswith("# ") and (bare.startswith("[") or " = " in bare) else line)
    text = "\n".join(full).replace('ignore = ["PL305"]\n', "").replace("2027-03-31", '"2027-03-31"')
    assert errors(text) == []
    assert len(tomllib.loads(text)) > 10

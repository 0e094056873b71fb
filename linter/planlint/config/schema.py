"""The JSON Schema of the configuration file, with the options of every installed rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planlint.rulekit.rule import Rule

SCHEMA_ID = "planlint-config"
"""Relative on purpose: the schema is shipped with planlint and never fetched."""


def json_schema(rules: Iterable[Rule]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of `planlint.toml` and of `[tool.planlint]`, generated from the models and options.

    Stricter than the loader in one thing: keys are spelled with hyphens, so that an editor offers one spelling.
    """
    from planlint.config.model import ConfigTable
    from planlint.dialects.registry import dialect_names
    from planlint.facts.runtimes import runtime_names

    found = list(rules)
    schema: dict[str, Any] = ConfigTable.model_json_schema(by_alias=True)
    definitions = schema.setdefault("$defs", {})
    definitions["RuleOptions"] = _rule_options(found, definitions)
    definitions["Rule"] = {
        "type": "string",
        "description": "Code, name, family or prefix of rules.",
        "examples": [word for rule in found for word in (rule.code, rule.name)],
    }
    for table in (schema, definitions["Override"]):
        properties = table["properties"]
        properties["rules"] = {"$ref": "#/$defs/RuleOptions", "description": properties["rules"]["description"]}
        for name, words in (("dialect", dialect_names()), ("runtime", runtime_names())):
            # A runtime has aliases, and letter case does not count: the names are offered, not demanded.
            properties[name]["examples"] = list(words)
        _offer_rules(properties["select"])
    _offer_rules(definitions["Override"]["properties"]["ignore"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "planlint configuration",
    }


def _offer_rules(schema: dict[str, Any]) -> None:
    """Let a list of selectors offer the installed rules."""
    for branch in (schema, *schema.get("anyOf", ())):
        if branch.get("type") == "array":
            branch["items"] = {"$ref": "#/$defs/Rule"}


def _rule_options(rules: list[Rule], definitions: dict[str, Any]) -> dict[str, Any]:
    """A table with one key for each code and name of a rule that has options."""
    properties: dict[str, Any] = {}
    for rule in rules:
        if rule.options is None:
            continue
        options = rule.options.model().model_json_schema()
        definitions.update(options.pop("$defs", {}))
        options["properties"] = {name.replace("_", "-"): value for name, value in options["properties"].items()}
        definitions[f"{rule.code}Options"] = {**options, "title": f"{rule.code} {rule.name}"}
        for word in (rule.code, rule.name):
            properties[word] = {"$ref": f"#/$defs/{rule.code}Options"}
    return {"type": "object", "properties": properties, "additionalProperties": False}

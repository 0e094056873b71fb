"""The JSON Schema of the plan file, for editors: generated from `document`, with the synonyms that the loader takes.

Completion and checks while typing follow the same models as `planlint check`. A synonym is a property of its own,
marked as deprecated, so that an editor accepts it and still offers the canonical word.
"""

from __future__ import annotations

import re
from typing import Any

from planlint.dialects.keys import Vocabulary
from planlint.dialects.native import document
from planlint.dialects.plan_words import synonyms

SCHEMA_ID = "planlint-plan"
"""Relative on purpose: the schema is shipped with planlint and never fetched."""

_VOCABULARIES: dict[str, Vocabulary] = {
    "PlanDocument": synonyms.PLAN,
    "TaskDocument": synonyms.TASK,
    "ScopeDocument": synonyms.SCOPE,
    "ContractDocument": synonyms.CONTRACT,
    "ContractRefDocument": synonyms.REF,
    "AgentDocument": synonyms.AGENT,
    "ResourcesDocument": synonyms.RESOURCES,
    "HubDocument": synonyms.HUB,
    "AcknowledgedDocument": synonyms.ACKNOWLEDGED,
    "LimitsDocument": synonyms.LIMITS,
}
_CHOICES = {"isolation": synonyms.ISOLATION_WORDS, "kind": synonyms.KIND_WORDS}
_OWN_KEYS = {"^x-": {"description": "A key of your own; planlint does not look at it."}}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one plan: what the loader accepts, synonyms included.

    Stricter than the loader in one thing only: a synonym of a choice (`kind: feature`) must be spelled in lower case.
    More lenient where a schema cannot see: two names for one field, durations, limits of patterns.
    """
    schema = document.PlanDocument.model_json_schema()
    definitions: dict[str, dict[str, Any]] = schema.pop("$defs")
    plan = _object("PlanDocument", schema, "#/properties")
    plan["properties"]["$schema"] = {
        "type": "string",
        "description": "Where an editor finds this schema; planlint does not look at it.",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **plan,
        "title": "planlint plan",
        "$defs": {name: _object(name, found, f"#/$defs/{name}/properties") for name, found in definitions.items()},
    }


def _object(name: str, schema: dict[str, Any], address: str) -> dict[str, Any]:
    """The schema of one kind of mapping, with its synonyms and with keys of one's own."""
    vocabulary = _VOCABULARIES[name]
    properties: dict[str, Any] = {}
    required: list[str] = schema.pop("required", [])
    for field, found in schema["properties"].items():
        found.pop("title", None)
        words = vocabulary.synonyms.get(field, ())
        if words:
            found["x-synonyms"] = list(words)
        if field in _CHOICES:
            found = _with_words(found, _CHOICES[field])
        properties[field] = found if field in required else _or_nothing(found)
    described = dict(properties)
    for field in described:
        for word in _spellings(field, vocabulary.synonyms.get(field, ())):
            if word not in properties:
                properties[word] = {
                    "$ref": f"{address}/{field}",
                    "deprecated": True,
                    "description": f"Another word for `{field}`.",
                }
    schema |= {"properties": properties, "patternProperties": _OWN_KEYS, "additionalProperties": False}
    if required:
        # The required field under any of its names.
        schema["allOf"] = [
            {"anyOf": [{"required": [word]} for word in _names(field, vocabulary)]} for field in required
        ]
    return schema


def _names(field: str, vocabulary: Vocabulary) -> list[str]:
    return [field, *_spellings(field, vocabulary.synonyms.get(field, ()))]


def _spellings(field: str, synonyms: tuple[str, ...]) -> list[str]:
    """All usual spellings of a field but its own: snake case, camel case, kebab case."""
    found: dict[str, None] = {}
    for word in (field, *synonyms):
        camel = re.sub(r"_([a-z])", lambda match: match[1].upper(), word)
        found |= dict.fromkeys((word, camel, word.replace("_", "-")))
    found.pop(field)
    return list(found)


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema`, or null, which says as much as leaving the key out."""
    notes: dict[str, Any] = {
        key: schema[key] for key in ("description", "examples", "x-synonyms", "default") if key in schema
    }
    rest = {key: value for key, value in schema.items() if key not in notes}
    members = rest["anyOf"] if set(rest) == {"anyOf"} else [rest]
    if {"type": "null"} not in members:
        members = [*members, {"type": "null"}]
    return {**notes, "anyOf": members}


def _with_words(schema: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """A choice that also takes the other words for its members."""
    notes = {key: value for key, value in schema.items() if key not in ("anyOf", "enum", "type")}
    members = schema.get("anyOf") or [{"type": "string", "enum": schema["enum"]}]
    return {**notes, "anyOf": [*members, {"type": "string", "enum": sorted(words), "deprecated": True}]}

"""The page of all keys of the configuration file, made from its JSON Schema and from the options of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planlint.config.model import ConfigTable
from planlint.rulekit import Rule
from planlint.testing.documentation.markdown import NOTICE, code, table
from planlint.testing.documentation.rules import option_table

_HEAD = ("key", "type", "default", "meaning")


def configuration_page(rules: Iterable[type[Rule]]) -> str:
    """Every key of `planlint.toml`, table by table, then the options of every rule that has some."""
    schema = ConfigTable.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.get("$defs", {})
    parts = [
        NOTICE,
        "# Configuration keys\n",
        "Every key of `planlint.toml`, or of `[tool.planlint]` in `pyproject.toml`. [Configuration](configuration.md) "
        "tells how they work together; `planlint schema --config` prints the JSON Schema for editors.\n",
        table(_HEAD, _rows(schema, definitions)),
    ]
    for title, definition in (
        ("`[budgets]`", "Budgets"),
        ("`[hubs]`", "Hubs"),
        ("`[[ignore]]`", "NamedIgnore"),
        ("`[[overrides]]`", "Override"),
    ):
        parts += [f"## {title}\n", f"{_text(definitions[definition])}\n"]
        parts.append(table(_HEAD, _rows(definitions[definition], definitions)))
    parts.append("## `[rules.NAME]`\n")
    parts.append("Options of single rules, by name or code.\n")
    for rule in rules:
        if rule.options is not None:
            parts += [f"### `[rules.{rule.name}]`\n", f"[{rule.code}](rules/{rule.name}.md)\n", option_table(rule)]
    return "\n".join(parts)


def _text(definition: Mapping[str, Any]) -> str:
    return " ".join(str(definition.get("description", "")).split())


def _rows(table_schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    required = table_schema.get("required", ())
    for name, item in table_schema["properties"].items():
        default = "required" if name in required else _default(item)
        yield f"`{name}`", _kind(item, definitions), default, _text(item)


def _default(item: Mapping[str, Any]) -> str:
    value = item.get("default")
    if value is None or value in ([], {}) or isinstance(value, dict):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(item: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """The type in a reader's words: `text`, `list of text`, `table`, or the words that may be written."""
    if "$ref" in item:
        target = str(item["$ref"]).rpartition("/")[2]
        return "table" if definitions[target].get("type") == "object" else _kind(definitions[target], definitions)
    if "enum" in item:
        return code(item["enum"], " or ")
    branches = item.get("anyOf") or item.get("oneOf")
    if branches:
        kinds = [_kind(branch, definitions) for branch in branches if branch.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if item.get("type") == "array":
        return f"list of {_kind(item.get('items', {}), definitions)}"
    if item.get("format") == "date":
        return "date"
    words = {"string": "text", "boolean": "true or false", "integer": "number", "number": "number", "object": "table"}
    return words.get(str(item.get("type")), "value")

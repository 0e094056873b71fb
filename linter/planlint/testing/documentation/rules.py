"""The page of a rule, the list of all rules, and the table of them in the README."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from planlint.engine.checking import MISSING
from planlint.engine.selection import family_of
from planlint.rulekit import EngineRule, Rule
from planlint.testing.documentation.markdown import NOTICE, code, table

FAMILY_TITLES: dict[str, str] = {
    "reading": "what cannot be read or understood",
    "ownership": "who may touch what at the same time",
    "contracts": "what tasks promise each other",
    "order": "who waits for whom",
    "granularity": "how the work is cut",
    "context": "what each agent inherits",
    "brief": "what an agent is told",
    "execution": "how agents are launched and joined",
    "permissions": "what an agent may do",
    "hygiene": "suppressions and baselines",
}
"""Family name to what it is about."""


def rule_page(rule: type[Rule]) -> str:
    """The page of one rule: its metadata, its documentation, its options."""
    head, _, body = _documentation(rule).partition("\n\n")
    facts = [
        ("Code", f"`{rule.code}`"),
        ("Name", f"`{rule.name}`"),
        ("Tier", f"[{rule.tier.value}](../levels.md#tier)"),
        ("Severity", f"[{rule.severity.value}](../levels.md#severity)"),
        ("Since", rule.since),
    ]
    if rule.needs:
        facts.append(("Needs a format that can say", " and ".join(MISSING[need.value] for need in rule.needs)))
    if issubclass(rule, EngineRule):
        facts.append(("Reported by", "planlint itself, before or after the rules run"))
    parts = [
        NOTICE,
        f"# {rule.code}: {rule.name}\n",
        f"{head}\n",
        table(("", ""), facts),
        f"{body}\n",
    ]
    if rule.options is not None:
        parts.append(f"## Settings\n\nUnder `[rules.{rule.name}]` in the [configuration](../configuration.md):\n")
        parts.append(option_table(rule))
    return "\n".join(part for part in parts if part.strip())


def option_table(rule: type[Rule]) -> str:
    """Names, types, defaults and meanings of the options of `rule`; empty when it has none."""
    if rule.options is None:
        return ""
    schema = rule.options.model().model_json_schema()
    rows = [
        (f"`{name.replace('_', '-')}`", _type(item), f"`{_value(item.get('default'))}`", item["description"])
        for name, item in schema["properties"].items()
    ]
    return table(("option", "type", "default", "meaning"), rows)


def rule_index(rules: Iterable[type[Rule]]) -> str:
    """The page that lists all rules by family."""
    parts = [
        NOTICE,
        "# Rules\n",
        "Every page here is the documentation of the rule's class; its examples are run as tests. `planlint explain "
        "PL101` prints the same text. What tier and severity mean is told in [Levels](../levels.md).\n",
    ]
    for family, group in groupby(rules, key=lambda rule: family_of(rule.code)):
        parts.append(f"## {str(family).capitalize()}: {FAMILY_TITLES[str(family)]}\n")
        parts.append(
            table(
                ("code", "rule", "tier", "severity", "what it flags"),
                (
                    (rule.code, f"[{rule.name}]({rule.name}.md)", rule.tier.value, rule.severity.value, summary(rule))
                    for rule in group
                ),
            )
        )
    return "\n".join(parts)


def rule_overview(rules: Iterable[type[Rule]], base: str) -> str:
    """One line for each family, its rules linked below `base`: for the README. Rules outside of core are marked."""
    rows = []
    for family, group in groupby(rules, key=lambda rule: family_of(rule.code)):
        names = ", ".join(
            f"[{rule.name}]({base}{rule.name}.md)" + ("" if rule.tier.rank == 0 else "°") for rule in group
        )
        rows.append((f"**{family}**: {FAMILY_TITLES[str(family)]}", names))
    return table(("family", "rules"), rows)


def summary(rule: type[Rule]) -> str:
    """The first sentence of the documentation."""
    return " ".join(_documentation(rule).partition("\n\n")[0].split())


def _documentation(rule: type[Rule]) -> str:
    return inspect.cleandoc(rule.__doc__ or "")


def _type(item: dict[str, Any]) -> str:
    kind = item.get("type") or " or ".join(str(one.get("type", "value")) for one in item.get("anyOf", ({},)))
    words = {"minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below"}
    limits = ", ".join(f"{word} {item[key]}" for key, word in words.items() if key in item)
    choices = f": {code(map(str, item['enum']))}" if "enum" in item else ""
    return f"{kind}{choices} ({limits})" if limits else f"{kind}{choices}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    return f'"{value}"' if isinstance(value, str) else str(value)

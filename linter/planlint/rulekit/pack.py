"""`RulePack`: a named set of rules that an entry point of group `planlint.rules` gives."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from planlint.diagnostics import Tier
from planlint.records import Record, record

if TYPE_CHECKING:
    from planlint.rulekit.rule import Rule


class RuleEntry(NamedTuple):
    """What is known of a rule before its module is imported; a self test keeps it equal to the class."""

    code: str
    name: str
    tier: Tier
    target: str
    """`module:class`, absolute."""
    needs: tuple[str, ...] = ()
    """`Capability` values without which the rule cannot say anything."""
    engine: bool = False
    """Whether the engine itself makes the findings (`EngineRule`), so that there is nothing to run."""


class BrokenPackError(Exception):
    """A rule pack that cannot be used: it does not import, or two rules share a code or a name."""


@record
class RulePack(Record):
    """Rules by code. A module is imported when its rule is first wanted: start-up pays only for rules that run."""

    name: str
    entries: Mapping[str, RuleEntry]

    @classmethod
    def of(cls, name: str, *entries: RuleEntry) -> RulePack:
        """A pack of `entries`; raises `BrokenPackError` for a code or name that occurs twice."""
        by_code: dict[str, RuleEntry] = {}
        names: set[str] = set()
        for entry in entries:
            if entry.code in by_code or entry.name in names:
                raise BrokenPackError(f"rule pack {name!r} lists {entry.code} or {entry.name} twice")
            by_code[entry.code] = entry
            names.add(entry.name)
        return cls(name, by_code)

    def load(self, code: str) -> Rule:
        """An instance of the rule with `code`; raises `BrokenPackError` when its module or class is wrong."""
        entry = self.entries[code]
        module_name, _, class_name = entry.target.partition(":")
        try:
            rule_class = getattr(import_module(module_name), class_name)
        except Exception as error:
            raise BrokenPackError(f"rule {code} of pack {self.name!r} cannot be loaded: {error}") from error
        rule: Rule = rule_class()
        if rule.code != code:
            raise BrokenPackError(f"rule pack {self.name!r} lists {code}, but {entry.target} says {rule.code}")
        return rule

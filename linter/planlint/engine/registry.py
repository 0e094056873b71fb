"""`RuleRegistry`: every rule of every installed pack, known by code without importing the rule."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from planlint.diagnostics.levels import Severity, Tier
from planlint.engine.entry_points import entry_points
from planlint.rulekit.pack import BrokenPackError, RuleEntry, RulePack

if TYPE_CHECKING:
    from planlint.rulekit.rule import Rule

ENTRY_POINT_GROUP = "planlint.rules"


class RuleRegistry:
    """The rules of `packs`. Raises `BrokenPackError` when two packs claim one code or one name."""

    def __init__(self, packs: Iterable[RulePack]) -> None:
        self._pack_of: dict[str, RulePack] = {}
        self._code_of: dict[str, str] = {}
        self._rules: dict[str, Rule] = {}
        for pack in packs:
            for code, entry in pack.entries.items():
                other = self._pack_of.get(code) or self._pack_of.get(self._code_of.get(entry.name, ""))
                if other is not None:
                    raise BrokenPackError(
                        f"rule packs {other.name!r} and {pack.name!r} both have {code} or the name {entry.name!r}"
                    )
                self._pack_of[code] = pack
                self._code_of[entry.name] = code

    @property
    def entries(self) -> list[RuleEntry]:
        """All rules, by code."""
        return [self._pack_of[code].entries[code] for code in sorted(self._pack_of)]

    def pack_name(self, code: str) -> str:
        """The name of the pack that has rule `code`."""
        return self._pack_of[code].name

    def entry(self, code_or_name: str) -> RuleEntry | None:
        """The rule with this code (in any letter case) or name."""
        code = self._code_of.get(code_or_name.lower().replace("_", "-"), code_or_name.upper())
        pack = self._pack_of.get(code)
        return pack.entries[code] if pack is not None else None

    def rule(self, code: str) -> Rule:
        """The rule with `code`, imported now; raises `BrokenPackError` when it does not import."""
        found = self._rules.get(code)
        if found is None:
            found = self._rules[code] = self._pack_of[code].load(code)
        return found

    def metadata(self, code: str) -> tuple[str, Tier, Severity]:
        """Name, tier and severity of `code`; a code that no pack describes is an error called `unknown`."""
        if code not in self._pack_of:
            return "unknown", Tier.CORE, Severity.ERROR
        entry = self._pack_of[code].entries[code]
        return entry.name, entry.tier, self.rule(code).severity


@cache
def installed_rules() -> RuleRegistry:
    """The rules of all installed packs.

    Raises `BrokenPackError`, which ends the run with exit status 2: a pack that does not load must never look like a
    plan without findings.
    """
    packs = []
    for point in entry_points(ENTRY_POINT_GROUP):
        try:
            pack = point.load()
        except Exception as error:
            raise BrokenPackError(f"rule pack {point.name!r} ({point.value}) cannot be loaded: {error}") from error
        if not isinstance(pack, RulePack):
            raise BrokenPackError(f"rule pack {point.name!r}: {point.value} is not a RulePack")
        packs.append(pack)
    return RuleRegistry(packs)

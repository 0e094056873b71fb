"""`InstalledWords`: the installed rules as the configuration file is checked against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.config.run import ConfigurationError
from planlint.engine.registry import RuleRegistry
from planlint.engine.selection import expand

if TYPE_CHECKING:
    from planlint.rulekit.options import Options


class InstalledWords:
    """What words mean to the rules in `registry`."""

    def __init__(self, registry: RuleRegistry) -> None:
        self._registry = registry

    def complaint(self, selector: str) -> str | None:
        """What is wrong with a rule selector; None when it names something."""
        try:
            expand(selector, self._registry)
        except ConfigurationError as error:
            return str(error)
        return None

    def code(self, word: str) -> str | None:
        """The code of the one rule that `word` names by code or name."""
        entry = self._registry.entry(word)
        return entry.code if entry is not None else None

    def options(self, code: str) -> type[Options] | None:
        """The options of the rule with `code`, if it has any; the rule is imported."""
        return self._registry.rule(code).options

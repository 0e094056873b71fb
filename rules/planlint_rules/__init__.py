"""The built-in rule pack of planlint: one rule, one module, named after the rule, in a folder for each family."""

from planlint.rulekit.pack import RulePack
from planlint_rules.catalogue import RULES

PACK = RulePack.of("planlint", *RULES)
"""What the entry point `planlint.rules` finds."""

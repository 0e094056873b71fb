"""The rules of ACME, found by planlint through the entry point `planlint.rules`."""

from acme_planlint_rules.catalogue import RULES
from planlint.rulekit.pack import RulePack

PACK = RulePack.of("acme", *RULES)
"""What the entry point names."""

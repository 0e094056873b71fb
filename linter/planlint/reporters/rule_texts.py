"""What a rule's documentation says, cut for formats that carry rules along with findings."""

from __future__ import annotations

import inspect
from typing import NamedTuple

from planlint.engine.registry import RuleRegistry


class RuleText(NamedTuple):
    """A rule for people: its summary in one sentence, the reason, and all of its documentation in Markdown."""

    code: str
    name: str
    summary: str
    why: str
    help: str


def rule_text(registry: RuleRegistry, code: str) -> RuleText:
    """The texts of rule `code`; a code that no installed pack has gives its own name and nothing else."""
    name, _, _ = registry.metadata(code)
    if registry.entry(code) is None:
        return RuleText(code, name, f"{code} {name}.", "", f"{code} {name}.")
    text = inspect.cleandoc(type(registry.rule(code)).__doc__ or "")
    summary = text.partition("\n\n")[0].replace("\n", " ")
    why = text.partition("## Why\n\n")[2].partition("\n\n## ")[0].replace("\n", " ")
    return RuleText(code, name, summary, why, text)

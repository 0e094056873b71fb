"""Forms to fill in: `.specify/templates/tasks-template.md` looks like a plan, and nobody works on it.

Products put theirs into the repositories that use them (Spec Kit `.specify/templates`, spec-kitty `.kittify`, cc-sdd
`.kiro/settings/templates`; looked at 2026-12-01), so that a search comes across one in each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planlint.source.regex import regex

if TYPE_CHECKING:
    from planlint.model import Plan

_HOME = regex(
    r"(?:^|/)templates?/|(?:^|[/._-])template(?:\.[a-z]{1,8})+\Z|\.(?:tmpl|tpl)(?:\.[a-z]{1,8})?\Z", re.IGNORECASE
)
"""The path of a template: its directory or its name says so."""
_BLANK = regex(
    r"\{\{[^{}\n]{1,60}\}\}|<[A-Z][A-Z_-]{2,40}>|<[A-Za-z][\w,-]*(?: [\w,-]{1,30}){1,8}>"
    r"|\[(?!(?:US|P|ID)\d*\])[A-Za-z][\w #/,.-]{3,80}\](?![(\[:])"
)
"""What is to be filled in: `[FEATURE NAME]`, `{{TASK}}`, `<short title>`; no mark of a task, no link and no tag."""


def is_template(plan: Plan) -> bool:
    """Whether `plan` is a form: it lies where templates are kept, and something is still to be filled in."""
    return _HOME.search(plan.path) is not None and _BLANK.search(plan.origin.source.text) is not None

"""Forms to fill in: `.specify/templates/tasks-template.md` looks like a plan, and nobody works on it.

Products put theirs into the repositories that use them (Spec Kit `.specify/templates`, spec-kitty `.kittify`, cc-sdd
`.kiro/settings/templates`; looked at 2026-12-01), so that a search comes across one in each.
"""

from __future__ import annotations

import re

from planlint.source.regex import regex

_HOME = regex(
    r"(?:^|/)templates?/|(?:^|[/._-])template(?:\.[a-z]{1,8})+\Z|\.(?:tmpl|tpl)(?:\.[a-z]{1,8})?\Z", re.IGNORECASE
)
"""The path of a template: its directory or its name says so."""
_BLANK = regex(
    r"\{\{[^{}\n]{1,60}\}\}|<[A-Z][A-Z_-]{2,40}>|<[A-Za-z][\w,-]*(?: [\w,-]{1,30}){1,8}>"
    r"|\[(?!(?:US|P|ID)\d*\])[A-Za-z][\w #/,.-]{3,80}\](?![(\[:])"
)
"""What is to be filled in: `[FEATURE NAME]`, `{{TASK}}`, `<short title>`; no mark of a task, no link and no tag."""


def is_template(path: str, text: str) -> bool:
    """Whether a file is a form: it lies where templates are kept, and something is still to be filled in."""
    return _HOME.search(path) is not None and _BLANK.search(text) is not None

"""What kind of work a label tells of."""

from __future__ import annotations

import pytest

from planlint.dialects.prose.kind_words import kind_word


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Audit log", "build"),
        ("Audit-trail store", "build"),
        ("Audit", "review"),
        ("Audit log reviewer", "review"),
        ("Auditing of logins", "review"),
        ("Auditor", "review"),
        ("Audit all handlers", "review"),
    ],
)
def test_an_audit_log_is_built_and_an_audit_is_a_review(label: str, kind: str) -> None:
    assert kind_word(label, "Create ledger/entries.go.") == kind

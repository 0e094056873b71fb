"""Remedies as edits of a plan's text: what is shared by the dialects that can be edited (`Dialect.edits`)."""

from planlint.dialects.remedies.data import Words, data_edits
from planlint.dialects.remedies.integration import integration_edits
from planlint.dialects.remedies.listed import without_item, without_mark

__all__ = ["Words", "data_edits", "integration_edits", "without_item", "without_mark"]

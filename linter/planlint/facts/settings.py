"""`Settings`: the choices of a run that facts and rules depend on, resolved from configuration and command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planlint.records import NOTHING, Record, record


@record
class Settings(Record):
    """What a run decided for one plan. Plain data, so that facts never read configuration files."""

    include_done: bool = False
    """Also look at finished tasks."""
    case_sensitive: bool = True
    """Whether two spellings that differ in letter case are two files."""
    runtime: str | None = None
    """Runtime profile by name; None: the plan's own, else the default."""
    runtime_overrides: Mapping[str, Any] = NOTHING
    """Numbers of the profile that the project sets itself."""
    rule_options: Mapping[str, Mapping[str, Any]] = NOTHING
    """Rule code to its options as configured."""
    hubs: Mapping[str, Any] = NOTHING
    """Additions to the table of hub, sequence and scratch conventions."""

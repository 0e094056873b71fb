"""The configuration file as pydantic models: what may be written, with descriptions for the JSON Schema.

Imported only when there is a configuration file, or when its schema is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class _Table(BaseModel):
    """Keys are written with hyphens; underscores are taken too. Unknown keys are mistakes."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, alias_generator=_kebab, validate_by_name=True, validate_by_alias=True
    )


TierName = Literal["core", "strict", "audit"]
Level = Literal["error", "warning", "note", "off"]
FailOn = Literal["error", "warning", "note", "never"]
Selectors = list[str]
Globs = list[str]
OptionTables = dict[str, dict[str, Any]]


class NamedIgnore(_Table):
    """Findings that do not count, named by what they are about: for formats that have no comments."""

    rule: str = Field(description="Code or name of the rule.")
    tasks: list[str] = Field(
        default=[], description="Only findings about these tasks and no other ones, as the plan writes them."
    )
    paths: Globs = Field(
        default=[], description="Only findings whose paths all match one of these patterns (as in .gitignore)."
    )
    files: Globs = Field(default=[], description="Only findings in plan files that match one of these patterns.")
    reason: str = Field(min_length=1, description="Why these findings do not count.")
    expires: date | None = Field(
        default=None, strict=False, description="The last day on which this ignore counts (YYYY-MM-DD)."
    )


def _kind(value: object) -> str:
    return "selector" if isinstance(value, str) else "entry"


IgnoreItem = Annotated[Annotated[str, Tag("selector")] | Annotated[NamedIgnore, Tag("entry")], Discriminator(_kind)]


def _shape(value: object) -> str:
    return "table" if isinstance(value, dict) else "list"


HubFiles = Annotated[
    Annotated[dict[str, str], Tag("table")] | Annotated[Globs, Tag("list")],
    Discriminator(_shape),
]


class Hubs(_Table):
    """The project's additions to the built-in table of files that many tasks must touch."""

    files: HubFiles = Field(
        default=[], description="Patterns of hub files; as a table, each with the word that messages use for it."
    )
    not_hubs: Globs = Field(default=[], description="Patterns of files that are no hubs here.")
    sequences: list[str] = Field(default=[], description="Directories in which each new file takes the next number.")
    scratch: list[str] = Field(
        default=[], description="Names of temporary files or services that concurrent agents would share (PL110)."
    )


class Budgets(_Table):
    """The budgets of rules under plain names; each is an option of one rule."""

    inherited_tokens: int | None = Field(
        default=None, gt=0, description="Tokens that all agents together may inherit (PL501 `budget`)."
    )
    task_files: int | None = Field(default=None, gt=0, description="Files that one task may write (PL403 `files`).")
    window_share: float | None = Field(
        default=None, gt=0, le=1, description="The part of a context window that may be full at start (PL502 `share`)."
    )


BUDGETS: dict[str, tuple[str, str]] = {
    "inherited_tokens": ("PL501", "budget"),
    "task_files": ("PL403", "files"),
    "window_share": ("PL502", "share"),
}
"""Field of `Budgets` to the rule and the option that it sets."""


class PathTable(_Table):
    """What may be set for the whole project and, differently, for some paths."""

    select: Selectors | None = Field(
        default=None, description="Only these rules: codes, names, families (`ownership`) or prefixes (`PL1`)."
    )
    severity: dict[str, Level] = Field(default={}, description="Severity by rule; `off` does not report it.")
    tier: TierName | None = Field(default=None, description="How much advice: each tier includes the ones before.")
    dialect: str | None = Field(default=None, description="Read files as this format instead of recognising them.")
    runtime: str | None = Field(default=None, description="The runtime whose limits and costs apply.")
    rules: OptionTables = Field(default={}, description="Options of rules, by code or name.")


class Override(PathTable):
    """Other choices for some paths. Of several overrides that match a path, later ones win."""

    paths: Globs = Field(min_length=1, description="Patterns of plan files, as in .gitignore.")
    ignore: Selectors = Field(default=[], description="Rules that are not reported for these paths.")


class ConfigTable(PathTable):
    """`planlint.toml`, or `[tool.planlint]` in pyproject.toml. Paths are relative to the file's directory."""

    ignore: list[IgnoreItem] = Field(
        default=[],
        description="Rules that are not reported (text), and named ignores (tables: `[[ignore]]`).",
    )
    fail_on: FailOn | None = Field(default=None, description="Lowest severity that makes the exit status 1.")
    include_done: bool = Field(default=False, description="Also look at finished tasks.")
    case_sensitive: bool = Field(
        default=True, description="Whether two spellings that differ in letter case are two files."
    )
    include: Globs = Field(default=[], description="A directory search looks only at files that match (as .gitignore).")
    exclude: Globs = Field(default=[], description="A directory search passes over what matches (as .gitignore).")
    force_exclude: bool = Field(
        default=False, description="Whether `exclude` also holds for paths that the command line names."
    )
    baseline: str | None = Field(default=None, description="The baseline file to hold findings against.")
    runtime_overrides: dict[str, Any] = Field(
        default={}, description="Numbers of the runtime profile that the project sets itself."
    )
    budgets: Budgets = Field(default=Budgets(), description="Budgets under plain names.")
    hubs: Hubs = Field(default=Hubs(), description="Additions to the table of hub files.")
    overrides: list[Override] = Field(default=[], description="Other choices for some paths.")

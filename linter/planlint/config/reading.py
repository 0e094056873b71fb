"""`read_config`: a configuration file to a `ConfigFile`, checked against the installed rules, formats and runtimes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from planlint.config.find import SHARED_NAME
from planlint.config.mistakes import Keys, Mistakes, did_you_mean, keys_of, place
from planlint.config.run import ConfigurationError
from planlint.readers.tree import Mapping as MappingNode
from planlint.readers.tree import Node
from planlint.records import NOTHING, Record, record
from planlint.source import Origin
from planlint.source.load import SourceError, read_source

if TYPE_CHECKING:
    from pydantic import BaseModel

    from planlint.config.model import ConfigTable, NamedIgnore
    from planlint.rulekit.options import Options


class RuleWords(Protocol):
    """What a configuration is checked against: the installed rules."""

    def complaint(self, selector: str) -> str | None:
        """What is wrong with a rule selector (code, name, family, prefix); None when it names something."""

    def code(self, word: str) -> str | None:
        """The code of the one rule that `word` names by code or name; None for everything else."""

    def options(self, code: str) -> type[Options] | None:
        """The options of the rule with `code`, if it has any."""


@record
class ConfigFile(Record):
    """A configuration file that has been read and found correct."""

    path: Path
    """Absolute."""
    shown: str
    """The path as reports show it."""
    table: ConfigTable
    root: Node
    """The table as it stands in the file."""
    rule_options: Mapping[str, Mapping[str, Any]] = NOTHING
    """Rule code to options, budgets included."""
    override_options: tuple[Mapping[str, Mapping[str, Any]], ...] = ()
    """The same for each override."""

    @property
    def directory(self) -> Path:
        """The directory that paths in the file are relative to."""
        return self.path.parent

    @property
    def ignored(self) -> tuple[str, ...]:
        """The selectors in `ignore`."""
        return tuple(item for item in self.table.ignore if isinstance(item, str))

    @property
    def named_ignores(self) -> list[tuple[int, NamedIgnore]]:
        """The tables in `ignore`, each with its index there."""
        return [(index, item) for index, item in enumerate(self.table.ignore) if not isinstance(item, str)]

    def origin(self, *keys: str | int) -> Origin:
        """Where the key that `keys` lead to stands."""
        return place(self.root, keys, at_key=True)

    def says(self, *keys: str) -> bool:
        """Whether the file itself has a value there, as opposed to a default."""
        node: Node = self.root
        for key in keys:
            if not isinstance(node, MappingNode):
                return False
            spelled = next((name for name in (key, key.replace("-", "_")) if name in node.values), None)
            if spelled is None:
                return False
            node = node.values[spelled]
        return True


def read_config(path: Path, shown: str, words: RuleWords) -> ConfigFile:
    """The configuration in the file at `path`; raises `ConfigurationError` with all its mistakes."""
    root = _table(path, shown)
    from pydantic import ValidationError

    from planlint.config.model import ConfigTable

    mistakes = Mistakes(shown, root)
    plain = root.plain
    assert isinstance(plain, dict)
    try:
        table = ConfigTable.model_validate(plain)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            mistakes.add_error(one, keys_of(_model_at(one["loc"])))
        table = None
    # What can be checked without the models is checked even so: all mistakes at once.
    options, override_options = _check_words(plain, words, mistakes)
    if table is None or mistakes.sentences:
        raise ConfigurationError(*mistakes.sentences)
    from planlint.config.model import BUDGETS

    for name, (code, option) in BUDGETS.items():
        value = getattr(table.budgets, name)
        if value is not None and words.code(code) is not None:
            options.setdefault(code, {}).setdefault(option, value)
    return ConfigFile(path, shown, table, root, options, override_options)


def _table(path: Path, shown: str) -> MappingNode:
    """The table of the file, with places; raises `ConfigurationError` for what is no TOML or not there."""
    from planlint.readers.toml import read_toml

    try:
        source = read_source(path, shown)
    except SourceError as error:
        raise ConfigurationError(error.message) from None
    document = read_toml(source)
    if document.problems:
        raise ConfigurationError(
            *(
                f"{shown}:{problem.origin.begin.line}:{problem.origin.begin.column}: {problem.message}"
                for problem in document.problems
            )
        )
    root = document.root
    if path.name == SHARED_NAME:
        for key in ("tool", "planlint"):
            found = root.values.get(key) if isinstance(root, MappingNode) else None
            if found is None:
                raise ConfigurationError(f"{shown} has no table [tool.planlint]")
            root = found
    if not isinstance(root, MappingNode):
        at = (root.origin if root is not None else source.origin(0, 0)).begin
        raise ConfigurationError(f"{shown}:{at.line}:{at.column}: the configuration must be a table")
    return root


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model of the table in which an unknown key stands."""
    from planlint.config import model

    if len(loc) > 1:
        if loc[0] == "overrides":
            return model.Override
        if loc[0] == "ignore":
            return model.NamedIgnore
        if loc[0] == "hubs":
            return model.Hubs
        if loc[0] == "budgets":
            return model.Budgets
    return model.ConfigTable


def _check_words(
    plain: dict[str, Any], words: RuleWords, mistakes: Mistakes
) -> tuple[dict[str, dict[str, Any]], tuple[dict[str, dict[str, Any]], ...]]:
    """Check every rule, format, runtime and pattern that is named; the rule options by code, for all and by override.

    `plain` may hold anything: what has a wrong type is the models' business and passed over here.
    """
    options = _check_path_table(plain, (), words, mistakes)
    overrides = []
    for index, override in enumerate(_list(plain.get("overrides"))):
        table = override if isinstance(override, dict) else {}
        overrides.append(_check_path_table(table, ("overrides", index), words, mistakes))
    for index, item in enumerate(_list(plain.get("ignore"))):
        if isinstance(item, dict) and isinstance(rule := item.get("rule"), str) and words.code(rule) is None:
            complaint = words.complaint(rule) or f"{rule!r} is a family; a named ignore is about one rule"
            mistakes.add(("ignore", index, "rule"), complaint)
    _check_runtime(plain, mistakes)
    hubs = plain.get("hubs")
    if isinstance(hubs, dict):
        _check_patterns(hubs.get("files"), ("hubs", "files"), mistakes)
        for key in ("not-hubs", "not_hubs"):
            _check_patterns(hubs.get(key), ("hubs", key), mistakes)
    return options, tuple(overrides)


def _check_path_table(
    table: dict[str, Any], before: Keys, words: RuleWords, mistakes: Mistakes
) -> dict[str, dict[str, Any]]:
    for key in ("select", "ignore"):
        for index, selector in enumerate(_list(table.get(key))):
            if isinstance(selector, str):
                _check_selector(selector, (*before, key, index), words, mistakes)
    for selector in _dict(table.get("severity")):
        complaint = words.complaint(selector)
        if complaint:
            mistakes.add((*before, "severity", selector), complaint, at_key=True)
    dialect = table.get("dialect")
    if isinstance(dialect, str):
        from planlint.dialects.registry import dialect_names

        known = dialect_names()
        if dialect not in known:
            mistakes.add((*before, "dialect"), f"unknown dialect {dialect!r}{did_you_mean(dialect, known)}")
    runtime = table.get("runtime")
    if isinstance(runtime, str):
        _check_runtime_value(runtime, {}, (*before, "runtime"), mistakes)
    found: dict[str, dict[str, Any]] = {}
    for word, values in _dict(table.get("rules")).items():
        if isinstance(values, dict):
            code = _checked_options(word, values, (*before, "rules", word), words, mistakes)
            if code is not None:
                found.setdefault(code, {}).update({name.replace("-", "_"): value for name, value in values.items()})
    return found


def _checked_options(word: str, values: dict[str, Any], keys: Keys, words: RuleWords, mistakes: Mistakes) -> str | None:
    """The code of the rule whose options these are; None after complaining."""
    code = words.code(word)
    if code is None:
        complaint = words.complaint(word) or f"{word!r} is a family; options belong to one rule, by code or name"
        mistakes.add(keys, complaint, at_key=True)
        return None
    options = words.options(code)
    if options is None:
        mistakes.add(keys, f"{code} has no options", at_key=True)
        return None
    from pydantic import ValidationError

    known = [name.replace("_", "-") for name in options.names()]
    try:
        options.checked({name.replace("-", "_"): value for name, value in values.items()})
    except ValidationError as error:
        for one in error.errors(include_url=False):
            mistakes.add_error(one, known, keys)
        return None
    return code


def _check_selector(selector: str, keys: Keys, words: RuleWords, mistakes: Mistakes) -> None:
    complaint = words.complaint(selector)
    if complaint:
        mistakes.add(keys, complaint)


def _check_runtime(plain: dict[str, Any], mistakes: Mistakes) -> None:
    """Each number of the profile on its own, so that one wrong number does not hide another."""
    for key in ("runtime-overrides", "runtime_overrides"):
        for name, value in _dict(plain.get(key)).items():
            _check_runtime_value(None, {name: value}, (key, name), mistakes)


def _check_runtime_value(runtime: str | None, overrides: dict[str, Any], keys: Keys, mistakes: Mistakes) -> None:
    from planlint.facts.runtimes import runtime_for

    try:
        runtime_for(runtime, overrides)
    except ValueError as error:
        mistakes.add(keys, str(error), at_key=bool(overrides))


def _check_patterns(value: Any, keys: Keys, mistakes: Mistakes) -> None:
    from planlint.paths import Pattern, PatternError

    found = list(enumerate(value)) if isinstance(value, list) else [(text, text) for text in _dict(value)]
    for key, text in found:
        if not isinstance(text, str):
            continue
        try:
            Pattern.parse(text)
        except PatternError as error:
            mistakes.add((*keys, key), f"the pattern {text!r} cannot be read: {error}", at_key=True)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}

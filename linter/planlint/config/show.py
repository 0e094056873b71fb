"""What holds for a path as TOML, each value with where it comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from planlint.config.effective import Configuration


class Shown(NamedTuple):
    """One effective value. `keys` lead to it, `source` says who decided."""

    keys: tuple[str, ...]
    value: Any
    source: str


_DEFAULT = "default"
_COMMAND_LINE = "command line"


def effective_values(configuration: Configuration, path: str) -> list[Shown]:
    """Everything that holds for the plan at `path` (from the root), in the order of the configuration file."""
    effective = configuration.for_path(path)
    finder = _Finder(configuration, effective.overrides)
    run, settings, table = configuration.run, effective.settings, configuration.table
    select_from, select = _last_select(configuration, path)
    found = [
        Shown(("select",), list(select), finder.source("select", given=bool(run.select)) if select_from else _DEFAULT),
        Shown(("ignore",), _ignored(configuration, path), finder.source("ignore", given=bool(run.ignore))),
        Shown(("tier",), effective.tier.value, finder.source("tier", given=run.tier is not None)),
        Shown(("fail-on",), configuration.fail_on, finder.source("fail-on")),
        Shown(("dialect",), effective.dialect, finder.source("dialect", given=run.dialect is not None)),
        Shown(("runtime",), settings.runtime, finder.source("runtime", given=run.runtime is not None)),
        Shown(("include-done",), settings.include_done, finder.source("include-done", given=run.include_done)),
        Shown(("case-sensitive",), settings.case_sensitive, finder.source("case-sensitive")),
        Shown(("include",), list(table.include) if table is not None else [], finder.source("include")),
        Shown(("exclude",), list(table.exclude) if table is not None else [], finder.source("exclude")),
        Shown(
            ("force-exclude",),
            run.force_exclude or (table is not None and table.force_exclude),
            finder.source("force-exclude", given=run.force_exclude),
        ),
        Shown(("baseline",), _baseline(configuration), finder.source("baseline", given=run.baseline is not None)),
    ]
    levels = {selector: level for layer in effective.layers for selector, level in layer.severities}
    given = dict(run.severities)
    found += [
        Shown(("severity", selector), level, finder.source("severity", selector, given=selector in given))
        for selector, level in levels.items()
    ]
    found += [
        Shown(("runtime-overrides", name), value, finder.source("runtime-overrides", name))
        for name, value in settings.runtime_overrides.items()
    ]
    found += [
        Shown(("hubs", name.replace("_", "-")), value, finder.source("hubs", name.replace("_", "-")))
        for name, value in settings.hubs.items()
    ]
    found += [
        Shown(("rules", code, name.replace("_", "-")), value, finder.option_source(code, name))
        for code, values in settings.rule_options.items()
        for name, value in values.items()
    ]
    return found


def as_toml(values: list[Shown]) -> str:
    """The values as TOML with a comment on each line; what has no value (no dialect, no baseline) is commented out."""
    lines: list[str] = []
    table: tuple[str, ...] = ()
    for shown in values:
        if shown.keys[:-1] != table:
            table = shown.keys[:-1]
            lines += ["", f"[{'.'.join(_key(key) for key in table)}]"]
        key = _key(shown.keys[-1])
        if shown.value is None or (shown.value == [] and shown.source == _DEFAULT):
            lines.append(f"# {key}: not set")
        else:
            lines.append(f"{key} = {_value(shown.value)}  # {shown.source}")
    return "\n".join(lines) + "\n"


class _Finder:
    """Who decided: command line, the last override that matches, the file, or nobody."""

    def __init__(self, configuration: Configuration, overrides: tuple[int, ...]) -> None:
        self._file = configuration.file
        self._overrides = overrides

    def source(self, *keys: str, given: bool = False) -> str:
        """`command line`, `planlint.toml:12`, `planlint.toml:30, overrides[0]` or `default`."""
        if given:
            return _COMMAND_LINE
        file = self._file
        if file is None:
            return _DEFAULT
        for index in reversed(self._overrides):
            override = file.table.overrides[index]
            name = keys[0].replace("-", "_")
            if name in override.model_fields_set and (len(keys) == 1 or keys[1] in getattr(override, name)):
                return f"{self._line('overrides', index, *keys)}, overrides[{index}]"
        return self._line(*keys) if file.says(*keys) else _DEFAULT

    def option_source(self, code: str, option: str) -> str:
        """Where an option of a rule was set, by code, by name, or as a budget."""
        file = self._file
        if file is None:
            return _DEFAULT
        for index in reversed(self._overrides):
            if option in file.override_options[index].get(code, {}):
                return f"{self._line('overrides', index, 'rules')}, overrides[{index}]"
        from planlint.config.model import BUDGETS

        budget = next((name for name, target in BUDGETS.items() if target == (code, option)), None)
        for word in file.table.rules:
            if file.says("rules", word, option.replace("_", "-")) and code in file.rule_options:
                return self._line("rules", word, option.replace("_", "-"))
        if budget is not None:
            return self._line("budgets", budget.replace("_", "-"))
        return self._line("rules")

    def _line(self, *keys: str | int) -> str:
        assert self._file is not None
        return f"{self._file.shown}:{self._file.origin(*keys).begin.line}"


def _last_select(configuration: Configuration, path: str) -> tuple[bool, tuple[str, ...]]:
    """Whether anybody selects, and the selectors of the highest layer that does."""
    for layer in reversed(configuration.for_path(path).layers):
        if layer.select is not None:
            return True, layer.select
    return False, ()


def _ignored(configuration: Configuration, path: str) -> list[str]:
    """The selectors that layers ignore, from the highest layer that selects upwards."""
    found: list[str] = []
    for layer in configuration.for_path(path).layers:
        found += [selector for selector in layer.ignore if selector not in found]
    return found


def _baseline(configuration: Configuration) -> str | None:
    if configuration.run.baseline is not None:
        return configuration.run.baseline.as_posix()
    return configuration.table.baseline if configuration.table is not None else None


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key))} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return str(value)


def _text(text: str) -> str:
    """A basic TOML string; JSON's escapes are TOML's, but for the character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

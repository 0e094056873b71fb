"""The baseline file: JSON, sorted, one finding on a line, so that a diff shows what came and went."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from planlint.config.run import ConfigurationError
from planlint.source import Origin, Source
from planlint.source.load import SourceError, read_source
from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.diagnostics import Diagnostic

VERSION = 1
"""Changes when a fingerprint comes to mean something else, because then no entry would match."""

DEFAULT_NAME = "planlint-baseline.json"

NEVER = ("PL0", "PL904")
"""Codes and prefixes that a baseline never holds: what could not be read may hide anything, and stale entries are
about the baseline itself."""


class Entry(NamedTuple):
    """`times` findings with one fingerprint. Only these two decide what matches; the rest is for people."""

    path: str
    code: str
    message: str
    fingerprint: str
    times: int = 1


class Baseline(NamedTuple):
    """A baseline file that has been read."""

    source: Source
    entries: tuple[Entry, ...]

    def origin(self, entry: Entry) -> Origin:
        """Where the entry stands in the file: its fingerprint."""
        start = max(self.source.text.find(f'"{entry.fingerprint}"'), 0)
        return self.source.origin(start, min(start + len(entry.fingerprint) + 2, len(self.source.text)))


def may_hold(code: str) -> bool:
    """Whether findings with `code` can be put into a baseline."""
    return not code.startswith(NEVER)


def entries_of(findings: Iterable[Diagnostic]) -> tuple[Entry, ...]:
    """The entries that stand for `findings`: those that count and may be held."""
    held = [finding for finding in findings if finding.suppressed is None and may_hold(finding.code)]
    counts = Counter(finding.fingerprint for finding in held)
    first: dict[str, Diagnostic] = {}
    for finding in sorted(held, key=lambda item: item.sort_key):
        first.setdefault(finding.fingerprint, finding)
    return tuple(
        Entry(finding.path, finding.code, finding.message, fingerprint, counts[fingerprint])
        for fingerprint, finding in first.items()
    )


def render(entries: Iterable[Entry]) -> str:
    """The text of a baseline file."""
    lines = [json.dumps(_data(entry), ensure_ascii=True) for entry in sorted(entries)]
    listed = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "tool": "planlint {__version__}",\n  "findings": {listed}\n}}\n'


def _data(entry: Entry) -> dict[str, str | int]:
    data = entry._asdict()
    data["count"] = data.pop("times")
    return data


def write_baseline(path: Path, entries: Iterable[Entry], shown: str) -> None:
    """Write the file at once or not at all; raises `ConfigurationError` where it cannot be written."""
    from planlint.source.write import write_atomically

    try:
        write_atomically(path, render(entries).encode("ascii"))
    except OSError as error:
        raise ConfigurationError(
            f"cannot write the baseline {shown}: {(error.strerror or str(error)).lower()}"
        ) from None


def read_baseline(path: Path, shown: str) -> Baseline:
    """The baseline at `path`; raises `ConfigurationError` for one that is missing, broken or of another version."""
    try:
        source = read_source(path, shown)
    except SourceError as error:
        hint = "; write one with `planlint baseline write`" if not path.exists() else ""
        raise ConfigurationError(f"the baseline cannot be read: {error.message}{hint}") from None
    try:
        data = json.loads(source.text)
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ConfigurationError(
            f"{shown}{line}: the baseline is no JSON; restore it, or remove it and write it anew"
        ) from None
    version = data.get("version") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(version, int) or isinstance(version, bool):
        raise ConfigurationError(f"{shown} is no baseline of planlint: it has no version")
    if version != VERSION:
        tool = data.get("tool")
        by = f" by {tool}" if isinstance(tool, str) else ""
        raise ConfigurationError(
            f"{shown} is a baseline of version {version}, written{by}; planlint {__version__} reads version {VERSION}: "
            + ("update planlint" if version > VERSION else "remove it and write it anew")
        )
    findings = data.get("findings")
    if not isinstance(findings, list):
        raise ConfigurationError(f"{shown} is no baseline of planlint: it has no list `findings`")
    return Baseline(source, tuple(_entry(item, index, shown) for index, item in enumerate(findings)))


def _entry(item: Any, index: int, shown: str) -> Entry:
    try:
        count = item.get("count", 1)
        entry = Entry(item["path"], item["code"], item.get("message", ""), item["fingerprint"], count)
    except (AttributeError, KeyError, TypeError) as error:
        missing = f" has no {error}" if isinstance(error, KeyError) else " is no table"
        raise ConfigurationError(f"{shown}: entry {index + 1} of the baseline{missing}") from None
    texts = all(isinstance(text, str) for text in entry[:4])
    if not texts or not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ConfigurationError(f"{shown}: entry {index + 1} of the baseline has a value of the wrong kind")
    return entry

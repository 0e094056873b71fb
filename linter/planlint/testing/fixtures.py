"""Fixtures: plans with the findings they must give written beside the line.

A fixture is one file, or a directory tree with a file `plan.want` at its top (which also marks the directory). In YAML,
Python and the like a comment on the line of the finding says what must be found there:

    modifies: [src/index.ts]  # want: PL101 "both write"

In Markdown an HTML comment does (`<!-- want: PL101 "both write" -->`). The quoted part is a regular expression that the
message must match; it may be left out, and several may follow each other. A severity may stand behind the code where it
is the point (`want: PL101 warning "both write"`). `want+1:` and `want-2:` point to another
line. Formats without comments have a file beside them, `NAME.want`, with lines such as `12: PL101 "both write"`; in
`plan.want` the path comes first: `specs/tasks.md:12: PL101 "both write"`.

Switches, in a comment or on a line of their own in a `.want` file: `want-tier: strict`, `want-skip: PL201` (the rule
must be skipped), `want-include-done: yes`, `want-paths: specs plan.yaml` (what to check in a tree; default: all of it).

Findings of the core tier that nobody wants fail the fixture. Findings of other tiers do so when the fixture is about
their rule: it wants the rule somewhere, or stands in a directory that starts with its code (`PL111-no-integration/`).
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from planlint.config.run import RunConfig
from planlint.diagnostics import Diagnostic, Severity, Tier
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.facts.repository import Repository
from planlint.readers.registry import SYNTAX_OF_SUFFIX

TREE_MARK = "plan.want"
"""The file that makes a directory one fixture."""

_COMMENT = re.compile(r"(?:#|//|<!--)\s*want(?P<offset>[+-]\d+)?:(?P<rest>.*)")
_SWITCH = re.compile(r"(?:^|#|//|<!--)\s*want-(?P<name>tier|skip|include-done|paths):\s*(?P<value>.*?)\s*(?:-->|$)")
_SIDECAR = re.compile(r"^(?:(?P<path>[^\s:]+):)?(?P<line>\d+):(?P<rest>.*)")
_ITEM = re.compile(
    r'\s*(?P<code>[A-Z]+\d+)(?:\s+(?P<severity>error|warning|note)\b)?(?:\s+"(?P<pattern>(?:[^"\\]|\\.)*)")?'
)


class Want(NamedTuple):
    """One finding that must be there. `pattern` must match its message; None: any message (any severity) will do."""

    path: str
    line: int
    code: str
    pattern: str | None = None
    severity: Severity | None = None

    def matches(self, finding: Diagnostic) -> bool:
        """Whether `finding` is the one."""
        at = (finding.path, finding.origin.begin.line, finding.code)
        return (
            at == (self.path, self.line, self.code)
            and self.severity in (None, finding.severity)
            and (self.pattern is None or re.search(self.pattern, finding.message) is not None)
        )

    def __str__(self) -> str:
        words = [self.code, self.severity or "", f'"{self.pattern}"' if self.pattern is not None else ""]
        return f"{self.path}:{self.line}: {' '.join(word for word in words if word)}"


@dataclass(slots=True)
class Fixture:
    """A file or a tree, with everything that its comments ask for."""

    path: Path
    wants: list[Want] = field(default_factory=list)
    tier: Tier = Tier.CORE
    skips: list[str] = field(default_factory=list)
    include_done: bool = False
    paths: tuple[str, ...] = ()

    @property
    def is_tree(self) -> bool:
        """Whether it is a directory."""
        return self.path.is_dir()

    def about(self, code: str) -> bool:
        """Whether the fixture is about rule `code`."""
        return any(want.code == code for want in self.wants) or any(
            part.startswith(f"{code}-") for part in self.path.parts
        )


def find_fixtures(top: Path) -> list[Path]:
    """All fixtures below `top`: trees, and files of a syntax that planlint reads, in order."""
    return sorted(_find(top))


def _find(directory: Path) -> Iterator[Path]:
    entries = sorted(directory.iterdir())
    if any(entry.name == TREE_MARK for entry in entries):
        yield directory
        return
    for entry in entries:
        if entry.is_dir():
            yield from _find(entry)
        elif entry.suffix.lower() in SYNTAX_OF_SUFFIX and entry.name != "README.md":
            yield entry


def read_fixture(path: Path) -> Fixture:
    """The fixture at `path`; raises `ValueError` for a comment that makes no sense."""
    fixture = Fixture(path)
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.suffix.lower() in SYNTAX_OF_SUFFIX:
                _read_comments(file, file.relative_to(path).as_posix(), fixture)
        _read_sidecar(path / TREE_MARK, None, fixture)
        return fixture
    _read_comments(path, path.name, fixture)
    sidecar = path.with_name(path.name + ".want")
    if sidecar.exists():
        _read_sidecar(sidecar, path.name, fixture)
    return fixture


def run_fixture(fixture: Fixture, texts: Mapping[str, str] | None = None) -> Report:
    """Check the fixture with the real engine and all installed rules.

    A single file is checked alone in an empty directory, without a repository around it; a tree is its own repository.
    `texts` (by path) stand in for what files hold.
    """
    if fixture.is_tree:
        paths = tuple(str(fixture.path / path) for path in fixture.paths) or (str(fixture.path),)
        return check(paths, _config(fixture, fixture.path), texts=texts)
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, fixture.path.name)
        shutil.copyfile(fixture.path, copy)
        return check((str(copy),), _config(fixture, Path(directory)), repository=Repository.none(), texts=texts)


def failures(fixture: Fixture, report: Report) -> list[str]:
    """What is not as the fixture wants it, one readable sentence each; empty when all is well."""
    open_wants = list(fixture.wants)
    found: list[str] = []
    for finding in report.active:
        want = next((want for want in open_wants if want.matches(finding)), None)
        if want is not None:
            open_wants.remove(want)
        elif finding.tier is Tier.CORE or fixture.about(finding.code):
            begin = finding.origin.begin
            found.append(f"unexpected {finding.path}:{begin.line}:{begin.column}: {finding.code} {finding.message}")
    for want in open_wants:
        near = [f"{finding.severity}: {finding.message}" for finding in report.active if finding.code == want.code]
        hint = f" (there is: {'; '.join(near)})" if near else ""
        found.append(f"missing    {want}{hint}")
    skipped = {item.code for item in report.skipped}
    found += [f"not skipped: {code}" for code in fixture.skips if code not in skipped]
    return found


def _config(fixture: Fixture, root: Path) -> RunConfig:
    return RunConfig(root=root, tier=fixture.tier, include_done=fixture.include_done)


def _read_comments(file: Path, shown: str, fixture: Fixture) -> None:
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        if "want" not in line:
            continue
        comment = _COMMENT.search(line)
        if comment is not None:
            at = number + int(comment["offset"] or 0)
            fixture.wants += _items(comment["rest"], shown, at, f"{file}:{number}")
        elif (switch := _SWITCH.search(line)) is not None:
            _switch(switch["name"], switch["value"], fixture)


def _read_sidecar(file: Path, shown: str | None, fixture: Fixture) -> None:
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        text = line.strip()
        if (switch := _SWITCH.match(text)) is not None:
            _switch(switch["name"], switch["value"], fixture)
        elif text and not text.startswith("#"):
            want = _SIDECAR.match(text)
            path = (want["path"] or shown) if want is not None else None
            if want is None or path is None:
                raise ValueError(f'{file}:{number}: expected [PATH:]LINE: CODE "regex", not {text!r}')
            fixture.wants += _items(want["rest"], path, int(want["line"]), f"{file}:{number}")


def _items(text: str, path: str, line: int, where: str) -> list[Want]:
    items: list[Want] = []
    at = 0
    while (item := _ITEM.match(text, at)) is not None:
        severity = Severity(item["severity"]) if item["severity"] else None
        items.append(Want(path, line, item["code"], item["pattern"], severity))
        at = item.end()
    if not items or text[at:].strip() not in ("", "-->"):
        raise ValueError(f'{where}: expected CODE "regex" ..., not {text.strip()!r}')
    return items


def _switch(name: str, value: str, fixture: Fixture) -> None:
    if name == "tier":
        fixture.tier = Tier(value)
    elif name == "skip":
        fixture.skips += value.split()
    elif name == "include-done":
        fixture.include_done = value == "yes"
    else:
        fixture.paths = tuple(value.split())

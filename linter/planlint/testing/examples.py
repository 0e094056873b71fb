"""Examples in rule documentation, run: what `## Example` shows must be found, what `## Use instead` shows must not.

A fenced block is a file. Its info string names it: `yaml` alone is planlint's `plan.yaml`; `title="specs/x/tasks.md"`
names any other, and all titled blocks of a section make one small repository, in which missing files mean something.
The word `plan` in an info string says which files to check; without it the whole tree is searched. `repeat=500` makes a
titled file of the block five hundred times over, for rules about long files. Untitled blocks of other languages are
prose and not run.
"""

from __future__ import annotations

import inspect
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from planlint.config.run import RunConfig
from planlint.diagnostics import Tier
from planlint.engine.report import Report
from planlint.engine.run import check
from planlint.facts.repository import Repository
from planlint.records import Record, record
from planlint.rulekit.rule import Rule

_TITLE = re.compile(r'title="([^"]+)"')
_REPEAT = re.compile(r"\brepeat=(\d{1,4})\b")


class Fence(NamedTuple):
    """A fenced block: the section it stands in, its info string, its text."""

    section: str
    info: str
    text: str


@record
class Example(Record):
    """Files of one example by path, whether they are a repository, and which of them to check (empty: search)."""

    section: str
    files: dict[str, str]
    repository: bool
    paths: tuple[str, ...] = ()


def examples(rule: type[Rule], section: str) -> list[Example]:
    """The runnable examples in `section` (`Example` or `Use instead`) of the documentation of `rule`."""
    titled: dict[str, str] = {}
    named: list[str] = []
    found: list[Example] = []
    for fence in fences(inspect.cleandoc(rule.__doc__ or "")):
        if fence.section != section:
            continue
        title = _TITLE.search(fence.info)
        if title is not None:
            repeat = _REPEAT.search(fence.info)
            titled[title[1]] = fence.text * (int(repeat[1]) if repeat is not None else 1)
            if "plan" in _TITLE.sub("", fence.info).split():
                named.append(title[1])
        elif fence.info.split() == ["yaml"]:
            found.append(Example(section, {"plan.yaml": fence.text}, repository=False, paths=("plan.yaml",)))
    if titled:
        found.append(Example(section, titled, repository=True, paths=tuple(named)))
    return found


def run_example(example: Example) -> Report:
    """Check the example with all rules of all tiers."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for name, text in example.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        paths = tuple(str(root / name) for name in example.paths) or (str(root),)
        repository = Repository(root, explicit=True) if example.repository else Repository.none()
        return check(paths, RunConfig(root=root, tier=Tier.AUDIT), repository=repository)


def fences(markdown: str) -> Iterator[Fence]:
    """The fenced blocks of a documentation text with the `##` section each stands in."""
    section = ""
    info: str | None = None
    closing = ""
    lines: list[str] = []
    for line in markdown.split("\n"):
        if info is not None:
            if line.strip() == closing:
                yield Fence(section, info, "".join(f"{one}\n" for one in lines))
                info, lines = None, []
            else:
                lines.append(line)
        elif line.startswith("```"):
            closing = line[: len(line) - len(line.lstrip("`"))]
            info = line[len(closing) :].strip()
        elif line.startswith("## "):
            section = line[3:].strip()

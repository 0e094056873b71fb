"""Where GSD keeps its plans: which files make up a phase, what their names say, and which plans are finished."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_FLAT = re.compile(r"(?:.*[-.])?PLAN\.md", re.IGNORECASE)
_NESTED = re.compile(r"(?:.*-)?PLAN-\d+.*\.md", re.IGNORECASE)
_OTHER_WORD = re.compile(r"\d+(?:\.\d+)*-\d+[a-z]?(?:-.*)?-(?P<word>[A-Z]{3,10})\.md")
_SUFFIX = re.compile(r"[-.]?PLAN\.md\Z", re.IGNORECASE)
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)-(\d+(?:\.\d+)*[a-z]?(?:\.\d+)?)(?=-|\Z)", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"(?:phase[-_ ]?)?(\d+(?:\.\d+)*)", re.IGNORECASE)
_PLAN_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?(?:\.\d+)?", re.IGNORECASE)
_NESTED_NUMBER = re.compile(r"PLAN-(\d+)", re.IGNORECASE)

_TRACKING = frozenset(
    {"state.md", "roadmap.md", "requirements.md", "project.md", "milestones.md", "config.json", "summary.md"}
)
_LONGEST_ROOT = 400

_PLANNING = re.compile(r"\.(?:\w+_)?planning|\.gsd")
"""GSD keeps its files in `.planning`, its variant for Antigravity in `.gsd`, forks in `.<name>_planning`."""

NESTED_DIRECTORY = "plans"
"""gsd-core also keeps the plans of a phase one level deeper, as `plans/PLAN-01-slug.md`."""


class PlanName(NamedTuple):
    """What the name of a plan file says."""

    stem: str
    """The name without `-PLAN.md`: `03-02`, `03-02-charts`; empty for a bare `PLAN.md`."""
    phase: str
    """The phase number as written, from the file or else the directory; empty where there is none."""
    number: str
    """The plan number as written; empty where the name has none."""

    @property
    def id(self) -> str:
        """`03-02`, as GSD writes ids; the stem where the name holds no number, or is `3.2` as a whole."""
        if self.stem == f"{self.phase}.{self.number}":
            return self.stem
        return f"{self.phase}-{self.number}" if self.phase and self.number else self.stem


def phase_directory(path: str) -> str:
    """The directory of the phase that the plan at `path` belongs to; empty for the root."""
    directory = path.rpartition("/")[0]
    above, _, last = directory.rpartition("/")
    name = path.rpartition("/")[2]
    return above if last == NESTED_DIRECTORY and _NESTED.fullmatch(name) else directory


def is_plan_name(name: str) -> bool:
    """Whether GSD takes a file of this name, directly in a phase directory, for a plan."""
    return _FLAT.fullmatch(name) is not None


def plan_files(directory: str, names: Sequence[str], nested: Iterable[str]) -> tuple[str, ...]:
    """The paths of a phase's plans: those among its `names`, then those among the names in its `plans/`."""
    prefix = f"{directory}/" if directory else ""
    found = [prefix + name for name in names if is_plan_name(name)]
    found += [f"{prefix}{NESTED_DIRECTORY}/{name}" for name in nested if _NESTED.fullmatch(name)]
    return tuple(found)


def sibling_files(path: str, names: Sequence[str]) -> tuple[str, ...]:
    """The paths among `names` that end as the plan at `path` does, in forks with another word: `46-08-TRD.md`."""
    directory, _, name = path.rpartition("/")
    ending = _OTHER_WORD.fullmatch(name)
    if ending is None:
        return (path,)
    prefix = f"{directory}/" if directory else ""
    found = ((other, _OTHER_WORD.fullmatch(other)) for other in names)
    return tuple(prefix + other for other, match in found if match is not None and match["word"] == ending["word"])


def plan_name(path: str) -> PlanName:
    """What the path of a plan file says about it."""
    name = path.rpartition("/")[2]
    slug = phase_directory(path).rpartition("/")[2]
    leading = _LEADING_NUMBER.match(slug)
    phase = leading[1] if leading else ""
    nested = _NESTED_NUMBER.search(name)
    if nested is not None and not is_plan_name(name):
        return PlanName(name[: -len(".md")], phase, nested[1])
    stem = _SUFFIX.sub("", name)
    numbered = _NUMBERED.match(stem)
    if numbered is not None and not (phase and same_number(stem, phase)):
        return PlanName(stem, numbered[1], numbered[2])
    if _PLAN_NUMBER.fullmatch(stem):
        if same_number(stem, phase) and phase != slug:
            # `.planning/quick/001-fix/001-PLAN.md`: the file repeats the number of its directory.
            return PlanName(stem, "", stem)
        # `.gsd/phases/3/3.2-PLAN.md` beside `.gsd/phases/3/2-PLAN.md`
        repeated = f"{phase}." if phase and phase == slug and stem.startswith(f"{phase}.") else ""
        return PlanName(stem, phase, stem.removeprefix(repeated))
    return PlanName(stem, phase, "")


def same_number(first: str, second: str) -> bool:
    """Whether two numbers are the same but for leading zeros: `3` and `03`, `57.7` and `57.07`; letters count."""
    return _number_key(first) == _number_key(second)


def _number_key(number: str) -> tuple[str, ...]:
    return tuple(part.lstrip("0") or "0" for part in number.strip().lower().split("."))


def summary_ids(names: Iterable[str]) -> frozenset[str]:
    """What is summarised in a phase directory: the names of its `*-SUMMARY.md` without that ending, lower case."""
    found = set()
    for name in names:
        lowered = name.lower()
        if lowered == "summary.md":
            found.add("")
        elif lowered.endswith("-summary.md"):
            found.add(lowered[: -len("-summary.md")])
        elif lowered.startswith("summary-") and lowered.endswith(".md"):
            found.add(f"plan-{lowered[len('summary-') : -len('.md')]}")
    return frozenset(found)


def is_archived(path: str) -> bool:
    """Whether a phase directory is a kept copy of finished work (`milestones/v1.0-phases/`, `_archived-...`)."""
    parts = path.split("/")
    for above, part in zip(["", *parts], parts, strict=False):
        lowered = part.lower()
        if lowered.lstrip("_.").startswith(("archive", "archived")):
            return True
        if above.lower() == "milestones" and lowered.endswith("-phases"):
            return True
    return False


def planning_directory(path: str) -> str | None:
    """The `.planning` directory (or a variant's own) that `path` lies in; None where there is none."""
    parts = path.split("/")
    for number, part in enumerate(parts):
        if _PLANNING.fullmatch(part):
            return "/".join(parts[: number + 1])
    return None


def unit_path(members: Sequence[str]) -> str:
    """The path that a phase goes by: its directory, or the only file of one that is no phase directory."""
    directory = phase_directory(members[0])
    if not directory or (len(members) == 1 and planning_directory(members[0]) is None):
        return members[0]
    return directory


def is_tracking(path: str) -> bool:
    """Whether the executor itself writes `path` after every plan, one plan at a time: STATE.md, a summary."""
    name = path.rpartition("/")[2].lower()
    return _PLANNING.fullmatch(path.removeprefix("./").partition("/")[0]) is not None and (
        name in _TRACKING or name.endswith(("-summary.md", "-verification.md"))
    )


def repository_root(texts: Iterable[str]) -> str | None:
    """The absolute path that the plans write for their repository: what stands before `/.planning/` in one of them."""
    for text in texts:
        at = text.find("/.planning/")
        while at >= 0:
            start = at
            while start > 0 and at - start < _LONGEST_ROOT and text[start - 1] not in " \t\r\n@`\"'([<,":
                start -= 1
            root = text[start:at]
            if root.startswith("/") and root.count("/") > 1:
                return root
            at = text.find("/.planning/", at + 1)
    return None

"""What the briefs of a plan file say about files, beside the lists that declare them."""

from __future__ import annotations

import re

from planlint.dialects.cuts import LAST_WORDS, cut_of, may_be_cut
from planlint.model import Scope, Task
from planlint.paths.names import FILE_NAMES
from planlint.readers.tree import Scalar
from planlint.source.regex import regex

_AROUND = ".,;:!?`'\"()<>"
"""What may stand around a path in a sentence."""

_NOTEBOOKS = regex(r"(?:handoff|progress|roadmap|state|status|tasks|todo|track(?:er|ing)|worklog)\.md", re.IGNORECASE)
"""Files that agents keep their progress in. One at the root is meant, though the plan spells no path out."""

_TOUCHES = regex(r" (?:touch|edit|modify|change|alter) ")
_NEGATIONS = ("not", "n't", "n’t", "dont", "never")
_NEAR = 40
"""Characters before a verb in which a negation may stand: "do not, in any case, touch"."""

_FAR = 240
"""Characters that are looked at for the files that a verb is about: "do not touch the build files nor the Makefile"."""


def look_at(brief: str, task: Task) -> tuple[bool, bool]:
    """Whether `brief` may name a file that `task` does not list, and whether it may name a part of one that it writes.

    A listed file that it forbids counts as one that is not listed.

    Cheap, for most briefs repeat the lists and do neither.
    """
    listed = {scope.path for scope in (*task.writes, *task.reads, *task.off_limits)}
    parts = False
    for scope in task.writes:
        # A name that shows itself as one by a dot cannot hide among other words.
        if "." not in scope.path[scope.path.rfind("/") + 1 : -1]:
            parts = True
            break
    if _forbids_a_file(brief, listed):
        return True, True
    lines = brief.split("\n")
    for number, line in enumerate(lines):
        if "/" not in line and "." not in line:
            continue
        words = line.split()
        for at in [at for at, word in enumerate(words) if "/" in word or "." in word]:
            name = words[at].strip(_AROUND)
            if name in listed:
                if not parts and (words[at - 1].lower() in LAST_WORDS if at else number):
                    before = words[max(0, at - 4) : at]
                    if at < 4 and number:
                        before = [*" ".join(lines[max(0, number - 3) : number]).split()[-4:], *before]
                    parts = may_be_cut(before)
            elif "/" in name or "." in name:
                return True, True
    return False, parts


def _forbids_a_file(brief: str, listed: set[str]) -> bool:
    """Whether `brief` may tell not to change a listed file, or one whose name has no dot to show that it is one."""
    lowered = brief.lower()
    for verb in _TOUCHES.finditer(lowered):
        at = verb.start()
        before = lowered[max(0, at - _NEAR) : at]
        if any(negation in before for negation in _NEGATIONS):
            following = [word.strip(_AROUND) for word in brief[verb.end() : at + _FAR].split()]
            if any(word in listed or word in FILE_NAMES for word in following):
                return True
    return False


def with_briefs(tasks: tuple[Task, ...], briefs: dict[int, Scalar]) -> tuple[Task, ...]:
    """The tasks with what their briefs, by `Task.index`, say they write, read and leave alone.

    What is declared stays as it is and goes first. A file that the brief alone names is `stated`; where the task
    declares its files, it counts as told in the body, which PL112 compares with the declaration.
    """
    from planlint.dialects.prose import BareNames, PathContext, ProseContext, effects_of
    from planlint.dialects.prose.bans import flatly_forbidden
    from planlint.readers.prose import Prose

    names = BareNames({task.index: [scope.path for scope in (*task.writes, *task.reads)] for task in tasks})
    paths = PathContext()
    found = list(tasks)
    for index, scalar in briefs.items():
        task = tasks[index]

        def resolve(name: str, task: int = index) -> str | None:
            return names.find(name, task) or (name if _NOTEBOOKS.fullmatch(name) else None)

        context = ProseContext(paths=paths, resolve=resolve, body=any(not scope.weak for scope in task.writes))
        effects = effects_of(Prose.of_scalar(scalar), default=None, context=context)
        declared = [scope.path for scope in (*task.writes, *task.reads, *task.off_limits)]
        writes = [scope for scope in effects.writes if not (_is_named(scope, declared) or _is_scratch(scope))]
        written = {scope.path for scope in (*task.writes, *writes)}
        reads = [scope for scope in effects.reads if not _is_named(scope, declared)]
        # "Do not change the rest of x.ts" is about a part of what the task itself changes.
        kept_off = [
            scope
            for scope in effects.off_limits
            if (scope.path not in written and scope.path not in declared) or flatly_forbidden(scope)
        ]
        if writes or reads or kept_off:
            found[index] = task.replace(
                writes=(*task.writes, *writes),
                reads=(*task.reads, *reads),
                off_limits=(*task.off_limits, *kept_off),
            )
    return tuple(found)


def with_parts(task: Task) -> Task:
    """The task with the part of each listed file that its brief means wherever it speaks of the file."""
    brief = task.brief
    parts = [_part_of(scope.path, brief) if scope.part is None else None for scope in task.writes]
    if not any(parts):
        return task
    return task.replace(
        writes=tuple(
            scope.replace(part=part) if part else scope for scope, part in zip(task.writes, parts, strict=True)
        )
    )


def _part_of(path: str, brief: str) -> str | None:
    """The one part of the file that the brief means; None where it means several, or all of it."""
    directories = path.rfind("/") + 1
    name = path[directories:]
    at = brief.find(name) if name else -1
    if at < 0 or not _PATTERN_MARKS.isdisjoint(name):
        return None
    part: str | None = None
    while at >= 0:
        end = at + len(name)
        after = brief[end : end + 1]
        if not (after.isalnum() or after in ("_", "-")):
            start = _start_of_path(brief, at, path, directories)
            if start is not None:
                found = cut_of(brief, start)
                if found is None or part not in (None, found):
                    return None
                part = found
        at = brief.find(name, end)
    return part


def _start_of_path(text: str, at: int, path: str, directories: int) -> int | None:
    """Where the path begins whose last name stands at `at`; None where a longer name ends there.

    Most often it is `path`, whose first `directories` characters are its directories, as it is listed.
    """
    start = at - directories
    if start >= 0 and text.startswith(path, start) and (not start or text[start - 1] in " `\n"):
        return start
    before = text[max(0, at - _LONGEST_PATH) : at]
    start = at - len(before) + len(before.rstrip(_IN_PATHS))
    while start and at - start <= _LONGEST_PATH and (text[start - 1].isalnum() or text[start - 1] in _IN_PATHS):
        start -= 1
    return start if start == at or text[at - 1] == "/" else None


_LONGEST_PATH = 200
"""Characters before a name that are looked at for the directories it lies in."""

_IN_PATHS = "".join(filter(str.isalnum, map(chr, range(128)))) + "_./-"
"""What a path is made of, besides letters and digits of other scripts."""

_PATTERN_MARKS = frozenset("*?[{")


def _is_named(scope: Scope, declared: list[str]) -> bool:
    """Whether the task declares the file already, in full or written from a directory further up."""
    path = scope.path.removeprefix("./")
    return any(other.removeprefix("./") == path or other.endswith(f"/{path}") for other in declared)


def _is_scratch(scope: Scope) -> bool:
    """Whether it lies outside of the project, as scratch files do; PL110 looks for those in the briefs."""
    return scope.path.startswith(("/", "~", "$")) or scope.path[1:2] == ":"

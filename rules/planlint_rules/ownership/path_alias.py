"""PL108 path-alias."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planlint.diagnostics.remedy import RespellPath
from planlint.facts.effects import Effect
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier

_KINDS = {
    "case": (
        "that differ only in letter case",
        "macOS and Windows keep one file for both names, so one overwrites the other; Linux keeps two",
    ),
    "unicode": (
        "that look alike and differ in Unicode form",
        "some file systems keep one file for both names and others two",
    ),
    "link": (
        "for one file: one of them leads over a symbolic link",
        "both tasks write the same file, and nothing that compares paths can see it",
    ),
    "spelling": (
        "",
        "whatever compares the lists as text takes them for two files and starts both writers at once",
    ),
}
"""Kind of alias (`paths.same_file`) to what sets the spellings apart, and why that matters."""


class PathAlias(Rule):
    """Tasks name one file by different spellings.

    ## Why

    Schedulers and people compare file lists as text. `src/User.ts` and `src/user.ts` pass as two files, become one on
    macOS and Windows, and one of the two results is gone.

    ## Example

    ```yaml
    plan: users
    tasks:
      - id: model
        title: User model
        creates: [src/models/User.ts]
      - id: login
        title: Login
        modifies: [src/models/user.ts]
        creates: [src/login.ts]
    ```

    ## Use instead

    ```yaml
    plan: users
    tasks:
      - id: model
        title: User model
        creates: [src/models/User.ts]
      - id: login
        title: Login
        modifies: [src/models/User.ts]
        creates: [src/login.ts]
        depends_on: [model]
    ```

    Where a repository is there, concurrent writes that meet in one file over a symbolic link are reported too.

    ## Silent on

    Two spellings in one task; files that nobody writes; `./`, backslashes and the like between tasks that are ordered
    anyway, or that both write the file at the same time (PL101 says then that it is spelled in two ways); names that
    differ in letter case and both exist in the repository.
    """

    code = "PL108"
    name = "path-alias"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.WRITES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each file, all its spellings labelled."""
        effects_of: dict[str, list[Effect]] = {}
        in_doubt = _spelt_differently(facts)
        for effect in (*facts.effects.writes, *facts.effects.reads) if in_doubt else ():
            file = _file(effect.pattern.key)
            if file in in_doubt and effect.pattern.kind != "glob" and "*" not in effect.scope.path:
                effects_of.setdefault(file, []).append(effect)
        for effects in effects_of.values():
            spellings = {effect.scope.path.strip().rstrip("/") for effect in effects}
            if len(spellings) > 1 and any(effect.field == "writes" for effect in effects):
                effects.sort(key=lambda effect: (effect.task, effect.field != "writes", effect.position))
                found = self._compare(facts, effects)
                if found is not None:
                    yield found
        yield from self._links(facts)

    def _links(self, facts: Facts) -> Iterator[Diagnostic]:
        """Concurrent writes that meet in one file of the repository over a symbolic link."""
        if not facts.repository.known:
            return
        meeting: dict[str, list[Effect]] = {}
        for effect in facts.effects.writes:
            if effect.names_file:
                meeting.setdefault(facts.repository.real(effect.pattern.normal), []).append(effect)
        for effects in meeting.values():
            first = effects[0]
            for other in effects[1:]:
                if other.pattern.key != first.pattern.key and facts.order.concurrent(first.task, other.task):
                    yield self._report(facts, "link", first, other, effects)
                    break

    def _compare(self, facts: Facts, effects: list[Effect]) -> Diagnostic | None:
        """The finding for the first pair of spellings that matters."""
        # One effect for each spelling and task is enough, and keeps crafted plans from costing squares.
        seen: dict[str, Effect] = {}
        for effect in effects:
            spelling = effect.scope.path.strip().rstrip("/")
            for other_spelling, other in seen.items():
                kind = facts.effects.alias(other_spelling, spelling)
                if kind is not None and other.task != effect.task and _matters(facts, kind, other, effect):
                    return self._report(facts, kind, other, effect, effects)
            if len(seen) < 8:
                seen.setdefault(spelling, effect)
        return None

    def _report(self, facts: Facts, kind: str, first: Effect, second: Effect, effects: list[Effect]) -> Diagnostic:
        difference, harm = _KINDS[kind]
        one, other = facts.task(first.task), facts.task(second.task)
        evidence = Evidence.weakest(first.scope.evidence, second.scope.evidence)
        paths = list(dict.fromkeys(effect.scope.path.strip() for effect in effects))
        names = f"`{first.scope.path.strip()}` of `{one.label}` and `{second.scope.path.strip()}` of `{other.label}`"
        return self.finding(
            f"{names} are one file" if kind == "spelling" else f"{names} are names {difference}",
            second.scope.origin,
            why=harm,
            help="write the same path in both tasks",
            related=[
                (effect.scope.origin, f"{facts.task(effect.task).label} writes it this way")
                for effect in {
                    e.scope.path.strip(): e for e in reversed(effects) if e.scope.path != second.scope.path
                }.values()
            ],
            tasks=[one, other],
            paths=paths,
            severity=self.severity if evidence is not Evidence.INFERRED else Severity.NOTE,
            evidence=evidence,
            remedies=_respellings(first, second) if kind == "spelling" else (),
        )


def _respellings(first: Effect, second: Effect) -> list[RespellPath]:
    """The canonical spelling for whichever of the two is not written so."""
    return [
        RespellPath(effect.task, effect.field, effect.position, path, f"write `{path}`")
        for effect in (second, first)
        if effect.scope.path != (path := effect.pattern.normal)
    ][:1]


def _matters(facts: Facts, kind: str, first: Effect, second: Effect) -> bool:
    """Whether the two spellings can do harm."""
    if "writes" not in (first.field, second.field):
        return False
    if kind == "spelling":
        # Two writers at once are PL101's, which names both spellings.
        both = first.field == second.field == "writes"
        return not both and facts.order.concurrent(first.task, second.task)
    paths = (first.pattern.normal.rstrip("/"), second.pattern.normal.rstrip("/"))
    directory, _, name = paths[0].rpartition("/")
    if paths[1].rpartition("/")[0] == directory:
        there = {entry.rstrip("/") for entry in facts.repository.names(directory)}
        return not (name in there and paths[1].rpartition("/")[2] in there)
    return not all(facts.repository.exists(path) for path in paths)


def _file(key: str) -> str:
    """What is equal for all spellings of one path, those in other letter case as well."""
    path = key.rstrip("/")
    return path.lower() if path.isascii() else path.casefold()


def _spelt_differently(facts: Facts) -> set[str]:
    """The files of which some spelling is not the canonical one, or of which there are two: all others have but one."""
    effects = facts.effects
    found = {_file(effect.pattern.key) for effect in (*effects.respelt("writes"), *effects.respelt("reads"))}
    keys = effects.keys
    # The keys of many plans are no directories, and in lower case throughout: then no two can be one file.
    text = "\n".join(keys)
    if text.isascii() and text == text.lower() and "/\n" not in f"{text}\n":
        return found
    if len({_file(key) for key in keys}) < len(keys):
        count = Counter(_file(key) for key in keys)
        found.update(file for file in count if count[file] > 1)
    return found

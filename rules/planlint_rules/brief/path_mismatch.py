"""PL608 path-mismatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.model import Capability, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import named

_OR_EXTEND = regex(r"[`'\"]?[ \t]*(?:\([ \t]*)?or[ \t]+(?:extend|update|modify|edit|append|add to)\w*\b", re.IGNORECASE)


class PathMismatch(Rule):
    """A task changes a file that does not exist and that nobody creates before, or creates one that exists.

    ## Why

    An agent told to change a missing file creates it, beside the one that was meant. One told to create a file that
    exists writes over it, or invents a second name.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: login
    tasks:
      - {id: login, title: Lock out after five attempts, modifies: [src/auth/sesion.ts]}
    ```

    ```ts title="src/auth/session.ts"
    export function login() {}
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: login
    tasks:
      - {id: login, title: Lock out after five attempts, modifies: [src/auth/session.ts]}
    ```

    ```ts title="src/auth/session.ts"
    export function login() {}
    ```

    ## Silent on

    Plans outside of a repository; finished tasks; templates; plans that could be read only in part; files that another
    task creates or deletes, that `.gitignore` leaves out, or whose whole directory is missing without a file that comes
    close (they may belong to another repository); plans of which most new files exist, since they have been carried out
    already; directories and patterns; "if needed".
    """

    code = "PL608"
    name = "path-mismatch"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each path."""
        plan = facts.plan
        if not facts.repository.known or plan.pattern or plan.incomplete:
            return
        effects = [effect for effect in facts.effects.writes if _is_certain(facts, effect)]
        yield from self._missing(facts, [e for e in effects if e.scope.mode in (Mode.MODIFY, Mode.DELETE)])
        yield from self._existing(facts, [e for e in effects if e.scope.mode is Mode.CREATE])

    def _missing(self, facts: Facts, effects: list[Effect]) -> Iterator[Diagnostic]:
        exists = facts.repository.exists
        at_home = any(exists(effect.pattern.normal) for effect in facts.effects.writes)
        groups: dict[str, list[Effect]] = {}
        for effect in effects:
            if not exists(effect.pattern.normal) and not _is_made(facts, effect):
                groups.setdefault(effect.pattern.key, []).append(effect)
        for group in groups.values():
            effect = group[0]
            path = effect.pattern.normal
            close = facts.repository.close_matches(path, 1)
            directory = path.rpartition("/")[0]
            beside = bool(close) and (_is_sibling(path, close[0]) or _is_slip(path, close[0]))
            inside = exists(directory or ".")
            deep = "/" in directory and effect.scope.evidence is Evidence.DECLARED
            if not beside and not (at_home and (close or inside)) and not (deep and inside):
                continue
            tasks = [facts.task(member.task) for member in group]
            verb = "deletes" if effect.scope.mode is Mode.DELETE else "changes"
            found = f"did you mean `{close[0]}`? Otherwise say" if close else "say"
            yield self._report(
                f"{named(tasks)} {verb if len(tasks) == 1 else verb[:-1]} `{path}`, which does not exist",
                group,
                tasks,
                "no task creates it before; the agent will write a new file where it expected an old one",
                f"{found} that the file is created, or let a task before create it",
            )

    def _existing(self, facts: Facts, effects: list[Effect]) -> Iterator[Diagnostic]:
        there = [
            effect for effect in effects if facts.repository.is_file(effect.pattern.normal) and not _or_else(effect)
        ]
        if len(effects) > 1 and 2 * len(there) > len(effects):
            return  # most of the plan has been carried out
        groups: dict[str, list[Effect]] = {}
        for effect in there:
            others = facts.effects.writers_of(effect.pattern.normal)
            if all(other.scope.mode is not Mode.DELETE for other in others):
                groups.setdefault(effect.pattern.key, []).append(effect)
        for group in groups.values():
            tasks = [facts.task(member.task) for member in group]
            path = group[0].pattern.normal
            yield self._report(
                f"{named(tasks)} {'creates' if len(tasks) == 1 else 'create'} `{path}`, which exists already",
                group,
                tasks,
                "the agent writes over what is there, or makes up a second name",
                "say that the file is modified, or choose another name",
            )

    def _report(self, message: str, group: list[Effect], tasks: list[Task], why: str, help: str) -> Diagnostic:
        evidence = min((effect.scope.evidence for effect in group), key=lambda item: item.rank)
        return self.finding(
            message,
            group[0].scope.origin,
            why=why,
            help=help,
            related=[(effect.scope.origin, "here too") for effect in group[1:6]],
            tasks=tasks,
            paths=[group[0].pattern.normal],
            severity=self.severity_for(evidence),
            evidence=evidence,
        )


def _is_sibling(path: str, found: str) -> bool:
    """Whether both are files of one sort in one directory: `config.json` is no slip of `config.toml`."""
    ours, theirs = path.rpartition("."), found.rpartition(".")
    same_sort = ours[2][:2] == theirs[2][:2]  # `.ts` for `.tsx`, `.yml` for `.yaml`
    return same_sort and path.rpartition("/")[0] == found.rpartition("/")[0]


def _is_slip(path: str, found: str) -> bool:
    """Whether one of the directories is misspelt by a letter or two, and all else is the same."""
    wanted, there = path.split("/"), found.split("/")
    if len(wanted) != len(there):
        return False
    wrong = [(one, other) for one, other in zip(wanted, there, strict=True) if one != other]
    if len(wrong) != 1:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, *wrong[0]).ratio() > 0.8


def _is_certain(facts: Facts, effect: Effect) -> bool:
    """Whether one file inside of the repository is named, and the plan itself says what is done to it."""
    scope = effect.scope
    return (
        effect.names_file
        and not effect.pattern.root
        and not scope.weak
        and not scope.external
        and scope.evidence is not Evidence.INFERRED
        and not facts.repository.is_ignored(effect.pattern.normal)
    )


def _or_else(effect: Effect) -> bool:
    """Whether the words behind the path allow for a file that exists: "create `a.py` or extend it"."""
    place = effect.scope.origin
    return _OR_EXTEND.match(place.source.text, place.end) is not None


def _is_made(facts: Facts, effect: Effect) -> bool:
    """Whether another task, or this one, creates the file, and not only afterwards."""
    made = (Mode.CREATE, Mode.WRITE)
    for other in facts.effects.writers_of(effect.pattern.normal):
        if other.scope.mode in made and not facts.order.before(effect.task, other.task):
            return True
    finished = (scope for task in facts.plan.tasks if task.done for scope in task.writes)
    return any(
        scope.mode is not Mode.READ and facts.effects.key(scope.path) == effect.pattern.key for scope in finished
    )

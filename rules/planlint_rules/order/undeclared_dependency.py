"""PL304 undeclared-dependency."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.diagnostics.remedy import AddDependency
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import clause, listed, named
from planlint_rules.order._uses import Use, find_uses

_CHANCE = {
    "creates": "whether the file is there when it is needed is chance",
    "deletes": "the file may be gone before its last user is",
    "changes": "the names it relies on may change under it",
    "defines": "what stands behind the name is not known when it is needed",
}

_TEXTS = (".csv", ".html", ".json", ".jsonl", ".log", ".md", ".tsv", ".txt")
"""Files that are read for what they say: no signature stands in for a report or for data."""


class UndeclaredDependency(Rule):
    """A task uses what a concurrent task makes, and nothing says that it must wait.

    ## Why

    The file is not there yet when the task looks for it. The agent then makes one up, or writes against what it guesses
    the other will write. Both tasks report success; the pieces do not fit.

    ## Example

    ```yaml
    plan: settings
    tasks:
      - id: types
        title: Settings types
        creates: [src/types/settings.ts]
      - id: api
        title: Settings endpoint
        creates: [src/routes/settings.ts]
        reads: [src/types/settings.ts]
    ```

    ## Use instead

    ```yaml
    plan: settings
    tasks:
      - id: types
        title: Settings types
        creates: [src/types/settings.ts]
      - id: api
        title: Settings endpoint
        creates: [src/routes/settings.ts]
        reads: [src/types/settings.ts]
        depends_on: [types]
    ```

    ## Silent on

    Files that exist before and are only changed (`read-write-race`, PL102); files behind a contract, which the contract
    rules look at (PL202); directories that a task both reads and builds in; imports of a file whose signatures both
    briefs know; tests that are written first on purpose; reviews (PL307); the plan's own design documents.

    In a repository, a task that changes a file counts as a user of what this file imports, where a concurrent task
    changes that; it is no more than a note.

    A name counts where one brief says to define it ("export the class `Money`") and the other to use it, and neither
    gives a full signature.

    A prerequisite that a sentence names counts where the format has a list for it and the list lacks it: runners read
    the list.
    """

    code = "PL304"
    name = "undeclared-dependency"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task and the task whose work it needs, or for a directory that it reads."""
        pairs: dict[tuple[int, int], list[Use]] = {}
        places: dict[tuple[int, str], list[Use]] = {}
        for use in find_uses(facts):
            if use.within is None:
                pairs.setdefault((use.user, use.maker), []).append(use)
            else:
                places.setdefault((use.user, use.within), []).append(use)
        for (user, maker), uses in pairs.items():
            uses.sort(key=lambda use: use.evidence.rank)
            yield self._report(facts, facts.task(user), facts.task(maker), uses, mutual=(maker, user) in pairs)
        for (user, place), uses in places.items():
            rest = [use for use in uses if (user, use.maker) not in pairs]
            if rest:
                yield self._of_place(facts, facts.task(user), place, rest)

    def _of_place(self, facts: Facts, user: Task, place: str, uses: list[Use]) -> Diagnostic:
        makers = [facts.task(index) for index in dict.fromkeys(use.maker for use in uses)]
        concurrency = facts.order.concurrency(user.index, makers[0].index)
        evidence = min((use.evidence for use in uses), key=lambda one: one.rank)
        files = listed(dict.fromkeys(use.path for use in uses if use.path))
        several = len(makers) > 1
        lowering = concurrency.evidence is Evidence.INFERRED, several
        create = "create" if several else "creates"
        return self.finding(
            f"`{user.label}` reads `{place}`, where {named(makers)} {create} {files} at the same time",
            uses[0].origin,
            why=f"{clause(concurrency.reason)}; which of the files it sees is chance",
            help=f"make `{user.label}` depend on {named(makers)}, or name the files that it reads",
            related=[(use.made, f"{facts.task(use.maker).label} creates `{use.path}`") for use in uses],
            tasks=[user, *makers],
            paths=[use.path for use in uses if use.path],
            severity=self.severity_for(evidence).lowered(sum(lowering)),
            evidence=evidence,
            remedies=[AddDependency(user.index, makers[0].index, f"make `{user.label}` depend on `{makers[0].label}`")]
            if not several
            else [],
        )

    def _report(self, facts: Facts, user: Task, maker: Task, uses: list[Use], *, mutual: bool) -> Diagnostic:
        first = uses[0]
        severity = self.severity_for(first.evidence)
        if first.path is None:
            why = "runners go by the list; what a sentence asks for is not kept"
        else:
            concurrency = facts.order.concurrency(user.index, maker.index)
            why = f"{clause(concurrency.reason)}; {_CHANCE[first.done]}"
            if concurrency.evidence is Evidence.INFERRED:
                severity = severity.lowered()
        if mutual:
            help = "each needs the other: move what both need into a task before them"
        elif first.path is None:
            help = f"add `{maker.label}` to the dependencies of `{user.label}`"
        elif all(use.path and use.path.lower().endswith(_TEXTS) for use in uses):
            help = f"make `{user.label}` depend on `{maker.label}`, or give both to one agent"
        else:
            help = (
                f"make `{user.label}` depend on `{maker.label}`, "
                "or write down in both briefs the signatures that the one will offer and the other may use"
            )
        return self.finding(
            _message(user, maker, uses),
            first.origin,
            why=why,
            help=help,
            related=[(use.made, f"{maker.label} {use.done} `{use.path}`" if use.path else maker.label) for use in uses]
            + [(use.origin, f"{user.label} {use.verb} `{use.path}`") for use in uses[1:] if use.path],
            tasks=[user, maker],
            paths=[use.path for use in uses if use.path and use.verb != "uses"],
            names=[use.path for use in uses if use.path and use.verb == "uses"],
            severity=severity,
            evidence=first.evidence,
            remedies=[]
            if mutual
            else [AddDependency(user.index, maker.index, f"make `{user.label}` depend on `{maker.label}`")],
        )


def _message(user: Task, maker: Task, uses: list[Use]) -> str:
    paths = list(dict.fromkeys(use.path for use in uses if use.path and use.verb == uses[0].verb))
    if not paths:
        return f"`{user.label}` says that it needs `{maker.label}`, which is not in its list of dependencies"
    verb, done = uses[0].verb, uses[0].done
    if verb == "imports":
        verb = "changes a file that imports" if len(paths) == 1 else "changes what imports"
    if len(paths) == 1:
        return f"`{user.label}` {verb} `{paths[0]}`, which `{maker.label}` {done} at the same time"
    return f"`{user.label}` {verb} files that `{maker.label}` {done} at the same time: {listed(paths)}"

"""PL504 broken-import."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.memory import BrokenImport as Failure
from planlint.model import ContextFile
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier


class BrokenImport(Rule):
    """An inherited file that is named and does not come along: an `@import` missing, circular or too deep.

    ## Why

    A memory file that imports a missing file gives no error: the line stays as it is, and every agent works without the
    rules it stands for. Imports past the runtime's longest chain are dropped in the same silence.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - {id: cart, title: Cart, creates: [src/cart.ts]}
    ```

    ```markdown title="CLAUDE.md"
    Follow the rules in @docs/stlye.md when you write code.
    ```

    ```markdown title="docs/style.md"
    Four spaces.
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: shop
    tasks:
      - {id: cart, title: Cart, creates: [src/cart.ts]}
    ```

    ```markdown title="CLAUDE.md"
    Follow the rules in @docs/style.md when you write code.
    ```

    ```markdown title="docs/style.md"
    Four spaces.
    ```

    ## Silent on

    Imports from the home directory or from outside of the repository; files that `.gitignore` keeps out of it, which
    may well exist elsewhere; `@` in code, in mail addresses, before people, packages and decorators; runtimes without
    imports. A file that several plans inherit is reported once.
    """

    code = "PL504"
    name = "broken-import"
    tier = Tier.CORE
    severity = Severity.ERROR

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each import, and for each declared context file that does not exist."""
        seen: set[tuple[str, int]] = set()
        for broken in facts.memory.broken:
            place = (broken.origin.source.path, broken.origin.start)
            if place in seen or broken.kind == "outside" or _is_personal(facts, broken.target):
                continue
            seen.add(place)
            yield self._import(facts, broken)
        for context in facts.memory.missing:
            if not facts.plan.pattern and not _is_personal(facts, context.path):
                yield self._declared(facts, context)

    def _import(self, facts: Facts, broken: Failure) -> Diagnostic:
        target = broken.target or broken.written
        importer = broken.chain[-1] if broken.chain else broken.origin.source.path
        severity = Severity.WARNING
        if broken.kind == "missing":
            severity = self.severity
            message = f"`{importer}` imports `{target}`, which does not exist"
            why = "nothing is loaded and nothing is said: agents work without what the file holds"
            help = _correction(facts, target, "write the file, or take the import out")
        elif broken.kind == "circular":
            path = [*broken.chain[broken.chain.index(target) :], target] if target in broken.chain else [target]
            message = f"`{importer}` imports `{target}`, which is being imported already"
            if target == importer:
                message = f"`{importer}` imports itself"
            why = f"{' -> '.join(path)}: the import adds nothing and hides which file is meant to hold what"
            help = "take the import out, or move what both files need into a third one"
        else:
            hops = facts.runtime.memory.max_hops
            message = f"the import of `{target}` is too deep: {facts.runtime.title} follows {hops} imports in a row"
            why = f"{' -> '.join(broken.chain)} -> {target}: the last file is not loaded ({facts.runtime.label})"
            help = "import the file nearer to the top of the chain"
        return self.finding(message, broken.origin, why=why, help=help, paths=[importer, target], severity=severity)

    def _declared(self, facts: Facts, context: ContextFile) -> Diagnostic:
        return self.finding(
            f"the plan gives its agents `{context.path}`, which does not exist",
            context.origin,
            why="agents start without it",
            help=_correction(facts, context.path, "write the file, or take it out of the plan"),
            paths=[context.path],
            severity=self.severity_for(context.evidence),
            evidence=context.evidence,
        )


def _is_personal(facts: Facts, path: str | None) -> bool:
    """Whether version control leaves the file out, so that it may exist where the agents run."""
    return path is not None and facts.repository.is_ignored(path)


def _correction(facts: Facts, path: str, otherwise: str) -> str:
    close = facts.repository.close_matches(path, 1)
    return f"did you mean `{close[0]}`? Otherwise {otherwise}" if close else otherwise

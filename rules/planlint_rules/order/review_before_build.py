"""PL307 review-before-build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.effects import Effect
from planlint.facts.graph import members
from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import clause, listed, named
from planlint_rules.order._reviewed import Builders, subject_text

_WHOLE = regex(
    r"\b(?:everything|"
    r"all (?:the |of the )?(?:agents|changes|code|components|features|files|modules|parts|pieces|stories|tasks|work)|"
    r"(?:whole|entire|combined|complete|full|final|finished|overall) "
    r"(?:\w+ )?(?:app|application|change|codebase|feature|implementation|output|plan|project|result|state|"
    r"suite|system|work))\b",
    re.IGNORECASE,
)
_MADE = regex(
    r"\b(?:all|the|both|each|every)\b[^.\n]{0,30}\b(?:added|built|changed|converted|created|generated|implemented"
    r"|merged|migrated|modified|ported|produced|refactored|resulting|rewritten|updated|written)\b(?![ \t]+(?:by|in)\b)",
    re.IGNORECASE,
)
"""What the others make, by what they do to it: `all rewritten handlers`."""
_REVIEWER = regex(r"review|valid|verif|audit|qa\b|critic", re.IGNORECASE)
_EARLIER = regex(r"\b(?:existing|current|legacy|baseline|old|prior|previous)\b", re.IGNORECASE)
_MOST_LABELLED = 200
"""Builders that a finding labels: thousands of reviews beside thousands of builders would make millions of labels."""


class ReviewBeforeBuild(Rule):
    """A review, validation or integration may run while its subject is still being written.

    ## Why

    Reviewers that run beside the builders see files in the middle of a change. They report faults that are gone a
    minute later and miss those that are not written yet. Integration joins pieces that are not there.

    ## Example

    ```yaml
    plan: checkout
    tasks:
      - id: cart
        title: Cart service
        creates: [src/cart.py]
      - id: payment
        title: Payment service
        creates: [src/payment.py]
      - id: validate
        title: Validate the finished feature
        kind: review
    ```

    ## Use instead

    ```yaml
    plan: checkout
    tasks:
      - id: cart
        title: Cart service
        creates: [src/cart.py]
      - id: payment
        title: Payment service
        creates: [src/payment.py]
      - id: validate
        title: Validate the finished feature
        kind: review
        depends_on: [cart, payment]
    ```

    ## Silent on

    Research; reviews of what nobody is writing; reviews that name no files, follow the tasks they are about, and
    claim neither the whole nor what another task makes; reviews of what exists already, or of other places.
    """

    code = "PL307"
    name = "review-before-build"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.TASKS, Capability.CONCURRENCY)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each review, the builders labelled."""
        looking = (Kind.REVIEW, Kind.INTEGRATE)
        reviews = [task for task in facts.tasks if task.kind in looking]
        if not reviews:
            return
        builders = Builders(facts)
        # The builders of the review before: those of a large plan run beside the same ones.
        listed_before: dict[int, list[Task]] = {}
        for task in reviews:
            rivals = facts.order.concurrent_mask(task.index) & builders.all
            if not rivals or task.index in facts.references.unsettled:
                continue
            if any(_is_firm(read) for read in facts.effects.reads_of(task)):
                yield from self._of_files(facts, task, rivals)
            elif not _looks_elsewhere(facts, task, rivals):
                about = rivals if _is_about_all(facts, task) else rivals & builders.named_by(task)
                if about:
                    if about not in listed_before:
                        listed_before = {about: [facts.task(index) for index in members(about)]}
                    yield self._report(facts, task, listed_before[about], [], Evidence.STATED)

    def _of_files(self, facts: Facts, task: Task, rivals: int) -> Iterator[Diagnostic]:
        """The builders that write what the task is declared or said to look at; `rivals` is a bit set."""
        own = {effect.pattern.key for effect in facts.effects.writes_of(task)}
        met: dict[str, Effect] = {}
        evidence = []
        for read in facts.effects.reads_of(task):
            if not _is_firm(read) or any(
                facts.effects.covers(pattern, read.pattern.normal) for pattern in facts.plan.design_documents
            ):
                continue
            for write in facts.effects.writers_meeting(read.pattern):
                if rivals >> write.task & 1 and write.pattern.key not in own and not write.scope.weak:
                    met.setdefault(write.pattern.key, write)
                    evidence.append(Evidence.weakest(read.scope.evidence, write.scope.evidence))
        if met:
            builders = [facts.task(index) for index in sorted({write.task for write in met.values()})]
            firmest = min(evidence, key=lambda item: item.rank)
            yield self._report(facts, task, builders, list(met.values()), firmest)

    def _report(
        self, facts: Facts, task: Task, builders: list[Task], writes: list[Effect], evidence: Evidence
    ) -> Diagnostic:
        concurrency = facts.order.concurrency(task.index, builders[0].index)
        severity = self.severity_for(evidence)
        if concurrency.evidence is Evidence.INFERRED:
            severity = severity.lowered()
        verb = "integrates" if task.kind is Kind.INTEGRATE else "reviews"
        paths = [write.pattern.normal for write in writes]
        is_ = "is" if len(builders) == 1 else "are"
        what = f"{verb} {listed(paths)}" if paths else "may run"
        work = "it" if len(paths) == 1 else "them" if paths else "what it looks at"
        if task.kind is Kind.INTEGRATE and not paths:
            work = "what it joins"
        return self.finding(
            f"`{task.label}` {what} while {named(builders)} {is_} still writing {work}",
            task.name_origin,
            why=f"{clause(concurrency.reason)}; it sees a state that nobody will keep",
            help=f"make `{task.label}` depend on {named(builders)}, or run it in a later group",
            related=[(write.scope.origin, f"{facts.task(write.task).label} writes it") for write in writes]
            or [(builder.name_origin, "may run at the same time") for builder in builders[:_MOST_LABELLED]],
            tasks=[task, *builders[:_MOST_LABELLED]],
            paths=paths,
            severity=severity,
            evidence=evidence,
        )


def _is_firm(read: Effect) -> bool:
    """Whether the task is really about these files: a directory in a sentence is often only where a command runs."""
    return not read.scope.weak and (
        read.names_file or read.pattern.kind == "glob" or read.scope.evidence is Evidence.DECLARED
    )


def _looks_elsewhere(facts: Facts, task: Task, rivals: int) -> bool:
    """Whether the places that a sentence gives the review to look at are none of those that `rivals` write in."""
    places = [read for read in facts.effects.reads_of(task) if not read.scope.weak]
    return bool(places) and not any(
        rivals >> write.task & 1 for read in places for write in facts.effects.writers_meeting(read.pattern)
    )


def _is_about_all(facts: Facts, task: Task) -> bool:
    """Whether a task without files is about everything that is built: it says so, or follows none of it."""
    text = f"{task.title}\n{task.brief[:600]}"
    if _EARLIER.search(text):
        return False
    follows = any(
        facts.task(other).kind is Kind.BUILD and facts.task(other).writes
        for other in members(facts.order.ancestors[task.index])
    )
    subject = subject_text(task)
    if _WHOLE.search(subject) or _MADE.search(subject):
        return True
    # Without a field that says so, a first step that "verifies" is about what exists.
    reviewer = "kind" in task.places or _REVIEWER.search(task.agent.type or "") is not None
    return not follows and reviewer

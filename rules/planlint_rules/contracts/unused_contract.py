"""PL208 unused-contract."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.contracts import Interface
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint_rules._wording import listed


class UnusedContract(Rule):
    """A contract is provided, and no task consumes it.

    ## Why

    Either a consumer forgot to say so, and then nobody checks that the two fit; or the work is for nobody.

    ## Example

    ```yaml
    plan: reports
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
        provides: [report-query]
      - id: page
        title: Report page
        creates: [src/page.py]
        depends_on: [query]
    ```

    ## Use instead

    ```yaml
    plan: reports
    tasks:
      - id: query
        title: Report query
        creates: [src/query.py]
        provides: [report-query]
      - id: page
        title: Report page
        creates: [src/page.py]
        depends_on: [query]
        consumes: [report-query]
    ```

    ## Silent on

    Plans with a single task or an unreadable part; contracts that finished tasks consume; what the last tasks provide,
    which is what the plan is for; names that another task mentions, or misspells (`unknown-contract`, PL205); what only
    sentences call an output, in plans in which nobody consumes anything.
    """

    code = "PL208"
    name = "unused-contract"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.CONTRACTS,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task with such contracts, and for each contract that nobody provides either."""
        if facts.plan.incomplete or facts.plan.pattern or len(facts.tasks) < 2:
            return
        consumed = {ref.contract for task in facts.plan.tasks for ref in task.consumes}
        meant = {
            other for end in facts.contracts.unprovided for other in facts.contracts.close_matches(end.ref.contract)
        }
        unused: dict[int | None, list[Interface]] = {}
        for interface in facts.contracts.interfaces.values():
            if interface.id not in consumed | meant and not _is_wanted(facts, interface, declared_only=not consumed):
                maker = interface.providers[0].task if interface.providers else None
                unused.setdefault(maker, []).append(interface)
        for maker, interfaces in unused.items():
            yield from self._report(None if maker is None else facts.task(maker), interfaces)

    def _report(self, maker: Task | None, interfaces: list[Interface]) -> Iterator[Diagnostic]:
        groups = [interfaces] if maker is not None else [[interface] for interface in interfaces]
        for group in groups:
            noun = "contract" if len(group) == 1 else "contracts"
            who = "the plan lists" if maker is None else f"`{maker.label}` provides"
            first, *others = (_place(interface) for interface in group)
            yield self.finding(
                f"no task consumes {noun} {listed([interface.id for interface in group])}, which {who}",
                first,
                why="a consumer that does not name it is not checked against it; without one the work is for nobody",
                help="add it to what its users `consume`, or remove it"
                if len(group) == 1
                else "add them to what their users `consume`, or remove them",
                related=[(place, "nor this one") for place in others],
                tasks=[] if maker is None else [maker],
                names=[interface.id for interface in group],
                severity=self.severity,
                evidence=Evidence.weakest(*(end.ref.evidence for one in group for end in one.providers)),
            )


def _place(interface: Interface) -> Origin:
    return interface.providers[0].ref.origin if interface.providers else interface.origin


def _is_wanted(facts: Facts, interface: Interface, *, declared_only: bool) -> bool:
    """Whether somebody seems to use it, or nobody could: then the silence of the others says nothing."""
    if declared_only and any(end.ref.evidence is not Evidence.DECLARED for end in interface.providers):
        return True
    makers = {end.task for end in interface.providers}
    order = facts.order
    if makers and not any(order.descendants[maker] or order.concurrent_mask(maker) for maker in makers):
        return True  # what the last task provides is what the plan is for
    name = interface.id.rpartition(".")[2].lower()
    return bool(makers) and not facts.told.tasks(name) <= makers

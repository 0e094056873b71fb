"""PL306 order-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.mismatches import Mismatch
from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._wording import clause, listed, named
from planlint_rules.order._mismatches import marked, mismatches, restarted, same_wave
from planlint_rules.order._one_sided import OneSided, one_sided


class OrderMismatch(Rule):
    """The plan contradicts itself about the order: a wave, phase or list against a dependency, or one side of a pair.

    ## Why

    Runners read one of the two. One that starts waves by number runs the task before what it needs is there; one that
    goes by dependencies ignores the waves that a person has reviewed.

    ## Example

    ```yaml
    plan: billing
    tasks:
      - id: table
        title: Invoice table
        creates: [db/invoice.sql]
        wave: 2
      - id: endpoint
        title: Invoice endpoint
        creates: [src/invoice.py]
        wave: 1
        depends_on: [table]
    ```

    ## Use instead

    ```yaml
    plan: billing
    tasks:
      - id: table
        title: Invoice table
        creates: [db/invoice.sql]
        wave: 1
      - id: endpoint
        title: Invoice endpoint
        creates: [src/invoice.py]
        wave: 2
        depends_on: [table]
    ```

    ## Silent on

    Groups without a name or number, which only show what may run together; orders that are guessed; what a sentence
    says against the listed order, which is a remark about the work as often as a wait. Half a pair
    (`blocks` without `depends_on`) counts only in plans that write both halves, and not where the other lists say the
    same over tasks in between; a missing `blocks` is a note, for `depends_on` still makes the task wait. A conflict
    declared by one side counts only when the other side has such a list too, and nothing orders the two.

    Where the executor goes by dependencies (GSD since May 2026), a wave number that says otherwise is a warning. There,
    tasks that count from the first wave again behind later waves look like a later round: one note for all of them.
    """

    code = "PL306"
    name = "order-mismatch"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.DEPENDENCIES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each reference, and for each list that lacks what others say."""
        contradictions = [group for group in mismatches(facts) if _is_contradiction(facts, group[0])]
        later_round = restarted(facts, contradictions)
        if later_round:
            yield self._restart(facts, later_round)
        for group in contradictions:
            if group not in later_round:
                yield self._contradiction(facts, group)
        halves: dict[tuple[str, int], list[OneSided]] = {}
        for half in one_sided(facts):
            halves.setdefault((half.field, half.other if half.field == "depends_on" else half.holder), []).append(half)
        for half_pairs in halves.values():
            yield self._half(facts, half_pairs)

    def _contradiction(self, facts: Facts, group: list[Mismatch]) -> Diagnostic:
        first = group[0]
        task = facts.task(first.task)
        needed = [facts.task(item.needed) for item in group]
        evidence = first.edge.dependency.evidence
        shared: list[str] = []
        if first.reversed:
            ours, theirs = _group(task), _group(needed[0])
            where = f" (in {theirs}, `{task.label}` in {ours})" if ours and theirs and ours != theirs else ""
            runs = "runs" if len(needed) == 1 else "run"
            message = f"`{task.label}` depends on {named(needed)}, which {runs} after it{where}"
            why = f"{clause(first.reason)}, so `{task.label}` starts before what it needs"
            help = f"move `{task.label}` behind {named(needed)}, or remove the dependency"
        else:
            where = first.label or f"wave {task.wave}"
            message = f"`{task.label}` depends on {named(needed)}, and both are in {where}"
            if len(needed) > 1:
                message = f"`{task.label}` depends on {named(needed)}, and all are in {where}"
            why = "they start together, before any of them is finished"
            if facts.plan.dependencies_decide:
                why = "an executor that goes by the numbers starts them together, a newer one warns"
            shared = _written_by_both(facts, task, needed)
            if shared:
                why += f"; together, they both write {listed(shared)}"
            kind = where.split()[0] if where.split()[0] in ("wave", "phase") else "group"
            help = f"move `{task.label}` to a later {kind}, or remove the dependency"
        return self.finding(
            message,
            first.edge.dependency.origin,
            why=why,
            help=help,
            related=[
                (place, f"{one.label} is in {_group(one)}")
                for one in (task, *needed)
                if (place := one.places.get("wave") or one.places.get("phase")) is not None and _group(one)
            ],
            tasks=[task, *needed],
            paths=shared,
            severity=_milder(self.severity_for(evidence)) if facts.plan.dependencies_decide else None,
            evidence=evidence,
        )

    def _restart(self, facts: Facts, groups: list[list[Mismatch]]) -> Diagnostic:
        tasks = list(dict.fromkeys(facts.task(group[0].task) for group in groups))
        needed = list(dict.fromkeys(facts.task(item.needed) for group in groups for item in group))
        one = len(tasks) == 1
        return self.finding(
            f"{named(tasks)} {'counts' if one else 'count'} from wave {tasks[0].wave} again, "
            f"but {'waits' if one else 'wait'} for {named(needed)}, whose waves are no earlier",
            groups[0][0].edge.dependency.origin,
            why="an executor that goes by the numbers starts them too early",
            help="mark them as a later round (`gap_closure: true` in GSD), or number them behind what they need",
            related=[(task.at("wave"), f"{task.label} is in {_group(task)}") for task in tasks],
            tasks=[*tasks, *needed],
            severity=Severity.NOTE,
        )

    def _half(self, facts: Facts, group: list[OneSided]) -> Diagnostic:
        first = group[0]
        holders = list(dict.fromkeys(facts.task(half.holder) for half in group))
        others = list(dict.fromkeys(facts.task(half.other) for half in group))
        says, lacks = _SAYS[first.field], _LACKS[first.field]
        does = "does not say that it" if len(others) == 1 else "do not say that they"
        them = "it" if len(holders) == 1 else "them"
        return self.finding(
            f"{named(holders)} {says[len(holders) > 1]} {named(others)}, "
            f"but {named(others)} {does} {lacks[len(others) > 1]} {them}",
            first.origin,
            why="a runner that reads only the other side does not know of it",
            help=f"say it on both sides, or remove it from {named(holders)}",
            related=[
                (facts.task(half.other).at(half.lacking), f"`{half.lacking}` of {facts.task(half.other).label}")
                for half in {half.other: half for half in group}.values()
            ],
            tasks=[*holders, *others],
            severity=Severity.NOTE if first.field == "depends_on" else Severity.WARNING,
            discriminator=first.field,
        )


_SAYS = {
    "blocks": ("blocks", "block"),
    "depends_on": ("depends on", "depend on"),
    "conflicts_with": ("conflicts with", "conflict with"),
}
_LACKS = {
    "blocks": ("waits for", "wait for"),
    "depends_on": ("blocks", "block"),
    "conflicts_with": ("conflicts with", "conflict with"),
}


def _written_by_both(facts: Facts, task: Task, needed: list[Task]) -> list[str]:
    """The files that `task` writes and one of `needed` as well: what a runner that goes by the group would lose."""
    others = {need.index for need in needed}
    return list(
        dict.fromkeys(
            effect.pattern.normal
            for effect in facts.effects.writes_of(task)
            if effect.names_file
            and not effect.scope.weak
            and any(
                other.task in others and not other.scope.weak
                for other in facts.effects.writers_of(effect.pattern.normal)
            )
        )
    )


def _is_contradiction(facts: Facts, item: Mismatch) -> bool:
    """Whether numbers or places speak against a dependency: no marks (PL305), no remark."""
    grouped = item.reversed or same_wave(facts, item) or item.label
    return bool(grouped) and not marked(facts, item) and not _is_remark(facts, item)


def _milder(severity: Severity) -> Severity:
    return max(severity, Severity.WARNING, key=lambda one: one.rank)


def _is_remark(facts: Facts, item: Mismatch) -> bool:
    """Whether only a sentence speaks against the order in which tasks are listed."""
    numbered = facts.task(item.task).wave is not None and facts.task(item.needed).wave is not None
    return item.reversed and not numbered and item.edge.dependency.evidence is Evidence.STATED


def _group(task: Task) -> str | None:
    for field, name in (("wave", task.wave), ("phase", task.phase)):
        if name:
            return name if name.lower().startswith(field) else f"{field} {name}"
    return None

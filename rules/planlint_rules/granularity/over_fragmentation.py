"""PL401 over-fragmentation."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts.fragmentation import Fragmentation, MergeGroup
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules._numbers import about, percent
from planlint_rules._wording import named

_SHOWN_GROUPS = 4


class OverFragmentation(Rule):
    """More agents than the work carries: starting them costs more than what they do.

    ## Why

    Every agent reads its system prompt, its tools and the inherited memory files before it does anything. A task of a
    few lines costs more to start than to do, and the pieces still have to be put together. One agent for the types,
    interfaces and validation schemas of a feature is cheaper and faster than three with a file each.

    ## Example

    ```yaml
    plan: settings
    tasks:
      - {id: type, title: Settings type, modifies: [src/settings/types.ts]}
      - {id: theme, title: Theme type, depends_on: [type], modifies: [src/settings/types.ts]}
      - {id: defaults, title: Default values, depends_on: [theme], modifies: [src/settings/types.ts]}
      - {id: check, title: Check of the values, depends_on: [type], modifies: [src/settings/schema.ts]}
      - {id: limits, title: Limits of the values, depends_on: [check], modifies: [src/settings/schema.ts]}
      - {id: messages, title: Error messages, depends_on: [limits], modifies: [src/settings/schema.ts]}
    ```

    ## Use instead

    ```yaml
    plan: settings
    tasks:
      - {id: settings, title: Types and defaults, modifies: [src/settings/types.ts]}
      - {id: check, title: Validation, depends_on: [settings], modifies: [src/settings/schema.ts]}
    ```

    ## Silent on

    Fewer than four agents; plans whose work outweighs the start-up of its agents; reviews and research, where separate
    contexts are the point (eight look-ups and more that take one search each are reported); tasks that write
    directories or unknown files; tasks with long briefs; one change told in the same words for a file each; checklists
    that are only marked as parallel, since one agent may walk through them. Where there are about as many files as
    agents, small tasks are only put together when the plan itself names agents for them.

    The numbers are estimates, and the finding is a warning at most. Start-up is a middle value of what users measured;
    set `startup_tokens` of the runtime to your own figure.
    """

    code = "PL401"
    name = "over-fragmentation"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.WRITES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding for a plan."""
        found = facts.costs.fragmentation(merging=facts.costs.delegation.evidence is Evidence.DECLARED)
        if found is None:
            return
        costs = facts.costs
        groups = [group for group in found.groups if group.saved_tokens > 0]
        inherited = f", {costs.explain('inherited')}" if costs.total_inherited_tokens else ""
        yield self.finding(
            _message(found),
            facts.plan.at("name"),
            why=f"{costs.delegation.reason}; each agent costs {costs.explain('startup')}{inherited}; "
            f"the work is {costs.explain('work')}",
            help=_help(facts, found, groups),
            related=[(facts.task(group.tasks[0]).name_origin, _label(facts, group)) for group in groups],
            tasks=[facts.task(index) for group in groups for index in group.tasks],
            paths=found.files,
            severity=Severity.NOTE if found.reason == "merge" else Severity.WARNING,
            evidence=found.evidence,
        )


def _message(found: Fragmentation) -> str:
    work = f"starting them costs about {about(found.startup_tokens)} tokens, the work about {about(found.work_tokens)}"
    if found.reason == "files":
        files = "1 file" if len(found.files) == 1 else f"{len(found.files)} files"
        return f"{found.agents} agents for {files}: {work} ({percent(found.share)} is start-up)"
    if found.reason == "lookups":
        return f"{found.agents} agents for one search each: {work}"
    return f"{found.saved_agents} of {found.agents} agents could be saved by merging small tasks: {work}"


def _help(facts: Facts, found: Fragmentation, groups: list[MergeGroup]) -> str:
    if not groups:
        return f"give each of the {len(found.files)} files to one agent, or do the work without agents"
    parts = [f"merge {_tasks(facts, group)}: {_saving(group)}" for group in groups[:_SHOWN_GROUPS]]
    if len(groups) > _SHOWN_GROUPS:
        rest = groups[_SHOWN_GROUPS:]
        tokens = sum(group.saved_tokens for group in rest)
        parts.append(f"merge {len(rest)} more groups: saves about {about(tokens)} tokens")
    return "; ".join(parts)


def _tasks(facts: Facts, group: MergeGroup) -> str:
    return f"{named([facts.task(index) for index in group.tasks])} ({group.reason})"


def _saving(group: MergeGroup) -> str:
    count = len(group.tasks) - 1
    return f"saves {count} agent{'s' if count > 1 else ''}, about {about(group.saved_tokens)} tokens"


def _label(facts: Facts, group: MergeGroup) -> str:
    others = [facts.task(index) for index in group.tasks[1:]]
    return f"merge with {named(others)}: {group.reason}"

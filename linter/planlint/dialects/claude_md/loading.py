"""From found sections to plans: limits, constraints, isolation, inherited context."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.constraints import constraints_of, fan_outs_of, listed_constraints
from planlint.dialects.claude_md.counts import stated_count, stated_limit
from planlint.dialects.claude_md.found import FoundPlan
from planlint.dialects.claude_md.order import schedule_of
from planlint.dialects.claude_md.reading import find_plans
from planlint.dialects.claude_md.relations import refer
from planlint.dialects.claude_md.texts import chapter_of, section_texts
from planlint.dialects.claude_md.worker_sections import worker_headings
from planlint.dialects.draft import PlanDraft
from planlint.model import Capability, Constraint, ContextFile, Isolation, Kind, Plan
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import Section
from planlint.readers.prose import Prose
from planlint.source import Origin

_WORKTREES = re.compile(
    r"\b(?:own|separate|isolated|dedicated|each|individual) (?:git )?worktrees?\b|\bworktree (?:per|for each"
    r"|isolation)\b|\bin (?:its|their) own worktrees?\b",
    re.IGNORECASE,
)
_NO_WORKTREES = re.compile(r"\b(?:no|not|without|never|don'?t)\b[^.\n]{0,40}\bworktrees?\b", re.IGNORECASE)


def load_sections(
    document: Document, capabilities: frozenset[Capability], *, memory: bool, standing: bool
) -> list[Plan]:
    """All plans of `document`.

    `memory`: the file is one that every agent inherits, so its own size is part of what its plans cost. `standing`: it
    is read again for each new piece of work (a command, a skill), so that its plans are patterns. Where it is neither,
    only tables that divide files among workers and calls that start agents count, and the calls are patterns.
    """
    tree = document.markdown
    if tree is None:
        return []
    plans: list[Plan] = []
    limit: int | None = None
    rosters = Rosters()
    sections = find_plans(tree)
    if not memory and not standing:
        sections = [found for found in sections if found.scripts or any(group.divides for group in found.groups)]
    for index, found in enumerate(sections):
        if index == 0:
            # One limit counts for the whole file, wherever it stands.
            limit = _limit([prose for section in tree.top.walk() for prose in section_texts(section)])
        plan = _load(document, found, capabilities, rosters, memory=memory, standing=standing, limit=limit)
        if plan is not None:
            plans.append(plan)
    return plans


class Rosters:
    """How many workers the headings beside or below a section name; those of one parent are counted once."""

    def __init__(self) -> None:
        self._below: dict[int, int] = {}

    def beside(self, section: Section) -> int | None:
        """The larger of the two numbers; None where they name fewer than two."""
        most = max(self._count(one) for one in (section, section.parent) if one is not None)
        return most if most > 1 else None

    def _count(self, section: Section) -> int:
        if id(section) not in self._below:
            self._below[id(section)] = len(worker_headings(section.sections))
        return self._below[id(section)]


def _limit(texts: list[Prose]) -> int | None:
    for prose in texts:
        number = stated_limit(prose.text)
        if number is not None:
            return number.value
    return None


_OF_AGENTS = ("launch", "poll", "shell", "update")
"""Steps that agents are started or followed by; a wait, a use or a branch alone is any program's."""


def _load(
    document: Document,
    found: FoundPlan,
    capabilities: frozenset[Capability],
    rosters: Rosters,
    *,
    memory: bool,
    standing: bool,
    limit: int | None,
) -> Plan | None:
    launches = any(step.kind in _OF_AGENTS for script in found.scripts for step in script.script.steps)
    if not found.tasks and not launches and not any(fan_outs_of(found.texts, 1)):
        return None
    around = [prose for one in chapter_of(found.section).walk() for prose in section_texts(one)]
    limit = _limit(found.texts) or _limit(around) or limit
    fan_outs = tuple(fan_outs_of(found.texts, limit if limit is not None else rosters.beside(found.section)))
    if not found.tasks and not launches and not fan_outs:
        return None
    draft = PlanDraft(document.path, "claude-md", found.origin)
    for task in found.tasks:
        draft.add(task.draft)
    launched = {task.launch: task.draft.index for task in found.tasks if task.launch is not None}
    refer(found)
    count, counted = _count(found)
    schedule = schedule_of(found, launched)
    scripts = tuple(
        script.with_tasks({step: index for (number, step), index in launched.items() if number == position})
        for position, script in enumerate(found.scripts)
    )
    pattern = standing or (not memory and bool(found.scripts)) or _is_open(found)
    starts = len(found.tasks) or sum(len(script.launches) for script in found.scripts)
    context = (ContextFile(path=document.path, origin=_first_line(document)),) if memory and starts > 1 else ()
    places = {"name": found.title_origin} if found.title_origin is not None else {}
    if counted is not None:
        places["workers"] = counted
    return draft.finish(
        name=found.title,
        schedule=schedule,
        isolation=_isolation(around),
        runtime="claude-code",
        max_parallel=limit,
        workers=count,
        context=context,
        constraints=_constraints(found, around),
        scripts=scripts,
        fan_outs=fan_outs,
        capabilities=_expressed(found, capabilities),
        pattern=pattern,
        sources=(document.source.origin(0, len(document.source.text)),),
        places=places,
    )


def _expressed(found: FoundPlan, capabilities: frozenset[Capability]) -> frozenset[Capability]:
    """What this section can express: without tasks there is nothing that it could say about them."""
    if not found.tasks:
        return frozenset({Capability.LAUNCHES, Capability.LIMITS, Capability.CONTEXT})
    declared = any(scope.evidence is Evidence.DECLARED for task in found.tasks for scope in task.draft.writes)
    return capabilities if declared else capabilities - {Capability.DECLARED_WRITES}


def _is_open(found: FoundPlan) -> bool:
    """Whether the section leaves open what the work is: templates, or roles of which most name no file at all."""
    if any(launch.template for script in found.scripts for _, launch in script.launches):
        return True
    drafts = [task.draft for task in found.tasks]
    named = sum(1 for draft in drafts if draft.writes or draft.reads or draft.off_limits or draft.resources)
    return named * 2 < len(drafts) or not drafts


def _count(found: FoundPlan) -> tuple[int | None, Origin | None]:
    """How many workers the section says it starts and where, if that is not just the number of its tasks."""
    for prose in found.texts[:3]:
        count = stated_count(prose.text)
        limit = stated_limit(prose.text)
        if count is None or (limit is not None and limit.start <= count.start < limit.end):
            continue
        last = found.tasks[-1] if found.tasks else None
        if (
            last is not None
            and count.value == len(found.tasks) - 1
            and last.draft.kind in (Kind.INTEGRATE, Kind.REVIEW)
        ):
            last.last = not last.draft.depends_on
            return None, None
        # The lead's own part, and who runs before or after the others, may not be counted with those that are started.
        started = sum(1 for task in found.tasks if not task.lead)
        together = sum(1 for task in found.tasks if not (task.lead or task.first or task.last))
        waves = [len(group.tasks) for group in found.groups if group.label is not None]
        if count.value in (together, started, len(found.tasks), *waves):
            return None, None
        return count.value, prose.origin(count.start, count.end)
    return None, None


def _isolation(around: list[Prose]) -> Isolation:
    text = "\n".join(prose.text for prose in around)
    if _WORKTREES.search(text) and not _NO_WORKTREES.search(text):
        return Isolation.WORKTREE
    return Isolation.UNKNOWN


def _constraints(found: FoundPlan, around: list[Prose]) -> tuple[Constraint, ...]:
    """The rules of the section's chapter; what stands inside of a task is that task's own."""
    inside = [(task.draft.origin.start, task.draft.origin.end) for task in found.tasks]

    def is_own(at: int) -> bool:
        return any(start <= at < end for start, end in inside)

    rules = [rule for rule in constraints_of(around) if not is_own(rule.origin.start)]
    for section in chapter_of(found.section).walk():
        rules += [rule for rule in listed_constraints(section) if not is_own(rule.origin.start)]
    return tuple({(rule.kind, rule.origin.start): rule for rule in rules}.values())


def _first_line(document: Document) -> Origin:
    source = document.source
    return source.origin(*source.line_span(1))

"""Sections whose work is in their calls: steps with calls, workers with a call each, calls beside a roster."""

from __future__ import annotations

import re

from planlint.dialects.calls import presents_wrong
from planlint.dialects.claude_md.fences import read_launches
from planlint.dialects.claude_md.found import FoundPlan
from planlint.dialects.claude_md.scripts import ONE_MESSAGE, fence_words, own_scripts, section_scripts
from planlint.dialects.claude_md.sections import empty_plan, order_of
from planlint.dialects.claude_md.texts import paragraph_text
from planlint.dialects.claude_md.worker_sections import worker_headings
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose.order_words import stated_order
from planlint.readers.markdown.blocks import Section

_STEP = re.compile(
    r"\W{0,4}(?P<name>(?:step|wave|phase|batch|round|stage|message)\s*#?\s*(?P<number>\d{1,3}|[A-Z])\b"
    r"|(?P<bare>\d{1,2})[.)](?=\s))",
    re.IGNORECASE,
)
"""A heading that is a step; a bare number in front is one as well, where the text around tells what to do in turn."""
_PROCEDURE = re.compile(
    r"\b(?:steps?|workflow|process|procedure|execution|instructions|phase|pipeline|flow)\b", re.IGNORECASE
)


def called_in_steps(section: Section) -> FoundPlan | None:
    """Headings that are numbered steps, of which at least two hold calls that start agents: one after another."""
    in_turn = section.level <= 1 or _PROCEDURE.search(section.title) is not None
    steps = [
        (child, match if match is not None and (in_turn or match.group("number")) else None)
        for child in section.sections
        for match in [_STEP.match(child.title)]
    ]
    if sum(1 for _, match in steps if match is not None) < 2:
        return None
    plan = empty_plan(section)
    plan.scripts = own_scripts(section, wrong=False)
    for child, match in steps:
        before = len(plan.scripts)
        plan.scripts += section_scripts(child, wrong=presents_wrong(child.title) or False, first=before)
        group = read_launches(plan.scripts, first=before) if match is not None else None
        if group is not None and match is not None:
            number = match.group("number") or match.group("bare")
            group.label = match.group("name") if match.group("number") else f"step {number}"
            group.order = order_of(fence_words(plan.scripts[before:]), paragraph_text(child), child.title)
            for task in group.tasks:
                task.draft.wave = number
            plan.groups.append(group)
    return plan if len(plan.groups) > 1 else None


def called_below_workers(section: Section) -> FoundPlan | None:
    """Headings that name workers, each with the call that starts it: one message when the text says so."""
    workers = worker_headings(section.sections)
    if len(workers) < 2 or sum(1 for child in workers if own_scripts(child, wrong=False)) < 2:
        return None
    plan = empty_plan(section)
    text = paragraph_text(section) + "\n" + section.title
    together = ONE_MESSAGE.search(text) is not None or stated_order(text) == "parallel"
    for number, child in enumerate(workers):
        plan.scripts += own_scripts(child, wrong=False, first=0 if together else number)
    group = read_launches(plan.scripts)
    if group is not None:
        group.order = "parallel" if together else order_of(text)
        plan.groups.append(group)
    return plan


def calls_beside(section: Section, plan: FoundPlan) -> FoundPlan | None:
    """Calls in a fence below a roster that start none of its workers: work of their own, which takes its scripts along.

    One call is an example of how to start a worker.
    """
    known = {name.lower() for task in plan.tasks for name in (task.draft.id, task.draft.title) if name}
    if not known or any(task.launch is not None for task in plan.tasks):
        return None
    group = read_launches(plan.scripts)
    if group is None or len(group.tasks) < 2 or any(_is_of(task.draft, known) for task in group.tasks):
        return None
    calls = empty_plan(section, whole=False)
    calls.scripts, plan.scripts = plan.scripts, []
    group.order = order_of(fence_words(calls.scripts), paragraph_text(section), section.title)
    calls.groups.append(group)
    return calls


def _is_of(draft: TaskDraft, workers: set[str]) -> bool:
    """Whether a call starts one of `workers`: by its type, or by a name in what it says."""
    if (draft.agent.type or "").lower() in workers:
        return True
    told = f"{draft.title} {draft.brief}".lower()
    return any(re.search(rf"\b{re.escape(worker)}\b", told) for worker in workers)

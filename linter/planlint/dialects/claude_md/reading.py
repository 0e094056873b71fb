"""From a Markdown tree to its delegation sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.calls import presents_wrong
from planlint.dialects.claude_md.batched import place_batches
from planlint.dialects.claude_md.batches import read_batches
from planlint.dialects.claude_md.called import called_below_workers, called_in_steps, calls_beside
from planlint.dialects.claude_md.counts import stated_count
from planlint.dialects.claude_md.fences import read_launches
from planlint.dialects.claude_md.found import Around, FoundGroup, FoundPlan
from planlint.dialects.claude_md.labelled import bold_items
from planlint.dialects.claude_md.roles import read_bold_items, read_list
from planlint.dialects.claude_md.scripts import fence_words, leaves, own_scripts, section_scripts
from planlint.dialects.claude_md.sections import empty_plan, order_of
from planlint.dialects.claude_md.tables import read_table
from planlint.dialects.claude_md.texts import paragraph_text
from planlint.dialects.claude_md.under_heading import groups_under, leads_on, told_under
from planlint.dialects.claude_md.vocabulary import delegates, hands_out, launches, shows_usage
from planlint.dialects.claude_md.worker_sections import read_worker_sections, worker_headings
from planlint.readers.markdown.blocks import Fence, List, MarkdownTree, Paragraph, Section, Table
from planlint.readers.prose import Prose

_WAVE = re.compile(r"\W{0,4}(?P<name>(?:wave|phase|batch|round|stage)\s*#?\s*(?:\d{1,3}|[A-Z])\b)", re.IGNORECASE)


def find_plans(tree: MarkdownTree) -> list[FoundPlan]:
    """All delegation sections of a document, in order. What is shown as wrong gives scripts, never tasks."""
    return list(_visit(tree.top, delegating=False, wrong=False))


def _visit(section: Section, *, delegating: bool, wrong: bool) -> Iterator[FoundPlan]:
    judged = presents_wrong(section.title) if section.heading is not None else None
    if judged is not None:
        wrong = judged
    paragraphs = [block.prose for block in section.blocks if isinstance(block, Paragraph)]
    here = delegates(section.title) or any(hands_out(prose.text) for prose in paragraphs)
    rest = section.sections
    if not wrong:
        told = here or delegating
        called = called_in_steps(section)
        if called is not None:
            yield called
            return
        found = _waves(section, delegating=told) or _workers(section, delegating=told, launching=False)
        started = called_below_workers(section) if found is None else None
        if found is None and started is None and _launches_below(section, paragraphs):
            found = _workers(section, delegating=True, launching=True)
        if found is not None:
            yield found
            return
        if started is not None:
            yield started
            rest = [child for child in rest if child not in worker_headings(rest)]
    plan = _own(section, delegating=here, inherited=delegating, wrong=wrong)
    if plan is not None:
        yield plan
        called = calls_beside(section, plan)
        if called is not None:
            yield called
    for child in rest:
        # A heading hands its delegation down to the sections right below it, not to theirs.
        yield from _visit(child, delegating=here, wrong=wrong)


def _launches_below(section: Section, paragraphs: list[Prose]) -> bool:
    """Whether a heading, or a text right under it, tells to start those whom the headings below it name."""
    return launches("", section.title) or any(launches(prose.text, section.title) for prose in paragraphs)


def _waves(section: Section, *, delegating: bool) -> FoundPlan | None:
    """Headings that are waves, each with a table, a list of tasks or calls."""
    matches = ((child, _WAVE.match(child.title)) for child in section.sections)
    waves = {child: match for child, match in matches if match is not None}
    if len(waves) < 2:
        return None
    plan = empty_plan(section)
    plan.scripts = own_scripts(section, wrong=False)
    for child in section.sections:
        before = len(plan.scripts)
        plan.scripts += section_scripts(child, wrong=presents_wrong(child.title) or False, first=before)
        match = waves.get(child)
        if match is None:
            continue
        inside = delegating or delegates(child.title) or delegates(paragraph_text(child))
        group = (
            _first_group(child, delegating=inside)
            or read_worker_sections(child.sections, delegating=inside)
            or read_launches(plan.scripts, first=before)
        )
        if group is None:
            continue
        group.label = match.group("name")
        group.divides = group.divides or inside
        group.order = order_of(paragraph_text(child), child.title)
        for task in group.tasks:
            task.wave = task.draft.wave = match.group("name").split()[-1].lstrip("#")
        plan.groups.append(group)
    if len(plan.groups) == 1 and plan.tasks[0].launch is not None:
        return None  # calls of one wave are a plan of their own
    return plan if len(plan.tasks) > 1 else None


def _first_group(section: Section, *, delegating: bool) -> FoundGroup | None:
    """The first table, list or run of bold lines under the heading of a wave that holds tasks."""
    around = Around(told=delegating, text=section.title, waved=True)
    for run in bold_items(section.blocks):
        group = read_bold_items(run, around)
        if group is not None:
            return group
    for block in section.blocks:
        group = None
        if isinstance(block, Table):
            group = read_table(block, around)
        elif isinstance(block, List):
            group = read_list(block, around)
        if group is not None:
            return group
    return None


def _workers(section: Section, *, delegating: bool, launching: bool) -> FoundPlan | None:
    """Headings that name workers, right below `section`: with files of theirs, or told to start (`launching`)."""
    count = stated_count(f"{section.title}\n{paragraph_text(section)}") if launching else None
    group = read_worker_sections(
        section.sections,
        delegating=delegating,
        launching=launching,
        count=count.value if count is not None else None,
    )
    if group is None:
        return None
    plan = empty_plan(section)
    plan.scripts = section_scripts(section, wrong=False)
    group.order = order_of(paragraph_text(section), section.title, " ".join(child.title for child in section.sections))
    plan.groups.append(group)
    return plan


def _own(section: Section, *, delegating: bool, inherited: bool, wrong: bool) -> FoundPlan | None:
    """What stands right under a heading: tables, lists, bold lines, sentences and calls."""
    if not section.blocks:
        return None
    plan = empty_plan(section, whole=False)
    plan.groups += groups_under(section, delegating=delegating, inherited=inherited, wrong=wrong)
    plan.scripts += own_scripts(section, wrong=wrong)
    if not plan.groups and not _shows_usage(section):
        group = read_launches(plan.scripts)
        if group is not None:
            group.order = order_of(fence_words(plan.scripts), paragraph_text(section), section.title)
            plan.groups.append(group)
    if not (plan.groups or plan.scripts or wrong):
        group = told_under(section, delegating=delegating)
        plan.groups += [group] if group is not None else []
    _place_batches(plan, section, wrong=wrong)
    return plan if plan.groups or plan.scripts or delegating else None


def _shows_usage(section: Section) -> bool:
    """Whether the heading, or the text that leads to the calls below it, presents them as examples of how to call."""
    texts = (block.prose.text for block in section.blocks if isinstance(block, Paragraph))
    return shows_usage(section.title) or any(leads_on(text) and shows_usage(text) for text in texts)


def _place_batches(plan: FoundPlan, section: Section, *, wrong: bool) -> None:
    """The first list of batches in a fence right under the heading."""
    for block in leaves(section.blocks):
        if isinstance(block, Fence) and not wrong:
            batches = read_batches(block)
            if batches:
                place_batches(plan, batches, f"{block.text}\n{paragraph_text(section)}")
                return

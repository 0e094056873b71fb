"""From a Markdown tree to its delegation sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.calls import label_of, presents_wrong
from planlint.dialects.claude_md.batched import place_batches
from planlint.dialects.claude_md.batches import read_batches
from planlint.dialects.claude_md.called import called_below_workers, called_in_steps, calls_beside
from planlint.dialects.claude_md.counts import Number, joined_count, stated_count
from planlint.dialects.claude_md.fences import read_launches
from planlint.dialects.claude_md.field_items import read_field_items
from planlint.dialects.claude_md.found import FoundGroup, FoundPlan
from planlint.dialects.claude_md.labelled import Item, bold_items
from planlint.dialects.claude_md.owner_lines import read_owner_lines, read_owner_list
from planlint.dialects.claude_md.roles import read_bold_items, read_list
from planlint.dialects.claude_md.scripts import (
    fence_words,
    holds_calls,
    leaves,
    own_scripts,
    section_scripts,
)
from planlint.dialects.claude_md.sections import empty_plan, order_of
from planlint.dialects.claude_md.sentences import read_owner_sentence, read_sentences, read_subjects
from planlint.dialects.claude_md.tables import read_table
from planlint.dialects.claude_md.texts import chapter_of, paragraph_text, section_texts
from planlint.dialects.claude_md.vocabulary import delegates, hands_out, launches, shows_usage
from planlint.dialects.claude_md.worker_sections import read_worker_sections, worker_headings
from planlint.readers.markdown.blocks import Block, Fence, Heading, List, MarkdownTree, Paragraph, Section, Table
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
        group.order = order_of(paragraph_text(child), child.title)
        for task in group.tasks:
            task.wave = task.draft.wave = match.group("name").split()[-1].lstrip("#")
        plan.groups.append(group)
    if len(plan.groups) == 1 and plan.tasks[0].launch is not None:
        return None  # calls of one wave are a plan of their own
    return plan if len(plan.tasks) > 1 else None


def _first_group(section: Section, *, delegating: bool) -> FoundGroup | None:
    """The first table, list or run of bold lines under the heading of a wave that holds tasks."""
    for run in bold_items(section.blocks):
        group = read_bold_items(run, delegating=delegating, setting=section.title)
        if group is not None:
            return group
    for block in section.blocks:
        if isinstance(block, Table):
            group = read_table(block, delegating=delegating, waved=True)
        elif isinstance(block, List):
            group = read_list(block, delegating=delegating, count=None, setting=section.title, waved=True)
        else:
            continue
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
    """What stands right under a heading: tables, lists, bold lines and calls."""
    plan = empty_plan(section, whole=False) if section.blocks else None
    if plan is None:
        return None
    lead = ""
    lead_wrong: bool | None = None
    runs = [run for run in bold_items(section.blocks) if len(run) > 1]
    read_to = 0
    follows = False
    for block in section.blocks:
        if block.start < read_to or isinstance(block, Heading):
            continue
        run = _run_of(block, runs)
        if isinstance(block, Paragraph) and run is None:
            # "Spawn these agents:" and a bold "Always:" below lead to the list together.
            lead = f"{lead}\n{block.prose.text}" if _leads(lead) and follows else block.prose.text
            follows = True
            judged = label_of(lead)
            lead_wrong = judged if judged is not None else (presents_wrong(lead) if _leads(lead) else None)
            continue
        follows = False
        if wrong if lead_wrong is None else lead_wrong:
            continue
        setting = f"{section.title}\n{lead}"
        launching = launches(lead if _leads(lead) else "", section.title)
        told = delegating or hands_out(lead) or (launching and _leads(lead))
        group: FoundGroup | None = None
        if run is not None:
            if sum(1 for item in run if holds_calls(item.children)) > 1:
                read_to = run[-1].origin.end  # the calls say more than the names above them
                continue
            group = read_bold_items(run, delegating=told or inherited, setting=setting)
            read_to = run[-1].origin.end if group is not None else read_to
        elif isinstance(block, Table):
            launching = launching or launches(lead, section.title)
            group = read_table(block, delegating=told or inherited, launching=launching)
        elif isinstance(block, List):
            count = _count_for(block, section, lead) if told or inherited else None
            group = read_list(
                block,
                delegating=told or inherited,
                launching=launching,
                count=count.value if count is not None else None,
                setting=setting,
            )
            group = group or read_owner_list(block) or read_field_items(block)
            if group is None:
                plan.groups += _lists_inside(block, section.title)
        elif isinstance(block, Fence) and (told or inherited):
            group = read_owner_lines(block)
        if group is not None:
            group.order = order_of(lead, section.title, paragraph_text(section))
            plan.groups.append(group)
    plan.scripts += own_scripts(section, wrong=wrong)
    if not plan.groups and not _shows_usage(section):
        group = read_launches(plan.scripts)
        if group is not None:
            group.order = order_of(fence_words(plan.scripts), paragraph_text(section), section.title)
            plan.groups.append(group)
    if not (plan.groups or plan.scripts or wrong):
        proses = [block.prose for block in section.blocks if isinstance(block, Paragraph)]
        owners = (read_subjects(prose) or read_owner_sentence(prose) for prose in proses)
        group = read_sentences(section.blocks, f"{section.title}\n{lead}") or next(filter(None, owners), None)
        plan.groups += [group] if group is not None else []
    _place_batches(plan, section, wrong=wrong)
    return plan if plan.groups or plan.scripts or delegating else None


def _shows_usage(section: Section) -> bool:
    """Whether the heading, or the text that leads to the calls below it, presents them as examples of how to call."""
    leads = (block.prose.text for block in section.blocks if isinstance(block, Paragraph) and _leads(block.prose.text))
    return shows_usage(section.title) or any(shows_usage(lead) for lead in leads)


def _run_of(block: Block, runs: list[list[Item]]) -> list[Item] | None:
    """The run of bold lines that begins in `block`."""
    return next((run for run in runs if block.start <= run[0].origin.start < block.end), None)


def _count_for(block: List, section: Section, lead: str) -> Number | None:
    """The number of agents stated nearest to a list; for roles in order "the 7-parallel-task method" of its chapter."""
    before = "\n".join(
        one.prose.text for one in section.blocks if isinstance(one, Paragraph) and one.start < block.start
    )
    if launches(lead) and _leads(lead) and len([one for one in section.blocks if isinstance(one, List)]) > 1:
        return stated_count(lead)  # each of several lists is told to start by itself; a number above counts them all
    near = stated_count(lead) or stated_count(section.title) or stated_count(before)
    if near is not None or not block.ordered:
        return near
    texts = (prose.text for one in chapter_of(section).walk() for prose in section_texts(one))
    return next((count for text in texts if (count := joined_count(text)) is not None), None)


def _leads(text: str) -> bool:
    """Whether a text leads to what stands below it."""
    return text.rstrip().endswith((":", "："))


def _lists_inside(block: List, title: str) -> Iterator[FoundGroup]:
    """Lists below an item that tells to start those it names: "3. ... - Launch these agents in parallel:"."""
    for item in block.items:
        lead = item.prose.text
        launching = _leads(lead) and launches(lead, title)
        for child in item.children:
            if not isinstance(child, List):
                continue
            count = stated_count(lead)
            group = None
            if launching:
                number = count.value if count is not None else None
                group = read_list(child, delegating=True, launching=True, count=number, setting=lead)
            if group is not None:
                group.order = "parallel"
                yield group
            else:
                yield from _lists_inside(child, title)


def _place_batches(plan: FoundPlan, section: Section, *, wrong: bool) -> None:
    """The first list of batches in a fence right under the heading."""
    for block in leaves(section.blocks):
        if isinstance(block, Fence) and not wrong:
            batches = read_batches(block)
            if batches:
                place_batches(plan, batches, f"{block.text}\n{paragraph_text(section)}")
                return

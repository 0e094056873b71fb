"""What stands right under a heading: its tables, lists, bold lines, sentences and fences that give work to workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from planlint.dialects.calls import label_of, presents_wrong
from planlint.dialects.claude_md.counts import Number, joined_count, stated_count
from planlint.dialects.claude_md.field_items import read_field_items
from planlint.dialects.claude_md.found import Around, FoundGroup
from planlint.dialects.claude_md.labelled import Item, bold_items, marked_items
from planlint.dialects.claude_md.owner_lines import read_owner_lines, read_owner_list
from planlint.dialects.claude_md.roles import read_bold_items, read_items, read_list
from planlint.dialects.claude_md.scripts import holds_calls
from planlint.dialects.claude_md.sections import order_of
from planlint.dialects.claude_md.sentences import read_owner_sentence, read_sentences
from planlint.dialects.claude_md.spoken import read_spoken
from planlint.dialects.claude_md.tables import read_table
from planlint.dialects.claude_md.texts import chapter_of, paragraph_text, section_texts
from planlint.dialects.claude_md.told_lines import read_told_lines
from planlint.dialects.claude_md.vocabulary import hands_out, launches, launches_above, shows_example
from planlint.readers.markdown.blocks import Block, Fence, Heading, List, Paragraph, Quote, Section, Table


def groups_under(section: Section, *, delegating: bool, inherited: bool, wrong: bool) -> list[FoundGroup]:
    """The groups of tasks right under a heading, in order.

    `delegating`: the section itself gives work to agents; `inherited`: the one above it does. `wrong`: what stands here
    is shown as how not to do it, unless a text says otherwise of what follows it.
    """
    found: list[FoundGroup] = []
    lead = ""
    lead_wrong: bool | None = None
    blocks = list(_opened(section.blocks))
    runs = [run for run in bold_items(blocks) if len(run) > 1]
    read_to = 0
    follows = False
    for block, behind in zip_longest(blocks, blocks[1:]):
        if block.start < read_to or isinstance(block, Heading):
            continue
        run = _run_of(block, runs)
        marked = marked_items(block) if isinstance(block, Paragraph) and run is None else []
        if isinstance(block, Paragraph) and run is None and not marked:
            # "Spawn these agents:" and a bold "Always:" below lead to the list together.
            lead = f"{lead}\n{block.prose.text}" if leads_on(lead) and follows else block.prose.text
            follows = True
            judged = label_of(lead)
            lead_wrong = judged if judged is not None else (presents_wrong(lead) if leads_on(lead) else None)
            continue
        follows = False
        if wrong if lead_wrong is None else lead_wrong:
            continue
        launching = launches(lead if leads_on(lead) else "", section.title)
        launching = launching or (isinstance(behind, Paragraph) and launches_above(behind.prose.text))
        around = Around(
            told=delegating or hands_out(lead) or (launching and leads_on(lead)),
            inherited=inherited,
            launching=launching,
            text=f"{section.title}\n{lead}",
        )
        group: FoundGroup | None = None
        if run is not None:
            if sum(1 for item in run if holds_calls(item.children)) > 1:
                read_to = run[-1].origin.end  # the calls say more than the names above them
                continue
            group = read_bold_items(run, around)
            read_to = run[-1].origin.end if group is not None else read_to
        elif marked:
            group = read_items(marked, block.origin, around, ordered=marked[0].marker is not None)
        elif isinstance(block, Table):
            around.launching = around.launching or launches(lead, section.title)
            # "Subagent configuration:" names the table; what is done with it stands above.
            around.launching = around.launching or (len(lead.split()) < 4 and launches("", section.title))
            group = read_table(block, around)
        elif isinstance(block, List):
            count = _count_for(block, section, lead) if around.delegating else None
            around.count = count.value if count is not None else None
            group = read_list(block, around) or read_owner_list(block) or read_field_items(block)
            if group is None:
                found += _lists_inside(block, section.title)
        elif isinstance(block, Fence):
            group = read_owner_lines(block, delegating=around.delegating)
            if group is None and (around.told or launching) and not shows_example(around.text):
                group = read_told_lines(block, around.text)
        if group is not None:
            group.order = order_of(lead, section.title, paragraph_text(section))
            group.divides = group.divides and not shows_example(around.text)
            found.append(group)
    return found


def _opened(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, quotes entered: people set off in them what is for somebody else."""
    for block in blocks:
        if isinstance(block, Quote):
            yield from _opened(block.children)
        else:
            yield block


def told_under(section: Section, *, delegating: bool) -> FoundGroup | None:
    """The tasks that the sentences right under a heading give to workers."""
    proses = [block.prose for block in _opened(section.blocks) if isinstance(block, Paragraph)]
    lead = proses[-1].text if proses else ""
    group = read_sentences(section.blocks, f"{section.title}\n{lead}")
    if group is not None:
        serial = any(order_of(prose.text) == "serial" for prose in proses)
        group.order = group.order or ("serial" if serial else None)
        return group
    for prose in proses:
        group = read_spoken(prose, delegating=delegating) or read_owner_sentence(prose)
        if group is not None and label_of(prose.text) is not True:
            group.order = group.order or order_of(prose.text, section.title)
            return group
    return None


def _run_of(block: Block, runs: list[list[Item]]) -> list[Item] | None:
    """The run of bold lines that begins in `block`."""
    return next((run for run in runs if block.start <= run[0].origin.start < block.end), None)


def _count_for(block: List, section: Section, lead: str) -> Number | None:
    """The number of agents stated nearest to a list; for roles in order "the 7-parallel-task method" of its chapter."""
    before = "\n".join(
        one.prose.text for one in section.blocks if isinstance(one, Paragraph) and one.start < block.start
    )
    if launches(lead) and leads_on(lead) and len([one for one in section.blocks if isinstance(one, List)]) > 1:
        return stated_count(lead)  # each of several lists is told to start by itself; a number above counts them all
    near = stated_count(lead) or stated_count(section.title) or stated_count(before)
    if near is not None or not block.ordered:
        return near
    texts = (prose.text for one in chapter_of(section).walk() for prose in section_texts(one))
    return next((count for text in texts if (count := joined_count(text)) is not None), None)


def leads_on(text: str) -> bool:
    """Whether a text leads to what stands below it."""
    return text.rstrip().endswith((":", "："))


def _lists_inside(block: List, title: str) -> Iterator[FoundGroup]:
    """Lists below an item that tells to start those it names: "3. ... - Launch these agents in parallel:"."""
    for item in block.items:
        lead = item.prose.text
        launching = leads_on(lead) and launches(lead, title)
        for run in bold_items(item.children) if launching else ():
            group = read_bold_items(run, Around(told=True, launching=True, text=lead))
            if group is not None:
                group.order = "parallel"
                yield group
        for child in item.children:
            if not isinstance(child, List):
                continue
            count = stated_count(lead)
            group = None
            if launching:
                number = count.value if count is not None else None
                group = read_list(child, Around(told=True, launching=True, count=number, text=lead))
            if group is not None:
                group.order = "parallel"
                yield group
            else:
                yield from _lists_inside(child, title)

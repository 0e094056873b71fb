"""From the items of a document to its plans."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial

from planlint.diagnostics import Evidence
from planlint.dialects.draft import PlanDraft
from planlint.dialects.drawing import add_drawn
from planlint.dialects.file_lists import Placing
from planlint.dialects.prose import PathContext, ProseContext, effects_of, find_paths, link_target
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.work_items.item import Item
from planlint.dialects.work_items.judgement import judge
from planlint.dialects.work_items.order import kinds_of_agents, schedule_of
from planlint.dialects.work_items.reading import ItemReader, Read, kind_of
from planlint.dialects.work_items.signs import has_files, telling
from planlint.dialects.work_items.vocabulary import SPLIT, TOGETHER, label_of, read_head
from planlint.dialects.work_items.waiting import add_dependencies
from planlint.model import Agent, Capability, Constraint, ContractRef, Isolation, Mode, Plan, Scope
from planlint.readers.document import Document
from planlint.readers.markdown.blocks import List, MarkdownTree, Paragraph, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.source import Origin

NAME = "work-items"

_COORDINATION = ("coordination", "shared files", "shared file", "conflict", "overlap")


def load_document(document: Document, tree: MarkdownTree, capabilities: frozenset[Capability]) -> list[Plan]:
    """The plans in one document: one, or one for each section where several number their items alike."""
    plans = split_plans(judge(tree).items)
    return [_plan(document, tree, items, capabilities, alone=len(plans) == 1) for items in plans]


def split_plans(items: list[Item]) -> list[list[Item]]:
    """Items that repeat ids under different headings are different plans; else, all are one."""
    told = {_key(item) for item in items if item.labels}
    items = [item for item in items if item.labels or _key(item) not in told]
    ids = [_key(item) for item in items]
    if len(set(ids)) == len(ids):
        return [items] if items else []
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(id(item.home), []).append(item)
    declaring = [group for group in groups.values() if has_files(group)]
    declaring = declaring or [group for group in groups.values() if telling(group)]
    homes = {id(group[0].home) for group in declaring}
    if 0 < len(declaring) < len(groups):
        # An outline that names the same items before they are spelled out is no plan of its own.
        return split_plans([item for item in items if id(item.home) in homes])
    single = sum(1 for group in groups.values() if len(group) == 1)
    if len(groups) == 1 or 2 * single > len(groups) or any(item.group is not None for item in items):
        return [items]
    return list(groups.values())


def _key(item: Item) -> tuple[str, str]:
    return item.head.word, item.head.id.lower() or item.head.title


def _plan(
    document: Document, tree: MarkdownTree, items: list[Item], capabilities: frozenset[Capability], *, alone: bool
) -> Plan:
    source = document.source
    start = min(item.origin.start for item in items)
    end = max(item.origin.end for item in items)
    whole = source.origin(0, len(source.text)) if alone else source.origin(start, end)
    draft = PlanDraft(document.path, NAME, whole)
    reads = [ItemReader(item).run() for item in items]
    for read in reads:
        draft.add(read.task)
    _files(reads, document.path)
    _ticked(reads, tree)
    for read in reads:
        read.task.kind = kind_of(read)
        read.task.phase = read.item.group.title if read.item.group is not None else None
    add_dependencies(reads)
    _contracts(reads)
    kinds = kinds_of_agents(reads)
    for read in reads:
        agent = read.task.agent
        if agent.name in kinds:
            read.task.agent = Agent(type=agent.type or agent.name, origin=agent.origin)
    drawn = add_drawn(draft.tasks, tree, whole)
    schedule, concurrent = schedule_of(reads, drawn=drawn)
    home = _name_section(items, tree)
    return draft.finish(
        name=home.title if home is not None else "",
        places={"name": home.heading.prose.whole} if home is not None and home.heading is not None else {},
        schedule=schedule,
        isolation=_isolation(reads),
        constraints=tuple(_acknowledged(tree, reads)),
        capabilities=_capabilities(reads, capabilities, concurrent=concurrent),
        pattern="example" in (home.title.lower() if home is not None else ""),
        sources=(source.origin(0, len(source.text)),),
    )


def _name_section(items: Sequence[Item], tree: MarkdownTree) -> Section | None:
    """The heading that names the plan: the one around all items, else the first of the document."""
    homes = {id(item.home) for item in items}
    home = items[0].home
    if len(homes) == 1 and home.heading is not None and home.level > 1:
        return home
    return next((section for section in tree.top.walk() if section.heading is not None), None)


def _ticked(reads: Sequence[Read], tree: MarkdownTree) -> None:
    """Items are done that a list ticks off by number and title: "- [x] Phase 1: Store - tables and migrations"."""
    titles: dict[tuple[str, str], str] = {}
    for section in tree.top.walk():
        for block in section.blocks:
            for entry in block.items if isinstance(block, List) else ():
                head = read_head(entry.prose.text.split("\n")[0]) if entry.checked is True else None
                if head is not None:
                    titles[head.word, head.id.lower()] = head.title.lower()
    for read in reads:
        head = read.item.head
        if head.title and titles.get((head.word, head.id.lower()), "").startswith(head.title.lower()):
            read.task.done = True


# -- files -------------------------------------------------------------------------------------------------------------


def _files(reads: Sequence[Read], path: str) -> None:
    """Declared files first, then what the sentences add to them."""
    context = PathContext(relative=partial(link_target, posixpath.dirname(path)))
    mentions = {
        read.task.index: [
            mention
            for text in (*read.texts, *read.places, *read.file_texts)
            for mention in find_paths(text, known=context)
        ]
        for read in reads
    }
    placing = Placing(mentions)
    for read in reads:
        task = read.task
        for entry in read.files:
            found = placing.path(entry, task.index)
            if found is None:
                continue
            more = {"evidence": Evidence.DECLARED, "weak": entry.weak, "part": entry.part, "note": entry.note}
            if entry.mode is Mode.READ:
                task.read(found, entry.origin, **more)
            else:
                task.write(found, entry.origin, entry.mode, **more)
        task.scope_known = True if read.declares else None
        _effects(
            read, ProseContext(paths=context, resolve=partial(placing.names.find, task=task.index), body=read.declares)
        )


def _effects(read: Read, context: ProseContext) -> None:
    task = read.task
    known = {scope.path for scope in task.writes}
    for place in read.places:
        found = effects_of(place, default=Mode.WRITE, context=context).writes
        task.writes += [scope.replace(evidence=Evidence.INFERRED) for scope in found if scope.path not in known]
        known |= {scope.path for scope in found}
    for number, prose in enumerate(read.texts):
        placed = number == 0 and (not known or _is_path(read.item))
        effects = effects_of(prose, default=Mode.WRITE if placed else None, context=context)
        for scope in effects.writes:
            if scope.path not in known:
                task.writes.append(scope)
        known |= {scope.path for scope in effects.writes}
        task.off_limits += [scope for scope in effects.off_limits if scope.path not in known or flatly_forbidden(scope)]
        for scope in effects.reads:
            task.read(
                scope.path, scope.origin, evidence=scope.evidence, weak=scope.weak, part=scope.part, body=scope.body
            )
    task.reads = [scope for scope in task.reads if scope.path not in known]


def _is_path(item: Item) -> bool:
    """Whether nothing but a path names the item: "### 2.1 `scripts/totals.py`"."""
    return any(mention.path == item.head.title for mention in find_paths(item.prose))


# -- contracts ---------------------------------------------------------------------------------------------------------


def _contracts(reads: Sequence[Read]) -> None:
    """What items say they export, and what others say they use of it. A use of what nobody exports is no contract."""
    provided: set[str] = set()
    for read in reads:
        for symbol in read.provides:
            provided.add(symbol.name)
            read.task.provides.append(
                ContractRef(contract=symbol.name, origin=symbol.origin, signature=symbol.signature, kind=symbol.kind)
            )
    for read in reads:
        own = {ref.contract for ref in read.task.provides}
        for symbol in read.consumes:
            if symbol.name in provided and symbol.name not in own:
                read.task.consumes.append(
                    ContractRef(
                        contract=symbol.name, origin=symbol.origin, signature=symbol.signature, kind=symbol.kind
                    )
                )


# -- the plan as a whole -----------------------------------------------------------------------------------------------


def _isolation(reads: Sequence[Read]) -> Isolation:
    own = [read.task.isolation for read in reads if read.task.isolation is not None]
    if 2 * len(own) < len(reads) or not own:
        return Isolation.UNKNOWN
    return Isolation.WORKTREE if Isolation.WORKTREE in own else Isolation.BRANCH


def _acknowledged(tree: MarkdownTree, reads: Sequence[Read]) -> Iterator[Constraint]:
    """Files that the plan admits to be touched by several items, in a section or a label about that."""
    starts = [read.item.origin.start for read in reads]
    ends = [read.item.origin.end for read in reads]

    def is_inside(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index >= 0 and at < ends[index]

    for read in reads:
        for prose in read.shared:
            yield from _paths_of(prose, read.item.origin)
    for section in tree.top.walk():
        title = section.title.lower()
        if section.heading is None or not any(word in title for word in _COORDINATION):
            continue
        if is_inside(section.heading.start):
            continue
        for prose in running_text(section.blocks, tables=False):
            yield from _paths_of(prose, section.heading.origin)
    for block in tree.blocks:
        if isinstance(block, Paragraph) and not is_inside(block.start):
            label, colon, _ = block.prose.text.partition(":")
            if colon and label_of(label) == "shared":
                yield from _paths_of(block.prose, block.origin)


def _paths_of(prose: Prose, origin: Origin) -> Iterator[Constraint]:
    for mention in find_paths(prose):
        if not mention.bare_name and not mention.in_command:
            scope = Scope(path=mention.path, mode=Mode.WRITE, origin=mention.origin, evidence=Evidence.STATED)
            yield Constraint(
                kind="acknowledged", scope=scope, origin=mention.origin, note=origin.text.split("\n")[0][:120]
            )


def _capabilities(reads: Sequence[Read], all_of: frozenset[Capability], *, concurrent: bool) -> frozenset[Capability]:
    missing = set()
    if not any(read.declares for read in reads):
        missing.add(Capability.DECLARED_WRITES)
    if not concurrent and not any(read.task.parallel for read in reads):
        missing |= {Capability.CONCURRENCY, Capability.WAVES}
    if not any(read.task.verify for read in reads):
        missing.add(Capability.VERIFY)
    if not any(read.provides for read in reads):
        missing.add(Capability.CONTRACTS)
    if not concurrent or not all(read.item.head.word in TOGETHER | SPLIT for read in reads):
        missing.add(Capability.AGENTS)
    return all_of - missing

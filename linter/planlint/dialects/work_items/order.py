"""Which work items run at the same time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.prose.order_words import stated_order
from planlint.dialects.prose.wording import sentences
from planlint.dialects.work_items.names import ID, LISTED, WORDS, Names, named
from planlint.dialects.work_items.reading import Read
from planlint.dialects.work_items.vocabulary import SPLIT, TOGETHER, WAVES, read_head
from planlint.model import Isolation, Schedule, parallel, serial
from planlint.readers.markdown.blocks import List, Paragraph, Section
from planlint.readers.prose import Prose

_ALSO = re.compile(
    rf"(?:[ \t]*(?:and|&|und|et|y|e|và|и|和|与|と)[ \t]*(?:{WORDS}[ \t]*)?(?:{ID})){{0,3}}", re.IGNORECASE
)
_LISTED_ON = re.compile(
    r"(?:[ \t]*(?:[,&/+–-]|and\b|und\b|et\b|y\b|e\b|và\b|и\b|to\b|through\b|和|与|と|、)[ \t]*(?:and[ \t]+)?"
    rf"(?:{WORDS}[ \t]*)?(?:{ID})){{0,30}}",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"(?:after|once|until|when|following|depends? on|requires?|needs?|waits? for|before)\s+(?:both\s+|all\s+)?\Z"
    r"|(?:依赖|等待|完成)\s*\Z",
    re.IGNORECASE,
)
_BACK = 30
"""Characters before a list of items that may say that the others wait for them."""


def schedule_of(reads: Sequence[Read], *, drawn: bool = False) -> tuple[Schedule | None, bool]:
    """The order of the items, and whether any of them run at the same time.

    Phases and waves follow each other. Inside, items run together only where a word or a sentence says so. Where the
    order of all is `drawn`, nothing else orders them.
    """
    if not reads:
        return None, False
    if drawn:
        indexes = [read.task.index for read in reads]
        return parallel(indexes, "the plan draws what waits for what", Evidence.STATED), True
    if any(read.task.wave for read in reads) and 2 * sum(1 for read in reads if read.task.wave) > len(reads):
        from planlint.dialects.plan_words.waves import build_schedule

        return build_schedule(tuple(read.task.freeze() for read in reads)), True
    naming = _Naming(reads)
    everywhere = _stated(_around(reads), naming) or _titled_serial(reads)
    together_by_name = list(_named_together(reads, naming))
    if _say_what_they_wait_for(reads) and (together_by_name or _titled_parallel(reads)):
        indexes = [read.task.index for read in reads]
        return parallel(
            indexes, "the plan speaks of parallel work, and each says what it waits for", Evidence.STATED
        ), True
    groups: list[list[Read]] = []
    for read in reads:
        if groups and groups[-1][0].item.group is read.item.group:
            groups[-1].append(read)
        else:
            groups.append([read])
    inner = []
    concurrent = False
    for group in groups:
        together = _together(group, everywhere, naming)
        concurrent = concurrent or (together is not None and len(group) > 1)
        inner.append(_group_schedule(group, together, together_by_name))
        concurrent = concurrent or any(
            len({read.task.index for read in group} & named) > 1 for named in together_by_name
        )
    return serial(inner, "phases run one after another"), concurrent


def kinds_of_agents(reads: Sequence[Read]) -> frozenset[str]:
    """The names of agents that are kinds of them: the plan says that several items of one such name run in parallel.

    Streams, lanes and workers are each somebody's own, whatever kind of agent does them.
    """
    naming = _Naming(reads)
    named = {read.task.index: read.task.agent.name for read in reads if read.task.agent.name}
    if len(set(named.values())) == len(named):
        return frozenset()
    runs = list(_named_together(reads, naming))
    if _stated(_around(reads), naming) == "parallel" or all(read.item.head.word in TOGETHER for read in reads):
        runs.append(frozenset(named))
    counts = [Counter(named[index] for index in run if index in named) for run in runs]
    return frozenset(name for count in counts for name, times in count.items() if times > 1)


def _say_what_they_wait_for(reads: Sequence[Read]) -> bool:
    """Whether nearly all items have a label for what they wait for, so that no other order is meant."""
    told = sum(1 for read in reads if "depends_on" in read.item.labels)
    return len(reads) > 2 and 3 * told >= 2 * len(reads)


def _titled_parallel(reads: Sequence[Read]) -> bool:
    """Whether a heading around the items speaks of work side by side: "Parallel work plan"."""
    home = reads[0].item.home
    return any(stated_order(section.title) == "parallel" for section in (home, *home.ancestors))


def _titled_serial(reads: Sequence[Read]) -> str | None:
    """`serial` where a heading beside the items, before the first, says so: "### Run both agents in sequence"."""
    first = reads[0].item
    beside = [
        part for part in first.home.sections if part.heading is not None and part.heading.end <= first.origin.start
    ]
    orders = {stated_order(part.title) for part in beside if read_head(part.title) is None}
    return "serial" if orders - {None} == {"serial"} else None


def _group_schedule(
    group: list[Read], together: tuple[str, Evidence] | None, named: Sequence[frozenset[int]]
) -> Schedule:
    indexes = [read.task.index for read in group]
    section = group[0].item.group
    if together is None:
        return _runs(group, named)
    head = read_head(section.title) if section is not None else None
    label = head.written if head is not None else None
    origin = section.heading.origin if section is not None and section.heading is not None else None
    return parallel(indexes, together[0], together[1], origin=origin, label=label)


def _runs(group: list[Read], named: Sequence[frozenset[int]]) -> Schedule:
    """Neighbours that are marked parallel, or named together, run together; the others in turn."""
    steps: list[Schedule | int] = []
    position = 0
    while position < len(group):
        end = position
        while end < len(group) and group[end].task.parallel:
            end += 1
        reason = "they are marked parallel"
        if end < position + 2:
            reason = "the plan says that they run in parallel"
            end = max((_end_of(group, position, members) for members in named), default=position + 1)
        run = [read.task.index for read in group[position:end]]
        steps.append(parallel(run, reason, Evidence.STATED) if len(run) > 1 else run[0])
        position = end
    return serial(steps, "tasks are done in listed order", Evidence.INFERRED)


def _end_of(group: list[Read], start: int, members: frozenset[int]) -> int:
    end = start
    while end < len(group) and group[end].task.index in members:
        end += 1
    return max(end, start + 1)


class _Naming:
    """Which items of a plan a text names."""

    def __init__(self, reads: Sequence[Read]) -> None:
        self._names = Names(reads)
        self._grammar = IdGrammar(LISTED, self._names.normalise, self._names.known)
        self._one = named(reads)
        self._count = len(reads)

    def items(self, text: Prose) -> frozenset[int]:
        """The items that a sentence lists, those left out for which others wait."""
        if self._one.search(text.text) is None:
            return frozenset()
        return frozenset(
            read.task.index
            for listed in _lists_in(text, self._one)
            for reference in find_references(listed, self._grammar)
            for name in reference.ids
            if (read := self._names.task(name)) is not None
        )

    def is_about_some(self, text: Prose) -> bool:
        """Whether a text names items, but not all of them."""
        return 0 < len(self.items(text)) < self._count


def _named_together(reads: Sequence[Read], naming: _Naming) -> Iterator[frozenset[int]]:
    """The items that a sentence names as parallel: "After item 1, items 2 and 3 can run in parallel"."""
    home = reads[0].item.home
    outermost = [home, *home.ancestors][-1]
    for part in (part for section in outermost.walk() for part in _sentences_of(section)):
        found = naming.items(part) if stated_order(part.text) == "parallel" else frozenset()
        if len(found) > 1:
            yield found


def _lists_in(sentence: Prose, one: re.Pattern[str]) -> Iterator[Prose]:
    """The ranges of a sentence that list items, those left out for which the others wait."""
    text, at = sentence.text, 0
    while (match := one.search(text, at)) is not None:
        waits = _WAITS.search(text[max(0, match.start() - _BACK) : match.start()]) is not None
        more = (_ALSO if waits else _LISTED_ON).match(text, match.end())
        at = more.end() if more is not None else match.end()
        if not waits:
            yield sentence.slice(match.start(), at)


def _sentences_of(section: Section) -> Iterator[Prose]:
    for block in section.blocks:
        proses = [block.prose] if isinstance(block, Paragraph) else []
        if isinstance(block, List):
            proses = [entry.prose for entry in block.items]
        for prose in proses:
            for sentence in sentences(prose):
                yield from _clauses(prose.slice(sentence.start, sentence.end))


def _clauses(sentence: Prose) -> Iterator[Prose]:
    """A sentence, cut at its semicolons."""
    start = 0
    for part in sentence.text.split(";"):
        yield sentence.slice(start, start + len(part))
        start += len(part) + 1


def _together(group: list[Read], everywhere: str | None, naming: _Naming) -> tuple[str, Evidence] | None:
    """Why the items of a group run at the same time; None where they do not."""
    section = group[0].item.group
    head = read_head(section.title) if section is not None else None
    said = _stated([section], naming) if section is not None else None
    if said == "serial" or (said is None and everywhere == "serial"):
        return None
    word = group[0].item.head.word
    if word in TOGETHER and sum(1 for read in group if read.item.head.word in TOGETHER) > 1:
        return f"each is {'an' if word[0] in 'aeiou' else 'a'} {word} of its own", Evidence.STATED
    if head is not None and head.word in WAVES:
        return f"same {head.word}", Evidence.DECLARED
    own = [read for read in group if read.task.isolation in (Isolation.BRANCH, Isolation.WORKTREE)]
    branches = {
        resource.name for read in own for resource in read.task.resources if resource.kind in ("branch", "worktree")
    }
    if len(branches) > 1:
        return "each has a branch of its own", Evidence.STATED
    if said == "parallel" or (said is None and everywhere == "parallel"):
        return "the plan says that they run in parallel", Evidence.STATED
    if sum(1 for read in group if read.at_once) > 1:
        return "both can start at once", Evidence.STATED
    if word in SPLIT and section is None and said is None and everywhere is None:
        return "work is cut into items to be handed out, and nothing orders these", Evidence.STATED
    return None


def _around(reads: Iterable[Read]) -> list[Section]:
    """The sections that hold the items."""
    found: dict[int, Section] = {}
    for read in reads:
        home = read.item.home
        for section in (home, *home.ancestors):
            if read_head(section.title) is None:
                found.setdefault(id(section), section)
                break
    return list(found.values())


def _stated(sections: Iterable[Section], naming: _Naming) -> str | None:
    """`parallel` or `serial`, where the headings or paragraphs right in `sections` say so and do not say both.

    What is said of some of the items is not said of all.
    """
    said = set()
    for section in sections:
        texts = [section.title] if section.heading is not None else []
        texts += [
            block.prose.text
            for block in section.blocks
            if isinstance(block, Paragraph) and not naming.is_about_some(block.prose)
        ]
        said |= {stated_order(text) for text in texts}
    said.discard(None)
    return said.pop() if len(said) == 1 and "both" not in said else None

"""Workers that sentences give their parts: "Agent A takes `src/a/` while Agent B takes `src/b/`"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import is_catalogue
from planlint.dialects.claude_md.vocabulary import shows_example
from planlint.dialects.claude_md.worker import describe, name_task, read_text
from planlint.dialects.claude_md.workers import WorkerLabel, acting_worker, acting_workers, called_workers
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import bare_names
from planlint.dialects.prose import find_paths
from planlint.dialects.prose.wording import sentences
from planlint.readers.prose import Prose
from planlint.source import Span

_SUPPOSED = re.compile(
    r"\W*(?:and |but |so |e\.g\.,? |for (?:example|instance),? )?(?:if|whenever|suppose|imagine|say|assume|unless"
    r"|example|e\.g\.|for (?:example|instance)|never|don'?t|avoid"
    r"|when(?![^,.\n]{0,60}\b(?:done|finished|finish|back|ready|completed?|merged|landed|through)\b))\b",
    re.IGNORECASE,
)
"""How a sentence begins that tells of a case and not of the work at hand."""


_LONGEST_TITLE = 80
"""Characters of what a worker does that stand for the title of its task."""


class _Part(NamedTuple):
    worker: WorkerLabel
    name: Span
    whole: Span
    """What is said of the worker: to the next one of the sentence, or to its end."""
    does: int
    """Where what it does begins."""


def read_spoken(prose: Prose, *, delegating: bool) -> FoundGroup | None:
    """The tasks of a paragraph whose sentences tell at least two workers what is theirs.

    Where it hands out work (`delegating`), "the first", "the second", "another one" are workers, too. A sentence that
    tells of a case ("If Agent A edits ...") gives nobody anything.
    """
    parts = _parts(prose, delegating=delegating)
    if len({part.worker.id for part in parts}) < 2:
        return None
    told = [_told(prose, part) for part in parts]
    names = bare_names([[text] for text in told])
    tasks: dict[str, FoundTask] = {}
    for index, (part, text) in enumerate(zip(parts, told, strict=True)):
        whole = prose.slice(*part.whole)
        task = tasks.get(part.worker.id)
        if task is None:
            task = tasks[part.worker.id] = FoundTask(TaskDraft("", whole.whole))
            name_task(task, part.worker, part.worker.id, prose.slice(*part.name))
            task.draft.title = text.text.split(". ")[0].strip(" .")[:_LONGEST_TITLE]
            describe(task, part.worker.id, whole.text, "")
        else:
            task.draft.brief += "\n" + whole.text.strip()
        task.texts.append(whole)
        read_text(task, text, names(index))
    found = list(tasks.values())
    if sum(1 for task in found if task.draft.writes) < 2 or is_catalogue(found):
        return None
    counted = all(part.worker.numbered for part in parts)
    return FoundGroup(found, prose.whole, "sentences that give each worker its part", divides=counted)


_JOINED = re.compile(r"[\s,;.]*(?:\b(?:while|and|whereas|but|then)\b)?[\s,;.]*\Z")


def _told(prose: Prose, part: _Part) -> Prose:
    """What a worker does, without what joins it to what the next one does."""
    text = prose.text[part.does : part.whole.end]
    end = _JOINED.search(text)
    return prose.slice(part.does, part.does + (end.start() if end is not None else len(text)))


def _sentences(prose: Prose, keep: list[Span]) -> Iterator[Span]:
    """The sentences; where each of several lines begins with a worker, the lines."""
    text = prose.text
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    if sum(1 for start in starts if acting_worker(text[start : start + _LONGEST_NAME]) is not None) < 2:
        yield from sentences(prose, keep)
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield Span(start, end)


_LONGEST_NAME = 160
"""Characters at the front of a line in which a worker and its verb are looked for."""


def _parts(prose: Prose, *, delegating: bool) -> list[_Part]:
    keep = [Span(found.start, found.end) for found in find_paths(prose)]
    if len(keep) < 2:
        return []
    parts: list[_Part] = []
    for sentence in _sentences(prose, keep):
        actors = [*acting_workers(prose.text, *sentence, counted=delegating), *called_workers(prose, *sentence)]
        actors.sort(key=lambda actor: actor[1].start)
        if not actors:
            continue
        text = prose.text[sentence.start : sentence.end]
        if _SUPPOSED.match(text) is not None or shows_example(text):
            return []
        starts = [sentence.start, *(name.start for _, name, _ in actors[1:])]
        ends = [*starts[1:], sentence.end]
        parts += [
            _Part(worker, name, Span(start, end), does)
            for (worker, name, does), start, end in zip(actors, starts, ends, strict=True)
        ]
    return parts

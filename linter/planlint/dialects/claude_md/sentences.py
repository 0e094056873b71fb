"""Work that running text hands to agents one by one: "Spawn a backend agent to add ..., then a test agent to ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.scopes import declare, read_cell
from planlint.dialects.claude_md.scripts import says_ended
from planlint.dialects.claude_md.worker import describe, read_text
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import bare_names
from planlint.dialects.prose.order_words import stated_order
from planlint.model import Agent
from planlint.readers.markdown.blocks import Block, List, Paragraph
from planlint.readers.prose import Prose

_HANDS = re.compile(
    r"(?:\b(?i:(?:spawn|launch|start|dispatch|deploy|have|let|ask|get)[ ]|(?:and|then|while)[ ])|[:,][ ])"
    r"(?P<who>(?:an?|one|another|the|a (?:second|third|fourth|further))[ ](?:[\w&/-]{1,30}[ ]){0,4}?"
    r"(?:sub-?)?(?:agent|teammate|worker|session))\b(?:[ ]\([^()\n]{1,60}\))?"
    r"(?:[ ](?:to|that|which|who)(?:[ ](?:will|should|must|can))?)?[ ](?=[\w`])"
)
_SENTENCE = re.compile(r"[.!?](?=\s|\Z)|\n\s*\n")
_OPEN = re.compile(
    r"\b(?:if|whenever|unless|e\.g\.|for example|for instance|never|don'?t|do not|can|may|could|might|would|prefer"
    r"|consider|each|every)\b",
    re.IGNORECASE,
)
"""In front of the words that hand out, in their sentence: a rule for a case that may come."""
_WHEN = re.compile(r"\b(?:when|where|for)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:meanwhile|also|as well|while|alongside)\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:then|next|finally|afterwards?|lastly|subsequently|after that)\b", re.IGNORECASE)
_LONGEST_TITLE = 60


class _Handed(NamedTuple):
    """What one agent is given: `whole` is the clause, `work` what it says behind the agent's name."""

    who: str
    whole: Prose
    work: Prose
    before: str
    """What the sentence says before it, behind the agent before."""
    after: str
    """What the sentence says, to its end."""
    marker: str | None
    """The number of the list item that it begins."""


_OWNS = re.compile(
    r"(?<![\w-])(?!(?i:nobody|no|never|each|every|who|that|which|it|they)\b)(?P<who>@?[A-Za-z][\w-]{1,30})\s+owns\s+(?=\S)"
)
_WORKERS = re.compile(r"\b(?:agents?|teammates?|workers?|sessions?|sub-?agents?)\b", re.IGNORECASE)


def read_owner_sentence(prose: Prose) -> FoundGroup | None:
    """The tasks of a text that says of at least two workers which files each owns: "parser owns a.js, printer b.js"."""
    text = prose.text
    found = list(_OWNS.finditer(text))
    if len(found) < 2 or _WORKERS.search(text) is None:
        return None
    tasks = []
    for index, match in enumerate(found):
        following = found[index + 1].start() if index + 1 < len(found) else len(text)
        stop = _SENTENCE.search(text, match.end(), following)
        files = prose.slice(match.end(), stop.start() if stop is not None else following)
        task = FoundTask(TaskDraft("", prose.origin(match.start(), following)))
        task.draft.title = match.group("who")
        task.draft.agent = Agent(name=match.group("who"), origin=prose.origin(*match.span("who")))
        task.draft.places["title"] = prose.origin(*match.span("who"))
        declare(task.draft, read_cell(files), Evidence.STATED)
        tasks.append(task)
    if not all(task.draft.writes for task in tasks):
        return None
    return FoundGroup(tasks, prose.whole, "a sentence that says what each owns")


def read_sentences(blocks: list[Block], setting: str) -> FoundGroup | None:
    """The tasks of at least two agents that get work in running text, most of them with a file.

    `setting` is the text around. Words between them order them ("then", "once both are done"); the items of a numbered
    list follow one another unless something says that they run together.
    """
    handed = [one for prose, marker in _texts(blocks) for one in _handed(prose, marker)]
    if len(handed) < 2:
        return None
    names = bare_names([[one.work] for one in handed])
    tasks: list[FoundTask] = []
    stage = 1
    together = stated_order(setting) == "parallel"
    for index, one in enumerate(handed):
        task = FoundTask(TaskDraft("", one.whole.whole), number=one.marker)
        title = " ".join(one.whole.text.split())
        task.draft.title = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
        task.draft.agent = Agent(name=one.who, origin=one.whole.whole)
        task.draft.places["title"] = one.whole.whole
        describe(task, one.who, one.work.text, "")
        task.first = task.last = False
        read_text(task, one.work, names(index))
        stage += bool(tasks) and _follows(one, together=together)
        task.wave = str(stage)
        tasks.append(task)
    if sum(1 for task in tasks if task.draft.writes) * 2 < len(tasks):
        return None
    group = FoundGroup(tasks, tasks[0].draft.origin, "sentences that each give an agent work")
    said = [stated_order(one.after) for one in handed]
    group.order = "parallel" if together or "parallel" in said else None
    return group


def _texts(blocks: list[Block]) -> Iterator[tuple[Prose, str | None]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.prose, None
        elif isinstance(block, List):
            for item in block.items:
                yield item.prose, item.marker if block.ordered else None
                yield from ((prose, None) for prose, _ in _texts(item.children))


def _handed(prose: Prose, marker: str | None) -> Iterator[_Handed]:
    text = prose.text
    found = list(_HANDS.finditer(text))
    sentence = 0
    for index, match in enumerate(found):
        for stop in _SENTENCE.finditer(text, sentence, match.start()):
            sentence = stop.end()
        ending = _SENTENCE.search(text, match.end())
        closing = ending.start() if ending is not None else len(text)
        following = found[index + 1].start() if index + 1 < len(found) else len(text)
        before = text[max(sentence, found[index - 1].end() if index else 0) : match.start()]
        opened = _OPEN.search(before) or (_WHEN.search(before) and not says_ended(before) and index == 0)
        if opened:
            continue
        end = min(closing, following)
        yield _Handed(
            match.group("who"),
            prose.slice(match.start("who"), end),
            prose.slice(match.end(), end),
            before,
            text[sentence:closing],
            marker if index == 0 else None,
        )


def _follows(one: _Handed, *, together: bool) -> bool:
    """Whether the agents before it have ended when this one starts."""
    near = one.before[-80:]
    if says_ended(one.before):
        return True
    if stated_order(one.before) == "parallel" or _BESIDE.search(near):
        return False
    return _NEXT.search(near) is not None or (one.marker is not None and not together)

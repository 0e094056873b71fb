"""Rules that bind all workers of a delegation section: never-touch lists, single owners, hubs, fan-out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.path_lists import only_paths
from planlint.dialects.prompts import scope_of
from planlint.dialects.prose import PathMention, find_fan_outs, find_paths
from planlint.model import Constraint, FanOut, Mode
from planlint.readers.markdown.blocks import Block, List, Paragraph, Section
from planlint.readers.prose import Prose

_NEVER = re.compile(
    r"\b(?:never|do not|don'?t|don’t|must not|may not|no (?:agent|worker|task|one|lane)(?: may| should| must)?"
    r"|agents? must not|nobody(?: else)?(?: may| should| must)?)\s+(?:ever |directly )?"
    r"(?:touch(?:es)?|edits?|modify|modifies|changes?|writes? to|alters?|owns?)\b"
    r"|\b(?:off[- ]limits|no[- ]touch|hands[- ]off|forbidden (?:files|paths))\b",
    re.IGNORECASE,
)
_NEVER_ELSEWHERE = re.compile(
    r"禁止(?:修改|触碰|改动|编辑)|(?:不要|不得|请勿|不可|不能|不许)(?:修改|触碰|改动|编辑)|変更禁止|編集禁止|触らない|変更しない"
    r"|誰も(?:変更|編集)し?ない|谁(?:也|都)(?:不能|不得|不要)(?:修改|改|动)"
    r"|\bniemand(?:em)?\b[^.\n]{0,40}(?:ändert|fasst|geändert|angefasst)|\b(?:nadie|ninguno)\b[^.\n]{0,20}(?:toca|modifica|cambia)"
    r"|\bpersonne ne (?:touche|modifie|change)|\bninguém\b[^.\n]{0,20}(?:toca|modifica|altera|mexe)"
    r"|수정 금지|수정하지|nicht (?:anfassen|ändern)|ne pas (?:toucher|modifier)|no (?:tocar|modificar)"
    r"|não (?:tocar|modificar|alterar)|không (?:được )?(?:sửa|chạm)|не трогать",
    re.IGNORECASE,
)
"""Languages in which the file may stand before the verb."""
_CONDITION = re.compile(
    r"\b(?:by hand|manually|directly|unless|without|except|until|before|hand-edit\w*|in the same"
    r"|outside (?:of )?(?:your|its|their)|if you|when|other than|only (?:if|when|after))\b|手动|除非|未经",
    re.IGNORECASE,
)
_ONLY_OWNER = re.compile(
    r"(?:^|[-*.\s])(?:only )?(?:the )?(?P<owner>[A-Za-z][\w -]{0,40}?(?:agent|lane|worker|lead|coordinator"
    r"|orchestrator|main claude|parent|integrator|stream)\b(?: [A-Z0-9]\b)?)\s*"
    r"(?:only\b|alone\b|(?:is|are) the only\b)|"
    r"\bonly (?:the |by the |by )?(?P<sole>[\w-]{1,30}(?: [\w-]{1,30}){0,2}? ?(?:agent|lane|worker|lead|coordinator"
    r"|orchestrator|integrator)(?: [A-Z0-9]\b)?)\b"
    r"[^.\n]{0,30}\b(?:touch|edit|modif|change|write|own)|"
    r"\b(?:owned|edited|touched|modified|changed|handled|written) (?:only|exclusively"
    r"|solely) by (?:the )?(?P<by>[\w-]{1,30}(?: [\w-]{1,30}){0,2})|"
    r"\b(?:owned|edited|touched|modified|changed|handled|written) by (?:the )?"
    r"(?P<alone>[\w-]{1,30}(?: [\w-]{1,30}){0,2}?) (?:alone|only)\b",
    re.IGNORECASE,
)
_HUB_OWNER = re.compile(r"\b(?:lead|coordinator|orchestrator|main|parent|integrat\w*)\b", re.IGNORECASE)

_LONGEST_LEAD = 160
"""Longest text that is taken as the lead of a list of files."""


def constraints_of(texts: list[Prose]) -> Iterator[Constraint]:
    """The files that nobody, or only one worker, may change, by the sentences of `texts`.

    A rule with a condition ("never edit by hand", "not without approval") is no constraint on a plan.
    """
    for prose in texts:
        mentions = [found for found in find_paths(prose) if not found.in_command]
        if not mentions:
            continue
        for start, end in _lines(prose.text):
            inside = [found for found in mentions if start <= found.start < end]
            if inside:
                yield from _line(prose, start, end, inside)


def listed_constraints(section: Section) -> Iterator[Constraint]:
    """The files of a list below "Never touch:" or "Only the lead edits:", or of a section with such a heading.

    Only what names files and says no more about them counts: a sentence in such a list is a rule of its own.
    """
    said = _rule_of(section.title) if section.heading is not None else None
    yield from _below(section.blocks, said)


def _below(blocks: list[Block], said: _Rule | None) -> Iterator[Constraint]:
    led: _Rule | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            text = block.prose.text.rstrip()
            led = _rule_of(text) if text.endswith((":", "：")) and not find_paths(block.prose) else None
            if led is None and said is not None and only_paths(block.prose):
                yield from _constraints(said, find_paths(block.prose))
        elif isinstance(block, List):
            for item in block.items:
                rule = led or said
                if rule is not None and only_paths(item.prose):
                    yield from _constraints(rule, find_paths(item.prose))
                elif item.children and not find_paths(item.prose):
                    yield from _below(item.children, _rule_of(item.prose.text))
            led = None
        else:
            led = None


class _Rule(NamedTuple):
    """What a text says of the files that it is about: nobody may change them, or only `owner`."""

    owner: str | None


def _rule_of(text: str) -> _Rule | None:
    if len(text) > _LONGEST_LEAD or _CONDITION.search(text):
        return None
    if _NEVER.search(text) is not None or _NEVER_ELSEWHERE.search(text) is not None:
        return _Rule(None)
    only = _ONLY_OWNER.search(text)
    return _Rule(_owner(only)) if only is not None else None


def _owner(match: re.Match[str]) -> str:
    owner = " ".join(next(filter(None, match.group("owner", "sole", "by", "alone"))).split())
    return owner.rpartition(" by the ")[2]


def _constraints(rule: _Rule, mentions: Iterable[PathMention]) -> Iterator[Constraint]:
    kind = "off-limits" if rule.owner is None else "hub" if _HUB_OWNER.search(rule.owner) else "single-owner"
    for mention in mentions:
        yield Constraint(
            kind=kind,
            scope=scope_of(mention, Mode.WRITE, Evidence.STATED),
            origin=mention.origin,
            owner=rule.owner,
        )


_IS = re.compile(r"\b(?:is|are|stays?|remains?)[ \t]+\Z", re.IGNORECASE)


def _line(prose: Prose, start: int, end: int, mentions: list[PathMention]) -> Iterator[Constraint]:
    line = prose.text[start:end]
    if _CONDITION.search(line):
        return
    never = _NEVER.search(line)
    if never is not None:
        behind = [found for found in mentions if found.start >= start + never.start()]
        # "`settings.py` is off limits": the words stand behind what they are about.
        yield from _constraints(_Rule(None), behind or (mentions if _IS.search(line[: never.start()]) else []))
        return
    if _NEVER_ELSEWHERE.search(line) is not None:
        yield from _constraints(_Rule(None), mentions)
        return
    only = _ONLY_OWNER.search(line)
    if only is not None:
        yield from _constraints(_Rule(_owner(only)), mentions)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, roughly: cut at blank-separated full stops and list lines, never inside of a path."""
    start = 0
    for match in re.finditer(r"[.;!?](?=\s)|[。；！？]|\n(?=\s*[-*\d])", text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def fan_outs_of(texts: list[Prose], limit: int | None) -> Iterator[FanOut]:
    """ "Spawn one agent per service": a fan-out, bounded where the sentence or the plan says how many at once."""
    for prose in texts:
        for phrase in find_fan_outs(prose.text):
            if phrase.closed and phrase.bound is None and limit is None:
                continue
            yield FanOut(
                over=phrase.over,
                origin=prose.origin(phrase.start, phrase.end),
                bound=phrase.bound if phrase.bound is not None else limit,
                batched=phrase.batched,
            )

"""Rules that bind all workers of a delegation section: never-touch lists, single owners, hubs, fan-out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.diagnostics import Evidence
from planlint.dialects.prompts import scope_of
from planlint.dialects.prose import PathMention, find_fan_outs, find_paths
from planlint.model import Constraint, FanOut, Mode
from planlint.readers.prose import Prose

_NEVER = re.compile(
    r"\b(?:never|do not|don'?t|don’t|must not|may not|no (?:agent|worker|task|one|lane)(?: may| should| must)?"
    r"|agents? must not)\s+(?:ever |directly )?"
    r"(?:touch|edit|modify|change|write to|alter|own)\b|\b(?:off[- ]limits|no[- ]touch|hands[- ]off|forbidden (?:files"
    r"|paths))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:by hand|manually|directly|unless|without|except|until|before|hand-edit\w*|in the same"
    r"|outside (?:of )?(?:your|its|their)|if you|when|other than|only (?:if|when|after))\b",
    re.IGNORECASE,
)
_ONLY_OWNER = re.compile(
    r"(?:^|[-*.\s])(?:only )?(?:the )?(?P<owner>[A-Za-z][\w -]{0,40}?(?:agent|lane|worker|lead|coordinator"
    r"|orchestrator|main claude|parent|integrator|stream)\b(?: [A-Z0-9]\b)?)\s*"
    r"(?:only\b|alone\b|(?:is|are) the only\b)|"
    r"\bonly (?:the |by the |by )?(?P<sole>[\w-]{1,30}(?: [\w-]{1,30}){0,2}? ?(?:agent|lane|worker|lead|coordinator"
    r"|orchestrator|integrator)(?: [A-Z0-9]\b)?)\b"
    r"[^.\n]{0,30}\b(?:touch|edit|modif|change|write|own)|"
    r"\b(?:owned|edited|touched|modified|handled|written) (?:only|exclusively"
    r"|solely) by (?:the )?(?P<by>[\w-]{1,30}(?: [\w-]{1,30}){0,2})",
    re.IGNORECASE,
)
_HUB_OWNER = re.compile(r"\b(?:lead|coordinator|orchestrator|main|parent|integrat\w*)\b", re.IGNORECASE)


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


def _line(prose: Prose, start: int, end: int, mentions: list[PathMention]) -> Iterator[Constraint]:
    line = prose.text[start:end]
    if _CONDITION.search(line):
        return
    never = _NEVER.search(line)
    if never is not None:
        for mention in mentions:
            if mention.start >= start + never.start():
                yield Constraint(
                    kind="off-limits",
                    scope=scope_of(mention, Mode.WRITE, Evidence.STATED),
                    origin=mention.origin,
                )
        return
    only = _ONLY_OWNER.search(line)
    if only is None:
        return
    owner = " ".join((only.group("owner") or only.group("sole") or only.group("by")).split())
    kind = "hub" if _HUB_OWNER.search(owner) else "single-owner"
    for mention in mentions:
        yield Constraint(
            kind=kind,
            scope=scope_of(mention, Mode.WRITE, Evidence.STATED),
            origin=mention.origin,
            owner=owner,
        )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, roughly: cut at blank-separated full stops and list lines, never inside of a path."""
    start = 0
    for match in re.finditer(r"[.;!?](?=\s)|\n(?=\s*[-*\d])", text):
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

"""`govern`: what the verbs, places and reading phrases of one sentence say of its paths."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.governing.cjk_verbs import take_cjk_verb
from planlint.dialects.prose.governing.paths import take_path
from planlint.dialects.prose.governing.phrases import take_phrase, take_untouched
from planlint.dialects.prose.governing.signs import take_bracket, take_sign
from planlint.dialects.prose.governing.walk import Walk
from planlint.dialects.prose.governing.words import take_word
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.objects import LISTING, goes_on_aside, is_entry, is_removed_entry, lists_on, substitutes
from planlint.dialects.prose.sentence import Sentence
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source import Span
from planlint.source.regex import regex

_CONDITION = regex(r"[\s*_>-]*(?:if|in case|should|falls|wenn|si|se|如果|若)\b", re.IGNORECASE)


def govern(
    text: str, sentence: Span, events: Sequence[Event], *, default: Mode | None, documents: frozenset[str]
) -> list[Verdict]:
    """The verdict on each path of `sentence` of `text`, in order.

    `events` are those of the sentence, `documents` the names of the plan's own documents. `default` is what the
    position of the sentence says of a path without a verb; None in running text.
    """
    walk = Walk(text, Sentence(text, sentence, default, documents), default)
    entering = False
    for index, event in enumerate(events):
        if event.mention is not None and (entering or _enters(event.mention, walk, events[index + 1 : index + 12])):
            walk.verdicts.append(Verdict(event.mention, None))
            walk.clause.last = ""
            walk.clause.nouns += 1
            entering = True
            continue
        entering = entering and (event.text in LISTING or event.text in ("except", "but"))
        if _goes_on(walk, event, events[index + 1 : index + 3]):
            continue
        _step(walk, event, events[index + 1] if index + 1 < len(events) else None)
        if event.kind in ("word", "path", "code", "verb", "noun"):
            walk.start = False
        walk.after_sign = event.kind in ("comma", "stop")
    if _CONDITION.match(text, sentence.start, sentence.end):
        return [verdict.replace(weak=True) for verdict in walk.verdicts]
    return walk.verdicts


def _enters(mention: PathMention, walk: Walk, ahead: Sequence[Event]) -> bool:
    """ "add `src/x.ts` to `tsconfig.json`": the path is what is written there, or taken out."""
    return is_entry(mention, walk.clause, ahead) or is_removed_entry(walk.clause, ahead)


def _goes_on(walk: Walk, event: Event, ahead: Sequence[Event]) -> bool:
    """Take an event that the two `ahead` show to be half of "change `x` to `y`", or a sign within a list."""
    if event.mention is not None and substitutes(event.mention, walk.clause, ahead):
        walk.verdicts.append(Verdict(event.mention, None))
        walk.clause.aside, walk.clause.last = True, ""
        walk.clause.targeted = True
        return True
    aside = bool(walk.verdicts) and walk.verdicts[-1].open
    if event.kind == "comma" and aside and goes_on_aside(walk.clause, ahead):
        walk.head, walk.joined = True, ""
        return True
    if event.text in (";", "；") and lists_on(walk.clause, ahead):
        walk.clause.pass_comma()
        walk.head = True
        return True
    return False


def _step(walk: Walk, event: Event, following: Event | None) -> None:
    kind = event.kind
    if kind == "path" and event.mention is not None:
        take_path(walk, event.mention)
    elif kind == "word":
        take_word(walk, event, following)
    elif kind == "verb" and event.role is not None:
        take_cjk_verb(walk, event, following)
    elif kind == "phrase":
        take_phrase(walk, event, following)
    elif kind == "negation":
        has_subject = not (walk.start or walk.after_sign or walk.joined)
        walk.denial = event if has_subject and walk.clause.last != "but" else None
        walk.negate = 3
        walk.head = True
    elif kind == "forbid":
        walk.govern(Role.MODIFY, event.text)
        walk.clause.negated = True
    elif kind == "untouched":
        if following is None or following.kind != "code":  # "beside the unchanged `Form`"
            take_untouched(walk)
    elif kind in ("open", "close"):
        take_bracket(walk, event)
    elif kind in ("dash", "stop", "comma"):
        take_sign(walk, event)
    elif kind == "place":
        walk.clause.place = event.text
        walk.clause.reading = walk.clause.reading and not walk.clause.consumed
    else:
        walk.pass_noun(event)

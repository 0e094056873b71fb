"""A sentence that opens with its place: "In `src/loader.ts`, add a cache" changes src/loader.ts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planlint.diagnostics import Evidence
from planlint.dialects.prose import verbs
from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.function_words import FILLERS, HEAD_KEEPERS, SUBORDINATORS
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.tables import words
from planlint.model import Mode

_OPENS = words("in within inside")

_WIRES = words("import call invoke")
"""Verbs that read their object; what is imported or called *in* a file changes that file."""

_KEEPING = words("keep preserve retain")
"""Verbs that another one may follow: "in x.yml, keep the name and add y"."""

_BEFORE = 9
"""Words and signs between the opening preposition and the path: "in the main entry point (e.g., `x`)"."""

_BEHIND = 6
"""Words between the path and the comma: "in `x.ts` around the constructor, add ..."; a colon does as well."""

_FAR = 10
"""Words and signs between "use" and what it is used for."""

_QUIET = ("word", "code", "comma", "open", "close", "noun")


def with_fronted_place(verdicts: list[Verdict], events: Sequence[Event]) -> list[Verdict]:
    """`verdicts` of one sentence, with what it opens with as the place of its first writing verb.

    Only files that nothing else decides about; that the place is changed, and not what is made there copied elsewhere,
    is a conclusion. A place that is only an example ("e.g.") is weak.
    """
    found = _places(events)
    if not found:
        return verdicts
    words_before = {event.text for event in events[: events.index(found[0])]}
    mode = Mode.CREATE if "new" in words_before else Mode.WRITE
    example = bool({"g", "like"} & words_before)
    places = [event.mention for event in found]
    changed: list[Verdict] = []
    for verdict in verdicts:
        if any(verdict.mention is place for place in places):
            if verdict.mode is None and not verdict.forbidden:
                weak = verdict.weak or example
                verdict = verdict.replace(mode=mode, evidence=Evidence.INFERRED, weak=weak, open=False)
        elif verdict.mention.is_directory and verdict.evidence is Evidence.INFERRED and not verdict.forbidden:
            # "In a.ts, add a function that lists the files in src/": the verb has its place already.
            verdict = verdict.replace(mode=None)
        changed.append(verdict)
    return changed


def _places(events: Sequence[Event]) -> list[Event]:
    """The paths that stand at the front, where a writing verb follows; empty for any other sentence."""
    if not events or events[0].text not in _OPENS:
        return []
    places: list[Event] = []
    for event in events[1 : _BEFORE + 2]:
        if event.kind == "path" and _is_file(event.mention):
            places.append(event)
            break
        if event.kind not in _QUIET or event.text in SUBORDINATORS:
            return []
    if not places:
        return []
    behind = 0
    comma = kept = False
    for event in events[events.index(places[0]) + 1 :]:
        if event.kind == "path" and not comma and behind == 0 and _is_file(event.mention):
            places.append(event)
        elif event.kind == "comma" or event.text in (":", "："):
            comma, behind = True, 0
        elif event.kind == "word":
            role = verbs.english_verbs().get(event.text)
            plain = event.text not in verbs.AMBIGUOUS
            sure = plain if kept else comma or (behind == 0 and plain)
            if event.text in _KEEPING and comma:
                behind, kept = -_FAR, True
                continue  # "in x.yml, keep the name and add y"
            if role is not None and sure:
                return places if role.writes or event.text in _WIRES or _makes_with(event, events) else []
            if event.text not in HEAD_KEEPERS and event.text not in FILLERS:
                behind += 1
                if (comma and not kept) or behind > _BEHIND:
                    return []
        elif kept and event.kind == "code":
            continue
        elif event.kind not in ("code", "close", "open") or comma:
            return []
    return []


def _makes_with(verb: Event, events: Sequence[Event]) -> bool:
    """ "use the library to implement it": what is used serves a writing verb."""
    if verb.text != "use":
        return False
    following = list(events[events.index(verb) + 1 :])[:_FAR]
    return any(
        one.text == "to" and (role := verbs.english_verbs().get(two.text)) is not None and role.writes
        for one, two in pairwise(following)
    )


def _is_file(mention: PathMention | None) -> bool:
    return mention is not None and not (mention.is_directory or mention.is_glob or mention.in_command)

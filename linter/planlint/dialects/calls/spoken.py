"""Launching and joining told in sentences: a loop that waits for each agent at once, and asking for their state.

"For each package: start an agent in the background. Wait for it to finish before the next one." Only what the rules for
scripts ask about is taken from sentences; who gets which work is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.dialects.calls.arguments import Arguments, Value
from planlint.dialects.calls.fanout import Header, stated_bound
from planlint.dialects.calls.loops import Loops
from planlint.dialects.calls.openings import Openings
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import Names, ReadScript, build
from planlint.readers.prose import Prose

_EACH = re.compile(
    r"\b(?:for (?:each|every)|loop (?:over|through)|iterate over)\b[ ](?:of )?(?:the )?(?P<over>[^.,:;\n]{2,60})",
    re.IGNORECASE,
)
_AGENT = r"\b(?:sub-?)?(?:agents?|tasks? tool|workers?|teammates?)\b"
_STARTS = re.compile(
    rf"\b(?:spawn|launch|start|dispatch|run)\b[^.\n]{{0,60}}{_AGENT}[^.\n]{{0,80}}\b(?:in (?:the )?background"
    r"|run_in_background|asynchronously)\b",
    re.IGNORECASE,
)
_WAITS_FOR_IT = re.compile(
    r"\b(?:wait|block)\b[^.\n]{0,30}\b(?:it|(?:that|this|the|each) (?:agent|one|result)|each|its result)\b"
    r"[^.\n]{0,60}\b(?:before|then)\b[^.\n]{0,40}\b(?:next|another|continu\w+|mov\w+ on|proceed\w*)\b",
    re.IGNORECASE,
)
_STATE = rf"(?:{_AGENT}|\bTask(?:Output|List|Get)\b|\btasks?\b)"
_OFTEN = r"\b(?:every|each) (?:few |\d{1,3} ?)?(?:seconds?|minutes?|s\b|min\b)"
_ASKING = r"\b(?:check|poll|ask|query)\w*\b"
_ASKS = re.compile(
    rf"{_OFTEN}[^.\n]{{0,60}}(?:{_ASKING}|\b(?:call|look)\b)[^.\n]{{0,80}}{_STATE}"
    rf"|{_ASKING}[^.\n]{{0,80}}{_STATE}[^.\n]{{0,60}}{_OFTEN}"
    rf"|\b(?:keep|continue) (?:checking|polling|asking)\b[^.\n]{{0,80}}{_STATE}"
    rf"|\bpoll\b[^.\n]{{0,40}}{_STATE}[^.\n]{{0,60}}\buntil\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|no|avoid|without|instead of|rather than)\b|n['’]t\b|❌", re.IGNORECASE)


def spoken_scripts(texts: Sequence[Prose], *, wrong: bool, message: int) -> Iterator[ReadScript]:
    """The scripts that the running texts of a section tell, one behind the other; few sections tell any."""
    yield from _loops(texts, wrong=wrong, message=message)
    for prose in texts:
        match = _affirmed(_ASKS, prose.text)
        if match is not None:
            recorder = Recorder(prose, wrong=wrong, message=message)
            recorder.add("poll", match.start(), match.end(), loop=None, text=match.group())
            yield from _built(prose, recorder)


def _loops(texts: Sequence[Prose], *, wrong: bool, message: int) -> Iterator[ReadScript]:
    over: tuple[Prose, re.Match[str]] | None = None
    started: tuple[Prose, re.Match[str]] | None = None
    for prose in texts:
        each = _EACH.search(prose.text)
        over = (prose, each) if each is not None else over
        starts = _affirmed(_STARTS, prose.text)
        started = (prose, starts) if starts is not None else started
        if over is not None and started is not None and _affirmed(_WAITS_FOR_IT, prose.text) is not None:
            first = over[0]
            text = first.source.text[first.start : prose.end]
            whole = Prose(first.source, first.start, prose.end, text, [(0, first.start)])
            recorder = Recorder(whole, wrong=wrong, message=message)
            _record_loop(recorder, whole, over, started, prose)
            yield from _built(whole, recorder)
            over = started = None


def _record_loop(
    recorder: Recorder,
    whole: Prose,
    over: tuple[Prose, re.Match[str]],
    started: tuple[Prose, re.Match[str]],
    wait: Prose,
) -> None:
    """A loop with a launch in the background and the wait for it."""
    each, starts = over[1], started[1]
    header = Header(None, each.group("over").strip(), rounds=stated_bound(over[0].text))
    loop = Loops(whole, Openings()).draft(header, 0, len(each.group()))
    begin, end = started[0].start - whole.start, started[0].end - whole.start
    launch = recorder.add("launch", begin, end, loop=loop, handle="it")
    place = started[0].origin(*starts.span())
    launch.tool, launch.arguments = "Agent", Arguments()
    launch.arguments.named["description"] = Value(starts.group(), place, True)
    launch.arguments.named["run_in_background"] = Value("true", place, False)
    recorder.add("wait", wait.start - whole.start, wait.end - whole.start, loop=loop, handle="it")


def _built(whole: Prose, recorder: Recorder) -> Iterator[ReadScript]:
    (segment,) = recorder.finish(len(whole.text))
    script = build(whole, segment, Names(), "", None)
    if script is not None:
        yield script


def _affirmed(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where a sentence says it, and does not deny it."""
    for match in pattern.finditer(text):
        sentence = max(text.rfind(mark, 0, match.start()) for mark in (". ", "\n", "; "))
        if _DENIED.search(text, sentence + 1, match.end()) is None:
            return match
    return None

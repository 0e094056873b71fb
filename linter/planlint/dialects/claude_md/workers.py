"""Names of workers: `Agent 1`, `backend-agent`, "Session B (auth)", "The db agent owns ...", `@reviewer`, `Lead`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planlint.dialects.plan_words.translations import WORDS
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import english_verbs
from planlint.readers.prose import Prose
from planlint.source import Span

_WORKER = r"(?:sub-?agent|task agent|agent|worker|lane|workstream|stream|teammate|track|session|instance|terminal)"
_PERSON = r"(?:implementer|developer|dev|engineer|coder|builder|member|claude|codex)"
"""Whom only a number or a letter makes one of several workers: "Implementer A", "Member 2", "Claude 1"."""

_NUMBERED = re.compile(
    rf"\W{{0,4}}(?P<id>(?i:(?:claude|cursor|codex|cloud) )?(?i:{_WORKER}|{_PERSON}|{WORDS['agent']})[ \t]*[-#]?[ \t]?"
    r"(?:\d{1,3}|[A-Z])(?![\w.]))(?P<rest>.*)",
    re.DOTALL,
)
_SLUG = re.compile(r"`?(?P<id>(?:agent|worker|lane|stream)[-_]?\d{1,3}[-_][\w-]{1,60})`?(?P<rest>.*)", re.DOTALL)
_NAMED = re.compile(
    rf"`?(?P<id>[\w&+/.-]{{2,40}}(?:[ \t][\w&+/.-]{{1,30}}){{0,3}}[ \t_-](?i:{_WORKER}))`?(?P<rest>(?:\s*[:—–(-].*)?)",
    re.DOTALL,
)


_INTRODUCED = re.compile(
    rf"\W{{0,4}}(?i:{_WORKER}|{WORDS['agent']})[ \t]*(?:[:：]|[ \t][—–-][ \t])[ \t]*`?"
    r"(?P<id>\w[\w&+/.-]{1,40})`?(?P<rest>(?:\s*[—–(-].*)?)",
    re.DOTALL,
)

_PIECE = re.compile(
    r"\W{0,4}(?P<id>(?i:task|item|part|job)[ \t]*#?[ \t]?(?:\d{1,3}|[A-Z])(?![\w.]))(?P<rest>.*)", re.DOTALL
)

_ROLE = re.compile(
    r"`?(?P<id>[\w&+/.-]{2,40}(?:[ \t][\w&+/.-]{1,30}){0,2}[ \t_-](?i:engineer|developer|dev|specialist|expert|builder"
    rf"|implementer|writer|tester|{_WORKER})s?)`?(?P<rest>(?:\s*[:—–(-].*)?)",
    re.DOTALL,
)
"""Who does a part of the work, where the text around gives work to agents: "Backend engineers", "API specialist"."""

_BEHIND = re.compile(
    rf"\W{{0,4}}(?P<work>[^():：]{{2,40}})\((?P<name>(?i:(?:{_WORKER}|{_PERSON})[ \t]*[-#]?[ \t]?)(?:\d{{1,3}}|[A-Z])"
    r"|(?i:lead|orchestrator|coordinator|main session))(?:[,;][^()A-Z\d]{0,60})?\)\W{0,2}"
)
""" "Storage (agent 2)": the worker in brackets behind the work."""

_SEVERAL = re.compile(
    rf"\W{{0,4}}(?P<word>(?i:{_WORKER}))s?[ \t]+(?P<first>\d{{1,2}})[ \t]*(?P<to>[,+&–-]|and|to)[ \t]*"
    r"(?P<last>\d{1,2})(?P<rest>(?:[ \t]*[:：(—–-].*)?)",
    re.DOTALL,
)
_MOST_TOGETHER = 9
"""Workers beyond the first that one label may name."""


def several_workers(text: str) -> list[str]:
    """The name of each worker where a label names several at once: "Agents 1 + 2: rules", "Agent 2-4 (coders)"."""
    match = _SEVERAL.fullmatch(text)
    if match is None:
        return []
    first, last = int(match["first"]), int(match["last"])
    if not 0 < last - first <= _MOST_TOGETHER:
        return []
    numbers = range(first, last + 1) if match["to"] in ("-", "–", "to") else (first, last)
    return [f"{match['word'].removesuffix('s')} {number}{match['rest']}" for number in numbers]


_LEADING_NUMBER = re.compile(r"\A\s*\d{1,3}(?:\.\d{1,3})*[.):]?\s+")


class WorkerLabel(NamedTuple):
    """The name of one worker: `Agent 1` with the title `Backend`, `backend-agent`."""

    id: str
    title: str
    numbered: bool


def worker_label(text: str, *, delegating: bool = False) -> WorkerLabel | None:
    """The worker that a heading or a bold label names; None when it names none ("Agents", "Spawn the agents").

    Where the text right before is `delegating`, "Task 1" names the worker that gets it.
    """
    text = " ".join(_LEADING_NUMBER.sub("", text, count=1).split())
    text = _PROMPT_FOR.sub("", text, count=1)
    if len(text) > 120:
        return None
    behind = _BEHIND.fullmatch(text)
    if behind is not None:
        name, work = behind.group("name").strip(), behind.group("work").strip()
        return WorkerLabel(name, work, numbered=not is_lead(name))
    numbered_ones = (_SLUG, _NUMBERED, _PIECE) if delegating else (_SLUG, _NUMBERED)
    named_ones = (_INTRODUCED, _NAMED, _ROLE) if delegating else (_INTRODUCED, _NAMED)
    for pattern, numbered in (*((one, True) for one in numbered_ones), *((one, False) for one in named_ones)):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        rest = match.group("rest").strip()
        if not numbered and _STARTS_WITH_VERB.match(text):
            return None
        title = rest.strip(" :—–-.").strip()
        if title.startswith("(") and title.endswith(")"):
            title = title[1:-1]
        return WorkerLabel(match.group("id").strip("`"), title, numbered)
    return None


_DOES = (
    r"(?:[ \t]*\([^()\n]{1,60}\))?,?[ \t]+(?:(?:that|who|which|will|should|must|shall|can|may|then|only"
    r"|exclusively|also|just|always)[ \t]+)*(?P<verb>[a-z]{2,20})\b"
)
_COUNTED = rf"(?:(?i:{_WORKER}|{_PERSON})[ \t]*[-#]?[ \t]?(?:\d{{1,3}}|[A-Z])|[a-z]{{3,20}}-\d{{1,2}})(?![\w.-])"
_LINE_BEGINS = re.compile(
    rf"(?:[Tt]he[ \t]+)?(?P<id>{_COUNTED}"
    rf"|[\w&+/.-]{{2,40}}(?:[ \t][\w&+/.-]{{1,30}}){{0,2}}[ \t-](?i:{_WORKER})){_DOES}"
)
_IN_SENTENCE = re.compile(
    rf"(?<![\w`/.-])(?:(?P<id>{_COUNTED})|[Tt]he[ \t]+(?P<name>[\w&+/.-]{{2,40}}(?:[ \t][\w&+/-]{{2,30}}){{0,1}}[ \t-]"
    rf"(?i:{_WORKER}))"
    r"|(?i:(?:the|a|an)[ \t]+)?(?P<turn>(?i:first|second|third|fourth|fifth|sixth|last|other|another|one))"
    rf"(?:[ \t]+(?:one|(?i:{_WORKER})))?){_DOES}"
)
_TAKING = words("own take do get is be work stay keep live touch change cover handle look care focus")
"""What workers do with their part beside the verbs that make something."""


def acting_worker(text: str) -> tuple[WorkerLabel, int] | None:
    """The worker that a line begins with, and where what it does begins: "The db agent owns `src/db/`"."""
    match = _LINE_BEGINS.match(text)
    if match is None or _STARTS_WITH_VERB.match(match.group("id")) is not None or not _acts(match):
        return None
    name = match.group("id")
    return WorkerLabel(name, "", numbered=_NUMBERED.fullmatch(name) is not None), match.start("verb")


_NOT_ACTING = re.compile(r"\b(?:after|once|until|before|for|of|by|from|with)[ \t]+\Z", re.IGNORECASE)
"""In front of a worker that another one waits for: "after Agent 1 is done"."""


def acting_workers(text: str, start: int, end: int, *, counted: bool) -> Iterator[tuple[WorkerLabel, Span, int]]:
    """The workers in a sentence, where each is named, and where what it does begins.

    `counted`: the text has told to start some, so that "the first", "another one" and "one" mean one of them.
    """
    for match in _IN_SENTENCE.finditer(text, start, end):
        if _NOT_ACTING.search(text, start, match.start()) is not None:
            continue
        group = next(name for name in ("id", "name", "turn") if match.group(name) is not None)
        name = match.group(group)
        if not _acts(match) or (not counted if group == "turn" else _STARTS_WITH_VERB.match(name) is not None):
            continue
        numbered = group == "id"
        label = f"{name.lower()} agent" if group == "turn" else name
        yield WorkerLabel(label, "", numbered), Span(*match.span(group)), match.start("verb")


def _acts(match: re.Match[str]) -> bool:
    verb = match.group("verb")
    return verb in english_verbs() or not {verb, verb.removesuffix("s"), verb.removesuffix("es")}.isdisjoint(_TAKING)


_BY_TRADE = re.compile(
    r"(?:[\w]+-)*(?:agent|dev|developer|engineer|writer|tester|builder|specialist|expert|architect|designer|coder"
    r"|implementer)s?(?:-?\d{1,2})?"
)
_AFTER_TRADE = re.compile(rf"(?:[ \t]+(?:sub-?agent|agent))?(?:[ \t]+(?P<part>for|on|to)\b|{_DOES})")


def called_workers(prose: Prose, start: int, end: int) -> Iterator[tuple[WorkerLabel, Span, int]]:
    """Workers that stand as code and are named for what they do: "Use `api-dev` for the route", "`tester` adds ..."."""
    for mark in prose.codes():
        if not start <= mark.start < end or _BY_TRADE.fullmatch(prose.text, mark.start, mark.end) is None:
            continue
        after = _AFTER_TRADE.match(prose.text, mark.end, end)
        if after is None or (after.group("part") is None and not _acts(after)):
            continue
        name = prose.text[mark.start : mark.end]
        does = after.end() if after.group("part") is not None else after.start("verb")
        yield WorkerLabel(name, "", numbered=False), Span(mark.start, mark.end), does


_PROMPT_FOR = re.compile(r"\W{0,4}(?:[\w/-]+ )?prompt(?: (?:for|to)|\s*[:—–-])\s+(?:the )?(?=\S)", re.IGNORECASE)
_PROMPT_OF = re.compile(r"(?P<id>[\w&+/. -]{2,40}?)(?:['’]s)?[ -]prompt(?=\W*\Z|\s*[—–:(]|\s-\s)", re.IGNORECASE)


def prompted_worker(title: str) -> str | None:
    """Whose prompt a heading announces: "Prompt for the parser", "Parser prompt"."""
    text = _LEADING_NUMBER.sub("", title, count=1).strip(" :")
    named = _PROMPT_FOR.match(text)
    if named is not None:
        return text[named.end() :]
    match = _PROMPT_OF.match(text)
    return match.group("id") if match is not None and _STARTS_WITH_VERB.match(text) is None else None


_BEFORE_NAME = re.compile(rf"\W{{0,4}}(?i:{_WORKER})[ \t]+\Z")
_MENTION = re.compile(r"\W{0,4}@(?P<id>[A-Za-z][\w-]{1,40})(?P<rest>(?:\s*[:—–(-].*)?)", re.DOTALL)


def coded_worker(prose: Prose) -> WorkerLabel | None:
    """The worker whose name stands as code behind a word for one: "Agent `api`"."""
    mark = next((mark for mark in prose.marks if mark.kind == "code"), None)
    if mark is None or _BEFORE_NAME.fullmatch(prose.text[: mark.start]) is None:
        return None
    name, rest = prose.text[mark.start : mark.end].strip("` "), prose.text[mark.end :].strip(" :—–-.*")
    return WorkerLabel(name, rest, numbered=False)


def mentioned_worker(text: str) -> WorkerLabel | None:
    """The agent that a label mentions: `@backend-dev`; as an owner it may be a person."""
    match = _MENTION.fullmatch(text)
    return WorkerLabel(match.group("id"), match.group("rest").strip(" :—–-"), numbered=False) if match else None


_STARTS_WITH_VERB = re.compile(
    r"(?:spawn|launch|start|use|run|create|add|define|choose|pick|select|which|when|how|the|each|every|one|a|an|your"
    r"|our|all|available|custom|built-in|"
    r"general|main|single|multi|parallel|any|this|no|never|always|per|new|other|another)\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"(?:the )?(?:(?:team|tech|project|swarm) )?(?:lead(?:er)?|orchestrator|coordinator|parent|integrator"
    r"|main(?: (?:claude|context|thread|conversation))?)(?:[ -](?:agent|session|lane|worker))?"
    r"|integration[ -](?:agent|session|lane|worker)",
    re.IGNORECASE,
)


def is_lead(name: str) -> bool:
    """Whether a worker's name means the one who starts the others: `Lead`, `Orchestrator`, `Main session`."""
    return _LEAD.fullmatch(" ".join(name.split()).strip("*_` ")) is not None

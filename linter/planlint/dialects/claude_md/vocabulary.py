"""The words of delegation sections: names of workers, calls to delegate, and who runs first or last."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.claude_md.languages import tells_to_start
from planlint.dialects.plan_words.translations import WORDS
from planlint.dialects.prose.order_words import stated_order
from planlint.readers.prose import Prose

_WORKER = r"(?:sub-?agent|task agent|agent|worker|lane|workstream|stream|teammate|track|session|instance|terminal)"

_NUMBERED = re.compile(
    rf"\W{{0,4}}(?P<id>(?i:(?:claude|cursor|codex|cloud) )?(?i:{_WORKER}|{WORDS['agent']})[ \t]*[-#]?[ \t]?"
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
    numbered_ones = (_SLUG, _NUMBERED, _PIECE) if delegating else (_SLUG, _NUMBERED)
    for pattern, numbered in (*((one, True) for one in numbered_ones), (_INTRODUCED, False), (_NAMED, False)):
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


_STARTS = (
    r"(?:spawn|launch|start|dispatch|delegate|deploy|distribute|split|fan[- ]?out|assign|run|use|create|invoke|divide"
    r"|send|parallelize|parallelise|"
    r"break|implement|execute)"
)

_DELEGATES = re.compile(
    rf"\b{_STARTS}\b[^.\n]{{0,100}}?\b(?:sub-?agents?|agents|\d{{1,3}} (?:[\w-]+ ){{0,3}}(?:agents?|tasks|workers)"
    rf"|task tool|task agents?|task calls?|workers|teammates|"
    r"parallel tasks?|worktrees|agent team|claude (?:code )?(?:instances|sessions))\b"
    r"|\b(?:one|an?|1|separate|dedicated) (?:[\w-]+ ){0,2}(?:sub-?agent|agent|task) (?:per|for each|for every)\b"
    r"|\b\d{1,3}[- ]parallel[- ](?:task|agent)s?\b|\bparallel (?:task|sub-?agent|agent)s\b"
    r"|\b(?:sub-?agents|agents|workers|teammates|lanes|streams) (?:that |which |will |must |can |may |all )*(?:work"
    r"|run|execute|edit)\b[^.\n]{0,20}\b(?:in parallel|"
    r"simultaneously|concurrently|at the same time)"
    r"|\beach (?:sub-?agent|agent|task|worker|lane|stream|teammate)\b[^.\n]{0,40}\b(?:owns?|(?:handles?|edits?"
    r"|touch(?:es)?|writes?|works?) only|edits|gets (?:its|their|a|one) own|is responsible)\b"
    r"|\bfile ownership\b|\bownership (?:table|map|matrix|boundaries|rules)\b|\b(?:agent|team|lane|worker) (?:roster"
    r"|assignments?|ownership|allocation|lanes)\b"
    r"|\bparallel (?:feature |task |agent |sub-?agent |work ?)?(?:implementation|execution|development|distribution"
    r"|delegation|workflow|work|plan|lanes|streams)\b"
    r"|\b(?:up to|these|the) \d{1,3} (?:[\w-]+ )?(?:sub-?agents|agents|teammates|workers|sessions) (?:work |run )?"
    r"(?:in parallel|concurrently|simultaneously|at once)\b"
    r"|\b(?:sub-?agent|agent|worker|swarm|lane)s? (?:split|dispatch)\b|\bdispatch lanes\b"
    r"|\b(?:task|work|feature) (?:distribution|delegation)\b|\bdelegation (?:plan|rules|pattern|map)\b"
    r"|\bmulti-?agent (?:workflow|plan|setup|split|work)\b",
    re.IGNORECASE,
)


def delegates(text: str) -> bool:
    """Whether a heading or paragraph hands work to agents: tells to start them, or divides the files among them."""
    return _DELEGATES.search(text) is not None or tells_to_start(text)


_CONDITIONAL = re.compile(
    r"(?:\A|[.!?\n]\s*)(?:[-*]\s*)?(?:when(?:ever)?|if|for (?:large|larger|big|complex|multi\S*)|where|prefer|consider"
    r"|avoid|you (?:can|may)|claude (?:can|may)|use up to)\b[^.!?\n]{0,200}\Z",
    re.IGNORECASE,
)


def hands_out(text: str) -> bool:
    """Whether a paragraph hands out work here and now.

    A rule for a case that may come ("when a job is large, ...") does not, unless it leads to what stands below it.
    """
    match = _DELEGATES.search(text)
    if match is None:
        return tells_to_start(text)
    return text.rstrip().endswith((":", "：")) or _CONDITIONAL.search(text[: match.end()]) is None


_STARTED = r"(?:sub-?agents|agents|tasks|(?:task|agent|tool) calls|workers|teammates|instances)"
_LAUNCHES = re.compile(
    rf"(?<!can )(?<!may )(?<!could )\b(?:launch|spawn|start|dispatch|deploy|run|invoke|fan[- ]?out)\b"
    rf"(?P<which>[^.\n]{{0,60}}?)\b{_STARTED}\b",
    re.IGNORECASE,
)
_THOSE_BELOW = re.compile(r"\b(?:these|the following)\b", re.IGNORECASE)
_ALL_BELOW = re.compile(
    r"\b(?:launch|spawn|dispatch|deploy)\b[^.\n]{0,20}\b(?:the following|both|(?:all|each) of these)\b",
    re.IGNORECASE,
)
_LAUNCH_FIRST = re.compile(r"\W*(?:launch|spawn|dispatch|deploy|fan[- ]?out)\b", re.IGNORECASE)
_AGENTS = re.compile(rf"\b{_STARTED}\b", re.IGNORECASE)
_FOR_EXAMPLE = re.compile(r"\b(?:e\.g\.|for instance|such as|examples?)\b", re.IGNORECASE)


_TEAM = re.compile(
    r"\b(?:create|spawn|start|launch|set up|form|assemble|build|use)\b[^.\n]{0,60}?\b(?:agent team|team of|teammates)\b"
    r"|(?:\A|[.:!(\n])[\W\d]*spawn\b[^.\n]{0,80}[:：]\s*\Z",
    re.IGNORECASE,
)
"""What starts several at once by itself: a team works together, and only agents are spawned ("Spawn analysts:")."""


def launches(text: str, title: str = "") -> bool:
    """Whether a text under a heading tells to start those that stand below it ("launch these agents in parallel:").

    It points at them, starts a team of them, or says that they run at the same time. Without a text the heading tells
    it. What is announced as an example tells nobody.
    """
    told = text or title
    if _FOR_EXAMPLE.search(title) is not None or _FOR_EXAMPLE.search(text) is not None:
        return False
    if _TEAM.search(told) is not None:
        return stated_order(told) != "serial"
    found = _LAUNCHES.search(told)
    if found is not None and _THOSE_BELOW.search(found.group("which")) is not None:
        return stated_order(told) != "serial"
    starts = (
        found is not None
        or tells_to_start(told)
        or _ALL_BELOW.search(told) is not None
        or (_LAUNCH_FIRST.match(told) is not None and _AGENTS.search(title) is not None)
    )
    return starts and stated_order(told) in ("parallel", "both")


_STARTS_ONE = re.compile(
    r"(?:launch|spawn|start|dispatch|run|invoke) (?:the |an? )?(?P<name>[\w.:-]{2,60}) (?:sub-?)?agent\b", re.IGNORECASE
)


def started_agent(text: str) -> str | None:
    """The agent that a text begins with starting: "Spawn the `reviewer` agent"."""
    match = _STARTS_ONE.match(text)
    return match.group("name") if match is not None else None


_USAGE = re.compile(
    r"\W*(?:usage|invocation|syntax|how to (?:invoke|call|use|spawn|launch)|via (?:the )?(?:task|agent) tool"
    r"|examples? (?:of )?(?:\w+ )?(?:calls?|invocations?|usage|prompts?))\b"
    r"|\W*(?:when(?:ever)?|if|to|where)\b[^.\n]{1,80}\b(?:like (?:this|so)|as follows|this (?:syntax|form(?:at)?|way))"
    r"\W*\Z",
    re.IGNORECASE,
)


def shows_usage(text: str) -> bool:
    """Whether a heading, or the text before a fence, presents calls as examples of how to call."""
    return _USAGE.match(text) is not None


_AFTER_ALL = re.compile(
    r"\b(?:after|once|when|until)\b[^.;\n]{0,30}\b(?:all|every|both|everything|others?|the rest|(?:tasks?|agents?"
    r"|items?|steps?|lanes?|streams?|workers?|roles?)\s*(?:#\s*)?\d|previous|above|"
    r"preceding|these|parallel)\b|\b(?:runs?|goes|done|executed?|merged?) last\b|\(last\)|\(final\)|\bfinally\b"
    r"|\bafterwards?\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:runs?|goes|done|executed?|completes?|starts?|must (?:run|finish|complete|be done)) first\b|\(first\)"
    r"|\(runs? first[^()]{0,60}\)|\A\W*first\b"
    r"|\bbefore (?:all |any |the )?(?:others?|other (?:agents|tasks|items)|rest|everything|the (?:other"
    r"|parallel) (?:agents|tasks|phase))\b|\bsequentially,? (?:first|before)",
    re.IGNORECASE,
)


def runs_last(text: str) -> bool:
    """Whether an item says that it waits for the others."""
    return _AFTER_ALL.search(text) is not None


def runs_first(text: str) -> bool:
    """Whether an item says that the others wait for it."""
    return _FIRST.search(text) is not None

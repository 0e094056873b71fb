"""The words of delegation sections: calls to delegate, and who runs first or last."""

from __future__ import annotations

import re

from planlint.dialects.claude_md.languages import tells_to_start
from planlint.dialects.prose.order_words import stated_order

_STARTS = (
    r"(?:spawn|launch|start|dispatch|delegate|deploy|distribute|split|fan[- ]?out|assign|run|use|create|invoke|divide"
    r"|send|emit|issue|make|parallelize|parallelise|"
    r"break|implement|execute)"
)

_WORKERS = r"(?:sub-?agents|agents|workers|teammates|lanes|(?:work)?streams|sessions|instances)"
_MANY = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TOGETHER = r"(?:in parallel|simultaneously|concurrently|at the same time|at once|side by side)"
_DOERS = (
    r"(?!(?:serv|contain|us|oth|numb|err|paramet|head|fold|ord|fact|brows|simulat|emulat|monit)[eo]rs\b)"
    r"[a-z-]{3,20}(?:[eo]rs|ists)"
)
"""Those whom somebody may start, by what they do: "three translators"."""

_PHRASES = (
    # telling to start some, or to divide the work among them
    rf"{_STARTS}\b[^.\n]{{0,100}}?\b(?:sub-?agents?|agents|\d{{1,3}} (?:[\w-]+ ){{0,3}}(?:agents?|tasks|workers)"
    r"|task tool|task agents?|(?:task|agent)(?: tool)? calls?|workers|teammates|parallel tasks?|worktrees|agent team"
    r"|claude (?:code )?(?:instances|sessions))\b",
    rf"(?:spawn|launch|start|dispatch|assign|fan[- ]?out)\b[^.\n]{{0,30}}?\b{_MANY} (?:[\w-]+ ){{0,2}}{_DOERS}\b",
    r"(?:one|an?|1|separate|dedicated) (?:[\w-]+ ){0,2}(?:sub-?agent|agent|task) (?:per|for each|for every)\b",
    r"delegate\b[^.\n]{0,60}\b(?:as follows|like this)\b",
    # saying that some work at the same time
    r"\d{1,3}[- ]parallel[- ](?:task|agent)s?\b",
    r"parallel (?:task|(?:[\w.-]+ ){0,2}?(?:sub-?agent|agent|session|worker))s\b",
    rf"{_WORKERS} (?:that |which |will |must |can |may |all )*(?:work(?:ing)?|run(?:ning)?|execut(?:e|ing)|edit)\b"
    rf"[^.\n]{{0,20}}\b{_TOGETHER}",
    r"(?:up to|these|the) \d{1,3} (?:[\w-]+ )?(?:sub-?agents|agents|teammates|workers|sessions) (?:work |run )?"
    r"(?:in parallel|concurrently|simultaneously|at once)\b",
    rf"{_MANY} (?:groups|teams|waves|pairs|sets) of (?:[\w-]+ )?{_WORKERS}\b",
    rf"{_MANY} {_WORKERS} (?:can|will|should|may|must|go|start|begin|work|run)\b",
    # saying that each has its own part
    r"each (?:sub-?agent|agent|task|worker|lane|stream|teammate)\b[^.\n]{0,40}\b(?:owns?|(?:handles?|edits?"
    r"|touch(?:es)?|writes?|works?) only|edits|gets (?:its|their|a|one) own|is responsible)\b",
    r"file ownership\b|\bownership (?:table|map|matrix|boundaries|rules)\b",
    r"(?:agent|team|lane|worker) (?:roster|assignments?|ownership|allocation|lanes)\b",
    # what such sections are called
    r"parallel (?:feature |task |agent |sub-?agent |work ?)?(?:implementation|execution|development|distribution"
    r"|delegation|workflow|work|plan|lanes|streams)\b",
    r"(?:sub-?agent|agent|worker|swarm|lane)s? (?:split|dispatch)\b|\bdispatch lanes\b",
    r"(?:task|work|feature) (?:distribution|delegation|split|matrix|division)\b|\bdivision of (?:work|labou?r)\b",
    r"delegation (?:plan|rules|pattern|map)\b|\bwho does what\b",
    r"multi-?agent (?:workflow|plan|setup|split|work)\b",
)
_DELEGATES = re.compile("|".join(rf"\b(?:{phrase})" for phrase in _PHRASES), re.IGNORECASE)


def delegates(text: str) -> bool:
    """Whether a heading or paragraph hands work to agents: tells to start them, or divides the files among them."""
    return _DELEGATES.search(text) is not None or tells_to_start(text)


_CONDITIONAL = re.compile(
    r"(?:\A|[.!?\n]\s*)(?:[-*]\s*)?(?:when(?:ever)?|if|for (?:large|larger|big|complex|multi\S*)|where|prefer|consider"
    r"|avoid|you (?:can|may)|claude (?:can|may)|use up to)\b[^.!?\n]{0,200}\Z",
    re.IGNORECASE,
)


_INTRODUCES = re.compile(
    rf"\W{{0,4}}(?:the |our |my |parallel |active ){{0,2}}{_WORKERS}\W{{0,4}}[:：]\W{{0,4}}", re.IGNORECASE
)
""" "Agents:", above the list of them."""


def hands_out(text: str) -> bool:
    """Whether a paragraph hands out work here and now.

    A rule for a case that may come ("when a job is large, ...") does not, unless it leads to what stands below it.
    """
    match = _DELEGATES.search(text)
    if match is None:
        return tells_to_start(text) or _INTRODUCES.fullmatch(text) is not None
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
_ASIDE = re.compile(r"\((?:e\.g\.|for instance|such as|for example)[^()\n]*\)(?=\.\s+\S)", re.IGNORECASE)
"""Brackets that end a sentence before the last: "... a reason (e.g. "bug"). The agents do the following:"."""
_FOR_EXAMPLE = re.compile(r"\b(?:e\.g\.|for instance|such as|examples?)\b", re.IGNORECASE)


_TEAM = re.compile(
    r"\b(?:create|spawn|start|launch|set up|form|assemble|build|use)\b[^.\n]{0,60}?\b(?:agent team|team of|teammates)\b"
    r"|(?:\A|[.:!(\n])[\W\d]*spawn\b[^.\n]{0,80}[:：]\s*\Z",
    re.IGNORECASE,
)
"""What starts several at once by itself: a team works together, and only agents are spawned ("Spawn analysts:")."""


def shows_example(text: str) -> bool:
    """Whether a text announces an example of how to give out work."""
    return _FOR_EXAMPLE.search(_ASIDE.sub("", text)) is not None


def launches(text: str, title: str = "") -> bool:
    """Whether a text under a heading tells to start those that stand below it ("launch these agents in parallel:").

    It points at them, starts a team of them, or says that they run at the same time. Without a text the heading tells
    it. What is announced as an example tells nobody.
    """
    told = text or title
    if shows_example(title) or shows_example(text):
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


_EACH_ABOVE = re.compile(
    rf"\b(?:launch|spawn|start|dispatch|deploy|run|use)\b[^.\n]{{0,30}}\b(?:(?:sub-?)?agent|{_STARTED})\b[^.\n]{{0,20}}"
    r"\b(?:for|per) (?:each|every|all)\b[^.\n]{0,30}\babove\b",
    re.IGNORECASE,
)


def launches_above(text: str) -> bool:
    """Whether a text tells to start an agent for each of those that stand above it."""
    return _EACH_ABOVE.search(text) is not None and not shows_example(text)


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
    r"|items?|steps?|lanes?|streams?|workers?|roles?)\s*(?:#\s*)?\d|previous|above|they|them|"
    r"preceding|these|parallel)\b|\b(?:runs?|goes|done|executed?|merged?) last\b|\(last\)|\(final\)|\bfinally\b"
    r"|\bafterwards?\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:runs?|goes|done|executed?|completes?|starts?|(?:must|has to|needs to) (?:run|go|land|merge|ship|finish"
    r"|complete|be done|be merged)) first\b|\(first\)"
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

"""The words of delegation sections: fields of tables and bullets, names of workers, order, and calls to delegate."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple


class Field(Enum):
    """What a table column or a labelled bullet is about."""

    AGENT = "agent"
    PERSON = "person"
    """Owner, role, who: an agent only where the text around delegates."""
    TASK = "task"
    OWNS = "owns"
    """Files that this agent alone changes; the word alone makes a roster of workers."""
    FILES = "files"
    """Files, where only the context says that they are changed."""
    OFF_LIMITS = "off-limits"
    READS = "reads"
    VERIFY = "verify"
    DEPENDS = "depends"
    WAVE = "wave"
    PARALLEL = "parallel"
    WORKTREE = "worktree"
    BRANCH = "branch"
    TYPE = "type"
    MODEL = "model"
    RETURNS = "returns"
    PROVIDES = "provides"


_FIELDS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (field, re.compile(pattern, re.IGNORECASE))
    for field, pattern in (
        (
            Field.OFF_LIMITS,
            r"(?:does ?n[o']?t|does not|must not|mustn't|may not|can ?not|never|do not|don'?t|not)\s?(?:own|touch|edit"
            r"|modify|change|write)\w*"
            r"(?: files?)?|off[- ]?limits?|forbidden(?: files| paths)?|no[- ]touch|hands[- ]off|avoids?"
            r"|excluded(?: files)?|protected|must stay out of|out of scope",
        ),
        (
            Field.OWNS,
            r"owns?|owned(?: files| paths| directories| by)?|owns? files|file ownership|(?:exclusive )?ownership"
            r"|exclusive(?: files| paths| scope)?"
            r"|(?:may|can|allowed to) (?:edit|write|touch|modify|change)|files? (?:owned|touched|changed|modified"
            r"|to (?:create|modify|edit|touch|change|write))"
            r"|touches|writes?(?: to| scope| set| files)?|writable|creates?|modifies|edits|file scope|write scope"
            r"|allowed (?:files|paths|directories)|territory"
            r"|files it may (?:edit|touch|change)|only (?:edits|touches)|deliverable files|output files?",
        ),
        (
            Field.FILES,
            r"files?|paths?|file paths?|director(?:y|ies)|folders?|scope|surface|area|modules?|key files|target files?"
            r"|globs?|boundar(?:y|ies)|where",
        ),
        (Field.READS, r"reads?(?: only)?|read[- ]only|inputs?|context(?: files)?|references?|may read|consumes files"),
        (
            Field.VERIFY,
            r"verif(?:y|ication|ied by)|done (?:means|when|criteria)|definition of done|tests?|checks?"
            r"|acceptance(?: criteria)?|gates?|exit criteria|validation",
        ),
        (
            Field.DEPENDS,
            r"blocked[- ]?by|depends(?: on)?|dependenc(?:y|ies)|after|needs|requires|prerequisites?|waits (?:for|on)",
        ),
        (Field.WAVE, r"waves?|phases?|batch(?:es)?|rounds?|stages?"),
        (Field.PARALLEL, r"parallel(?:i[sz]able|[- ]safe)?\??|concurrent\??|can run in parallel\??|in parallel\??"),
        (Field.WORKTREE, r"worktrees?(?: path)?|checkout|workspace|isolation"),
        (Field.BRANCH, r"branch(?:es| name)?"),
        (Field.TYPE, r"sub-?agent[_ ]types?|agent[_ ]types?|type"),
        (Field.MODEL, r"models?"),
        (Field.RETURNS, r"returns?|reports?(?: back)?|output(?: format)?|deliverables?"),
        (Field.PROVIDES, r"provides|exports?|exposes"),
        (
            Field.AGENT,
            r"(?:sub-?)?agents?(?: name| id)?|workers?|lanes?|(?:work)?streams?|teammates?|tracks?|sessions?"
            r"|instances?|specialists?|claude instances?|terminals?",
        ),
        (Field.PERSON, r"owners?|roles?|who|assignees?|assigned(?: to)?|members?|developers?|editors?|name"),
        (
            Field.TASK,
            r"tasks?(?: ?id| name)?|items?|work(?: items?)?|tickets?|issues?|slices?|id|#|what|description|focus"
            r"|responsibilit(?:y|ies)|purpose|goal|job|mission|scope of work|does",
        ),
    )
)


def field_of(label: str) -> Field | None:
    """What a header cell or the label of a bullet is about; None for any other word."""
    words = " ".join(label.replace("*", " ").replace("_", " ").replace("`", " ").strip(" :.?!").split())
    if not words or len(words) > 60:
        return None
    words = re.sub(r"\s*\([^()]{0,40}\)$", "", words)
    for field, pattern in _FIELDS:
        if pattern.fullmatch(words):
            return field
    return None


_WORKER = r"(?:sub-?agent|task agent|agent|worker|lane|workstream|stream|teammate|track|session|instance|terminal)"

_NUMBERED = re.compile(
    rf"\W{{0,4}}(?P<id>(?i:claude )?(?i:{_WORKER})[ \t]*[-#]?[ \t]?(?:\d{{1,3}}|[A-Z])(?![\w.]))(?P<rest>.*)", re.DOTALL
)
_SLUG = re.compile(r"`?(?P<id>(?:agent|worker|lane|stream)[-_]?\d{1,3}[-_][\w-]{1,60})`?(?P<rest>.*)", re.DOTALL)
_NAMED = re.compile(
    rf"`?(?P<id>[\w&+/.-]{{2,40}}(?:[ \t][\w&+/.-]{{1,30}}){{0,3}}[ \t_-](?i:{_WORKER}))`?(?P<rest>(?:\s*[:—–(-].*)?)",
    re.DOTALL,
)


_LEADING_NUMBER = re.compile(r"\A\s*\d{1,3}(?:\.\d{1,3})*[.):]?\s+")


class WorkerLabel(NamedTuple):
    """The name of one worker: `Agent 1` with the title `Backend`, `backend-agent`."""

    id: str
    title: str
    numbered: bool


def worker_label(text: str) -> WorkerLabel | None:
    """The worker that a heading or a bold label names; None when it names none ("Agents", "Spawn the agents")."""
    text = " ".join(_LEADING_NUMBER.sub("", text, count=1).split())
    if len(text) > 120:
        return None
    for pattern, numbered in ((_SLUG, True), (_NUMBERED, True), (_NAMED, False)):
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


_STARTS_WITH_VERB = re.compile(
    r"(?:spawn|launch|start|use|run|create|add|define|choose|pick|select|which|when|how|the|each|every|one|a|an|your"
    r"|our|all|available|custom|built-in|"
    r"general|main|single|multi|parallel|any|this|no|never|always|per|new|other|another)\b",
    re.IGNORECASE,
)

_STARTS = (
    r"(?:spawn|launch|start|dispatch|delegate|deploy|distribute|split|fan[- ]?out|assign|run|use|create|invoke|divide"
    r"|send|parallelize|parallelise|"
    r"break|implement|execute)"
)

_DELEGATES = re.compile(
    rf"\b{_STARTS}\b[^.\n]{{0,100}}?\b(?:sub-?agents?|agents|\d{{1,3}} (?:[\w-]+ ){{0,3}}(?:agents?|tasks|workers)"
    rf"|task tool|task agents?|task calls?|workers|teammates|"
    r"parallel tasks?|worktrees|agent team|claude (?:instances|sessions))\b"
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
    r"|\b(?:task|work|feature) (?:distribution|delegation)\b|\bdelegation (?:plan|rules|pattern|map)\b"
    r"|\bmulti-?agent (?:workflow|plan|setup|split|work)\b",
    re.IGNORECASE,
)

_PARALLEL = re.compile(
    r"\b(?:in parallel|parallel(?:ly|i[sz]ed?|i[sz]e)?|simultaneous(?:ly)?|concurrent(?:ly)?|at the same time|at once"
    r"|(?:in )?(?:a |one |the same )?single (?:message|"
    r"response|turn|batch)|in one (?:message|response|turn)|in the same (?:message|response|turn|wave)"
    r"|en parallèle|simultanément|en paralelo|simultáneamente|gleichzeitig|nebeneinander)\b"
    r"|(?<![不非])(?<!不[能可要])(?<!无法)(?:并行|並行|並列|同时进行|同時に実行|병렬)(?!に実行しない|し?できない|不可)",
    re.IGNORECASE,
)
_SERIAL = re.compile(
    r"\b(?:sequential(?:ly)?|in (?:this |the |listed |given |strict )?(?:order|sequence)|one (?:after another"
    r"|after the other|at a time|by one)|serially|in series|nacheinander|séquentiel(?:lement)?|secuencial(?:mente)?)\b"
    r"|串行|依次|按顺序|逐次|順番に|순차",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|no|n't|n’t|cannot|don'?t|avoid|without|instead of|rather than|than|unless"
    r"|isn'?t)\b[^.;\n]{0,40}\Z",
    re.IGNORECASE,
)


def delegates(text: str) -> bool:
    """Whether a heading or paragraph hands work to agents: tells to start them, or divides the files among them."""
    return _DELEGATES.search(text) is not None


def stated_order(text: str) -> str | None:
    """`parallel`, `serial`, `both`, or None: what `text` says about running at the same time; denials do not count."""
    parallel = any(
        not _NOT.search(text[max(0, found.start() - 60) : found.start()]) for found in _PARALLEL.finditer(text)
    )
    serial = any(not _NOT.search(text[max(0, found.start() - 60) : found.start()]) for found in _SERIAL.finditer(text))
    if parallel and serial:
        return "both"
    return "parallel" if parallel else "serial" if serial else None


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


_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}

_COUNT = re.compile(
    r"\b(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ](?:[\w-]+ ){0,3}?(?:parallel "
    r"|concurrent |simultaneous )?(?:[\w-]+ ){0,2}?"
    r"(?:sub-?agents?|agents?|tasks?|workers?|teammates?|lanes?|streams?)\b",
    re.IGNORECASE,
)
_JOINED_COUNT = re.compile(r"\b(\d{1,3})-parallel-(?:tasks?|agents?)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:max(?:imum)?(?: of)?|at most|no more than|never (?:more|exceed|spawn more) than|never exceed|up to"
    r"|limit(?:ed)? (?:of|to)|cap(?:ped)? (?:of|at)|not exceed)\s*:?\s*\**"
    r"(?:\d{1,3}\s*[-–]\s*)?(?P<n>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\**(?! (?:tokens|lines"
    r"|files|minutes|seconds|characters|times|retries|iterations))"
    r"(?:[ -][\w/-]+){0,4}?[ -](?:sub-?agents?|agents?|workers?|teammates?|parallel|concurrent(?:ly)?"
    r"|simultaneous(?:ly)?|at once|at a time|task agents?)\b"
    r"|\bmax(?:imum)? (?:concurrent|parallel|simultaneous)(?: (?:sub-?agents?|agents?|workers?|tasks?))?\s*(?::|=|is"
    r"|of)?\s*\**(?P<m>\d{1,3})\b"
    r"|\bmax_(?:parallel|concurrent|agents)\w{0,20}\s*[:=]\s*(?P<k>\d{1,3})\b",
    re.IGNORECASE,
)


class Number(NamedTuple):
    """A number and where it stands in the text."""

    value: int
    start: int
    end: int


def stated_count(text: str) -> Number | None:
    """How many agents a text says to start: "spawn 7 parallel agents"."""
    joined = _JOINED_COUNT.search(text)
    if joined is not None:
        return Number(int(joined.group(1)), joined.start(), joined.end())
    for match in _COUNT.finditer(text):
        value = _number(match.group("n"))
        if value >= 2:
            return Number(value, match.start(), match.end())
    return None


def stated_limit(text: str) -> Number | None:
    """How many agents a text allows at once: "max 5 concurrent", "no more than 4 agents"."""
    match = _LIMIT.search(text)
    if match is None:
        return None
    value = _number(match.group("n") or match.group("m") or match.group("k"))
    return Number(value, match.start(), match.end()) if value else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower(), 0)


_REVIEW = re.compile(
    r"\b(?:review\w*|audit\w*|validat\w+|verif\w+|qa|critic|inspect\w*|code reviewer|security (?:expert|analyst"
    r"|reviewer|auditor)|sceptic|skeptic)\b",
    re.IGNORECASE,
)
_RESEARCH = re.compile(
    r"\b(?:research\w*|investigat\w+|explor(?:e|er|ation|ing)\b|analy[sz](?:e|es|ing|er|is|t)\b|survey\w*|gather\w*"
    r"|compar(?:e|ison)\b|find(?:s|ing)? (?:all|every|out)\b)",
    re.IGNORECASE,
)
_INTEGRATE = re.compile(
    r"\b(?:integrat\w+|wire[sd]? (?:up|together)|merges? (?:all|every|the|results)|joins?|assembl\w+)\b", re.IGNORECASE
)
_COORDINATE = re.compile(r"\b(?:coordinat(?:or|es?)|orchestrat(?:or|es?)|lead agent|team lead)\b", re.IGNORECASE)
_BUILDS = re.compile(
    r"\b(?:create|implement|build|add|write|update|edit|modify|fix|refactor|migrate|generate|own|owns)\b", re.IGNORECASE
)


def builds(text: str) -> bool:
    """Whether a text tells to make or change something."""
    return _BUILDS.search(text) is not None


def kind_word(label: str, text: str) -> str:
    """The kind of work (a value of `Kind`) that a label and the text after it tell of."""
    if _INTEGRATE.search(label):
        return "integrate"
    if _COORDINATE.search(label):
        return "coordinate"
    built = builds(text)
    if _REVIEW.search(label):
        return "review"
    if _RESEARCH.search(label) and not built:
        return "research"
    if built:
        return "build"
    if _REVIEW.search(text):
        return "review"
    if _RESEARCH.search(text):
        return "research"
    return "integrate" if _INTEGRATE.search(text) else "build"

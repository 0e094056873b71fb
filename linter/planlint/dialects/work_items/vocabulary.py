"""The words of work items: what begins one, what its labels stand for, what says that items run at the same time."""

from __future__ import annotations

import re
from typing import NamedTuple

from planlint.dialects.plan_words.translations import WORDS
from planlint.model import Mode

_ELSEWHERE = {
    "task": "任务|任務|タスク|작업|aufgabe|tâche|tarea|tarefa|nhiệm vụ|công việc|задача",
    "item": "工作项|工作項|作業項目|작업항목",
    "package": "arbeitspaket",
    "stream": "工作流|arbeitsstrom|flujo|flux",
    "agent": "代理|智能体|智能體|エージェント|에이전트|agente|агент",
    "worktree": "工作树|工作樹|ワークツリー",
    "step": "步骤|步驟|ステップ|단계|schritt|étape|paso|bước|шаг",
    "phase": "阶段|階段|フェーズ|fase|giai đoạn|этап",
    "wave": "波次|批次|welle|vague|ola|đợt|волна",
}
"""Word of an item to the same word in other languages."""

TRANSLATED = {word: name for name, spellings in _ELSEWHERE.items() for word in spellings.split("|")}
"""Word of an item in another language to the English one."""

_FOLDED = {word.replace(" ", ""): name for word, name in TRANSLATED.items()}

NUMERALS = "一二三四五六七八九十"
"""Numbers as they stand behind Chinese and Japanese words: 任务一."""

_WORDS = (
    r"work[ -]?item|item|task|sub-?task|work ?stream|stream|agent|worker|worktree|lane|track|instance|session|unit|"
    r"pr|package|work ?package|epic|feature|story|slice|ticket|issue|milestone|step|chunk|part|module|"
    r"phase|wave|batch|stage|round|sprint|priority|" + "|".join(TRANSLATED)
)
_HEAD = re.compile(
    rf"\W{{0,6}}(?:\[[ xX]\]\s*)?(?P<word>{_WORDS})s?\s*[-#:]?\s*"
    rf"(?P<id>(?-i:(?:[A-Z]{{2,12}}-)?)[A-Z]{{0,4}}-?\d{{1,4}}(?:\.\d{{1,3}}){{0,3}}[a-z]?|[A-Z]\d{{0,2}}|[{NUMERALS}]{{1,3}})"
    r"(?:/\d{1,2}(?=[:：\s]))?(?![\w/])(?P<rest>(?:\s*[:：.)\]|–—-]|\s*\(|\s*\Z|\s+).*)",
    re.IGNORECASE | re.DOTALL,
)
UNIT = r"(?:U|T|TK|WP)-?\d{1,3}(?:\.\d{1,3}){0,2}"
"""Ids of a letter or two and a number, which need no word before them."""

_UNIT_ID = re.compile(rf"\W{{0,4}}(?P<id>{UNIT})(?:(?:[.:：)]|\s[–—-])\s+(?P<rest>\S.*)|\W{{0,2}}\Z)", re.DOTALL)
_CODE = re.compile(
    r"\W{0,4}(?P<id>[A-Z]{1,8}\d?-\d{1,4}[a-z]?|[A-Z]{1,3}\d{1,3})(?:(?:[.:：)]|\s[–—-])\s+(?P<rest>\S.*)|\W{0,3}\Z)",
    re.DOTALL,
)
"""Ids of trackers and lists of tasks: `BE-001`, `SEC-12`, `W3`. Requirements, decisions and risks have them, too."""

_NUMBERED = re.compile(r"\W{0,4}(?P<id>\d{1,3}(?:\.\d{1,3}){0,2})[.):]?\s+(?P<rest>\S.*)", re.DOTALL)

TOGETHER = frozenset({"workstream", "stream", "agent", "worker", "worktree", "lane", "track", "instance", "session"})
"""Words for one of several that work side by side; two agents named in a plan are two workers."""

SPLIT = frozenset({"item", "workitem"})
"""Words for the pieces that work is cut into to be handed out: they run side by side unless the plan orders them."""

GROUPS = frozenset({"wave", "batch", "phase", "stage", "round", "sprint", "milestone", "priority"})
"""Words that group items, and are items themselves where nothing stands inside of them."""

CODE = "code"
"""Stands for the word of an item that is told by the id of a tracker alone: `BE-001`."""

HOLDERS = GROUPS | {"part", "module", "epic"}
"""Words that hold items where items stand inside of them; by itself each is an item."""

WAVES = frozenset({"wave", "batch", "round"})
"""Groups whose items run at the same time."""

WEAK = GROUPS | {"step", "part", "module", "epic", "feature", "story", "issue", "session", CODE}
"""Words of any document: items only with labels of files or of waiting."""


class Head(NamedTuple):
    """The beginning of an item."""

    word: str
    """`item`, `task`, `stream`, ... in lower case without blanks; empty for a bare number or `U3`."""
    id: str
    written: str
    """Word and id as written: what references say."""
    title: str
    start: int
    end: int
    """The range of the id in the text."""


_LETTERED = re.compile(r"\W{0,4}(?P<id>\d{1,2}[A-H])(?:[.:：)]|\s[–—-])?\s+(?P<rest>\S.*)", re.DOTALL)
"""`1A Config` of a wave 1; `3D` and `5G` are other things, which no plan has two of."""


def read_head(text: str, *, numbered: bool = False) -> Head | None:
    """The item that a heading or a bold line begins; with `numbered`, a bare number begins one, too."""
    if len(text) > 400:
        return None
    match = _HEAD.fullmatch(text)
    if match is not None:
        word = re.sub(r"[\s-]", "", match["word"].lower())
        word = _FOLDED.get(word, word)
        identity = match["id"]
        if identity.isascii() and identity.isalpha() and not _is_letter_id(word, match):
            return None
        written = f"{match['word']} {identity}"
        return Head(word, identity, written, _title(match["rest"]), match.start("id"), match.end("id"))
    match = _UNIT_ID.fullmatch(text) or _LETTERED.fullmatch(text)
    word = "unit" if match is not None and match["id"][0] == "U" else "task"
    if match is None:
        match, word = _CODE.fullmatch(text), CODE
    if match is None and numbered:
        match, word = _NUMBERED.fullmatch(text), ""
    if match is None:
        return None
    return Head(word, match["id"], match["id"], _title(match["rest"] or ""), *match.span("id"))


def read_word(header: str) -> str:
    """The word for an item that heads a column: `agent` for "Agent", `row` for any other header."""
    word = re.sub(r"[\s-]", "", header.strip().lower())
    return word if word in TOGETHER else "row"


def _is_letter_id(word: str, match: re.Match[str]) -> bool:
    """Whether a single letter is an id: "Stream A: x", "Agent B (api)", "Lane C files", "Agent D 独占".

    It is none in "Item A new design", where it may be an article, and in "Agents", where it ends the word.
    """
    before, letter, rest = match.string[match.start("id") - 1], match["id"], match["rest"].lstrip()
    if not letter.isupper() or (before.isascii() and before.isalpha()):
        return False
    return (
        not rest
        or rest[0] in ":：.)]|–—-("
        or (rest[0].isalpha() and not rest[0].isascii())
        or (word in TOGETHER and letter not in "AI")
    )


def _title(rest: str) -> str:
    return " ".join(rest.strip().lstrip(":：.)]|–—- \t").rstrip(":：|–—- \t").split())


_SPOKEN = {"agent": "owner", "wave": ""}
"""Where the words of other languages are those of another field: `agent` is who an item is assigned to."""

_WHO = r"(?:(?:track|stream|lane|agent|worker|session|instance)s? [A-Z0-9]{1,2} )?"
"""The worker, where a label names it: "Files Track B must not touch"."""

LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile("|".join(filter(None, (pattern, WORDS.get(_SPOKEN.get(name, name))))), re.IGNORECASE))
    for name, pattern in (
        ("off_limits", rf"(?:files? {_WHO})?(?:do(?:es)? not|don'?t|never|must not|may not|should not|cannot) "
         r"(?:touch|modify|edit|change)|off[- ]limits|"
         r"no[- ]touch|forbidden(?: files| paths)?|boundary|boundaries|out of (?:bounds|scope)|does not own"),
        ("shared", r"shared files?|shared with|shared (?:paths|hubs)|known overlaps?|acknowledged overlaps?"),
        ("creates", r"(?:new )?(?:files?|directory|folder) (?:to (?:be )?)?(?:create|created|add|added)|create|creates|"
         r"new files?|new"),
        ("modifies", r"files? (?:to (?:be )?)?(?:modify|modified|change|changed|update|updated|edit|edited|"
         r"touch|touched)|"
         r"modify|modifies|modified files?|update|updates|files? affected|affected files?|impacted (?:paths|files)"),
        ("deletes", r"files? to (?:delete|remove)|delete|deletes|remove"),
        ("reads", r"(?:reference|reads?|context|related|existing)(?: files?| first)?|references|files? to read|"
         r"read first|inputs?"),
        ("writes", rf"files? {_WHO}owns|files? (?:to (?:be )?)?(?:move|rename|relocate)d?|"
         r"files?(?: \d{1,2})?|file paths?|paths?|owns|owned (?:files|paths)|file ownership|target files?|"
         r"files? to create ?[/&+,] ?(?:modify|edit)|files? \(.*\)|primary files?|write scope|scope \(files\)|touches|"
         rf"key files|files? changed|files? ?/ ?(?:modules|directories|paths)|where|location|"
         rf"works? in|(?:(?:mostly|mainly|primarily) )?lives in|may (?:edit|touch|change|modify)|{WORDS['owns']}"),
        ("deliverables", r"(?:primary |key |main )?deliverables?|outputs?|artifacts?"),
        ("depends_on", r"depends(?: on)?|dependenc(?:y|ies)|blocked[- ]?by|requires|prerequisites?|after|needs|"
         r"waits for|"
         r"can start|start"),
        ("blocks", r"blocks|required by|unblocks"),
        ("parallel", r"parallel(?:i[sz]able|[- ]safe| with)?|can run in parallel(?: with)?|"
         r"runs? in parallel(?: with)?"),
        ("agent_type", r"agent type|sub-?agent(?:[ _]type)?"),
        ("agent", r"agent(?: assignment)?|assigned(?: to| agent)?|assignee|owner|worker|lead"),
        ("branch", r"branch(?: name)?"),
        ("worktree", r"worktree(?: path)?"),
        ("wave", r"wave|batch|parallel group"),
        ("id", r"(?:task |item |unit |u-?)?id"),
        ("verify", r"verif(?:y|ication)|tests?|test command|acceptance(?: criteria)?|success criteria|done when|"
         r"definition of done|exit criteria|validation|checks?"),
        ("provides", r"exports?|provides|produces|exposes|contract outputs?"),
        ("consumes", r"assumes|consumes|imports|calls|uses|expects"),
        ("status", r"status|state"),
        ("estimate", r"estimate(?:d)?(?: time| effort| duration)?|duration|effort|time"),
        ("returns", r"returns?|reports? back"),
    )
)  # fmt: skip
"""Name of a field and the labels that stand for it; the first that fits counts."""

FILE_LABELS = frozenset({"creates", "modifies", "deletes", "writes"})
"""Fields of files that an item changes."""

TELLING = FILE_LABELS | {
    "depends_on",
    "branch",
    "worktree",
    "agent",
    "agent_type",
    "parallel",
    "wave",
    "deliverables",
}
"""Fields that tell of delegated work."""

NOTHING = frozenset({"", "-", "–", "—", "none", "n/a", "na", "nothing", "tbd", "no"})
"""Values that say that there is none."""

MODES = {
    "creates": Mode.CREATE,
    "modifies": Mode.MODIFY,
    "deletes": Mode.DELETE,
    "writes": Mode.WRITE,
    "reads": Mode.READ,
}
"""What a label of files says happens to them."""


_REMARK = re.compile(r"\s*\([^()]{0,60}\)\Z")


def label_of(text: str) -> str | None:
    """The field that a label stands for; None for any other words."""
    words = " ".join(text.replace("*", " ").replace("_", " ").replace("`", " ").strip(" :：.?!").split())
    if len(words) > 40:
        words = _REMARK.sub("", words)
    if not words or len(words) > 40:
        return None
    for name, pattern in LABELS:
        if pattern.fullmatch(words):
            return name
    bare = _REMARK.sub("", words)
    return label_of(bare) if bare != words else None


IN_BRACKETS = re.compile(r"\((branch|worktree)[ \t]+[\w./-]+\)", re.IGNORECASE)
"""A branch or worktree behind the title, without a colon: "(branch `feat/x`)"."""

OWNS = re.compile(
    r"\W{0,3}(?:owns?|(?:only )?(?:handles|touches|edits)(?: only)?|only works (?:on|in))[ \t]+"
    r"(?=[\w./*{-]*(?:[/*]|\.[a-z]\w{0,4}\b))",
    re.IGNORECASE,
)
"""A label of files without a colon: "Owns `src/a/**`", "Only handles `database.py`"."""

WAITS_FOR_BARE = re.compile(
    r"(?:after|depends on|needs|requires|blocked by|waits for)[ \t]+(?:both[ \t]+)?#?(?:\d{1,3}|[A-Z])\b(?![\w.]*\w)",
)
"""Words in brackets behind a title that wait for items by their number alone: "(after 1 and 2 are merged)"."""

PARALLEL_TITLE = re.compile(
    r"(?:[(\[](?:can run |runs? )?(?:in )?|(?:can run |runs? )?in )(?:parallel|并行|並列|병렬)\b"
    r"|(?:can run |runs? )?(?:parallel|并行|並列|병렬)(?=[ \t]*(?:with\b|[:：)\]—–]|\Z))",
    re.IGNORECASE,
)
"""The beginning of a title that marks its item as parallel: "(parallel with B): create ..."; not "Parallel uploads"."""

_START_NOW = re.compile(
    r"\b(?:can )?starts? (?:immediately|now|right away)|\bimmediately\b|\bin parallel\b|"
    r"\bindependent(?:ly)?\b|\bno blockers?\b",
    re.IGNORECASE,
)


def starts_at_once(text: str) -> bool:
    """Whether a label of waiting says that the item need not wait: "None (can start immediately)"."""
    return _START_NOW.search(text) is not None

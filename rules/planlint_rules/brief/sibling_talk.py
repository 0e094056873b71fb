"""PL605 sibling-talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.brief._text import without_code

_TALK = regex(
    r"\b(?:(?:ask|tell|notify|inform|message|ping|consult|coordinate\s+with|co-ordinate\s+with|sync(?:hroni[sz]e)?\s+with|"
    r"check\s+(?:in\s+)?with|talk\s+to|speak\s+(?:to|with)|negotiate\s+with|agree\s+with|align\s+with|confirm\s+with|"
    r"communicate\s+with|wait\s+for\s+(?:a\s+)?(?:message|reply|answer|signal|word)\s+from)\s+"
    r"(?:the\s+|an?other\s+)?(?P<who>(?:[\w-]+\s+){0,3}?(?:sub-?)?(?:agents?|workers?|task)\b))",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:front[- ]?end|back[- ]?end|api|database|db|data|schema|ui|auth|test(?:ing)?|types?|migration|"
    r"infra(?:structure)?|server|client|docs?|documentation|integration|mobile|web|Datenbank|Daten|Schnittstellen)"
)
_BY_ROLE = regex(
    r"(?:^|(?<=[.!?;:]\s)|(?<=\n)|\b(?:then|and|or|please|first)\s+)(?:[-*\d.]+\s+)?"
    r"(?:ask|tell|notify|inform|message|ping|consult|co-?ordinate\s+with|sync\s+with|check\s+with|talk\s+to|agree\s+with|align\s+with)\s+"
    rf"(?:the\s+|an?other\s+)?(?:{_ROLE}\s+)+(?:team'?s\s+)?(?:sub-?)?(?:agents?|workers?)\b"
    r"|\b(?:frag(?:e)?|sprich|stimme?\s+dich|sprich\s+dich|melde?)\s+(?:(?:dich|mit|bei|dem|den|der|die|das)\s+){1,3}"
    r"(?:[\w-]+[- ])?(?:Agent(?:en)?|Worker)\b"
    r"|(?:询问|联系|通知|告诉|请教)(?:负责)?[^\s\uff0c\u3002]{0,8}?(?:代理|智能体)"
    r"|(?:与|和|跟)[^\s\uff0c\u3002]{0,8}?(?:代理|智能体)(?:协调|沟通|确认|商量)"
    r"|[^\s\u3001\u3002]{0,12}?エージェント(?:に|と)(?:確認|聞|相談|連絡|質問)",
    re.IGNORECASE,
)
"""An agent named by its part of the work, which no reader takes for the product's own agents."""
_BY_ID = regex(
    r"\b(?:ask|tell|notify|inform|message|ping|consult|co-?ordinate\s+with|sync\s+with|check\s+with)\s+`(?P<id>[^`\n]{1,60})`",
    re.IGNORECASE,
)
_BY_WORK = regex(
    r"\b(?:ask|tell|notify|inform|message|ping|consult|co-?ordinate\s+with|sync\s+with|check\s+with|talk\s+to|agree\s+with|align\s+with)"
    r"\s+the\s+(?:sub-?)?(?:agents?|workers?)\s+(?:of|for|on|behind|doing|building|writing|working\s+on|who\s+has)\s+"
    r"(?:the\s+|task\s+)?[`\"']?(?P<of>[\w.-]{1,60})",
    re.IGNORECASE,
)
"""An agent named by the task it works on: "ask the agent of T012"."""
_WORDS = ("agent", "worker", "task", "代理", "智能体", "エージェント")
_OTHERS = regex(r"\b(?:other|another|sibling|fellow|remaining|parallel|neighbou?ring)\b", re.IGNORECASE)
_NOT = regex(r"\b(?:not|never|no need to|without|cannot|can't|don't|avoid|instead of)\b", re.IGNORECASE)
_REACHABLE = regex(
    r"SendMessage|send_message|\bteam\s?mates?\b|\bagent\s+teams?\b|\bbroadcast\b|\bmail\s?box\b|\binbox\b|\bmessage\s+bus\b",
    re.IGNORECASE,
)
_CHANNELS = ("sendmessage", "send_message", "team", "broadcast", "mail", "inbox", "message")
"""One of these stands in everything that `_REACHABLE` matches."""
_PARENT = regex(
    r"\b(?:main|parent|lead|leader|orchestrat\w+|coordinat(?:or|ing)|supervis\w+|calling|manager|primary|user|each|every|all|"
    r"new|spawned|child)\b",
    re.IGNORECASE,
)
_WORD = regex(r"[a-z][a-z0-9]+")
_SORTS = {"agent", "agents", "subagent", "worker", "workers", "task", "sub", "the"}
"""Words that say what is talked to, not which."""


class SiblingTalk(Rule):
    """A brief tells its agent to ask, tell or coordinate with another agent that it cannot reach.

    ## Why

    Sub-agents have no channel to each other: they start with a brief and end with a result. "Coordinate with the
    backend agent" is read, agreed to, and replaced by a guess.

    ## Example

    ```yaml
    plan: profile
    tasks:
      - id: backend
        title: Profile endpoint
        creates: [src/api/profile.ts]
        brief: Create src/api/profile.ts with GET /profile.
      - id: frontend
        title: Profile page
        creates: [src/pages/Profile.tsx]
        brief: Create src/pages/Profile.tsx. Coordinate with the backend agent about the response.
    ```

    ## Use instead

    ```yaml
    plan: profile
    contracts:
      - {id: profile-api, file: src/api/profile.ts, signature: "GET /profile -> {name: string, email: string}"}
    tasks:
      - id: backend
        title: Profile endpoint
        creates: [src/api/profile.ts]
        provides: [profile-api]
        brief: Create src/api/profile.ts with GET /profile.
      - id: frontend
        title: Profile page
        creates: [src/pages/Profile.tsx]
        consumes: [profile-api]
        brief: Create src/pages/Profile.tsx. The response has the fields name and email.
    ```

    ## Silent on

    Agent teams and named agents, which can send messages; reports to the parent; tasks that direct agents of their own;
    "do not talk to the other agents".
    """

    code = "PL605"
    name = "sibling-talk"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.BRIEF,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such brief, at its first such phrase."""
        tasks = facts.costs.fresh
        if len(tasks) < 2:
            return
        if any(_REACHABLE.search(task.brief) for task in facts.told.select(tasks, *_CHANNELS)):
            return
        siblings = _Siblings(tasks)
        for task in facts.told.select(tasks, "`", *_WORDS):
            if task.kind is Kind.COORDINATE or task.agent.name or "SendMessage" in (task.agent.tools or ()):
                continue
            phrase = _phrase(task, siblings)
            if phrase is None:
                continue
            shown = " ".join(phrase.split())
            yield self.finding(
                f'`{task.label}` is told to "{shown}", which it cannot reach',
                task.place_of("brief", phrase),
                why="a sub-agent gets a brief and gives a result; there is no channel between two that run",
                help="fix in the plan what they have to agree on (a contract, a file), or put one after the other",
                tasks=[task],
                names=[shown.lower()],
                severity=self.severity,
                evidence=Evidence.STATED,
            )


class _Siblings:
    """The tasks of a plan, each to be found by its id and by the words that name it."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks = tasks
        self._ids = Counter(task.id for task in tasks)

    def bears(self, task_id: str, task: Task) -> bool:
        """Whether another task than `task` has this id."""
        return self._ids[task_id] > (task.id == task_id)

    def means(self, who: str, task: Task) -> bool:
        """Whether `who` ("backend agent") names another task than `task`: by words of its id, title or agent type."""
        meant = set(_WORD.findall(who.lower())) - _SORTS
        bearers = -1 if meant else 0
        for word in meant:
            bearers &= self._by_word.get(word, 0)
        return bool(bearers & ~(1 << task.index))

    @cached_property
    def _by_word(self) -> dict[str, int]:
        """Word to the tasks that it names, one bit for each `Task.index`."""
        found: dict[str, int] = {}
        for task in self._tasks:
            for word in set(_WORD.findall(f"{task.id} {task.title} {task.agent.type or ''}".lower())):
                found[word] = found.get(word, 0) | 1 << task.index
        return found


def _phrase(task: Task, siblings: _Siblings) -> str | None:
    lower = task.brief.lower()
    if "`" in lower:
        for match in _BY_ID.finditer(task.brief):
            if siblings.bears(match["id"], task) and not _is_refused(task.brief, match.start()):
                return match.group()
    if not any(word in lower for word in _WORDS):
        return None
    text = without_code(task.brief)
    for match in _BY_ROLE.finditer(text):
        if not _is_refused(text, match.start()):
            return task.brief[match.start() : match.end()].lstrip("-*. \t")
    for match in _BY_WORK.finditer(task.brief):
        if siblings.bears(match["of"].rstrip(".-"), task) and not _is_refused(text, match.start()):
            return match.group()
    for match in _TALK.finditer(text):
        who = match["who"]
        if _is_refused(text, match.start()) or _PARENT.search(who):
            continue
        if _OTHERS.search(match.group()) or siblings.means(who, task):
            return task.brief[match.start() : match.end()]
    return None


def _is_refused(text: str, at: int) -> bool:
    """Whether the words before, in the same sentence, say not to."""
    before = text[max(0, at - 40) : at]
    return _NOT.search(before[max(before.rfind(mark) for mark in ".!?;\n") + 1 :]) is not None

"""PL604 not-self-contained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.brief._text import without_code

_CONVERSATION = regex(
    r"\b(?:"
    r"(?:as|like|what|which|that)\s+(?:we|i)(?:'ve|\s+have)?\s+(?:just\s+|already\s+)?"
    r"(?:discussed|agreed(?:\s+(?:on|upon))?|talked\s+about|decided(?:\s+on)?|mentioned|said)(?!\s+(?:in|on|by)\s+[`\w])"
    r"|as\s+(?:discussed|agreed)(?:\s+(?:above|earlier|before|previously))?(?!\s+(?:in|with|on|by)\b)"
    r"|(?:in|from)\s+(?:our|(?:our|this|the)\s+(?:previous|earlier|last))\s+(?:conversation|discussion|chat)\b"
    r"(?!\s+(?:in|at|table|thread|id|history|object|model|window))"
    r"|(?:continue|pick\s+up|resume|carry\s+on)\s+(?:from\s+)?where\s+(?:we|i|you|they|it|the\s+(?:last|previous|other)\s+\w+)\s+"
    r"(?:left\s+off|stopped|finished)"
    r"|as\s+(?:i|we)\s+(?:told|asked)\s+you"
    r"|the\s+(?:fix|change|approach|design|solution|schema|format|plan|names?|naming|layout|idea|way)\s+"
    r"(?:(?:that|which)\s+)?we\s+(?:have\s+|had\s+|just\s+)?(?:agreed\s+(?:up)?on|discussed|decided\s+on|talked\s+about|settled\s+on)"
    r"(?!\s+(?:in|at|above|earlier|previously|yesterday|last|before)\b)"
    r"|we\s+(?:have\s+)?(?:already\s+)?(?:agreed(?:\s+(?:on|upon))?|discussed|decided(?:\s+on)?|talked\s+about)\s+"
    r"(?:above|earlier|previously|yesterday|last\s+time|in\s+(?:our|this|the)\s+(?:conversation|discussion|chat|call|meeting))"
    r"|wie\s+(?:oben\s+|zuvor\s+|vorhin\s+|eben\s+|bereits\s+|schon\s+)?(?:besprochen|abgesprochen|vereinbart|abgemacht|diskutiert)"
    r"(?!\s+(?:in|im|mit)\b)"
    r")"
    r"|(?:如|按|按照)?(?:我们)?(?:之前|刚才|前面)(?:我们)?(?:所)?(?:讨论|说|商量|约定)(?:过)?的"
    r"|(?:先ほど|さっき|前に)(?:の)?(?:話し(?:た|合った)|説明した|伝えた|会話)",
    re.IGNORECASE,
)
"""What only a conversation can mean, wherever it stands in a brief."""

_BEFORE = regex(
    r"\b(?:"
    r"(?:like|as|as\s+with|similar\s+to|same\s+as|just\s+like)\s+(?:in\s+)?the\s+(?:previous|last|preceding|other)\s+(?:one|task|agent|prompt)s?"
    r"|(?:the\s+)?same\s+(?:thing\s+)?as\s+(?:above|before)"
    r"|as\s+(?:described|mentioned|noted|stated|explained|outlined|specified|defined|listed|shown)\s+(?:above|earlier|previously|before)"
    r"|see\s+above"
    r"|(?:using|follow|with|per)\s+the\s+above"
    r"|(?:the|this)\s+above\s+(?:plan|context|discussion|conversation|error|code|requirements?|instructions?|files?|pattern)"
    r"|wie\s+(?:oben|zuvor|vorhin)(?:\s+(?:beschrieben|erwähnt|genannt))?"
    r"|same\s+(?:pattern|approach|structure|steps|instructions)\s+as\s+(?:above|before|the\s+(?:previous|last|other)\s+(?:one|task|agent))"
    r")\b"
    r"|如(?:上|前)(?:所述|文所述)|同上一?(?:个)?任务|上述(?:方案|讨论|对话)"
    r"|上記の(?:通り|ように)|前述の(?:通り|ように)",
    re.IGNORECASE,
)
"""What may also point to an earlier part of the same brief."""

_ANOTHER_TASK = regex(
    r"\b(?:same\s+(?:\w+\s+){0,2}?as|similar(?:ly)?\s+to|identical\s+to|like\s+in|just\s+like|as\s+in)\s+"
    r"(?P<task>tasks?\s+[\w.-]*\d)(?![\w.-]*\w)",
    re.IGNORECASE,
)
"""Another task by its number, as the place where the work is described."""

_SENTENCE_END = regex(r"[a-z)`'\"][.!?](?=\s)")
_ENOUGH = 160
"""Characters of the brief before a phrase from which on it may well mean them."""


class NotSelfContained(Rule):
    """A brief refers to something that its agent has never seen: "as discussed above", "like the previous one".

    ## Why

    A new agent starts with its brief and nothing else of the conversation. What "above" holds it makes up, or it asks
    for and nobody answers.

    ## Example

    ```yaml
    plan: exports
    tasks:
      - id: csv
        title: CSV export
        creates: [src/export/csv.ts]
        brief: Create src/export/csv.ts with exportCsv(rows) as we discussed.
      - id: pdf
        title: PDF export
        creates: [src/export/pdf.ts]
        brief: Same as the previous task, for PDF.
    ```

    ## Use instead

    ```yaml
    plan: exports
    tasks:
      - id: csv
        title: CSV export
        creates: [src/export/csv.ts]
        brief: Create src/export/csv.ts with exportCsv(rows), one line for each row, fields in quotes.
      - id: pdf
        title: PDF export
        creates: [src/export/pdf.ts]
        brief: Create src/export/pdf.ts with exportPdf(rows), one page for every 40 rows.
    ```

    ## Silent on

    References inside of one brief ("as described above" after a description); forks, which have the conversation;
    several tasks of one worker; lists that one agent gets as a whole; references to documents, and to another task of
    which the brief says more.
    """

    code = "PL604"
    name = "not-self-contained"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.BRIEF,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such brief, at its first such phrase."""
        telling = facts.told.select(facts.costs.fresh, *_TELLING)
        starters = _starters(facts) if telling else frozenset()
        for task in telling:
            phrase = _phrase(task.brief)
            if phrase is None or task.index not in starters:
                continue
            shown = " ".join(phrase.split())
            yield self.finding(
                f'the brief of `{task.label}` says "{shown}", but its agent starts with nothing else',
                task.place_of("brief", phrase),
                why="a fresh context has no above and no earlier conversation; the agent guesses what is meant",
                help="put what is meant into the brief, or name the file where it stands",
                tasks=[task],
                names=[shown.lower()],
                severity=self.severity,
                evidence=Evidence.STATED,
            )


_TELLING = (
    "discuss", "agreed", "talked", "decided", "mentioned", "said", "conversation", "chat", "where ", "told", "asked",
    "previous", "preceding", " last", "above", "before", "earlier", "same", "similar", "identical", "like ", "as in",
    "other ", "wie ", "上", "前", "刚才", "先ほど", "さっき",
)  # fmt: skip
"""One of these stands in everything that the patterns match."""


def _phrase(brief: str) -> str | None:
    text = without_code(brief)
    match = _CONVERSATION.search(text)
    if match is not None:
        return brief[match.start() : match.end()]
    match = _ANOTHER_TASK.search(text)
    if match is not None and text.lower().count(match["task"].lower()) == 1:
        return brief[match.start() : match.end()]
    match = _BEFORE.search(text)
    if match is not None and not _has_above(text[: match.start()].strip()):
        return brief[match.start() : match.end()]
    return None


def _has_above(before: str) -> bool:
    """Whether what stands before is long enough, or sentences enough, to be what "above" means."""
    return len(before) >= _ENOUGH or "\n" in before or len(_SENTENCE_END.findall(before)) > 1


def _starters(facts: Facts) -> frozenset[int]:
    """The tasks before which their worker has done no other, so that there is no earlier conversation."""
    first: dict[str | int, int] = {}
    for task in facts.plan.tasks:
        first.setdefault(task.agent.name or task.index, task.index)
    return frozenset(first.values())

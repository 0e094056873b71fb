"""PL403 oversized-task."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.facts.tokens import ERROR
from planlint.model import Capability, Kind, Mode, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules._numbers import about, percent

_COUNTED = regex(
    r"\b(?:convert|migrate|port|rename|refactor|rewrite|update|change|translate|move|replace|annotate|document|fix|review)\w*\s+"
    r"[^.\n]{0,40}?\b(?:all|the|these|every\s+one\s+of\s+the|each\s+of\s+the)\s+(?!(?:401|403|404|500|503)\b)(?P<en>\d{2,5})\s+"
    r"(?:[A-Za-z][\w/.-]*\s+){0,3}?(?:files|modules|components|classes|controllers|pages|screens|handlers|services)\b"
    r"|\balle\s+(?P<de>\d{2,5})\s+(?:[\w-]+\s+)?(?:Dateien|Module|Komponenten|Klassen)\b"
    r"|(?:全部|所有|这|共)(?:的)?\s*(?P<zh>\d{2,5})\s*个(?:[^\s\uff0c\u3002]{0,6}?)(?:文件|模块|组件|页面)"
    r"|(?P<ja>\d{2,5})\s*(?:個|件)?の(?:すべての)?(?:ファイル|モジュール|コンポーネント)",
    re.IGNORECASE,
)
"""A number of files that a brief says one task takes on: "convert all 400 files"."""
_HANDED_ON = regex(
    r"\b(?:sub-?)?(?:agents?|workers?)\b|\bbatch(?:es)?\b|代理|エージェント",
    re.IGNORECASE,
)
"""The task hands the files on, or takes them in parts."""


class OversizedTaskOptions(Options):
    """When a task is too large for one agent."""

    files: int = option(
        15,
        "The most files that one task may create or change. GSD's planning advice calls 15 too many; 8 is usual.",
        gt=0,
    )
    share: float = option(
        0.5,
        "The most of the agent's window that the work may fill. Half leaves room for tool output and second attempts.",
        gt=0,
        le=1,
    )


class OversizedTask(Rule):
    """One task holds more files or text than one agent's window and attention.

    ## Why

    An agent that has to keep twenty files in mind fills its window, is compacted in the middle of the work, and forgets
    what it did to the first ones.

    ## Example

    ```yaml
    plan: rename
    tasks:
      - id: handlers
        title: Give all handlers the new request type
        modifies: [a/one.go, a/two.go, a/three.go, a/four.go, a/five.go, a/six.go, a/seven.go, a/eight.go,
                   b/one.go, b/two.go, b/three.go, b/four.go, b/five.go, b/six.go, b/seven.go, b/eight.go]
    ```

    ## Use instead

    ```yaml
    plan: rename
    tasks:
      - id: a
        title: Give the handlers of a the new request type
        modifies: [a/one.go, a/two.go, a/three.go, a/four.go, a/five.go, a/six.go, a/seven.go, a/eight.go]
      - id: b
        title: Give the handlers of b the new request type
        modifies: [b/one.go, b/two.go, b/three.go, b/four.go, b/five.go, b/six.go, b/seven.go, b/eight.go]
    ```

    ## Silent on

    Files that are only deleted or read; files that a sentence merely mentions; directories and patterns, unless the
    brief counts their files ("all 400 files"); tasks that hand the files on to agents or take them in batches; tasks
    declared to touch the whole code base; tasks whose window is full of what they read (`context-overflow`, PL502).

    ## Options

    - `files`: the most files that one task may write (15).
    - `share`: the most of the window that the work may fill, files read and written counted (0.5).
    """

    code = "PL403"
    name = "oversized-task"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.WRITES,)
    options = OversizedTaskOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such task."""
        if facts.plan.pattern:
            return
        options = self.option(facts, OversizedTaskOptions)
        for task in facts.tasks:
            window = facts.costs.window_tokens(task)
            files = _files(facts, task)
            # A time that a person estimates says little about the text that an agent has to hold.
            work = facts.costs.work_tokens(task) if files and task.estimate is None else 0
            told = _told(task)
            if told is not None and int(told[1]) > options.files >= len(files):
                yield self._report(
                    f"`{task.label}` is to do {told[1]} files or parts alone",
                    task.place_of("brief" if told[0] in task.brief else "title", told[0]),
                    f"more than {options.files} are hard to keep in mind, and the window is full before the last one",
                    task,
                )
                continue
            if task.broad or (len(files) <= options.files and work <= options.share * window):
                continue
            if len(files) <= options.files and _starts_full(facts, task, options.share):
                continue
            if len(files) > options.files:
                size = f"writes {len(files)} files"
                why = f"more than {options.files} files are hard to keep in mind, and a second agent could take half"
            else:
                size = f"takes about {about(work)} tokens, {percent(work / window)} of the agent's window"
                why = f"the work is {facts.costs.explain('work')}; the window is {facts.costs.explain_window(task)}"
            yield self._report(f"`{task.label}` {size}", task.at("writes"), why, task)

    def _report(self, message: str, origin: Origin, why: str, task: Task) -> Diagnostic:
        return self.finding(
            message,
            origin,
            why=why,
            help="split it along directories or features, into tasks that do not share files",
            tasks=[task],
            severity=self.severity,
        )


def _starts_full(facts: Facts, task: Task, share: float) -> bool:
    """Whether what the agent has to read fills its window before it writes anything: `context-overflow` (PL502)."""
    return task in facts.costs.delegated and facts.costs.window_share(task) * (1 - ERROR) > share


def _told(task: Task) -> tuple[str, str] | None:
    """The phrase of a building task that counts many files, and the number."""
    if task.kind is not Kind.BUILD:
        return None
    text = f"{task.title}\n{task.brief}"
    match = _COUNTED.search(text)
    if match is None or _HANDED_ON.search(text):
        return None
    return match.group(), match["en"] or match["de"] or match["zh"] or match["ja"]


def _files(facts: Facts, task: Task) -> set[str]:
    """The files that the task surely creates or changes."""
    return {
        effect.pattern.key
        for effect in facts.effects.writes_of(task)
        if effect.names_file
        and effect.scope.mode is not Mode.DELETE
        and effect.scope.evidence is not Evidence.INFERRED
        and not effect.scope.weak
    }

"""PL706 missing-completion-update."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, LaunchScript
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules.execution._scripts import launches, sound_scripts
from planlint_rules.execution._sessions import LIST_ID, first_match, sessions

_TAKES = regex(
    r"\bTaskList\b|\b(?:claim|take|pick|grab|get|pull)\w*\b[^\n.]{0,40}\btasks?\b"
    r"|\b(?:do|execute|work on|run|process|handle)\b[^\n.]{0,20}\btask[ -]?#?\d",
    re.IGNORECASE,
)
_SHARED_LIST = regex(r"\b(?:the|a|our|shared|common|team'?s?)\b[^\n.]{0,20}\btask[ -]list\b", re.IGNORECASE)
_COMPLETES = regex(
    r"\bTaskUpdate\b(?![^\n]{0,60}\b(?:claim\w*|in[_ ]progress|owner)\b)"
    r"|\b(?:mark|set|update|report|flag|tick)\w*\b[^\n]{0,60}\b(?:completed?|done|finished|closed)\b"
    r"|\bcheck\w*\b(?![^\n]{0,60}\b(?:TaskList|until|whether|if|for)\b)[^\n]{0,60}\b(?:completed?|done|finished|closed)\b"
    r"|\bstatus\b[^\n]{0,30}\b(?:completed?|done)\b|\bcomplete (?:the|your|each|this) task (?:in|on) the\b",
    re.IGNORECASE,
)
_TOLD_ELSEWHERE = regex(r"\b(?:each|every|all|workers?)\b[^\n]{0,80}\bTaskUpdate\b", re.IGNORECASE)
"""Another section of the file tells all workers."""
_COORDINATES = regex(r"\b(?:coordinat\w+|orchestrat\w+|launch \w+ (?:workers|sessions|agents))\b", re.IGNORECASE)


class MissingCompletionUpdate(Rule):
    """Workers take tasks from a shared list, but are never told to mark them as done.

    ## Why

    Whoever waits for the list sees only what is written in it. A worker that ends without marking its task leaves it
    pending: the coordinator never sees the end, and the next worker does the same task again.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    export CLAUDE_CODE_TASK_LIST_ID="release-9"
    claude -p "You are a worker. Take a pending task from TaskList and do it."
    claude -p "You are a worker. Take a pending task from TaskList and do it."
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    export CLAUDE_CODE_TASK_LIST_ID="release-9"
    claude -p "You are a worker. Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    claude -p "You are a worker. Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    ```
    ````

    ## Silent on

    Files that tell anywhere to mark tasks as done; coordinators, which only watch; workers whose result comes back
    to the one who started them, without a shared list; code shown as what not to do.
    """

    code = "PL706"
    name = "missing-completion-update"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script."""
        if _COMPLETES.search(facts.plan.origin.text) is not None:
            return
        if first_match(facts.plan.origin.source, _TOLD_ELSEWHERE) is not None:
            return
        for script in sound_scripts(facts):
            workers = list(_workers(script))
            if workers:
                many = f"{len(workers)} workers take" if len(workers) > 1 else "the worker takes"
                each = "are" if len(workers) > 1 else "is"
                yield self.finding(
                    f"{many} from a shared task list, but {each} never told to mark a task as done",
                    workers[0],
                    why="a task that nobody marks stays pending: the wait for it never ends, or another does it again",
                    help="end each brief with: when the task is done, `TaskUpdate` it to `completed`",
                    related=[(origin, "this one too") for origin in workers[1:6]],
                    names=["TaskUpdate"],
                )


def _workers(script: LaunchScript) -> Iterator[Origin]:
    """Where the workers are started that take their tasks from a list: they are told so, or the script watches one."""
    watched = any(step.kind == "poll" and "TaskList" in (step.text or step.origin.text) for step in script.steps)
    for session in sessions(script):
        shares = watched or session.list_id is not None or LIST_ID in session.prompt or "TaskList" in session.prompt
        if shares and _TAKES.search(session.prompt) and not _COORDINATES.search(session.prompt):
            yield session.origin
    for _, _, launch in launches(script):
        told = launch.prompt or ""
        if ("TaskList" in told or _SHARED_LIST.search(told)) and _TAKES.search(told) and not _COORDINATES.search(told):
            yield launch.origin

"""PL703 unhandled-failure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from planlint.model import Capability, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.execution._scripts import is_call, launches, sound_scripts
from planlint_rules.execution._sessions import first_match

_FAILURE = regex(
    r"\b(?:fail(?:s|ed|ing|ures?)?|errors?|retry|retries|timed? ?out|timeout|crash(?:es|ed)?|unsuccessful)\b",
    re.IGNORECASE,
)
_POLICY = regex(
    r"\b(?:if|when|whenever|in case|should)\b[^\n.]{0,60}\b(?:agents?|sub-?agents?|tasks?|workers?|one|any|it)\b"
    r"[^\n.]{0,30}\b(?:fail|error|crash|time out|times out)"
    r"|\b(?<!not )handle (?:failures?|errors?)\b|\bfailed (?:sub-?)?(?:agents?|workers?)\b",
    re.IGNORECASE,
)
"""A sentence about failing agents; it holds for the whole file."""
_DENIED = regex(r"\b(?:no|without|missing|ignor\w+|forgot|lacks?|never)\b", re.IGNORECASE)
_GONE = regex(r"[ \t](?:\w+[ \t]){0,2}(?:ignored|unhandled|missing|lost|swallowed)\b", re.IGNORECASE)
_LINE = 400
"""How far back the line of a word is looked for."""
_WINDOW = 40
"""How many characters before the word may deny it."""


class UnhandledFailure(Rule):
    """A script waits for agents and uses what they gave back, but says nowhere what happens when one fails.

    ## Why

    Agents fail: they run out of turns, hit a limit, or are denied a tool. The wait still ends. Without a branch the
    missing part is merged as if it were empty, and the run reports success.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    const ids = files.slice(0, 5).map(f => Task({ prompt: `Port ${f}`, run_in_background: true }).id)
    const results = ids.map(id => TaskOutput({ task_id: id, block: true }))
    merge(results)
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Porting

    ```javascript
    const ids = files.slice(0, 5).map(f => Task({ prompt: `Port ${f}`, run_in_background: true }).id)
    const results = []
    for (const id of ids) {
      const result = TaskOutput({ task_id: id, block: true })
      if (result.status === "failed") retry(id)
      else results.push(result)
    }
    ```
    ````

    ## Silent on

    Scripts that look at a status or error, catch, or retry; sections whose text says what to do about failure; files
    with a sentence about agents that fail; scripts that wait and use no result; sentences ("wait for all agents"). Code
    shown as what not to do.
    """

    code = "PL703"
    name = "unhandled-failure"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script, at the first wait whose result is used."""
        handled: bool | None = None
        for script in sound_scripts(facts):
            used = _used_wait(script)
            if used is None or any(step.kind == "branch" for step in script.steps):
                continue
            if handled is None:
                policy = first_match(facts.plan.origin.source, _POLICY)
                handled = policy is not None or _speaks_of_failure(facts)
            if handled:
                return
            count = sum(1 for _ in launches(script))
            yield self.finding(
                "the results are used, but nothing says what happens when an agent fails",
                used.origin,
                why="a failed agent ends the wait too; its part is then missing and nobody is told",
                help="look at the status of each result: retry, skip and report, or stop",
                related=[(launch.origin, "this one may fail") for _, _, launch in list(launches(script))[:3]],
                names=[f"{count} launches in {script.language or 'pseudo-code'}"],
            )


def _used_wait(script: LaunchScript) -> Step | None:
    """The first call that waits and whose result is kept or used; None where the script launches nothing."""
    last_use = max((index for index, step in enumerate(script.steps) if step.kind == "use"), default=-1)
    started = False
    for step in script.steps[: max(last_use, 0)]:
        started = started or step.kind == "launch"
        if started and is_call(step):
            return step
    return None


def _speaks_of_failure(facts: Facts) -> bool:
    """Whether the section says anywhere that failure is dealt with, and not just that it is not."""
    whole = facts.plan.origin
    text = whole.text
    briefs = sorted(
        (launch.origin.start - whole.start, launch.origin.end - whole.start)
        for script in facts.plan.scripts
        for _, _, launch in launches(script)
        if launch.origin.source is whole.source
    )
    for match in _FAILURE.finditer(text):
        before = bisect_right(briefs, (match.start(), len(text)))
        if before and match.start() < briefs[before - 1][1]:
            continue  # "add error handling" is work, not what to do when the worker fails
        floor = max(0, match.start() - _LINE)
        line = max(text.rfind("\n", floor, match.start()) + 1, floor)
        if text.startswith("#", line) or _GONE.match(text, match.end()) is not None:
            continue  # a heading names the subject; "errors ignored" handles nothing
        if _DENIED.search(text, max(line, match.start() - _WINDOW), match.start()) is None:
            return True
    return False

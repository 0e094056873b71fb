"""PL705 polling-parent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import short
from planlint_rules.execution._scripts import sound_scripts

_ABOUT_AGENTS = regex(
    r"\bTask(?:List|Get|Output)\b|\bcapture-pane\b|\bAgentOutputTool\b|\b(?:sub-?)?agents?\b|\bworkers?\b"
    r"|\btasks?\b[^\n]{0,60}\b(?:complete|done|pending|finish|running|status)",
    re.IGNORECASE,
)
_BODY = 300
"""How many characters after the question still belong to the loop, as far as this rule cares."""


class PollingParent(Rule):
    """The main session asks again and again whether its agents are done.

    ## Why

    Every round of a polling loop is a turn of the main session: the question, the answer and everything before it are
    read again. Waiting for an hour this way costs more than the work. The runtime reports by itself when a background
    agent ends, and separate sessions can be watched by a coordinator whose context nobody needs afterwards.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Nightly run

    Main session:

    ```bash
    while true; do
      count=$(TaskList | grep completed | wc -l)
      [ "$count" -eq 5 ] && break
      sleep 5
    done
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Nightly run

    Coordinator's loop:

    ```bash
    while true; do
      count=$(TaskList | grep completed | wc -l)
      [ "$count" -eq 5 ] && break
      sleep 5
    done
    ```
    ````

    ## Silent on

    Loops that a coordinator or worker runs; loops that wait for servers, builds or files; code shown as what not to do.
    """

    code = "PL705"
    name = "polling-parent"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script."""
        for script in sound_scripts(facts):
            if script.actor in ("coordinator", "worker"):
                continue
            poll = next((step for step in script.steps if step.kind == "poll" and _about_agents(script, step)), None)
            if poll is not None:
                yield self._report(facts, script, poll)

    def _report(self, facts: Facts, script: LaunchScript, poll: Step) -> Diagnostic:
        who = "the main session polls for its agents"
        if script.actor != "main":
            who = "the session that started the agents polls for them"
        loop = script.loops.get(poll.loop) if poll.loop is not None else None
        return self.finding(
            f"{who}: `{short(poll.text or poll.origin.text)}`",
            poll.origin,
            why="each round is a turn that reads the whole conversation again",
            help="end the turn and let the runtime report when they are done, or hand the loop to a coordinator agent",
            related=[(loop.origin, "in this loop")] if loop is not None else (),
            names=[short(poll.text or "poll")],
        )


def _about_agents(script: LaunchScript, poll: Step) -> bool:
    """Whether the loop asks for agents or their tasks, not for a server or a build."""
    loop = script.loops.get(poll.loop) if poll.loop is not None else None
    start = min(poll.origin.start, loop.origin.start) if loop is not None else poll.origin.start
    text = poll.origin.source.text[start : min(poll.origin.end + _BODY, script.origin.end)]
    return _ABOUT_AGENTS.search(text) is not None

"""PL802 writer-cannot-write."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Isolation, Mode, Scope, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier


class WriterCannotWrite(Rule):
    """A task has files to write, but its agent cannot write.

    ## Why

    The agent reports what should stand in the file instead of writing it, often in words that sound as if it were done.
    What depends on the file then starts without it.

    ## Example

    ```yaml
    plan: survey
    tasks:
      - id: survey
        title: Survey the services
        agent: {type: Explore}
        creates: [docs/services.md]
    ```

    ## Use instead

    ```yaml
    plan: survey
    tasks:
      - id: survey
        title: Survey the services
        agent: {type: general-purpose}
        creates: [docs/services.md]
    ```

    ## Silent on

    Agents whose type nobody knows; agents of one's own that have a shell, with which they can write; files that a
    sentence merely mentions.
    """

    code = "PL802"
    name = "writer-cannot-write"
    tier = Tier.CORE
    severity = Severity.ERROR

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task."""
        for alike in facts.agents.alike:
            reason = _cannot(facts, alike[0])
            for task in alike if reason is not None else ():
                scope = _to_write(task)
                if scope is None:
                    continue
                more = len({written.path for written in task.writes}) - 1
                others = f" and {more} more" if more > 0 else ""
                yield self.finding(
                    f"`{task.label}` is to write `{scope.path}`{others}, but {reason}",
                    scope.origin,
                    why="the agent describes the file instead of writing it, and what needs it starts without it",
                    help="give it an agent type with write tools, or let it return the text and another task write it",
                    related=[(task.at("agent"), "the agent")] if task.at("agent") != scope.origin else (),
                    tasks=[task],
                    paths=[scope.path],
                    evidence=scope.evidence,
                )


def _to_write(task: Task) -> Scope | None:
    """The first file that the task is declared or told to write."""
    return next(
        (scope for scope in task.writes if scope.mode is not Mode.READ and scope.evidence is not Evidence.INFERRED),
        None,
    )


def _cannot(facts: Facts, task: Task) -> str | None:
    """Why the task's agent cannot write; None where it can, or where that is unknown."""
    agent = facts.agents.of(task)
    built_in = agent is not None and facts.runtime.agent(agent.name) is agent
    if built_in and agent is not None and agent.read_only:
        return f"`{agent.name}` agents are read-only"
    if facts.agents.can_write(task) is not False:
        return None
    allowed = facts.agents.tools(task)
    if allowed is not None and not facts.agents.can_run_commands(task):
        return (
            f"{'the tools of `' + agent.name + '`' if agent and not task.agent.tools else 'its tools'} change no files"
        )
    if task.isolation is Isolation.READ_ONLY and allowed is None:
        return "it runs in read-only isolation"
    return None

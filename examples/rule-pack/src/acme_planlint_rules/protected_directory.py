"""ACME101 protected-directory."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option


class ProtectedDirectoryOptions(Options):
    """Options of `protected-directory`."""

    directories: list[str] = option(["infra/"], "Directories that only the agent may write to.")
    agent: str = option("platform", "The agent type that may.")


class ProtectedDirectory(Rule):
    """A task writes to a protected directory and is given to another agent than the one that may.

    ## Why

    What lies in `infra/` reaches production without review. The platform agent knows the rules for it.

    ## Example

    ```yaml
    plan: cache
    tasks:
      - id: redis
        title: A Redis instance for sessions
        agent: general-purpose
        creates: [infra/redis.tf]
    ```

    ## Use instead

    ```yaml
    plan: cache
    tasks:
      - id: redis
        title: A Redis instance for sessions
        agent: platform
        creates: [infra/redis.tf]
    ```

    ## Silent on

    Tasks that name no agent type.
    """

    code = "ACME101"
    name = "protected-directory"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.WRITES, Capability.AGENTS)
    since = "1.0.0"
    options = ProtectedDirectoryOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each task, at its first write to such a place."""
        options = self.option(facts, ProtectedDirectoryOptions)
        for task in facts.tasks:
            if task.agent.type in (None, options.agent):
                continue
            for effect in facts.effects.writes_of(task):
                if any(facts.effects.covers(directory, effect.scope.path) for directory in options.directories):
                    yield self.finding(
                        f"`{task.label}` writes `{effect.scope.path}`, which only `{options.agent}` may",
                        effect.scope.origin,
                        why="nobody reviews what lies there before it reaches production",
                        help=f"give the task to `{options.agent}`",
                        related=[(task.at("agent"), "given to another agent")],
                        tasks=[task],
                        paths=[effect.scope.path],
                        evidence=effect.scope.evidence,
                    )
                    break

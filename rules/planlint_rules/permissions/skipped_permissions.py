"""PL803 skipped-permissions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Step
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules.execution._scripts import sound_scripts

_FLAG = regex(
    r"--dangerously-skip-permissions\b|--allow-dangerously-skip-permissions\b"
    r"|--dangerously-bypass-approvals-and-sandbox\b|--permission-mode[= ]\"?bypassPermissions\b|--yolo\b"
)
_WARNED = regex(
    r"\b(?:never|avoid|instead of|rather than|unless|forbidden|prohibited|remove|dangerous(?!ly)|risky|unsafe)\b"
    r"|(?:\bnot|n't|n’t) (?:\w+ )?(?:use|pass|run|set|need|add|recommend\w*|allowed|start)\b|❌|🚫|⛔|⚠",
    re.IGNORECASE,
)
_CONFINED = regex(
    r"\b(?:docker|podman|container\w*|devcontainer|sandbox(?:ed)?|bwrap|firejail|nsjail|virtual machine|VM"
    r"|microvm|isolated (?:environment|machine)|ephemeral|CI runner)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 240, 160
"""How many characters around the command may warn of it or confine it."""


class SkippedPermissions(Rule):
    """A session or agent runs with permission checks switched off.

    ## Why

    Nobody is asked any more before a command runs. With several agents at once nobody watches either: one wrong
    `rm`, one instruction hidden in a page that an agent reads, is carried out with all rights of the user.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    claude -p "Port src/parser.ts to the new API" --dangerously-skip-permissions
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    claude -p "Port src/parser.ts to the new API" --allowedTools "Read,Edit,Bash(npm test)"
    ```
    ````

    ## Silent on

    Text that warns of the flag; commands in a container, sandbox or virtual machine, where this is the documented use;
    code shown as what not to do.
    """

    code = "PL803"
    name = "skipped-permissions"
    tier = Tier.CORE
    severity = Severity.WARNING

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script, agent definition and task that does."""
        if facts.plan.has(Capability.LAUNCHES):
            yield from self._scripts(facts)
        yield from self._definitions(facts)
        for task in facts.tasks:
            if task.agent.mode == "bypassPermissions":
                yield self._finding(
                    f"`{task.label}` runs with `bypassPermissions`",
                    task.agent.places.get("mode") or task.at("agent"),
                    "use `acceptEdits`, or allow the few commands that it needs in the settings",
                    tasks=[task.label],
                )

    def _definitions(self, facts: Facts) -> Iterator[Diagnostic]:
        """One for each place: the options of a session count for all agents that it starts."""
        places: dict[Origin, list[str]] = {}
        for definition in facts.plan.agents:
            if definition.permission_mode == "bypassPermissions":
                place = definition.places.get("permissionMode") or definition.origin
                places.setdefault(place, []).append(definition.name)
        for place, names in places.items():
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            yield self._finding(
                f"agent `{names[0]}`{more} {'run' if more else 'runs'} with `bypassPermissions`",
                place,
                "use `acceptEdits`, or allow the few commands that it needs in the settings",
                names=names,
            )

    def _scripts(self, facts: Facts) -> Iterator[Diagnostic]:
        for script in sound_scripts(facts):
            found = [origin for step in script.steps if (origin := _flag(step)) is not None]
            if found:
                yield self._finding(
                    f"permission checks are switched off: `{found[0].text}`",
                    found[0],
                    "name what the session may do with `--allowedTools`, or run it in a container",
                    related=[(origin, "here too") for origin in found[1:6]],
                    names=[found[0].text],
                )

    def _finding(
        self,
        message: str,
        at: Origin,
        remedy: str,
        *,
        related: list[tuple[Origin, str]] | None = None,
        names: list[str] | None = None,
        tasks: list[str] | None = None,
    ) -> Diagnostic:
        return self.finding(
            message,
            at,
            why="nobody is asked before a command runs, and with several agents at once nobody watches either",
            help=remedy,
            related=related or (),
            names=names or (),
            tasks=tasks or (),
            evidence=Evidence.DECLARED,
        )


def _flag(step: Step) -> Origin | None:
    """Where the command switches the checks off; None where it does not, or the text around it warns or confines."""
    match = _FLAG.search(step.text) if step.kind == "shell" and step.text is not None else None
    if match is None:
        return None
    origin = step.origin.narrow(match.start(), match.end())
    text = origin.source.text
    start, end = max(0, origin.start - _BEFORE), min(len(text), origin.end + _AFTER)
    around = _FLAG.sub(" ", text[start:end])
    if _CONFINED.search(around) or _WARNED.search(_own_words(around)):
        return None
    return origin


def _own_words(around: str) -> str:
    """The prose around the flag: what stands in quotes is somebody's task, and not said of the flag."""
    return re.sub(r"\"[^\"\n]{0,400}\"|'[^'\n]{2,400}'", " ", around)

"""PL708 hard-coded-command."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.execution._scripts import sound_scripts
from planlint_rules.execution._sessions import first_match, sessions

_VARIABLE = regex(
    r"\$\{?CLAUDE_CODE\}?(?![\w])|\bCLAUDE_CODE[ \t]*="
    r"|(?<![\w.])(?P<name>[A-Z][A-Z_]{2,40})=[\"']?claude[\"']?[ \t]*(?:#[^\n]*)?(?:\n|\Z)"
)


class HardCodedCommand(Rule):
    """The agent's command is spelled out where the same file uses a variable for it.

    ## Why

    The variable is there so that one place decides which command, wrapper or version runs. A line that says `claude`
    starts another one on some machines, without the settings that the rest of the sessions have.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    export CLAUDE_CODE="claude"
    ${CLAUDE_CODE} -p "Port src/parser.ts"
    claude -p "Port src/printer.ts"
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Workers

    ```bash
    export CLAUDE_CODE="claude"
    ${CLAUDE_CODE} -p "Port src/parser.ts"
    ${CLAUDE_CODE} -p "Port src/printer.ts"
    ```
    ````

    ## Silent on

    Files that have no variable for the command; code shown as what not to do.
    """

    code = "PL708"
    name = "hard-coded-command"
    tier = Tier.STRICT
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script."""
        scripts = [
            (script, [session for session in sessions(script) if session.bare]) for script in sound_scripts(facts)
        ]
        if not any(found for _, found in scripts):
            return
        variable = first_match(facts.plan.origin.source, _VARIABLE)
        if variable is None:
            return
        source = facts.plan.origin.source
        name = variable["name"] or "CLAUDE_CODE"
        if f"${name}" not in source.text and f"${{{name}" not in source.text:
            return  # a name that nobody uses is no habit
        for _, found in scripts:
            if found:
                yield self.finding(
                    f"the command is spelled out, while this file has the variable `{name}` for it",
                    found[0].origin,
                    why="on a machine where the variable names another command, this line starts the wrong one",
                    help=f"write `${{{name}}}`",
                    related=[
                        (source.origin(variable.start(), variable.end()), "the variable"),
                        *((session.origin, "here too") for session in found[1:6]),
                    ],
                    names=[name],
                )

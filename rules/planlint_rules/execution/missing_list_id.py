"""PL709 missing-list-id."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.execution._scripts import sound_scripts
from planlint_rules.execution._sessions import (
    LIST_ID,
    SHARED_WORDS,
    Session,
    first_match,
    is_variable,
    sessions,
)

_ID_NAMED = regex(LIST_ID)


class MissingListId(Rule):
    """Sessions that should work on one task list have different list ids, or some have none.

    ## Why

    Each session has a task list of its own unless `CLAUDE_CODE_TASK_LIST_ID` is the same in all of them. A worker
    without it finds no tasks and ends at once; one with another id marks tasks as done that nobody looks at, and the
    coordinator waits for ever.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Workers

    Two sessions share a task list.

    ```bash
    # Session A
    export CLAUDE_CODE_TASK_LIST_ID="release-9"
    claude -p "Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    # Session B
    export CLAUDE_CODE_TASK_LIST_ID="release-09"
    claude -p "Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Workers

    Two sessions share a task list.

    ```bash
    # Session A
    export CLAUDE_CODE_TASK_LIST_ID="release-9"
    claude -p "Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    # Session B
    export CLAUDE_CODE_TASK_LIST_ID="release-9"
    claude -p "Take a pending task from TaskList, do it, then TaskUpdate it to completed."
    ```
    ````

    ## Silent on

    Ids that are variables or placeholders; different ids in different code blocks, which are examples of their own;
    sessions that no text says should share anything; code shown as what not to do.
    """

    code = "PL709"
    name = "missing-list-id"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script."""
        if SHARED_WORDS.search(facts.plan.origin.text) is None:
            return
        for script in sound_scripts(facts):
            found = list(sessions(script))
            if len(found) < 2:
                continue
            finding = self._different(found) or self._missing(facts, found)
            if finding is not None:
                yield finding

    def _different(self, found: list[Session]) -> Diagnostic | None:
        first: Session | None = None
        for session in found:
            if session.list_id is None or is_variable(session.list_id) or session.id_origin is None:
                continue
            if first is None:
                first = session
            elif session.list_id != first.list_id and first.id_origin is not None:
                return self.finding(
                    f"these sessions share no task list: one has `{first.list_id}`, the other `{session.list_id}`",
                    session.id_origin,
                    why="sessions see the same tasks only when the id is the same in all of them",
                    help=f"set the same `{LIST_ID}` in every session",
                    related=[(first.id_origin, "the other id")],
                    names=[first.list_id or "", session.list_id],
                )
        return None

    def _missing(self, facts: Facts, found: list[Session]) -> Diagnostic | None:
        having = [session for session in found if session.list_id is not None]
        lacking = [session for session in found if session.list_id is None]
        if having and lacking:
            return self.finding(
                f"this session has no `{LIST_ID}`, but another one beside it has",
                lacking[0].origin,
                why="without the id it has a task list of its own, which is empty",
                help=f"set `{LIST_ID}={having[0].list_id}` for this session too",
                related=[(having[0].id_origin or having[0].origin, "set here")],
                names=[LIST_ID],
            )
        users = [session for session in lacking if SHARED_WORDS.search(session.prompt) is not None]
        if having or len(users) < 2 or first_match(facts.plan.origin.source, _ID_NAMED) is not None:
            return None
        return self.finding(
            f"{len(users)} sessions are told to use one task list, but none has `{LIST_ID}`",
            users[0].origin,
            why="each session has a task list of its own unless the id is the same in all of them",
            help=f"export the same `{LIST_ID}` before each of them",
            related=[(session.origin, "this one too") for session in users[1:6]],
            names=[LIST_ID],
        )

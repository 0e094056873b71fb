"""PL601 vague-scope."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules.brief._vague import is_bare_subject, is_vague

_STOPS = ".!\u3002\uff01"


class VagueScope(Rule):
    """A brief names an area of the product, but neither file nor signature nor a result that can be checked.

    ## Why

    Told to "handle the frontend", an agent rewrites the routing, refactors what it finds and adds libraries. The others
    expected the existing parts to stay. What the brief leaves open, the agent decides, and nobody sees it until the
    pieces meet.

    ## Example

    ```yaml
    plan: profile
    tasks:
      - {id: frontend, title: Frontend, brief: Handle the frontend.}
      - {id: backend, title: Backend, brief: Build the backend for profiles.}
    ```

    ## Use instead

    ```yaml
    plan: profile
    tasks:
      - id: frontend
        title: Profile page
        creates: [src/pages/Profile.tsx]
        brief: Create src/pages/Profile.tsx that exports ProfilePage(props) with props.user of type User.
      - id: backend
        title: Profile endpoint
        creates: [src/api/profile.ts]
        brief: Create src/api/profile.ts that answers GET /profile with a User.
    ```

    ## Silent on

    Briefs with any detail: a file, a name from the code, a contract, a command that checks the result, or more than a
    sentence of plain words; research and reviews; steps of a list that one agent walks through.
    """

    code = "PL601"
    name = "vague-scope"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.BRIEF,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each such task."""
        for task in facts.costs.fresh:
            if not _is_open(task) or task.kind not in (Kind.BUILD, Kind.INTEGRATE):
                continue
            text = _told(task)
            if not text or text.endswith(("...", "\u2026")):
                # Nothing is told, or it is cut short by whoever shows how such a call looks.
                continue
            told = text.rstrip(_STOPS)
            bare = not task.brief.strip() and not facts.plan.pattern and is_bare_subject(text)
            if not is_vague(text) and not bare:
                continue
            shown = " ".join(told.split())
            yield self.finding(
                f'`{task.label}` is told "{shown}": no file, no signature and no result that can be checked',
                task.place_of("brief" if task.brief.strip() else "title", told),
                why="what the brief leaves open the agent decides, and the others build on something else",
                help="name the files to create or change, the signatures others rely on, and how to check the result",
                tasks=[task],
                severity=self.severity,
                evidence=Evidence.DECLARED,
            )


def _told(task: Task) -> str:
    """What the agent is told: the brief without the title at its head and without quotation marks, or the title."""
    text = task.brief.strip()
    rest = text.removeprefix(task.title.strip()).lstrip(" :\u2013\u2014-\n")
    # A brief that says the title again, with or without a full stop, is all that is told.
    if rest.strip(_STOPS):
        text = rest
    return (text or task.title).strip(" \"'\u201c\u201d\u201e")


def _is_open(task: Task) -> bool:
    """Whether nothing else of the task says what is to be made."""
    return not (task.writes or task.reads or task.provides or task.consumes or task.verify or task.returns)

"""PL601 vague-scope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Kind, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint_rules.brief._text import fresh_briefs

_VERB = (
    r"(?:(?:please\s+)?(?:handle|build|do|make|implement|create|develop|write|code|set\s+up|work\s+on|take\s+care\s+of|"
    r"deal\s+with|look\s+after|be\s+responsible\s+for|finish|complete|improve|fix|add|update|polish|clean\s+up|manage)\s+)"
)
_DETERMINER = (
    r"(?:(?:all|of|the|a|an|our|your|its|whole|entire|full|complete|basic|main|new|necessary|needed|required|remaining|"
    r"rest|other|related|corresponding|appropriate)\s+)*"
)
_AREA = (
    r"(?:front[- ]?end|back[- ]?end|client(?:[- ]side)?|server(?:[- ]side)?|user\s+interface|ui(?:/ux)?|ux|gui|"
    r"(?:rest\s+)?apis?|database|db|data\s+layer|business\s+logic|logic|infrastructure|infra|devops|styling|styles|design|(?:unit\s+)?tests?|"
    r"testing|test\s+suite|documentation|docs|app|application|web\s?site|product|project|feature|features|functionality|"
    r"integration|everything(?:\s+else)?|rest|work|stuff|code|code\s?base|system|components?|pages?|screens?|endpoints?|"
    r"services?|models?|middleware|deployment)"
)
_PART = r"(?:\s+(?:part|parts|side|layer|work|stuff|code|things|pieces|section|portion|bits))?"
_MORE = rf"(?:\s*(?:,|&|/|and|with)\s*(?:and\s+)?{_DETERMINER}{_AREA}{_PART})*"
_TAIL = r"(?:\s+(?:for|of|in)\s+(?:[a-z][a-z'-]*\s*){1,5})?"
_VAGUE = re.compile(
    rf"{_VERB}?{_DETERMINER}(?:{_AREA}\s+)?{_AREA}{_PART}{_MORE}{_TAIL}"
    r"(?:\s+(?:as needed|properly|well|completely|end[- ]to[- ]end))?",
    re.IGNORECASE,
)
_LONGEST = 100
"""Characters of a brief that can still be vague: the pattern is not tried on longer ones."""


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
        for task in fresh_briefs(facts):
            text = task.brief.strip() or task.title.strip()
            if task.kind not in (Kind.BUILD, Kind.INTEGRATE) or not text or not _is_open(task) or not is_vague(text):
                continue
            told = " ".join(text.split()).rstrip(".!")
            yield self.finding(
                f'`{task.label}` is told "{told}": no file, no signature and no result that can be checked',
                task.at("brief" if task.brief.strip() else "title"),
                why="what the brief leaves open the agent decides, and the others build on something else",
                help="name the files to create or change, the signatures others rely on, and how to check the result",
                tasks=[task],
                severity=self.severity,
                evidence=Evidence.DECLARED,
            )


def _is_open(task: Task) -> bool:
    """Whether nothing else of the task says what is to be made."""
    return not (task.writes or task.reads or task.provides or task.consumes or task.verify or task.returns)


def is_vague(text: str) -> bool:
    """Whether `text` is one sentence that names nothing but an area."""
    sentence = text.strip().rstrip(".!")
    if len(sentence) > _LONGEST or "\n" in sentence or ". " in sentence:
        return False
    return _VAGUE.fullmatch(sentence) is not None

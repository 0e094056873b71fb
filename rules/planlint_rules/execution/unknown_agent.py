"""PL711 unknown-agent."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from planlint.facts.runtimes import agent_key
from planlint.rulekit import Confidence, Diagnostic, Facts, Rule, Severity, Tier
from planlint.source import Origin
from planlint.source.regex import regex
from planlint_rules._wording import listed
from planlint_rules.execution._scripts import launches, sound_scripts

_OPEN = "{}<>$[]()*|/ \n…"
"""Characters that no agent name has: the type is a placeholder, or a choice."""
_FORMER = frozenset({"bash", "outputstylesetup", "outputstyle", "default", "agent", "task", "subagent"})
"""Built-in types of other versions, and words that stand for "any agent"."""
_FOR_OTHERS = regex(r"(?:^|/)(?:commands?|skills|templates?|prompts?|plugins?|packages|examples?|docs?|guides?)/")
"""Directories of what is installed elsewhere, or only shows how."""


class UnknownAgent(Rule):
    """A launch asks for an agent type that neither the runtime nor the repository defines.

    ## Why

    The launch fails with an error, and the model that runs the plan picks another type or does the work itself, with
    other tools and without the instructions that were meant.

    ## Example

    ```yaml title="plan.yaml" plan
    plan: release
    tasks:
      - id: notes
        title: Write the release notes
        agent: {type: doc-writter}
        creates: [docs/release.md]
    ```

    ```markdown title=".claude/agents/doc-writer.md"
    ---
    name: doc-writer
    description: Writes documentation pages.
    ---

    You write documentation pages for users of this project.
    ```

    ## Use instead

    ```yaml title="plan.yaml" plan
    plan: release
    tasks:
      - id: notes
        title: Write the release notes
        agent: {type: doc-writer}
        creates: [docs/release.md]
    ```

    ```markdown title=".claude/agents/doc-writer.md"
    ---
    name: doc-writer
    description: Writes documentation pages.
    ---

    You write documentation pages for users of this project.
    ```

    ## Silent on

    Repositories that define no agent types: then people keep theirs elsewhere. Commands and skills that a repository
    makes for others, outside of `.claude/`: their agents are installed with them. Types of plugins (`plugin:type`),
    placeholders, names for which the repository has a definition anywhere, and code shown as what not to do. Types that
    you keep in your home directory are out of sight; silence the finding for those.
    """

    code = "PL711"
    name = "unknown-agent"
    tier = Tier.CORE
    severity = Severity.WARNING

    def skip(self, facts: Facts) -> str | None:
        """A name can only be wrong where the types are known."""
        if not facts.agents.complete:
            return "the repository defines no agent types, so those in use are kept elsewhere"
        if _FOR_OTHERS.search(facts.plan.path) and ".claude/" not in facts.plan.path:
            return "it is made to be installed elsewhere, with agent types of its own"
        return None

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each unknown type, all its uses labelled."""
        elsewhere = _files_named(facts)
        uses: dict[str, list[tuple[str, Origin, str]]] = {}
        for name, origin, task in _asked_for(facts):
            if _is_name(name) and facts.agents.find(name) is None and agent_key(name) not in elsewhere:
                uses.setdefault(agent_key(name), []).append((name, origin, task))
        for found in uses.values():
            name, origin, _ = found[0]
            meant = _meant(facts, name)
            known = listed(sorted(facts.agents.names))
            yield self.finding(
                f"no agent type `{name}` is defined{f'; did you mean `{meant}`?' if meant else ''}",
                origin,
                why=f"neither {facts.runtime.title} nor `{facts.runtime.agents_directory}` has it, so the launch fails",
                help=f"write `{meant}`"
                if meant
                else f"define it in `{facts.runtime.agents_directory}`, or use one of {known}",
                related=[(other, "asked for here too") for _, other, _ in found[1:6]],
                tasks=[task for _, _, task in found if task],
                names=[name],
                severity=self.severity,
                confidence=Confidence.HIGH if meant else Confidence.MEDIUM,
            )


def _meant(facts: Facts, name: str) -> str | None:
    """The known type that `name` is most likely a misspelling of."""
    by_key = {agent_key(other): other for other in facts.agents.names}
    close = get_close_matches(agent_key(name), list(by_key), n=1, cutoff=0.8)
    return by_key[close[0]] if close else None


def _asked_for(facts: Facts) -> Iterator[tuple[str, Origin, str]]:
    """The types asked for, where, and by which task."""
    seen: set[int] = set()
    for script in sound_scripts(facts):
        for _, _, launch in launches(script):
            if launch.task is not None:
                seen.add(launch.task)
            if launch.agent_type and launch.agent_type_origin is not None:
                label = facts.task(launch.task).label if launch.task is not None else ""
                yield launch.agent_type, launch.agent_type_origin, label
    for task in facts.tasks:
        if task.agent.type and task.index not in seen:
            yield task.agent.type, task.agent.places.get("type") or task.at("agent"), task.label


def _is_name(name: str) -> bool:
    """Whether it is a literal type of this repository or runtime, and no placeholder or type of a plugin."""
    return ":" not in name and not any(sign in name for sign in _OPEN) and agent_key(name) not in _FORMER


def _files_named(facts: Facts) -> frozenset[str]:
    """Names of all files in the repository that could define an agent: a plugin's, or another tool's."""
    found = set()
    for path in facts.repository.files():
        stem, _, suffix = path.rsplit("/", 1)[-1].partition(".")
        if suffix in ("md", "agent.md", "toml", "yaml", "yml", "json"):
            found.add(agent_key(stem))
    return frozenset(found)

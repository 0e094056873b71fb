"""PL702 lost-handle."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.model import Capability, Launch, LaunchScript, Step
from planlint.rulekit import Diagnostic, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules.execution._scripts import is_call, label, launches, sound_scripts

_LANGUAGES = frozenset({"javascript", "typescript", "js", "ts", "jsx", "tsx", "python", "py"})
_WAITS_FOR = regex(r"TaskOutput\(\s*\{?\s*task_?[iI]d\s*[:=]\s*([A-Za-z_$][\w$]*)\s*[,)}]")
_COMMENT = regex(r"(?:#|//)[^\n]*")
_WORD = regex(r"[A-Za-z_$][\w$]*")
_SETS = regex(r"\b([A-Za-z_$][\w$]*)\s*=(?![=>])")


class LostHandle(Rule):
    """A script waits for some background agents, but nobody keeps the id of another.

    ## Why

    What runs in the background is waited for, asked and stopped by its id. A script that goes on when the others are
    done uses files that the forgotten agent is still writing, and never sees that it failed.

    ## Example

    ````markdown title="CLAUDE.md" plan
    # Checks

    ```javascript
    Task({ description: "Index", prompt: "Build the search index", run_in_background: true })
    const lint = Task({ description: "Lint", prompt: "Lint src/", run_in_background: true })
    const report = TaskOutput({ task_id: lint.id, block: true })
    if (report.status === "failed") stop()
    ```
    ````

    ## Use instead

    ````markdown title="CLAUDE.md" plan
    # Checks

    ```javascript
    const index = Task({ description: "Index", prompt: "Build the search index", run_in_background: true })
    const lint = Task({ description: "Lint", prompt: "Lint src/", run_in_background: true })
    for (const agent of [index, lint]) {
      const report = TaskOutput({ task_id: agent.id, block: true })
      if (report.status === "failed") stop()
    }
    ```
    ````

    ## Silent on

    Plain lists of calls: the runtime reports by itself when a background agent ends, and its id is in the answer.
    Only a script that keeps ids of others, or waits by id, shows that it means to. Code shown as what not to do.
    """

    code = "PL702"
    name = "lost-handle"
    tier = Tier.CORE
    severity = Severity.WARNING
    needs = (Capability.LAUNCHES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each script, at the first launch whose id is lost."""
        for script in sound_scripts(facts):
            lost = list(_lost(script))
            if lost:
                yield self._report(lost)

    def _report(self, lost: list[tuple[Launch, Step]]) -> Diagnostic:
        launch, witness = lost[0]
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        text = "this id is kept" if witness.kind == "launch" else "this waits for ids"
        return self.finding(
            f"nobody keeps the id of `{label(launch)}`{more}, which runs in the background",
            launch.origin,
            why="what has no id cannot be waited for, and its failure goes unseen",
            help="keep what the call gives back and wait for it, or start it in the foreground",
            related=[
                (witness.origin, text),
                *((other.origin, "the id of this one is lost too") for other, _ in lost[1:6]),
            ],
            names=[label(launch) for launch, _ in lost],
        )


def _lost(script: LaunchScript) -> Iterator[tuple[Launch, Step]]:
    """The background launches whose id nobody keeps, each with the step that shows that ids matter in this script.

    That is another background launch whose id is kept, a loop further down that waits by id, or, in code, a wait for
    an id that nothing sets.
    """
    kept = next(
        (step for _, step, launch in launches(script) if launch.background is True and launch.handle is not None), None
    )
    waits = [
        (index, step)
        for index, step in enumerate(script.steps)
        if step.loop is not None and is_call(step) and "TaskOutput" in step.origin.text
    ]
    unset = _unset(script)
    for index, step, launch in launches(script):
        if launch.background is not True or launch.handle is not None:
            continue
        if kept is not None:
            yield launch, kept
        elif step.loop is not None and not launch.awaited and waits:
            at, wait = waits[-1]
            if at > index and wait.loop != step.loop:
                yield launch, wait
        elif unset is not None and unset[0] > index:
            yield launch, unset[1]


def _is_explained(handle: str, code: str) -> bool:
    """Whether a comment names a handle, without its number: `Task(...)  # returns agent_id` above `agent_id_1`."""
    bare = handle.rstrip("_0123456789")
    return any(bare in _WORD.findall(comment.group()) for comment in _COMMENT.finditer(code))


def _unset(script: LaunchScript) -> tuple[int, Step] | None:
    """The first wait for a variable that the script never sets, with its index; only in a programming language."""
    if script.language.lower() not in _LANGUAGES:
        return None
    for index, step in enumerate(script.steps):
        named = _WAITS_FOR.search(step.origin.text) if step.kind == "wait" and step.handle is None else None
        if named is not None and step.loop is None:
            set_here = {match.group(1) for match in _SETS.finditer(script.origin.text)}
            known = named.group(1) in set_here or _is_explained(named.group(1), script.origin.text)
            return None if known else (index, step)
    return None

"""PL301 unknown-dependency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from planlint.facts.references import Unknown
from planlint.model import Capability
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.source.regex import regex
from planlint_rules._wording import listed

_VERBS = {"depends_on": "depends on", "blocks": "blocks", "conflicts_with": "conflicts with"}
_SEPARATORS = regex(r"[,;/&+\s]+(?:and\s+)?")
_RANGE = regex(r"([^\s.–—-]{1,40}(?:-[^\s.–—-]{1,40})?)\s*(?:-|–|—|\.{2,3}|to|through)\s*([^\s.–—]{1,40})")
_DIGITS = regex(r"\d+")
_SERIAL = regex(r"\D{0,4}[\d.\-]+\D?")
_LONGEST = 200
"""Longer references are prose; nothing is looked for in them."""
_MAX_COMPARISONS = 400_000
"""Most pairs of an unknown id and a known one that are compared, some two seconds; only crafted plans come near it. The
rest is reported without a guess."""


class UnknownDependency(Rule):
    """A task refers to a task that does not exist.

    ## Why

    Whoever runs the plan either stops, waits for ever, or drops the reference and starts the task too early. The last
    one is the usual case, and nobody notices.

    ## Example

    ```yaml
    plan: settings
    tasks:
      - id: types
        title: Settings types
        creates: [src/types/settings.ts]
      - id: api
        title: Settings endpoint
        creates: [src/routes/settings.ts]
        depends_on: [typse]
    ```

    ## Use instead

    ```yaml
    plan: settings
    tasks:
      - id: types
        title: Settings types
        creates: [src/types/settings.ts]
      - id: api
        title: Settings endpoint
        creates: [src/routes/settings.ts]
        depends_on: [types]
    ```

    ## Silent on

    Tasks that exist but are not part of what was loaded (finished in an earlier round, another tag); plans of which a
    part could not be read; templates; references that are only guessed from a sentence.
    """

    code = "PL301"
    name = "unknown-dependency"
    tier = Tier.CORE
    severity = Severity.ERROR
    needs = (Capability.DEPENDENCIES,)

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """One finding for each reference; ids that stand in one word (a range) share it."""
        if facts.plan.incomplete or facts.plan.pattern:
            return
        guess = _Guess(facts)
        for group in _by_place(facts):
            first = group[0]
            holder = facts.task(first.holder)
            ids = list(dict.fromkeys(item.dependency.task for item in group))
            what = listed(ids) if ids[0] else "an empty id"
            has = "no task has this id" if len(ids) == 1 else "no tasks have these ids"
            hint, help = guess.explain(ids[0], holder.id) if len(ids) == 1 else (None, None)
            verb = _VERBS[first.field]
            yield self.finding(
                f"`{holder.label}` {verb} {what}, but {has}{f'; {hint}' if hint else ''}",
                first.dependency.origin,
                why="a reference that means nothing is dropped or blocks the task for ever, depending on who runs it",
                help=help or "correct the id, or add the missing task",
                tasks=[holder],
                names=ids,
                evidence=first.dependency.evidence,
                discriminator=first.field,
            )


def _by_place(facts: Facts) -> list[list[Unknown]]:
    """The unknown references of unfinished tasks, those from one place in the file together."""
    found: dict[tuple[int, str, str, int, int], list[Unknown]] = {}
    for item in facts.references.unknown:
        if item.dependency.evidence is Evidence.INFERRED:
            continue
        if facts.task(item.holder).done and not facts.settings.include_done:
            continue
        place = item.dependency.origin
        key = (item.holder, item.field, place.source.path, place.start, place.end)
        found.setdefault(key, []).append(item)
    return list(found.values())


class _Guess:
    """What an unknown id may have meant."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.ids = facts.references.by_id
        self._comparisons_left = _MAX_COMPARISONS

    @cached_property
    def folded(self) -> dict[str, str]:
        """Ids without letter case, leading zeros and punctuation, where that is still unique."""
        found: dict[str, str] = {}
        for known in self.ids:
            key = _fold(known)
            found[key] = "" if key in found else known
        return found

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles in lower case, to the id."""
        return {task.title.strip().lower(): task.id for task in self.facts.plan.tasks if task.title and task.id}

    @cached_property
    def names(self) -> list[str]:
        """The ids that are compared: numbers that look alike mean different things."""
        return [known for known in self.ids if not _SERIAL.fullmatch(known)]

    def explain(self, written: str, holder: str) -> tuple[str | None, str | None]:
        """The rest of the message and the help, each None when there is nothing to say; `holder` never means itself."""
        if not written or len(written) > _LONGEST:
            return None, None
        meant = self.folded.get(_fold(written)) or self.titles.get(written.strip().lower())
        if meant:
            return _meant(meant)
        parts = [part for part in _SEPARATORS.split(written.strip()) if part]
        known = [part for part in parts if part in self.ids]
        if len(parts) > 1 and known:
            if len(known) == len(parts):
                return f"it is {len(parts)} ids in one", f"write {listed(parts)} as separate entries"
            rest = [part for part in parts if part not in self.ids]
            return f"it is {len(parts)} ids in one", f"write separate entries; no task is called {listed(rest)}"
        ends = _RANGE.fullmatch(written.strip())
        if ends is not None and ends[1] in self.ids:
            return "it looks like a range", f"list every task from `{ends[1]}` to `{ends[2]}`"
        close = self._close(written, holder)
        return _meant(close) if close else (None, None)

    def _close(self, written: str, holder: str) -> str | None:
        if _SERIAL.fullmatch(written):
            return None
        self._comparisons_left -= len(self.names)
        if self._comparisons_left < 0:
            return None
        from difflib import get_close_matches

        bare = _DIGITS.sub("", written)
        names = [
            known for known in self.names if known != holder and (bare == written or _DIGITS.sub("", known) != bare)
        ]
        return next(iter(get_close_matches(written, names, n=1, cutoff=0.7)), None)


def _meant(task_id: str) -> tuple[str, str]:
    return f"did you mean `{task_id}`?", f"write `{task_id}`, or add the missing task"


def _fold(task_id: str) -> str:
    text = task_id.lower().removesuffix(".md").strip("#`'\" ")
    text = re.sub(r"\d+", lambda number: number[0].lstrip("0") or "0", text)
    return ".".join(re.split(r"[\s._/-]+", text))

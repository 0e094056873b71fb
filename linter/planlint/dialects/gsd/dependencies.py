"""`depends_on`: which plan of the phase each of its forms means.

Seen in real plans: `03-01`, `[1]`, `["01"]`, `03-01-PLAN.md`, `billing/01`, plans of other phases, and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from planlint.dialects.gsd.layout import PlanName, same_number
from planlint.dialects.gsd.plan_file import PlanFile
from planlint.readers.tree import Node, Scalar
from planlint.readers.tree import Sequence as ListNode
from planlint.source import Origin

_FULL = re.compile(r"(?P<phase>\d+(?:\.\d+)*)-(?P<number>\d+(?:\.\d+)*[a-z]?)(?:-[\w.-]*)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?", re.IGNORECASE)
_ENDING = re.compile(r"(?:-?(?:PLAN|SUMMARY))?(?:\.md)?\Z", re.IGNORECASE)
_LEAD = re.compile(r"(?:plan|phase)[ \t]+(?=\d)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\w./-])\d{1,4}(?:\.\d{1,4}){0,3}-\d{1,4}[a-z]?(?![\w/-]|\.\d)")
_NOTHING = frozenset({"", "none", "n/a", "null", "[]", "-", "nothing"})


class Reference(NamedTuple):
    """One plan that another waits for. `id` is the phase's spelling, or what was written where nothing bears it."""

    id: str
    written: str
    origin: Origin
    stated: bool = False
    """Found in a sentence instead of being the whole entry."""


class PhaseIds:
    """The plans of one phase by everything that people write for them."""

    def __init__(self, plans: Sequence[PlanFile], executed: frozenset[str]) -> None:
        """`executed`: lower-case names of what only a summary is left of."""
        self._exact: dict[str, str] = {}
        self._names: list[tuple[PlanName, str]] = [(plan.name, plan.id) for plan in plans]
        self._executed = executed
        self._phase = next((plan.name.phase for plan in plans if plan.name.phase), "")
        for plan in plans:
            for spelling in (plan.id, plan.name.stem, plan.name.id, f"{plan.name.phase}.{plan.name.number}"):
                if spelling.strip("."):
                    self._exact.setdefault(spelling.lower(), plan.id)

    def references(self, node: Node | None, holder: PlanName) -> tuple[list[Reference], set[str]]:
        """What the `depends_on` of `holder` names, and which of it exists although this phase has no such file."""
        found: list[Reference] = []
        elsewhere: set[str] = set()
        for scalar in _entries(node):
            for written, origin in _split(scalar):
                reference, known = self._read(written, origin, holder)
                found += reference
                elsewhere |= known
        return found, elsewhere

    def _read(self, written: str, origin: Origin, holder: PlanName) -> tuple[list[Reference], set[str]]:
        bare = _LEAD.sub("", _ENDING.sub("", written.replace("\\", "/").rstrip("/").rpartition("/")[2].strip()))
        if bare.lower() in self._exact:
            return [Reference(self._exact[bare.lower()], written, origin)], set()
        if _NUMBER.fullmatch(bare):
            return self._by_number(self._phase, bare, written, origin, holder)
        full = _FULL.fullmatch(bare)
        if full is not None:
            return self._by_number(full["phase"], full["number"], written, origin, holder)
        found = []
        for match in _IN_TEXT.finditer(written):
            named = self._named(*match.group().rsplit("-", 1))
            if named is not None:
                found.append(Reference(named, match.group(), origin, stated=True))
        return found, set()

    def _by_number(
        self, phase: str, number: str, written: str, origin: Origin, holder: PlanName
    ) -> tuple[list[Reference], set[str]]:
        named = self._named(phase, number)
        if named is not None:
            return [Reference(named, written, origin)], set()
        spelled = f"{phase}-{number}" if phase else number
        another_phase = bool(self._phase and phase) and not same_number(phase, self._phase)
        exists = another_phase or self._is_executed(phase, number) or self._is_gap(number, holder)
        known = {spelled} if exists else set()
        return [Reference(spelled, written, origin)], known

    def _named(self, phase: str, number: str) -> str | None:
        """The plan of this phase with that number; a lettered plan is another one than its number alone."""
        for name, plan_id in self._names:
            if name.number and same_number(name.number, number) and same_number(name.phase or phase, phase):
                return plan_id
        return None

    def _is_gap(self, number: str, holder: PlanName) -> bool:
        """Whether a plan that came before `holder` is missing where nothing tells which plans have been executed.

        Of 1,491 references in real plans 11 named no plan file, and every one meant an earlier plan that had been
        executed without being committed. Its summary tells; where a phase keeps no summaries, the gap says as much.
        """
        if self._executed or not (number.isdecimal() and holder.number.isdecimal()):
            return False
        return int(number) < int(holder.number)

    def _is_executed(self, phase: str, number: str) -> bool:
        for stem in self._executed:
            full = _FULL.fullmatch(stem)
            if full is not None:
                if same_number(full["phase"], phase) and same_number(full["number"], number):
                    return True
            elif same_number(stem.removeprefix("plan-"), number):
                return True
        return False


def _entries(node: Node | None) -> list[Scalar]:
    if isinstance(node, ListNode):
        return [item for item in node.items if isinstance(item, Scalar)]
    return [node] if isinstance(node, Scalar) else []


def _split(scalar: Scalar) -> list[tuple[str, Origin]]:
    """The parts of an entry that packs several ids, `"01, 02"`; sentences stay whole."""
    text = scalar.text.strip()
    if text.lower() in _NOTHING:
        return []
    parts = [part.strip() for part in re.split(r"[,+&]", text)]
    if len(parts) > 1 and all(_FULL.fullmatch(part) or _NUMBER.fullmatch(part) for part in parts):
        return [(part, scalar.origin) for part in parts]
    return [(text, scalar.origin)]

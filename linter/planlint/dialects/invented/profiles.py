"""Known products among invented plans: a table of the keys that give one away and of what its own rules say.

A plan of no known product is read all the same; the table only adds what its keys do not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from planlint.dialects.keys import fold
from planlint.model import Isolation
from planlint.records import NOTHING, Record, record

Order: TypeAlias = Literal["graph", "backlog"]
"""`graph`: all that no dependency orders runs at the same time, by the product's rules. `backlog`: a store of tasks
that are taken one by one; nothing says that any two of them run together."""


@record
class Profile(Record):
    """One product: how it is known, and where it differs from what the words say."""

    name: str
    source: str
    """Repository and commit at which its files were looked at."""
    items: tuple[str, ...] = ()
    """Keys of the items, folded, that must all be there; `a|b` is one of them."""
    top: tuple[str, ...] = ()
    """Keys of the plan around the items, folded, that must all be there."""
    order: Order = "graph"
    isolation: Isolation = Isolation.UNKNOWN
    words: Mapping[str, str | None] = NOTHING
    """Folded key of an item to what it stands for in this product; None: nothing that planlint reads."""


def _keys(text: str) -> tuple[str, ...]:
    return tuple("|".join(map(fold, word.split("|"))) for word in text.split())


PROFILES: tuple[Profile, ...] = (
    Profile("codex-fleet plan", "recodeee/codex-fleetui@b83e011", _keys("subtask_index file_scope")),
    Profile(
        "work packages",
        "jankneumann/agentic-coding-tools@84610b1",
        _keys("package_id|id scope|locks"),
        _keys("packages"),
        words={"tasks": None},
    ),
    Profile("conductor plan", "blueman82/conductor@97ce56d", _keys("task_number")),
    Profile("chopstack plan", "arittr/chopstack@936e9b5", _keys("touches produces requires")),
    Profile("chopstack plan", "arittr/chopstack@936e9b5", _keys("complexity files"), _keys("strategy")),
    Profile(
        "chopstack plan",
        "arittr/chopstack@936e9b5",
        _keys("files acceptance_criteria"),
        _keys("strategy specification"),
    ),
    Profile(
        "guardkit feature",
        "guardkit/guardkit@703734e",
        _keys("id file_path"),
        _keys("orchestration"),
        words={"filepath": "reads"},
    ),
    Profile("parallel.json", "FernandoBDAF/context-manager@736a3d4", _keys("achievement_id"), words={"priority": None}),
    Profile(
        "spec-kitty lanes",
        "Priivacy-ai/spec-kitty@e6e3b73",
        _keys("lane_id write_scope"),
        isolation=Isolation.WORKTREE,
    ),
    Profile("technical brief", "TechnicalBriefV2", _keys("task_id files_scope")),
    Profile(
        "sillyspec tasks",
        "q512426816/sillyspec@f5a2ff7",
        _keys("id allowed_paths target_files|expects_from|provides"),
        words={"implementation": "brief", "targetfiles": "writes"},
    ),
    Profile(
        "task cards",
        "babar-raza/foss-launcher@d604636",
        _keys("id allowed_paths evidence_required|spec_ref|spec_refs"),
        order="backlog",
    ),
    Profile(
        "feature task",
        "task_N.json of a feature-planning skill, looked at 2026-12-01",
        _keys("id blocked_by relevant_files"),
        words={"contexttoreadfirst": "reads", "reference": "reads"},
    ),
    Profile("tickets", "infochat", _keys("id blocked_by files_scope")),
)  # fmt: skip
"""In the order in which they are tried."""


def profile_of(item_keys: frozenset[str], top_keys: frozenset[str]) -> Profile | None:
    """The product whose keys are all there; both sets folded."""
    for profile in PROFILES:
        if all(_has(item_keys, key) for key in profile.items) and all(_has(top_keys, key) for key in profile.top):
            return profile
    return None


def _has(keys: frozenset[str], wanted: str) -> bool:
    return any(word in keys for word in wanted.split("|"))

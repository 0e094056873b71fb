"""How surely a document is a planlint plan: by the words that its tasks use, never by its name."""

from __future__ import annotations

from itertools import islice

from planlint.dialects.base import Match
from planlint.dialects.keys import fold
from planlint.dialects.plan_words.synonyms import PLAN, TASK
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_LOOKED_AT = 50
"""Tasks looked at: the words of a format show in the first ones."""

_OWN = frozenset({
    "creates", "modifies", "deletes", "writes", "reads", "off_limits", "conflicts_with", "provides", "consumes",
    "brief", "returns",
})  # fmt: skip
"""Task words that no other known format spells the same way and uses together with `tasks` and `id`."""

_OWN_PLAN = frozenset(
    {"contracts", "max_parallel", "isolation", "acknowledged", "hubs", "owners", "off_limits", "context"}
)
"""Words at the top that make a nearby `plan` a delegation plan."""

_ANY_LIST = frozenset({"id", "title", "description", "status", "done", "kind", "optional", "isolation"})
"""Words of every to-do list and pipeline: they say nothing about who works at what."""

_SAYS = frozenset({"title", "description", "brief"})
"""Words that say what is to be done."""

_FOREIGN = frozenset({
    "subtask_index", "spec_row_id", "task_number", "testStrategy", "subtasks", "agentPrompt", "estimatedLines",
    "relatedFiles", "implementationGuide", "files_scope", "run", "uses", "cmds", "hosts", "module", "argv",
})  # fmt: skip
"""Task keys of other products and of task runners."""


def recognise(roots: list[Node]) -> Match | None:
    """The best match among the documents of a file."""
    return max(filter(None, map(_match, roots)), key=lambda match: match.score, default=None)


def misshapen(roots: list[Node]) -> Match | None:
    """For a file named like a plan: whether it has `tasks` but none in a list of them, so that this can be said."""
    for root in roots:
        tasks = root.get("tasks") if isinstance(root, Mapping) else None
        if isinstance(tasks, Mapping | Scalar) or (isinstance(tasks, Sequence) and not tasks.items):
            return Match(31, "the name of a plan file, and `tasks`")
    return None


def _match(root: Node) -> Match | None:
    if not isinstance(root, Mapping):
        return None
    named = _is_text(root.get("plan"))
    own_top = [word for word in root if word in _OWN_PLAN]
    tasks = root.get("tasks")
    if not isinstance(tasks, Sequence):
        return Match(60, f"`plan` and `{own_top[0]}` at the top") if named and own_top else None
    items = [item for item in islice(tasks.items, _LOOKED_AT) if isinstance(item, Mapping)]
    if not items:
        return Match(70, "`plan` and a list of `tasks`") if named and not tasks.items else None
    return _by_words(items, named, own_top, frozenset(root))


def _by_words(items: list[Mapping], named: bool, own_top: list[str], top: frozenset[str]) -> Match | None:
    written = {key for item in items for key in item if not key.startswith("x-")}
    known = {key: name for key in written if (name := TASK.canonical(key)) is not None}
    if "id" not in known.values() and not named:
        return None
    own = sorted(written & _OWN)
    telling = {name for name in known.values() if name not in _ANY_LIST}
    unknown = written - set(known)
    if not (own or named or own_top) and written & _FOREIGN:
        return None
    if own and not unknown and (named or own_top):
        # Nobody else's format has these words together, so no other dialect needs to be asked.
        return Match(97, f"`{'plan' if named else own_top[0]}` and `tasks` with {_listed(own)}")
    if named and not own and not own_top and _is_invented(items, unknown, top):
        return Match(31, "`plan` and `tasks`, but with the words of invented plans")
    if named and (telling or own_top):
        return Match(90, f"`plan` and `tasks` with {_listed(own or sorted(telling) or ['id'])}")
    if named:
        return Match(60, "`plan` and a list of `tasks` with an `id` each") if "id" in known.values() else None
    if not telling:
        return None
    if own and len(unknown) <= len(known):
        return Match(85 if own_top else 80, f"`tasks` with `id` and {_listed(own)}")
    if unknown or any(PLAN.canonical(word) is None for word in top - {"tasks"}):
        if telling == {"depends_on"} and _SAYS.isdisjoint(known.values()):
            # Steps of a pipeline: an order of ids, and nothing that tells anybody what to do.
            return None
        # Much of it is somebody else's: only where no other dialect knows better.
        return Match(31, "`tasks` with `id`, but also words that planlint does not know")
    same = sorted(telling & written)
    if same:
        return Match(60, f"`tasks` with `id` and {_listed(same)}")
    return Match(50, f"`tasks` with `id` and other words for {_listed(sorted(telling))}")


def _is_invented(items: list[Mapping], unknown: set[str], top: frozenset[str]) -> bool:
    """Whether words that planlint does not know are those of plans that people invent: groups, records of files."""
    from planlint.dialects.invented.vocabulary import FILES, STAGES, field_of

    if any(fold(word) in STAGES for word in top) or any(field_of(word) is not None for word in unknown):
        return True
    return any(
        isinstance(entry, Mapping) and "action" in entry
        for item in items
        for key, value in item.values.items()
        if field_of(key) in FILES and isinstance(value, Sequence)
        for entry in islice(value.items, _LOOKED_AT)
    )


def _is_text(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is not None


def _listed(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words[:3])

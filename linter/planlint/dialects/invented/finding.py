"""Find the items of a plan in a tree of values: by keys, wherever they stand, and the groups that order them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from planlint.dialects.invented.profiles import Profile, profile_of
from planlint.dialects.invented.stages import Stage, blocks_in, runs_in, stages_in
from planlint.dialects.invented.strategy import strategy_of
from planlint.dialects.invented.vocabulary import (
    FILES,
    FOREIGN,
    HOLDERS,
    JOBS,
    MEMBERS,
    NOTHING,
    PROMPTS,
    SIDE_BY_SIDE,
    WORK,
    WORKERS,
    field_of,
    names_part,
    scalars,
    text_of,
)
from planlint.dialects.keys import fold
from planlint.readers.tree import Mapping, Node, Scalar, Sequence

_LOOKED_AT = 60
"""Items looked at to recognise a plan: the words of a format show in the first ones."""

_DEEPEST = 3
"""How many groups may stand inside of each other."""


@dataclass(slots=True)
class Item:
    """One item: a mapping, or a bare text in a group."""

    node: Node
    key: Scalar | None = None
    """The key it stands under, where items are a mapping by id."""
    stage: Stage | None = None
    """The group that holds it."""


@dataclass(slots=True)
class Found:
    """The items of one plan."""

    root: Mapping | None
    """The top of the document."""
    items: list[Item]
    stages: list[Stage]
    keys: frozenset[str]
    """Folded keys of the items looked at."""
    fields: frozenset[str]
    """What those keys stand for."""
    profile: Profile | None
    list_key: str
    named: bool = True
    """Whether most items have an id."""


def find_items(root: Node) -> Found | None:
    """The items in the document `root`; None where nothing looks like a list of work."""
    if isinstance(root, Sequence):
        return _judge(None, [Item(node) for node in root.items], [], "")
    if not isinstance(root, Mapping):
        return None
    holders = [
        root,
        *(value for key, value in root.values.items() if fold(key) in HOLDERS and isinstance(value, Mapping)),
    ]
    runs = [stage for holder in holders for stage in runs_in(holder)]
    if runs:
        return _judge(root, [item for stage in runs for item in _inside(stage, 0)], runs, fold(runs[0].name))
    stages = [stage for holder in holders for stage in stages_in(holder)]
    blocks = [stage for holder in holders for stage in blocks_in(holder)]
    if blocks:
        return _judge(root, [item for stage in blocks for item in _inside(stage, 0)], blocks, "blocks")
    for words in (MEMBERS, WORKERS, JOBS):
        for holder in holders:
            for key, value in holder.values.items():
                if fold(key) in words:
                    found = _judge(root, _members(value), [s for s in stages if not s.held], key)
                    if found is not None:
                        return found
    inside = [item for stage in stages for item in _inside(stage, 0)]
    if inside:
        found = _judge(root, inside, stages, fold(stages[0].word))
        if found is not None:
            return found
    single = _judge(root, [Item(root)], [], "")
    return single if single is not None and single.profile is not None else None


def _members(value: Node) -> list[Item]:
    if isinstance(value, Sequence):
        return [Item(node) for node in value.items]
    if isinstance(value, Mapping):
        inner = [node for key, node in value.values.items() if fold(key) in MEMBERS and isinstance(node, Sequence)]
        if len(inner) == 1:
            return _members(inner[0])  # `workstreams: {version: 3, workstreams: [...]}`
        return [Item(node, value.keys[key]) for key, node in value.values.items()]
    return []


def _inside(stage: Stage, depth: int) -> Iterator[Item]:
    """The items that stand inside of a group."""
    node = stage.node
    if depth > _DEEPEST:
        return
    if isinstance(node, Sequence):
        yield from (Item(item, stage=stage) for item in node.items)
    elif isinstance(node, Mapping):
        for key, value in node.values.items():
            if fold(key) in MEMBERS | WORKERS or fold(key) == "groups":
                yield from (Item(item.node, item.key, stage) for item in _members(value))


def _judge(root: Mapping | None, items: list[Item], stages: list[Stage], list_key: str) -> Found | None:
    """`items` as a plan, or None where their keys say that they are something else."""
    looked_at = [item.node for item in islice(items, _LOOKED_AT)]
    mappings = [node for node in looked_at if isinstance(node, Mapping)]
    if not mappings:
        return _bare(root, items, stages, list_key)
    if 2 * len(mappings) < len(looked_at):
        return None
    keys = frozenset(fold(key) for node in mappings for key in node.values)
    fields = frozenset(name for node in mappings for key in node.values if (name := field_of(key)) is not None)
    top = frozenset(map(fold, root.values)) if root is not None else frozenset()
    profile = profile_of(keys, top)
    if profile is None and keys & FOREIGN:
        return None
    ids = sum(1 for node in mappings if _has_id(node))
    by_key = sum(1 for item in islice(items, _LOOKED_AT) if item.key is not None)
    named = 2 * (ids + by_key) > len(mappings)
    found = Found(root, items, stages, keys, fields, profile, list_key, named)
    if profile is not None:
        return found
    depends = "depends_on" in fields or "blocks" in fields or bool(stages)
    to_agents = bool(keys & PROMPTS)
    files = any(_names_files(node, outputs=to_agents) for node in mappings)
    if not named and files and _have_names(mappings):
        # A list of files with a text is too common to be taken for work: it must tell of an agent or of waiting, or
        # stand in groups that say whether they run together.
        told = any(stage.held and strategy_of(stage.node) is not None for stage in stages)
        sure = to_agents or "depends_on" in fields or fold(list_key) in SIDE_BY_SIDE
        named = found.named = told or ("brief" in fields and sure)
    prompted = bool(list_key) and all(map(is_told, mappings))
    if list_key in JOBS and not prompted:
        return None
    if not (named or prompted) or not (files or depends):
        return None
    return found if files or fields & WORK else None


def _bare(root: Mapping | None, items: list[Item], stages: list[Stage], list_key: str) -> Found | None:
    """Groups that hold only texts, or lists of files under the name of each worker."""
    texts = [item for item in items if isinstance(item.node, Scalar) and item.node.value is not None]
    lists = [item for item in items if item.key is not None and isinstance(item.node, Sequence)]
    if lists and len(lists) == len(items) and all(_paths_in(item.node) for item in lists):
        return Found(root, items, stages, frozenset(), frozenset({"writes"}), None, list_key)
    if texts and len(texts) == len(items) and len(stages) > 1:
        return Found(root, items, stages, frozenset(), frozenset(), None, list_key, named=False)
    return None


def _have_names(nodes: list[Mapping]) -> bool:
    """Whether each item has a name or title of its own, which then stands for its id."""
    names = [name.text.strip() for node in nodes if (name := name_of(node)) is not None]
    return len(names) == len(nodes) == len(set(names))


def name_of(node: Mapping) -> Scalar | None:
    """The name or title of an item."""
    for key, value in node.values.items():
        if field_of(key) == "title" and isinstance(value, Scalar) and isinstance(value.value, str):
            return value if value.text.strip() else None
    return None


def is_told(node: Mapping) -> bool:
    """Whether an item says in so many words what an agent is told."""
    return any(
        fold(key) in ("prompt", "agentprompt", "taskprompt") and text_of(value).strip()
        for key, value in node.values.items()
    )


def _has_id(node: Mapping) -> bool:
    return named_by_task(node) is not None or any(
        field_of(key) == "id" and isinstance(value, Scalar) and value.value is not None and "\n" not in value.text
        for key, value in node.values.items()
    )


_NUMBERED = re.compile(r"[A-Za-z][\w.-]{0,40}[-_]\d{1,6}[a-z]?")


def named_by_task(node: Mapping) -> Scalar | None:
    """The value of `task`, where it is an id such as `TASK-12` and the title stands elsewhere."""
    value = node.get("task")
    has_title = any(field_of(key) == "title" and fold(key) != "task" for key in node.values)
    return value if isinstance(value, Scalar) and has_title and _NUMBERED.fullmatch(value.text.strip()) else None


def _names_files(node: Mapping, *, outputs: bool) -> bool:
    """Whether a field says which files an item changes; `outputs` counts only where agents are told of."""
    return any(
        field_of(key) in FILES
        and (outputs or fold(key) != "outputs")
        and not names_part(key, value)
        and _paths_in(value)
        for key, value in node.values.items()
    )


def _paths_in(node: Node) -> bool:
    """Whether the texts in `node` look like paths, most of them."""
    texts = [scalar.text.strip() for scalar in islice(scalars(node), 20)]
    texts = [text for text in texts if text.lower() not in NOTHING]
    paths = [text for text in texts if ("/" in text or "." in text[1:-1] or text.endswith("*")) and "://" not in text]
    return bool(paths) and 2 * len(paths) >= len(texts)


_FRONT_MATTER_OF_OTHERS = frozenset(
    {"plan", "wave", "workpackageid", "wpcode", "github", "tools", "subagenttype", "globs"}
)
"""Folded keys of front matter that GSD plans, work packages, epics, agents and rules have."""


def judge_front_matter(front_matter: Mapping) -> Found | None:
    """Front matter that is one item of a plan.

    It has an id, and two of these: what it waits for, its files, its branch, and whether it may run beside others.
    """
    if _FRONT_MATTER_OF_OTHERS & {fold(key) for key in front_matter.values}:
        return None
    found = _judge(None, [Item(front_matter)], [], "")
    if found is None or not found.named:
        return None
    listed = any(field_of(key) in FILES and isinstance(value, Sequence) for key, value in front_matter.values.items())
    signs = (
        "depends_on" in found.fields,
        bool(found.fields & {"parallel", "parallel_with"}),
        bool(found.fields & FILES),
        bool(found.fields & {"branch", "worktree"}) and (listed or "depends_on" in found.fields),
    )
    return found if found.profile is not None or sum(signs) > 1 else None

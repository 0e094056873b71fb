"""The words of invented plans: what a key of an item, of a group of items, or of the plan around them stands for.

Most words are those of planlint's own plan file and its synonyms; the table here adds what only other tools say.
"""

from __future__ import annotations

from functools import cache

from planlint.dialects.keys import fold
from planlint.dialects.prose.tables import words
from planlint.model import Mode
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source.regex import regex

_ITEM: dict[str, str] = {
    "id": (
        "subtask_index task_number package_id achievement_id lane_id work_item_id item_id unit_id stream_id ticket_id "
        "ticket stream step_id step uid number index"
    ),
    "title": "summary heading desc task",
    "brief": (
        "description details detail instruction agent_hint goal objective steps requirements implementation notes "
        "implementation_notes context_notes problem body text tasks"
    ),
    "writes": (
        "scope paths path artifacts_expected zone impacted_paths affected_files impacted_files primary_files "
        "file_path output_files target_file allow_modify relevant_files related_files file_list files_affected "
        "files_changed files_touched modified_files write_paths write_files outputs output_paths ownership owned_paths "
        "files_owned exclusive_files exclusive_paths file_ownership conflict_scope file_paths key_files writable_files "
        "writeable_files writable_paths editable_files footprint file_footprint files_hint target_paths owned_surfaces "
        "allow allowed allowed_files allow_list area"
    ),
    "creates": "produces added_files creates_files",
    "modifies": "touches modifies_files edit update updates change",
    "reads": (
        "allow_read_only context_files read_paths read_files reads_files input_files inputs files_to_read "
        "files_readonly readonly_files read_only_files required_reads"
    ),
    "off_limits": (
        "excluded_paths deny_paths forbidden_paths forbidden_files no_touch not_in_scope never_touch must_not_touch "
        "must_not_modify must_not_edit dont_touch hands_off"
    ),
    "depends_on": (
        "depends_on_lanes depends_on_tasks dependency predecessors upstream depends_on_ids waiting_for must_run_after"
    ),
    "blocks": "unblocks dependents needed_by blocking",
    "parallel_with": "parallelizable_with parallel_with can_run_with can_run_parallel_with",
    "parallel": "can_run_parallel",
    "wave": "parallel_group batch wave_number round execution_wave stage",
    "phase": "phase_id milestone",
    "group": "worktree_group",
    "agent": "agent_name specialist",
    "owner": "assignee worker assigned_to assigned_agent assigned",
    "role": "required_role agent_role assigned_role",
    "branch": "branch_name git_branch",
    "worktree": "worktree_path",
    "consumes": "expects_from",
    "contracts": "api_contracts",
    "verify": "verification_gates verification_steps done evidence_required validation success_criteria",
    "status": "lifecycle",
    "locks": "lock lock_keys",
    "estimate": "estimated_hours estimated_duration",
    "optional": "skippable",
    "returns": "artifacts",
}
"""Canonical name to the further words for it. A word here wins over one of the plan file's synonyms."""

_MEMBERS = (
    "tasks packages work_packages achievements items work_items lanes tickets units streams workstreams subtasks steps "
    "assignments parallel_tasks task_list briefs"
)
_WORKERS = "agents workers"
_STAGES = (
    "waves phases batches stages rounds parallel_groups groups execution_order worktree_groups milestones sprints "
    "iterations stories epics features"
)

MEMBERS = frozenset(map(fold, words(_MEMBERS)))
"""Keys whose value may be the list of items."""

JOBS = frozenset({"jobs"})
"""Keys whose value is the list of items only where each item is told something: other jobs are those of CI."""

WORKERS = frozenset(map(fold, words(_WORKERS)))
"""Keys whose value may be the list of items, where each worker has one and no other list stands beside it."""

SIDE_BY_SIDE = WORKERS | {"lanes", "streams", "workstreams", "paralleltasks", "assignments"}
"""Lists whose items are workers, or what each of several workers does."""

TOGETHER = frozenset(map(fold, words("parallel_tasks concurrent_tasks independent_tasks parallel_agents parallel")))
IN_TURN = frozenset(map(fold, words("sequential_tasks serial_tasks dependent_tasks sequential_agents sequential")))
"""Keys of a plan whose tasks stand in two lists: those that run at the same time, and those that take turns."""

STAGES = frozenset(map(fold, words(_STAGES)))
"""Keys whose value may group items into waves, phases or sets that run together."""

HOLDERS = words(
    "plan conductor orchestration project workflow feature epic execution parallelization data defaults settings"
)
"""Keys below which the list of items, or the groups, may stand."""

_FOREIGN = (
    "run uses cmds cmd command on_failure hosts module argv taskRef runAfter image entrypoint version resolved "
    "integrity license purl soft_fail timeout_in_minutes concurrency_group artifact_paths trigger "
    "arxiv contributors maintainers subcategory cacheable "
    "resource_type provider start end start_date end_date due_date progress calories ingredients meals "
    "implementationGuide expected_output backstory work_package_id lane_history conditions playbook selector treeId "
    "persona container port lesson duration_weeks"
)
FOREIGN = frozenset(map(fold, words(_FOREIGN)))
"""Keys of items that belong to something else: pipelines, lock files, Gantt charts, diets, other dialects' plans."""

WORK = frozenset({
    "brief", "verify", "agent", "owner", "role", "branch", "worktree", "wave", "group", "parallel", "parallel_with",
    "blocks", "provides", "consumes", "contracts", "locks", "estimate", "off_limits", "isolation", "returns",
})  # fmt: skip
"""Fields that, beside dependencies, tell of work for somebody."""

FILES = frozenset({"writes", "creates", "modifies", "deletes"})
"""Fields of an item that say which files it changes."""

PROMPTS = frozenset(
    map(fold, words("prompt instructions agent_prompt task_prompt agent subagent_type agent_type model"))
)
"""Keys of items that tell of an agent; `outputs` alone are those of any pipeline."""

MODES = {"writes": Mode.WRITE, "creates": Mode.CREATE, "modifies": Mode.MODIFY, "deletes": Mode.DELETE}
"""What each of them says happens to the files."""

_PATH = regex(r"/\Z|\*|\w/(?:.*/)?[\w.-]*\.\w{1,8}\Z")
"""What shows that a text beyond doubt is a path."""

NOTHING = frozenset({"", "none", "n/a", "na", "null", "-", "—", "–", "nothing", "[]", "no", "~", "无"})
"""Texts that stand for an empty list."""

NOBODY = NOTHING | {"unassigned", "tbd", "todo", "unsure", "unknown", "any", "anyone", "?"}
"""Texts that name no worker."""


@cache
def field_of(key: str) -> str | None:
    """What a key of an item stands for; None for a word that nobody knows."""
    from planlint.dialects.plan_words.synonyms import TASK

    return _own().get(fold(key)) or TASK.canonical(key)


@cache
def _own() -> dict[str, str]:
    return {fold(word): name for name, spellings in _ITEM.items() for word in (name, *words(spellings))}


def names_part(key: str, node: Node) -> bool:
    """Whether an `area` is a part of the product ("billing", "UI/UX") and no directory, file or pattern."""
    return fold(key) == "area" and not all(_PATH.search(scalar.text.strip()) for scalar in scalars(node))


def scalars(node: Node | None) -> list[Scalar]:
    """All texts in `node`, in order, keys left out; a text that is a single value stands for itself."""
    if isinstance(node, Scalar):
        return [node] if node.value is not None else []
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    if isinstance(node, Mapping):
        return [scalar for value in node.values.values() for scalar in scalars(value)]
    return []


def text_of(node: Node | None) -> str:
    """All texts in `node` as one text, a line for each."""
    return "\n".join(scalar.text for scalar in scalars(node))

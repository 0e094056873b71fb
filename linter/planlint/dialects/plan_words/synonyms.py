"""Other words for the plan file's own, where they can mean only one thing, and hints for words that cannot be kept.

Keys are compared without letter case, hyphens, blanks and underscores (`fold`), so `blockedBy`, `blocked-by` and
`blocked_by` are one word. The words are those that public plans use for the same thing.
"""

from __future__ import annotations

from planlint.dialects.keys import Vocabulary
from planlint.dialects.plan_words import table

_PLAN = {
    "plan": ("name", "title", "plan_name"),
    "description": ("goal", "objective", "summary", "overview"),
    "isolation": ("isolation_mode", "workspace"),
    "runtime": ("platform",),
    "max_parallel": (
        "max_agents", "max_concurrent", "max_concurrency", "max_parallel_agents", "max_parallel_tasks", "concurrency",
        "parallelism",
    ),
    "workers": ("worker_count", "num_workers"),
    "limits": ("budgets",),
    "context": ("context_files", "inherits", "shared_context", "memory"),
    "off_limits": ("forbidden", "do_not_touch", "do_not_modify", "out_of_scope", "deny", "protected"),
    "owners": ("ownership", "single_owner", "file_owners"),
    "hubs": ("hub_files", "shared_files"),
    "acknowledged": ("acknowledged_overlaps", "known_overlaps", "accepted_overlaps"),
    "contracts": ("interfaces",),
}  # fmt: skip

_TASK = {
    "id": ("task_id", "key"),
    "title": ("name", "subject"),
    "brief": ("prompt", "instructions", "agent_prompt", "task_prompt"),
    "agent": ("subagent_type", "agent_type", "subagent"),
    "kind": ("task_type", "task_kind"),
    "isolation": ("isolation_mode", "workspace"),
    "creates": ("create", "files_to_create", "new_files", "files_created"),
    "modifies": ("modify", "files_to_modify", "changes", "edits"),
    "deletes": ("delete", "removes", "files_to_delete", "deleted_files"),
    "writes": (
        "files", "file", "files_modified", "files_scope", "file_scope", "file_boundaries", "owned_files", "owns",
        "allowed_paths", "allowed_files", "write_scope", "write_allow", "touches", "target_files", "output_file",
    ),
    "reads": ("read", "read_first", "files_to_read", "read_allow", "read_only", "references"),
    "off_limits": ("forbidden", "do_not_touch", "do_not_modify", "out_of_scope", "deny", "strictly_forbidden"),
    "depends_on": (
        "depends", "dependencies", "deps", "blocked_by", "requires", "needs", "after", "waits_for", "prerequisites",
    ),
    "blocks": ("before", "required_by", "add_blocks"),
    "conflicts_with": ("conflicts", "exclusive_with", "not_parallel_with", "mutex_with"),
    "parallel": ("parallelizable", "parallel_safe"),
    "provides": ("implements",),
    "consumes": ("expects", "uses_contracts"),
    "resources": ("exclusive_resources",),
    "verify": (
        "verification", "test", "test_command", "check", "acceptance", "acceptance_criteria", "done_when",
        "verification_intent", "test_strategy",
    ),
    "returns": ("output", "expected_output", "output_format", "deliverable", "deliverables", "result"),
    "background": ("run_in_background", "async", "async_execution"),
    "done": ("completed", "finished"),
    "status": ("state",),
    "estimate": ("estimated_time", "duration", "time_estimate", "estimated_minutes", "estimate_minutes"),
}  # fmt: skip

_SCOPE = {"path": ("file", "pattern"), "note": ("reason", "comment"), "weak": ("optional", "maybe", "if_needed")}
_CONTRACT = {"id": ("name",), "file": ("path", "defined_in"), "signature": ("shape", "schema", "type", "definition")}
_REF = {"contract": ("id", "name"), "file": ("path",), "signature": ("shape", "schema", "type")}
_AGENT = {
    "type": ("subagent_type", "agent_type"),
    "name": ("worker",),
    "tools": ("allowed_tools",),
    "mode": ("permission_mode",),
}
_RESOURCES = {
    "port": ("ports",),
    "database": ("databases", "db"),
    "branch": ("branches",),
    "worktree": ("worktrees",),
    "container": ("containers", "services"),
    "lock": ("locks", "mutex", "keys"),
    "scratch": ("temporary", "temp_files"),
}
_HUB = {"path": ("file", "pattern"), "owner": ("task",), "note": ("reason", "comment")}
_ACKNOWLEDGED = {"path": ("file", "pattern"), "note": ("reason", "comment", "resolution")}

_TASK_HINTS = {
    "model": "it belongs to the agent: `agent: {type: general-purpose, model: sonnet}`",
    "tools": "they belong to the agent: `agent: {type: general-purpose, tools: [Read, Edit]}`",
    "owner": "name the worker with `agent: {name: ...}`",
    "assignee": "name the worker with `agent: {name: ...}`",
    "worker": "name the worker with `agent: {name: ...}`",
    "subtasks": "tasks do not nest: list them all, and order them with `depends_on` or `phase`",
    "tests": "say `creates` or `modifies` for test files, and `verify` for the command that checks the task",
    "scope": "say what is done to the files: `creates`, `modifies`, `writes` or `reads`",
    "paths": "say what is done to the files: `creates`, `modifies`, `writes` or `reads`",
    "produces": "say `creates` for files and `provides` for contracts",
    "outputs": "say `creates` for files and `returns` for what is handed back",
    "inputs": "say `reads` for files and `consumes` for contracts",
    "context": "files that the task reads go into `reads`; `context` stands at the top of the plan",
    "group": "say `wave` for tasks that run together",
    "parallel_group": "say `wave` for tasks that run together",
    "type": "say `kind` for the sort of work and `agent` for who does it",
}
_PLAN_HINTS = {
    "task": "tasks stand in a list: `tasks:`",
    "phases": "tasks do not nest: list them all under `tasks` and give each its `phase`",
    "waves": "tasks do not nest: list them all under `tasks` and give each its `wave`",
    "id": "name the plan with `plan`",
}

ISOLATION_WORDS = {
    "sharedcheckout": "shared",
    "sharedworkspace": "shared",
    "samecheckout": "shared",
    "checkout": "shared",
    "none": "shared",
    "worktrees": "worktree",
    "gitworktree": "worktree",
    "branches": "branch",
    "gitbranch": "branch",
    "clone": "branch",
    "stack": "stacked",
    "stackedbranches": "stacked",
    "readonly": "read-only",
}
"""Folded word to the isolation that it means."""

KIND_WORDS = {
    "implement": "build",
    "implementation": "build",
    "feature": "build",
    "code": "build",
    "validate": "review",
    "validation": "review",
    "verification": "review",
    "audit": "review",
    "explore": "research",
    "exploration": "research",
    "investigate": "research",
    "investigation": "research",
    "analysis": "research",
    "integration": "integrate",
    "merge": "integrate",
    "coordination": "coordinate",
    "orchestrate": "coordinate",
    "orchestration": "coordinate",
}
"""Folded word to the kind of work that it means."""

FINISHED_WORDS = frozenset({
    "done", "complete", "completed", "closed", "merged", "finished", "shipped", "cancelled", "canceled", "skipped",
    "dropped", "obsolete", "wontfix", "verified",
})  # fmt: skip
"""Folded words of `status` that mean: it will not run any more."""


PLAN = Vocabulary(table.PLAN, _PLAN, _PLAN_HINTS)
TASK = Vocabulary(table.TASK, _TASK, _TASK_HINTS)
SCOPE = Vocabulary(table.SCOPE, _SCOPE)
CONTRACT = Vocabulary(table.CONTRACT, _CONTRACT)
REF = Vocabulary(table.REF, _REF)
AGENT = Vocabulary(table.AGENT, _AGENT)
RESOURCES = Vocabulary(table.RESOURCES, _RESOURCES)
HUB = Vocabulary(table.HUB, _HUB)
ACKNOWLEDGED = Vocabulary(table.ACKNOWLEDGED, _ACKNOWLEDGED)
LIMITS = Vocabulary(table.LIMITS)

VOCABULARIES: dict[str, Vocabulary] = {
    "": PLAN,
    "tasks": TASK,
    "contracts": CONTRACT,
    "agent": AGENT,
    "resources": RESOURCES,
    "hubs": HUB,
    "acknowledged": ACKNOWLEDGED,
    "limits": LIMITS,
    "provides": REF,
    "consumes": REF,
    **dict.fromkeys(("creates", "modifies", "deletes", "writes", "reads", "off_limits"), SCOPE),
}
"""Field that holds a mapping (or a list of them) to the words inside; the empty name is the plan itself."""

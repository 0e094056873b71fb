"""The `ccpm` dialect: epics of task files, their marks and ids, and analyses with streams."""

from __future__ import annotations

from itertools import combinations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.ccpm.dialect import CcpmDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Mode, Plan

EPIC = ".claude/epics/shop"


def page(name: str = "Task", *, deps: str = "[]", parallel: str = "true", front: str = "", body: str = "") -> str:
    lines = ["---", f"name: {name}", "status: open", f"depends_on: {deps}", f"parallel: {parallel}"]
    return "\n".join([*lines, *([front] if front else []), "---", "", f"# Task: {name}", "", body, ""])


class Epic:
    """Files in memory, loaded as one epic or analysis."""

    def __init__(self, tmp_path, files: dict[str, str], first: str = "") -> None:
        self.workspace = FileWorkspace(tmp_path, {f"{EPIC}/{name}": text for name, text in files.items()})
        self.document = self.workspace.read(f"{EPIC}/{first or next(iter(files))}")
        self.dialect = CcpmDialect()
        self.members = self.dialect.members(self.document, self.workspace)
        self.loaded = self.dialect.load([self.workspace.read(member) for member in self.members], self.workspace)
        self.plan: Plan = self.loaded.plans[0]

    def together(self) -> dict[tuple[str, str], Evidence]:
        order = Order(self.plan, References(self.plan), include_done=True)
        return {
            (one.id, other.id): order.concurrency(one.index, other.index).evidence
            for one, other in combinations(self.plan.tasks, 2)
            if order.concurrent(one.index, other.index)
        }

    def writes(self, task: int = 0) -> list[tuple[str, Mode]]:
        return [(scope.path, scope.mode) for scope in self.plan.tasks[task].writes]


def test_an_epic_is_its_task_files_in_the_order_of_their_numbers(tmp_path):
    files = {
        "10.md": page(),
        "9.md": page(),
        "epic.md": "---\nname: shop\nstatus: open\n---\n",
        "9-analysis.md": "# A\n",
    }
    epic = Epic(tmp_path, files, "9.md")
    assert epic.members == (f"{EPIC}/epic.md", f"{EPIC}/9.md", f"{EPIC}/10.md")
    assert [task.id for task in epic.plan.tasks] == ["9", "10"]
    assert (epic.plan.path, epic.plan.name) == (EPIC, "shop")


@pytest.mark.parametrize(
    ("path", "text", "score"),
    [
        (f"{EPIC}/12.md", page(), 95),
        ("tasks/basket.md", page(), 80),
        (f"{EPIC}/12.md", "---\nname: [\n---\n\n# Task\n", 80),
        ("posts/12.md", "---\nname: Post\nstatus: draft\n---\n\n# Post\n", None),
        (f"{EPIC}/epic.md", "---\nname: shop\nstatus: open\n---\n\n# Epic\n", None),
        (
            f"{EPIC}/12-analysis.md",
            "---\nissue: 12\nanalyzed: 2026-10-01\n---\n\n# Analysis\n\nNothing to split.\n",
            None,
        ),
    ],
)
def test_files_are_recognised_by_their_fields_together(tmp_path, path, text, score):
    workspace = FileWorkspace(tmp_path, {path: text})
    match = CcpmDialect().recognise(workspace.read(path), workspace)
    assert (match.score if match else None) == score


def test_marks_and_dependencies_decide_what_runs_together(tmp_path):
    epic = Epic(
        tmp_path,
        {
            "1.md": page(),
            "2.md": page(deps="[1]"),
            "3.md": page(),
            "4.md": page(parallel="false"),
            "5.md": "---\nname: T\nstatus: open\ndepends_on: [1]\n---\n",
        },
    )
    stated, inferred = Evidence.STATED, Evidence.INFERRED
    assert epic.together() == {("1", "3"): stated, ("2", "3"): stated, ("2", "5"): inferred, ("3", "5"): inferred}


def test_a_task_that_runs_alone_does_not_put_others_in_order(tmp_path):
    epic = Epic(tmp_path, {"1.md": page(), "2.md": page(parallel="false", deps="[1]"), "3.md": page()})
    assert set(epic.together()) == {("1", "3")}


def test_declared_conflicts_keep_tasks_apart(tmp_path):
    epic = Epic(tmp_path, {"1.md": page(front="conflicts_with: [2]"), "2.md": page(front="conflicts_with: [1]")})
    assert epic.together() == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[7]", ["7"]),
        ("['#7']", ["7"]),
        ("[007]", ["007"]),
        ('"7, 8"', ["7", "8"]),
        ("[112]", ["7"]),
        ("none", []),
        ("", []),
        ("[login page]", ["login page"]),
    ],
)
def test_ids_stay_as_written_unless_a_file_or_its_issue_bears_them(tmp_path, written, expected):
    issue = "github: https://github.com/example/shop/issues/112"
    epic = Epic(tmp_path, {"7.md": page(front=issue), "8.md": page(), "9.md": page(deps=written)})
    assert [item.task for item in epic.plan.tasks[2].depends_on] == expected


def test_zero_padded_ids_name_zero_padded_files_exactly(tmp_path):
    epic = Epic(tmp_path, {"001.md": page(), "010.md": page(deps="[001]")})
    assert [(task.id, [item.task for item in task.depends_on]) for task in epic.plan.tasks] == [
        ("001", []),
        ("010", ["001"]),
    ]
    assert epic.loaded.problems == []


def test_ids_from_before_the_sync_are_one_complaint_for_each_file_and_order_nothing(tmp_path):
    epic = Epic(tmp_path, {"2.md": page(), "3.md": page(deps="[001, 002]"), "4.md": page()})
    assert [(item.code, item.origin.text) for item in epic.loaded.problems] == [("PL003", "001")]
    assert "3 refers to 001, 002" in epic.loaded.problems[0].message
    assert epic.plan.incomplete
    assert epic.together()[("2", "3")] is Evidence.INFERRED
    assert epic.together()[("2", "4")] is Evidence.STATED


def test_what_only_the_section_of_dependencies_tells_is_stated(tmp_path):
    body = """## Dependencies

- [ ] #7 must be complete
- [ ] Blocks #9
- [ ] PostgreSQL 16 is installed

## Related Tasks

- **Depends on:** Task 8 (Basket)
- **Used by:** Task 10
"""
    epic = Epic(tmp_path, {"6.md": page(body=body), **{f"{n}.md": page() for n in (7, 8, 9, 10)}})
    assert [(item.task, item.evidence) for item in epic.plan.tasks[0].depends_on] == [
        ("7", Evidence.STATED),
        ("8", Evidence.STATED),
    ]


def test_files_come_from_lists_labels_and_edit_verbs_and_not_from_checks(tmp_path):
    body = """Read CLAUDE.md first.

## Acceptance Criteria

- [ ] `src/never.ts` is gone

## Technical Details

### Files Affected

- `src/a.ts` (new)
- `src/b.ts` (modify existing)
- `src/c.ts` (existing)

**File:** `tests/a.test.ts`

- Create `src/d.ts` with the types
- **Code locations/files affected**:
  - `/src/f.ts` - the view

## Dependencies

- [ ] `src/e.ts` exists
"""
    epic = Epic(tmp_path, {"1.md": page(body=body)})
    assert epic.writes() == [
        ("src/a.ts", Mode.CREATE),
        ("src/b.ts", Mode.MODIFY),
        ("tests/a.test.ts", Mode.WRITE),
        ("src/d.ts", Mode.CREATE),
        ("src/f.ts", Mode.WRITE),
    ]
    assert {scope.path for scope in epic.plan.tasks[0].reads} == {"src/c.ts", "CLAUDE.md"}
    assert {scope.evidence for scope in epic.plan.tasks[0].writes} == {Evidence.STATED}
    assert all(scope.origin.text.lstrip("/") == scope.path for scope in epic.plan.tasks[0].writes)


def test_absolute_paths_of_the_authors_checkout_become_relative(tmp_path):
    paths = ["src/a.ts", "src/b.ts", "lib/c.ts"]
    lists = "\n".join(f"- `/home/ann/shop/{path}`" for path in paths)
    epic = Epic(tmp_path, {"1.md": page(body=f"### File Paths\n\n{lists}\n")})
    assert [path for path, _ in epic.writes()] == paths


ANALYSIS = """---
issue: 12
analyzed: 2026-10-01T10:00:00Z
status: {status}
---

# Parallel Work Analysis: Issue #12

### Stream A: Model
**Scope**: Tables. Do not touch `src/api.ts`.
**Files**:
- `src/model.ts` - tables
- `src/types.ts`
**Agent Type**: backend-specialist
**Can Start**: immediately (parallel with Stream B)

### Stream B: Pages
**Files**: `src/page.ts`, `src/types.ts`
**Can Start**: Immediately
**Dependencies**: none

### Stream C: Tests
**Files**:
- `tests/**`
**Can Start**: after Streams A and B complete
**Dependencies**: Stream A (needs the tables of Stream B)

### Shared Files
- `src/types.ts` - Streams A & B add types
- Documentation
"""


def test_streams_of_an_analysis_are_a_plan_of_their_own(tmp_path):
    epic = Epic(tmp_path, {"12-analysis.md": ANALYSIS.format(status="open"), "12.md": page()})
    assert epic.members == (f"{EPIC}/12-analysis.md",)
    assert [(task.id, task.title) for task in epic.plan.tasks] == [
        ("Stream A", "Model"),
        ("Stream B", "Pages"),
        ("Stream C", "Tests"),
    ]
    assert epic.together() == {("Stream A", "Stream B"): Evidence.DECLARED}
    assert [item.task for item in epic.plan.tasks[2].depends_on] == ["Stream A", "Stream B"]
    assert epic.plan.tasks[0].agent.type == "backend-specialist"
    assert [scope.path for scope in epic.plan.tasks[0].off_limits] == ["src/api.ts"]
    assert epic.writes(1) == [("src/page.ts", Mode.WRITE), ("src/types.ts", Mode.WRITE)]
    assert epic.plan.has(Capability.DECLARED_WRITES)


def test_a_second_heading_of_a_stream_that_names_a_part_of_it_is_no_stream(tmp_path):
    more = "\n## Breakdown\n\n### Stream A Tasks:\n1. Write the tables\n\n### Stream B Tasks:\n1. Write the pages\n"
    epic = Epic(tmp_path, {"12-analysis.md": ANALYSIS.format(status="open") + more})
    assert [task.id for task in epic.plan.tasks] == ["Stream A", "Stream B", "Stream C"]


@pytest.mark.parametrize("lead", ["Key files:\n", "### Key files\n\n", "**Key Files**:\n"])
def test_key_files_of_a_task_are_what_it_changes(lead, tmp_path):
    epic = Epic(tmp_path, {"1.md": page(body=f"## Details\n\n{lead}- `src/a.ts`\n- `src/b.ts` (new)\n")})
    assert [path for path, _ in epic.writes()] == ["src/a.ts", "src/b.ts"]


def test_shared_files_are_acknowledged_for_the_streams_they_name(tmp_path):
    constraints = Epic(tmp_path, {"12-analysis.md": ANALYSIS.format(status="open")}).plan.constraints
    assert [(item.kind, item.scope.path, item.tasks) for item in constraints] == [
        ("acknowledged", "src/types.ts", ("Stream A", "Stream B"))
    ]
    assert constraints[0].origin.text == "src/types.ts"


def test_streams_of_a_closed_issue_are_done(tmp_path):
    assert all(task.done for task in Epic(tmp_path, {"12-analysis.md": ANALYSIS.format(status="closed")}).plan.tasks)


def test_bold_words_above_files_tell_what_happens_to_them(tmp_path):
    body = "## Scope\n\n**Modify**: `a/x.py`, `a/y.py`\n**Create**: `a/z.py`\n\n**Files to touch**\n- `a/w.py`\n"
    assert dict(Epic(tmp_path, {"1.md": page(body=body)}).writes()) == {
        "a/x.py": Mode.MODIFY,
        "a/y.py": Mode.MODIFY,
        "a/z.py": Mode.CREATE,
        "a/w.py": Mode.WRITE,
    }


def bare(front: str, body: str = "") -> str:
    return f"---\nstatus: pending\ndepends_on: []\nparallel: true\n{front}---\n# Task 003 - Price list\n\n{body}\n"


def test_a_numbered_page_needs_no_name_its_heading_is_the_title(tmp_path):
    workspace = FileWorkspace(tmp_path, {f"{EPIC}/003.md": bare(""), "notes/003.md": bare("id: x\n")})
    dialect = CcpmDialect()
    assert dialect.recognise(workspace.read(f"{EPIC}/003.md"), workspace).score == 90
    assert dialect.recognise(workspace.read("notes/003.md"), workspace) is None
    assert [task.title for task in Epic(tmp_path, {"003.md": bare("")}).plan.tasks] == ["Price list"]


def test_task_files_may_have_words_behind_their_number_and_notes_beside_them_are_no_tasks(tmp_path):
    files = {"001-basket.md": page("Basket"), "002.md": page(deps="[001]"), "002-progress.md": "# Half of it works\n"}
    epic = Epic(tmp_path, files)
    assert [(task.id, [one.task for one in task.depends_on]) for task in epic.plan.tasks] == [
        ("001", []),
        ("002", ["001"]),
    ]


def test_files_in_front_matter_are_declared(tmp_path):
    body = "Create `src/basket.py`.\n\nUpdate `docs/basket.md`."
    front = "files:\n  - src/basket.py (new)\n  - src/price.py"
    task = Epic(tmp_path, {"1.md": page(front=front, body=body)}).plan.tasks[0]
    assert [(one.path, one.mode, one.body) for one in task.writes] == [
        ("src/basket.py", Mode.CREATE, False),
        ("src/price.py", Mode.WRITE, False),
        ("docs/basket.md", Mode.MODIFY, True),
    ]
    assert task.scope_known


def test_acceptance_criteria_that_are_orders_are_work_and_states_are_not(tmp_path):
    body = (
        "## Acceptance Criteria\n\n- [ ] Create `src/a.ts`\n- [ ] `src/b.ts` exists\n- [ ] Updates reach `src/c.ts`\n"
    )
    assert Epic(tmp_path, {"1.md": page(body=body)}).writes() == [("src/a.ts", Mode.CREATE)]


def test_sections_say_what_a_task_owns_and_what_it_must_leave_alone(tmp_path):
    body = (
        "## What this task owns\n\n- `src/a.ts` and/or `src/b.ts`\n\n## Out of scope\n\n- `src/c.ts`\n"
        "- Everything that `src/d.ts` does\n\n## Tests to Write\n\n### Unit\n\n- `tests/a.test.ts`\n  - Test: it adds\n"
    )
    task = Epic(tmp_path, {"1.md": page(body=body)}).plan.tasks[0]
    assert [one.path for one in task.writes] == ["src/a.ts", "src/b.ts", "tests/a.test.ts"]
    assert [one.path for one in task.off_limits] == ["src/c.ts"]


def test_streams_list_files_under_labels_of_their_own_kind_and_what_they_only_read(tmp_path):
    text = (
        "---\nissue: 9\nanalyzed: 2026-10-01\n---\n\n# Analysis\n\n### Stream A: Views\n**Scope**: polish\n"
        "**Implementation Files**:\n- app/View.swift (new)\n- app/Theme.swift (如需)\n**E2E Testing Files**:\n"
        "- tests/ViewTests.swift\n**Reference Files**:\n- app/Old.swift\n**Can Start**: immediately\n"
    )
    task = Epic(tmp_path, {"9-analysis.md": text}).plan.tasks[0]
    assert [(one.path, one.weak) for one in task.writes] == [
        ("app/View.swift", False),
        ("app/Theme.swift", True),
        ("tests/ViewTests.swift", False),
    ]


def test_a_list_of_files_goes_on_in_the_next_line_and_a_sentence_below_it_forbids(tmp_path):
    body = (
        "Files: `decks/5.mdx`, `decks/5/`,\n`decks/5/SOURCES.md`.\n\n## Scope — yours alone\n\n- `decks/6.mdx`\n"
        "- `decks/6/` and their\n  `README.md`\n\n**Do not touch** `decks/theme.css` (task 1 owns it), any other "
        "deck, or\n`package.json` / `lib/lock.yaml`.\n"
    )
    task = Epic(tmp_path, {"1.md": page(body=body)}).plan.tasks[0]
    assert [one.path for one in task.writes] == ["decks/5.mdx", "decks/5/SOURCES.md", "decks/6.mdx"]
    assert [one.path for one in task.off_limits] == ["decks/theme.css"]


def test_a_file_to_update_if_it_exists_is_written(tmp_path):
    text = (
        "---\nissue: 9\nanalyzed: 2026-10-01\n---\n\n# Analysis\n\n### Stream A: Cards\n**Files**:\n"
        "- src/card.tsx\n- tests/card.test.tsx (update if exists)\n- src/old.tsx (exists)\n"
    )
    task = Epic(tmp_path, {"9-analysis.md": text}).plan.tasks[0]
    assert [(one.path, one.mode) for one in task.writes] == [
        ("src/card.tsx", Mode.WRITE),
        ("tests/card.test.tsx", Mode.MODIFY),
    ]


STREAMS = (
    "# Analysis: shop\n\n### Stream A: Store\n**Agent Type**: backend\n**Files**: `src/store.py`, `src/price.py`\n"
    "**Dependencies**: None (can start immediately)\n**Can Start**: Immediately\n\n### Stream B: Views\n"
    "**Agent Type**: frontend\n**Files**: `src/view.py`\n**Dependencies**: Stream A (needs the store)\n"
    "**Can Start**: After Stream A completes\n\n### Stream C: Docs\n**Agent Type**: writer\n**Files**: `docs/shop.md`\n"
    "**Dependencies**: Streams A-B (describes them)\n**Can Start**: After Streams A-B complete\n"
)


@pytest.mark.parametrize("name", ["4-analysis.md", "shop-analysis.md"])
def test_an_analysis_is_known_by_the_labels_of_its_streams_and_ranges_of_streams_are_waited_for(name, tmp_path):
    assert CcpmDialect().might_be(name, STREAMS)
    epic = Epic(tmp_path, {name: STREAMS})
    assert [[scope.path for scope in task.writes] for task in epic.plan.tasks] == [
        ["src/store.py", "src/price.py"],
        ["src/view.py"],
        ["docs/shop.md"],
    ]
    assert [[one.task for one in task.depends_on] for task in epic.plan.tasks] == [
        [],
        ["Stream A"],
        ["Stream A", "Stream B"],
    ]


def test_streams_without_the_labels_of_an_analysis_are_none(tmp_path):
    text = STREAMS.replace("**Agent Type**", "**Who**")
    workspace = FileWorkspace(tmp_path, {"shop.md": text})
    assert CcpmDialect().recognise(workspace.read("shop.md"), workspace) is None

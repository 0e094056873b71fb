"""What stands below a Spec Kit task: labels in many languages, lists below them, and what only describes or checks."""

from __future__ import annotations

from pathlib import Path

from planlint.diagnostics import Evidence
from planlint.dialects.spec_kit.dialect import SpecKitDialect
from planlint.engine.workspace import FileWorkspace
from planlint.model import Task
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source


def only_task(text: str, tmp_path: Path) -> Task:
    document = read_markdown(Source("specs/001-x/tasks.md", f"# Tasks\n\n## Phase 1: Core\n\n{text}"))
    (plan,) = SpecKitDialect().load([document], FileWorkspace(tmp_path)).plans
    (task,) = plan.tasks
    return task


def written(task: Task) -> list[str]:
    return [scope.path for scope in task.writes]


def test_labels_of_files_count_in_other_languages_and_on_lines_of_one_paragraph(tmp_path):
    spanish = only_task("### T001 [P] Sembrar datos\n- Archivo: `scripts/seed.ts` + `scripts/rows.ts`.\n", tmp_path)
    assert written(spanish) == ["scripts/seed.ts", "scripts/rows.ts"]
    assert {scope.evidence for scope in spanish.writes} == {Evidence.STATED}
    lines = "**Time**: 15 minutes\n**File**: `tests/test_hook.py`\n**Description**: See src/hook.py.\n"
    assert written(only_task(f"### T001 Contract test\n{lines}", tmp_path)) == ["tests/test_hook.py"]


def test_a_list_below_files_is_what_the_task_changes(tmp_path):
    task = only_task(
        "### T001 Extend the user\n\n**Files to modify**:\n- `src/user.ts`\n- `src/index.ts` (register)\n\n"
        "**Notes**:\n- `src/old.ts` shows the style\n",
        tmp_path,
    )
    assert written(task) == ["src/user.ts", "src/index.ts"]


def test_a_plan_document_in_the_list_of_files_is_written(tmp_path):
    assert written(only_task("### T001 Record it\n- Files: `specs/001-x/plan.md`\n", tmp_path)) == [
        "specs/001-x/plan.md"
    ]


def test_a_list_of_files_outweighs_conclusions_from_the_description(tmp_path):
    task = only_task(
        "### T001 Create the hook\n- Files: `hooks/first.py`\n"
        "- What: If it is the first run, write answers to `~/.x/config.json`.\n"
        "- Do: update `hooks/all.json`\n",
        tmp_path,
    )
    assert written(task) == ["hooks/first.py", "hooks/all.json"]


def test_acceptance_neither_writes_nor_forbids(tmp_path):
    task = only_task(
        "### T001 Add the check\n- Files: `src/check.py`\n"
        "- Acceptance: adding `a.yml` without updating `src/route.yml` fails; `src/check.py` guards remain intact.\n",
        tmp_path,
    )
    assert written(task) == ["src/check.py"]
    assert task.off_limits == ()


def test_what_a_label_says_of_waiting_is_all_that_is_waited_for(tmp_path):
    labelled = only_task("### T001 Remove it\n- Depends on: none\n- What: redundant once T009 is merged.\n", tmp_path)
    told = only_task("### T001 Remove it\n- What: possible once T009 is merged.\n", tmp_path)
    assert labelled.depends_on == ()
    assert [needed.task for needed in told.depends_on] == ["T009"]


def test_a_file_written_both_ways_shows_where_the_checkout_is(tmp_path):
    task = only_task(
        "- [ ] T001 Add a scope in app/models/page.rb (/Users/ann/dev/shop/app/models/page.rb) and in\n"
        "  /Users/ann/dev/shop/app/models/site.rb\n",
        tmp_path,
    )
    assert written(task) == ["app/models/page.rb", "app/models/site.rb"]


def test_a_status_below_a_heading_says_whether_the_task_is_done(tmp_path):
    for status, done in (("[X] Complete", True), ("Done", True), ("[~] In Progress", False), ("[ ] Complete", False)):
        assert only_task(f"### T01: Sow\n\n- **Status**: {status}\n- **Files**: `beds.py`\n", tmp_path).done is done

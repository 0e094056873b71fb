"""What briefs of a plan file say about files, beside the declared lists."""

from __future__ import annotations

from pathlib import Path

import planlint
from planlint.diagnostics import Evidence
from planlint.model import Mode, Plan


def _plan(tmp_path: Path, text: str) -> Plan:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    return planlint.load(file)


def test_a_file_that_only_the_brief_creates_is_a_stated_write_at_its_place(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "tasks:\n  - id: a\n    brief: |\n      Look around.\n      Create `src/a.py`.\n")
    (scope,) = plan.tasks[0].writes
    assert (scope.path, scope.mode, scope.evidence, scope.body) == ("src/a.py", Mode.CREATE, Evidence.STATED, False)
    assert scope.origin.begin.line == 5


def test_beside_a_declaration_a_write_of_the_brief_counts_as_told_in_the_body(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "tasks:\n  - id: a\n    creates: [src/a.py]\n    brief: Update src/b.py.\n")
    declared, told = plan.tasks[0].writes
    assert (declared.path, declared.body) == ("src/a.py", False)
    assert (told.path, told.mode, told.body) == ("src/b.py", Mode.MODIFY, True)


def test_what_is_declared_already_is_not_added_again(tmp_path: Path) -> None:
    text = "tasks:\n  - id: a\n    creates: [a.py]\n    reads: [src/b.py]\n    brief: Create a.py as src/b.py says.\n"
    task = _plan(tmp_path, text).tasks[0]
    assert [scope.path for scope in task.writes] == ["a.py"]
    assert [scope.path for scope in task.reads] == ["src/b.py"]


def test_a_brief_gives_reads_and_files_to_keep_away_from(tmp_path: Path) -> None:
    text = "tasks:\n  - id: a\n    creates: [src/a.py]\n    brief: Read src/b.py. Do not touch src/c.py.\n"
    task = _plan(tmp_path, text).tasks[0]
    assert [scope.path for scope in task.reads] == ["src/b.py"]
    assert [scope.path for scope in task.off_limits] == ["src/c.py"]


def test_a_listed_file_that_the_brief_forbids_is_one_to_keep_away_from(tmp_path: Path) -> None:
    text = "tasks:\n  - id: a\n    writes: [src/a.py, {0}]\n    brief: Extend src/a.py. Do not touch {0}.\n"
    for path in ("src/b.py", "Makefile"):
        task = _plan(tmp_path, text.format(path)).tasks[0]
        assert [scope.path for scope in task.off_limits] == [path]


def test_scratch_files_outside_of_the_project_are_no_writes(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "tasks:\n  - id: a\n    brief: Write the numbers to /tmp/numbers.json.\n")
    assert plan.tasks[0].writes == ()


def test_a_progress_file_by_its_bare_name_is_the_one_at_the_root_and_another_bare_name_is_nothing(
    tmp_path: Path,
) -> None:
    plan = _plan(tmp_path, "tasks:\n  - id: a\n    brief: Update STATE.md and update index.ts.\n")
    assert [scope.path for scope in plan.tasks[0].writes] == ["STATE.md"]


def test_a_description_in_place_of_a_brief_is_read_too(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "plan: p\ntasks:\n  - id: a\n    description: Create src/a.py.\n")
    assert [scope.path for scope in plan.tasks[0].writes] == ["src/a.py"]


def test_prose_without_paths_adds_nothing(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "tasks:\n  - id: a\n    brief: Think about it, e.g. twice. Then write.\n")
    assert plan.tasks[0].writes == ()
    assert plan.tasks[0].reads == ()

"""The `gsd` dialect: which files make up a phase, what its plans touch, and which of them may run together."""

from __future__ import annotations

from itertools import combinations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.gsd import layout
from planlint.dialects.gsd.dialect import GsdDialect
from planlint.dialects.gsd.tags import read_body
from planlint.dialects.path_lists import files_in
from planlint.dialects.prose import PathContext
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Isolation, Kind, Mode, Plan
from planlint.readers.prose import Prose
from planlint.readers.tree import Scalar
from planlint.source import Source

PHASE = ".planning/phases/03-billing"


def _prose(text: str) -> Prose:
    return Prose.of_scalar(Scalar(Source("x.md", text), 0, len(text), text, text, "plain"))


def plan_text(number: str = "01", *, front: str = "", body: str = "", wave: str | None = "1", **fields: str) -> str:
    values = {"depends_on": "[]", "files_modified": "[]", **fields}
    lines = ["---", "phase: 03-billing", f"plan: {number}", *(f"{key}: {value}" for key, value in values.items())]
    lines += [f"wave: {wave}"] if wave is not None else []
    lines += [front] if front else []
    return "\n".join([*lines, "---", "", "<objective>Do it.</objective>", "", body, ""])


def step(files: str = "", action: str = "Do it.", name: str = "Task 1: Work", kind: str = "auto") -> str:
    return (
        f'<task type="{kind}">\n  <name>{name}</name>\n  <files>{files}</files>\n'
        f"  <action>\n{action}\n  </action>\n</task>"
    )


class Phase:
    """Files in memory, loaded as one phase."""

    def __init__(self, tmp_path, files: dict[str, str], directory: str = PHASE) -> None:
        paths = {f"{directory}/{name}" if not name.startswith(".planning") else name: t for name, t in files.items()}
        self.workspace = FileWorkspace(tmp_path, paths)
        first = next(path for path in sorted(paths) if "PLAN" in path)
        self.document = self.workspace.read(first)
        dialect = GsdDialect()
        self.members = dialect.members(self.document, self.workspace)
        self.loaded = dialect.load([self.workspace.read(member) for member in self.members], self.workspace)
        self.plan: Plan = self.loaded.plans[0]

    def order(self) -> Order:
        return Order(self.plan, References(self.plan), include_done=True)

    def together(self) -> dict[tuple[str, str], Evidence]:
        """Concurrent pairs of ids to how sure that is."""
        order = self.order()
        return {
            (one.id, other.id): order.concurrency(one.index, other.index).evidence
            for one, other in combinations(self.plan.tasks, 2)
            if order.concurrent(one.index, other.index)
        }


def writes(phase: Phase, task: int = 0) -> dict[str, tuple[str, str, bool]]:
    return {s.path: (s.mode.value, s.evidence.value, s.body) for s in phase.plan.tasks[task].writes}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{PHASE}/03-02-PLAN.md", "03-02"),
        (f"{PHASE}/03-02-charts-PLAN.md", "03-02"),
        (f"{PHASE}/3-2-PLAN.md", "3-2"),
        (f"{PHASE}/3-2-charts.PLAN.md", "3-2"),
        (".planning/phases/phase-4-api/02-PLAN.md", "4-02"),
        (f"{PHASE}/02-PLAN.md", "03-02"),
        (f"{PHASE}/3-1-api.PLAN.md", "3-1"),
        (".planning/phases/57.7-x/57.7-12a-PLAN.md", "57.7-12a"),
        (".planning/phases/18-x/18-04.6-PLAN.md", "18-04.6"),
        (".planning/phases/03-x/plans/PLAN-02-charts.md", "03-02"),
        (".planning/quick/001-fix/001-PLAN.md", "001"),
        (".gsd/phases/3/1-PLAN.md", "3-1"),
        (".gsd/phases/3/3-PLAN.md", "3-3"),
        (".gsd/phases/3/3.2-PLAN.md", "3.2"),
    ],
)
def test_the_id_of_a_plan_is_read_from_the_names_that_people_give_files(path, expected):
    assert layout.plan_name(path).id == expected


def test_all_plan_files_of_a_directory_are_one_plan_and_nothing_else_is(tmp_path):
    phase = Phase(
        tmp_path,
        {
            "03-01-PLAN.md": plan_text("01"),
            "03-02-PLAN.md": plan_text("02"),
            "03-RESEARCH.md": "# Research\n",
            "03-PLAN-OUTLINE.md": "# Outline\n",
            "plans/PLAN-03-more.md": plan_text("03"),
            ".planning/phases/04-other/04-01-PLAN.md": plan_text("01"),
        },
    )
    assert [task.id for task in phase.plan.tasks] == ["03-01", "03-02", "03-03"]
    assert GsdDialect().plan_path(phase.document, phase.members) == PHASE
    assert (phase.plan.path, phase.plan.name) == (PHASE, "03-billing")


def test_files_that_share_a_number_keep_their_whole_name_as_id(tmp_path):
    phase = Phase(tmp_path, {"03-02-api-PLAN.md": plan_text("02"), "03-02-ui-PLAN.md": plan_text("02")})
    assert [task.id for task in phase.plan.tasks] == ["03-02-api", "03-02-ui"]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (plan_text(files_modified="[a.py]"), 95),
        ("---\nphase: 1\nplan: 2\nwave: 1\n---\n\n# Plan 1.2: Menu\n\n" + step("a.py"), 90),
        ("---\nphase: 1\nplan: 2\nwave: 1\n---\n\n# Plan 1.2: Menu\n\n## Objective\nA menu.\n", None),
        ("# Plan\n\n## Objective\nA menu.\n\n### Task 1: Menu\n**Files:** `a.py`\n", None),
        ("# Title\n\nNothing.\n", None),
        ("---\nphase: 03-billing\nplan: 01\nsubsystem: api\nduration: 3 min\n---\n\n# Summary\n", None),
        ("# Plan\n\n```markdown\n<task><files>a.py</files></task>\n```\n", None),
    ],
)
def test_only_what_looks_like_a_plan_is_recognised(tmp_path, text, score):
    workspace = FileWorkspace(tmp_path, {"docs/03-01-PLAN.md": text})
    match = GsdDialect().recognise(workspace.read("docs/03-01-PLAN.md"), workspace)
    assert (match.score if match else None) == score


@pytest.mark.parametrize(
    ("written", "path", "mode", "note"),
    [
        ("src/x.rs (NEW)", "src/x.rs", Mode.CREATE, "NEW"),
        ("src/x.rs — drop the old one", "src/x.rs", None, "drop the old one"),
        ("src/app/[lang]/(auth)/page.tsx", "src/app/[lang]/(auth)/page.tsx", None, None),
        ("src/x.ts (read)", "src/x.ts", Mode.READ, "read"),
        ("- `src/x.ts`", "src/x.ts", None, None),
        ("bin/tool", "bin/tool", None, None),
        ("docs/User Guide.md", "docs/User Guide.md", None, None),
    ],
)
def test_an_entry_of_a_file_list_is_its_path_without_the_remark(written, path, mode, note):
    (item,) = files_in(_prose(written), PathContext())
    assert (item.path, item.mode, item.note) == (path, mode, note)
    assert item.origin.text == path


@pytest.mark.parametrize("written", ["none", "n/a", "(no source files)", "", " - ", "TBD"])
def test_what_says_that_there_are_no_files_names_none(written):
    assert files_in(_prose(written), PathContext()) == []


def test_words_that_explain_a_list_are_no_files(tmp_path):
    body = step().replace(
        "<action>", "<read_first>\n- src/a.py, then\n  Save, promptKit.title\n</read_first>\n<action>"
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[Procfile]", body=body)})
    assert [scope.path for scope in phase.plan.tasks[0].reads] == ["src/a.py"]
    assert set(writes(phase)) == {"Procfile"}


def test_declared_files_are_declared_and_a_step_s_own_files_belong_to_the_body(tmp_path):
    phase = Phase(
        tmp_path,
        {"03-01-PLAN.md": plan_text(files_modified="[src/a.py]", body=step("src/a.py, src/b.py"))},
    )
    assert writes(phase) == {"src/a.py": ("write", "declared", False), "src/b.py": ("write", "declared", True)}
    assert phase.plan.tasks[0].scope_known is True


def test_a_plan_that_declares_nothing_has_no_known_scope(tmp_path):
    text = plan_text(body=step("src/a.py")).replace("files_modified: []\n", "")
    phase = Phase(tmp_path, {"03-01-PLAN.md": text})
    assert phase.plan.tasks[0].scope_known is None


def test_an_edit_verb_before_a_path_is_stated_and_other_mentions_are_read_at_most(tmp_path):
    action = (
        "Create `src/new.py` like the one in `src/old.py`. Update `src/used.py`.\n"
        "The types stand in src/types.py. Create the directory `src/deep/`. Maybe update `src/perhaps.py` if needed."
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[src/a.py]", body=step("src/a.py", action))})
    assert {path: mode for path, (mode, _, body) in writes(phase).items() if body} == {
        "src/new.py": "create",
        "src/used.py": "modify",
    }
    assert [scope.path for scope in phase.plan.tasks[0].reads] == ["src/old.py"]


def test_the_end_of_a_path_in_an_action_is_the_path_that_the_plan_spells_out(tmp_path):
    body = step("packages/core/src/config/schema.ts", "Update config/schema.ts and extend `schema.ts` with a field.")
    phase = Phase(
        tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[packages/core/src/config/schema.ts]", body=body)}
    )
    assert set(writes(phase)) == {"packages/core/src/config/schema.ts"}


def test_the_end_of_a_path_is_completed_from_the_other_plans_where_one_file_of_the_phase_ends_in_it(tmp_path):
    files = {
        "03-01-PLAN.md": plan_text(files_modified="[src/a.py]", body=step("src/a.py", "Also update admin/router.py.")),
        "03-02-PLAN.md": plan_text("02", files_modified="[backend/src/admin/router.py]"),
    }
    assert "backend/src/admin/router.py" in writes(Phase(tmp_path / "one", files))
    files["03-03-PLAN.md"] = plan_text("03", files_modified="[frontend/src/admin/router.py]")
    assert "admin/router.py" in writes(Phase(tmp_path / "two", files))


@pytest.mark.parametrize(
    ("body", "weak"),
    [
        (step("src/a.py"), True),
        (step("src/a.py", "Keep the call in b.py."), False),
        (step("src/a.py") + step("", "Do more."), False),
        (step("src/a.py") + step("", "Look at it.", kind="checkpoint:human-verify"), True),
        ("", False),
    ],
)
def test_a_declared_file_that_no_step_names_is_a_weak_claim_when_every_step_lists_its_files(tmp_path, body, weak):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[src/a.py, src/b.py]", body=body)})
    assert {scope.path: scope.weak for scope in phase.plan.tasks[0].writes} == {"src/a.py": False, "src/b.py": weak}


@pytest.mark.parametrize(
    "body",
    [
        step("src/b.py", name="Task 2: Verify that it works"),
        step("src/b.py", name="Task 2: Audit the templates"),
        step("src/b.py (read-only)"),
        step("src/b.py", kind="checkpoint:human-verify"),
    ],
)
def test_files_of_a_step_that_only_looks_are_read(tmp_path, body):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[src/a.py]", body=body)})
    assert set(writes(phase)) == {"src/a.py"}
    assert [scope.path for scope in phase.plan.tasks[0].reads] == ["src/b.py"]


@pytest.mark.parametrize(
    ("name", "weak"),
    [
        ("Search endpoint", False),
        ("Audit log page", False),
        ("Tests for the parser", False),
        ("Verify the build and update the guide", False),
        ("Read the decision and implement it", False),
        ("Run the experiment", True),
    ],
)
def test_files_of_a_step_whose_name_only_begins_like_looking_are_written(tmp_path, name, weak):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step("src/b.py", name=f"Task 1: {name}"))})
    assert [(scope.path, scope.weak) for scope in phase.plan.tasks[0].writes] == [("src/b.py", weak)]


def test_a_listed_file_below_planning_is_written_where_the_action_says_so(tmp_path):
    body = step(
        ".planning/spikes/run.py", "Create `.planning/spikes/run.py` and `.planning/notes/x.md`.", "Check sizes"
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=body)})
    assert writes(phase) == {".planning/spikes/run.py": ("create", "stated", True)}


def test_the_ends_of_a_link_are_completed_from_the_plans_of_the_phase(tmp_path):
    links = "must_haves:\n  key_links:\n    - from: core lib/b.py\n      to: src/lib/a.py"
    files = {
        "03-01-PLAN.md": plan_text("01", files_modified="[src/core/lib/b.py]"),
        "03-02-PLAN.md": plan_text("02", files_modified="[src/c.py]", front=links),
    }
    read = [scope.path for scope in Phase(tmp_path, files).plan.tasks[1].reads]
    assert read == ["src/core/lib/b.py", "src/lib/a.py"]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Billing: rates\n\n" + step("src/a.py", name="Task 1: Rates"), "Billing: rates"),
        (step("src/a.py", name="Task 1: Rates"), "Rates"),
        ("<tasks>\n" + step("src/a.py", name="**Rates** of exchange") + "\n</tasks>", "Rates of exchange"),
        (step("src/a.py", name=""), ""),
    ],
)
def test_a_plan_without_an_objective_is_called_by_its_heading_or_its_first_step(tmp_path, body, title):
    text = plan_text(body=body).replace("<objective>Do it.</objective>\n", "")
    assert Phase(tmp_path, {"03-01-PLAN.md": text}).plan.tasks[0].title == title


def test_what_the_executor_itself_writes_after_each_plan_is_no_write_of_the_plan(tmp_path):
    files = "[.planning/STATE.md, .planning/phases/03-billing/03-01-SUMMARY.md, .planning/notes/rates.md]"
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified=files)})
    assert set(writes(phase)) == {".planning/notes/rates.md"}


def test_a_file_that_one_step_leaves_to_the_next_is_not_off_limits(tmp_path):
    body = step("src/a.py", "Create `src/a.py`. Do not modify `src/b.py` or `src/c.py` yet.") + step("src/b.py")
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[src/a.py, src/b.py]", body=body)})
    assert [scope.path for scope in phase.plan.tasks[0].off_limits] == ["src/c.py"]


def test_absolute_paths_into_the_repository_become_relative(tmp_path):
    context = "<context>\n@/home/me/shop/.planning/STATE.md\n</context>\n"
    phase = Phase(
        tmp_path, {"03-01-PLAN.md": plan_text(files_modified="[/home/me/shop/src/a.py]", body=context + step())}
    )
    assert set(writes(phase)) == {"src/a.py"}


def test_tags_inside_fences_comments_and_running_text_are_none():
    text = (
        "<tasks>\n<task>\n<files>a.py</files>\n<action>Use the `<files>` tag and Vec<u64>.\n"
        "```xml\n<task>\n</task>\n```\n"
        "</action>\n</task>\n<!-- <task>\n</task> -->\n</tasks>\n"
    )
    (task,) = read_body(text, 0).tasks
    assert [child.name for child in task.children] == ["files", "action"]


def test_code_blocks_inside_a_document_that_a_step_quotes_do_not_end_it(tmp_path):
    document = (
        "Write the guide:\n\n```markdown\n# Setup\n```bash\nmake\n```\nEdit `src/conf.py`.\n```\n\nUpdate `src/b.py`."
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step("docs/setup.md", document))})
    assert set(writes(phase)) == {"docs/setup.md", "src/b.py"}


def test_a_quoted_document_whose_blocks_do_not_close_ends_at_the_next_fence_and_not_behind_its_step():
    text = (
        "<task>\n<action>\n```markdown\n```bash\nmake\n```\n</action>\n</task>\n"
        "<task>\n<action>\n```\nls\n```\n</action>\n</task>\n"
    )
    assert len(read_body(text, 0).tasks) == 2


def test_an_unclosed_task_ends_where_the_next_begins():
    text = "<task>\n<files>a.py</files>\n<action>Do\n<task>\n<files>b.py\n<action>Do</action>\n</task>\n"
    tasks = read_body(text, 0).tasks
    assert [[child.name for child in task.children] for task in tasks] == [["files", "action"], ["files", "action"]]
    assert text[slice(*tasks[1].children[0].content)].strip() == "b.py"


def test_an_open_fence_does_not_hide_the_rest_of_the_plan():
    assert len(read_body("```\nstray\n<task>\n</task>\n<task>\n</task>\n", 0).tasks) == 2


@pytest.mark.parametrize(
    "written",
    [
        "[03-01]",
        "[1]",
        '["01"]',
        "[03-01-PLAN.md]",
        "[billing/01]",
        "[3-1]",
        "03-01",
        '["01, 03-03"]',
        "[03-01-SUMMARY]",
    ],
)
def test_every_form_of_a_dependency_means_the_plan_of_this_phase(tmp_path, written):
    files = {
        "03-01-PLAN.md": plan_text("01"),
        "03-02-PLAN.md": plan_text("02", wave="2", depends_on=written),
        "03-03-PLAN.md": plan_text("03"),
    }
    phase = Phase(tmp_path, files)
    assert phase.plan.tasks[1].depends_on[0].task == "03-01"
    assert not References(phase.plan).unknown


def test_plans_of_other_phases_and_summaries_without_a_plan_are_known_and_others_are_not(tmp_path):
    files = {
        "03-04-SUMMARY.md": "# Done\n",
        "03-05-PLAN.md": plan_text("05", depends_on="[02-01, 03-04, 03-09, Phase 27 (the shared codec)]"),
    }
    phase = Phase(tmp_path, files)
    assert [unknown.dependency.task for unknown in References(phase.plan).unknown] == ["03-09"]


@pytest.mark.parametrize(
    ("written", "unknown"), [("03-02", []), ("03-05", ["03-05"]), ("03-07", ["03-07"]), ("03-00", [])]
)
def test_an_earlier_plan_that_is_missing_is_known_in_a_phase_without_summaries(tmp_path, written, unknown):
    files = {"03-01-PLAN.md": plan_text(), "03-04-PLAN.md": plan_text("04", depends_on=f"[{written}]")}
    found = References(Phase(tmp_path / "without", files).plan).unknown
    assert [item.dependency.task for item in found] == unknown
    files["03-01-SUMMARY.md"] = "# Done\n"
    found = References(Phase(tmp_path / "with", files).plan).unknown
    assert [item.dependency.task for item in found] == [written]


def test_plans_of_one_wave_run_together_and_waves_one_after_another(tmp_path):
    files = {
        "03-01-PLAN.md": plan_text("01"),
        "03-02-PLAN.md": plan_text("02"),
        "03-03-PLAN.md": plan_text("03", wave="2", depends_on="[1]"),
        "03-04-PLAN.md": plan_text("04", wave="10", depends_on="[3]"),
    }
    assert Phase(tmp_path, files).together() == {("03-01", "03-02"): Evidence.DECLARED}


def test_a_later_wave_that_waits_for_nobody_may_run_early_under_the_newer_reading(tmp_path):
    files = {
        "03-01-PLAN.md": plan_text("01"),
        "03-02-PLAN.md": plan_text("02", wave="2", depends_on="[1]"),
        "03-03-PLAN.md": plan_text("03", wave="2"),
        "03-04-PLAN.md": plan_text("04", wave="3", depends_on="[2, 3]"),
    }
    assert Phase(tmp_path, files).together() == {
        ("03-01", "03-03"): Evidence.INFERRED,
        ("03-02", "03-03"): Evidence.DECLARED,
    }


def test_gap_closure_and_summarised_plans_are_rounds_of_their_own(tmp_path):
    files = {
        "03-01-PLAN.md": plan_text("01"),
        "03-01-SUMMARY.md": "# Done\n",
        "03-02-PLAN.md": plan_text("02"),
        "03-03-PLAN.md": plan_text("03", front="gap_closure: true"),
        "03-04-PLAN.md": plan_text("04", front="gap_closure: true"),
    }
    phase = Phase(tmp_path, files)
    assert [task.done for task in phase.plan.tasks] == [True, False, False, False]
    assert phase.together() == {("03-03", "03-04"): Evidence.DECLARED}


def test_plans_without_a_wave_are_ordered_by_dependencies_alone(tmp_path):
    files = {
        "03-01-PLAN.md": plan_text("01", wave=None),
        "03-02-PLAN.md": plan_text("02", wave=None),
        "03-03-PLAN.md": plan_text("03", wave=None, depends_on="[1, 2]"),
    }
    assert Phase(tmp_path, files).together() == {("03-01", "03-02"): Evidence.INFERRED}


@pytest.mark.parametrize(
    "directory",
    [".planning/milestones/v1.0-phases/03-billing", ".planning/phases/_archived-2026-01-22-03-billing"],
)
def test_archived_phases_are_finished(tmp_path, directory):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text("01")}, directory)
    assert phase.plan.tasks[0].done


def test_settings_of_the_project_decide_about_parallel_plans(tmp_path):
    files = {"03-01-PLAN.md": plan_text("01"), "03-02-PLAN.md": plan_text("02")}
    off = Phase(tmp_path, {**files, ".planning/config.json": '{"parallelization": false}'})
    assert off.together() == {}
    settings = '{"parallelization": {"max_concurrent_agents": 3}, "workflow": {"use_worktrees": true}}'
    limited = Phase(tmp_path, {**files, ".planning/config.json": settings})
    assert (limited.plan.max_parallel, limited.plan.isolation) == (3, Isolation.WORKTREE)
    assert limited.together() == {("03-01", "03-02"): Evidence.DECLARED}


def test_a_plan_with_broken_front_matter_is_known_by_its_id_alone(tmp_path):
    broken = plan_text("01", body=step("src/a.py")).replace("plan: 01", "plan: 01\nnote: `x` is new")
    phase = Phase(tmp_path, {"03-01-PLAN.md": broken, "03-02-PLAN.md": plan_text("02", depends_on="[1]")})
    assert [task.id for task in phase.plan.tasks] == ["03-02"]
    assert phase.plan.incomplete
    assert not References(phase.plan).unknown


def test_front_matter_below_a_title_is_read_and_reported(tmp_path):
    text = "# Plan\n\n" + plan_text(files_modified="[src/a.py]", body=step("src/a.py"))
    phase = Phase(tmp_path, {"03-01-PLAN.md": text})
    assert set(writes(phase)) == {"src/a.py"}
    assert [(problem.code, problem.origin.begin.line) for problem in phase.loaded.problems] == [("PL003", 3)]


def test_a_page_that_quotes_the_head_of_a_plan_is_none(tmp_path):
    text = f"# How plans are written\n\nBegin each one so:\n\n```yaml\n{plan_text(body='')}\n```\n"
    document = FileWorkspace(tmp_path, {"docs/planner.md": text}).document("docs/planner.md")
    assert GsdDialect().recognise(document, FileWorkspace(tmp_path)) is None


def test_a_wave_that_is_no_number_is_reported_where_it_stands(tmp_path):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(wave="later")})
    (problem,) = phase.loaded.problems
    assert (problem.code, problem.origin.text, phase.plan.tasks[0].wave) == ("PL003", "later", None)


def test_a_quick_plan_is_a_plan_of_one_task(tmp_path):
    phase = Phase(tmp_path, {"001-PLAN.md": plan_text("001")}, ".planning/quick/001-fix-logo")
    assert (phase.plan.name, [task.id for task in phase.plan.tasks]) == ("001-fix-logo", ["001"])


def test_research_plans_and_pure_checkpoints_build_nothing(tmp_path):
    research = plan_text("01", front="type: research")
    checkpoint = plan_text("02", body=step(kind="checkpoint:human-verify")).replace("files_modified: []\n", "")
    phase = Phase(tmp_path, {"03-01-PLAN.md": research, "03-02-PLAN.md": checkpoint})
    assert [task.kind for task in phase.plan.tasks] == [Kind.RESEARCH, Kind.REVIEW]


@pytest.mark.parametrize(
    ("action", "used"),
    [
        ("Call `load` from src/store.py.", True),
        ("The page shows what store.py offers.", True),
        ("```py\nfrom app.src.store import load\n```", True),
        ("Write the page.", False),
        ("No changes to `src/store.py`.", False),
        ("Call lib/store.py.", False),
        ("Put it in store.", False),
        ("Load it with the helpers in src/store.py if useful.", False),
    ],
)
def test_context_that_no_step_works_with_is_read_only_perhaps(tmp_path, action, used):
    body = f"<context>\n@src/store.py\n</context>\n{step(files='src/page.py', action=action)}"
    (task,) = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=body)}).plan.tasks
    reads = [scope for scope in task.reads if scope.path == "src/store.py"]
    assert [scope.weak for scope in reads] == [not used]


def test_a_name_that_two_files_of_a_plan_bear_is_no_mention_and_a_telling_one_is(tmp_path):
    context = "<context>\n@src/a/types.ts\n@src/b/types.ts\n@src/SyncBanner.swift\n</context>\n"
    action = "Extend the types in types.ts, and show SyncBanner( ) on top."
    (task,) = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=context + step(action=action))}).plan.tasks
    weak = {scope.path: scope.weak for scope in task.reads}
    assert weak == {"src/a/types.ts": True, "src/b/types.ts": True, "src/SyncBanner.swift": False}


def test_what_a_test_case_puts_into_its_own_directory_is_no_write_of_the_plan(tmp_path):
    action = (
        "Create `tests/scan.test.ts`.\n**Test 1: finds a file**\n- Create `data/one.toml`\n"
        "**Test 2: finds none**\n- Create `data/two.toml`\n\nThen create `src/scan.ts`."
    )
    (task,) = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step(action=action))}).plan.tasks
    assert [scope.path for scope in task.writes] == ["tests/scan.test.ts", "src/scan.ts"]


def test_a_signature_that_another_plan_exports_is_a_contract_and_others_are_not(tmp_path):
    exports = "must_haves:\n  artifacts:\n    - path: src/pay.ts\n      exports: [charge, refund]"
    code = (
        "<interfaces>\n```ts\nexport function charge(amount: number): Receipt {\n"
        "function old(x: string): void\n```\n</interfaces>\n"
    )
    phase = Phase(
        tmp_path,
        {
            "03-01-PLAN.md": plan_text("01", front=exports),
            "03-02-PLAN.md": plan_text("02", body=f"<context>\n{code}</context>\n"),
        },
    )
    provider, consumer = phase.plan.tasks
    assert [(ref.contract, ref.file) for ref in provider.provides] == [("charge", "src/pay.ts")]
    assert [(ref.contract, ref.signature) for ref in consumer.consumes] == [
        ("charge", "export function charge(amount: number): Receipt")
    ]
    assert consumer.consumes[0].origin.text.startswith("export function charge(")


@pytest.mark.parametrize(
    "text",
    [
        "---\n---\n<task>",
        "<task>" * 3000,
        "<task><files>" * 2000,
        "```\n" * 3001 + "<task>",
        "---\nphase: [\n---\n<task>",
    ],
)
def test_hostile_bodies_load_without_raising(tmp_path, text):
    assert Phase(tmp_path, {"03-01-PLAN.md": text}).plan.path == PHASE


def test_what_a_test_that_is_called_by_its_code_makes_is_no_write_of_the_plan(tmp_path):
    action = (
        "1. **`test('keeps names')`**\n   - Create: `notes/a b.md`, `notes/c.md`.\n   - Check both.\n"
        "2. Create `src/later.py`."
    )
    body = step("tests/notes.py", action)
    assert set(writes(Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=body)}))) == {"tests/notes.py", "src/later.py"}


MARKDOWN = """# Plan 03-01: Invoices

## Objective
Invoices as PDF.

## Context
- `src/billing/totals.py` (how totals are made)
- Decision: one page each

## Tasks

### Task 1: Renderer
**Files:**
- Create: `src/billing/render.py`
- `src/billing/fonts.py` — loads the fonts

**Action:**
One page for each invoice, with `render(invoice)`.

```python
# ### Task 9: not a step
```

**Verify:** pytest tests/billing

### Task 2: Check the layout
- **Files**: src/billing/sample.py
- **Done:** it looks right

## Success Criteria
- [ ] One file for each invoice
"""
"""A plan without any tag, as models write them that have not seen the template."""


def test_steps_below_headings_are_read_like_tags(tmp_path):
    phase = Phase(tmp_path, {"03-01-PLAN.md": MARKDOWN})
    (task,) = phase.plan.tasks
    assert task.title == "Invoices"
    assert writes(phase) == {
        "src/billing/render.py": ("create", "declared", True),
        "src/billing/fonts.py": ("write", "declared", True),
    }
    assert {scope.path for scope in task.reads if not scope.weak} == {"src/billing/sample.py"}
    assert {scope.path for scope in task.reads if scope.weak} == {"src/billing/totals.py"}
    assert task.verify == "pytest tests/billing\nit looks right\n- [ ] One file for each invoice"


def test_a_plan_of_headings_is_recognised_by_its_place_and_its_steps(tmp_path):
    workspace = FileWorkspace(tmp_path, {f"{PHASE}/03-01-PLAN.md": MARKDOWN, "docs/03-01-PLAN.md": MARKDOWN})
    assert GsdDialect().recognise(workspace.read(f"{PHASE}/03-01-PLAN.md"), workspace).score == 80
    assert GsdDialect().recognise(workspace.read("docs/03-01-PLAN.md"), workspace) is None


def test_headings_beside_tags_add_what_the_tags_lack(tmp_path):
    text = "---\nphase: 1\nplan: 1\nwave: 1\n---\n\n# Plan 1.1: Menu\n\n## Objective\nA menu.\n\n"
    text += "## Context\n- src/nav.ts\n\n"
    phase = Phase(tmp_path, {"1-PLAN.md": text + step("src/menu.ts", "Use src/nav.ts.")}, ".gsd/phases/1")
    (task,) = phase.plan.tasks
    assert (task.id, task.title, task.wave) == ("1-1", "Menu", "1")
    assert [scope.path for scope in task.writes] == ["src/menu.ts"]
    assert [(scope.path, scope.weak) for scope in task.reads] == [("src/nav.ts", False)]


def test_a_plan_that_is_developed_test_first_has_a_feature_for_a_step(tmp_path):
    body = (
        "<feature>\n  <name>Totals</name>\n  <files>src/totals.py, tests/test_totals.py</files>\n"
        "  <implementation>Create src/totals.py.</implementation>\n</feature>"
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=body)})
    assert writes(phase) == {
        "src/totals.py": ("create", "stated", True),
        "tests/test_totals.py": ("write", "declared", True),
    }


def test_code_that_interfaces_quote_is_read(tmp_path):
    body = (
        "<context>\n<interfaces>\nFrom packages/app/src/client.ts (existing):\n```ts\nexport const client = 1;\n```\n"
        "From CONTEXT.md:\n- one page\n</interfaces>\n</context>\n" + step("packages/app/src/page.ts", "Use `client`.")
    )
    links = "must_haves:\n  key_links:\n    - from: src/page.ts\n      to: src/client.ts\n    - from: src/page.ts\n"
    front = f'{links}      to: "@vendor/kit"\n    - from: src/page.ts\n      to: encoding/json'
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(front=front, body=body)})
    assert [scope.path for scope in phase.plan.tasks[0].reads] == ["packages/app/src/client.ts"]


def test_plans_of_a_fork_that_calls_them_otherwise_are_one_plan(tmp_path):
    text = plan_text(files_modified="[src/a.py]", body=step("src/a.py")).replace("phase: 03-billing\nplan:", "trd:")
    files = {"03-01-TRD.md": text, "03-02-TRD.md": text, "03-01-SUMMARY.md": "# Done\n", "03-RESEARCH.md": "# Found\n"}
    workspace = FileWorkspace(tmp_path, {f".planning/objectives/03-billing/{name}": one for name, one in files.items()})
    document = workspace.read(".planning/objectives/03-billing/03-01-TRD.md")
    dialect = GsdDialect()
    assert dialect.might_be(document.path, text)
    assert dialect.recognise(document, workspace).score == 80
    members = dialect.members(document, workspace)
    plan = dialect.load([workspace.read(path) for path in members], workspace).plans[0]
    assert [(task.id, task.done) for task in plan.tasks] == [("03-01", True), ("03-02", False)]


def test_the_tags_inside_of_a_verification_are_not_shown(tmp_path):
    checks = "<automated>pytest</automated><fails_when>0 passed</fails_when>\n  <automated>ruff</automated>"
    body = f"<task>\n<name>A</name>\n<verify>\n  {checks}\n</verify>\n</task>"
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=body)})
    assert phase.plan.tasks[0].verify == "pytest\n(fails when: 0 passed)\n  ruff"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("src/a.py, tests/test_a.py", {"pyproject.toml", "README.md"}),
        ("backend/src/a.py, backend/tests/test_a.py", {"README.md"}),
        ("backend/src/a.py, backend/tests/test_a.py, frontend/src/a.ts", {"pyproject.toml", "README.md"}),
        ("backend/src/a.py, backend/tests/test_a.py, pyproject.toml", {"pyproject.toml", "README.md"}),
        ("backend/src/a.py, backend/pyproject.toml", {"backend/pyproject.toml", "README.md"}),
    ],
)
def test_a_manifest_without_a_directory_is_not_that_of_the_root_for_a_plan_inside_of_one_package(
    tmp_path, files, expected
):
    action = "Add the library to `pyproject.toml`. Update `README.md`."
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step(files, action))})
    named = {scope.path for scope in phase.plan.tasks[0].writes if scope.path.endswith((".toml", ".md"))}
    assert named == expected


def test_a_sentence_of_the_context_lists_no_files(tmp_path):
    context = (
        "<context>\n@.planning/PROJECT.md\n1. src/a.py, src/b.py (the tables)\n@/home/ann/shop/src/c.py\n"
        "**Stack:** Go, encoding/json, google.golang.org/api/mail\n"
        "Phase 1 left config.py (settings), src/old.py behind.\n"
        "Notes are in /home/ann/shop/.planning/notes.md\n</context>"
    )
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=context)})
    assert [scope.path for scope in phase.plan.tasks[0].reads] == ["src/a.py", "src/b.py", "src/c.py"]


def test_marks_of_code_that_do_not_balance_hide_no_step_but_their_own(tmp_path):
    first = step("src/a.py", "Create src/a.py:\n```\nx\n```\n```\nand more\n", name="Task 1: A")
    second = step("src/b.py", "```python\npass\n```\nUpdate src/c.py.", name="Task 2: B")
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=f"<tasks>\n{first}\n{second}\n</tasks>")})
    assert set(writes(phase)) == {"src/a.py", "src/b.py", "src/c.py"}


def test_a_block_of_code_may_quote_a_whole_step(tmp_path):
    inner = "<task>\n  <files>src/quoted.py</files>\n  <action>\n  x\n  </action>\n</task>"
    quoted = f"Write the template:\n```xml\n{inner}\n```"
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step("src/a.py", quoted) + step("src/b.py"))})
    assert set(writes(phase)) == {"src/a.py", "src/b.py"}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("**Tests:** Add a case to `tests/test_a.py`.", {"tests/test_a.py"}),
        ("1. **Route:** Register it in src/routes.ts.", {"src/routes.ts"}),
        ("**src/routes.ts** — add the page", {"src/routes.ts"}),
    ],
)
def test_bold_words_of_an_action_are_words(tmp_path, action, expected):
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step("", action))})
    assert set(writes(phase)) == expected
    (scope,) = phase.plan.tasks[0].writes
    assert scope.origin.text == scope.path


def test_the_stars_of_patterns_are_not_those_of_bold_words(tmp_path):
    files = "`src/**/a.ts`, `src/**/b.ts`, lib/**/c.ts, **lib/d.ts**"
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=step(files))})
    assert set(writes(phase)) == {"src/**/a.ts", "src/**/b.ts", "lib/**/c.ts", "lib/d.ts"}


def test_steps_in_a_block_of_xml_are_the_plans_own_where_it_has_no_others(tmp_path):
    quoted = f"## Tasks\n\n```xml\n{step('src/a.py', 'Update src/b.py.')}\n```\n"
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=quoted)})
    assert set(writes(phase)) == {"src/a.py", "src/b.py"}
    phase = Phase(tmp_path, {"03-01-PLAN.md": plan_text(body=quoted + step("src/c.py"))})
    assert set(writes(phase)) == {"src/c.py"}

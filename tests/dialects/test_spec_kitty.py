"""The `spec-kitty` dialect: which files make up a mission, what its packages own, and which of them run together."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from planlint.diagnostics import Evidence
from planlint.dialects.spec_kitty.dialect import SpecKittyDialect
from planlint.dialects.spec_kitty.owned import is_broad
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.model import Capability, Isolation, Mode, Plan

MISSION = "kitty-specs/031-mail"


def page(code: str, *, owned: str = "[]", deps: str = "[]", front: str = "", body: str = "") -> str:
    lines = [
        "---",
        f"work_package_id: {code}",
        f"title: About {code}",
        f"dependencies: {deps}",
        f"owned_files: {owned}",
    ]
    return "\n".join([*lines, *([front] if front else []), "---", "", f"# {code}", "", body, ""])


def event(code: str, lane: str) -> str:
    return json.dumps({"wp_id": code, "to_lane": lane}) + "\n"


class Mission:
    """Files in memory, loaded as one mission."""

    def __init__(self, tmp_path, files: dict[str, str], first: str = "") -> None:
        self.workspace = FileWorkspace(tmp_path, {f"{MISSION}/{name}": text for name, text in files.items()})
        self.document = self.workspace.read(f"{MISSION}/{first or next(iter(files))}")
        self.dialect = SpecKittyDialect()
        self.members = self.dialect.members(self.document, self.workspace)
        self.loaded = self.dialect.load([self.workspace.read(member) for member in self.members], self.workspace)
        self.plan: Plan = self.loaded.plans[0]

    def together(self) -> set[tuple[str, str]]:
        order = Order(self.plan, References(self.plan), include_done=True)
        pairs = combinations(self.plan.tasks, 2)
        return {(one.id, other.id) for one, other in pairs if order.concurrent(one.index, other.index)}

    def needs(self, task: int) -> dict[str, Evidence]:
        return {item.task: item.evidence for item in self.plan.tasks[task].depends_on}


def test_every_file_of_a_mission_leads_to_the_same_plan(tmp_path):
    files = {
        "tasks.md": "# Work Packages\n\n## Work Package WP01: Store\n\n**Prompt**: `tasks/WP01-store.md`\n",
        "wps.yaml": "work_packages:\n  - id: WP01\n    title: Store\n    owned_files: [a.py]\n",
        "lanes.json": '{"lanes": [{"lane_id": "lane-a", "wp_ids": ["WP01"]}]}',
        "tasks/WP01-store.md": page("WP01"),
        "spec.md": "# Specification\n",
        "tasks/README.md": "# Pages\n",
    }
    expected = [f"{MISSION}/{name}" for name in ("tasks.md", "wps.yaml", "lanes.json", "tasks/WP01-store.md")]
    for name in files:
        mission = Mission(tmp_path, files, name)
        match = mission.dialect.recognise(mission.document, mission.workspace)
        if f"{MISSION}/{name}" in expected:
            assert match is not None
            assert match.score == 95
            assert list(mission.members) == expected
            assert mission.dialect.plan_path(mission.document, mission.members) == MISSION
        else:
            assert match is None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("specs/1/tasks.md", "# Tasks\n\n- [ ] T001 Do it\n"),
        ("tasks/WP-notes.md", "---\ntitle: Notes\n---\n\n# WP notes\n"),
        ("lanes.json", '{"lanes": [{"lane_id": "lane-a", "wp_ids": ["WP01"]}]}'),
        ("wps.yaml", "work_packages:\n  - id: WP-1\n    lead: Ann\n"),
    ],
)
def test_other_files_are_not_taken_for_a_mission(tmp_path, path, text):
    workspace = FileWorkspace(tmp_path, {path: text})
    assert SpecKittyDialect().recognise(workspace.read(path), workspace) is None


def test_only_packages_without_a_dependency_path_run_together(tmp_path):
    mission = Mission(
        tmp_path,
        {
            "tasks/WP01-a.md": page("WP01"),
            "tasks/WP02-b.md": page("WP02", deps="[WP01]"),
            "tasks/WP03-c.md": page("WP03", deps='"WP01, WP02"'),
            "tasks/WP04-d.md": page("WP04", deps="[WP01]"),
        },
    )
    assert mission.together() == {("WP02", "WP04"), ("WP03", "WP04")}
    assert [item.origin.text for item in mission.plan.tasks[2].depends_on] == ["WP01", "WP02"]


def test_packages_of_one_lane_take_turns_and_never_against_their_dependencies(tmp_path):
    lanes = {"lanes": [{"lane_id": "lane-a", "wp_ids": ["WP02", "WP01"]}, {"lane_id": "lane-b", "wp_ids": ["WP03"]}]}
    mission = Mission(
        tmp_path,
        {
            "lanes.json": json.dumps(lanes),
            "tasks/WP01-a.md": page("WP01"),
            "tasks/WP02-b.md": page("WP02", deps="[WP01]"),
            "tasks/WP03-c.md": page("WP03"),
        },
    )
    assert mission.together() == {("WP01", "WP03"), ("WP02", "WP03")}
    assert Order(mission.plan, References(mission.plan)).mismatches == []


def test_planning_packages_share_the_main_checkout_and_write_documents_of_the_mission(tmp_path):
    front = "execution_mode: planning_artifact"
    mission = Mission(
        tmp_path,
        {
            "tasks/WP01-a.md": page("WP01", owned="[kitty-specs/031-mail/notes.md]", front=front),
            "tasks/WP02-b.md": page("WP02", owned="[kitty-specs/031-mail/notes.md]", front=front),
            "tasks/WP03-c.md": page("WP03", owned="[kitty-specs/031-mail/notes.md]"),
        },
    )
    assert [task.isolation for task in mission.plan.tasks] == [Isolation.SHARED, Isolation.SHARED, None]
    assert [len(task.writes) for task in mission.plan.tasks] == [1, 1, 0]
    assert [scope.path for scope in mission.plan.tasks[2].reads] == ["kitty-specs/031-mail/notes.md"]
    assert ("WP01", "WP02") not in mission.together()


def test_owned_files_lose_line_numbers_and_remarks_and_keep_their_place(tmp_path):
    owned = "\n- src/mail.py:40\n- src/queue.py (new)\n- tests/**\n- src/a.py"
    mission = Mission(tmp_path, {"tasks/WP01-a.md": page("WP01", owned=owned, front="create_intent: [src/a.py]")})
    task = mission.plan.tasks[0]
    assert [(scope.path, scope.mode, scope.weak) for scope in task.writes] == [
        ("src/mail.py", Mode.WRITE, False),
        ("src/queue.py", Mode.CREATE, False),
        ("tests/**", Mode.WRITE, True),
        ("src/a.py", Mode.CREATE, False),
    ]
    assert all(scope.origin.text == scope.path and scope.evidence is Evidence.DECLARED for scope in task.writes)


@pytest.mark.parametrize(
    ("path", "broad"),
    [
        ("src/**", True),
        ("**", True),
        ("src/**/*.py", True),
        ("**/*.md", True),
        ("src/mail/**", False),
        ("docs/**/mail*", False),
        ("src/*.py", False),
        ("src/mail.py", False),
    ],
)
def test_a_glob_with_one_directory_to_hold_on_to_is_broad(path, broad):
    assert is_broad(path) is broad


def test_a_page_that_edits_a_file_outside_of_its_declaration_says_so_as_body(tmp_path):
    body = "Create `src/mail/retry.py`. Read `src/log.py` first. Update mail/send.py too. See `src/mail/`."
    mission = Mission(tmp_path, {"tasks/WP01-a.md": page("WP01", owned="[src/mail/send.py]", body=body)})
    task = mission.plan.tasks[0]
    assert [(scope.path, scope.body) for scope in task.writes] == [
        ("src/mail/send.py", False),
        ("src/mail/retry.py", True),
    ]
    assert [scope.path for scope in task.reads] == ["src/log.py"]


def test_without_owned_files_the_body_is_all_there_is_and_the_plan_says_so(tmp_path):
    text = "---\nwork_package_id: WP01\ntitle: A\nlane: planned\n---\n\n- **Files**:\n  - `src/a.fs` (line 9): add it\n"
    mission = Mission(tmp_path, {"tasks/WP01-a.md": text})
    assert [(scope.path, scope.evidence, scope.body) for scope in mission.plan.tasks[0].writes] == [
        ("src/a.fs", Evidence.STATED, False)
    ]
    assert not mission.plan.has(Capability.DECLARED_WRITES)


def test_dependencies_that_only_the_overview_tells_are_stated(tmp_path):
    overview = """# Work Packages

## Work Package WP01: A

**Dependencies**: None (WP02 follows)

## Work Package WP02: B

**Depends on**: WP01. **Risk**: WP03 is late

## Work Package WP03: C

### Dependencies

- Depends on WP02 (uses what WP01 made)
- WP04 depends on this
"""
    files = {"tasks.md": overview}
    files |= {f"tasks/WP0{number}-x.md": page(f"WP0{number}") for number in (1, 2, 3, 4)}
    mission = Mission(tmp_path, files)
    stated = Evidence.STATED
    assert [mission.needs(task) for task in range(4)] == [{}, {"WP01": stated}, {"WP02": stated}, {}]


def test_ids_of_machines_are_known_by_their_code(tmp_path):
    machine = "01KC50B6T2W3VXQ8YHPJ9ZRA4M"
    mission = Mission(
        tmp_path,
        {
            "tasks/WP01-a.md": page(machine, front="wp_code: WP01"),
            "tasks/WP02-b.md": page("WP02", deps=f"[{machine}]"),
            "tasks/WP03-c.md": page("WP03", deps="[WP01]"),
        },
    )
    assert [task.id for task in mission.plan.tasks] == ["WP01", "WP02", "WP03"]
    assert mission.needs(1) == mission.needs(2) == {"WP01": Evidence.DECLARED}


@pytest.mark.parametrize(
    ("files", "done"),
    [
        ({"tasks/WP01-a.md": page("WP01", front='lane: "done"')}, True),
        ({"tasks/WP01-a.md": page("WP01", front="lane: doing")}, False),
        ({"tasks/done/WP01-a.md": page("WP01")}, True),
        ({"tasks/planned/WP01-a.md": page("WP01")}, False),
        ({"tasks.md": "## WP01 - A\n\n- [x] T001 It\n", "tasks/WP01-a.md": page("WP01")}, True),
        (
            {
                "tasks/WP01-a.md": page("WP01", front="lane: planned"),
                "status.events.jsonl": event("WP01", "doing") + event("WP01", "approved"),
            },
            True,
        ),
        (
            {
                "tasks/WP01-a.md": page("WP01", front="lane: done"),
                "status.events.jsonl": 'broken "to_lane"\n' + event("WP01", "for_review"),
            },
            False,
        ),
    ],
)
def test_a_package_is_done_by_the_log_its_lane_its_folder_or_its_ticks(tmp_path, files, done):
    assert Mission(tmp_path, files).plan.tasks[0].done is done


def test_a_page_with_broken_front_matter_leaves_its_id_known_and_the_plan_incomplete(tmp_path):
    broken = "---\nwork_package_id: WP01\ndependencies: [WP02\n---\n\n# WP01\n"
    mission = Mission(tmp_path, {"tasks/WP02-b.md": page("WP02", deps="[WP01]"), "tasks/WP01-a.md": broken})
    assert [task.id for task in mission.plan.tasks] == ["WP02"]
    assert mission.plan.incomplete
    assert References(mission.plan).unknown == []


def test_packages_that_have_no_page_come_from_manifest_and_overview(tmp_path):
    manifest = "work_packages:\n  - id: WP01\n    title: A\n    owned_files: [a.py]\n    dependencies: []\n"
    mission = Mission(tmp_path, {"wps.yaml": manifest, "tasks.md": "## WP02: B\n\n**Depends on**: WP01\n"})
    assert [(task.id, task.title) for task in mission.plan.tasks] == [("WP01", "A"), ("WP02", "B")]
    assert [scope.path for scope in mission.plan.tasks[0].writes] == ["a.py"]


def test_fields_of_the_wrong_shape_are_named_at_their_place(tmp_path):
    mission = Mission(tmp_path, {"tasks/WP01-a.md": page("WP01", owned="{a: b}", deps="[[WP02]]")})
    assert [(item.code, item.origin.begin.line) for item in mission.loaded.problems] == [("PL003", 4), ("PL003", 5)]


def overview(*sections: str) -> str:
    return "# Work Packages\n\n" + "\n".join(f"## Work Package {section}\n" for section in sections)


def test_the_overview_alone_declares_by_owns_and_orders_by_its_steps(tmp_path):
    first = (
        "WP01: Store\n\n**Owns:** `src/store/**` (renamed from `src/db`), root `composer.json`, `docs/page.weird`.\n"
        "**Depends on:** none.\n**Authoritative surface:** `src/`.\n**Prompt:** `tasks/WP01.md`.\n"
    )
    second = (
        "WP02: Form\n\n- [x] T003 Define types in `src/form/types.ts`\n- [ ] T004 [P] Create `src/form/page.weird`\n"
        "- [ ] T005 Verify `src/store/rows.ts` still builds\n\nT006 Wire the form into `src/app.ts`\n"
    )
    plan = Mission(tmp_path, {"tasks.md": overview(first, second)}).plan
    assert [[(one.path, one.mode) for one in task.writes] for task in plan.tasks] == [
        [("src/store/**", Mode.WRITE), ("composer.json", Mode.WRITE), ("docs/page.weird", Mode.WRITE)],
        [
            ("src/form/types.ts", Mode.WRITE),
            ("src/form/page.weird", Mode.CREATE),
            ("src/app.ts", Mode.MODIFY),
        ],
    ]
    assert [task.scope_known for task in plan.tasks] == [True, None]
    assert not plan.tasks[1].done


def test_steps_in_the_overview_add_nothing_where_the_page_declares_and_no_tail_of_what_the_page_says(tmp_path):
    section = "WP01: Store\n\n- [ ] T001 Create `src/extra.py`\n- [ ] T002 Extend `store/rows.py`\n"
    declared = {"tasks.md": overview(section), "tasks/WP01-store.md": page("WP01", owned="[src/store/rows.py]")}
    assert [one.path for one in Mission(tmp_path, declared).plan.tasks[0].writes] == ["src/store/rows.py"]
    text = page("WP01", body="Update `src/store/rows.py`.").replace("owned_files: []\n", "")
    told = {"tasks.md": overview(section), "tasks/WP01-store.md": text}
    writes = Mission(tmp_path, told).plan.tasks[0].writes
    assert [one.path for one in writes] == ["src/store/rows.py", "src/extra.py"]

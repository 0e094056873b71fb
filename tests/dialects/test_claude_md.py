"""Delegation sections: what of a memory file, command or guide is work, what is policy, and in which order it runs."""

from __future__ import annotations

import pytest
from delegation_reader import Read, shape, writes

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.dialect import ClaudeMdDialect
from planlint.model import Isolation, Kind, Parallel

ROLES = """# Shop

## Feature work

Spawn {count} parallel Task agents:

1. **Component**: create `src/View.tsx`
2. **Types**: create `src/types.ts`
3. **Integration**: update `src/index.ts`
"""


def test_numbered_roles_are_tasks_that_run_together(tmp_path):
    read = Read(tmp_path, ROLES.format(count=3))
    assert [task.title for task in read.plan.tasks] == ["Component", "Types", "Integration"]
    assert [writes(task) for task in read.plan.tasks] == [["src/View.tsx"], ["src/types.ts"], ["src/index.ts"]]
    assert read.plan.tasks[2].kind is Kind.INTEGRATE
    assert shape(read.plan.schedule) == ("with", 0, 1, 2)
    assert read.plan.schedule.evidence is Evidence.STATED
    assert read.plan.tasks[0].writes[0].origin.text == "src/View.tsx"


def test_an_integrating_item_beyond_the_stated_number_runs_last(tmp_path):
    assert shape(Read(tmp_path, ROLES.format(count=2)).plan.schedule) == ("then", ("with", 0, 1), 2)


def test_a_number_that_fits_no_list_makes_no_tasks(tmp_path):
    assert Read(tmp_path, ROLES.format(count=9)).plans == []


def test_roles_that_name_no_files_are_a_pattern(tmp_path):
    text = "# X\n\nUse the 2-parallel-Task method:\n\n1. **Component**: main file\n2. **Tests**: test files\n"
    assert Read(tmp_path, text).plan.pattern


def test_the_steps_of_a_procedure_are_no_roles(tmp_path):
    text = (
        "# X\n\nSpawn 3 parallel agents like this:\n\n1. **Read** the spec in `docs/a.md`\n"
        "2. **Write** `b.md`\n3. **Run**: `npm test`\n"
    )
    assert Read(tmp_path, text).plans == []


ROSTER = """## Agents

| Agent | Owns | Does NOT own | Done means |
|---|---|---|---|
| api-agent | `src/api/*`, `src/schema.ts` | `src/ui/` | `npm test api` |
| ui-agent | `src/ui/*` | — | `npm test ui` |
| copy-agent | the words | | |
"""


def test_a_roster_gives_each_agent_its_files(tmp_path):
    read = Read(tmp_path, ROSTER)
    api = read.task("api-agent")
    assert writes(api) == ["src/api/*", "src/schema.ts"]
    assert {scope.evidence for scope in api.writes} == {Evidence.DECLARED}
    assert [scope.path for scope in api.off_limits] == ["src/ui/"]
    assert (api.verify, api.agent.name) == ("npm test api", "api-agent")
    assert writes(read.task("copy-agent")) == []


def test_a_roster_that_says_nothing_of_order_is_parallel_by_inference_only(tmp_path):
    assert Read(tmp_path, ROSTER).plan.schedule.evidence is Evidence.INFERRED
    said = Read(tmp_path, ROSTER.replace("## Agents\n", "## Agents\n\nThey work simultaneously.\n"))
    assert said.plan.schedule.evidence is Evidence.STATED
    assert isinstance(said.plan.schedule, Parallel)


def test_a_text_that_says_in_order_makes_a_serial(tmp_path):
    read = Read(
        tmp_path, ROSTER.replace("## Agents\n", "## Agents\n\nRun them one after another, never in parallel.\n")
    )
    assert shape(read.plan.schedule) == ("then", 0, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "| When | Use agent |\n|---|---|\n| `src/ui/` broke | ui-agent |\n| `src/db/` broke | db-agent |\n",
        (
            "| Agent | File | Role |\n|---|---|---|\n| a | `.claude/agents/a.md` | x |\n"
            "| b | `.claude/agents/b.md` | y |\n"
        ),
        "| Agent | Directory |\n|---|---|\n| Claude | `.claude/` |\n| Cursor | `.cursor/` |\n",
        "| File | Purpose |\n|---|---|\n| `src/a.ts` | entry |\n| `src/b.ts` | rest |\n",
        "| Module | Owner | Path |\n|---|---|---|\n| auth | @ann | `src/auth/` |\n| pay | @bob | `src/pay/` |\n",
        "- **Planner agent**: plans, `src/agents/planner.py`\n- **Writer agent**: writes, `src/agents/writer.py`\n",
        "### Planner Agent\n- **File**: `src/plan.py`\n\n### Writer Agent\n- **File**: `src/write.py`\n",
        "- Use sub-agents to keep the context small\n- Never edit `src/gen/` by hand\n- One task per sub-agent\n",
        "```\nSpawn 2 agents:\n1. **A**: create `a.ts`\n2. **B**: create `a.ts`\n```\n",
    ],
)
def test_policy_routing_and_descriptions_are_no_work(tmp_path, text):
    read = Read(tmp_path, f"# Rules\n\n## Our agents\n\n{text}")
    assert read.plans == []
    assert read.match is not None
    assert read.match.score < 40


def test_a_heading_for_each_worker_with_its_files_is_a_task(tmp_path):
    text = (
        "## Team\n\n### agent1-api\n- src/api.py\n- tests/test_api.py (new)\n\n### agent2-rag\n"
        "- src/rag.py\n- Off-limits: `src/api.py`\n"
    )
    read = Read(tmp_path, text)
    assert [task.id for task in read.plan.tasks] == ["agent1-api", "agent2-rag"]
    assert writes(read.plan.tasks[0]) == ["src/api.py", "tests/test_api.py"]
    assert [scope.path for scope in read.plan.tasks[1].off_limits] == ["src/api.py"]


def test_bold_bullets_of_numbered_workers_are_tasks(tmp_path):
    text = "## Split\n\n- **Agent 1 (Backend)**: `api/`, `db/`\n- **Agent 2 (Frontend)**: owns `ui/`, after Agent 1\n"
    read = Read(tmp_path, text)
    assert [(task.id, task.title) for task in read.plan.tasks] == [("Agent 1", "Backend"), ("Agent 2", "Frontend")]
    assert writes(read.task("Agent 1")) == ["api/", "db/"]
    (dependency,) = read.task("Agent 2").depends_on
    assert (dependency.task, dependency.target) == ("Agent 1", 0)
    assert dependency.origin.text == "Agent 1"


def test_lanes_with_worktrees_are_isolated(tmp_path):
    text = (
        "## Lanes\n\n- Agent A\n  - Branch: codex/a\n  - Path: ../app-a\n- Agent B\n"
        "  - Branch: codex/b\n  - Path: ../app-b\n"
    )
    read = Read(tmp_path, text)
    assert [task.isolation for task in read.plan.tasks] == [Isolation.WORKTREE, Isolation.WORKTREE]
    assert [resource.name for resource in read.plan.tasks[0].resources] == ["codex/a", "../app-a"]


def test_a_matrix_maps_every_column(tmp_path):
    text = (
        "## Parallelization\n\n| Task ID | Parallelizable | Reason | File Ownership | blockedBy "
        "| Worker | Worktree |\n|---|---|---|---|---|---|---|\n"
        "| T1 | no | base | `src/types.ts` | - | w1 | ../w1 |\n"
        "| T2 | yes | own files | `src/a.ts` | T1 | w2 | ../w2 |\n"
        "| T3 | yes | own files | `src/b.ts` | T1 | w3 | ../w3 |\n"
    )
    read = Read(tmp_path, text)
    second = read.task("T2")
    assert (second.parallel, second.isolation, second.agent.name) == (True, Isolation.WORKTREE, "w2")
    assert [dependency.task for dependency in second.depends_on] == ["T1"]
    assert writes(second) == ["src/a.ts"]


def test_waves_run_one_after_another(tmp_path):
    table = "| Task | Editor | Files touched |\n|---|---|---|\n"
    text = (
        f"## Plan\n\n### Wave 1\n{table}| T1 types | a | `a.ts` |\n| T2 db | b | `b.sql` |\n\n"
        f"### Wave 2\n{table}| T3 api | a | `c.ts` |\n"
    )
    read = Read(tmp_path, text)
    assert shape(read.plan.schedule) == ("then", ("with", 0, 1), 2)
    assert [(task.id, task.wave) for task in read.plan.tasks] == [("T1", "1"), ("T2", "1"), ("T3", "2")]


CALLS = """# Start

Send these in a single message:

```
Task(description="One", prompt="Create `docs/one.md`. Do not touch docs/index.md.", subagent_type="writer")
Task(description="Two", prompt="You own docs/two/. Read docs/style.md.", subagent_type="writer")
```
"""


def test_concrete_calls_are_tasks_with_the_files_of_their_prompts(tmp_path):
    read = Read(tmp_path, CALLS)
    one, two = read.plan.tasks
    assert (writes(one), [scope.path for scope in one.off_limits]) == (["docs/one.md"], ["docs/index.md"])
    assert (writes(two), [scope.path for scope in two.reads]) == (["docs/two/"], ["docs/style.md"])
    assert (one.agent.type, one.brief[:7]) == ("writer", "Create ")
    assert [step.launch.task for step in read.plan.scripts[0].steps] == [0, 1]
    assert read.plan.schedule.evidence is Evidence.STATED


def test_calls_that_are_awaited_one_by_one_are_in_order(tmp_path):
    text = (
        "# X\n\n```js\nawait Task({ prompt: 'Update `a.ts` with one' })\n"
        "await Task({ prompt: 'Update `a.ts` with two' })\n```\n"
    )
    assert shape(Read(tmp_path, text).plan.schedule) == ("then", 0, 1)


def test_a_wait_between_two_launches_orders_them(tmp_path):
    text = (
        "# X\n\n```\na = Task(prompt='Create `a.ts` now', run_in_background=True)\n"
        "TaskOutput(task_id=a.id, block=True)\n"
        "b = Task(prompt='Extend `a.ts` now', run_in_background=True)\n```\n"
    )
    assert shape(Read(tmp_path, text).plan.schedule) == ("then", 0, 1)


def test_a_bare_name_in_two_prompts_is_one_file(tmp_path):
    text = (
        '# X\n\n```\nTask(prompt="Update config.ts to add A", run_in_background=true)\n'
        'Task(prompt="Update config.ts to add B", run_in_background=true)\n```\n'
    )
    assert [writes(task) for task in Read(tmp_path, text).plan.tasks] == [["config.ts"], ["config.ts"]]


def test_templates_are_scripts_of_a_pattern_and_no_tasks(tmp_path):
    text = '# X\n\n```\nTask(subagent_type="x", prompt="Fix {module} in <dir>")\n```\n'
    plan = Read(tmp_path, text).plan
    assert (plan.pattern, plan.tasks, len(plan.scripts)) == (True, (), 1)


@pytest.mark.parametrize("title", ["Anti-patterns", "Never do: two agents, one file", "Wrong way", "❌ Bad"])
def test_what_a_heading_presents_as_wrong_is_no_work(tmp_path, title):
    plan = Read(tmp_path, f"# X\n\n## {title}\n\n" + CALLS.partition("\n")[2]).plan
    assert plan.tasks == ()
    assert all(script.example_of_wrong for script in plan.scripts)


def test_headings_of_workers_with_a_call_each_are_one_plan(tmp_path):
    fence = '```\nUse Task tool with subagent_type="scanner"\n\nPrompt: Report all {} in the code.\n```\n'
    text = (
        f"## Scan\n\nSpawn 2 agents in a SINGLE message.\n\n#### Agent 1: Bugs\n"
        f"{fence.format('bugs')}\n#### Agent 2: Gaps\n{fence.format('gaps')}"
    )
    plan = Read(tmp_path, text, ".claude/commands/scan.md").plan
    assert [task.agent.type for task in plan.tasks] == ["scanner", "scanner"]
    assert shape(plan.schedule) == ("with", 0, 1)
    assert plan.pattern


def test_rules_of_the_chapter_become_constraints_and_limits(tmp_path):
    rules = (
        "\n### Rules\n- Never touch `.env`, `migrations/`\n- Never edit `gen/` by hand\n"
        "- Only the lead agent edits `src/index.ts`\n- Max 4 agents at once\n"
    )
    plan = Read(tmp_path, ROSTER + rules).plan
    assert [(rule.kind, rule.scope.path, rule.owner) for rule in plan.constraints] == [
        ("off-limits", ".env", None),
        ("off-limits", "migrations/", None),
        ("hub", "src/index.ts", "lead agent"),
    ]
    assert plan.max_parallel == 4


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Spawn one agent per service in `services/`.", None),
        ("Launch one sub-agent for each module, at most 5 at once.", 5),
    ],
)
def test_one_agent_per_element_is_a_fan_out(tmp_path, sentence, bound):
    (fan_out,) = Read(tmp_path, f"# X\n\n{sentence}\n").plan.fan_outs
    assert fan_out.bound == bound


def test_a_denied_fan_out_is_none(tmp_path):
    assert Read(tmp_path, "# X\n\nDo not spawn one agent per file.\n").plans == []


def test_the_memory_file_itself_is_inherited_context_and_a_command_is_not(tmp_path):
    assert [file.path for file in Read(tmp_path, CALLS).plan.context] == ["CLAUDE.md"]
    assert Read(tmp_path, CALLS, ".claude/commands/start.md").plan.context == ()


def test_a_guide_is_recognised_by_the_calls_in_it_or_by_a_table_that_divides_files(tmp_path):
    assert Read(tmp_path, CALLS, "docs/guide.md").match.score == 35
    looped = "# X\n\n```js\nfor (const page of pages) {\n  Agent({ prompt: `Check ${page}` })\n}\n```\n"
    assert Read(tmp_path, looped, "docs/guide.md").match.score == 35
    assert Read(tmp_path, ROSTER, "docs/guide.md").match.score == 33
    assert Read(tmp_path, ROLES.format(count=3), "docs/guide.md").match is None
    assert not ClaudeMdDialect().might_be(".claude/agents/a.md", CALLS)


@pytest.mark.parametrize(
    ("words", "looked_at"),
    [
        ("Task (x)", True),
        ("Agent\t(", True),
        ("Task: build", True),
        ("`TaskOutput`", True),
        ('subagent_type="x"', True),
        ("claude -p 'x' &", True),
        ("MyTask(x)", False),
        ("TaskOutputs", False),
        ("useragent_type subagent_types", False),
        ("the Agent tool", False),
    ],
)
def test_only_whole_words_of_a_launch_make_a_document_worth_reading(words, looked_at):
    assert ClaudeMdDialect().might_be("docs/guide.md", f"Then {words}\n") is looked_at


def test_an_empty_memory_file_is_recognised_and_holds_no_plan(tmp_path):
    read = Read(tmp_path, "")
    assert read.plans == []
    assert read.match.score == 31


BESIDE = """# Shop

## Feature work

Spawn these agents in parallel:

| Agent | Owns |
| --- | --- |
| backend | `src/api/` |
| frontend | `src/pages/` |
| tests | `tests/` |

Never run more than 2 agents at once.

```
Task(subagent_type="{type}", prompt="Update src/config.ts for carts", run_in_background=true)
Task(subagent_type="{type}", prompt="Update src/config.ts for taxes", run_in_background=true)
```
"""


def test_calls_below_a_roster_that_start_none_of_its_workers_are_work_of_their_own(tmp_path):
    """The roster and the calls are two plans; a limit said in another way is a limit, not a number of workers."""
    roster, calls = Read(tmp_path, BESIDE.format(type="general-purpose")).plans
    assert [task.agent.name for task in roster.tasks] == ["backend", "frontend", "tests"]
    assert (roster.max_parallel, roster.workers) == (2, None)
    assert [writes(task) for task in calls.tasks] == [["src/config.ts"], ["src/config.ts"]]
    assert shape(calls.schedule) == ("with", 0, 1)


def test_calls_that_start_the_workers_of_a_roster_add_no_tasks(tmp_path):
    """How the roster's workers are launched is part of the roster's plan."""
    (plan,) = Read(tmp_path, BESIDE.format(type="backend")).plans
    assert len(plan.tasks) == 3
    assert plan.scripts


METHOD = """# Shop

## Feature work

### Rules
- Always use the 3-parallel-task method for features

### Parallel feature workflow
1. **Component**: the main file
2. **Tests**: the test files
3. **Types**: the shared types
4. **Review and Validation**: run everything together
"""


def test_the_method_that_a_chapter_names_counts_for_the_roles_in_it(tmp_path):
    read = Read(tmp_path, METHOD)
    assert [task.title for task in read.plan.tasks] == ["Component", "Tests", "Types", "Review and Validation"]
    assert read.plan.pattern
    assert Read(tmp_path, METHOD.replace("3-parallel", "7-parallel")).plans == []


def test_a_list_below_a_text_that_launches_it_needs_no_number(tmp_path):
    text = (
        "# Release\n\n## Checks\n\nLaunch these agents in parallel:\n"
        "- **qa-engineer**: run the whole suite\n- **auditor**: look at the changes since the last tag\n"
    )
    read = Read(tmp_path, text, ".claude/commands/release.md")
    assert [task.title for task in read.plan.tasks] == ["qa-engineer", "auditor"]
    assert shape(read.plan.schedule) == ("with", 0, 1)
    assert read.plan.schedule.evidence is Evidence.STATED
    for other in ("Choose one of these agents:", "Examples, launch these agents in parallel:", "Never launch agents:"):
        told = text.replace("Launch these agents in parallel:", other)
        assert Read(tmp_path, told, ".claude/commands/release.md").plans == []


def test_the_heading_may_name_the_agents_that_its_text_launches(tmp_path):
    text = (
        "# Mine\n\n## Mining (parallel agents)\n\nSpawn concurrently:\n\n1. **extractor**: list\n2. **mapper**: map\n"
    )
    assert [task.title for task in Read(tmp_path, text).plan.tasks] == ["extractor", "mapper"]


def test_a_list_inside_of_a_list_is_read_where_its_item_launches_it(tmp_path):
    text = (
        "# Recon\n\n1. **Read:**\n   - Read `notes.md`.\n2. **Trace:**\n"
        "   - Launch these agents in parallel, in a single message:\n"
        '     - **Route agent**: "Find all routes."\n     - **Session agent**: "Trace the sessions."\n'
    )
    read = Read(tmp_path, text)
    assert [task.title for task in read.plan.tasks] == ["Route agent", "Session agent"]
    assert shape(read.plan.schedule) == ("with", 0, 1)


BOLD = """# Fix

## Collect

Launch these agents in parallel:

**Agent 1 — Changed files:**
```bash
git diff --name-only
```

**Agent 2 — History:**
- read the log
- name the authors

Then, for a deep look, ask somebody:

- **Agent 9**: is no part of it
"""


def test_bold_lines_that_name_workers_are_read_like_headings(tmp_path):
    read = Read(tmp_path, BOLD)
    assert [(task.id, task.title) for task in read.plan.tasks] == [("Agent 1", "Changed files"), ("Agent 2", "History")]
    assert "name the authors" in read.plan.tasks[1].brief


def test_bold_lines_of_one_paragraph_are_one_worker_each(tmp_path):
    text = (
        "# Shop\n\n## Split\n\nThese agents run in parallel.\n\n"
        "**Agent 1**: create `src/api.py`\n**Agent 2**: create `src/ui.py`\n"
    )
    read = Read(tmp_path, text)
    assert [writes(task) for task in read.plan.tasks] == [["src/api.py"], ["src/ui.py"]]


def test_bold_lines_of_policy_are_no_workers(tmp_path):
    text = "# Shop\n\n## Agents in parallel\n\n**Goal**: be quick\n\n**Limits**: few agents\n"
    assert Read(tmp_path, text).plans == []


def test_headings_below_a_text_that_launches_them_need_no_files(tmp_path):
    text = (
        "# Papers\n\n## Search\n\n{told}\n\n### Subagent 1: Archive\n```\nSearch the archive.\n```\n\n"
        "### Subagent 2: Web\n```\nSearch the web.\n```\n"
    )
    read = Read(tmp_path, text.format(told="Spawn these 2 subagents in parallel."))
    assert [(task.id, task.title) for task in read.plan.tasks] == [("Subagent 1", "Archive"), ("Subagent 2", "Web")]
    assert "Search the web." in read.plan.tasks[1].brief
    assert Read(tmp_path, text.format(told="The project has these agents.")).plans == []


def test_whom_a_text_points_at_is_launched_without_a_word_on_order(tmp_path):
    text = "# Team\n\n{told}\n\n1. **Ada** (Architect) - look at the boundaries\n2. **Rex** (Web) - look at the pages\n"
    told = "Spawn the following agents and have each look from its side:"
    assert [task.title for task in Read(tmp_path, text.format(told=told)).plan.tasks] == [
        "Ada (Architect)",
        "Rex (Web)",
    ]
    assert Read(tmp_path, text.format(told="You can spawn the following agents:")).plans == []


def test_a_bold_label_between_the_launch_and_its_list_belongs_to_the_lead(tmp_path):
    text = "# Team\n\nSpawn these agents in parallel:\n\n**Always:**\n- `jared` — all files\n- `cory` — all files\n"
    assert [task.title for task in Read(tmp_path, text).plan.tasks] == ["jared", "cory"]


def test_headings_named_after_the_agent_that_their_text_starts_are_workers(tmp_path):
    text = (
        "# Verify\n\nSpawn the following agents simultaneously:\n\n"
        "## collector\n\nSpawn the `collector` agent.\n\n## defender (if asked)\n\nSpawn the `defender` agent.\n\n"
        "## Next\n\nGo on.\n"
    )
    assert [task.title for task in Read(tmp_path, text).plan.tasks] == ["collector", "defender: if asked"]


def test_a_table_below_a_text_that_launches_its_agents_needs_no_files(tmp_path):
    text = "# Look\n\n{told}\n\n| Agent | Focus |\n|---|---|\n| Scanner | patterns |\n| Reader | the voice |\n"
    told = "Spawn these agents in parallel, in one message."
    assert [task.agent.name for task in Read(tmp_path, text.format(told=told)).plan.tasks] == ["Scanner", "Reader"]
    assert Read(tmp_path, text.format(told="The project has these agents.")).plans == []


def test_front_matter_that_claude_code_reads_and_yaml_does_not_is_no_complaint(tmp_path):
    text = "---\nargument-hint: [module] [depth]\n---\n\n" + ROLES.format(count=3)
    read = Read(tmp_path, text, name=".claude/commands/split.md")
    assert [task.title for task in read.plan.tasks] == ["Component", "Types", "Integration"]
    assert [problem.code for problem in read.document.problems] == ["PL002"]
    assert ClaudeMdDialect().reader_problems(read.document) == []


def test_a_prompt_in_any_file_is_read_where_somebody_decides_so(tmp_path):
    text = "Spawn two teammates:\n\n- **indexer**: add `src/a.ts`.\n- **painter**: add `src/b.ts`.\n"
    read = Read(tmp_path, text, name="prompts/team.md")
    assert read.match is None
    (plan,) = ClaudeMdDialect().load([read.document], read.workspace).plans
    assert [(task.title, writes(task)) for task in plan.tasks] == [("indexer", ["src/a.ts"]), ("painter", ["src/b.ts"])]

"""Delegation sections in the wording of different people: tables, lists, headings, calls, sessions and languages."""

from __future__ import annotations

import pytest
from delegation_reader import Read, shape, writes

from planlint.model import Kind

TABLES = {
    "files it owns": (
        """## Team

| Teammate | Files it owns | Must not touch |
|:--|:--|:--|
| **engine** | `engine/**` | `ui/**` |
| **ui** | `ui/**`, `assets/*.svg` | `engine/**` |
""",
        [["engine/**"], ["ui/**", "assets/*.svg"]],
        ("with", 0, 1),
    ),
    "sessions with worktrees": (
        """## Parallel sessions

| Session | Worktree | Branch | Files |
|---|---|---|---|
| A | `../app-a` | `a/parser` | `src/parser/` |
| B | `../app-b` | `b/printer` | `src/printer/` |
""",
        [["src/parser/"], ["src/printer/"]],
        ("with", 0, 1),
    ),
    "waves in a column, who in another": (
        """## Parallelism

| Wave | Who | Tasks | Files owned |
|---|---|---|---|
| 1 | **Agent A** | Task 1: API | `planner-api/**` only |
| 1 | **Agent B** | Task 2: form | `js/picker.js` |
| 2 | **Main session** | Task 3: deploy | `CHANGELOG.md` |
""",
        [["planner-api/**"], ["js/picker.js"], ["CHANGELOG.md"]],
        ("then", ("with", 0, 1), 2),
    ),
    "branches and waiting": (
        """## Workers

| Worker | Branch | Directory | Depends on |
| --- | --- | --- | --- |
| W1 — ingest | `w1-ingest` | `pipeline/ingest/` | none |
| W2 — clean | `w2-clean` | `pipeline/clean/` | none |
""",
        [["pipeline/ingest/"], ["pipeline/clean/"]],
        ("with", 0, 1),
    ),
    "the lead listed last": (
        """## Lanes

| Agent | Owns |
|---|---|
| map | `map/` |
| trail | `trail/` |
| Orchestrator | merge, then `VERSION` |
""",
        [["map/"], ["trail/"], ["VERSION"]],
        ("then", ("with", 0, 1), 2),
    ),
    "a sentence about lanes": (
        """## Agent lanes

| Lane | Path |
|---|---|
| 1 | `apps/web` |
| 2 | `apps/api` |
| 3 | `packages/*` |

Lanes 1 and 2 run together; lane 3 goes first.
""",
        [["apps/web"], ["apps/api"], ["packages/*"]],
        ("then", 2, ("with", 0, 1)),
    ),
    "the lead listed first": (
        """### Work split

The lead commits the foundation and then starts the two streams in parallel.

| Stream | Owner | Files owned |
|---|---|---|
| Foundation | Lead | `src/prefs.ts` |
| Shell | Subagent A | `src/page.tsx` |
| Melody | Subagent B | `src/melody.tsx` |
""",
        [["src/prefs.ts"], ["src/page.tsx"], ["src/melody.tsx"]],
        ("then", 0, ("with", 1, 2)),
    ),
    "a sentence about the one with a name": (
        """## Agents

The checker runs last.

| Agent | Owns |
|---|---|
| checker | `report.md` |
| parser | `src/parser/` |
| printer | `src/printer/` |
""",
        [["report.md"], ["src/parser/"], ["src/printer/"]],
        ("then", ("with", 1, 2), 0),
    ),
    "Japanese": (
        """## 並列作業の分担

次の2つのエージェントを並列で起動する。

| エージェント | 担当ファイル | 触らない |
|---|---|---|
| 認証 | `src/auth/` | `src/billing/` |
| 課金 | `src/billing/` | `src/auth/` |
""",
        [["src/auth/"], ["src/billing/"]],
        ("with", 0, 1),
    ),
    "German": (
        """## Aufteilung

Starte zwei Agenten gleichzeitig:

| Agent | Dateien | Nicht anfassen |
|---|---|---|
| Suche | `src/suche/` | `src/index.ts` |
| Export | `src/export/` | `src/index.ts` |
""",
        [["src/suche/"], ["src/export/"]],
        ("with", 0, 1),
    ),
}


@pytest.mark.parametrize(("text", "files", "order"), TABLES.values(), ids=TABLES)
def test_a_table_that_divides_files_is_read_with_its_order(tmp_path, text, files, order):
    plan = Read(tmp_path, text).plan
    assert [writes(task) for task in plan.tasks] == files
    assert shape(plan.schedule) == order


LISTS = {
    "a named method and an ampersand": (
        """### Feature work: the 3-parallel-task method

1) __Model__: `app/models/order.rb`
2) __Views__: everything in `app/views/orders/`
3) __Review & integration__: routes (`config/routes.rb`) after the other two are done
""",
        [["app/models/order.rb"], ["app/views/orders/"], ["config/routes.rb"]],
        ("then", ("with", 0, 1), 2),
    ),
    "at most so many": (
        """## Team plan

Up to 2 teammates in parallel.

1. **Table**: `src/Table.tsx`
2. **Chart**: `src/Chart.tsx`
""",
        [["src/Table.tsx"], ["src/Chart.tsx"]],
        ("with", 0, 1),
    ),
    "fields below each name": (
        """## Subagents for this release

1. **`search-agent`**
   - scope: `src/search/**`
   - must not touch: `src/index.ts`
2. **`export-agent`**
   - scope: `src/export/**`
3. **`wiring-agent`** (last)
   - scope: `src/index.ts`
""",
        [["src/search/**"], ["src/export/**"], ["src/index.ts"]],
        ("then", ("with", 0, 1), 2),
    ),
    "places, one agent each": (
        """## Refactoring

Dispatch one agent per package:

- `packages/core`: rename the types
- `packages/cli`: follow the rename
""",
        [["packages/core"], ["packages/cli"]],
        ("with", 0, 1),
    ),
    "files alone below bold names": (
        """## Agents

**schema-agent** (first)
- `prisma/schema.prisma`

**api-agent**
- `src/api/`

**web-agent**
- `src/web/`
""",
        [["prisma/schema.prisma"], ["src/api/"], ["src/web/"]],
        ("then", 0, ("with", 1, 2)),
    ),
    "a lead that merges": (
        """## Team

* Lead: merges, edits `VERSION`
* Agent A: `lib/a/`
* Agent B: `lib/b/`
""",
        [["VERSION"], ["lib/a/"], ["lib/b/"]],
        ("then", ("with", 1, 2), 0),
    ),
    "owners in a fence": (
        """## Parallel plan

```
Agent 1 (storage)   -> src/storage/**
Agent 2 (network)   -> src/net/**, src/tls.rs
```
""",
        [["src/storage/**"], ["src/net/**", "src/tls.rs"]],
        ("with", 0, 1),
    ),
    "files and their owners in a fence": (
        """## File ownership

```
src/api.py      → api-agent (create)
src/routes.py   → api-agent (modify)
web/app.tsx     → web-agent (modify)
```
""",
        [["src/api.py", "src/routes.py"], ["web/app.tsx"]],
        ("with", 0, 1),
    ),
    "files that belong to agents": (
        """## Ownership rules

- `src/db/**` belongs to the **db agent** only
- `src/api/**` belongs to the **api agent** only
""",
        [["src/db/**"], ["src/api/**"]],
        ("with", 0, 1),
    ),
    "a wave of one": (
        """## Delegation plan

### Phase 1 (sequential)
1. **Schema agent**: `prisma/schema.prisma`

### Phase 2 (parallel)
1. **Orders agent**: `src/orders/`
2. **Stock agent**: `src/stock/`
""",
        [["prisma/schema.prisma"], ["src/orders/"], ["src/stock/"]],
        ("then", 0, ("with", 1, 2)),
    ),
    "Chinese": (
        """## 并行任务

启动 2 个子 Agent 并行执行，每个只改自己的文件：

1. **数据层**：`src/db/`
2. **接口层**：`src/api/`
""",
        [["src/db/"], ["src/api/"]],
        ("with", 0, 1),
    ),
    "Portuguese": (
        """## Plano paralelo

Execute 2 agentes em paralelo:

1. **Agente 1 - Modelos**: `app/models/`
2. **Agente 2 - Rotas**: `app/routes/`
""",
        [["app/models/"], ["app/routes/"]],
        ("with", 0, 1),
    ),
    "Vietnamese": (
        """# Phân công

Chạy song song 2 agent:

- **Agent 1 (Backend)**: `backend/routes/`
- **Agent 2 (Frontend)**: `frontend/src/`
""",
        [["backend/routes/"], ["frontend/src/"]],
        ("with", 0, 1),
    ),
}


@pytest.mark.parametrize(("text", "files", "order"), LISTS.values(), ids=LISTS)
def test_a_list_of_roles_or_workers_is_read_with_its_order(tmp_path, text, files, order):
    plan = Read(tmp_path, text).plan
    assert [writes(task) for task in plan.tasks] == files
    assert shape(plan.schedule) == order


def test_a_row_that_is_not_parallel_runs_where_it_is_listed(tmp_path):
    text = (
        "## Parallelization matrix\n\n| Task ID | Parallelizable | File Ownership | blockedBy |\n|---|---|---|---|\n"
        "| T1 | no | `src/types.ts` | - |\n| T2 | yes | `src/list/` | T1 |\n| T3 | yes | `src/detail/` | T1 |\n"
        "| T4 | no | `src/app.ts` | T2, T3 |\n"
    )
    assert shape(Read(tmp_path, text).plan.schedule) == ("then", 0, ("with", 1, 2), 3)


def test_where_rows_wait_for_later_ones_only_their_dependencies_order_them(tmp_path):
    text = (
        "## Parallelization matrix\n\n| Task ID | Parallelizable | File Ownership | blockedBy |\n|---|---|---|---|\n"
        "| T1 | no | `src/app.ts` | T2 |\n| T2 | yes | `src/list/` | - |\n"
    )
    plan = Read(tmp_path, text).plan
    assert shape(plan.schedule) == ("with", 0, 1)
    assert [on.task for on in plan.tasks[0].depends_on] == ["T2"]


def test_a_heading_says_for_whom_its_worker_waits(tmp_path):
    text = (
        "## Parallel workstreams\n\n#### Workstream A — Ingest\nOwns: `ingest/`\n\n#### Workstream B — Report\n"
        "Owns: `report/`\n\n#### Workstream C — Glue (starts after A and B)\nOwns: `app/main.py`\n"
    )
    glue = Read(tmp_path, text).plan.tasks[2]
    assert [on.task for on in glue.depends_on] == ["Workstream A", "Workstream B"]


def test_a_worktree_behind_the_name_of_a_session_is_its_own(tmp_path):
    text = (
        "## Worktrees\n\n**Terminal 1** (`../app-search`): implement `src/search.ts`\n"
        "**Terminal 2** (`../app-report`): implement `src/report.ts`\n"
    )
    assert [task.resources[0].name for task in Read(tmp_path, text).plan.tasks] == ["../app-search", "../app-report"]


def test_a_bold_remark_before_the_workers_is_no_worker(tmp_path):
    text = (
        "### Exploration\n\n**DO NOT START CODING.** Deploy 2 Task agents in parallel to explore:\n\n"
        "**Agent 1: Architecture**\n- Read the core\n\n**Agent 2: Patterns**\n- Find similar words\n"
    )
    assert [task.id for task in Read(tmp_path, text, ".claude/commands/x.md").plan.tasks] == ["Agent 1", "Agent 2"]


NO_PLAN = {
    "whom to call for what": """## Delegation rules

| Task type | Subagent | Files |
|---|---|---|
| Migrations | db-agent | `migrations/**` |
| Components | ui-agent | `src/components/**` |
""",
    "the workers of a product": """# Architecture

| Worker | Path | Queue |
|---|---|---|
| ImageWorker | `workers/image.py` | `images` |
| MailWorker | `workers/mail.py` | `mail` |

Workers run in parallel.
""",
    "a record of what was done": """# What the agents did in March

| Agent | Files changed | Result |
|---|---|---|
| claude-1 | `src/a.ts`, `src/b.ts` | merged |
| claude-2 | `src/b.ts` | conflict |
""",
    "classes of a framework": """# API

```python
task = Task(name="nightly", fn=export)
agent = Agent(name="bot", model="x")
triage = Agent(name="Triage", instructions="Route the question")
```
""",
    "policy with numbers": """# Rules for agents

1. **Plan first**: write the plan to `plans/current.md`.
2. **Tests**: run `npm test` before handing over.
3. **Parallelism**: max 3 concurrent sub-agents.
""",
    "a rule for a case that may come": """## Conventions

1. **Components**: live in `src/components/`
2. **Hooks**: live in `src/hooks/`
3. **Tests**: live in `tests/`

When a job is large, use up to 3 subagents in parallel.
""",
    "a fence with other lines": """## Parallel agents

```
Agent 1 -> src/a/
Agent 2 asks for help
```
""",
    "a policy in Chinese": """# 开发规范

- 优先使用子代理并行探索代码。
- 不要同时启动超过 5 个子代理。

## 目录
- `src/api/`：接口
- `src/db/`：数据
""",
}


@pytest.mark.parametrize("text", NO_PLAN.values(), ids=NO_PLAN)
def test_what_hands_no_work_to_anybody_is_no_plan(tmp_path, text):
    assert Read(tmp_path, text).plans == []


RULES = {
    "a list below its lead": (
        "**NEVER touch** (any lane):\n- `go.mod`\n- `pkg/shared/**`\n",
        ["go.mod", "pkg/shared/**"],
    ),
    "a section of its own": ("### Off limits for everyone\n`vendor/`, `schema.prisma`\n", ["vendor/", "schema.prisma"]),
    "Chinese, the file first": ("`go.mod` 禁止修改。\n", ["go.mod"]),
    "with a condition": ("Never touch without approval:\n- `go.mod`\n", []),
    "a sentence in the list": ("Never touch:\n- generated code, run `make gen` for `gen/api.go` instead\n", []),
}


@pytest.mark.parametrize(("rule", "paths"), RULES.values(), ids=RULES)
def test_a_list_of_files_that_nobody_may_touch_is_off_limits(tmp_path, rule, paths):
    text = f"# Lanes\n\n- **Lane A**: `pkg/auth/`\n- **Lane B**: `pkg/cart/`\n\n{rule}"
    found = Read(tmp_path, text).plan.constraints
    assert [(rule.kind, rule.scope.path) for rule in found] == [("off-limits", path) for path in paths]


def test_what_the_coordinator_alone_edits_is_a_hub(tmp_path):
    text = (
        "# Lanes\n\n- **Lane A**: `src/a.ts`\n- **Lane B**: `src/b.ts`\n\n"
        "Barrels (`src/index.ts`) are edited by the coordinator alone.\n\nOnly the lead edits:\n\n- `package.json`\n"
    )
    found = Read(tmp_path, text).plan.constraints
    assert [(rule.kind, rule.scope.path, rule.owner) for rule in found] == [
        ("hub", "src/index.ts", "coordinator"),
        ("hub", "package.json", "the lead"),
    ]


USAGE = {
    "a heading": "## Usage\n\n{calls}",
    "a heading about the tool": "## Invocation\n\n### Via Task Tool\n\n{calls}",
    "a lead": "## Research\n\nExample Task invocations:\n\n{calls}",
}


@pytest.mark.parametrize("text", USAGE.values(), ids=USAGE)
def test_calls_that_show_how_to_call_are_no_work(tmp_path, text):
    calls = (
        '```\nTask(subagent_type="analyst", prompt="Look at it")\nTask(subagent_type="qa", prompt="Check it")\n```\n'
    )
    plan = Read(tmp_path, text.format(calls=calls)).plan
    assert plan.tasks == ()
    assert len(plan.scripts) == 1
    assert len(Read(tmp_path, f"## Now\n\nStart both:\n\n{calls}").plan.tasks) == 2


DRAWN = {
    "characters": "```\nAgent A ──┬──> Agent B\n          └──> Agent C\n```\n",
    "Mermaid": "```mermaid\ngraph LR\n  A[core] --> B[web]\n  A --> C[cli]\n```\n",
    "a line": "Agent A → Agent B, Agent C\n",
}


@pytest.mark.parametrize("drawing", DRAWN.values(), ids=DRAWN)
def test_a_drawing_in_the_chapter_orders_the_workers(tmp_path, drawing):
    text = "## Agents\n\n- **Agent A (core)**: `core/`\n- **Agent B (web)**: `web/`\n- **Agent C (cli)**: `cli/`\n\n"
    plan = Read(tmp_path, text + drawing).plan
    assert [[on.task for on in task.depends_on] for task in plan.tasks] == [[], ["Agent A"], ["Agent A"]]


def test_a_heading_may_name_a_teammate_behind_a_colon_and_a_sentence_those_it_waits_for(tmp_path):
    text = (
        "# Sprint\n\nWe use an agent team of three.\n\n### Teammate: backend\nFiles: `api/**`\nOff-limits: `web/**`\n\n"
        "### Teammate: frontend\nFiles: `web/**`\n\n### Teammate: qa\nFiles: `tests/**`\n"
        "Starts when backend and frontend are done.\n"
    )
    backend, frontend, qa = Read(tmp_path, text).plan.tasks
    assert [writes(task) for task in (backend, frontend, qa)] == [["api/**"], ["web/**"], ["tests/**"]]
    assert [scope.path for scope in backend.off_limits] == ["web/**"]
    assert [on.task for on in qa.depends_on] == ["backend", "frontend"]


def test_nobody_edits_is_a_rule_for_all(tmp_path):
    text = "## Agents\n\n- **Agent A**: `a/`\n- **Agent B**: `b/`\n\nNobody edits `Cargo.lock`.\n"
    assert [rule.scope.path for rule in Read(tmp_path, text).plan.constraints] == ["Cargo.lock"]


def test_a_limit_may_be_short(tmp_path):
    text = "## Agents\n\nMax. 2 at a time.\n\n- **Agent A**: `a/`\n- **Agent B**: `b/`\n- **Agent C**: `c/`\n"
    assert Read(tmp_path, text).plan.max_parallel == 2


def test_bare_numbers_before_a_chinese_verb_of_finishing_are_names(tmp_path):
    text = (
        "## 分工\n\n使用三个子代理，同时进行：\n\n- **子代理 1（解析）**：负责 `src/parser/`\n"
        "- **子代理 2（生成）**：负责 `src/gen/`\n"
        "- **子代理 3（测试）**：负责 `tests/`，等 1 和 2 完成后开始\n\n所有子代理都不要修改 `package.json`。\n"
    )
    plan = Read(tmp_path, text).plan
    assert [on.task for on in plan.tasks[2].depends_on] == ["子代理 1", "子代理 2"]
    assert [(rule.kind, rule.scope.path) for rule in plan.constraints] == [("off-limits", "package.json")]


def test_a_row_whose_status_is_done_is_finished(tmp_path):
    text = (
        "## Lanes\n\n| Agent | Owns | Status |\n|---|---|---|\n| a | `src/a/` | ✅ merged |\n"
        "| b | `src/b/` | in progress |\n"
    )
    assert [task.done for task in Read(tmp_path, text).plan.tasks] == [True, False]


def test_a_list_that_says_what_each_teammate_owns_counts_in_any_document(tmp_path):
    text = (
        "# Prompt\n\nCreate an agent team with three teammates:\n\n- **schema**: owns `db/`.\n"
        "- **server**: owns `server/`. Waits for schema.\n- **client**: owns `client/`. Waits for schema.\n"
    )
    read = Read(tmp_path, text, "docs/team.md")
    assert read.match.score == 33
    assert [[on.task for on in task.depends_on] for task in read.plan.tasks] == [[], ["schema"], ["schema"]]


TOLD = {
    "a prompt in a fence": """## Check

Use the Task tool to launch the `security-reviewer` agent with this prompt:

```
Write reports/security.md.
```

At the same time launch a speed-reviewer agent with this prompt:

```text
Write reports/speed.md.
```

Both run in parallel.
""",
    "prompts in quotes": """## Check

Use the Task tool to launch the `security-reviewer` agent: "Write reports/security.md."
At the same time use it to launch the `speed-reviewer` agent: "Write reports/speed.md."
""",
    "quotes below bold names": """## Check

Launch both agents in a single message.

**Agent `security-reviewer`**:

> Write reports/security.md.

**Agent `speed-reviewer`**:

> Write reports/speed.md.
""",
    "calls as JSON": """Send both tool calls in one message:

```json
[
  {"tool": "Task", "input": {"subagent_type": "security-reviewer", "prompt": "Write reports/security.md"}},
  {"tool": "Task", "input": {"prompt": "Write reports/speed.md", "subagent_type": "speed-reviewer"}}
]
```
""",
    "mentions": """Run in parallel:

1. @security-reviewer: write `reports/security.md`
2. @speed-reviewer: write `reports/speed.md`
""",
}


@pytest.mark.parametrize("text", TOLD.values(), ids=TOLD)
def test_a_launch_may_be_told_without_a_call(tmp_path, text):
    plan = Read(tmp_path, text, ".claude/commands/check.md").plan
    assert [task.agent.type or task.agent.name for task in plan.tasks] == ["security-reviewer", "speed-reviewer"]
    assert [writes(task) for task in plan.tasks] == [["reports/security.md"], ["reports/speed.md"]]
    assert shape(plan.schedule) == ("with", 0, 1)


@pytest.mark.parametrize(
    "text",
    [
        '## Tips\n\nFor example, launch the reviewer agent: "Look at the diff and tell me what is wrong."\n',
        "## Owners\n\n- @backend-team: `services/pay/`\n- @frontend-team: `services/web/`\n",
        '## Settings\n\n```json\n{"subagent_type": "x", "prompt": "Write a.md"}\n```\n',
        "## Prompts\n\nThe agent gets this prompt:\n\n```\nWrite reports/security.md.\n```\n",
    ],
)
def test_an_example_an_owner_and_a_description_launch_nobody(tmp_path, text):
    assert Read(tmp_path, text).plans == []


def test_a_heading_may_name_its_worker_as_code(tmp_path):
    text = (
        "## Team\n\n### Agent `core`\nOwns `core/**`. Do not touch `app/**`.\n\n"
        "### Agent `app`\nOwns `app/**`. Do not touch `core/**`.\n"
    )
    core, app = Read(tmp_path, text).plan.tasks
    assert (writes(core), writes(app)) == (["core/**"], ["app/**"])
    assert [scope.path for scope in core.off_limits] == ["app/**"]


@pytest.mark.parametrize("front", ["", "Before the first edit, ", "Then ", "First, "])
def test_a_sentence_may_say_when_its_call_is_made(tmp_path, front):
    text = (
        f'## Sizing\n\n{front}Task(subagent_type="estimator"): Read `docs/sizes.md` and name the size of the change.\n'
    )
    (task,) = Read(tmp_path, text, ".claude/commands/size.md").plan.tasks
    assert task.agent.type == "estimator"
    assert [scope.path for scope in task.reads] == ["docs/sizes.md"]


def test_a_sentence_about_a_call_is_no_call(tmp_path):
    text = '## Sizing\n\nAfter Task(subagent_type="estimator") ends, write `docs/sizes.md`.\n'
    assert Read(tmp_path, text, ".claude/commands/size.md").plans == []


def test_what_is_to_be_verifiable_is_not_verified_by_that_agent(tmp_path):
    text = '## Cut\n\nTask(subagent_type="splitter"): Cut the goal into small steps, each verifiable by itself.\n'
    (task,) = Read(tmp_path, text, ".claude/commands/cut.md").plan.tasks
    assert task.kind is Kind.BUILD

"""Who does what with which files, in many wordings: sentences, trees, tables with odd headers, plain lines."""

from __future__ import annotations

import pytest
from delegation_reader import Read, shape, writes

BESIDE = ("with", 0, 1)

DIVISIONS = {
    "letters in brackets, which Markdown takes for a paragraph": (
        "We run two Claude sessions at the same time:\n\na) Session A does prices and stays inside `src/price/`.\n"
        "b) Session B does mails and stays inside `src/mail/`.\n",
        [["src/price/"], ["src/mail/"]],
        BESIDE,
    ),
    "a sign in front of each line": (
        "### Who does what\n\n🔵 Blue → builds the cache in `lib/cache.rb`\n🔴 Red → reworks `lib/router.rb`\n",
        [["lib/cache.rb"], ["lib/router.rb"]],
        BESIDE,
    ),
    "two workers in one sentence": (
        "Agent A takes `src/importer` while Agent B takes `src/exporter`. They share `src/common.ts`, which stays.",
        [["src/importer"], ["src/exporter"]],
        BESIDE,
    ),
    "the first and the second": (
        "Start two agents now. The first one rewrites `src/head.c`, the second one rewrites "
        "`src/body.c`. Once both are "
        "back, start a third one that writes `tests/test_body.c`.",
        [["src/head.c"], ["src/body.c"], ["tests/test_body.c"]],
        ("then", BESIDE, 2),
    ),
    "agents that are called by trade": (
        "Use `api-dev` for the route (`server/export.js`) and `ui-dev` for the button "
        "(`client/Export.jsx`), in parallel.",
        [["server/export.js"], ["client/Export.jsx"]],
        BESIDE,
    ),
    "lines that each begin with a worker": (
        "Claude A: mailer. Edit `app/mailer.py`.\nClaude B: queue. Edit `app/queue.py`.\n",
        [["app/mailer.py"], ["app/queue.py"]],
        BESIDE,
    ),
    "workers in a quote": (
        "> Worker A: speed up `lib/sort.ex`\n>\n> Worker B: speed up `lib/heap.ex`\n\nBoth at the same time.\n",
        [["lib/sort.ex"], ["lib/heap.ex"]],
        BESIDE,
    ),
    "the worker in brackets behind the work": (
        "**Ingest** (agent 1): new `src/reader.rs`.\n\n**Store** (agent 2): new `src/sqlite.rs`.\n",
        [["src/reader.rs"], ["src/sqlite.rs"]],
        BESIDE,
    ),
    "groups of agents with a plural name": (
        "Two groups of agents start together.\n\n- Backend engineers: own `server/`\n"
        "- Frontend engineers: own `web/`\n",
        [["server/"], ["web/"]],
        BESIDE,
    ),
    "workers of a trade, told apart by what they are for": (
        "Fan out to two translators, all at once:\n\n* one for German, output `locales/de.json`\n"
        "* one for French, output `locales/fr.json`\n",
        [["locales/de.json"], ["locales/fr.json"]],
        BESIDE,
    ),
    "names that wait for each other": (
        "* **Ann**: engine. Modify `core/engine.cc`.\n"
        "* **Ben**: tests. Create `tests/engine_test.cc`. Waits for Ann.\n",
        [["core/engine.cc"], ["tests/engine_test.cc"]],
        BESIDE,
    ),
    "fields on one line": (
        "W1 — Store. Files: `src/store/**`. Agent: one. Depends on: nothing.\n"
        "W2 — Views. Files: `src/views/**`. Agent: two. Depends on: nothing.\n",
        [["src/store/**"], ["src/views/**"]],
        BESIDE,
    ),
    "fields below a heading that names no worker": (
        "### Ingestion\nWorker: `data-a`\nScope: `pipes/in.py`\n\n### Report\nWorker: `data-b`\n"
        "Scope: `pipes/out.py`\n",
        [["pipes/in.py"], ["pipes/out.py"]],
        BESIDE,
    ),
    "agents that are spoken to": (
        "### scanner\n\nYou are the scanner. You change `src/scan.zig` and nothing else.\n\n### emitter\n\n"
        "You are the emitter. You change `src/emit.zig` and nothing else.\n",
        [["src/scan.zig"], ["src/emit.zig"]],
        BESIDE,
    ),
    "an assignee and a header that nobody knows": (
        "| Crate | Assignee | Paths |\n|---|---|---|\n| lexer | agent-1 | `crates/lexer/**` |\n"
        "| types | agent-2 | `crates/types/**` |\n",
        [["crates/lexer/**"], ["crates/types/**"]],
        BESIDE,
    ),
    "a column for each worker": (
        "| | Session 1 | Session 2 |\n|---|---|---|\n| Goal | plurals | focus |\n"
        "| Files | `src/i18n/` | `src/a11y/` |\n",
        [["src/i18n/"], ["src/a11y/"]],
        BESIDE,
    ),
    "a row for each file": (
        "### File ownership\n\n| File | Owned by |\n|---|---|\n| `src/scan.rs` | scan worker |\n"
        "| `src/diff.rs` | diff worker |\n"
        "| `src/show.rs` | diff worker |\n",
        [["src/scan.rs"], ["src/diff.rs", "src/show.rs"]],
        BESIDE,
    ),
    "a remark that names another file": (
        "| Agent | Files |\n|---|---|\n| Agent 1 | `src/a.py` (read-only `data/a.json`) |\n| Agent 2 | `src/b.py` |\n",
        [["src/a.py"], ["src/b.py"]],
        BESIDE,
    ),
    "a fence with blocks": (
        "```\nAgent 1 (shell) OWNS:\n  ✅ api/*.py\n  ❌ NO web/** files\n\n"
        "Agent 2 (window) OWNS:\n  ✅ web/app.dart\n```\n",
        [["api/*.py"], ["web/app.dart"]],
        BESIDE,
    ),
    "a comma behind the name": (
        "* importer subagent, responsible for `importer/`\n* exporter subagent, responsible for `exporter/`\n",
        [["importer/"], ["exporter/"]],
        BESIDE,
    ),
    "letters in bold": (
        "Two agents work in parallel.\n\n**A** owns `src/ui/**`.\n**B** owns `src/server/**`.\n",
        [["src/ui/**"], ["src/server/**"]],
        BESIDE,
    ),
    "names of the day": (
        "Agents work in parallel.\n\n| Codename | Branch | Directory |\n|---|---|---|\n| red | red/a | `src/a/` |\n"
        "| green | green/b | `src/b/` |\n",
        [["src/a/"], ["src/b/"]],
        BESIDE,
    ),
    "an order that the sentence states": (
        "In this order: the db subagent adds `db/7.sql`, then the api subagent changes `api/tags.ts`.",
        [["db/7.sql"], ["api/tags.ts"]],
        ("then", 0, 1),
    ),
    "a tree": (
        "```\nlead (joins; owns src/main.ts)\n |-- worker-1   owns src/net/\n `-- worker-2   owns src/disk/\n```\n",
        [["src/main.ts"], ["src/net/"], ["src/disk/"]],
        ("then", ("with", 1, 2), 0),
    ),
    "a fence that begins with what they are": (
        "```\nWorkers (start both)\n  physics   src/physics.cpp src/physics.h\n  audio     src/audio.cpp\n```\n",
        [["src/physics.cpp", "src/physics.h"], ["src/audio.cpp"]],
        BESIDE,
    ),
}


@pytest.mark.parametrize(("text", "files", "order"), DIVISIONS.values(), ids=DIVISIONS)
def test_what_is_said_decides_and_not_how_it_is_set(tmp_path, text, files, order):
    plan = Read(tmp_path, f"# Project\n\n## Now\n\n{text}").plan
    assert [writes(task) for task in plan.tasks] == files
    assert shape(plan.schedule) == order


SILENT = {
    "a case": "If Agent A edits `src/a.ts` while Agent B edits `src/a.ts`, one change is lost.",
    "an example in a sentence": "Give each a folder, for example agent 1 gets `src/a` and agent 2 gets `src/b`.",
    "libraries": "Use `zod` for the schema (`src/schema.ts`) and `express` for the server (`src/server.ts`).",
    "programs that are called agents": (
        "The `node-agent` (`cmd/node`) and the `edge-agent` (`cmd/edge`) run in parallel."
    ),
    "prompts of a product": (
        "Agents run in parallel.\n\n| Agent | Prompt file | Tools |\n|---|---|---|\n"
        "| finder | `prompts/finder.md` | web |\n"
        "| writer | `prompts/writer.md` | none |\n"
    ),
    "what each file is for": (
        "### File ownership map\n\n| File | Owner | Rule |\n|---|---|---|\n| `SKILL.md` | Tutor voice | keep short |\n"
        "| `evals/` | Coverage | add cases |\n"
    ),
    "people who own directories": (
        "| Module | Owner | Path |\n|---|---|---|\n| a | @ann | `src/a/` |\n| b | @bob | `src/b/` |\n"
    ),
    "where agents are kept": (
        "| Type | Agents | Commands |\n|---|---|---|\n| Global | `~/.x/agents/` | `~/.x/commands/` |\n"
        "| Here | `.x/agents/` | `.x/commands/` |\n"
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_gives_nobody_anything_is_no_plan(tmp_path, text):
    assert all(not plan.tasks for plan in Read(tmp_path, f"# Project\n\n## Notes\n\n{text}").plans)


def test_a_table_that_divides_files_counts_in_any_document(tmp_path):
    text = (
        "# Build plan\n\n| # | Task | Agent | Files |\n|---|---|---|---|\n"
        "| A | Draft | one | `api/draft.js` |\n| B | Page | two | `web/page.js` |\n"
    )
    read = Read(tmp_path, text, "docs/build.md")
    assert read.match is not None
    assert [(task.id, task.title, task.agent.name) for task in read.plan.tasks] == [
        ("A", "Draft", "one"),
        ("B", "Page", "two"),
    ]


def test_rows_of_waves_are_named_by_their_wave(tmp_path):
    text = (
        "# Campaign\n\n| Wave | Owner | Files |\n|---|---|---|\n"
        "| 0 | orchestrator | `docs/plan.md` |\n| 1 | implementer A | `src/a.c` |\n"
        "| 2 | orchestrator | `src/main.c` |\n"
    )
    plan = Read(tmp_path, text).plan
    assert shape(plan.schedule) == ("then", 0, 1, 2)


def test_what_a_worker_makes_it_is_told_to_make(tmp_path):
    text = (
        "# X\n\nAgents:\n\n- **Schema** – creates `db/schema.sql`\n"
        "- **Routes** – modifies `src/routes.ts` and deletes `src/old.ts`\n"
    )
    modes = [[(scope.path, scope.mode.value) for scope in task.writes] for task in Read(tmp_path, text).plan.tasks]
    assert modes == [[("db/schema.sql", "create")], [("src/routes.ts", "modify"), ("src/old.ts", "delete")]]


def test_what_is_left_out_of_a_directory_is_off_limits(tmp_path):
    text = "# X\n\n- Agent 1: owns `api/` except `api/openapi.yaml`\n- Agent 2: owns `web/`\n"
    first = Read(tmp_path, text).task("Agent 1")
    assert writes(first) == ["api/"]
    assert [scope.path for scope in first.off_limits] == ["api/openapi.yaml"]


def test_what_runs_beside_another_does_not_wait_for_it(tmp_path):
    text = (
        "# X\n\n| Agent | Owns | Depends on |\n|---|---|---|\n| Agent 1 | `a/` | none |\n"
        "| Agent 2 | `b/` | can parallel Agent 1 |\n"
        "| Agent 3 | `c/` | Agent 1, Agent 2 |\n"
    )
    assert shape(Read(tmp_path, text).plan.schedule) == ("with", 0, 1, 2)
    assert [[on.target for on in task.depends_on] for task in Read(tmp_path, text).plan.tasks] == [[], [], [0, 1]]


def test_a_list_below_a_label_of_waiting_names_what_is_waited_for(tmp_path):
    text = (
        "# X\n\n### Agent A: model\nOwns:\n- `src/model/`\n\n### Agent B: view\nOwns:\n"
        "- `src/view/`\n\nDepends on:\n- Agent A\n"
    )
    assert [[on.target for on in task.depends_on] for task in Read(tmp_path, text).plan.tasks] == [[], [0]]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody edits `go.sum`.",
        "`go.sum` is off limits for everyone.",
        "Niemand ändert `go.sum`.",
        "`go.sum` は誰も変更しないこと。",
        "Nadie toca `go.sum`.",
    ],
)
def test_what_nobody_may_change_is_a_rule_in_any_wording(tmp_path, text):
    plan = Read(tmp_path, f"# X\n\n- Agent 1: owns `a/`\n- Agent 2: owns `b/`\n\n{text}\n").plan
    assert [(rule.kind, rule.scope.path) for rule in plan.constraints] == [("off-limits", "go.sum")]


def test_tables_in_other_languages_say_who_waits(tmp_path):
    text = (
        "# X\n\n| Agent | Aufgabe | Dateien | Wartet auf |\n|---|---|---|---|\n"
        "| Agent 1 (Daten) | Schema | `db/schema.sql` | – |\n"
        "| Agent 2 (Netz) | API | `src/api.ts` | Agent 1 |\n"
    )
    assert [[on.target for on in task.depends_on] for task in Read(tmp_path, text).plan.tasks] == [[], [0]]


NO_PLANS = {
    "a table that says what each file of a module is for": (
        "CLAUDE.md",
        "# Engine\n\n## File ownership\n\n| File | Responsibility |\n|---|---|\n"
        "| `tick.rs` | The clock and its pauses |\n| `grid.rs` | Cells and their neighbours |\n",
    ),
    "a list of the pages that agents read": (
        "SKILL.md",
        "# Judge\n\n## Pages\n\nRead them when you need to spawn the subagents they are for.\n\n"
        "- `agents/scorer.md` — How to score an answer\n- `agents/rival.md` — How to compare two answers\n",
    ),
    "steps with a page each": (
        "SKILL.md",
        "# Gate\n\n### Steps\n\n"
        "1. **Find Flags** -- `steps/01-find-flags.md` -- Scan what was built\n"
        "2. **Main Agents** -- `steps/02-main-agents.md` -- Spawn the checkers in parallel\n"
        "3. **Verdict** -- `steps/03-verdict.md` -- Wait for main agents, then decide\n",
    ),
    "kinds of agents": (
        "SKILL.md",
        "# Teams\n\n## Find Available Agents\n\nRun `claude agents` and dispatch the agents that fit:\n"
        "- **Plugin agents** are written with a colon. Use the second part.\n"
        "- **User agents** have none. Read `~/.claude/agents/` for them.\n",
    ),
    "a read-me below a directory of sources called commands": (
        "src/tool/commands/split/README.md",
        "# Split\n\nRuns agents in parallel.\n\n## Parallel agents\n\n"
        "- `plan.py` - Move the worktrees\n- `show.py` - Format the output\n",
    ),
    "a setting of another program": (
        "CLAUDE.md",
        "# Viewer\n\n```bash\nCLAUDE_CODE_VIEWER_TIMING=1 claude-code-viewer notes/log.jsonl\n```\n",
    ),
    "waiting that nobody was started for": (
        "SKILL.md",
        "# Shop\n\n## Results\n\n```\nTaskOutput(task_id: <id>, block: true)\n```\n",
    ),
}


@pytest.mark.parametrize(("path", "text"), NO_PLANS.values(), ids=NO_PLANS)
def test_what_gives_nobody_work_is_no_plan(tmp_path, path, text):
    read = Read(tmp_path, text, path)
    assert read.plans == [] or not read.dialect.might_be(path, text)


def test_a_remark_among_workers_is_no_worker(tmp_path):
    text = (
        "# X\n\nLaunch these agents in parallel:\n- **Unit test agent**: write `tests/unit.py`\n"
        "- **Browser test agent**: write `tests/browser.py`\n- Tell each its part in the prompt\n"
    )
    assert [task.label for task in Read(tmp_path, text).plan.tasks] == ["Unit test agent", "Browser test agent"]


def test_a_label_that_names_several_workers_is_each_of_them(tmp_path):
    text = (
        '# X\n\n1. Launch 4 agents in parallel. Each gives a reason (e.g. "slow"). They do the following:\n\n'
        "   Agents 1 + 2: rules\n   Compare the change with the rules.\n\n   Agent 3: faults\n   Look for faults.\n\n"
        "   Agent 4: speed\n   Look for what is slow.\n\n   **Only what is sure.** Report where:\n   - it fails\n"
    )
    plan = Read(tmp_path, text).plan
    assert [task.label for task in plan.tasks] == ["Agent 1", "Agent 2", "Agent 3", "Agent 4"]
    assert shape(plan.schedule) == ("with", 0, 1, 2, 3)
    ranged = "# X\n\nLaunch these agents in parallel:\n- **Agent 1 (Plan)**: `a.md`\n- **Agents 2-4 (Code)**: `src/`\n"
    assert len(Read(tmp_path, ranged).plan.tasks) == 4


@pytest.mark.parametrize(
    "text",
    [
        "These areas are independent and can be looked at in parallel:\n1. **Rules**: the pages below `docs/`\n"
        "2. **Code survey**: the modules and their names\n\nIf you have them, spawn sub-agents for each area above.\n",
        'Deploy two subagents in parallel:\n\n**"Rules"** subagent:\n- Collect what `docs/` demands\n\n'
        '**"Code survey"** subagent:\n- Compare the modules\n',
        "Launch these agents in parallel:\n- **Rules** agent → `docs/`\n- **Code survey** agent → `src/`\n",
    ],
)
def test_those_above_or_named_in_bold_are_started(tmp_path, text):
    plan = Read(tmp_path, f"# X\n\n{text}").plan
    names = [(task.agent.name or task.label).removesuffix(" agent").removesuffix(" subagent") for task in plan.tasks]
    assert names == ["Rules", "Code survey"]
    assert shape(plan.schedule) == BESIDE


def test_the_parts_of_a_prompt_may_stand_in_tags(tmp_path):
    text = (
        "# X\n\n<process>\n1. Look around\n2. Spawn 2 parallel agents:\n   - Agent 1: tools → writes TOOLS.md\n"
        "   - Agent 2: style → writes STYLE.md\n3. Wait for both\n</process>\n"
    )
    assert [writes(task) for task in Read(tmp_path, text).plan.tasks] == [["TOOLS.md"], ["STYLE.md"]]

"""Calls, prompts and sentences of a section that give work to agents: whose files, and in which order."""

from __future__ import annotations

import pytest
from delegation_reader import Read, shape, writes

from planlint.dialects.claude_md.vocabulary import launches_above
from planlint.model import Isolation


def read(tmp_path, text, name="CLAUDE.md"):
    return Read(tmp_path, text, name)


def both(tmp_path, text):
    """The schedule and the writes of the only plan."""
    plan = read(tmp_path, text).plan
    return shape(plan.schedule), [writes(task) for task in plan.tasks]


CALLS = """# Shop

## Calls

In one message, in the background:

```
Task(description="a", prompt="Create src/a.ts", run_in_background=True)
Task(description="b", prompt="Create src/b.ts", run_in_background=True)
```

{between}

```
Task(description="c", prompt="Create src/c.ts", run_in_background=True)
```
"""


@pytest.mark.parametrize("between", ["Wait for both, then:", "When all have returned:", "After both are done, send:"])
def test_what_is_launched_after_a_wait_told_between_two_fences_waits(tmp_path, between):
    order, _ = both(tmp_path, CALLS.format(between=between))
    assert order == ("then", ("with", 0, 1), 2)


@pytest.mark.parametrize("between", ["In the same message:", "Start this one and wait for it:"])
def test_what_is_said_of_the_next_launch_holds_back_nothing(tmp_path, between):
    order, _ = both(tmp_path, CALLS.format(between=between))
    assert order == ("with", 0, 1, 2)


def test_calls_in_tags_need_no_fence_and_may_hold_blank_lines(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Calls

Send both in one message:

<function_calls>
<invoke name="Task">
<parameter name="description">a</parameter>
<parameter name="prompt">Create src/a.ts.

Add it to src/index.ts.</parameter>
</invoke>
<invoke name="Task">
<parameter name="description">b</parameter>
<parameter name="prompt">Create src/b.ts.</parameter>
</invoke>
</function_calls>
""",
    )
    assert order == ("with", 0, 1)
    assert files == [["src/a.ts", "src/index.ts"], ["src/b.ts"]]


def test_files_that_a_call_lists_in_a_field_are_its_own_and_those_off_limits_are_not(tmp_path):
    plan = read(
        tmp_path,
        """# Shop

## Calls

```
Task(description="a", prompt="Build the cart", files=["src/a.ts", "src/b.ts"])
<agent name="b" type="builder">
  <task>Build the till</task>
  <files>src/till.ts</files>
  <off-limits>src/a.ts</off-limits>
</agent>
```
""",
    ).plan
    assert [writes(task) for task in plan.tasks] == [["src/a.ts", "src/b.ts"], ["src/till.ts"]]
    assert [scope.path for scope in plan.tasks[1].off_limits] == ["src/a.ts"]


def test_headings_that_number_the_steps_order_the_calls_below_them(tmp_path):
    order, _ = both(
        tmp_path,
        """# Shop

## Phase 1 (parallel)

Agent(builder): "Create src/a.ts"
Agent(builder): "Create src/b.ts"

## Phase 2

Agent(builder): "Create src/c.ts"
""",
    )
    assert order == ("then", ("with", 0, 1), 2)


PROMPTS = """# Shop

## Sessions

All of them run at the same time.

### {first}

```
You work on the cart. Create src/cart.ts. Do not edit src/till.ts.
```

### {second}

```text
Goal: the till.
Edit src/till.ts and src/index.ts.
```
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Prompt for terminal 1", "Prompt for terminal 2"),
        ("Cursor Agent A", "Cursor Agent B"),
        ("Cart prompt", "Till prompt"),
    ],
)
def test_the_prompt_in_a_fence_below_a_worker_is_what_it_is_told(tmp_path, first, second):
    order, files = both(tmp_path, PROMPTS.format(first=first, second=second))
    assert order == ("with", 0, 1)
    assert files == [["src/cart.ts"], ["src/till.ts", "src/index.ts"]]


def test_a_worker_waits_for_those_that_its_heading_names_by_their_letters(tmp_path):
    text = PROMPTS.format(first="Cursor Agent A", second="Cursor Agent B (after A)")
    plan = read(tmp_path, text).plan
    assert [on.target for on in plan.tasks[1].depends_on] == [0]


def test_a_drawing_or_commands_below_a_worker_are_no_prompt(tmp_path):
    text = PROMPTS.format(first="Agent A", second="Agent B")
    text = text.replace("You work on the cart. Create src/cart.ts. Do not edit src/till.ts.", "src/\n├── cart.ts")
    assert not read(tmp_path, text.replace("Goal: the till.\nEdit", "$ vi")).plans


def test_a_prompt_that_is_pasted_into_a_session_runs_beside_the_others(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Sessions

1. In the first terminal, paste this prompt:

   ```
   Update src/a.ts and src/index.ts.
   ```

2. In the second terminal, paste this prompt:

   ```
   Update src/b.ts and src/index.ts.
   ```
""",
    )
    assert order == ("with", 0, 1)
    assert files == [["src/a.ts", "src/index.ts"], ["src/b.ts", "src/index.ts"]]


@pytest.mark.parametrize(
    "text",
    [
        "1. Spawn a backend agent to add the route in `src/a.ts`.\n2. At the same time, spawn a frontend agent to build"
        " `src/b.ts`.\n3. After both finish, spawn a test agent to write `src/c.ts`.",
        "Launch a backend agent to change `src/a.ts` and a frontend agent to change `src/b.ts`, both in parallel."
        " Once both are done, have a test agent write `src/c.ts`.",
        "Start one agent to change `src/a.ts` while another agent changes `src/b.ts`. Then start a test agent that"
        " writes `src/c.ts`.",
    ],
)
def test_sentences_that_each_give_an_agent_work_are_tasks_in_the_order_of_their_words(tmp_path, text):
    order, files = both(tmp_path, f"# Shop\n\n## This week\n\n{text}\n")
    assert order == ("then", ("with", 0, 1), 2)
    assert files == [["src/a.ts"], ["src/b.ts"], ["src/c.ts"]]


@pytest.mark.parametrize(
    "text",
    [
        "If the API changes, spawn a backend agent to update `src/a.ts`. You can launch a docs agent to edit `b.md`.",
        "For each page, start an agent to check `src/a.ts`, and an agent to check `src/b.ts`.",
        "Spawn a backend agent to add the route in `src/a.ts`.",
    ],
)
def test_rules_for_a_case_that_may_come_and_a_single_agent_give_no_work(tmp_path, text):
    assert not any(plan.tasks for plan in read(tmp_path, f"# Shop\n\n## Agents\n\n{text}\n").plans)


def test_the_members_of_a_team_are_tasks_side_by_side(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Team

Create an agent team with 3 teammates:

- **parser**: owns `src/parser/`.
- **writer**: owns `src/writer/`.
- **tester**: owns `tests/`.
""",
    )
    assert order == ("with", 0, 1, 2)
    assert files == [["src/parser/"], ["src/writer/"], ["tests/"]]


def test_each_of_two_lists_to_spawn_is_read_although_the_number_above_counts_both(tmp_path):
    plan = read(
        tmp_path,
        """# Board

## Team

Create a team of 4 agents.

**Research (spawn in parallel):**

1. **prices** — read the prices
2. **rates** — read the rates

**Review (spawn in parallel):**

3. **sceptic** — look for holes
4. **auditor** — look for errors
""",
    ).plan
    assert [task.title for task in plan.tasks] == ["prices", "rates", "sceptic", "auditor"]
    assert plan.workers is None


def test_calls_below_names_in_bold_are_what_the_named_do(tmp_path):
    plan = read(
        tmp_path,
        """# Tests

I'll spawn 2 agents:

**Discovery Agent:**

```
Task(description="Discover", prompt="List the tests", subagent_type="qa")
```

**Coverage Agent:**

```
Task(description="Cover", prompt="Write reports/coverage.md", subagent_type="qa")
```
""",
    ).plan
    assert [(task.title, writes(task)) for task in plan.tasks] == [("Discover", []), ("Cover", ["reports/coverage.md"])]


def test_how_calls_are_written_when_a_command_is_written_is_no_work(tmp_path):
    text = '# How\n\nWhen you write a command, call agents like this:\n\n```\nTask(prompt="Update src/a.ts")\n```\n'
    assert not any(plan.tasks for plan in read(tmp_path, text).plans)


def test_a_prompt_says_by_its_headings_whose_files_the_lists_below_are(tmp_path):
    plan = read(
        tmp_path,
        """# Prompts

## Agent prompt: API

```markdown
# API agent

## Your files (only touch these)
- api/orders.py
- api/routes.py

## Do not touch
Anything in web/. That belongs to the other one.

## Task
Add the orders endpoint. It is tested in tests/test_api.py.
```

## Web prompt — the pages

Paste this into terminal 2 (A → B):

```
You own the pages.
Go step 1 → step 2.

## Your files
- web/orders.tsx

## Read-only dependencies (import from these, never change them)
- api/routes.py — the routes
```
""",
    ).plan
    assert [writes(task) for task in plan.tasks] == [["api/orders.py", "api/routes.py"], ["web/orders.tsx"]]
    assert [scope.path for scope in plan.tasks[0].off_limits] == ["web/"]
    assert [scope.path for scope in plan.tasks[1].reads] == ["api/routes.py"]


def test_prompts_to_paste_into_terminals_make_any_page_a_plan(tmp_path):
    text = PROMPTS.format(first="Cart prompt", second="Till prompt").replace(
        "\n\n```", "\n\nPaste this into terminal 1:\n\n```"
    )
    found = read(tmp_path, text, "docs/prompts.md")
    assert found.dialect.might_be("docs/prompts.md", text)
    assert found.match is not None
    assert [writes(task) for task in found.plan.tasks] == [["src/cart.ts"], ["src/till.ts", "src/index.ts"]]


@pytest.mark.parametrize(
    "items",
    [
        "- name: basket\n  type: builder\n  files: src/basket/**, src/money.ts\n  prompt: Move the state.\n"
        "- name: checkout\n  type: builder\n  files: src/checkout/**\n  prompt: Split it. Update src/money.ts.\n",
        "1. description: basket\n   subagent_type: builder\n   prompt: |\n     Move it.\n   files: src/basket/**\n"
        "2. description: checkout\n   subagent_type: builder\n   files: src/checkout/**\n"
        "   prompt: |\n     Split it.\n",
    ],
)
def test_items_that_are_nothing_but_the_fields_of_a_call_are_tasks(tmp_path, items):
    plan = read(tmp_path, f"# Shop\n\n## Team\n\nAll start at once:\n\n{items}").plan
    assert [(task.title, task.agent.type) for task in plan.tasks] == [("basket", "builder"), ("checkout", "builder")]
    assert [[path for path in writes(task) if path != "src/money.ts"] for task in plan.tasks] == [
        ["src/basket/**"],
        ["src/checkout/**"],
    ]


def test_a_list_of_settings_is_no_list_of_calls(tmp_path):
    text = "# Shop\n\n## Team\n\n- name: basket\n  port: 80\n- name: checkout\n  port: 81\n"
    assert not read(tmp_path, text).plans


def test_items_that_are_one_call_in_code_are_launches_and_the_next_message_waits(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Calls

In a single message:

- `Agent(description="a", prompt="Create src/a.ts")`
- `Agent(description="b", prompt="Create src/b.ts")`

Then in the next message:

- `Agent(description="c", prompt="Create src/c.ts")`
""",
    )
    assert order == ("then", ("with", 0, 1), 2)
    assert files == [["src/a.ts"], ["src/b.ts"], ["src/c.ts"]]


def test_one_for_each_part_is_a_team_with_the_place_in_brackets(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Team

Build the alerts. Spawn three teammates:

- One to build the endpoints (src/api/)
- One to build the components (src/alerts/)
- One to write the tests (tests/alerts/)
""",
    )
    assert order == ("with", 0, 1, 2)
    assert files == [["src/api/"], ["src/alerts/"], ["tests/alerts/"]]


def test_a_sentence_that_says_what_each_teammate_owns_divides_the_files(tmp_path):
    _, files = both(
        tmp_path,
        "# Shop\n\n## Team\n\nSpawn three teammates. parser owns src/parse.ts, printer owns\nsrc/print.ts and"
        " src/page.ts. Nobody owns tests/.\n",
    )
    assert files == [["src/parse.ts"], ["src/print.ts", "src/page.ts"]]


def test_agents_that_are_named_in_code_only_are_started_together(tmp_path):
    plan = read(
        tmp_path,
        """# Review

1. Read the diff.
2. Launch in parallel (single message, multiple Agent calls):
   - `code-reviewer`
   - `security-reviewer` (where input is read)
3. Merge the results.
""",
        ".claude/commands/review.md",
    ).plan
    assert plan.pattern
    assert [task.title for task in plan.tasks] == ["code-reviewer", "security-reviewer"]


def test_workers_of_one_name_are_told_apart_by_their_work(tmp_path):
    plan = read(
        tmp_path,
        "# Shop\n\nLaunch in parallel (single message, multiple Task calls):\n\n"
        "- Worker agent → write `src/a.ts`\n- Worker agent → write `src/b.ts`\n",
    ).plan
    assert [task.title for task in plan.tasks] == ["Worker agent: write src/a.ts", "Worker agent: write src/b.ts"]


def test_a_shell_that_goes_back_works_here_again(tmp_path):
    text = (
        "# Shop\n\n## Run\n\n```bash\ngit worktree add -b a ../a main\ncd ../a\nclaude -p 'Write src/a.ts' &\ncd -\n"
        "wait\ncodex exec 'Update src/index.ts'\n```\n"
    )
    plan = read(tmp_path, text).plan
    assert [writes(task) for task in plan.tasks] == [["src/a.ts"], ["src/index.ts"]]
    assert [task.isolation for task in plan.tasks] == [Isolation.WORKTREE, None]


@pytest.mark.parametrize(
    "windows",
    [
        'In window 1:\n\n```bash\nclaude "Update src/a.ts"\n```\n\n'
        'In window 2:\n\n```bash\nclaude "Update src/b.ts"\n```\n',
        "```bash\n# Terminal 1\nclaude 'Update src/a.ts'\n\n# Terminal 2\ncodex exec 'Update src/b.ts'\n```\n",
    ],
)
def test_commands_in_windows_of_their_own_run_side_by_side(tmp_path, windows):
    order, files = both(tmp_path, f"# Shop\n\n## Run\n\n{windows}")
    assert order == ("with", 0, 1)
    assert files == [["src/a.ts"], ["src/b.ts"]]


def test_a_window_that_opens_when_the_others_are_done_waits(tmp_path):
    order, _ = both(
        tmp_path,
        "# Shop\n\n## Run\n\nIn window 1:\n\n```bash\nclaude 'Update src/a.ts'\n```\n\n"
        "In window 2, when the other one is done:\n\n```bash\nclaude 'Update src/b.ts'\n```\n",
    )
    assert order == ("then", 0, 1)


def test_a_text_whose_sentences_say_what_each_worker_does_is_a_division(tmp_path):
    plan = read(
        tmp_path,
        "# Chat\n\n## Parallel work\n\nAgent 1 does the server: it creates `server/rooms.ex`. Agent 2 changes"
        " `client/app.js`. Agent 3 writes `test/rooms_test.exs` after agent 1 is done.\n",
    ).plan
    assert [task.id for task in plan.tasks] == ["Agent 1", "Agent 2", "Agent 3"]
    assert [writes(task) for task in plan.tasks] == [["server/rooms.ex"], ["client/app.js"], ["test/rooms_test.exs"]]
    assert [on.target for on in plan.tasks[2].depends_on] == [0]


def test_a_story_about_agents_is_no_division(tmp_path):
    text = "# Log\n\n## Notes\n\nAgent 1 failed. Agent 2 took over, and agent 1 read `src/a.ts`.\n"
    assert not any(plan.tasks for plan in read(tmp_path, text).plans)


WAVES = """# Build

## Phase 1: Planning

Dispatch two agents in parallel:

**Agent 1 — Code Planner:**
- subagent_type: planner
- Prompt: use `prompts/code.md`
- Output: the agent writes `tmp/code.md`

**Agent 2 — Test Planner:**
- subagent_type: planner
- Output: the agent writes `tmp/tests.md`

## Phase 2: Implementation

Dispatch two agents in parallel:

**Agent 1 — Coder:**
- Provide the full text of `tmp/code.md`

**Agent 2 — Tester:**
- Provide the full text of `tmp/tests.md`
"""


def test_bold_workers_below_headings_that_are_waves_run_wave_by_wave(tmp_path):
    plan = read(tmp_path, WAVES).plan
    assert shape(plan.schedule) == ("then", ("with", 0, 1), ("with", 2, 3))
    assert [writes(task) for task in plan.tasks] == [["tmp/code.md"], ["tmp/tests.md"], [], []]
    assert [scope.path for scope in plan.tasks[2].reads] == ["tmp/code.md"]
    assert plan.workers is None


def test_as_many_headings_as_agents_that_are_dispatched_are_their_names(tmp_path):
    text = (
        "# Refactor\n\n## Research\n\nDispatch two agents in parallel, both in a single message:\n\n"
        "### code-map\n\n- Map the callers\n\n### doc-map\n\n- Read the docs\n"
    )
    plan = read(tmp_path, text, ".claude/commands/refactor.md").plan
    assert [task.title for task in plan.tasks] == ["code-map", "doc-map"]
    assert not read(tmp_path, text.replace("two agents", "three agents"), ".claude/commands/other.md").plans


def test_what_is_launched_all_at_once_need_not_be_called_agents(tmp_path):
    plan = read(
        tmp_path,
        "# Accept\n\n## Launch all checks\n\nIn a single message, launch all of the following concurrently:\n\n"
        "- **`check` subagent**: pass the criteria\n- **`verify` subagent** with the docs\n- **Bash**: run the tests\n",
        ".claude/commands/accept.md",
    ).plan
    assert [task.title for task in plan.tasks] == ["check subagent", "verify subagent", "Bash"]


LINES = """# Review

## Launch parallel agents

{lead}

```
{first}
Task 1: review the routes
Task 2: review the forms
(each of them read-only)
```
"""


def test_lines_of_a_fence_that_name_workers_are_tasks_where_the_text_tells_to_launch_them(tmp_path):
    for number, first in enumerate(["Review this with 2 agents:", "Task 0: read the diff"]):
        text = LINES.format(lead="Use the Task tool to launch the agents in parallel:", first=first)
        plan = read(tmp_path, text, f".claude/commands/review{number}.md").plan
        assert [task.title for task in plan.tasks][-2:] == ["review the routes", "review the forms"]
        assert len(plan.tasks) == 2 + number


def test_lines_that_show_an_example_of_workers_are_no_tasks(tmp_path):
    text = LINES.format(lead="Example of two agents in parallel:", first="Launching:")
    assert not any(plan.tasks for plan in read(tmp_path, text, ".claude/commands/review.md").plans)


def test_bold_workers_inside_of_a_step_that_launches_them_are_tasks(tmp_path):
    plan = read(
        tmp_path,
        """# Comps

1. **Parse.** Read the address.

2. **Research.** Launch two agents in parallel:

   **Agent A: Profiler**
   Look at the house:
   - Its size

   **Agent B: Analyst**
   Look at the street:
   - Its prices
""",
        ".claude/commands/comps.md",
    ).plan
    assert [task.id for task in plan.tasks] == ["Agent A", "Agent B"]
    assert shape(plan.schedule) == ("with", 0, 1)


def test_a_call_without_a_fence_reaches_to_its_closing_bracket(tmp_path):
    order, files = both(
        tmp_path,
        """# Shop

## Both in one message

@Task(
  description="a",
  prompt="Create src/a.ts:

  1. The types
  2. The store in src/store.ts
  ",
  subagent_type="builder"
)

@Task(
  description="b",
  prompt="Create src/b.ts",
  subagent_type="builder"
)
""",
    )
    assert order == ("with", 0, 1)
    assert files[0][0] == "src/a.ts"
    assert files[1] == ["src/b.ts"]


def test_a_table_of_agents_below_a_heading_that_tells_to_launch_them_needs_no_lead(tmp_path):
    plan = read(
        tmp_path,
        """# Debate

## Launch subagents in parallel

Each runs independently.

**Subagent configuration:**

| Subagent | subagent_type | Notes |
|---|---|---|
| First | `first-cli` | speaks for it |
| Second | `second-cli` | speaks against it |
""",
        ".claude/commands/debate.md",
    ).plan
    assert [task.agent.type for task in plan.tasks] == ["first-cli", "second-cli"]


def test_calls_told_as_lists_of_fields_are_steps_below_numbered_headings(tmp_path):
    text = (
        "# Test first\n\n## Workflow\n\n"
        '### 1. Tests\n- Use Task tool with subagent_type="tester"\n- Prompt: "Write tests in tests/store.test.ts."\n\n'
        '### 2. Code\n- Use Task tool with subagent_type="coder"\n- Prompt: "Write src/store.ts."\n- Output: code\n'
    )
    plan = Read(tmp_path, text, name=".claude/commands/test-first.md").plan
    assert [task.agent.type for task in plan.tasks] == ["tester", "coder"]
    assert [writes(task) for task in plan.tasks] == [["tests/store.test.ts"], ["src/store.ts"]]
    assert shape(plan.schedule) == ("then", 0, 1)


def test_the_tool_may_be_named_right_above_the_list_of_fields(tmp_path):
    text = (
        "# Build\n\nInvoke the splitter using the Agent tool:\n\n- `subagent_type`: `splitter`\n"
        '- `description`: "Split the plan"\n- `prompt`: "Write docs/parts.md."\n'
    )
    read = Read(tmp_path, text, name=".claude/commands/build.md")
    (task,) = read.plan.tasks
    assert (task.title, task.agent.type, writes(task)) == ("Split the plan", "splitter", ["docs/parts.md"])
    without = text.replace("using the Agent tool", "with care")
    assert Read(tmp_path, without, name=".claude/commands/build.md").plans == []


@pytest.mark.parametrize(
    "fences",
    [
        "```python\nfrom agents import Agent\n\nhaiku = Agent(name='Haiku', prompt=make())\n```\n\n"
        "```python\nbooking = Agent(name='Booking', prompt='Book it')\n"
        "refund = Agent(name='Refund', prompt='Pay it')\n```\n",
        "```typescript\nimport { Task } from '@shop/types';\nconst a = Task('index', 'Build the index');\n"
        "const b = new Task('query', 'Parse it');\n```\n",
    ],
)
def test_objects_of_a_framework_start_no_agents(tmp_path, fences):
    assert Read(tmp_path, f"# Agents of the shop\n\n{fences}", name=".claude/commands/shop.md").plans == []


@pytest.mark.parametrize("lead", ["Emit these Agent calls in one message", "Launch these agents in one message"])
def test_the_type_of_an_agent_may_stand_in_brackets_behind_its_name(tmp_path, lead):
    text = (
        f"# Checks\n\n{lead}, then await both:\n\n"
        '- code check (subagent_type: "code-reviewer") → review the code and write docs/code.md\n'
        '- security check (subagent_type: "security-reviewer") → review the rights and write docs/rights.md\n'
    )
    plan = Read(tmp_path, text, name=".claude/commands/check.md").plan
    assert [(task.title, task.agent.type) for task in plan.tasks] == [
        ("code check", "code-reviewer"),
        ("security check", "security-reviewer"),
    ]
    assert [writes(task) for task in plan.tasks] == [["docs/code.md"], ["docs/rights.md"]]
    assert shape(plan.schedule) == ("with", 0, 1)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Check the agents every 10 seconds.\n\nWrong:\n\n```\nTask(prompt='Do it')\n```\n", [False]),
        ("Don't check the agents every 10 seconds.\n\n```\nTask(prompt='Do it')\n```\n", []),
    ],
)
def test_polling_told_in_a_sentence_is_judged_by_that_sentence(tmp_path, text, wrong):
    plans = Read(tmp_path, f"# Watch\n\n{text}", name=".claude/commands/watch.md").plans
    scripts = [script for plan in plans for script in plan.scripts]
    polls = [script for script in scripts if any(step.kind == "poll" for step in script.steps)]
    assert [script.example_of_wrong for script in polls] == wrong


def test_one_agent_for_each_of_those_above_may_be_called_an_agent():
    assert launches_above("Launch an agent for each of the domains above.")
    assert launches_above("Launch a subagent for each of the domains above.")
    assert not launches_above("Launch an agent for each of the domains.")

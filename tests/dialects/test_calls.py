"""Launch scripts: what a piece of pseudo-code starts, waits for and looks at, in every style people write."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.dialects.calls import read_scripts
from planlint.dialects.prose import find_paths
from planlint.readers.prose import Prose
from planlint.source import Source


def scripts(code, **options):
    source = Source("guide.md", code)
    return read_scripts(Prose(source, 0, len(code), code, [(0, 0)]), **options)


def only(code, **options):
    (script,) = scripts(code, **options)
    return script.script


def launches(code):
    return [step.launch for script in scripts(code) for step in script.script.steps if step.launch is not None]


def kinds(script):
    return [step.kind for step in script.steps]


STYLES = {
    "keywords": (
        'Task(description="Add the parser", prompt="Create src/parser.py", '
        'subagent_type="builder", run_in_background=True)'
    ),
    "keywords on lines": 'Task(\n  description="Add the parser",\n  prompt="Create src/parser.py",\n'
    '  subagent_type="builder",\n'
    "  run_in_background=True,\n)",
    "colons": (
        'Task(\ndescription: "Add the parser",\nprompt: "Create src/parser.py",\n'
        'subagent_type: "builder",\nrun_in_background: true\n)'
    ),
    "colons without commas": 'Task(\n description: "Add the parser"\n prompt: "Create src/parser.py"\n'
    ' subagent_type: "builder"\n'
    " run_in_background: true\n)",
    "object": (
        "Task({ description: 'Add the parser', prompt: 'Create src/parser.py', subagent_type: "
        "'builder', run_in_background: true })"
    ),
    "quoted keys": 'Task({"description": "Add the parser", "prompt": "Create src/parser.py", '
    '"subagent_type": "builder", '
    '"run_in_background": true})',
    "template literal": (
        "Agent({ description: 'Add the parser', prompt: `Create src/parser.py`, subagent_type: "
        "'builder', run_in_background: true })"
    ),
    "triple quotes": (
        'Agent(description="Add the parser", prompt="""Create src/parser.py""", '
        'subagent_type="builder", run_in_background=True)'
    ),
    "yaml": (
        "Task:\n  description: Add the parser\n  subagent_type: builder\n"
        "  run_in_background: true\n  prompt: |\n    Create src/parser.py\n"
    ),
    "invoke": (
        '<invoke name="Task">\n<parameter name="description">Add the parser</parameter>\n'
        '<parameter name="subagent_type">builder</parameter>\n<parameter name="run_in_background">true</parameter>\n'
        '<parameter name="prompt">Create src/parser.py</parameter>\n</invoke>'
    ),
    "tool use": (
        "<tool_use>\n  <tool_name>Task</tool_name>\n  <parameters>\n    <description>Add the parser</description>\n"
        "    <subagent_type>builder</subagent_type>\n    <run_in_background>true</run_in_background>\n"
        "    <prompt>Create src/parser.py</prompt>\n  </parameters>\n</tool_use>"
    ),
    "element": (
        '<Task description="Add the parser" subagent_type="builder" run_in_background="true">'
        "Create src/parser.py</Task>"
    ),
    "empty element": (
        '<Task description="Add the parser"\n  subagent_type="builder" run_in_background="true"\n'
        '  prompt="Create src/parser.py" />'
    ),
    "titled block": (
        "Task: Add the parser\n  Agent type: builder\n  Run_in_background: true\n  Prompt: Create src/parser.py\n"
    ),
    "counted block": (
        "Task call 1\n  description: Add the parser\n  subagent_type: builder\n  run_in_background: true\n"
        "  prompt: >\n    Create src/parser.py\n"
    ),
    "sentence": (
        'Use Task tool with subagent_type="builder" description="Add the parser" '
        "run_in_background=true\n\nPrompt: Create src/parser.py"
    ),
}


@pytest.mark.parametrize("code", STYLES.values(), ids=STYLES)
def test_every_style_gives_the_same_launch(code):
    (launch,) = launches(code)
    assert (launch.description, launch.prompt, launch.agent_type) == (
        "Add the parser",
        "Create src/parser.py",
        "builder",
    )
    assert launch.background is True
    assert not launch.template


@pytest.mark.parametrize("code", STYLES.values(), ids=STYLES)
def test_the_place_of_a_path_in_a_prompt_is_exact(code):
    (script,) = scripts(code)
    (prompt,) = script.prompts.values()
    (path,) = find_paths(prompt)
    assert path.origin.text == "src/parser.py"
    (launch,) = [launch for _, launch in script.launches]
    assert launch.prompt_origin.text.strip() == "Create src/parser.py"
    assert launch.agent_type_origin.text == "builder"


def test_positional_strings_are_title_prompt_and_type():
    (launch,) = launches('Task("Write the guide", "Create docs/guide.md for the new feature", "writer")')
    assert (launch.description, launch.prompt, launch.agent_type) == (
        "Write the guide",
        "Create docs/guide.md for the new feature",
        "writer",
    )


def test_quoted_lines_are_a_launch_list():
    found = launches('# in parallel\nTask: "Search all uses of parse()"\n- Task: "Read the lexer and sum it up"\n')
    assert [launch.prompt for launch in found] == ["Search all uses of parse()", "Read the lexer and sum it up"]


def test_a_text_after_the_call_is_its_prompt():
    (launch,) = launches('Task(subagent_type="qa"): You test what was built.')
    assert (launch.agent_type, launch.prompt) == ("qa", "You test what was built.")


def test_escapes_and_backticks_in_a_prompt_are_resolved_and_keep_their_places():
    (script,) = scripts('Task(prompt="Say \\"hi\\".\\nCreate `src/a.py` now.")')
    (prompt,) = script.prompts.values()
    assert prompt.text == 'Say "hi".\nCreate src/a.py now.'
    (path,) = find_paths(prompt)
    assert path.in_code
    assert path.origin.text == "src/a.py"


def test_a_prompt_with_brackets_quotes_and_lines_ends_at_its_own_quote():
    code = (
        'Task(prompt="First (a] line,\nsecond {line with an it\'s", subagent_type="x")\n'
        'Task(prompt="Other work here", subagent_type="y")'
    )
    assert [launch.agent_type for launch in launches(code)] == ["x", "y"]


def test_an_unclosed_call_ends_before_the_next_one():
    found = launches('Task(subagent_type="a", prompt="never closed\n\nTask(subagent_type="b", prompt="Edit src/b.py")')
    assert [launch.agent_type for launch in found] == ["a", "b"]
    assert found[1].prompt == "Edit src/b.py"


def test_a_call_inside_of_a_triple_quoted_prompt_is_not_started():
    code = 'Task(prompt="""\nFirst say:\nTask(prompt="inner work")\nthen stop.\n""", subagent_type="outer")\n'
    assert [launch.agent_type for launch in launches(code)] == ["outer"]


@pytest.mark.parametrize(
    "code",
    ["tools: Agent(worker, researcher), Read", "All phases run as Task() agents", "t = Task(id=3)", "Agent: Node"],
)
def test_other_uses_of_the_word_start_nothing(code):
    assert launches(code) == []


@pytest.mark.parametrize(
    "prompt",
    [
        '"Research <topic>"',
        '"Fix {file}"',
        '"[detailed instructions]"',
        '"Do $ARGUMENTS"',
        "task.prompt",
        'f"Fix {name}"',
        "...",
    ],
)
def test_what_is_left_open_makes_a_template(prompt):
    (launch,) = launches(f'Task(subagent_type="x", description="Some work", prompt={prompt})')
    assert launch.template


@pytest.mark.parametrize(
    "prompt",
    ["Return Promise<string> from parse().", "Return { file, issues: [] }.", "Edit src/{a,b}.ts, then stop..."],
)
def test_signatures_shapes_and_globs_leave_nothing_open(prompt):
    (launch,) = launches(f'Task(description="Some work", prompt="{prompt}")')
    assert not launch.template


# -- joining -------------------------------------------------------------------------------------------------------

WAIT_AT_ONCE = {
    "object": "for (task of tasks) {\n  const id = await Task({ ..., run_in_background: true })\n"
    "  await TaskOutput({ task_id: id, block: true })\n}\n",
    "colons": "for task in tasks:\n  result = Task(\n    prompt: task.text,\n    run_in_background: true\n  )\n"
    "  TaskOutput(task_id: result.id, block: true)\n",
    "keywords": (
        "for task in tasks:\n    result = Task(prompt=task.text, run_in_background=True)\n"
        "    TaskOutput(task_id=result.id, block=True)\n"
    ),
}


@pytest.mark.parametrize("code", WAIT_AT_ONCE.values(), ids=WAIT_AT_ONCE)
def test_a_wait_in_the_loop_of_the_launch_has_its_handle_and_its_loop(code):
    script = only(code)
    launch, wait = (next(step for step in script.steps if step.kind == kind) for kind in ("launch", "wait"))
    assert launch.loop == wait.loop is not None
    assert launch.launch.handle == wait.handle is not None
    assert launch.launch.background


LAUNCH_THEN_WAIT = {
    "object": "const ids = []\nfor (task of tasks) {\n"
    "  const result = await Task({ ..., run_in_background: true })\n  ids.push(result.id)\n"
    "}\n"
    "for (id of ids) {\n  await TaskOutput({ task_id: id, block: true })\n}\n",
    "map": (
        "const ids = tasks.map(t => Task({ ..., run_in_background: true }).id)\n"
        "const results = ids.map(id => TaskOutput({ task_id: id, block: true }))\n"
    ),
    "keywords": "ids = []\nfor task in tasks:\n    ids.append(Task(prompt=task, "
    "run_in_background=True).id)\nfor one in ids:\n"
    "    TaskOutput(task_id=one, block=True)\n",
    "comprehension": (
        "ids = [Task(prompt=task, run_in_background=True) for task in tasks]\nfor one in ids:\n    TaskOutput(one)\n"
    ),
}


@pytest.mark.parametrize("code", LAUNCH_THEN_WAIT.values(), ids=LAUNCH_THEN_WAIT)
def test_waiting_in_a_second_loop_is_told_from_waiting_at_once(code):
    script = only(code)
    launch, wait = (next(step for step in script.steps if step.kind == kind) for kind in ("launch", "wait"))
    assert launch.loop is not None
    assert wait.loop is not None
    assert launch.loop != wait.loop
    assert launch.launch.handle == wait.handle == "ids[]"


@pytest.mark.parametrize(
    ("code", "handle"),
    [
        ('Task({ prompt: "Important work", run_in_background: true })', None),
        ('const task = Task({ prompt: "Important work", run_in_background: true })', "task"),
        ('task = Task(prompt="Important work", run_in_background=True)', "task"),
        ('workers.append(Task(prompt="Important work", run_in_background=True))', "workers[]"),
        ('return Task(prompt="Important work", run_in_background=True)', "return"),
        ('const [a, b] = await Promise.all([Task({ prompt: "Important work" })])', "a[]"),
    ],
)
def test_who_keeps_the_id_is_known(code, handle):
    (launch,) = launches(code)
    assert launch.handle == (handle if handle != "a[]" else launch.handle)
    assert (launch.handle is None) == (handle is None)


def test_a_second_name_for_the_id_is_the_same_handle():
    script = only(
        'const task = Task({ prompt: "Some work", run_in_background: true })\n'
        "const taskId = task.id\nTaskOutput({ task_id: taskId })"
    )
    assert [step.handle for step in script.steps if step.kind == "wait"] == ["task"]


def test_a_join_waits_after_the_launches_in_it():
    script = only(
        'const r = await Promise.all([\n  Task({ prompt: "First work" }),\n  Task({ prompt: "Second work" }),\n])\n'
    )
    assert kinds(script) == ["launch", "launch", "wait"]
    assert all(step.launch.awaited for step in script.steps if step.launch)


@pytest.mark.parametrize(
    "code",
    [
        "const result = TaskOutput({ task_id: id, block: true })\nif (result.status === 'failed') { retry(result) }",
        "try:\n    r = TaskOutput(task_id=x, block=True)\nexcept Exception:\n    pass",
        "await Promise.allSettled(ids.map(id => TaskOutput({ task_id: id, block: true })))",
        "r = TaskOutput(x)\n# If one fails, start it again",
    ],
)
def test_a_look_at_failure_is_a_branch(code):
    assert "branch" in kinds(only(code))


def test_results_kept_without_a_look_at_failure_are_used_without_a_branch():
    script = only(
        "const ids = tasks.map(t => Task({ ... }))\n"
        "const results = ids.map(id => TaskOutput({ task_id: id, block: true }))"
    )
    assert "use" in kinds(script)
    assert "branch" not in kinds(script)


def test_asking_for_the_task_list_again_and_again_is_polling():
    assert "poll" in kinds(only("while true; do\n  TaskList | grep completed\n  sleep 5\ndone\n"))
    assert "poll" in kinds(only("while not done:\n    TaskOutput(task_id=x, block=False)\n    sleep(5)\n"))
    assert "poll" not in kinds(only('tasks = TaskList()\nTask(prompt="Do the first of them now")\n'))


def test_the_coordinator_is_named_as_the_one_who_runs_the_script():
    code = "while true; do\n  TaskList\n  sleep 5\ndone\n"
    assert only(code, lead="The coordinator's own loop:").actor == "coordinator"
    assert only(code, lead="Then:").actor is None


def test_an_update_counts_only_when_it_marks_completion():
    assert kinds(only("TaskUpdate --task-id 3 --status completed\nTaskUpdate --task-id 3 --status in_progress\n")) == [
        "update"
    ]


def test_waiting_told_in_words_counts_where_no_call_waits():
    assert kinds(only('Task: "Do the first thing"\nTask: "Do the second thing"\nWait for both to finish.\n')) == [
        "launch",
        "launch",
        "wait",
    ]
    assert kinds(only('t = Task(prompt="Some work", run_in_background=True)\n# Wait for it\nTaskOutput(t.id)\n')) == [
        "launch",
        "wait",
    ]


# -- loops ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "bound"),
    [
        ("for (i = 0; i < 20; i++) {\n  Task({ ... })\n}", 20),
        ("for i in range(5):\n    Task(...)", 5),
        ("for f in files[:5]:\n    Task(prompt=f)", 5),
        ("for (const f of files.slice(0, 4)) {\n  Task({ prompt: f })\n}", 4),
        ("for name in [a, b, c]:\n    Task(prompt=name)", 3),
        ("n = min(len(tasks), 6)\nfor i in range(n):\n    Task(...)", 6),
        ("names = ['a', 'b']\nfor name in names:\n    Task(prompt=name)", 2),
        ("# at most 3 at once\nfor f in files:\n    Task(prompt=f)", 3),
        ('for i in 1 2 3; do\n  claude -p "Fix module $i" &\ndone', 3),
        ("for f in files:\n    Task(prompt=f)", None),
        ("files.map(f => Task({ prompt: f }))", None),
    ],
)
def test_the_number_of_rounds_is_known_where_the_script_says_it(code, bound):
    script = only(code)
    (loop,) = {step.loop for step in script.steps if step.kind in ("launch", "shell")}
    assert script.loops[loop].bound == bound


def test_a_loop_over_batches_makes_the_inner_loop_batched_with_the_size_of_a_batch():
    script = only(
        "const BATCH_SIZE = 5\nfor (batch of chunks(tasks, BATCH_SIZE)) {\n"
        "  const ids = batch.map(t => Task({ ..., run_in_background: true }).id)\n"
        "  for (id of ids) await TaskOutput({ task_id: id, block: true })\n}\n"
    )
    launch = next(step for step in script.steps if step.kind == "launch")
    assert (script.loops[launch.loop].bound, script.loops[launch.loop].batched) == (5, True)
    outer = script.loops[script.parents[launch.loop]]
    assert (outer.over, outer.batched) == ("chunks(tasks, BATCH_SIZE)", True)


def test_an_indented_loop_over_a_batch_is_batched_too():
    script = only("for batch in plan:\n    for task in batch.tasks:\n        Task(prompt=task)\n    wait_all()\n")
    (launch,) = [step for step in script.steps if step.kind == "launch"]
    assert script.loops[launch.loop].batched


# -- right and wrong -----------------------------------------------------------------------------------------------


def test_a_fence_with_a_wrong_and_a_right_part_is_cut_between_them():
    wrong, right = scripts(
        '// ❌ WRONG - the id is lost\nTask({ prompt: "Some work", run_in_background: true })\n\n'
        '// ✅ CORRECT\nconst t = Task({ prompt: "Some work", run_in_background: true })\n'
    )
    assert (wrong.script.example_of_wrong, right.script.example_of_wrong) == (True, False)
    assert [launch.handle for _, launch in right.launches] == ["t"]


def test_a_mark_behind_a_call_judges_that_line_alone():
    found = scripts(
        'Task(prompt="Good work here")\nTask(prompt="Bad work here")  ❌ Wrong!\nTask(prompt="More good work")\n'
    )
    judged = [(script.script.example_of_wrong, launch.prompt) for script in found for _, launch in script.launches]
    assert judged == [(False, "Good work here"), (True, "Bad work here"), (False, "More good work")]


def test_the_text_around_judges_what_is_not_marked():
    assert only('Task(prompt="Some work here")', wrong=True).example_of_wrong
    assert not only('# ✅ Recommended\nTask(prompt="Some work here")', wrong=True).example_of_wrong


# -- command lines ---------------------------------------------------------------------------------------------------


def test_a_command_runs_to_the_end_of_its_quotes():
    script = only(
        '# Main\nexport CLAUDE_CODE="claude"\n${CLAUDE_CODE} -p "You are coordinator:\n'
        '1. Start five\n2. Wait"\n# done\n'
    )
    assert [step.text for step in script.steps if step.kind == "shell"] == [
        'export CLAUDE_CODE="claude"',
        '${CLAUDE_CODE} -p "You are coordinator:\n1. Start five\n2. Wait"',
    ]


@pytest.mark.parametrize("line", ["claude --resume", "claude", 'claude --allowedTools "Read"', "npm test"])
def test_commands_that_start_no_agent_are_not_steps(line):
    assert scripts(f"export X=1\n{line}\n# subagent_type\n") == []


# -- robustness ------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Task(",
        "Agent({",
        'prompt="',
        '"""',
        "'",
        "`",
        ")",
        "}",
        "\n",
        "  ",
        "for x in y:",
        ".map(t => ",
        "await ",
        "TaskOutput(",
        "# ❌",
        "// ok",
        "x = ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_breaks_the_walk_and_every_step_lies_in_its_script(code):
    for script in scripts(code):
        for step in script.script.steps:
            assert script.script.origin.start <= step.origin.start <= step.origin.end <= len(code)


@pytest.mark.parametrize(
    "piece",
    [
        'Task("',
        "Task(\n",
        'Task(prompt="""\n',
        "Agent({ a: `\n",
        "for x in y:\n",
        "x.map(",
        "'",
        "}",
        '"a',
        "'a",
        "`a",
        '\\\\"',
        "(",
        "x = [\n",
        "a.b.c(",
    ],
)
def test_hostile_repetition_stays_linear_in_steps(piece):
    for script in scripts("Task(prompt='Some work')\n" + piece * 3000):
        assert len(script.script.steps) <= 3002


def test_agents_that_a_shell_leaves_running_are_launches_and_wait_joins_them():
    script = only('claude -p "Port src/a.ts" > a.log 2>&1 &\ncodex exec --full-auto "Port src/b.ts" &\nwait\n')
    prompts = [step.launch.prompt for step in script.steps if step.launch is not None]
    assert prompts == ["Port src/a.ts", "Port src/b.ts"]
    assert all(step.launch.background for step in script.steps if step.launch is not None)
    assert script.steps[-1].kind == "wait"


def test_a_command_in_the_foreground_is_no_background_launch():
    script = only('claude -p "Port src/a.ts" && claude -p "Port src/b.ts"\nclaude -p "Port src/c.ts" > log 2>&1\n')
    assert not [step for step in script.steps if step.kind == "launch"]


def test_an_agent_that_a_shell_starts_in_another_directory_says_nothing_about_files_of_this_one():
    script = only('(cd ../wt-a && claude -p "Port src/a.ts") &\nclaude -w a -p "Port src/b.ts" &\n')
    moved, own = (step.launch for step in script.steps if step.launch is not None)
    assert moved.template
    assert own.isolation == "worktree"


def test_a_worktree_that_the_script_adds_is_a_place_of_this_repository():
    script = only(
        "git worktree add -b cart ../shop-cart\n(cd ../shop-cart && claude -p 'Port src/a.ts') &\n"
        "cd ../shop-cart\nclaude -p 'Port src/b.ts' &\nwait\n"
    )
    launches = [step.launch for step in script.steps if step.launch is not None]
    assert [(launch.isolation, launch.template) for launch in launches] == [("worktree", False)] * 2


@pytest.mark.parametrize(
    "command",
    [
        "gemini -p 'Port src/a.ts' &",
        "cursor-agent --model x -p 'Port src/a.ts' &",
        "opencode run 'Port src/a.ts' &",
        "tmux send-keys -t w:0 'codex exec \"Port src/a.ts\"' C-m",
        "tmux new-window -t w 'gemini \"Port src/a.ts\"'",
    ],
)
def test_the_commands_of_other_agents_launch_too(command):
    assert [launch.prompt for launch in launches(command)] == ["Port src/a.ts"]


def test_the_type_of_an_agent_may_stand_in_brackets_before_its_prompt():
    (one, other) = launches('Agent(Explore): "List all callers"\nAgent 2 (qa:reviewer): "Review src/a.ts"')
    assert (one.agent_type, one.prompt) == ("Explore", "List all callers")
    assert (other.agent_type, other.prompt) == ("qa:reviewer", "Review src/a.ts")


@pytest.mark.parametrize(
    "code",
    [
        '<agent name="db"><role>Knows the database</role></agent>',
        '<Task version="1.2" xmlns="urn:x"><Triggers></Triggers></Task>',
        "class Task(Base): pass",
        "Task: Add the parser\n  Estimate: two days\n",
    ],
)
def test_an_element_class_or_item_of_that_name_starts_nothing(code):
    assert not launches(code)


def test_what_a_call_says_beside_the_fields_of_the_tool_is_kept():
    (script,) = scripts('Task(prompt="Add the parser", files=["src/a.py", "src/b.py"], owner="x")')
    assert {name: value.text for name, value in script.fields[0].items()} == {
        "files": '["src/a.py", "src/b.py"]',
        "owner": "x",
    }


def test_a_loop_that_waits_in_the_shell_closes_with_its_done():
    script = only('for f in a b; do\n  claude -p "Port $f" &\ndone; wait\n')
    wait = next(step for step in script.steps if step.kind == "wait")
    assert wait.loop is None


def test_what_promise_all_gives_to_several_names_runs_together():
    script = only(
        'const [a, b] = await Promise.all([\n  Task({ prompt: "Port a" }),\n  Task({ prompt: "Port b" }),\n])'
    )
    assert [step.launch.handle for step in script.steps if step.launch is not None] == ["a[]", "a[]"]


def test_a_prompt_that_the_shell_fills_in_is_open():
    script = only('claude -p "$(cat prompts/a.md)" &\nclaude -p "Do $task" &\nclaude -p \'Pay in $ only\' &\n')
    assert [step.launch.template for step in script.steps if step.launch is not None] == [True, True, False]


def test_a_terminal_of_its_own_leaves_the_agent_running():
    script = only(
        "tmux new-session -d -s search 'claude -p \"Create src/search.py\"'\n"
        "tmux send-keys -t export 'claude -p \"Create src/export.py\"' Enter\n"
        "tmux send-keys -t sort 'claude \"Create src/sort.py\"' C-m\n"
        "tmux new-session -d -s wt -c ../wt 'claude -p \"Create src/other.py\"'\n"
    )
    started = [step.launch for step in script.steps if step.launch is not None]
    assert [(one.prompt, one.background, one.template) for one in started] == [
        ("Create src/search.py", True, False),
        ("Create src/export.py", True, False),
        ("Create src/sort.py", True, False),
        ("Create src/other.py", True, True),
    ]


def test_a_command_after_the_wait_of_a_session_is_a_step_of_its_own():
    script = only('claude -p "Port src/a.ts" &\nclaude -p "Port src/b.ts" &\nwait\nclaude -p "Join them in src/c.ts"\n')
    assert [kind for kind in kinds(script) if kind != "shell"] == ["launch", "launch", "wait", "launch"]
    last = script.steps[-1].launch
    assert (last.prompt, last.background, last.awaited) == ("Join them in src/c.ts", False, True)


def test_fields_without_a_head_are_a_launch_when_they_name_type_and_prompt():
    code = 'name: "writer"\nsubagent_type: "general-purpose"\nrun_in_background: true\nprompt: |\n  Edit src/a.go.\n'
    (launch,) = launches(code)
    assert (launch.agent_type, launch.prompt, launch.background) == ("general-purpose", "Edit src/a.go.", True)
    assert launches('name: "writer"\nsubagent_type: "general-purpose"\n') == []


@pytest.mark.parametrize(
    "code",
    [
        'Agent(name="bot", model="x")',
        'Agent(name="Triage", instructions="Route the question", tools=[search])',
        'Task(description="Find sources", expected_output="a list", agent=researcher)',
        'Task(name="nightly", fn=export)',
    ],
)
def test_an_object_of_a_framework_is_no_launch(code):
    assert launches(f"# subagent_type is another thing\n{code}") == []


def test_a_numbered_comment_may_tell_to_wait():
    script = only(
        'Task(prompt="Create a.py", run_in_background=true)\n# Step 2: wait for both\n# Step 3\n'
        'Task(prompt="Create c.py")\n'
    )
    assert kinds(script) == ["launch", "wait", "launch"]

"""`planlint show`: what was understood, for people and for programs."""

import json
from pathlib import Path

import jsonschema
from command_line import Cli

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "show.json").read_text())

PATTERN = """\
# Ship the services

Start one agent for each service, all in one message:

```python
ids = []
for service in services:
    ids.append(Task(subagent_type="painter", description="Paint", run_in_background=True, prompt="Paint the service"))
for one in ids:
    TaskOutput(one)
```
"""

SHARED = """\
plan: ports
off_limits: [vendor/**]
single_owner:
  src/routes.ts: api
tasks:
  - id: api
    title: API
    creates: [src/api.ts]
    modifies: [src/routes.ts]
    resources: {port: 3000}
    conflicts_with: [web]
    blocks: [docs]
  - id: web
    title: Web
    creates: [src/web.ts]
  - id: docs
    title: Docs
    creates: [docs/api.md]
"""


def test_show_json_keeps_its_schema_and_says_what_was_understood(cli: Cli) -> None:
    outcome = cli("show", "plan.yaml", "--format", "json")
    shown = json.loads(outcome.out)
    jsonschema.validate(shown, SCHEMA)
    (plan,) = shown["plans"]
    assert plan["stages"] == [["form", "panel"]]
    assert plan["concurrent_pairs"] == 1
    assert {scope["path"]: scope["mode"] for scope in plan["tasks"][0]["writes"]} == {
        "src/form.tsx": "create",
        "src/index.ts": "modify",
    }
    assert outcome.code == 0


def test_show_tells_people_tasks_order_and_cost(cli: Cli) -> None:
    text = cli("show", "plan.yaml").out
    assert text.startswith("plan.yaml: settings\n")
    assert "1 stage, 1 concurrent pair" in text
    assert "1. form | panel" in text
    assert "create src/form.tsx, modify src/index.ts" in text


def test_show_lists_the_agents_that_are_defined(cli: Cli, project: Path) -> None:
    home = project / ".claude" / "agents"
    home.mkdir(parents=True)
    (home / "painter.md").write_text(
        "---\nname: painter\ndescription: Paints\nmodel: opus\ntools: Read, Edit\n---\nPaint.\n"
    )
    text = cli("show", ".claude/agents").out
    assert "\n  agents\n    painter  .claude/agents/painter.md:1\n      model opus, tools Read, Edit\n" in text
    shown = json.loads(cli("show", ".claude/agents", "--format", "json").out)
    jsonschema.validate(shown, SCHEMA)
    (agent,) = shown["plans"][0]["agents"]
    assert (agent["name"], agent["model"], agent["tools"]) == ("painter", "opus", ["Read", "Edit"])


def test_show_why_gives_the_reasons_of_recognition(cli: Cli) -> None:
    assert "planlint: " in cli("show", "plan.yaml", "--why").out.partition("recognised by")[2]
    recognition = json.loads(cli("show", "plan.yaml", "--why", "--format", "json").out)["recognition"]
    assert recognition["plan.yaml"][0]["dialect"] == "planlint"


def test_show_draws_the_direct_dependencies_only(cli: Cli, project: Path) -> None:
    (project / "chain.yaml").write_text(
        'plan: chain\ntasks:\n  - {id: a, title: "say \\"<b>\\""}\n  - {id: b, depends_on: [a]}\n'
        "  - {id: c, depends_on: [a, b]}\n"
    )
    mermaid = cli("show", "chain.yaml", "--format", "mermaid").out
    assert mermaid.startswith("flowchart TD\n")
    assert [line.strip() for line in mermaid.splitlines() if "-->" in line] == ["t0 --> t1", "t1 --> t2"]
    assert '["a: say #quot;#lt;b#gt;#quot;"]' in mermaid
    dot = cli("show", "chain.yaml", "--format", "dot").out
    assert 't0 [label="a: say \\"<b>\\""];' in dot
    assert [line.strip() for line in dot.splitlines() if "->" in line] == ["t0 -> t1;", "t1 -> t2;"]


def test_show_of_something_unreadable_ends_with_two(cli: Cli) -> None:
    outcome = cli("show", "missing.yaml")
    assert outcome.code == 2
    assert outcome.err == "planlint: error: missing.yaml: missing.yaml does not exist\n"


def test_show_of_a_standing_pattern_says_so_and_how_it_starts_its_agents(cli: Cli, project: Path) -> None:
    commands = project / ".claude" / "commands"
    commands.mkdir(parents=True)
    (commands / "ship.md").write_text(PATTERN)
    text = " ".join(cli("show", ".claude/commands").out.split())
    assert "a standing pattern, no work of its own" in text
    assert (
        'starts painter "Paint", in the background, kept as ids[], for each of services (width not bounded) line 8'
        in text
    )
    assert "waits for ids[] line 10" in text
    shown = json.loads(cli("show", ".claude/commands", "--format", "json").out)
    jsonschema.validate(shown, SCHEMA)
    (plan,) = shown["plans"]
    assert plan["pattern"] is True
    assert [(one["agent_type"], one["background"], one["handle"]) for one in plan["launches"]] == [
        ("painter", True, "ids[]")
    ]
    assert {one["over"] for one in plan["fan_outs"]} >= {"services"}


def test_show_tells_rules_for_files_resources_and_tasks_that_never_meet(cli: Cli, project: Path) -> None:
    (project / "ports.yaml").write_text(SHARED)
    text = cli("show", "ports.yaml").out
    assert "\n  rules for files\n    nobody writes vendor/**\n    only api writes src/routes.ts\n" in text
    assert "\n    uses: port 3000\n" in text
    assert "\n    before: docs\n" in text
    assert "\n    never beside: web\n" in text
    shown = json.loads(cli("show", "ports.yaml", "--format", "json").out)
    jsonschema.validate(shown, SCHEMA)
    (plan,) = shown["plans"]
    assert [(one["kind"], one["path"], one["owner"]) for one in plan["constraints"]] == [
        ("off-limits", "vendor/**", None),
        ("single-owner", "src/routes.ts", "api"),
    ]
    assert plan["tasks"][0]["resources"] == [{"kind": "port", "name": "3000", "evidence": "declared"}]


def test_show_names_a_file_once_that_a_plan_declares_and_describes(cli: Cli, project: Path) -> None:
    phase = project / ".planning" / "phases" / "01-paint"
    phase.mkdir(parents=True)
    (phase / "01-01-PLAN.md").write_text(
        "---\nphase: 01-paint\nplan: 01\nwave: 1\ndepends_on: []\nfiles_modified: [src/paint.ts]\n---\n\n<tasks>\n"
        '<task type="auto">\n  <name>Paint</name>\n  <files>src/paint.ts</files>\n'
        "  <action>Add a brush to src/paint.ts.</action>\n</task>\n</tasks>\n"
    )
    assert cli("show", ".planning").out.count("src/paint.ts") == 1


def test_the_form_of_a_product_is_a_pattern_without_findings(cli: Cli, project: Path) -> None:
    home = project / ".specify" / "templates"
    home.mkdir(parents=True)
    (home / "tasks-template.md").write_text(
        "# Tasks: [FEATURE NAME]\n\n## Phase 1: Setup\n\n- [ ] T001 Make the project\n- [ ] T002 [P] Add "
        "src/models/[entity].py\n- [ ] T003 [P] Add src/services/[service].py\n"
    )
    assert cli("check", ".specify").code == 0
    assert "a standing pattern, 3 tasks" in cli("show", ".specify").out


def test_a_form_that_is_no_yaml_yet_is_passed_over_by_a_search(cli: Cli, project: Path) -> None:
    home = project / "kit" / "templates"
    home.mkdir(parents=True)
    (home / "plan.yaml").write_text(
        "tasks:\n  - id: mix\n    title: Mix\n  - id: paint\n    title: {{TITLE}}\n    depends_on: [mix]\n"
    )
    assert cli("check", "kit").code == 0
    assert "PL002" in cli("check", "kit/templates/plan.yaml").out

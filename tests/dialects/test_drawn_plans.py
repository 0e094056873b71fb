"""A drawn order in the formats that take it over: what they make of it as a plan."""

from __future__ import annotations

from itertools import combinations

from planlint.dialects.superpowers.dialect import SuperpowersDialect
from planlint.engine.workspace import FileWorkspace
from planlint.facts.order import Order
from planlint.facts.references import References
from planlint.readers.markdown.reader import read_markdown
from planlint.source import Source

TASKS = "".join(f"### Task {number}: T{number}\n\n**Files:**\n- Create: `src/t{number}.ts`\n\n" for number in (1, 2, 3))
DRAWING = "```\nTask 1 ──┬──► Task 2\n         └──► Task 3\n```\n"
BANNER = "> **For agentic workers:** REQUIRED SUB-SKILL: Use superpowers:executing-plans\n\n"


def concurrent(text: str, tmp_path) -> set[tuple[str, str]]:
    document = read_markdown(Source("docs/plan.md", text))
    (plan,) = SuperpowersDialect().load([document], FileWorkspace(tmp_path)).plans
    order = Order(plan, References(plan))
    return {(one.id, two.id) for one, two in combinations(plan.tasks, 2) if order.concurrent(one.index, two.index)}


def test_a_drawn_order_of_all_tasks_counts_where_the_skill_does_not_run_them_in_turn(tmp_path):
    assert concurrent(f"# Plan\n\n{TASKS}{DRAWING}", tmp_path) == {("2", "3")}
    assert concurrent(f"# Plan\n\n{BANNER}{TASKS}{DRAWING}", tmp_path) == set()
    assert concurrent(f"# Plan\n\n{TASKS}", tmp_path) == set()

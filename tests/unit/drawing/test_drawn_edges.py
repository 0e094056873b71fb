"""Graphs drawn with characters: an arrow says who comes first, and where the lines are unclear nothing is said."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.dialects.drawing import drawn_edges
from planlint.dialects.prose import IdGrammar
from planlint.readers.markdown.reader import parse_blocks
from planlint.source import Source

GRAMMAR = IdGrammar(re.compile(r"\bT\d{3}\b"), known=[f"T{number:03d}" for number in range(1, 10)])


def edges_of(drawing: str, language: str = "text") -> set[str]:
    source = Source("tasks.md", f"```{language}\n{drawing}\n```\n")
    return {f"{edge.before}>{edge.after}" for edge in drawn_edges(parse_blocks(source), GRAMMAR)}


DRAWINGS = [
    ("T001 → T002 → T003", {"T001>T002", "T002>T003"}),
    ("T001 --> T002\nT002 ──► T003", {"T001>T002", "T002>T003"}),
    ("T001, T002 → T004-T006", {f"{one}>{other}" for one in ("T001", "T002") for other in ("T004", "T005", "T006")}),
    ("T002 ◄── T001", {"T001>T002"}),
    ("T001 (create)\n  ├─→ T002 (read)\n  │     └─→ T003\n  └─→ T004", {"T001>T002", "T002>T003", "T001>T004"}),
    ("T001 ──┐\n       ├──► T003\nT002 ──┘", {"T001>T003", "T002>T003"}),
    ("T001\n  |\n  v\nT002", {"T001>T002"}),
    ("T001\n  ↓\n┌─┴──┬─────┐\n↓    ↓     ↓\nT002 T003  T004", {"T001>T002", "T001>T003", "T001>T004"}),
    ("T001\n+--> T002\n`--> T003", {"T001>T002", "T001>T003"}),
    ("Phase 1 (Setup) → Phase 2\nPhase 2 ─▶ US1", {"Phase 1>Phase 2", "Phase 2>US1"}),
    ("準備 T001 → T002", {"T001>T002"}),
    ("T001 ──┬──> T002\n       └──> T003", {"T001>T002", "T001>T003"}),
    (
        "┌────────┐     ┌────────┐\n│ T001   │ ──▶ │ T002   │ ──┐\n└────────┘     └────────┘   │    ┌────────┐\n"
        "     │                       ├──▶ │ T004   │\n     │         ┌────────┐    │    └────────┘\n"
        "     └───────▶ │ T003   │ ──┘\n               └────────┘",
        {"T001>T002", "T001>T003", "T002>T004", "T003>T004"},
    ),
    (
        "+------+     +------+\n| T001 | --> | T002 |\n| base |     +------+\n+------+",
        {"T001>T002"},
    ),
    (
        "+--- Wave 1 ---------------+\n| +------+     +------+    |\n| | T001 | --> | T002 |    |\n"
        "| +------+     +------+    |\n+--------------------------+",
        {"T001>T002"},
    ),
    (
        "        T001\n        /    \\\n       v      v\n     T002   T003\n       \\     /\n        v   v\n"
        "        T004",
        {"T001>T002", "T001>T003", "T002>T004", "T003>T004"},
    ),
    ("    T001\n    /   \\\n T002  T003", {"T001>T002", "T001>T003"}),
    ("T001 -> (T002 || T003) -> T004", {"T001>T002", "T001>T003", "T002>T004", "T003>T004"}),
]


@pytest.mark.parametrize(("drawing", "expected"), DRAWINGS)
def test_an_arrow_leads_from_what_comes_first(drawing: str, expected: set[str]):
    assert edges_of(drawing) == expected


@pytest.mark.parametrize(
    "drawing",
    [
        "T001 T002 T003",
        "T001 ─── T002",
        "┌──────┐\n│ T001 │\n└──────┘",
        "team A → T001",
        "T001 → T099",
        "US1 → T001",
        "T004-T006 (all of them)",
        "- [ ] T001 [P] text",
        "src/\n  T001/\n  T002/",
        "T001 | T002\n-----+-----\nT003 | T004",
    ],
)
def test_without_a_clear_arrow_between_known_names_nothing_is_said(drawing: str):
    assert edges_of(drawing) == set()


def test_arrows_in_programs_are_no_drawings():
    assert edges_of("T001 -> T002", "rust") == set()


def test_mermaid_edges_are_read_with_labels_and_without():
    graph = 'flowchart TD\n  A[T001: model] --> B["T002"]\n  B -->|then| T003\n  T003 -.-> T004 --> A'
    assert edges_of(graph, "mermaid") == {"T001>T002", "T002>T003", "T003>T004", "T004>T001"}


def test_mermaid_nodes_may_stand_together_and_in_groups():
    graph = (
        "flowchart LR\n  subgraph first\n    A(T001)\n  end\n  subgraph second [Both]\n    B{{T002}}\n    C([T003])\n"
        "  end\n  A --> B & C\n  second -- then --> D[(T004)]"
    )
    assert edges_of(graph, "mermaid") == {"T001>T002", "T001>T003", "T002>T004", "T003>T004"}


def test_bars_of_a_gantt_chart_wait_for_what_stands_after_after():
    chart = (
        "gantt\n  title Work\n  dateFormat YYYY-MM-DD\n  section Build\n  T001 model :done, t1, 2026-01-05, 1d\n"
        "  T002 api :t2, after t1, 2d\n  T003 ui :crit, t3, after t1, 2d\n  T004 check :after t2 t3, 1d"
    )
    assert edges_of(chart, "mermaid") == {"T001>T002", "T001>T003", "T002>T004", "T003>T004"}


@given(st.text(alphabet="T012 \n-|+/\\v>─│┌┐└┘┬├▼►", max_size=400))
@settings(max_examples=300)
def test_any_drawing_is_read_to_its_end(drawing: str):
    for edge in edges_of(drawing):
        assert re.fullmatch(r"T\d{3}>T\d{3}", edge)


@pytest.mark.parametrize("piece", ["+--+ ", "+--+\n|  |\n", "/\\ |v\n", "┌─┐│", "| v\n"])
def test_what_is_known_is_found_in_a_large_drawing_of_nonsense(piece: str):
    assert edges_of("T001 → T002\n\n" + piece * (50_000 // len(piece))) == {"T001>T002"}


def test_a_name_in_a_drawing_points_at_its_own_characters():
    source = Source("tasks.md", "- list\n\n  ```\n  T001 ─► T002\n  ```\n")
    (edge,) = drawn_edges(parse_blocks(source), GRAMMAR)
    assert edge.source.origin.text == "T002"

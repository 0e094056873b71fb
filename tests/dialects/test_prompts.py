"""What a prompt says about files beside its sentences: lines and lists behind words of ownership."""

import pytest

from planlint.dialects.draft import TaskDraft
from planlint.dialects.prompts import read_brief
from planlint.readers.prose import Prose
from planlint.source import Source


def told(text: str) -> TaskDraft:
    source = Source("prompt", text)
    task = TaskDraft("", source.origin(0, len(text)))
    read_brief(task, Prose(source, 0, len(text), text, [(0, 0)]), default=None)
    return task


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You own src/api/ and src/types/user.ts.", ["src/api/", "src/types/user.ts"]),
        ("Files: src/a.ts, src/b.ts", ["src/a.ts", "src/b.ts"]),
        ("Modify: src/a.ts (the guard)", ["src/a.ts"]),
        ("Create:\n- src/a.ts\n- src/b.ts: the view", ["src/a.ts", "src/b.ts"]),
        ("Files you own:\n\n1. src/a.ts\n2. src/b.ts", ["src/a.ts", "src/b.ts"]),
        ("Deliverables: (1) src/a.ts with the view; (2) src/b.ts", ["src/a.ts", "src/b.ts"]),
        ("- 新文件：src/x/a.rs + 对应测试", ["src/x/a.rs"]),
        ("Files changed:\n- `src/a.ts` - the view", ["src/a.ts"]),
        (
            "- Implemented test files:\n  - `src/a.test.ts` (9 tests)\n  - src/b.test.ts",
            ["src/a.test.ts", "src/b.test.ts"],
        ),
        ("**Documentation created:**\n- `docs/a.md`: the guide\n  to it\n- docs/b.md", ["docs/a.md", "docs/b.md"]),
        ("BACKEND (src/api/a.py):\n1. The route.", ["src/api/a.py"]),
        ("Frontend:\n1. src/a.tsx: the list", ["src/a.tsx"]),
        ("- Update .gitignore to exclude: dist, .env", [".gitignore"]),
        ("Context (src/api/a.py):\n1. The route.", []),
        ("Read first:\n- src/a.ts", []),
        ("Run these checks:\n- src/a.test.ts", []),
        ("The shared types live in src/a.ts.", []),
        ("You work in /home/me/project on a branch.", []),
        ("- src/a.ts", []),
    ],
)
def test_files_behind_words_of_ownership_are_written(text, expected):
    assert [scope.path for scope in told(text).writes] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Do NOT touch:\n- src/a.ts\n- src/b.ts",
        "Shared (do not modify): src/a.ts (types), src/b.ts",
        "禁止改动 src/a.ts 与 src/b.ts",
    ],
)
def test_files_behind_a_prohibition_are_off_limits(text):
    assert [scope.path for scope in told(text).off_limits] == ["src/a.ts", "src/b.ts"]
    assert told(text).writes == []


@pytest.mark.parametrize(
    ("text", "writes", "reads"),
    [
        ("Scope: src/a.ts, src/b.ts. Read the diff. Do not modify files.", [], ["src/a.ts", "src/b.ts"]),
        ("You review.\n\nFiles:\n- src/a.ts\n\nDon't edit any code, only report.", [], ["src/a.ts"]),
        ("你负责的文件：src/a.ts。不要修改任何文件。", [], ["src/a.ts"]),
        ("Scope: src/a.ts. Write docs/report.md. Do not modify files.", ["docs/report.md"], ["src/a.ts"]),
        ("Files: src/a.ts. Do not touch anything else.", ["src/a.ts"], []),
        ("Files: src/a.ts. Do not modify files that others own.", ["src/a.ts"], []),
    ],
)
def test_who_may_change_nothing_looks_at_what_is_given(text, writes, reads):
    assert [scope.path for scope in told(text).writes] == writes
    assert [scope.path for scope in told(text).reads] == reads


def test_an_invariant_leaves_no_file_alone():
    assert told("依据：docs/design.md（设计文档，读不变式章节）").off_limits == []

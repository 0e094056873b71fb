"""The inherited context: which files, which imports, what it costs."""

import pytest
from made_plans import HERE, facts_of

from planlint.facts import Settings
from planlint.facts.memory import Memory
from planlint.model import ContextFile
from planlint.source import Source


def memory_of(files: dict[str, str], **plan) -> Memory:
    return facts_of({}, files=files, **plan).memory


def paths_of(memory: Memory) -> list[str]:
    return [file.path for file in memory.files]


def broken_in(text: str, **more: str) -> list[tuple[str, str]]:
    """Kind and written path of the broken imports of a CLAUDE.md with this text."""
    return [(item.kind, item.written) for item in memory_of({"CLAUDE.md": text, **more}).broken]


@pytest.mark.parametrize(
    ("files", "loaded"),
    [
        (["CLAUDE.md", "AGENTS.md"], ["CLAUDE.md"]),
        (["AGENTS.md"], ["AGENTS.md"]),
        ([".claude/CLAUDE.md"], [".claude/CLAUDE.md"]),
        (["CLAUDE.local.md", "CLAUDE.md"], ["CLAUDE.md", "CLAUDE.local.md"]),
        (["CLAUDE.md", "src/CLAUDE.md"], ["CLAUDE.md"]),
        (["README.md"], []),
    ],
)
def test_claude_code_loads_the_memory_files_of_the_root(files: list[str], loaded: list[str]) -> None:
    assert paths_of(memory_of(dict.fromkeys(files, "text"))) == loaded


@pytest.mark.parametrize(
    ("runtime", "loaded"),
    [
        ("codex", ["AGENTS.override.md"]),
        ("gemini", ["GEMINI.md"]),
        ("opencode", ["AGENTS.md"]),
        ("generic", []),
    ],
)
def test_other_runtimes_load_their_own_files(runtime: str, loaded: list[str]) -> None:
    files = dict.fromkeys(["CLAUDE.md", "AGENTS.md", "AGENTS.override.md", "GEMINI.md"], "text")
    facts = facts_of({}, files=files, settings=Settings(runtime=runtime))
    assert paths_of(facts.memory) == loaded


def test_rules_with_paths_are_not_loaded_at_start() -> None:
    files = {
        ".claude/rules/all.md": "Always.",
        ".claude/rules/deep/more.md": "---\ndescription: x\n---\nAlways.",
        ".claude/rules/api.md": "---\npaths: src/api/**\n---\nSometimes.",
    }
    assert paths_of(memory_of(files)) == [".claude/rules/all.md", ".claude/rules/deep/more.md"]


def test_files_that_the_plan_declares_are_loaded_once() -> None:
    memory = memory_of({"CLAUDE.md": "a", "docs/style.md": "b"}, context=["CLAUDE.md", "docs/style.md"])
    assert paths_of(memory) == ["CLAUDE.md", "docs/style.md"]
    assert memory.files[1].declared.path == "docs/style.md"


def test_a_declared_file_that_does_not_exist_is_missing_only_in_a_repository() -> None:
    assert [item.path for item in memory_of({"a.md": ""}, context=["docs/gone.md"]).missing] == ["docs/gone.md"]
    assert facts_of({}, context=["docs/gone.md"]).memory.missing == ()


def test_without_a_repository_nothing_is_loaded() -> None:
    assert facts_of({}).memory.files == ()
    assert facts_of({}, files={"CLAUDE.md": "x"}, known=False).memory.files == ()


def test_the_plan_file_itself_can_be_the_context_without_a_repository() -> None:
    source = Source("CLAUDE.md", "# Rules\n\nBe brief.\n")
    place = source.origin(0, len(source.text))
    context = (ContextFile(path="CLAUDE.md", origin=HERE),)
    plan = facts_of({}).plan.replace(origin=place, context=context, tasks=())
    facts = facts_of({})
    facts.plan = plan
    assert paths_of(facts.memory) == ["CLAUDE.md"]


def test_imports_are_followed_relative_to_the_importing_file() -> None:
    files = {
        "CLAUDE.md": "See @docs/style.md.\n",
        "docs/style.md": "- @more/names.md\n- **@./tests.md**\n",
        "docs/more/names.md": "names",
        "docs/tests.md": "tests",
    }
    memory = memory_of(files)
    assert paths_of(memory) == ["CLAUDE.md", "docs/style.md", "docs/more/names.md", "docs/tests.md"]
    assert [file.hops for file in memory.files] == [0, 1, 2, 2]
    assert memory.files[1].imported_at.text == "@docs/style.md"
    assert memory.broken == ()


def test_a_file_imported_twice_counts_once() -> None:
    memory = memory_of({"CLAUDE.md": "@a.md @b.md @a.md", "a.md": "@b.md", "b.md": "b"})
    assert paths_of(memory) == ["CLAUDE.md", "a.md", "b.md"]


@pytest.mark.parametrize(
    "text",
    [
        "`@docs/gone.md`",
        "```\n@docs/gone.md\n```",
        "    @docs/gone.md\n",
        "<!-- @docs/gone.md -->",
        "mail me@example.md",
        "@anthropic-ai/sdk and @types/node.d.ts and @angular/core.js",
        "@decorator @alice @everyone",
        "@/components/ui/button.tsx",
        "@path/to/file.md",
        "@docs/<name>.md",
        "@scope/pkg@1.2.md",
        "@RestController.java",
        "@https://example.com/x.md",
    ],
)
def test_what_only_looks_like_an_import_is_not_broken(text: str) -> None:
    assert broken_in(text) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("See @docs/gone.md for more.", "docs/gone.md"),
        ("@README.md", "README.md"),
        ("@./setup.py", "./setup.py"),
        ("@src/gone.ts", "src/gone.ts"),
        ("| a | @notes.txt |\n|---|---|\n", "notes.txt"),
        ("> @docs/gone.md)", "docs/gone.md"),
        ("# Title @docs/gone.md", "docs/gone.md"),
    ],
)
def test_an_import_of_a_missing_file_is_broken(text: str, written: str) -> None:
    assert broken_in(text, **{"src/app.ts": ""}) == [("missing", written)]


def test_a_broken_import_points_at_its_own_line() -> None:
    [broken] = memory_of({"CLAUDE.md": "# A\n\nfirst\nsecond @docs/gone.md\n"}).broken
    assert broken.origin.source.path == "CLAUDE.md"
    assert tuple(broken.origin.begin)[:2] == (4, 8)
    assert broken.origin.text == "@docs/gone.md"


def test_a_circle_of_imports_is_named_with_its_chain() -> None:
    memory = memory_of({"CLAUDE.md": "@a.md", "a.md": "@b.md", "b.md": "@a.md"})
    [broken] = memory.broken
    assert (broken.kind, broken.target, broken.chain) == ("circular", "a.md", ("CLAUDE.md", "a.md", "b.md"))


def test_the_fifth_hop_is_too_deep() -> None:
    files = {"CLAUDE.md": "@1.md", **{f"{number}.md": f"@{number + 1}.md" for number in range(1, 6)}, "6.md": "end"}
    memory = memory_of(files)
    assert paths_of(memory) == ["CLAUDE.md", "1.md", "2.md", "3.md", "4.md"]
    assert [(item.kind, item.written) for item in memory.broken] == [("too-deep", "5.md")]


@pytest.mark.parametrize("path", ["~/.claude/mine.md", "../shared/rules.md"])
def test_an_import_from_outside_is_neither_loaded_nor_missing(path: str) -> None:
    assert broken_in(f"@{path}") == [("outside", path)]


def test_a_runtime_without_imports_follows_none() -> None:
    files = {"AGENTS.md": "@more.md @gone.md", "more.md": "x"}
    memory = facts_of({}, files=files, settings=Settings(runtime="codex")).memory
    assert paths_of(memory) == ["AGENTS.md"]
    assert memory.broken == ()


def test_block_comments_cost_nothing_but_those_in_code_do() -> None:
    words = "many words that nobody reads " * 20
    plain = memory_of({"CLAUDE.md": "Text.\n"}).tokens
    assert memory_of({"CLAUDE.md": f"Text.\n\n<!-- {words} -->\n"}).tokens <= plain + 3
    assert memory_of({"CLAUDE.md": f"Text.\n\n```\n<!-- {words} -->\n```\n"}).tokens > plain + 60


def test_sections_are_ranked_by_cost() -> None:
    text = (
        "intro\n\n# Small\n\none line\n\n## Large\n\n" + "a long sentence about rules. " * 50 + "\n\n### Part\n\nmore\n"
    )
    memory = memory_of({"CLAUDE.md": text})
    assert [section.title for section in memory.sections] == ["Large", "Small", ""]
    assert memory.sections[0].origin.begin.line == 7
    assert sum(section.tokens for section in memory.sections) == pytest.approx(memory.tokens, abs=6)


def test_a_crowd_of_at_signs_is_read_in_linear_time() -> None:
    text = "`a` @ " * 30_000
    assert broken_in(text) == []


def test_a_chain_that_the_runtime_cuts_off_counts_no_further() -> None:
    line = "Keep the public names of a module as they are.\n"
    whole = memory_of({"AGENTS.md": line * 600}, runtime="codex")
    cut = memory_of({"AGENTS.md": line * 6000}, runtime="codex")
    assert 32 * 1024 - len(line) < cut.files[0].characters <= 32 * 1024
    assert whole.files[0].characters == len(line) * 600
    assert cut.tokens < 2 * whole.tokens

"""Names without a directory."""

from __future__ import annotations

from planlint.dialects.prose import BareNames, find_paths, resolve_bare_names

from .written import written


def resolve(**tasks: str) -> dict[str, list[str | None]]:
    mentions = {task: find_paths(written(line)) for task, line in tasks.items()}
    return {
        task: [mention.path if mention.resolved else None for mention in found]
        for task, found in resolve_bare_names(mentions).items()
    }


def test_a_bare_name_means_the_one_path_that_ends_in_it():
    assert resolve(a="`src/core/errors.rs`", b="`errors.rs`")["b"] == ["src/core/errors.rs"]


def test_the_own_task_is_asked_first():
    found = resolve(a="`x/mod.rs`", b="`y/mod.rs` then `mod.rs`")
    assert found["b"] == ["y/mod.rs", "y/mod.rs"]


def test_an_ambiguous_or_unknown_name_stays_open():
    assert resolve(a="`x/mod.rs` `y/mod.rs`", b="`mod.rs` `other.rs`")["b"] == [None, None]


def test_root_files_stand_for_themselves():
    assert resolve(a="`backend/package.json`", b="`package.json` `.gitignore`")["b"] == ["package.json", ".gitignore"]


def test_a_readme_is_the_roots_only_while_there_is_no_other():
    assert resolve(a="README.md")["a"] == ["README.md"]
    assert resolve(a="`x/README.md` `y/README.md`", b="README.md")["b"] == [None]
    assert resolve(a="`x/README.md`", b="README.md")["b"] == [None], "that of x, or the root's"
    assert resolve(a="`x/README.md`, then README.md")["a"] == ["x/README.md", "x/README.md"]


def test_a_file_that_keeps_a_directory_is_in_none_that_it_does_not_name():
    assert resolve(a="`.gitkeep` `.gitignore`")["a"] == [None, ".gitignore"]


def test_a_leading_dot_says_that_the_file_is_at_the_root():
    names = BareNames({"a": ["web/conftest.py"]})
    assert [names.find(name) for name in ("./Makefile", "./.prettierrc", "./x.ts")] == ["Makefile", ".prettierrc", None]


def test_a_tail_is_completed():
    assert resolve(a="`web/src/lib/x.ts`", b="`@/lib/x.ts`")["b"] == ["web/src/lib/x.ts"]


def test_a_telling_name_may_stand_for_itself_where_the_dialect_allows_it():
    names = BareNames({"a": ["src/core/errors.rs"]}, alone=True)
    assert names.find("UserService.ts") == "UserService.ts"
    assert names.find("run-all-tests.sh") == "run-all-tests.sh"
    assert [names.find(name) for name in ("index.ts", "page.tsx", "SKILL.md", "__init__.py", "mod.rs")] == [None] * 5
    assert BareNames({}).find("UserService.ts") is None
    assert BareNames({"a": ["web/UserService.ts", "api/UserService.ts"]}, alone=True).find("UserService.ts") is None


def test_a_name_that_each_package_has_is_none_of_a_package_elsewhere():
    names = BareNames({1: ["crates/auth/src/lib.rs"], 2: ["crates/types/Cargo.toml"], 3: ["crates/auth/src/x/a.rs"]})
    assert names.find("lib.rs", 2) is None
    assert names.find("lib.rs", 3) == "crates/auth/src/lib.rs"
    assert names.find("lib.rs", 4) == "crates/auth/src/lib.rs"

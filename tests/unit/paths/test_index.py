"""The index finds exactly the pairs that overlap."""

from __future__ import annotations

from planlint.paths import PathIndex, Pattern

TEXTS = ["src/a.ts", "src/", "src/**/*.ts", "./src/a.ts", "lib/a.py", "src/**", "lib", "docs/*.md", "src/a.tsx"]


def index(*texts: str, **options: int) -> PathIndex:
    return PathIndex([Pattern.parse(text) for text in texts], **options)


def test_what_is_named_more_than_once_is_one_group_under_its_canonical_key():
    built = index(*TEXTS)
    assert list(built.equals()) == [[0, 3], [1, 5]]
    assert built.equal("src/a.ts") == [0, 3]


def test_the_rivals_of_a_scope_are_all_others_that_meet_it_in_ascending_order():
    assert {group.key: group.rivals for group in index(*TEXTS).scope_groups()} == {
        "src/": [0, 2, 3, 8],
        "src/**/*.ts": [0, 1, 3, 5],
        "lib": [4],
    }


def test_equal_scopes_are_one_group():
    groups = {group.key: group for group in index(*TEXTS).scope_groups()}
    assert sorted(groups) == ["lib", "src/", "src/**/*.ts"]
    assert groups["src/"].owners == [1, 5]
    assert groups["src/"].rivals == [0, 2, 3, 8]


def test_fifty_thousand_equal_paths_are_one_group():
    built = PathIndex([Pattern.parse("src/a.ts")] * 50_000)
    assert list(built.equals()) == [list(range(50_000))]
    assert list(built.scope_groups()) == []


def test_work_beyond_the_limit_is_left_out_and_said():
    built = index(*[f"**/{'*/' * n}x?" for n in range(20)], work_limit=100)
    list(built.scope_groups())
    assert built.incomplete
    assert not index(*TEXTS).incomplete


def test_case_insensitive_patterns_meet_under_one_key():
    built = PathIndex([Pattern.parse(text, case_sensitive=False) for text in ("README.md", "Readme.md", "*.MD")])
    assert built.equal("readme.md") == [0, 1]
    assert [group.rivals for group in built.scope_groups()] == [[0, 1]]


def test_the_directories_of_an_index_are_those_of_its_literal_paths_alone():
    built = index("src/a.ts", "src/b.ts", "README.md", "docs/*.md", "lib/", "/etc/hosts")
    assert built.directories == {"src", ""}
    assert not built.is_literal
    assert index("src/a.ts", "README.md").is_literal

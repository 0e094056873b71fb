"""What two patterns share, pair by pair."""

from __future__ import annotations

import pytest

from planlint.paths import Pattern, covers, matches, overlap

MEET = [
    # the same file under two spellings
    ("src/auth.ts", "src/auth.ts", "src/auth.ts"),
    ("./src/auth.ts", "src/auth.ts", "src/auth.ts"),
    ("src\\auth.ts", "src/auth.ts", "src/auth.ts"),
    ("src//auth.ts", "src/auth.ts", "src/auth.ts"),
    ("src/old/../auth.ts", "src/auth.ts", "src/auth.ts"),
    (" src/auth.ts ", "src/auth.ts", "src/auth.ts"),
    ("caf\u00e9.md", "cafe\u0301.md", "caf\u00e9.md"),
    ("c:\\work\\a.ts", "C:/work/a.ts", "C:/work/a.ts"),
    # a directory against what it holds
    ("src", "src/auth.ts", "src/auth.ts"),
    ("src/", "src/auth.ts", "src/auth.ts"),
    ("src/**", "src/auth.ts", "src/auth.ts"),
    ("src/", "src", "src/x"),
    ("src/", "src/**", "src/x"),
    (".", "src/auth.ts", "src/auth.ts"),
    ("**", "src/", "src/x"),
    ("k8s.io", "k8s.io/api/x.go", "k8s.io/api/x.go"),
    ("build.py", "build.py/", "build.py/x"),
    ("build.py", "build.py/*", "build.py/x"),
    ("src/api", "src/**/*.ts", "src/api/x.ts"),
    ("packages/*/", "packages/a/b/c.ts", "packages/a/b/c.ts"),
    ("packages/*/src", "packages/a/src/c.ts", "packages/a/src/c.ts"),
    # wildcards against each other
    ("tests/unit/**", "tests/**/test_x.py", "tests/unit/test_x.py"),
    ("src/*/api.py", "src/x/*.py", "src/x/api.py"),
    ("src/**/*.py", "src/api/*.py", "src/api/x.py"),
    ("**/*.ts", "src/**", "src/x.ts"),
    ("*_test.go", "user_*", "user_test.go"),
    ("file[0-9].py", "file7.py", "file7.py"),
    ("file[0-9].py", "file[5-9a-z].py", "file5.py"),
    ("file[!0-8].py", "file?.py", "filex.py"),
    ("**.py", "main.py", "main.py"),
    ("a**/x", "abc/x", "abc/x"),
    # braces
    ("src/{api,ui}/index.ts", "src/ui/*.ts", "src/ui/index.ts"),
    ("{a,b{1,2}}.ts", "b2.ts", "b2.ts"),
    ("src/foo{,.test}.ts", "src/foo.ts", "src/foo.ts"),
    ("m{1..3}.sql", "m2.sql", "m2.sql"),
    ("m{08..11}.sql", "m09.sql", "m09.sql"),
    ("{src/api, lib}/x.ts", "lib/x.ts", "lib/x.ts"),
    # routes of file-based routers are names
    ("app/[id]/page.tsx", "app/[id]/page.tsx", "app/[id]/page.tsx"),
    ("app/[...slug]/", "app/[...slug]/page.tsx", "app/[...slug]/page.tsx"),
    ("app/[[...slug]]/page.tsx", "app/**", "app/[[...slug]]/page.tsx"),
    ("app/(shop)/@modal/page.tsx", "app/(shop)/", "app/(shop)/@modal/page.tsx"),
    ("pages/[id].tsx", "pages/*.tsx", "pages/[id].tsx"),
    # odd syntax is literal
    ("a[b", "a[b", "a[b"),
    ("a{b", "a{b", "a{b"),
    ("src/{id}.ts", "src/{id}.ts", "src/{id}.ts"),
    ("${OUT}/x.txt", "${OUT}/", "${OUT}/x.txt"),
]

APART = [
    ("src/auth.ts", "src/auth.tsx"),
    ("src/foo", "src/foobar"),
    ("src/foo/", "src/foobar/x.ts"),
    ("assets/*.png", "assets/*.jpg"),
    ("src/*", "src/a/b.py"),
    ("src/*/api.py", "src/api.py"),
    ("src/{a,b}.ts", "src/c.ts"),
    ("src/Auth.ts", "src/auth.ts"),
    ("src/a.ts", "src/**/b.ts"),
    ("src/index.ts", "src/*/"),
    ("Makefile", "**/*.ts"),
    ("app/[id]/page.tsx", "app/i/page.tsx"),
    ("app/[id]/page.tsx", "app/[slug]/page.tsx"),
    ("pages/[id].tsx", "pages/i.tsx"),
    ("file[0-9].py", "filex.py"),
    ("file[z-a].py", "file?.py"),
    ("*.py", "src/a.py"),
    ("/src/a.ts", "src/a.ts"),
    ("../src/a.ts", "src/a.ts"),
    ("~/a.ts", "./~/a.ts"),
    ("**", "/etc/passwd"),
    ("[!a].", "[.]?"),
    ("", "**"),
    ("", ""),
    ("a\\*", "a*"),
]


@pytest.mark.parametrize(("a", "b", "witness"), MEET)
def test_patterns_that_share_a_path_are_proven_by_one(a, b, witness):
    assert overlap(a, b) == witness
    assert overlap(b, a) is not None
    assert matches(a, witness)
    assert matches(b, witness)


@pytest.mark.parametrize(("a", "b"), APART)
def test_patterns_without_a_common_path_do_not_overlap(a, b):
    assert overlap(a, b) is None
    assert overlap(b, a) is None


def test_letter_case_is_ignored_when_asked_or_when_a_pattern_was_parsed_so():
    assert overlap("src/Auth.ts", "SRC/auth.ts", case_sensitive=False) == "src/Auth.ts"
    assert overlap(Pattern.parse("src/Auth.ts", case_sensitive=False), "src/auth.ts") == "src/Auth.ts"
    assert overlap("src/*.TS", "src/main.ts", case_sensitive=False) == "src/main.ts"
    assert overlap("Stra\u00dfe.md", "STRASSE.md", case_sensitive=False) is None


def test_a_pattern_full_of_stars_is_decided():
    stars = "*a*a*a*a*a*a*a*a*b"
    assert not matches(stars, "a" * 60)
    assert overlap(stars, "a" * 60) is None
    assert overlap(stars, f"*{'a' * 60}*") is not None


def test_long_chains_of_double_stars_are_decided():
    assert overlap("**/a.py/" * 30 + "a.py", "**/a.py/b.py/" * 15 + "**/b.py") is None
    assert overlap("**/a/" * 30 + "a", "**/a/b/" * 20 + "b") is not None


@pytest.mark.parametrize(
    ("a", "b", "inside"),
    [
        ("src/", "src/a.ts", True),
        ("src", "src/a.ts", True),
        ("src/", "src/api/", True),
        ("src/", "src/", True),
        ("src/", "src/**/*.ts", True),
        ("src/**/*.ts", "src/api/a.ts", True),
        ("src/*.ts", "src/x[ab].ts", False),
        ("*/", "src/*.ts", True),
        ("src/*", "src/*.ts", True),
        ("{src,lib}/", "{lib,src}/x.ts", True),
        ("**", "a/**/b", True),
        ("src/**/*.ts", "src/api/", False),
        ("src/*", "src/api/", False),
        ("src/*/", "src/", False),
        ("src/api/", "src/", False),
        ("src/", "srcs/a.ts", False),
        ("src/", "/src/a.ts", False),
        ("src/", "", False),
        ("", "src/", False),
    ],
)
def test_a_pattern_covers_what_lies_wholly_inside(a, b, inside):
    assert covers(a, b) is inside

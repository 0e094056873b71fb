"""What a parsed pattern says about itself."""

from __future__ import annotations

import pickle

import pytest

from planlint.paths import Pattern, PatternError, looks_like_file, matches, normalise, same_file


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("src/a.ts", "src/a.ts"),
        ("./src/./a.ts", "src/a.ts"),
        ("src//a.ts", "src/a.ts"),
        ("src\\sub\\a.ts", "src/sub/a.ts"),
        ("src/x/../a.ts", "src/a.ts"),
        ("../a.ts", "../a.ts"),
        ("src/../../a.ts", "../a.ts"),
        ("/../a", "/a"),
        ("src/**", "src/"),
        ("src/**/*", "src/"),
        ("src/**/", "src/"),
        ("src/.", "src/"),
        ("a/**/**/b", "a/**/b"),
        ("**/*/", "**/*/"),
        (".", "."),
        ("**", "."),
        ("a/..", "."),
        ("", ""),
        ("  ", ""),
        ("d:\\x", "D:/x"),
        ("~/x", "~/x"),
        ("./~/x", "./~/x"),
        ("./C:/x", "./C:/x"),
        ("{a/b,c}/../d", "{a/b,c}/../d"),
        (".github/workflows/", ".github/workflows/"),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_every_spelling_has_one_canonical_form(text, normal):
    assert normalise(text) == normal
    assert Pattern.parse(text).normal == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    ("text", "kind", "prefix"),
    [
        ("src/a.ts", "file", ("src", "a.ts")),
        ("app/[id]/page.tsx", "file", ("app", "[id]", "page.tsx")),
        ("src/", "directory", ("src",)),
        ("src/**", "directory", ("src",)),
        ("src/*.ts", "glob", ("src",)),
        ("packages/*/", "glob", ("packages",)),
        ("src/{a,b}.ts", "glob", ("src",)),
        ("src/{a,b}/", "glob", ("src",)),
        ("**", "directory", ()),
        ("", "glob", ()),
    ],
)
def test_a_pattern_knows_how_it_names_its_paths(text, kind, prefix):
    pattern = Pattern.parse(text)
    assert pattern.kind == kind
    assert pattern.is_literal is (kind == "file")
    assert pattern.literal_prefix == prefix


@pytest.mark.parametrize(
    ("text", "absolute", "escapes"),
    [
        ("/x", True, False),
        ("C:\\x", True, False),
        ("~/x", True, False),
        ("../x", False, True),
        ("x/../y", False, False),
        ("{../a,b}/c", False, True),
        ("{a,b}/../../c", False, True),
    ],
)
def test_a_pattern_knows_whether_it_leaves_the_repository(text, absolute, escapes):
    assert Pattern.parse(text).is_absolute is absolute
    assert Pattern.parse(text).escapes is escapes


def test_a_pattern_cannot_be_changed_and_survives_pickling():
    pattern = Pattern.parse("src/*.ts")
    with pytest.raises(AttributeError, match="immutable"):
        pattern.text = "other"
    with pytest.raises(AttributeError, match="immutable"):
        del pattern.text
    copy = pickle.loads(pickle.dumps(pattern))
    assert copy == pattern
    assert len({copy, pattern, Pattern("src/*.ts")}) == 1
    assert pattern != Pattern.parse("src/*.ts", case_sensitive=False)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1025,
        "a/" * 65,
        "a*" * 65,
        "{a,b}" * 9,
        "{1..9999}",
        "{1..1}" * 60 + "{a,b}" * 8,
        "{a,b}" * 8 + "/**/x" * 30,
    ],
)
def test_only_sizes_beyond_the_limits_are_refused(text):
    with pytest.raises(PatternError):
        Pattern.parse(text)


@pytest.mark.parametrize(
    ("a", "b", "alias"),
    [
        ("src/a.ts", "src/a.ts", None),
        ("src/a.ts", "src/b.ts", None),
        ("./src/a.ts", "src/a.ts", "spelling"),
        ("src\\a.ts", "src/a.ts", "spelling"),
        ("src//a.ts", "src/a.ts", "spelling"),
        ("src/x/../a.ts", "src/a.ts", "spelling"),
        ("src/api/", "src/api", "spelling"),
        ("./caf\u00e9", "caf\u00e9", "spelling"),
        ("README.md", "Readme.md", "case"),
        ("./README.md", "readme.md", "case"),
        ("caf\u00e9", "cafe\u0301", "unicode"),
    ],
)
def test_two_spellings_of_one_file_are_told_apart_by_kind(a, b, alias):
    assert same_file(a, b) == alias
    assert same_file(b, a) == alias


def test_names_with_a_file_suffix_look_like_files_and_dotted_directories_do_not():
    assert all(map(looks_like_file, ["a.ts", "Makefile", ".gitignore", ".env.local", "README.MD", "x.test.tsx"]))
    assert not any(map(looks_like_file, ["src", "k8s.io", "Acme.Api", "System.Text.Json", ".github", "v1.2"]))


def test_a_concrete_path_is_never_read_as_a_pattern():
    assert matches("app/[id]/", "app/[id]/page.tsx")
    assert not matches("src/a.ts", "src/*.ts")
    assert matches("src/*.ts", "./src\\*.ts")
    assert not matches("src/{a,b}", "src/{a,b}")
    assert not matches("**", "")

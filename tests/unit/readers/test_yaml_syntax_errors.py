"""What is wrong with broken YAML, in words, and where."""

import pytest

from planlint.diagnostics import Problem
from planlint.readers.yaml import read_yaml
from planlint.source import Source


def complaint(text: str, *, pure: bool = False) -> Problem:
    document = read_yaml(Source("plan.yaml", text), pure=pure)
    (problem,) = document.problems
    assert document.broken
    assert not document.roots
    assert problem.code == "PL002"
    return problem


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("a:\n\t- x\n", "\t", "a tab cannot indent YAML"),
        ("a:\n  b: |\n\tx\n", "\t", "a tab cannot indent YAML"),
        ("a: b: c\n", ": c", "`: ` inside an unquoted value"),
        ("a:b\nc: d\n", ": d", "`c:` is read as part of the text that begins on line 1"),
        ("a: `x`\n", "`x", "a value cannot start with a backtick"),
        ("a: @x\n", "@x", "a value cannot start with `@`"),
        ("a: %x\n", "%x", "a value cannot start with `%`"),
        ("a: 'x\nb: 1\n", "'x", "the quote ' opened here is never closed"),
        ('a: "x\nb: 1\n', '"x', 'the quote " opened here is never closed'),
        ('a: "\\q"\n', "\\q", "`\\q` is not a valid escape"),
        ("a: [x, y\nb: c\n", "[x", "the `[` opened here is not closed"),
        ("a: {x: 1\nb: 2\n", "{x", "the `{` opened here is not closed"),
        ("a: [", "[", "the `[` opened here is not closed"),
        ("a: [x]]\n", "]\n", "unexpected text after the value"),
        ('a: ["x" y]\n', "y]", "expected `,` or `]` before `y`"),
        ("a: *.py\n", "*.py", "an unquoted `*` at the start of a value begins an alias"),
        ("a: **/*.py\n", "**/", "an unquoted `*` at the start of a value begins an alias"),
        ("a: & b\n", "& b", "an unquoted `&` at the start of a value begins an anchor"),
        ("a: !x!y z\n", "!x!y", "an unquoted `!` at the start of a value begins a tag"),
        ("a: *nobody\n", "*nobody", "no `&nobody` stands before it"),
        ("a: |x\n  y\n", "x\n", "may follow `|` or `>`"),
        ("a: - b\n", "- b", "a list item cannot start here"),
        ("a: 1\nword\nb: 2\n", "word", "`word` stands where a `key: value` is expected"),
        ("a:\n  b: 1\n c: 2\n", "c: 2", "neither the next key of its block"),
        ("- a\nb: c\n", "b: c", "neither the next list item of its block"),
        ('a: "x" y\n', "y\n", "unexpected text after the value"),
        ("a: ]\n", "]", "a value cannot start with `]`"),
        ('"a" "b"\n', '"b"', "unexpected text after the end of the document"),
        ("a: 1\nb: \x07\n", "\x07", "the character U+0007 is not allowed in YAML"),
        ("a: \0\n", "\0", "the character U+0000 is not allowed in YAML"),
        ("a: 1\nb: \ud800\n", "\ud800", "the character U+D800 is not allowed in YAML"),
        ("a: b\n<<<<<<< HEAD\nc: 1\n=======\nc: 2\n>>>>>>> x\n", "<<<<<<<", "unresolved merge conflict"),
        ("<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> x\n", "<<<<<<<", "unresolved merge conflict"),
        ("<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x\r\n", "<<<<<<<", "unresolved merge conflict"),
        ("a: ok\n---\nb: [\n", "[", "the `[` opened here is not closed"),
    ],
)
def test_broken_yaml_is_explained_where_it_must_be_changed(text: str, at: str, words: str, pure: bool) -> None:
    problem = complaint(text, pure=pure)
    assert words in problem.message
    assert problem.origin.start == text.index(at)


def test_an_undefined_alias_offers_the_anchor_that_was_meant() -> None:
    assert complaint("a: &defaults {x: 1}\nb: *default\n").help == "did you mean `*defaults`?"


def test_an_underline_is_no_conflict_marker() -> None:
    assert not read_yaml(Source("p", "Title\n=======\n")).problems


def test_a_conflict_names_its_other_markers() -> None:
    related = complaint("<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n").related
    assert [origin.begin.line for origin, _ in related] == [3, 5]


def test_the_opening_bracket_is_named_beside_a_missing_comma() -> None:
    problem = complaint('a: ["x" y]\n')
    assert [origin.text for origin, _ in problem.related] == ["["]

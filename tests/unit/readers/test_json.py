"""The JSON reader: values, places, and what is wrong with a broken file."""

import pytest

from planlint.diagnostics import Problem
from planlint.readers.json import read_json, read_jsonc, read_jsonl
from planlint.readers.tree import Mapping, Scalar
from planlint.source import Source


def complaint(text: str) -> Problem:
    document = read_json(Source("plan.json", text))
    (problem,) = document.problems
    assert document.broken
    assert not document.roots
    return problem


def test_keys_and_values_stand_where_they_were_written() -> None:
    text = '{"a": [1, -2.5e3, "x\\n"],\r\n "é😀": {"b": null}}'
    root = read_json(Source("p", text)).root
    assert isinstance(root, Mapping)
    assert root.origin.text == text
    assert [key.origin.text for key in root.keys.values()] == ['"a"', '"é😀"']
    assert root.values["a"].origin.text == '[1, -2.5e3, "x\\n"]'
    assert root.values["é😀"].origin.text == '{"b": null}'
    assert root.plain == {"a": [1, -2500.0, "x\n"], "é😀": {"b": None}}


def test_the_text_of_a_number_is_as_written() -> None:
    root = read_json(Source("p", "1.10")).root
    assert isinstance(root, Scalar)
    assert (root.value, root.text) == (1.1, "1.10")


def test_an_integer_of_200000_digits_stays_text() -> None:
    digits = "9" * 200_000
    root = read_json(Source("p", digits)).root
    assert root is not None
    assert root.plain == digits


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    root = read_json(Source("p", '["\\ud800", "\\ud83d\\ude00"]')).root
    assert root is not None
    assert root.plain == ["\ufffd", "😀"]


def test_a_duplicate_key_is_reported_with_both_places() -> None:
    document = read_json(Source("p", '{"a": 1,\n "b": 2,\n "a": 3}'))
    (problem,) = document.problems
    assert (problem.code, problem.origin.begin.line, document.broken) == ("PL004", 3, False)
    assert [origin.begin.line for origin, _ in problem.related] == [1]
    assert document.root is not None
    assert document.root.plain == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ('{"a": 1,}', ",}", "a comma after the last item"),
        ('{"a": 1\n,\n}', ",\n}", "a comma after the last item"),
        ("[1,]", ",]", "a comma after the last item"),
        ('{"a": 1} // x', "// x", "JSON has no comments"),
        ('// x\n{"a": 1}', "// x", "JSON has no comments"),
        ('{"a": /* x */ 1}', "/* x", "JSON has no comments"),
        ('{\n  # x\n  "a": 1}', "# x", "JSON has no comments"),
        ('{"a": 1}\n{"b": 2}', '{"b"', "two JSON documents in one file"),
        ("{} x", "x", "unexpected text after the end of the JSON"),
        ('{"a": "x', '"x', "the quote opened here is never closed"),
        ('{"a": "x\ny"}', "\ny", "a line break inside a string"),
        ('{"a": "C:\\dir"}', "\\d", "not a valid escape"),
        ("{'a': 1}", "'a'", "JSON takes double quotes only"),
        ('{"a": True}', "True", "`True` without quotes is not JSON"),
        ('{"a": NaN}', "NaN", "`NaN` is not JSON"),
        ('["NaN", -Infinity]', "-Inf", "`-Infinity` is not JSON"),
        ('{"a" 1}', "1}", "a colon is missing"),
        ('{"a": 1 "b": 2}', '"b"', "a comma is missing"),
        ('{"a": [1, 2', "[1", "the `[` opened here is not closed"),
        ('{"a": [1, 2]\n', "{", "the `{` opened here is not closed"),
        ("{a: 1}", "a: 1", "`a` without quotes is not JSON"),
        ('<<<<<<< x\n{"a": 1}\n=======\n{"a": 2}\n>>>>>>> y\n', "<<<", "unresolved merge conflict"),
        ("", "", "the file is empty"),
        (" \n", " ", "the file is empty"),
    ],
)
def test_broken_json_is_explained_where_it_must_be_changed(text: str, at: str, words: str) -> None:
    problem = complaint(text)
    assert problem.code == "PL002"
    assert words in problem.message
    assert problem.origin.start == text.index(at)


@pytest.mark.parametrize("text", ["[" * 5000 + "]" * 5000, "[" * 100_000, '{"a":' * 5000, "[" * 65 + "]" * 65])
def test_deep_nesting_is_refused_at_the_bracket_that_goes_too_far(text: str) -> None:
    problem = complaint(text)
    assert problem.code == "PL006"
    assert text[: problem.origin.end].count("[") + text[: problem.origin.end].count("{") == 65


def test_64_levels_are_read() -> None:
    assert not read_json(Source("p", "[" * 64 + "]" * 64)).problems


class TestComments:
    def test_comments_and_trailing_commas_are_allowed_and_move_nothing(self) -> None:
        text = '{ // one\n  "a": "// no", /* two\n lines, */ "b": [1, 2, /* x */ ], // end\n}\n// bye'
        document = read_jsonc(Source("crew.jsonc", text))
        assert document.problems == []
        assert isinstance(document.root, Mapping)
        assert document.root.plain == {"a": "// no", "b": [1, 2]}
        assert document.root.keys["b"].origin.text == '"b"'
        assert document.root.values["b"].origin.text == "[1, 2, /* x */ ]"

    @pytest.mark.parametrize("text", ["[,]", "[1,,]", '{"a":,}', "{,}", ",]"])
    def test_a_comma_that_follows_nothing_is_refused(self, text: str) -> None:
        assert read_jsonc(Source("crew.jsonc", text)).broken

    @pytest.mark.parametrize("text", ["/*" * 50_000, "//" * 50_000, '"' * 50_001, "[" + "," * 50_000, '["\\'])
    def test_unclosed_things_are_refused(self, text: str) -> None:
        assert read_jsonc(Source("crew.jsonc", text)).broken


class TestLines:
    def test_each_line_is_a_root_at_its_place(self) -> None:
        document = read_jsonl(Source("p.jsonl", '{"a": 1}\r\n\n  [2]\n"\u2028"'))
        assert [root.plain for root in document.roots] == [{"a": 1}, [2], "\u2028"]
        assert [root.origin.begin.line for root in document.roots] == [1, 3, 4]

    def test_a_broken_line_does_not_hide_the_others(self) -> None:
        document = read_jsonl(Source("p.jsonl", '{"a": 1}\n{"b": \n{"c": 3,}\n{"d": 4}\n'))
        assert [root.plain for root in document.roots] == [{"a": 1}, {"d": 4}]
        assert [(problem.code, problem.origin.begin.line) for problem in document.problems] == [
            ("PL002", 2),
            ("PL002", 3),
        ]
        assert not document.broken

    def test_broken_lines_are_counted_past_twenty(self) -> None:
        problems = read_jsonl(Source("p.jsonl", "{bad\n" * 5000)).problems
        assert len(problems) == 21
        assert problems[-1].message == "4,980 more lines are not valid JSON"

    def test_a_conflict_is_one_problem(self) -> None:
        text = '{"a": 1}\n<<<<<<< x\n{"b": 1}\n=======\n{"b": 2}\n>>>>>>> y\n'
        (problem,) = read_jsonl(Source("p.jsonl", text)).problems
        assert "merge conflict" in problem.message
        assert problem.origin.begin.line == 2

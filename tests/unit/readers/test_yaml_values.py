"""The values of a YAML file, by the core schema of YAML 1.2."""

import math

import pytest

from planlint.readers.document import Document
from planlint.readers.tree import Mapping, Plain, Scalar
from planlint.readers.yaml import read_yaml
from planlint.source import Source


def read(text: str) -> Document:
    return read_yaml(Source("plan.yaml", text))


def value(text: str) -> Plain:
    document = read(text)
    assert not document.problems
    assert document.root is not None
    return document.root.plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", -math.inf),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1.2.3", "1.2.3"),
        ("+", "+"),
        ("- 1", [1]),
        ("tRUE", "tRUE"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("!!str", ""),
        ('!!int "12"', 12),
        ("!!int x", "x"),
        ("!custom 12", "12"),
        ("!!python/object/apply:os.system [ls]", ["ls"]),
        ("|\n  12", "12"),
    ],
)
def test_a_value_follows_the_core_schema_of_yaml_1_2(written: str, meant: Plain) -> None:
    assert value(written) == (None if written == "" else meant) if written else not read(written).roots


def test_not_a_number_is_read() -> None:
    result = value("a: .nan")
    assert isinstance(result, dict)
    assert math.isnan(result["a"])


def test_the_text_of_a_scalar_is_its_content_as_written() -> None:
    root = read("a: 010\nb: 1.10\nc: !!int '7'\n").root
    assert isinstance(root, Mapping)
    assert [node.text for node in root.values.values() if isinstance(node, Scalar)] == ["010", "1.10", "7"]


def test_an_integer_of_200000_digits_stays_text() -> None:
    digits = "9" * 200_000
    assert value(f"a: {digits}") == {"a": digits}


def test_keys_are_strings_as_written() -> None:
    assert value("1: a\ntrue: b\n0o7: c\n~: d\n") == {"1": "a", "true": "b", "0o7": "c", "~": "d"}


def test_an_alias_gives_the_same_node() -> None:
    root = read("a: &x {k: 1}\nb: *x\n").root
    assert isinstance(root, Mapping)
    assert root.values["a"] is root.values["b"]


def test_each_document_of_a_stream_is_a_root() -> None:
    assert [root.plain for root in read("a: 1\n---\n- b\n...\n---\n").roots] == [{"a": 1}, ["b"], None]


def test_anchors_do_not_reach_into_the_next_document() -> None:
    assert read("a: &x 1\n---\nb: *x\n").broken


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_a_file_without_content_has_no_root_and_no_problem(text: str) -> None:
    document = read(text)
    assert (document.roots, document.problems, document.broken) == ([], [], False)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_separate_entries(end: str) -> None:
    assert value(f"a: 1{end}b:{end}  - c{end}") == {"a": 1, "b": ["c"]}


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_unicode_separators_are_ordinary_characters(separator: str) -> None:
    assert value(f"a: x{separator}y\nb: |\n  p{separator}q\n") == {"a": f"x{separator}y", "b": f"p{separator}q\n"}


def test_a_lone_surrogate_escape_becomes_a_replacement_character() -> None:
    document = read('a: "x\\ud800"')
    assert document.broken or document.root is not None
    assert "\ud800" not in repr(document.root)


class TestMergeKeys:
    def test_own_keys_win_and_come_first(self) -> None:
        text = "d: &d {a: 1, b: 2}\nt:\n  <<: *d\n  b: 3\n  c: 4\n"
        root = read(text).root
        assert isinstance(root, Mapping)
        task = root.values["t"]
        assert isinstance(task, Mapping)
        assert list(task.plain.items()) == [("b", 3), ("c", 4), ("a", 1)]
        assert task.keys["a"].origin.begin.line == 1

    def test_earlier_mappings_of_a_list_win(self) -> None:
        assert value("- &a {x: 1}\n- &b {x: 2, y: 3}\n- <<: [*a, *b]\n") == [
            {"x": 1},
            {"x": 2, "y": 3},
            {"x": 1, "y": 3},
        ]

    def test_a_quoted_merge_key_is_an_ordinary_key(self) -> None:
        assert value('"<<": 1') == {"<<": 1}

    def test_merging_what_is_no_mapping_is_reported_and_skipped(self) -> None:
        document = read("a:\n  <<: text\n  b: 1\n")
        assert [problem.code for problem in document.problems] == ["PL002"]
        assert document.problems[0].origin.text == "text"
        assert not document.broken
        assert document.root is not None
        assert document.root.plain == {"a": {"b": 1}}

    def test_two_merge_keys_are_reported_and_both_merged(self) -> None:
        document = read("- &a {x: 1}\n- &b {y: 2}\n- <<: *a\n  <<: *b\n")
        assert [problem.code for problem in document.problems] == ["PL004"]
        assert document.root is not None
        assert document.root.plain == [{"x": 1}, {"y": 2}, {"x": 1, "y": 2}]


class TestDuplicateKeys:
    def test_both_places_are_named_and_the_first_value_kept(self) -> None:
        document = read("a: 1\nb: 2\na: 3\n")
        (problem,) = document.problems
        assert (problem.code, problem.origin.begin.line, problem.fatal) == ("PL004", 3, False)
        assert [origin.begin.line for origin, _ in problem.related] == [1]
        assert document.root is not None
        assert document.root.plain == {"a": 1, "b": 2}

    def test_the_same_key_in_two_mappings_is_fine(self) -> None:
        assert value("- a: 1\n- a: 2\n") == [{"a": 1}, {"a": 2}]

    def test_one_key_100000_times_is_one_problem(self) -> None:
        (problem,) = read("k: 1\n" * 100_000).problems
        assert "100,000 times" in problem.message

    def test_many_keys_are_counted_past_a_hundred(self) -> None:
        problems = read("".join(f"k{index % 300}: 1\n" for index in range(600))).problems
        assert len(problems) == 101
        assert problems[-1].message.startswith("200 more keys")


class TestOddKeys:
    @pytest.mark.parametrize("text", ["? [a, b]\n: 1\nc: 2\n", "{x: 1}: 1\nc: 2\n", "? {x: [1]}\n: {y: 1}\nc: 2\n"])
    def test_a_collection_as_key_is_reported_and_its_entry_left_out(self, text: str) -> None:
        document = read(text)
        assert [(problem.code, problem.fatal) for problem in document.problems] == [("PL002", False)]
        assert document.root is not None
        assert document.root.plain == {"c": 2}

    def test_an_alias_as_key_is_reported(self) -> None:
        document = read("a: &x k\n*x : 1\nc: 2\n")
        assert [problem.message for problem in document.problems] == ["a key must be plain text here, not an alias"]
        assert document.root is not None
        assert document.root.plain == {"a": "k", "c": 2}


def test_a_glob_that_reads_as_a_tag_is_reported() -> None:
    document = read("off_limits:\n  - !src/generated/**\n")
    (problem,) = document.problems
    assert (problem.code, problem.origin.text) == ("PL008", "!src/generated/**")
    assert problem.help == 'quote it: "!src/generated/**"'

"""Edits of YAML and JSON change what they are about and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.diagnostics import Edit
from planlint.engine.fixer import apply
from planlint.readers.editing import (
    add_field,
    append_items,
    put_value,
    remove_field,
    remove_item,
    requoted,
    spelled,
    spelled_like,
)
from planlint.readers.json import read_json
from planlint.readers.tree import Mapping, Sequence
from planlint.readers.yaml import read_yaml
from planlint.source import Source


def mapping(text: str, *, as_json: bool = False) -> Mapping:
    root = (read_json if as_json else read_yaml)(Source("plan", text)).root
    assert isinstance(root, Mapping)
    return root


def edited(node, edit: Edit | None) -> str:
    assert edit is not None
    return apply(node.source, [edit])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("l: [a, b]  # c\n", "l: [a, b, x]  # c\n"),
        ("l: [ a ]\n", "l: [ a, x ]\n"),
        ("l: []\nm: 1\n", "l: [x]\nm: 1\n"),
        ("l:\n  - a # one\n  - b\nm: 1\n", "l:\n  - a # one\n  - b\n  - x\nm: 1\n"),
        ("l:\r\n- a\r\nm: 1\r\n", "l:\r\n- a\r\n- x\r\nm: 1\r\n"),
        ("l:\n- a # last", "l:\n- a # last\n- x"),
        ("l: a  # single\n", "l: [a, x]  # single\n"),
        ("l: 'a'\n", "l: ['a', x]\n"),
        ("l: [\n  a,  # one\n  b\n]\n", "l: [\n  a,  # one\n  b,\n  x\n]\n"),
    ],
)
def test_an_item_is_added_in_the_lists_own_style(before, after):
    listing = mapping(before).values["l"]
    assert edited(listing, append_items(listing.origin, ["x"])) == after


@pytest.mark.parametrize("text", ["l: |\n  a\n", "l: {a: 1}\n", "l: [\n  a, b # end\n  ]\n"])
def test_a_list_that_cannot_be_extended_safely_is_left_alone(text):
    listing = mapping(text).values["l"]
    assert append_items(listing.origin, ["x"]) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a  # one\n  t: 1\n", "- id: a  # one\n  d: [x]\n  t: 1\n"),
        ("- t: 1\n  id: a", "- t: 1\n  id: a\n  d: [x]"),
        ("- {id: a, t: 1}\n", "- {id: a, d: [x], t: 1}\n"),
        ("-   id: 'a'\r\n    t: 1\r\n", "-   id: 'a'\r\n    d: [x]\r\n    t: 1\r\n"),
    ],
)
def test_a_field_is_added_beside_another_one(before, after):
    root = read_yaml(Source("plan", before)).root
    assert isinstance(root, Sequence)
    item = root.items[0]
    assert isinstance(item, Mapping)
    assert edited(item, add_field(item.values["id"].origin, "d", "[x]")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{"id": "a", "t": 1}', '{"id": "a", "d": ["x"], "t": 1}'),
        ('{\n  "id": "a",\n  "t": 1\n}', '{\n  "id": "a",\n  "d": ["x"],\n  "t": 1\n}'),
        ('{"id": "a"}', '{"id": "a", "d": ["x"]}'),
        ('{\r\n\t"id": "a"\r\n}', '{\r\n\t"id": "a",\r\n\t"d": ["x"]\r\n}'),
    ],
)
def test_a_field_is_added_to_a_json_object(before, after):
    root = mapping(before, as_json=True)
    text = edited(root, add_field(root.values["id"].origin, "d", '["x"]'))
    assert text == after
    assert mapping(text, as_json=True).plain["d"] == ["x"]


@pytest.mark.parametrize(
    ("before", "position", "after"),
    [
        ("l: [a, b, c] # k\n", 0, "l: [b, c] # k\n"),
        ("l: [a, b, c]\n", 2, "l: [a, b]\n"),
        ("l: [a]\n", 0, "l: []\n"),
        ("l:\n  - a\n  - b # two\n  - c\n", 2, "l:\n  - a\n  - b # two\n"),
        ("l:\n  - a\n  - b\n", 0, "l:\n  - b\n"),
        ("l:\r\n  - a\r\n  - b\r\nm: 1\r\n", 1, "l:\r\n  - a\r\nm: 1\r\n"),
        ("l:\n  - a\nm: 1\n", 0, "l:\n  []\nm: 1\n"),
    ],
)
def test_an_item_is_taken_out_with_its_separator(before, position, after):
    listing = mapping(before).values["l"]
    assert isinstance(listing, Sequence)
    text = edited(listing, remove_item(listing.origin, [item.origin for item in listing.items], position))
    assert text == after
    assert isinstance(mapping(text).values["l"], Sequence)


def test_an_item_with_a_comment_of_its_own_is_not_taken_out():
    listing = mapping("l:\n  - a\n  - b # why\n").values["l"]
    assert isinstance(listing, Sequence)
    assert remove_item(listing.origin, [item.origin for item in listing.items], 1) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("k:\nm: 1\n", "k: [x]\nm: 1\n"),
        ("k: # none yet\nm: 1\n", "k: [x] # none yet\nm: 1\n"),
        ("k: none  # c\n", "k: [x]  # c\n"),
        ("k: []\n", "k: [x]\n"),
    ],
)
def test_a_value_that_says_nothing_is_replaced(before, after):
    assert edited(mapping(before), put_value(mapping(before).values["k"].origin, "[x]")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- i: 1\n  k: [a]\n  m: 2\n", "- i: 1\n  m: 2\n"),
        ("- i: 1\r\n  k:\r\n    - a\r\n", "- i: 1\r\n"),
        ("- i: 1\n  k: a", "- i: 1"),
    ],
)
def test_a_field_goes_with_its_lines(before, after):
    root = read_yaml(Source("plan", before)).root
    assert isinstance(root, Sequence)
    item = root.items[0]
    assert isinstance(item, Mapping)
    assert edited(item, remove_field(item.values["k"].origin)) == after


@pytest.mark.parametrize("text", ["- k: [a]\n  m: 1\n", "- i: 1\n  k: [a] # why\n", "- {i: 1, k: [a]}\n"])
def test_a_field_that_shares_its_line_stays(text):
    root = read_yaml(Source("plan", text)).root
    assert isinstance(root, Sequence)
    item = root.items[0]
    assert isinstance(item, Mapping)
    assert remove_field(item.values["k"].origin) is None


@pytest.mark.parametrize(
    ("value", "example", "written"),
    [
        ("b", "a", "b"),
        ("b", "'a'", "'b'"),
        ("b", '"a"', '"b"'),
        ("03-02", "03-01", "03-02"),
        ("2", "1", "2"),
        ("2", "a", '"2"'),
        ("no", "a", '"no"'),
        ("a b", "a", '"a b"'),
    ],
)
def test_an_id_is_spelled_like_the_ids_beside_it(value, example, written):
    assert spelled_like(value, example) == written


@pytest.mark.parametrize(("value", "example", "written"), [("2", "1", "2"), ("5.2", "1", '"5.2"'), ("2", '"1"', '"2"')])
def test_a_json_number_is_only_written_beside_numbers(value, example, written):
    assert spelled_like(value, example, as_json=True) == written


@pytest.mark.parametrize(("written", "after"), [("a", "b/c"), ("'a'", "'b/c'"), ('"a"', '"b/c"')])
def test_a_scalar_keeps_its_quotes(written, after):
    node = mapping(f"k: {written} # c\n").values["k"]
    assert edited(node, requoted(node.origin, "b/c")) == f"k: {after} # c\n"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12))
def test_a_spelled_value_is_read_back_as_the_same_text(value):
    node = mapping(f"k: [{spelled(value)}]\n").values["k"]
    assert isinstance(node, Sequence)
    assert node.plain == [value]

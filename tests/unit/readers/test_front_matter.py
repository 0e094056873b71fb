"""Front matter: where it begins and ends, and where its values stand."""

import pytest

from planlint.diagnostics import Problem
from planlint.readers.front_matter import split_front_matter
from planlint.readers.tree import Mapping, Plain
from planlint.source import Source


def split(text: str, *, lenient: bool = False) -> tuple[Plain, str, list[Problem]]:
    source = Source("SKILL.md", text)
    mapping, body, problems = split_front_matter(source, lenient=lenient)
    assert not any(problem.fatal for problem in problems)
    return None if mapping is None else mapping.plain, text[body:], problems


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["---", "...", "---  "])
def test_the_mapping_and_the_body_are_split(end: str, fence: str) -> None:
    text = end.join(["---", "name: x", "tools: [a, b]", fence, "# Body", "---", ""])
    mapping, body, problems = split(text)
    assert mapping == {"name": "x", "tools": ["a", "b"]}
    assert body == end.join(["# Body", "---", ""])
    assert problems == []


def test_places_are_those_of_the_whole_file() -> None:
    mapping, _, _ = split_front_matter(Source("SKILL.md", "---\nname: x\nagent: y\n---\n"))
    assert isinstance(mapping, Mapping)
    assert mapping.values["agent"].origin.begin[:2] == (3, 8)


@pytest.mark.parametrize(
    "text", ["", "# Title\n", "\n---\na: 1\n---\n", "---\n", "---\n\nProse\n", "----\na: 1\n---\n", " ---\n"]
)
def test_what_does_not_begin_with_a_fence_and_an_entry_is_all_body(text: str) -> None:
    assert split(text) == (None, text, [])


@pytest.mark.parametrize("text", ["---\n---\nBody", "---\n# comment\n---\nBody"])
def test_empty_front_matter_is_no_mapping_and_no_problem(text: str) -> None:
    assert split(text) == (None, "Body", [])


def test_front_matter_that_never_ends_is_reported_where_it_opens() -> None:
    mapping, body, problems = split("---\nname: x\n\n# Body\n")
    assert (mapping, body) == (None, "---\nname: x\n\n# Body\n")
    assert [(problem.code, problem.origin.text) for problem in problems] == [("PL002", "---")]


def test_broken_front_matter_is_reported_and_the_body_kept() -> None:
    mapping, body, problems = split("---\nname: x\ndescription: use when: always\n---\nBody")
    assert (mapping, body) == (None, "Body")
    assert [(problem.code, problem.origin.begin[:2]) for problem in problems] == [("PL002", (3, 22))]


def test_a_list_is_no_front_matter() -> None:
    mapping, body, problems = split("---\n- a\n---\nBody")
    assert (mapping, body) == (None, "Body")
    assert [problem.code for problem in problems] == ["PL002"]


def test_a_duplicate_key_is_reported_and_the_mapping_kept() -> None:
    mapping, _, problems = split("---\na: 1\na: 2\n---\n")
    assert mapping == {"a": 1}
    assert [problem.code for problem in problems] == ["PL004"]


class TestLenient:
    def test_broken_lines_give_their_rest_as_text(self) -> None:
        text = "---\nname: x\ndescription: use when: always\ntools:\n  - Read\n  - \"Edit\"\nmodel: 'opus'\n---\nBody"
        mapping, body, problems = split(text, lenient=True)
        assert mapping == {
            "name": "x",
            "description": "use when: always",
            "tools": ["Read", "Edit"],
            "model": "opus",
        }
        assert body == "Body"
        assert [problem.code for problem in problems] == ["PL002"]

    def test_indented_lines_continue_the_text(self) -> None:
        mapping, _, _ = split("---\na: b: c\n  more\n---\n", lenient=True)
        assert mapping == {"a": "b: c\nmore"}

    def test_values_stand_where_they_were_written(self) -> None:
        source = Source("agent.md", '---\na: b: c\nd: "e"\n---\n')
        mapping, _, _ = split_front_matter(source, lenient=True)
        assert isinstance(mapping, Mapping)
        assert [value.origin.text for value in mapping.values.values()] == ["b: c", '"e"']
        assert [key.origin.text for key in mapping.keys.values()] == ["a", "d"]

    def test_text_without_any_entry_gives_nothing(self) -> None:
        assert split("---\n[broken\n---\nBody", lenient=True)[0] is None

    def test_sound_yaml_is_read_as_yaml(self) -> None:
        assert split("---\na: {b: 1}\n---\n", lenient=True) == ({"a": {"b": 1}}, "", [])

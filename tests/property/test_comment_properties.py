"""Emptying the comments of any text leaves its meaning alone: nothing else was taken for a comment."""

import ast
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from planlint.readers.comments import comments
from planlint.readers.document import Syntax
from planlint.readers.yaml import read_yaml
from planlint.source import Source

PIECES = {
    "yaml": [
        "# c",
        " # c",
        "#",
        "x: ",
        "y: ",
        "- ",
        "|\n",
        ">-\n",
        "|+ # h\n",
        "'",
        '"',
        "  ",
        "\n",
        "a#b",
        "a",
        "[",
        "]",
        "&a ",
    ],
    "toml": ["# c", "x = ", "y = ", '"', "'", '"""', "'''", "\n", "1", "a#b", "[", "]", ",", " "],
    "python": ["# c", "x = ", "'", '"', '"""', "\n", "1", "(", ")", "#", " ", "f'{", "}'"],
}


def texts(syntax: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(PIECES[syntax]), max_size=20).map("".join)


def emptied(text: str, syntax: Syntax) -> str:
    for comment in reversed(comments(Source(f"a.{syntax}", text), syntax)):
        assert comment.origin.text.startswith("#")
        assert "\n" not in comment.origin.text
        text = text[: comment.origin.start] + "#".ljust(len(comment.origin.text)) + text[comment.origin.end :]
    return text


def yaml_values(text: str) -> list[object] | None:
    document = read_yaml(Source("a.yaml", text))
    return None if document.broken else [root.plain for root in document.roots]


@given(texts("yaml"))
def test_yaml_means_the_same_with_empty_comments(text: str) -> None:
    values = yaml_values(text)
    if values is not None:
        assert yaml_values(emptied(text, "yaml")) == values


@given(texts("toml"))
def test_toml_means_the_same_with_empty_comments(text: str) -> None:
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert tomllib.loads(emptied(text, "toml")) == values


@given(texts("python"))
def test_python_means_the_same_with_empty_comments(text: str) -> None:
    try:
        tree = ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return
    assert ast.dump(ast.parse(emptied(text, "python"))) == tree

"""Comments are what the syntax says, never what only looks like one."""

import pytest

from planlint.readers.comments import comments
from planlint.readers.document import Syntax
from planlint.source import Source

NAMES: dict[str, str] = {
    "yaml": "a.yaml",
    "markdown": "a.md",
    "python": "a.py",
    "toml": "a.toml",
    "javascript": "a.js",
    "json": "a.jsonc",
}


def texts(syntax: Syntax, text: str, name: str | None = None) -> list[str]:
    found = comments(Source(name or NAMES[syntax], text), syntax)
    assert all(comment.origin.text in text for comment in found)
    return [comment.text.strip() for comment in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\nx: 1 # b\n#c", ["a", "b", "c"]),
        ("x: a#b\ny: 'it # is'\nz: \"# no\"\n", []),
        ("x: | # head\n  # in the text\n  more\n# after\n", ["head", "after"]),
        ("x: >-\n  folded # still text\n\n  # text\ny: 1 # yes\n", ["yes"]),
        ("x: |+\n  kept\n\n# after\n", ["after"]),
        ("x: 'two\n  # lines'\n# yes\n", ["yes"]),
        ("x: [a, # one\n  b] # two\n", ["one", "two"]),
        ("x: plain\n  goes on # yes\n", ["yes"]),
        ("x: &a |\n  # text\n# yes\n", ["yes"]),
        ("é: 'ü # no' # yes ü\r\n# zwei\r\n", ["yes ü", "zwei"]),
        ("x:\n  # a\n  - b\n  # c\n", ["a", "c"]),
        ("---\n# a\n...\n--- # b\nx: 1\n", ["a", "b"]),
        ("# before\nx: [1\n# after the fault\ny: }\n", ["before"]),
        ("x: a\u2028# no\n", []),
        ("# a # b\n", ["a # b"]),
        ("", []),
        ("# only", ["only"]),
    ],
)
def test_yaml(text: str, expected: list[str]) -> None:
    assert texts("yaml", text)[: len(expected) or None] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- a -->\n\ntext <!-- b --> more\n", ["a", "b"]),
        ("```html\n<!-- no -->\n```\n\n    <!-- no -->\n\n`<!-- no -->`\n", []),
        ("---\nx: 1 # front\n---\n# Heading <!-- yes -->\n", ["front", "yes"]),
        ("- item\n  <!-- inside -->\n", ["inside"]),
        ("<!-- two\nlines -->\n", ["two\nlines"]),
        ("<div>\n<!-- in html -->\n</div>\n", ["in html"]),
        ("<!-- never closed\n", ["never closed"]),
        ("\\<!-- escaped -->\n", []),
    ],
)
def test_markdown(text: str, expected: list[str]) -> None:
    assert texts("markdown", text) == expected


@pytest.mark.parametrize(
    ("syntax", "text", "expected"),
    [
        ("python", 'x = \'# no\'  # yes\n"""\n# no\n"""\n# last', ["yes", "last"]),
        ("python", "é = 'ü'  # yes\r\nf(# in\n)\n", ["yes", "in"]),
        ("python", "# before\nx = (\n", ["before"]),
        ("toml", "# a\nx = '# no' # b\ny = \"\"\"\n# no\n\"\"\"\nz = '''\n# no'''\n", ["a", "b"]),
        ("javascript", "// a\nconst x = '// no', r = /\\/\\/ no/, t = `// ${1 /* b */} no`; // ü\n", ["a", "b", "ü"]),
        ("javascript", "é(/* in */)\n/* two\nlines */", ["in", "two\nlines"]),
        ("json", '{"a": "// no", // yes\n /* b */ "c": 1}', ["yes", "b"]),
    ],
)
def test_code_and_data(syntax: Syntax, text: str, expected: list[str]) -> None:
    assert texts(syntax, text) == expected


def test_strict_json_has_no_comments() -> None:
    assert texts("json", '{"a": "# planlint: x"}', "a.json") == []


@pytest.mark.parametrize(("text", "alone"), [("x: 1 # a\n", False), ("  # a\nx: 1\n", True), ("# a", True)])
def test_a_comment_knows_whether_it_stands_alone(text: str, alone: bool) -> None:
    (comment,) = comments(Source("a.yaml", text), "yaml")
    assert comment.alone is alone


@pytest.mark.parametrize(
    ("syntax", "text"),
    [
        ("yaml", "# planlint: " * 20_000),
        ("yaml", "x: '" + "# planlint:" * 20_000),
        ("yaml", "# a\n" * 50_000),
        ("markdown", "<!-- planlint: " * 20_000),
        ("python", "# a\n" * 50_000),
        ("toml", "'''" + "# a '" * 20_000),
        ("json", "/* " * 50_000),
        ("javascript", "/* " * 20_000),
        ("yaml", "\ud800 # a\n"),
        ("markdown", "\ud800 <!-- a -->\n"),
        ("python", "\ud800 # a\n"),
        ("javascript", "'\ud800' // a\n"),
    ],
)
def test_hostile_text_is_survived(syntax: Syntax, text: str) -> None:
    source = Source(NAMES[syntax], text)
    for comment in comments(source, syntax):
        assert 0 <= comment.origin.start <= comment.start <= comment.end <= comment.origin.end <= len(text)

"""Running text: what is left of the marks, and the way back to the file."""

import pytest

from planlint.readers.markdown.blocks import Paragraph
from planlint.readers.markdown.reader import parse_blocks
from planlint.readers.prose import Prose
from planlint.source import Source


def paragraph(text: str) -> Prose:
    block = parse_blocks(Source("plan.md", text)).blocks[0]
    assert isinstance(block, Paragraph)
    return block.prose


def marks(prose: Prose) -> list[tuple[str, str, str]]:
    return [
        (mark.kind, prose.text[mark.start : mark.end], prose.origin(mark.start, mark.end).text) for mark in prose.marks
    ]


def test_marks_name_the_marked_text_without_its_delimiters():
    prose = paragraph("a `b c` **d** *e* ~~f~~ [g](h) <http://i.j> k\n")
    assert prose.text == "a b c d e f g http://i.j k"
    assert marks(prose) == [
        ("code", "b c", "b c"),
        ("strong", "d", "d"),
        ("emphasis", "e", "e"),
        ("strike", "f", "f"),
        ("link", "g", "g"),
        ("link", "http://i.j", "http://i.j"),
    ]
    assert [mark.target for mark in prose.marks if mark.kind == "link"] == ["h", "http://i.j"]


def test_nested_marks_come_outermost_first():
    assert marks(paragraph("**see [`a`](b) now**\n")) == [
        ("strong", "see a now", "see [`a`](b) now"),
        ("link", "a", "a"),
        ("code", "a", "a"),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("`` a ` b ``", "a ` b"),
        ("`a\nb`", "a b"),
        ("` a `", "a"),
        ("`  `", "  "),
        ("`a\\`", "a\\"),
        ("`<!-- a -->`", "<!-- a -->"),
        ("`\na\n`", "a"),
    ],
)
def test_code_spans_give_their_content(written, text):
    prose = paragraph(f"x {written} y\n")
    (code,) = prose.codes()
    assert prose.text[code.start : code.end] == text
    assert prose.text == f"x {text} y"
    assert prose.origin(len(prose.text) - 1, len(prose.text)).text == "y"


def test_a_code_span_wrapped_inside_containers_keeps_every_character_in_place():
    tree = parse_blocks(Source("plan.md", "> - `one\n>   two | x\n>   three` end\n"))
    (item,) = tree.items()
    text = item.prose.text
    assert text == "one two | x three end"
    for word, place in {"one": (1, 6), "two": (2, 5), "three": (3, 5), "end": (3, 12)}.items():
        at = text.index(word)
        assert item.prose.origin(at, at + len(word)).text == word
        assert item.prose.origin(at, at + len(word)).begin[:2] == place


def test_escapes_and_entities_are_resolved_and_what_follows_stays_exact():
    prose = paragraph("a \\* b &amp; c &#65; `d`\n")
    assert prose.text == "a * b & c A d"
    assert [prose.origin(at, at + 1).text for at in range(len(prose.text))] == list("a * b & c & d")
    assert prose.origin(2, 3).begin.column == 4


def test_soft_and_hard_breaks_are_newlines():
    prose = paragraph("a\n  b  \nc\\\nd\n")
    assert prose.text == "a\nb\nc\nd"
    assert [prose.origin(at, at + 1).text for at in range(len(prose.text))] == ["a", "\n", "b", "\n", "c", "\n", "d"]


def test_comments_are_dropped_and_other_inline_html_stays():
    prose = paragraph("return Vec<u64> or <string> <!-- hidden --> end\n")
    assert prose.text == "return Vec<u64> or <string>  end"
    assert prose.origin(len(prose.text) - 3, len(prose.text)).text == "end"


def test_html_wrapped_inside_a_quote_loses_the_marks_of_the_quote():
    prose = parse_blocks(Source("plan.md", "> x <b\n> c='1'> y\n")).blocks[0].children[0].prose
    assert prose.text == "x <b\nc='1'> y"
    assert prose.origin(5, 10).text == "c='1'"


def test_the_text_of_an_image_stays_without_a_mark():
    prose = paragraph("see ![a chart](c.png) here\n")
    assert (prose.text, prose.marks) == ("see a chart here", ())


def test_reference_links_carry_their_target():
    prose = paragraph("[plan][p]\n\n[p]: docs/plan.md\n")
    assert [(mark.kind, mark.target) for mark in prose.marks] == [("link", "docs/plan.md")]


def test_the_whole_of_a_prose_includes_the_delimiters_at_its_ends():
    assert paragraph("  **a** b `c`  \n").whole.text == "**a** b `c`"


def test_a_lone_surrogate_does_not_stop_the_reader():
    prose = paragraph("a \ud800 `b`\n")
    assert prose.text == "a \ud800 b"
    assert prose.origin(4, 5).text == "b"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("in src/__tests__/a.ts and src/__init__.py\n", "in src/__tests__/a.ts and src/__init__.py"),
        ("an empty __init__.py\n", "an empty __init__.py"),
        ("a __bold__ word, _Depends:_ 1.1 and _so_.\n", "a bold word, Depends: 1.1 and so."),
    ],
)
def test_underscores_inside_of_a_path_are_text(text: str, read: str):
    prose = paragraph(text)
    assert prose.text == read
    for at, character in enumerate(prose.text):
        assert prose.source.text[prose.offset(at)] == character


@pytest.mark.parametrize("text", ["src/*.ts, lib/*.ts", "src/**/*.ts, tests/**/*.ts"])
def test_stars_of_patterns_without_backticks_are_no_emphasis(text: str):
    prose = paragraph(text)
    assert prose.text == text
    assert not prose.marks
    assert [prose.offset(at) for at in range(len(text))] == list(range(len(text)))


@pytest.mark.parametrize(("text", "shown"), [("__Note__. Yes", "Note. Yes"), ("a/*b* c", "a/b c"), ("*x*/*y*", "x/y")])
def test_emphasis_beside_a_slash_stays_emphasis(text: str, shown: str):
    assert paragraph(text).text == shown

"""Markdown that is broken, huge or meant to do harm."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planlint.readers.markdown.blocks import (
    Block,
    Fence,
    Heading,
    List,
    ListItem,
    MarkdownTree,
    Paragraph,
    Quote,
    Table,
)
from planlint.readers.markdown.reader import parse_blocks
from planlint.readers.prose import Prose
from planlint.source import Source

FRAGMENTS = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "23) ",
            "> ",
            ">",
            "    ",
            "  ",
            "\t",
            "\n",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
        ),
        *(
            "[ ] ",
            "[x] ",
            "[~] ",
            "[ ]* ",
            "```\n",
            "````py\n",
            "~~~\n",
            "`",
            "``",
            "*",
            "**",
            "_",
            "~~",
            "~",
            "\\",
            "|",
        ),
        *(
            "|---|\n",
            "| a | b |\n|---|:-:|\n",
            "===\n",
            "---\n",
            "* * *\n",
            "<!-- ",
            " -->",
            "<!---->",
            "<task>",
            "</b>",
        ),
        *("<b\n", "Vec<u64>", "[a](b)", "[a]", "![i](j)", "[a]: /b\n", "<http://x.y>", "&amp;", "&#65;", "&", "\\|"),
        *("word", "src/a.ts", "世界", "🚀", "é", "\u2028", "\u00a0", "\ufeff", "\x00", "a b", ".", "!"),
    ]
)

TEXTS = st.lists(FRAGMENTS, max_size=40).map("".join)


def parse(text: str) -> MarkdownTree:
    return parse_blocks(Source("plan.md", text))


def parts_of(block: Block) -> Sequence[Block | Prose]:
    """What stands inside of a block, in order."""
    if isinstance(block, List):
        return block.items
    if isinstance(block, ListItem):
        return [block.prose, *block.children]
    if isinstance(block, Quote):
        return block.children
    if isinstance(block, Table):
        return [*block.header, *(cell for row in block.rows for cell in row)]
    if isinstance(block, Heading | Paragraph | Fence):
        return [block.prose]
    return []


def everything(tree: MarkdownTree) -> list[Block | Prose]:
    found: list[Block | Prose] = []
    waiting: list[Block | Prose] = [*tree.blocks]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if isinstance(part, Block):
            waiting += parts_of(part)
    return found


@given(TEXTS)
def test_blocks_are_nested_and_in_order(text):
    tree = parse(text)
    groups = [(0, len(text), list(tree.blocks))]
    groups += [(part.start, part.end, list(parts_of(part))) for part in everything(tree) if isinstance(part, Block)]
    for start, end, parts in groups:
        places = [start, *(at for part in parts for at in (part.start, part.end)), end]
        assert places == sorted(places)


@given(TEXTS)
def test_every_mark_lies_inside_its_text(text):
    for part in everything(parse(text)):
        if isinstance(part, Prose):
            assert all(0 <= mark.start <= mark.end <= len(part.text) for mark in part.marks)


@given(TEXTS)
@example("`\r\n[ ] `")
@example("` a\r\n`")
def test_every_visible_character_is_found_at_its_place(text):
    for part in everything(parse(text)):
        if not isinstance(part, Prose):
            continue
        for at, character in enumerate(part.text):
            offset = part.offset(at)
            written = text[offset : offset + 1]
            resolved = written == "&" and character in "&A"
            assert written == character or resolved or character.isspace() or character == "\ufffd"


@given(TEXTS)
def test_every_comment_is_written_as_one(text):
    for comment in parse(text).comments:
        assert text.startswith("<!--", comment.start)
        assert comment.start < comment.end <= len(text)


@given(TEXTS)
def test_items_have_a_marker_and_a_depth(text):
    for item in parse(text).items():
        assert text.startswith(item.marker, item.start)
        assert item.depth >= 0


@pytest.mark.parametrize(
    "text",
    [
        ">" * 50_000,
        "- " * 50_000 + "x",
        "> - " * 20_000 + "x",
        "".join(">" * (level % 500) + " a\n\n" for level in range(2_000)),
        "".join("  " * level + "- a\n" for level in range(1_500)),
        "[" * 50_000,
        "[a](" * 20_000,
        "*a " * 30_000,
        "".join("`" * count + " " for count in range(1, 400)),
        "`" + ("\n" + ">" * 300 + " x") * 200 + "`",
        "> `a\n" + (">" * 2_000 + "\n") * 100 + "> b`\n",
        "<!--" * 30_000,
        "a " + "<!-- x " * 30_000,
        "| a " * 10_000 + "\n" + "|---" * 10_000 + "\n| x\n",
    ],
    ids=range(14),
)
def test_hostile_input_is_read_to_the_end(text):
    tree = parse(text)
    parts = everything(tree)
    assert len(list(tree.items())) == sum(isinstance(part, ListItem) for part in parts)
    assert max(part.end for part in parts) > len(text.rstrip()) // 2


def test_nesting_beyond_the_limit_keeps_the_text():
    texts = [part.text for part in everything(parse("> " * 5_000 + "deep")) if isinstance(part, Prose)]
    assert texts == ["deep"]


def test_list_items_beyond_the_limit_keep_their_text():
    texts = [part.text for part in everything(parse("- " * 5_000 + "deep")) if isinstance(part, Prose) and part.text]
    assert texts == ["deep"]


@pytest.mark.parametrize("text", ["[ ] ```\n* \r\n*```\n", "x `a\r\n*b` c\n", "`a \r\n  *b` *c*\r\n"])
def test_code_over_lines_of_two_characters_keeps_its_places(text):
    for part in everything(parse(text)):
        if isinstance(part, Prose):
            assert all(text[part.offset(at)] == char for at, char in enumerate(part.text) if not char.isspace())

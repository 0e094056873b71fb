"""Markdown as sections and blocks with their places."""

from planlint.readers.markdown.blocks import (
    Fence,
    Heading,
    HtmlBlock,
    HtmlComment,
    List,
    MarkdownTree,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from planlint.readers.markdown.reader import parse_blocks, read_markdown
from planlint.source import Source


def parse(text: str) -> MarkdownTree:
    return parse_blocks(Source("plan.md", text))


def test_each_kind_of_block_stands_where_it_was_written():
    pieces = [
        (Heading, "# Title #"),
        (Paragraph, "Words\nover two lines."),
        (List, "- one\n- two"),
        (Fence, "```py\nx = 1\n```"),
        (Fence, "indented = True"),
        (Quote, "> quoted"),
        (Table, "| a |\n|---|\n| b |"),
        (Rule, "* * *"),
        (HtmlComment, "<!-- note -->"),
        (HtmlBlock, "<task>\nbody\n</task>"),
        (Heading, "Setext\n------"),
    ]
    text = "\n\n".join("    " + written if written.startswith("indented") else written for _, written in pieces)
    found = [(type(block), block.origin.text) for block in parse(text).blocks]
    assert found == pieces


def test_headings_know_level_and_title_in_both_styles():
    headings = parse("### A `b`  c ###\n\nTwo\nlines\n===\n\n#\n").blocks
    assert [(heading.level, heading.title) for heading in headings if isinstance(heading, Heading)] == [
        (3, "A b c"),
        (1, "Two lines"),
        (1, ""),
    ]


def test_a_thematic_break_of_stars_is_no_list():
    assert [type(block) for block in parse("* * *\n").blocks] == [Rule]


def test_offsets_count_code_points_after_wide_characters():
    tree = parse("世界 🚀 — é\n\n- 任务 `src/🚀.ts` 完\n")
    (item,) = tree.items()
    (code,) = item.prose.codes()
    assert item.prose.origin(code.start, code.end).text == "src/🚀.ts"
    assert item.prose.text == "任务 src/🚀.ts 完"
    assert item.origin.begin.line == 3


def test_crlf_files_give_the_same_blocks_with_exact_places():
    tree = parse("# T\r\n\r\n- a\r\n  wrapped\r\n- b\r\n\r\n```sh\r\nx\r\ny\r\n```\r\n")
    first, second = tree.items()
    assert first.prose.text == "a\nwrapped"
    assert first.prose.whole.text == "a\r\n  wrapped"
    assert second.prose.origin(0, 1).begin[:2] == (5, 3)
    (fence,) = tree.fences()
    assert fence.text == "x\ny\n"
    assert fence.prose.origin(2, 3).text == "y"
    assert fence.origin.text == "```sh\r\nx\r\ny\r\n```"


def test_comments_are_listed_in_order_wherever_they_stand_but_not_inside_code():
    tree = parse(
        "<!-- one -->\n\ntext <!-- two --> more `<!-- code -->`\n\n- item <!-- three\n  wrapped -->\n\n"
        "```html\n<!-- fenced -->\n```\n\n| a |\n|---|\n| <!-- four --> |\n\n<div>\n<!-- five -->\n</div>\n"
    )
    assert [comment.text.split()[0] for comment in tree.comments] == ["one", "two", "three", "four", "five"]
    assert all(comment.origin.text == f"<!--{comment.text}-->" for comment in tree.comments)


def test_text_after_a_leading_comment_is_a_block_of_its_own():
    comment, rest = parse("<!-- a -->\n<!-- b --> tail\n").blocks[1:]
    assert isinstance(comment, HtmlComment)
    assert (comment.text, rest.origin.text) == (" b ", "tail")


def test_a_comment_that_is_never_closed_runs_to_the_end():
    (comment,) = parse("<!-- open\n\n# not a heading\n").comments
    assert comment.text == " open\n\n# not a heading"


def test_the_empty_comments_of_commonmark_end_at_once():
    assert [comment.text for comment in parse("a <!--> b <!---> c <!-- d -->\n").comments] == ["", "", " d "]


def test_table_cells_have_exact_places_even_when_empty_or_missing():
    text = "| Task | Files |\n|---|---|\n| `a\\|b` |  |\n| x |\n"
    (table,) = parse(text).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.header] == ["Task", "Files"]
    assert [[cell.text for cell in row] for row in table.rows] == [["a|b", ""], ["x", ""]]
    (code,) = table.rows[0][0].codes()
    assert table.rows[0][0].origin(code.start, code.end).text == "a\\|b"
    assert text.splitlines()[2][table.rows[0][1].whole.begin.column - 1 :] == "  |"
    missing = table.rows[1][1].whole
    assert (missing.text, missing.begin.line) == ("", 4)


def test_front_matter_is_read_apart_and_leaves_all_places_as_they_are():
    document = read_markdown(Source("plan.md", "---\nname: é\nwave: 1\n---\n# Title\n\n- item\n"))
    assert document.front_matter is not None
    assert document.front_matter.plain == {"name": "é", "wave": 1}
    assert document.markdown is not None
    heading, items = document.markdown.blocks
    assert (heading.origin.text, heading.origin.begin.line) == ("# Title", 5)
    assert (items.origin.text, items.origin.begin.line) == ("- item", 7)


def test_a_rule_further_down_is_no_front_matter():
    document = read_markdown(Source("plan.md", "# T\n\n---\n\ntext\n"))
    assert document.front_matter is None
    assert document.markdown is not None
    assert [type(block) for block in document.markdown.blocks] == [Heading, Rule, Paragraph]


def test_sections_follow_the_headings():
    tree = parse("intro\n\n# A\n\none\n\n### B\n\ntwo\n\n## C\n\nthree\n")
    assert [(section.title, section.level, len(section.blocks)) for section in tree.top.walk()] == [
        ("", 0, 1),
        ("A", 1, 1),
        ("B", 3, 1),
        ("C", 2, 1),
    ]

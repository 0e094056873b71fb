"""Lists: items, boxes, numbers and what belongs to an item."""

import pytest

from planlint.readers.markdown.blocks import Fence, Heading, List, ListItem, MarkdownTree, Paragraph, Quote, Table
from planlint.readers.markdown.reader import parse_blocks
from planlint.source import Source


def parse(text: str) -> MarkdownTree:
    return parse_blocks(Source("plan.md", text))


def items(text: str) -> list[ListItem]:
    return list(parse(text).items())


@pytest.mark.parametrize(
    ("written", "state", "checked", "text"),
    [
        ("- [ ] do", " ", False, "do"),
        ("* [x] do", "x", True, "do"),
        ("1. [X] do", "X", True, "do"),
        ("- [~] do", "~", False, "do"),
        ("- [-]  do", "-", False, "do"),
        ("- [!] do", "!", False, "do"),
        ("- [>] do", ">", False, "do"),
        ("- [/] do", "/", False, "do"),
        ("- [~]", "~", False, ""),
        ("- [ ]", " ", False, ""),
        ("- [ ]* 2.1 do", " ", False, "* 2.1 do"),
        ("- [x]* 2.1 do", "x", True, "* 2.1 do"),
        ("- do", None, None, "do"),
        ("- [P] do", None, None, "[P] do"),
        ("- [x](target) do", None, None, "x do"),
        ("- [-]do", None, None, "[-]do"),
        ("- \\[~] do", None, None, "[~] do"),
        ("- `[~]` do", None, None, "[~] do"),
    ],
)
def test_the_checkbox_of_an_item_is_its_state_and_not_its_text(written, state, checked, text):
    (item,) = items(written + "\n")
    assert (item.state, item.checked, item.prose.text) == (state, checked, text)
    assert item.prose.whole.text == written[len(written) - len(item.prose.whole.text) :]


def test_items_know_their_marker_and_depth():
    found = [
        (item.marker, item.depth, item.prose.text) for item in items("- a\n  * b\n    + c\n\n3. d\n   1) e\n10. f\n")
    ]
    assert found == [("-", 0, "a"), ("*", 1, "b"), ("+", 2, "c"), ("3", 0, "d"), ("1", 1, "e"), ("10", 0, "f")]


def test_ordered_lists_know_their_first_number():
    ordered, bullets = parse("7. a\n8. b\n\n<!-- -->\n\n- c\n").blocks[::2]
    assert isinstance(ordered, List)
    assert isinstance(bullets, List)
    assert (ordered.ordered, ordered.first, len(ordered.items)) == (True, 7, 2)
    assert (bullets.ordered, len(bullets.items)) == (False, 1)


@pytest.mark.parametrize("gap", ["", "\n"], ids=["tight", "loose"])
def test_the_first_paragraph_with_its_wrapped_lines_is_the_text_of_an_item(gap):
    first, second = items(f"- [ ] start `src/a.ts`\n  then\nlazy\n{gap}- [ ] other\n")
    assert first.prose.text == "start src/a.ts\nthen\nlazy"
    assert first.prose.origin(15, 19).begin[:2] == (2, 3)
    assert first.prose.origin(20, 24).begin[:2] == (3, 1)
    assert second.prose.text == "other"


def test_everything_after_the_first_paragraph_is_a_child():
    (item,) = parse("- text\n  ```py\n  x\n  ```\n  more\n  > q\n\n  | a |\n  |---|\n  | b |\n").items()
    assert item.prose.text == "text"
    assert [type(child) for child in item.children] == [Fence, Paragraph, Quote, Table]


def test_an_item_that_begins_with_another_block_has_no_text_of_its_own():
    first, second = items("- # Heading\n- ```\n  code\n  ```\n  after\n")
    assert (first.prose.text, [type(child) for child in first.children]) == ("", [Heading])
    assert (second.prose.text, [type(child) for child in second.children]) == ("", [Fence, Paragraph])
    assert first.prose.whole.begin[:2] == (1, 2)


def test_a_comment_between_two_lists_ends_the_first():
    lists = [block for block in parse("- a\n- b\n\n<!-- -->\n\n- c\n").blocks if isinstance(block, List)]
    assert [len(block.items) for block in lists] == [2, 1]


def test_a_table_inside_a_list_keeps_exact_cells():
    tree = parse("- item\n\n  | a | b |\n  |---|---|\n  | x | `y` |\n")
    (item,) = tree.items()
    (table,) = item.children
    assert isinstance(table, Table)
    (cell,) = table.rows[0][1:]
    assert (cell.text, cell.whole.text, cell.origin(0, 1).begin[:2]) == ("y", "`y`", (5, 10))


def test_a_numbered_list_does_not_swallow_a_paragraph_that_is_not_indented():
    tree = parse("1. a\n\nparagraph\n\n2. b\n")
    assert [type(block) for block in tree.blocks] == [List, Paragraph, List]
    assert [item.marker for item in tree.items()] == ["1", "2"]


def test_tabs_after_the_marker_do_not_move_the_text():
    (item,) = items("-\t[ ]\ttext\n")
    assert (item.state, item.prose.text, item.prose.origin(0, 4).text) == (" ", "text", "text")

"""Fenced and indented code: language, text and places."""

import pytest

from planlint.readers.markdown.blocks import Fence, MarkdownTree
from planlint.readers.markdown.reader import parse_blocks
from planlint.source import Source


def parse(text: str) -> MarkdownTree:
    return parse_blocks(Source("plan.md", text))


def fence(text: str) -> Fence:
    (found,) = parse(text).fences()
    return found


def lines_in_place(block: Fence) -> list[str]:
    """Each line of the content as the source has it where the anchors say."""
    found = []
    at = 0
    for line in block.text.splitlines(keepends=True):
        content = line.rstrip("\n")
        found.append(block.prose.origin(at, at + len(content)).text)
        at += len(line)
    return found


def test_a_fence_knows_its_info_language_and_body():
    block = fence("```Yaml title=x\na: 1\n\nb: 2\n```\n")
    assert (block.info, block.language, block.fenced) == ("Yaml title=x", "yaml", True)
    assert block.text == block.body.text == "a: 1\n\nb: 2\n"


def test_four_backticks_hold_three():
    block = fence("````markdown\n```js\n- [ ] no item\n```\n````\n\n- item\n")
    assert block.text == "```js\n- [ ] no item\n```\n"
    assert [item.prose.text for item in parse("````\n```\n- no\n```\n````\n- yes\n").items()] == ["yes"]


@pytest.mark.parametrize(
    "text",
    [
        "- a\n\n  ~~~\n  one\n    two\n\n  three\n  ~~~\n",
        "> ```\n> one\n>   two\n>\n> three\n> ```\n",
        "1. > ```\n   > one\n   >   two\n   >\n   > three\n   > ```\n",
        "- a\r\n  ```\r\n  one\r\n    two\r\n\r\n  three\r\n  ```\r\n",
    ],
    ids=["list", "quote", "both", "crlf"],
)
def test_container_indentation_is_off_the_text_and_lines_stay_in_place(text):
    block = fence(text)
    assert block.text == "one\n  two\n\nthree\n"
    assert lines_in_place(block) == ["one", "  two", "", "three"]


def test_an_indented_block_is_a_fence_that_is_not_fenced():
    block = fence("text\n\n    one\n\ttwo\n")
    assert (block.fenced, block.info, block.text) == (False, "", "one\ntwo\n")
    assert lines_in_place(block) == ["one", "two"]


def test_spaces_that_stand_for_a_tab_point_at_the_tab():
    block = fence("- ```\n  a\n\tb\n  ```\n")
    assert block.text == "a\n  b\n"
    assert [block.prose.origin(at, at + 1).text for at in range(2, 5)] == ["\t", "\t", "b"]


def test_an_empty_fence_has_its_body_after_the_opening_line():
    block = fence("```py\n```\n")
    assert (block.text, block.body.text, block.body.begin[:2]) == ("", "", (2, 1))


def test_a_fence_that_is_never_closed_runs_to_the_end():
    assert fence("```\none\n\n# two\n").text == "one\n\n# two\n"


def test_a_fence_includes_its_closing_line():
    tree = parse("```\nx\n```\nafter\n")
    assert [block.origin.text for block in tree.blocks] == ["```\nx\n```", "after"]
    assert tree.source.text[tree.blocks[0].start : tree.blocks[0].end].endswith("```\n")


QUOTED = "```markdown\n# Guide\n\n```ts\nx\n```\n\nUpdate it.\n```\n\n## After\n"


def test_code_blocks_inside_a_quoted_document_do_not_end_it():
    tree = parse(QUOTED)
    (block,) = tree.fences()
    assert block.text == "# Guide\n\n```ts\nx\n```\n\nUpdate it.\n"
    assert [section.title for section in tree.top.sections] == ["After"]
    assert tree.source.text[block.start : block.end].rstrip() == QUOTED[: QUOTED.index("\n\n## After")]


@pytest.mark.parametrize(
    "text",
    [
        "```markdown\nplain\n```\n\n```ts\nx\n```\n",
        "```markdown\n```ts\nx\n```\n\ntext\n",
        "```text\n```ts\nx\n```\n\ntext\n",
    ],
    ids=["nothing inside", "marks do not balance", "no document"],
)
def test_other_fences_are_read_by_commonmark(text):
    assert next(block.text for block in parse(text).fences()) in ("plain\n", "```ts\nx\n")


def test_documents_that_never_close_are_one_fence():
    text = "```markdown\n```ts\n" * 5_000
    assert len(list(parse(text).fences())) == 1

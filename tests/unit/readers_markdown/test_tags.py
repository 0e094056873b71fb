"""Tags that set off the parts of a prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.readers.markdown.blocks import Fence, Heading, HtmlBlock, List, Paragraph
from planlint.readers.markdown.reader import parse_blocks
from planlint.readers.markdown.tags import untagged
from planlint.source import Source


def kinds(text: str) -> list[type]:
    return [type(block) for block in parse_blocks(Source("plan.md", text)).blocks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<steps>\n1. one\n2. two\n", [List]),
        ("<goal>\n<steps>\n- one\n", [List]),
        ("</goal>\n## Next\n", [Heading]),
        ("<steps>\nWords.\n", [HtmlBlock]),
        ("<details>\n- one\n", [HtmlBlock]),
        ('<steps kind="all">\n- one\n', [HtmlBlock]),
        ("```xml\n<steps>\n- one\n```\n", [Fence]),
        ("Words\n<steps>\n- one\n", [Paragraph, List]),
    ],
)
def test_what_stands_right_below_a_tag_is_markdown(text, expected):
    assert kinds(text) == expected


def test_tags_in_a_fence_stay():
    text = "```\n<steps>\n- one\n```\n"
    assert untagged(text) == text


@given(st.lists(st.sampled_from(["<steps>", "</steps>", "- one", "```", "# Two", "", "<p>", "words"])).map("\n".join))
def test_offsets_stay(text):
    blanked = untagged(text)
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for new, old in zip(blanked, text, strict=True))

"""Fences that hold the prompt of a worker, to be pasted into a session of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planlint.dialects.calls import mentions_launch
from planlint.dialects.prose.verbs import english_verbs
from planlint.readers.markdown.blocks import Block, Fence, List, Paragraph, Quote
from planlint.readers.prose import Prose

_TEXT = frozenset({"", "text", "txt", "md", "markdown", "prompt", "plaintext"})
_ANNOUNCED = re.compile(
    r"\b(?:prompts?|paste|copy|instructions|brief|message|tell (?:it|him|her|them))\b", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"\W*(?:you(?:'re|r)?\b|(?:role|goal|task|mission|context|objective|scope|assignment)\s*:)",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"[├└│┌]|^[ \t]*\$ |\A[^\n]*(?:→|->)", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_][\w'-]*")


def prompts_in(blocks: Iterable[Block], title: str) -> Iterator[Prose]:
    """The prompts among the blocks below a worker's name `title`, lists and quotes entered."""
    above = title
    for block in blocks:
        if isinstance(block, Fence):
            if is_prompt(block, above):
                yield block.prose
        elif isinstance(block, Paragraph):
            above = f"{title}\n{block.prose.text}"
        elif isinstance(block, List):
            for item in block.items:
                yield from prompts_in(item.children, f"{title}\n{item.prose.text}")
        elif isinstance(block, Quote):
            yield from prompts_in(block.children, above)


def is_prompt(fence: Fence, above: str) -> bool:
    """Whether a fence tells an agent what to do: the text `above` announces a prompt, or it speaks to somebody.

    Drawings, commands and calls are none.
    """
    if fence.language not in _TEXT or _DRAWN.search(fence.text) or mentions_launch(fence.text):
        return False
    first = next((line for line in fence.text.splitlines() if line.strip()), "")
    words = _WORD.findall(first)
    if len(words) < 2:
        return False
    return (
        _ANNOUNCED.search(above) is not None
        or _ADDRESSED.match(first) is not None
        or (len(words) > 3 and words[0].lower() in english_verbs())
    )

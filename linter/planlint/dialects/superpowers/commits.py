"""What the commit of a task stages: `git add src/a.py tests/test_a.py` tells what the task has written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.dialects.superpowers.headings import flat
from planlint.readers.markdown.blocks import Block, Fence
from planlint.source import Origin

_ADD = re.compile(r"(?:^|&&|;)[ \t]*git[ \t]+add[ \t]+(?P<paths>[^\n&|;#]{1,2000})", re.MULTILINE)
_WORD = re.compile(r"\S+")
_PATH = re.compile(r"[\w.@-][\w./@()\[\]-]*\.\w{1,8}")
"""A file with an ending: `.` and directories stage what is there, `<files>` and `-A` name nothing."""


def staged_in(blocks: Sequence[Block]) -> Iterator[tuple[str, Origin]]:
    """The files that commands in fences stage by name, with their places."""
    for block in flat(list(blocks)):
        if not isinstance(block, Fence) or "git add" not in block.text:
            continue
        for command in _ADD.finditer(block.text):
            for word in _WORD.finditer(command["paths"]):
                if _PATH.fullmatch(word.group()):
                    start = command.start("paths")
                    yield word.group(), block.prose.origin(start + word.start(), start + word.end())

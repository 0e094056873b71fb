"""The text of a prompt: sentences, and headings that say what the lists below them are ("## Your files")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.claude_md.fields import field_of
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.claude_md.worker_fields import FILE_FIELDS, read_field
from planlint.dialects.prompts import Resolve, read_brief
from planlint.readers.prose import Prose

_HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]+(?P<title>[^\n]{2,120})$", re.MULTILINE)
_WHOSE = re.compile(r"\W*(?:your|my|the|allowed|exclusive)[ ]+(?=\w)", re.IGNORECASE)


def read_prompt(task: FoundTask, prose: Prose, resolve: Resolve) -> None:
    """Add to a task the files that its prompt gives it: by sentences, and in lists under headings about files."""
    task.texts.append(prose)
    for label, part in _parts(prose):
        if label is not None:
            read_field(task, label, part, resolve)
        else:
            read_brief(task.draft, part, default=None, resolve=resolve)


def _parts(prose: Prose) -> Iterator[tuple[str | None, Prose]]:
    """The prompt cut before headings that are labels of files, each part with its label, and behind their lists."""
    headings = list(_HEADING.finditer(prose.text))
    start = 0
    for index, heading in enumerate(headings):
        label = _WHOSE.sub("", heading.group("title"), count=1)
        if field_of(label) not in FILE_FIELDS:
            continue
        if prose.text[start : heading.start()].strip():
            yield None, prose.slice(start, heading.start())
        start = headings[index + 1].start() if index + 1 < len(headings) else len(prose.text)
        yield label, prose.slice(heading.end(), start)
    if prose.text[start:].strip():
        yield None, prose.slice(start, len(prose.text))

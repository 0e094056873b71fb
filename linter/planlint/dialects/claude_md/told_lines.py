"""Workers on lines of their own in a fence: "Task 1: review the routes", "- Agent 2 (clarity): score each option"."""

from __future__ import annotations

import re

from planlint.dialects.claude_md.found import FoundGroup, FoundTask
from planlint.dialects.claude_md.worker import describe, name_task, read_text
from planlint.dialects.claude_md.workers import worker_label
from planlint.dialects.draft import TaskDraft
from planlint.dialects.file_lists import lines_of
from planlint.dialects.prompts import bare_names
from planlint.readers.markdown.blocks import Fence
from planlint.readers.prose import Prose

_LINE = re.compile(r"[ \t]*(?:[-*•][ \t]+|\d{1,3}[.)][ \t]+)?(?P<name>[^:：\n]{3,60}?)[ \t]*[:：][ \t]+(?=\S)")
_MOST = 40
"""Lines that are read; nobody starts more workers in one fence."""


def read_told_lines(fence: Fence, setting: str) -> FoundGroup | None:
    """The tasks of a fence of which each line names a numbered worker and says what it does, below a line that leads.

    What stands behind the last such line is not looked at.
    """
    if fence.language not in ("", "text", "txt", "md", "markdown"):
        return None
    lines = [line for line in lines_of(fence.prose) if line.text.strip()][:_MOST]
    if lines and lines[0].text.rstrip().endswith((":", "：")):
        lines = lines[1:]
    named: list[tuple[Prose, re.Match[str]]] = []
    for line in lines:
        match = _LINE.match(line.text)
        label = worker_label(match.group("name"), delegating=True) if match is not None else None
        if match is None or label is None or not label.numbered:
            break
        named.append((line, match))
    if len(named) < 2:
        return None
    works = [line.slice(match.end(), len(line.text)) for line, match in named]
    names = bare_names([[work] for work in works])
    tasks = []
    for index, (line, match) in enumerate(named):
        task = FoundTask(TaskDraft("", line.whole))
        name = line.slice(*match.span("name"))
        name_task(task, worker_label(name.text, delegating=True), name.text, name)
        task.draft.title = task.draft.title or works[index].text
        describe(task, "", works[index].text, setting)
        read_text(task, works[index], names(index))
        tasks.append(task)
    return FoundGroup(tasks, fence.prose.whole, "a line for each worker")

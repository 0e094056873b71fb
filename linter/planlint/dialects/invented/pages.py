"""Items in front matter: what the page below adds, a title, a brief and, where no field names any, the files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planlint.dialects.file_lists import Placing
from planlint.dialects.invented.items import Read
from planlint.dialects.markdown_body import add_body, read_body, resolving
from planlint.dialects.prose import PathContext, ProseContext
from planlint.dialects.task_page import TaskPage

_SKIPPED = re.compile(
    r"\W*(?:dependencies|related|acceptance|definition of done|success criteria|background|overview|context|"
    r"references?\b|resources|rejected|alternatives|out of scope|non-goals|risks?\b|notes|history|progress|"
    r"what was done|(?:execution|completion) summary)",
    re.IGNORECASE,
)
"""Sections that tell what must hold, what to know or what was done, not what to write."""

_QUEUE = re.compile(
    r"(?:^|/)(?:active|open|todo|doing|ready|pending|current|queue|backlog|inbox|next|wip|in[-_ ]?progress)(?:/|$)"
)


def is_queue(path: str) -> bool:
    """Whether the directory of an item holds those at one stage only, so that finished ones have moved elsewhere."""
    return _QUEUE.search(path.rpartition("/")[0].lower()) is not None


def complete(pages: Sequence[tuple[Read, TaskPage]], paths: PathContext) -> None:
    """Give each task what its page says and its front matter does not."""
    for read, page in pages:
        task = read.task
        heading = next((section for section in page.sections if section.heading is not None), None)
        if heading is not None and heading.heading is not None and heading.level == 1 and "title" not in task.places:
            task.title, task.places["title"] = heading.title, heading.heading.origin
        if not read.briefs:
            task.brief = page.brief or task.brief
    untold = [(read, page) for read, page in pages if not read.declares]
    bodies = {read.task.index: read_body(page.sections, _SKIPPED) for read, page in untold}
    placing = Placing({index: body.mentions(paths) for index, body in bodies.items()})
    for read, _ in untold:
        index = read.task.index
        add_body(read.task, bodies[index], placing, resolving(placing, index, ProseContext(paths=paths)))

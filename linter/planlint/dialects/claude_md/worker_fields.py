"""The fields of a worker or a call: what a label says of the value behind it, or of the list below it."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.fields import Field, field_of
from planlint.dialects.claude_md.found import FoundTask
from planlint.dialects.claude_md.scopes import declare, read_cell
from planlint.dialects.prompts import Resolve, read_brief, scope_of
from planlint.model import Isolation, Kind, Mode, Resource
from planlint.readers.prose import Prose

_BY_AGENT = re.compile(r"\W*(?:the )?(?:sub-?)?agent[ ](?:will |should |must )?(?=\w)", re.IGNORECASE)
"""In front of what the agent leaves behind: "Output: the agent writes `out/plan.md`"."""

FILE_FIELDS = (Field.OWNS, Field.FILES, Field.OFF_LIMITS, Field.READS)
"""Those whose value is files."""


def read_field(task: FoundTask, label: str, value: Prose, resolve: Resolve) -> None:
    """A field with its `label`, as the call that starts a worker may have it: `files`, `off-limits`, `depends_on`."""
    field = field_of(label)
    if field is Field.FILES and task.draft.kind in (Kind.REVIEW, Kind.RESEARCH):
        field = Field.READS
    if field in FILE_FIELDS:
        set_files(task, field, value, resolve)
    elif field is not None and value.text.strip():
        set_field(task, field, value)


def set_files(task: FoundTask, field: Field | None, prose: Prose, resolve: Resolve) -> None:
    """The files in `prose` are the task's by `field`."""
    mentions = read_cell(prose, resolve=resolve)
    draft = task.draft
    if field is Field.OFF_LIMITS:
        draft.off_limits += [scope_of(found, Mode.WRITE, Evidence.DECLARED) for found in mentions]
    elif field is Field.READS:
        draft.reads += [scope_of(found, Mode.READ, Evidence.DECLARED) for found in mentions]
    else:
        declare(draft, mentions, Evidence.DECLARED if field is Field.OWNS else Evidence.STATED)
        draft.places.setdefault("writes", prose.whole)


def set_field(task: FoundTask, field: Field, value: Prose) -> None:
    """What a field other than files says."""
    draft = task.draft
    text = " ".join(value.text.split())
    if field is Field.VERIFY:
        draft.verify = text
        draft.places["verify"] = value.whole
    elif field is Field.RETURNS:
        draft.returns = text
        by = _BY_AGENT.match(value.text)
        read_brief(draft, value.slice(by.end() if by is not None else 0, len(value.text)), default=None)
        draft.places["returns"] = value.whole
    elif field is Field.DEPENDS:
        task.needs.append(value)
    elif field is Field.BRANCH:
        draft.isolation = draft.isolation or Isolation.BRANCH
        draft.resources.append(Resource(kind="branch", name=text, origin=value.whole))
    elif field is Field.WORKTREE:
        draft.isolation = Isolation.WORKTREE
        draft.resources.append(Resource(kind="worktree", name=text, origin=value.whole))
    elif field is Field.WAVE:
        task.wave = draft.wave = text
    elif field is Field.TYPE and " " not in text:
        draft.agent = draft.agent.replace(type=text)
    elif field in (Field.AGENT, Field.PERSON) and draft.agent.name is None:
        draft.agent = draft.agent.replace(name=text, origin=value.whole)
        draft.places["agent"] = value.whole
    elif field is Field.MODEL:
        draft.agent = draft.agent.replace(model=text)
    else:
        task.texts.append(value)

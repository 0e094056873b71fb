"""The shape of a plan file: one pydantic model for each kind of mapping in it, in the file's own words.

This is the definition of the format. The loader validates against it, the JSON Schema and the reference in
`docs/formats/planlint.md` follow it. Everything but `tasks` and each task's `id` is optional.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planlint.dialects.native.parts import (
    AcknowledgedDocument,
    AgentDocument,
    ContractDocument,
    Contracts,
    Count,
    Filled,
    Flag,
    HubDocument,
    IsolationWord,
    KindWord,
    LimitsDocument,
    Name,
    Names,
    Part,
    Paths,
    ResourcesDocument,
    Texts,
)
from planlint.dialects.plan_words.durations import minutes
from planlint.dialects.plan_words.forms import Form

FORMAT_VERSION = 1
"""The version of the plan file's format, as `version` states it."""


def _duration(value: str | float) -> str | float:
    if minutes(value) is None:
        raise PydanticCustomError(
            "planlint", "must be a duration such as `30s`, `5m` or `1h30m`, or a number of minutes"
        )
    return value


def _known_version(value: Any) -> int:
    if str(value) not in ("1", "1.0"):
        raise PydanticCustomError("planlint", "is the version of the plan format, and this planlint knows version 1")
    return FORMAT_VERSION


class TaskDocument(Part):
    """One piece of work for one agent."""

    id: Name = Field(description="A short name, unique in the plan; other tasks refer to it.", examples=["avatar"])
    title: Name | None = Field(None, description="What it is, in a few words.", examples=["Avatar storage service"])
    description: str | None = Field(
        None,
        description="What it is about. Where there is no `brief`, this is the brief.",
        examples=["Stores avatars in the object store."],
    )
    brief: str | None = Field(
        None,
        description="What the agent is told, in full: it sees nothing else of the conversation.",
        examples=["Create the avatar service. Do not change existing files."],
    )
    agent: Name | AgentDocument | None = Field(
        None, description="Who does it: an agent type, or a mapping.", examples=["general-purpose", {"model": "haiku"}]
    )
    kind: KindWord = Field(
        "build",
        description="What sort of work: build changes files, review looks at the work of others, research reads and "
        "reports, integrate joins the pieces, coordinate directs others. Without it, a task without files to write "
        "whose title begins with Review, Verify or the like is a review.",
        examples=["review"],
    )
    isolation: IsolationWord | None = Field(
        None, description="What this task works in, where it differs from the plan's.", examples=["worktree"]
    )
    branch: Name | None = Field(
        None,
        description="The git branch that it works on. One that no other task has isolates the task, unless `isolation` "
        "of the task or the plan says otherwise.",
        examples=["feature/avatar"],
    )
    creates: Paths | None = Field(None, description="Files that it creates.", examples=[["src/services/avatar.ts"]])
    modifies: Paths | None = Field(None, description="Existing files that it changes.", examples=[["src/index.ts"]])
    deletes: Paths | None = Field(None, description="Files that it deletes.", examples=[["src/legacy/"]])
    writes: Paths | None = Field(
        None,
        description="Files that it creates or changes, where the difference does not matter.",
        examples=[["src/services/**"]],
    )
    reads: Paths | None = Field(
        None, description="Files that it needs to read and does not change.", examples=[["docs/storage.md"]]
    )
    off_limits: Paths | None = Field(
        None, description="Files that it must not touch.", examples=[["src/routes/", {"path": "package.json"}]]
    )
    depends_on: Names = Field(
        default_factory=list,
        description="The ids of the tasks that must be finished before this one starts.",
        examples=[["types"]],
    )
    blocks: Names = Field(
        default_factory=list,
        description="The ids of the tasks that wait for this one; `depends_on` from the other side.",
        examples=[["integration"]],
    )
    conflicts_with: Names = Field(
        default_factory=list,
        description="The ids of tasks that must not run at the same time, in whatever order.",
        examples=[["e2e"]],
    )
    phase: Name | None = Field(
        None,
        description="The phase it belongs to. A phase starts when the one before is finished.",
        examples=[1, "foundation"],
    )
    wave: Name | None = Field(
        None,
        description="The wave it runs in: tasks of one wave start together, and waves run one after another.",
        examples=[2],
    )
    parallel: Flag | None = Field(
        None,
        description="`false`: runs alone, after what is listed before it and before what is listed after it (in its "
        "phase and wave). `true` only says so.",
        examples=[False],
    )
    provides: Contracts = Field(
        default_factory=list, description="The contracts that it implements.", examples=[["avatar-api"]]
    )
    consumes: Contracts = Field(
        default_factory=list,
        description="The contracts that it relies on.",
        examples=[["user-type", {"contract": "avatar-api", "file": "src/services/avatar.ts"}]],
    )
    resources: ResourcesDocument | None = Field(
        None, description="Ports, databases, locks: what it needs for itself.", examples=[{"port": 3000}]
    )
    verify: Texts | None = Field(None, description="How it is checked on its own.", examples=["npm test -- avatar"])
    returns: Texts | None = Field(
        None, description="What it hands back to whoever started it.", examples=["the list of changed files"]
    )
    background: Flag | None = Field(
        None, description="Started in the background, without waiting for it.", examples=[True]
    )
    optional: Flag = Field(False, description="The plan is complete without it.", examples=[True])
    done: Flag | None = Field(None, description="Finished already.", examples=[True])
    status: Name | None = Field(
        None,
        description="Where it stands; `done`, `completed`, `closed`, `merged`, `cancelled` and the like mean that it "
        "will not run any more.",
        examples=["in progress", "done"],
    )
    estimate: Annotated[str | float, AfterValidator(_duration)] | None = Field(
        None,
        description="How long it takes: `30s`, `5m`, `1h30m`, or a number of minutes.",
        examples=["5m", 90],
    )


class PlanDocument(Part):
    """A delegation plan: tasks, and what holds for all of them."""

    plan: Name | None = Field(None, description="The plan's name.", examples=["user-profile"])
    version: Annotated[Any, AfterValidator(_known_version)] = Field(
        FORMAT_VERSION,
        description="The version of this format.",
        examples=[1],
        json_schema_extra={"enum": [1, 1.0, "1", "1.0"]},
    )
    description: str | None = Field(
        None, description="What the plan is for.", examples=["Profile editing with avatar upload."]
    )
    isolation: IsolationWord | None = Field(
        None,
        description="What tasks work in: one shared checkout, a git worktree or branch each, branches stacked on each "
        "other, or read-only.",
        examples=["worktree"],
    )
    runtime: Name | None = Field(
        None, description="What runs the agents; its limits and costs apply.", examples=["claude-code"]
    )
    max_parallel: Count | None = Field(None, description="The most agents that run at the same time.", examples=[5])
    workers: Count | None = Field(
        None, description="How many workers are started, where tasks are handed out to a fixed number.", examples=[3]
    )
    limits: LimitsDocument | None = Field(
        None, description="Budgets to be checked against.", examples=[{"inherited_tokens": 50000}]
    )
    context: Annotated[list[Filled], Form.WORDS] | None = Field(
        None,
        description="The files that every agent inherits. An empty list: none.",
        examples=[["CLAUDE.md"]],
    )
    off_limits: Paths = Field(
        default_factory=list, description="Files that no task may touch.", examples=[["vendor/", ".github/"]]
    )
    owners: dict[str, Name] = Field(
        default_factory=dict,
        description="Files with one owner: path to the id of the only task that may change it.",
        examples=[{"src/routes/index.ts": "integration"}],
    )
    hubs: Annotated[list[Filled | HubDocument], Form.PATHS] = Field(
        default_factory=list,
        description="Files that only one task at a time may change.",
        examples=[["package.json", {"path": "CHANGELOG.md", "owner": "release"}]],
    )
    acknowledged: Annotated[list[Filled | AcknowledgedDocument], Form.PATHS] = Field(
        default_factory=list,
        description="Overlaps that the plan knows of, and how they are handled.",
        examples=[[{"path": "CHANGELOG.md", "tasks": ["api", "ui"], "note": "one line each"}]],
    )
    contracts: list[ContractDocument] = Field(
        default_factory=list,
        description="Interfaces between tasks, fixed before any of them starts.",
        examples=[[{"id": "avatar-api", "signature": "uploadAvatar(userId: string): Promise<string>"}]],
    )
    tasks: list[TaskDocument] = Field(description="The work, one entry for each task.", examples=[[{"id": "avatar"}]])

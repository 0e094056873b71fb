"""CrewAI's fields, the same in YAML, JSON and Python, and the drafts made from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from planlint.model import AgentDefinition, Mode
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin

TASK_FIELDS: Final = ("description", "expected_output")
"""What every task has; together they are CrewAI's own."""

AGENT_FIELDS: Final = ("role", "goal", "backstory")
"""What every agent has."""

RUNTIME: Final = "crewai"

_INPUT = re.compile(r"\{[^{}\n]{0,80}\}")


@dataclass(slots=True)
class TaskFields:
    """What one task says, wherever it says it; the first word counts, so Python overrides its configuration."""

    id: str
    origin: Origin
    id_origin: Origin
    description: str | None = None
    expected_output: str | None = None
    agent: str | None = None
    agent_origin: Origin | None = None
    background: bool = False
    output_file: str | None = None
    output_origin: Origin | None = None
    context: list[tuple[str, Origin]] = field(default_factory=list)
    tools: tuple[str, ...] | None = None
    places: dict[str, Origin] = field(default_factory=dict)

    @property
    def brief(self) -> str:
        """What the agent is told: CrewAI hands it both texts."""
        return "\n\n".join(text for text in (self.description, self.expected_output) if text)

    @property
    def written(self) -> tuple[str, Mode] | None:
        """The file that the result is saved to; an input in its name (`{topic}`) may become anything."""
        path = (self.output_file or "").strip()
        # A leading slash is taken off by CrewAI, so that the file lands below the working directory.
        path = _INPUT.sub("*", path).lstrip("/")
        return (path, Mode.WRITE) if path and "{" not in path else None


def is_task(node: Node | None) -> bool:
    """Whether a value is a task of CrewAI."""
    return isinstance(node, Mapping) and all(name in node for name in TASK_FIELDS)


def is_agent(node: Node | None) -> bool:
    """Whether a value is an agent of CrewAI; people leave out the back story."""
    return isinstance(node, Mapping) and "role" in node and "goal" in node


def entries_of(root: Mapping) -> list[tuple[Scalar, Node]]:
    """The named tasks or agents of a YAML file, which some people's loaders want below a key `tasks` or `agents`."""
    held = [value for key in ("tasks", "agents") if isinstance(value := root.get(key), Mapping)]
    nested = held and not any(is_task(one) or is_agent(one) for one in held)
    return [entry for one in held for entry in one.items()] if nested else list(root.items())


def fill_from_mapping(task: TaskFields, node: Mapping) -> None:
    """Add what `node`, an entry of `tasks.yaml` or of a JSON crew, says and `task` does not know yet."""
    for name, value in node.items():
        if isinstance(value, Scalar):
            _fill_scalar(task, name.text, value)
        elif name.text == "context" and isinstance(value, Sequence) and not task.context:
            task.context = [(item.text.strip(), item.origin) for item in value if isinstance(item, Scalar)]
        elif name.text == "tools" and isinstance(value, Sequence) and task.tools is None:
            task.tools = tuple(item.text for item in value if isinstance(item, Scalar))


def _fill_scalar(task: TaskFields, name: str, value: Scalar) -> None:
    text = value.text.strip()
    if name == "description" and task.description is None:
        task.description, task.places["brief"] = text, value.origin
    elif name == "expected_output" and task.expected_output is None:
        task.expected_output, task.places["returns"] = text, value.origin
    elif name == "agent" and task.agent is None and text:
        task.agent, task.agent_origin = text, value.origin
    elif name == "output_file" and task.output_file is None:
        task.output_file, task.output_origin = text, value.origin
    elif name == "async_execution" and value.value is True:
        task.background, task.places["parallel"] = True, value.origin


def agent_from_mapping(name: str, name_origin: Origin, node: Mapping) -> AgentDefinition:
    """The agent that an entry of `agents.yaml` or a file `agents/<name>.jsonc` describes."""
    tools = node.get("tools")
    listed = [item.text for item in tools if isinstance(item, Scalar)] if isinstance(tools, Sequence) else None
    texts = {key: value.text.strip() for key in AGENT_FIELDS if isinstance(value := node.get(key), Scalar)}
    model = node.get("llm")
    return AgentDefinition(
        name=name,
        origin=Origin(node.source, name_origin.start, node.end) if name_origin.source is node.source else node.origin,
        runtime=RUNTIME,
        description=texts.get("role"),
        model=model.text if isinstance(model, Scalar) and model.text else None,
        tools=tuple(listed) if listed else None,
        loads_memory=False,
        prompt="\n\n".join(texts.values()),
        prompt_origin=node.origin,
        places={"name": name_origin, **{key.text: value.origin for key, value in node.items()}},
    )

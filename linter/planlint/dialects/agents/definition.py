"""From the keys of an agent file to an `AgentDefinition`, for all products at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planlint.model import AgentDefinition, Isolation
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin, Source

if TYPE_CHECKING:
    from planlint.dialects.agents.formats import AgentFormat

PROMPT_KEYS = ("developer_instructions",)
"""Keys that hold the prompt where the file has no body."""


def read_definition(source: Source, format: AgentFormat) -> AgentDefinition | None:
    """The agent type that a file defines, broken front matter read line by line; None without a name."""
    keys, body = read_keys(source, format)
    return None if keys is None else definition_of(source, keys, body, format)


def read_keys(source: Source, format: AgentFormat) -> tuple[Mapping | None, int]:
    """The keys of an agent file and the offset at which its prompt begins."""
    if format.suffix == ".toml":
        from planlint.readers.toml import read_toml

        root = read_toml(source).root
        return (root if isinstance(root, Mapping) else None), len(source.text)
    from planlint.readers.front_matter import split_front_matter

    matter, body, _ = split_front_matter(source, lenient=True)
    return matter, body


def definition_of(source: Source, keys: Mapping, body: int, format: AgentFormat) -> AgentDefinition | None:
    """The agent type that `keys` describe; `body` is where its prompt begins. None without a name.

    `places` has an entry for every key of the file: the value's place for keys that the product knows, the key's own
    for all others and where there is no value.
    """
    name = text_of(keys, "name") or (format.name_of(source.path) if format.named_by_file else None)
    if not name:
        return None
    allowed, denied = _tools(keys)
    given = keys.get(*PROMPT_KEYS)
    prompt, prompt_origin = source.text[body:], source.origin(body, len(source.text))
    if isinstance(given, Scalar):
        prompt, prompt_origin = given.text, given.origin
    return AgentDefinition(
        name=name,
        origin=source.origin(0, len(source.text)),
        runtime=format.runtime,
        description=text_of(keys, "description"),
        model=text_of(keys, "model"),
        tools=allowed,
        disallowed_tools=denied,
        isolation=_isolation(keys),
        background=_flag(keys, "background", "is_background"),
        loads_memory=not _flag(keys, "omitClaudeMd"),
        permission_mode=text_of(keys, "permissionMode", "sandbox_mode"),
        max_turns=_number(keys, "maxTurns", "max_turns", "maxSteps"),
        directories=tuple(_items(keys.get("allowedDirectories", "allowed_directories"))),
        prompt=prompt,
        prompt_origin=prompt_origin,
        places=_places(keys, format),
    )


def text_of(keys: Mapping, *names: str) -> str | None:
    """The text of the first of `names` that is there; None where it is empty or no text."""
    node = keys.get(*names)
    return node.text.strip() or None if isinstance(node, Scalar) and node.value is not None else None


def _places(keys: Mapping, format: AgentFormat) -> dict[str, Origin]:
    return {
        key.text: value.origin if key.text in format.keys and value.end > value.start else key.origin
        for key, value in keys.items()
    }


def _tools(keys: Mapping) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The tools that are allowed (None: all) and those that are denied."""
    denied = [*_items(keys.get("disallowedTools", "disallowed-tools"))]
    tools, permission = keys.get("tools"), keys.get("permission")
    if isinstance(tools, Mapping):
        # OpenCode switches single tools on and off.
        denied += [key.text for key, value in tools.items() if value.plain is False]
        tools = None
    if isinstance(permission, Mapping):
        denied += [key.text for key, value in permission.items() if value.plain == "deny"]
    allowed = None if tools is None else tuple(_items(tools)) or None
    return allowed, tuple(dict.fromkeys(denied))


def tools_of(keys: Mapping) -> tuple[str, ...]:
    """The tools that a list or a comma list names; empty where there is none, or they are switched one by one."""
    return tuple(_items(keys.get("tools")))


def _isolation(keys: Mapping) -> Isolation | None:
    if text_of(keys, "isolation") == "worktree":
        return Isolation.WORKTREE
    if text_of(keys, "sandbox_mode") == "read-only" or _flag(keys, "readonly"):
        return Isolation.READ_ONLY
    return None


def _flag(keys: Mapping, *names: str) -> bool | None:
    text = text_of(keys, *names)
    return None if text is None else text.lower() == "true"


def _number(keys: Mapping, *names: str) -> int | None:
    node = keys.get(*names)
    value = node.value if isinstance(node, Scalar) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _items(node: Node | None) -> Iterator[str]:
    """The entries of a YAML list, or of a comma list; commas inside of parentheses do not separate."""
    if isinstance(node, Sequence):
        for entry in node.items:
            if isinstance(entry, Scalar) and entry.text.strip():
                yield entry.text.strip()
    elif isinstance(node, Scalar):
        depth, start = 0, 0
        text = node.text.strip().strip("[]") + ","
        for at, character in enumerate(text):
            depth += (character == "(") - (character == ")")
            if character == "," and depth <= 0:
                item = text[start:at].strip().strip("'\"")
                start = at + 1
                if item:
                    yield item

"""The lines of a transcript, reduced to what tells about delegation: calls, results and notifications of the main lane.

Lines come from several versions and tools; what is missing is simply not known. Lines of sub-agents (`isSidechain`,
`parent_tool_use_id`) are left out: ids repeat there, and what an agent launches is its own affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from planlint.readers.tree import Mapping, Node, Scalar, Sequence

LAUNCHERS = frozenset({"Task", "Agent"})
"""The tool that starts an agent: `Task` until 2.1.63, `Agent` since."""

WAITERS = frozenset({"TaskOutput", "AgentOutputTool", "BashOutput"})
_NOTIFICATION = re.compile(r"<(task-id|tool-use-id)>([\w-]{1,80})</")
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")


@dataclass(slots=True)
class Call:
    """One use of a tool in the main lane. `message` counts the assistant's messages, `at` the lines."""

    tool: str
    id: str
    fields: Mapping
    input: Mapping
    message: int
    at: int


@dataclass(slots=True)
class Result:
    """What came back for a call: where, and what the runtime noted about it."""

    at: int
    note: Mapping | None
    text: str


@dataclass(slots=True)
class Records:
    """A transcript, read."""

    calls: list[Call] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    """Id of a call to its first result."""
    notified: dict[str, int] = field(default_factory=dict)
    """Id of an agent or call to the line that says that it has ended."""
    version: tuple[int, ...] = ()
    session: str = ""
    directory: str = ""
    """The working directory, as an absolute path: prompts name files below it."""


def read_records(roots: Iterable[Node]) -> Records:
    """The records of all lines, in order; lines of other kinds are passed over."""
    records = Records()
    message, last = 0, ""
    for at, root in enumerate(roots):
        if not isinstance(root, Mapping):
            continue
        if _is_side(root):
            continue
        records.session = records.session or text_of(root, "sessionId", "session_id")
        records.directory = records.directory or text_of(root, "cwd")
        version = _VERSION.match(text_of(root, "version"))
        if version is not None:
            records.version = tuple(int(part) for part in version.groups())
        inner = root.get("message")
        kind = text_of(root, "type")
        if kind == "assistant" and isinstance(inner, Mapping):
            own = text_of(inner, "id") or text_of(root, "uuid") or f"#{at}"
            if own != last:
                message, last = message + 1, own
            _add_calls(records, inner, message, at)
        else:
            _add_results(records, root, inner, at)
    return records


def _is_side(root: Mapping) -> bool:
    side, parent = root.get("isSidechain"), root.get("parent_tool_use_id")
    return (isinstance(side, Scalar) and side.value is True) or (
        isinstance(parent, Scalar) and parent.value is not None
    )


def _add_calls(records: Records, message: Mapping, number: int, at: int) -> None:
    for block in _blocks(message):
        given = block.get("input")
        if text_of(block, "type") == "tool_use" and isinstance(given, Mapping):
            name, call_id = text_of(block, "name"), text_of(block, "id")
            records.calls.append(Call(name, call_id, block, given, number, at))


def _add_results(records: Records, root: Mapping, message: Node | None, at: int) -> None:
    note = root.get("toolUseResult", "tool_use_result")
    if isinstance(message, Mapping):
        for block in _blocks(message):
            if text_of(block, "type") == "tool_result":
                result = Result(at, note if isinstance(note, Mapping) else None, _content(block.get("content")))
                records.results.setdefault(text_of(block, "tool_use_id"), result)
            elif text_of(block, "type") == "text":
                _add_notification(records, text_of(block, "text"), at)
        _add_notification(records, text_of(message, "content"), at)
    _add_notification(records, text_of(root, "content"), at)


def _add_notification(records: Records, text: str, at: int) -> None:
    if "<task-notification>" in text:
        for match in _NOTIFICATION.finditer(text):
            records.notified.setdefault(match.group(2), at)


def _blocks(message: Mapping) -> list[Mapping]:
    content = message.get("content")
    return [block for block in content.items if isinstance(block, Mapping)] if isinstance(content, Sequence) else []


def _content(node: Node | None) -> str:
    """The text of a result: a string, or blocks of text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return "\n".join(text_of(block, "text") for block in node.items if isinstance(block, Mapping))
    return ""


def text_of(fields: Mapping, *keys: str) -> str:
    """The first of `keys` as text; empty where it is missing or no scalar."""
    node = fields.get(*keys)
    return node.text if isinstance(node, Scalar) and node.value is not None else ""

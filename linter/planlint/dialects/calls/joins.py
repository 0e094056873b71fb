"""Calls that join, ask and mark: `TaskOutput`, `TaskList`, `TaskUpdate`, `sleep`."""

from __future__ import annotations

from planlint.dialects.calls import words
from planlint.dialects.calls.arguments import Arguments, read_arguments
from planlint.dialects.calls.brackets import Group
from planlint.dialects.calls.handles import WORD
from planlint.dialects.calls.openings import Openings
from planlint.dialects.calls.recorder import Recorder
from planlint.readers.prose import Prose


class Joins:
    """Records the calls of one walk that wait for agents, ask for their state or mark their tasks."""

    def __init__(self, code: Prose, recorder: Recorder, openings: Openings) -> None:
        self._code = code
        self._text = code.text
        self._record = recorder
        self._open = openings

    def called(self, word: str, start: int, at: int, group: Group, statement: int, line: tuple[int, int]) -> None:
        """`TaskOutput(...)` and its like: `group` are its parentheses at `at`, `statement` is where it begins."""
        end = group.end
        if word in ("TaskOutput", "AgentOutputTool"):
            self._output(read_arguments(self._code, group), start, end, statement, line)
        elif word != "TaskUpdate":
            self.poll(start, end, line)
        elif words.completes(self._text[at:end]):
            self._record.add("update", start, end, text=self._text[start:end], loop=self._open.loop)

    def named(self, word: str, start: int, at: int, end: int, line: tuple[int, int]) -> None:
        """`TaskList`, `TaskUpdate task1 --status completed`, `[TaskOutput with task_id]`: told without brackets.

        `end` is the end of the line.
        """
        if word == "TaskUpdate":
            if words.completes(self._text[at:end]):
                self._record.add("update", start, end, text=self._text[start:end], loop=self._open.loop)
        elif word in ("TaskList", "TaskGet"):
            self.poll(start, at, line)
        elif word == "TaskOutput" and self._text[max(0, start - 1) : start] in ("[", "\n", " ", ""):
            self._record.add("wait", start, end, loop=self._open.loop)

    def poll(self, start: int, end: int, line: tuple[int, int]) -> None:
        """A question for the state of things, or a pause: polling when a `while` asks it again and again."""
        loop = self._open.conditional_loop
        if loop is not None and not loop.polled:
            loop.polled = True
            text = self._text[line[0] : line[1]].strip()
            self._record.add("poll", start, end, text=text, loop=self._open.loop)

    def _output(self, arguments: Arguments, start: int, end: int, statement: int, line: tuple[int, int]) -> None:
        """`TaskOutput(...)`: waits, unless `block: false` asks for the state only."""
        block = arguments.get("block")
        named = arguments.get("task_id", "taskId", "id", "agent_id")
        if named is None and arguments.positional:
            named = arguments.positional[0]
        handle = self._handle_of(named.text) if named is not None and not named.is_string else None
        if block is not None and block.text.strip().lower() == "false":
            self.poll(start, end, line)
            return
        self._record.add("wait", start, end, handle=handle, loop=self._open.loop)
        if self._open.keeper(self._text[statement:start]) is not None:
            self._record.add("use", start, end, handle=handle, loop=self._open.loop)

    def _handle_of(self, expression: str) -> str | None:
        """The name in `exploration_task.id`; the list in `id` where a loop takes `id` from it."""
        match = WORD.match(expression.strip())
        if match is None:
            return None
        loop = self._open.loop
        while loop is not None:
            if loop.variable == match.group():
                return f"{loop.root}[]"
            loop = loop.parent
        return match.group()

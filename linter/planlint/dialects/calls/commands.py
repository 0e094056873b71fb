"""Command lines of one walk: the agents that a shell starts, where it has gone to, and where it waits for them."""

from __future__ import annotations

from planlint.dialects.calls.arguments import Arguments, Value
from planlint.dialects.calls.blocks import string_value
from planlint.dialects.calls.launches import SHELL
from planlint.dialects.calls.openings import Openings
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.shell import (
    goes_to,
    is_worktree,
    launches_in,
    names_terminal,
    waits_in_shell,
    worktrees_in,
)
from planlint.readers.prose import Prose


class Commands:
    """Records what the command lines of one walk start and wait for."""

    def __init__(self, code: Prose, recorder: Recorder, openings: Openings) -> None:
        self._code = code
        self._record = recorder
        self._open = openings
        self._worktrees = worktrees_in(code.text)
        self._place: str | None = None
        """The directory that the shell has gone to."""
        self._running = False
        """Whether a command has left an agent running."""
        self._own_terminal = False
        """Whether the commands run in a terminal of their own."""

    def introduced(self, text: str) -> None:
        """What a comment or the text above says of the commands that follow."""
        if names_terminal(text):
            self._own_terminal = True
            self._place = None

    def line(self, line: str) -> None:
        """A line that starts no agent: it may go to another directory, or back (`cd ..`, `cd -`)."""
        place = goes_to(line)
        if place is not None:
            self._place = place if place.strip("./-") else None

    def waits(self, line: str) -> bool:
        """Whether a line waits for agents that are left running."""
        return self._running and waits_in_shell(line)

    def command(self, begin: int, end: int) -> None:
        """The command line `[begin, end)`, which starts agents or sets up what they share."""
        text = self._code.text[begin:end]
        self._record.add("shell", begin, end, loop=self._open.loop, text=text)
        in_worktree = self._place is not None and is_worktree(self._place, self._worktrees)
        for launch in launches_in(text, self._worktrees, detached=self._own_terminal):
            if not launch.background and not self._running:
                continue  # one command by itself shows how to call the tool
            arguments = Arguments()
            prompt = string_value(self._code, begin + launch.start, begin + launch.end)
            arguments.named["prompt"] = prompt._replace(formatted=True)
            arguments.named["run_in_background"] = Value("true" if launch.background else "false", prompt.origin, False)
            if launch.own_worktree or (in_worktree and not launch.elsewhere):
                arguments.named["isolation"] = Value("worktree", prompt.origin, True)
            step = self._record.add("launch", begin, end, loop=self._open.loop)
            step.arguments, step.prompt, step.tool = arguments, prompt.prose, SHELL
            moved = self._place is not None and not (in_worktree or launch.own_worktree)
            step.elsewhere = launch.elsewhere or moved
            step.awaited = not launch.background
            self._running = True
        if self.waits(text):
            behind = text.rpartition("done")[2] if "done" in text else ""
            outer = waits_in_shell(behind)  # `for ...; do ... & done; wait`
            self._record.add("wait", begin, end, loop=None if outer else self._open.loop)

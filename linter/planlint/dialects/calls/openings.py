"""What is open at a point of the walk: brackets, loops, conditions and joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planlint.dialects.calls.handles import kept_by, list_kept_by
from planlint.dialects.calls.script import LoopDraft

_DEEPEST = 100
"""Open constructs that are followed: questions walk outwards through them, so this keeps nonsense linear."""


@dataclass(slots=True)
class Block:
    """A construct that is open.

    `style` and `level` say how it closes: `brace`, `paren` and `join` with their bracket at `level`, `indent` before a
    line that is not deeper than `level`, `line` with its line, `shell` at `done` or `fi`. A `join` waits for all that
    was launched in it.
    """

    style: str
    level: int
    loop: LoopDraft | None
    base: int
    """Open parentheses when its body begins: a statement ends where as many are open again."""
    statement: str = ""
    """What stands before it in its statement."""
    start: int = 0


class Openings:
    """The stack of open constructs and the counts of open brackets."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parens = 0
        self.braces = 0

    @property
    def between_statements(self) -> bool:
        """Whether no parenthesis of the current statement is open."""
        return self.parens == (self.blocks[-1].base if self.blocks else 0)

    def open(
        self, style: str, level: int, loop: LoopDraft | None = None, *, statement: str = "", start: int = 0
    ) -> None:
        """A construct begins; one deeper than any program nests is not looked at."""
        if len(self.blocks) < _DEEPEST:
            self.blocks.append(Block(style, level, loop, self.parens, statement, start))

    @property
    def loop(self) -> LoopDraft | None:
        """The innermost open loop."""
        for block in reversed(self.blocks):
            if block.loop is not None:
                return block.loop
        return None

    @property
    def conditional_loop(self) -> LoopDraft | None:
        """The innermost open `while`: what stands in it is asked again and again."""
        loop = self.loop
        while loop is not None and not loop.conditional:
            loop = loop.parent
        return loop

    @property
    def joined(self) -> bool:
        """Whether a join is open."""
        return any(block.style == "join" for block in self.blocks)

    def keeper(self, prefix: str, *, listed: bool = False) -> str | None:
        """Who keeps what a call gives back that stands after `prefix` in its statement."""
        name = kept_by(prefix, listed=listed)
        if name is not None:
            # `const [a, b] = await Promise.all([...])`: each is one of several that are waited for together.
            return f"{name}[]" if self.joined and not name.endswith("[]") else name
        for block in reversed(self.blocks):
            if block.style in ("paren", "join"):
                name = list_kept_by(block.statement)
                if name is not None or block.style == "join":
                    return name or "gather"
        return None

    def bracket(self, sign: str) -> Iterator[Block]:
        """A bracket opens or closes; gives the constructs that close with it."""
        if sign in "([":
            self.parens += 1
        elif sign in ")]":
            self.parens = max(0, self.parens - 1)
            yield from self._closing(("paren", "join"), self.parens + 1)
        elif sign == "{":
            self.braces += 1
        else:
            self.braces = max(0, self.braces - 1)
            yield from self._closing(("brace",), self.braces)

    def _closing(self, styles: tuple[str, ...], level: int) -> Iterator[Block]:
        while self.blocks and self.blocks[-1].style in styles and level <= self.blocks[-1].level:
            yield self.blocks.pop()

    def line_begins(self, indent: int, line: str) -> None:
        """Close what ends before a line with this indentation, or with this closing word."""
        if line.split(maxsplit=1)[0].rstrip(";&|") in ("done", "fi") or line.rstrip("; \t") == "end":
            for index in range(len(self.blocks) - 1, -1, -1):
                if self.blocks[index].style == "shell":
                    del self.blocks[index:]
                    return
        while self.blocks and self.blocks[-1].style == "indent" and indent <= self.blocks[-1].level:
            self.blocks.pop()

    def line_ends(self) -> None:
        """Close what ends with its line."""
        while self.blocks and self.blocks[-1].style == "line":
            self.blocks.pop()

    def close_all(self) -> Iterator[Block]:
        """Close everything, innermost first."""
        while self.blocks:
            yield self.blocks.pop()
        self.parens = self.braces = 0

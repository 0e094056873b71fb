"""The loops of a walk: what they range over, how often they run, and which are cut into batches."""

from __future__ import annotations

from planlint.dialects.calls.fanout import Constants, Header, is_batching
from planlint.dialects.calls.openings import Openings
from planlint.dialects.calls.script import LoopDraft
from planlint.readers.prose import Prose


class Loops:
    """Numbers loops as they open, with the bounds that constants, headers and comments give them."""

    def __init__(self, code: Prose, openings: Openings) -> None:
        self.constants = Constants()
        self._code = code
        self._open = openings
        self._count = 0
        self._announced: int | None = None
        """How many at once the comment right above allows."""

    def draft(self, header: Header, start: int, end: int) -> LoopDraft:
        """A new loop inside the ones that are open; a loop over one batch of another is batched, and so is that one."""
        outer = self._open.loop
        bound = header.rounds if header.rounds is not None else self.constants.bound(header.over)
        draft = LoopDraft(
            self._count,
            header.variable,
            header.over,
            self._code.origin(start, end),
            header.conditional,
            None if header.conditional else bound,
            is_batching(header.over) and not header.conditional,
            outer,
        )
        self._count += 1
        if draft.bound is None and not header.conditional:
            draft.bound = self._announced
        above = outer
        while above is not None:
            if above.variable is not None and above.variable == draft.root:
                draft.batched = above.batched = True
                if draft.bound is None:
                    draft.bound = self.constants.chunk_size(above.over)
            above = above.parent
        return draft

    def announce(self, bound: int) -> None:
        """A comment on a line of its own says how many run at once: in the loops around it, and in the next one."""
        self._announced = bound
        self.limit(bound)

    def forget(self) -> None:
        """A blank line: the comment above it is not about what follows."""
        self._announced = None

    def limit(self, bound: int) -> None:
        """A comment in a loop says how many run at once."""
        for block in self._open.blocks:
            if block.loop is not None and block.loop.bound is None and not block.loop.conditional:
                block.loop.bound = bound

"""Steps as the walk meets them, in segments that are presented as right or as wrong."""

from __future__ import annotations

from planlint.dialects.calls.script import LoopDraft, Segment, StepDraft, StepKind
from planlint.readers.prose import Prose


class Recorder:
    """Collects steps. `wrong` is how the text around presents the code."""

    def __init__(self, code: Prose, *, wrong: bool, message: int) -> None:
        self.segments = [Segment(0, wrong)]
        self.message = message
        self._code = code
        self._wrong = wrong
        self._described_waits: list[StepDraft] = []

    def add(
        self,
        kind: StepKind,
        start: int,
        end: int,
        *,
        loop: LoopDraft | None,
        handle: str | None = None,
        text: str | None = None,
    ) -> StepDraft:
        """A step at `[start, end)` of the code."""
        step = StepDraft(kind, start, self._code.origin(start, end), handle, loop, self.message, text)
        self.segments[-1].steps.append(step)
        return step

    def describe_wait(self, start: int, end: int, loop: LoopDraft | None) -> None:
        """Words that tell of waiting; they count only where no call waits."""
        step = StepDraft("wait", start, self._code.origin(start, end), loop=loop, message=self.message)
        self._described_waits.append(step)

    def cut(self, at: int, wrong: bool) -> None:
        """A new segment begins, presented as `wrong` or right."""
        self._wrong = wrong
        current = self.segments[-1]
        if current.steps or at > current.start:
            current.end = at
            self.segments.append(Segment(at, wrong))
        else:
            current.wrong = wrong

    def judge_line(self, begin: int, end: int, wrong: bool) -> None:
        """The line `[begin, end)` alone is judged, by a mark behind it."""
        current = self.segments[-1]
        own = [step for step in current.steps if step.start >= begin]
        if not own or current.wrong == wrong:
            return
        current.steps = [step for step in current.steps if step.start < begin]
        current.end = begin
        self.segments.append(Segment(begin, wrong, own, end))
        self.segments.append(Segment(end, self._wrong))

    def finish(self, end: int) -> list[Segment]:
        """All segments; the last one ends at `end`."""
        self.segments[-1].end = end
        if not any(step.kind in ("wait", "poll") for segment in self.segments for step in segment.steps):
            for step in self._described_waits:
                for segment in self.segments:
                    if segment.start <= step.start < segment.end:
                        segment.steps.append(step)
        return self.segments

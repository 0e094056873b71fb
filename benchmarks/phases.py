"""Where the time of one check goes: `python benchmarks/phases.py PLAN`, in milliseconds of processor time.

`start-up` is every import but those of rules, which come with `rules`; `read` is from text to tree, `load` from tree to
plan with recognition, `rules` all that they and their facts do, `print` the text report.
"""

import gc
import sys
import time

began = time.process_time()
gc.disable()

from planlint.config.run import RunConfig  # noqa: E402
from planlint.engine import run  # noqa: E402
from planlint.engine.workspace import FileWorkspace  # noqa: E402
from planlint.readers.document import Document, Syntax  # noqa: E402
from planlint.reporters.context import RenderContext  # noqa: E402
from planlint.reporters.registry import renderer  # noqa: E402


class Clock:
    """Times `FileWorkspace.read`."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._read = FileWorkspace.read

    def read(self, workspace: FileWorkspace, path: str, syntax: Syntax | None = None) -> Document:
        """As the method has it."""
        at = time.process_time()
        try:
            return self._read(workspace, path, syntax)
        finally:
            self.seconds += time.process_time() - at


def main(path: str) -> None:
    clock = Clock()
    FileWorkspace.read = lambda *arguments: clock.read(*arguments)  # type: ignore[method-assign]
    started = time.process_time()
    prepared = run.prepare([path], RunConfig())
    loaded = time.process_time()
    report = run.finish(prepared)
    checked = time.process_time()
    renderer("text")(report, RenderContext())
    phases = {
        "start-up": started - began,
        "read": clock.seconds,
        "load": loaded - started - clock.seconds,
        "rules": checked - loaded,
        "print": time.process_time() - checked,
    }
    print(*(f"{name} {1000 * seconds:.0f}" for name, seconds in phases.items()), f"{len(report.diagnostics)} findings")


if __name__ == "__main__":
    main(sys.argv[1])

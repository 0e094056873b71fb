"""The plans and the shape of one run of the command line in a test."""

from collections.abc import Callable
from typing import NamedTuple

CONFLICT = """\
plan: settings
isolation: shared
tasks:
  - id: form
    title: Settings form
    creates: [src/form.tsx]
    modifies: [src/index.ts]
    brief: Build the settings form in src/form.tsx and export it from src/index.ts.
    verify: npm test -- form
  - id: panel
    title: Settings panel
    creates: [src/panel.tsx]
    modifies: [src/index.ts]
    brief: Build the settings panel in src/panel.tsx and export it from src/index.ts.
    verify: npm test -- panel
"""

CLEAN = """\
plan: one
tasks:
  - id: only
    title: The parser
    creates: [src/parser.ts]
    brief: Write the parser in src/parser.ts with a function parse(text) that returns a tree.
    verify: npm test -- parser
"""


class Outcome(NamedTuple):
    """What one command line gave."""

    code: int
    out: str
    err: str


Cli = Callable[..., Outcome]

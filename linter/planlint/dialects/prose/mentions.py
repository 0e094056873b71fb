"""A path as running text names it, and what is known of the place a plan stands in."""

from __future__ import annotations

from collections.abc import Callable

from planlint.records import Record, record
from planlint.source import Origin


@record
class PathMention(Record):
    """A file or directory named in `Prose.text[start:end]`."""

    path: str
    """As written, annotations off; made relative by the `PathContext` where that can be done."""
    start: int
    end: int
    origin: Origin
    in_code: bool = False
    in_command: bool = False
    """Part of a command line: the file is an argument of a program that is run."""
    annotation: str | None = None
    """The remark on what happens to the file, without brackets: `NEW`, `modify, lines 3-9`, `read-only`."""
    part: str | None = None
    """The part of the file that is meant: `lines 10-40`, `::Class.method`, `#scripts`."""
    is_directory: bool = False
    is_glob: bool = False
    bare_name: bool = False
    """Without directory (`errors.rs`) or only a path's tail (`.../errors.rs`): see `resolve_bare_names`."""
    absolute: bool = False
    resolved: bool = True
    """False for a bare name that the plan does not tie to one file."""
    held: bool = False
    """In a directory that the text names right before: "`deploy/` with a `README.md`"."""
    linked: bool = False
    """The path is the target of a Markdown link whose text is no path."""


@record
class PathContext(Record):
    """What is known of the place a plan stands in.

    `root` is the absolute path of the repository as the plan writes it (or None); absolute paths below it become
    relative. `relative` turns a link target written relative to the document into one relative to the root, or None.
    """

    root: str | None = None
    relative: Callable[[str], str | None] | None = None

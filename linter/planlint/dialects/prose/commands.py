"""What a command line does to the files that it names: `git mv a b` moves, everything else only runs or reads."""

from __future__ import annotations

from planlint.dialects.prose.mentions import PathMention
from planlint.model import Mode
from planlint.source.regex import regex

_MOVED = regex(r"(?:\bgit[ \t]+|(?<![\w./-]))mv[ \t]+(?:-\w+[ \t]+)*(?P<from>[^\s;&|`]+[ \t]+)?\Z")
_REMOVED = regex(r"\bgit[ \t]+rm[ \t]+(?:-\w+[ \t]+|--cached[ \t]+)*(?:[^\s;&|`]+[ \t]+){0,20}\Z")
_KEPT = regex(r"--cached")


def mode_of_command(text: str, mention: PathMention) -> Mode:
    """What the command around `mention` does to it."""
    before = text[max(0, mention.start - 240) : mention.start]
    moved = _MOVED.search(before)
    if moved is not None:
        return Mode.CREATE if moved["from"] else Mode.DELETE
    removed = _REMOVED.search(before)
    if removed is not None and _KEPT.search(removed.group()) is None:
        return Mode.DELETE
    return Mode.READ

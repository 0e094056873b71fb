"""Labelled lines in running text: `**Dependencies**: 1.1`, `_Boundary: Parser_`, `Files: a.py, b.py`.

Plans in Markdown put fields into sentences. A label stands at the beginning of a line, or behind a bar or dot between
fields ("**Depends on:** 2 | **Files:** a.py"); what follows, up to the next label, is its value. Only names that a
dialect knows are labels: "Note that:" is just a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from planlint.readers.prose import Prose
from planlint.source import Origin


class Label(NamedTuple):
    """A field found in text."""

    name: str
    """The dialect's own name for it."""
    value: Prose
    """What stands behind the colon; may be blank."""
    written: str
    """The label as it stands in the file."""
    origin: Origin
    """Where the label's words stand."""


_LABEL = re.compile(r"(?:^|(?<=[\n|·•]))[ \t]*([^\W\d_][\w /&()'’.-]{0,40}?)[ \t]*[:：][ \t]*")


_SEPARATORS = " \t|·•"
"""What stands between two fields of one line."""


def split_labels(prose: Prose, names: Mapping[str, str]) -> tuple[Prose, list[Label]]:
    """The text before the first label, and the labels in order; linear in the length of `prose`.

    `names` maps spellings in lower case to the dialect's own names. A spelling also fits with words behind it in
    brackets (`Files (new)`).
    """
    starts: list[tuple[re.Match[str], str]] = []
    for match in _LABEL.finditer(prose.text):
        written = match.group(1)
        name = names.get(written.partition("(")[0].strip().lower())
        if name is not None:
            starts.append((match, name))
    if not starts:
        return prose, []
    labels: list[Label] = []
    for index, (match, name) in enumerate(starts):
        end = starts[index + 1][0].start() if index + 1 < len(starts) else len(prose.text)
        while end > match.end() and prose.text[end - 1] in _SEPARATORS:
            end -= 1
        value = prose.slice(match.end(), max(match.end(), end))
        labels.append(Label(name, value, match.group(1), prose.origin(match.start(1), match.end(1))))
    return prose.slice(0, starts[0][0].start()), labels

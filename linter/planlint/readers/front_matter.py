"""Front matter: the YAML between two `---` lines at the top of a Markdown file."""

from __future__ import annotations

import re

from planlint.diagnostics import Problem
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Source

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSE = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_ENTRY = re.compile(r"([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+|$)")


def split_front_matter(source: Source, *, lenient: bool = False) -> tuple[Mapping | None, int, list[Problem]]:
    """The leading YAML mapping of `source`, the offset at which the body begins, and complaints (none fatal).

    The mapping is None when there is no front matter, when it is empty, or when it is broken (PL002); the body is
    read all the same. A front matter that is never closed is a PL002, and then the whole text is the body.

    `lenient` answers broken YAML as tools for agent files do: every line `key: rest` gives a string, lines that are
    indented or start with `-` below a key without a value give it a list or more text. The PL002 stays.
    """
    text = source.text
    opening = _OPEN.match(text)
    if opening is None:
        return None, 0, []
    close = _CLOSE.search(text, opening.end())
    if close is None:
        # A thematic break on line 1 is ordinary Markdown; only a `key:` below it shows that front matter was meant.
        if _ENTRY.match(text, opening.end()) is None:
            return None, 0, []
        message = "the front matter opened here is never closed"
        return None, 0, [Problem("PL002", message, source.origin(0, 3), help="add a line `---` after its last entry")]
    return _read(source, opening.end(), close.start(), close.end(), lenient=lenient)


def front_matter_span(source: Source) -> tuple[int, int, int] | None:
    """Where the YAML between the two lines begins and ends, and where the body begins; None without front matter."""
    opening = _OPEN.match(source.text)
    close = _CLOSE.search(source.text, opening.end()) if opening is not None else None
    return (opening.end(), close.start(), close.end()) if opening is not None and close is not None else None


def _read(
    source: Source, start: int, end: int, body: int, *, lenient: bool
) -> tuple[Mapping | None, int, list[Problem]]:
    from planlint.readers.yaml import read_yaml_range

    document = read_yaml_range(source, start, end)
    problems = [problem._replace(fatal=False) for problem in document.problems]
    root = document.root
    if isinstance(root, Mapping):
        return root, body, problems
    if root is None and not document.broken:
        return None, body, problems
    if root is not None and not (isinstance(root, Scalar) and root.style == "empty"):
        message = "front matter must be a mapping of `key: value` lines"
        problems.append(Problem("PL002", message, root.origin.narrow(0, 40)))
    if lenient:
        return _line_by_line(source, start, end), body, problems
    return None, body, problems


def _line_by_line(source: Source, start: int, end: int) -> Mapping | None:
    """Entries of broken YAML, read without any of its grammar; None when not one line is `key: rest`."""
    keys: dict[str, Scalar] = {}
    values: dict[str, Node] = {}
    current: str | None = None
    for line_start, line_end in _lines(source.text, start, end):
        line = source.text[line_start:line_end]
        match = _ENTRY.match(line)
        if match is not None:
            name = match.group(1)
            current = None if name in values else name
            if current is not None:
                keys[name] = Scalar(source, line_start, line_start + len(name), name, name, "plain")
                values[name] = _text(source, line_start + match.end(), line_end)
        elif current is not None and line.strip() and not line.lstrip().startswith("#"):
            values[current] = _continued(source, values[current], line_start, line_end)
    if not values:
        return None
    last = max(value.end for value in values.values())
    return Mapping(source, min(key.start for key in keys.values()), last, keys, values)


def _continued(source: Source, value: Node, start: int, end: int) -> Node:
    """`value` with a line more: a `- item`, or more text."""
    line = source.text[start:end]
    indent = len(line) - len(line.lstrip())
    item = re.match(r"-[ \t]+", line[indent:])
    if item is not None and (isinstance(value, Sequence) or (isinstance(value, Scalar) and value.text == "")):
        node = _text(source, start + indent + item.end(), end)
        items: list[Node] = [*value.items, node] if isinstance(value, Sequence) else [node]
        return Sequence(source, items[0].start, node.end, items)
    if isinstance(value, Scalar):
        more = _text(source, start + indent, end)
        text = f"{value.text}\n{more.text}" if value.text else more.text
        return Scalar(source, value.start if value.text else more.start, more.end, text, text, "plain")
    return value


def _text(source: Source, start: int, end: int) -> Scalar:
    """The text of a range without outer blanks and one pair of quotes."""
    text = source.text
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    written = text[start:end]
    if len(written) >= 2 and written[0] == written[-1] and written[0] in "\"'":
        return Scalar(source, start, end, written[1:-1], written[1:-1], "double" if written[0] == '"' else "single")
    return Scalar(source, start, end, written, written, "plain" if written else "empty")


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end of each line of a range, line ends left out."""
    lines: list[tuple[int, int]] = []
    at = start
    for line in re.split(r"\r\n|\n|\r", text[start:end]):
        lines.append((at, at + len(line)))
        at += len(line)
        at += 2 if text.startswith("\r\n", at) else 1
    return lines

"""The comments of a file, whatever its syntax: real ones, never what only looks so inside strings, fences or prose.

Made for files that are known to hold a marker: every file is parsed anew, and most callers never get here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from planlint.readers.document import Syntax
from planlint.source import Origin, Source

Mark: TypeAlias = Literal["#", "//", "/*", "<!--"]

_CLOSING: dict[str, str] = {"/*": "*/", "<!--": "-->"}


class Comment(NamedTuple):
    """One comment. `origin` has its marks, `start` and `end` are what is between them."""

    origin: Origin
    mark: Mark
    start: int
    end: int

    @property
    def text(self) -> str:
        """What is between the marks."""
        return self.origin.source.text[self.start : self.end]

    @property
    def alone(self) -> bool:
        """Whether nothing else stands on its lines."""
        text, starts = self.origin.source.text, self.origin.source.line_starts
        before = text[starts[self.origin.begin.line - 1] : self.origin.start]
        last = self.origin.finish.line
        after = text[self.origin.end : starts[last] if last < len(starts) else len(text)]
        return not before.strip() and not after.strip()


def comments(source: Source, syntax: Syntax) -> list[Comment]:
    """All comments of `source`, in order. Broken code gives those before the fault; JSON has none but in `.jsonc`."""
    if syntax == "yaml":
        from planlint.readers.yaml.comments import comment_spans as yaml_spans

        return _all(source, "#", yaml_spans(source.text, 0, len(source.text)))
    if syntax == "markdown":
        return _markdown(source)
    if syntax == "python":
        return _all(source, "#", _python_spans(source))
    if syntax == "toml":
        from planlint.readers.toml import comment_spans as toml_spans

        return _all(source, "#", toml_spans(source.text))
    if syntax == "javascript":
        from planlint.readers.javascript import comment_spans as javascript_spans

        return _slashed(source, javascript_spans(source))
    if syntax == "json" and source.path.lower().endswith(".jsonc"):
        from planlint.readers.json.comments import comment_spans as json_spans

        return _slashed(source, json_spans(source.text))
    return []


def _markdown(source: Source) -> list[Comment]:
    """HTML comments of the body, and YAML comments of the front matter."""
    from planlint.readers.front_matter import front_matter_span
    from planlint.readers.markdown.reader import parse_blocks
    from planlint.readers.yaml.comments import comment_spans as yaml_spans

    front = front_matter_span(source)
    found = _all(source, "#", yaml_spans(source.text, *front[:2])) if front is not None else []
    tree = parse_blocks(source, front[2] if front is not None else 0)
    spans = [(comment.start, comment.end) for comment in tree.comments]
    return found + _all(source, "<!--", spans)


def _python_spans(source: Source) -> list[tuple[int, int]]:
    import io
    import tokenize

    # The tokenizer counts lines by "\n"; a lone "\r" ends none for it, and is none in any Python file that parses.
    lines = source.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[tuple[int, int]] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="\n").readline):
            if token.type == tokenize.COMMENT:
                start = starts[token.start[0] - 1] + token.start[1]
                found.append((start, start + len(token.string.rstrip("\r"))))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError):
        pass  # the reader of the plan says what is wrong with it
    return found


def _slashed(source: Source, spans: list[tuple[int, int]]) -> list[Comment]:
    return [
        comment
        for start, end in spans
        for comment in _all(source, "/*" if source.text.startswith("/*", start) else "//", [(start, end)])
    ]


def _all(source: Source, mark: Mark, spans: list[tuple[int, int]]) -> list[Comment]:
    found = []
    for start, end in spans:
        inner = min(start + len(mark), end)
        closing = _CLOSING.get(mark)
        closed = closing is not None and source.text.endswith(closing, inner, end)
        found.append(Comment(source.origin(start, end), mark, inner, end - len(closing) if closing and closed else end))
    return found

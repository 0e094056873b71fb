"""Which reader reads what: by file name, or by looking at the text where there is no name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from planlint.readers.document import Document, Syntax
from planlint.source import Source
from planlint.source.regex import regex

SYNTAX_OF_SUFFIX: dict[str, Syntax] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonc": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "markdown",
    ".mdc": "markdown",
    ".mdx": "markdown",
    ".markdown": "markdown",
    ".toml": "toml",
    ".py": "python",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
}
"""File name endings, lower case, and how they are read."""

_YAML_ENTRY = regex(r"""(?:- )?(?:[\w./-]+|"[^"\n]*"|'[^'\n]*')[ \t]*:(?:[ \t]|\Z)""")
_JSON_ARRAY = regex(r'\[\s*(?:["{\[]|\]\s*\Z)')
_PYTHON = regex(
    r"from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+|,\s*[\w.]+)*\s*\Z|@\w[\w.]*(?:\(|\s*\Z)|"
    r"(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[(:]|[rR]?(?:\"\"\"|\'\'\')"
)
_PYTHON_IMPORT = regex(r"^(?:from\s+[\w.]+\s+import\b|import\s+\w)", re.MULTILINE)
_JAVASCRIPT = regex(
    r"export\s+(?:const|default|async|function)\b|import\s.{1,200}\sfrom\s+[\"\']|"
    r"(?:const|let|var)\s+[\w${\[][^=\n]{0,200}=|(?:async\s+)?function\s+\w+\s*\("
)
"""How the first line of a program begins that is no comment."""
_SEARCHED = 4096
"""Characters looked at for a guess; the first lines tell."""


def read(source: Source, syntax: Syntax | None = None) -> Document:
    """`source`, read as `syntax`, else as its name says, else as its text looks."""
    chosen = syntax or syntax_of(source.path) or guess_syntax(source.text)
    if chosen == "yaml":
        from planlint.readers.yaml import read_yaml

        return read_yaml(source)
    if chosen == "json":
        from planlint.readers.json import read_json, read_jsonc

        return read_jsonc(source) if source.path.lower().endswith(".jsonc") else read_json(source)
    if chosen == "jsonl":
        from planlint.readers.json import read_jsonl

        return read_jsonl(source)
    if chosen == "toml":
        from planlint.readers.toml import read_toml

        return read_toml(source)
    if chosen == "markdown":
        from planlint.readers.markdown.reader import read_markdown

        return read_markdown(source)
    return Document(source, chosen)


def syntax_of(path: str) -> Syntax | None:
    """The syntax that the ending of a file name stands for."""
    return SYNTAX_OF_SUFFIX.get(PurePosixPath(path).suffix.lower())


def guess_syntax(text: str) -> Syntax:
    """The syntax of a text without a telling name: data, a program or Markdown, by its first lines.

    Front matter looks like YAML until its second `---`, so a text whose second document is not YAML is Markdown.
    """
    head = text[:_SEARCHED]
    begin = head.lstrip()
    if begin.startswith("{"):
        first, _, second = begin.partition("\n")
        return "jsonl" if first.rstrip().endswith("}") and second.lstrip(" \t\r").startswith("{") else "json"
    if begin.startswith("["):
        # `[text](target)`, `[ ]` and `[1]: url` begin Markdown; the array of a plan holds objects, arrays or strings.
        return "json" if _JSON_ARRAY.match(begin) else "markdown"
    program = _program(head)
    if program is not None:
        return program
    lines = [line for line in head.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if lines and lines[0].startswith("%YAML"):
        return "yaml"
    if lines and lines[0].rstrip() == "---":
        after = _after_front_matter(lines)
        return "markdown" if after is not None and not (after and _YAML_ENTRY.match(after[0])) else "yaml"
    return "yaml" if lines and _YAML_ENTRY.match(lines[0]) and _mostly_entries(lines) else "markdown"


def _program(head: str) -> Syntax | None:
    """The language of a program; its first line that is no comment tells, which in Markdown would be a sentence."""
    lines = (line for line in head.splitlines() if line.strip() and not line.startswith(("#", "//", "/*", " *")))
    first = next(lines, "")
    if _PYTHON.match(first) and _PYTHON_IMPORT.search(head):
        return "python"
    return "javascript" if _JAVASCRIPT.match(first) else None


def _after_front_matter(lines: list[str]) -> list[str] | None:
    """The lines below the second `---`, or None when there is none."""
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return lines[index + 1 :]
    return None


def _mostly_entries(lines: list[str]) -> bool:
    """Whether the unindented lines look like YAML; `Note: see below` alone does not make a plan."""
    outer = [line for line in lines if line[0] not in " \t-"]
    return all(_YAML_ENTRY.match(line) or line.rstrip() in ("---", "...") for line in outer[:20])

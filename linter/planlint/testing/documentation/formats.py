"""What each dialect reads and can say, and the pattern that tells pre-commit which files to hand over."""

from __future__ import annotations

import re

from planlint.dialects.base import Dialect
from planlint.dialects.registry import dialect_names, get_dialect
from planlint.engine.checking import MISSING
from planlint.model import Capability
from planlint.testing.documentation.markdown import NOTICE, code, table

_ANY_DIRECTORY = "**/"
_TOO_WIDE = re.compile(r"(?:\*\*/)?\*\.\w+")
"""Every file of a language: handed over, such a pattern would start planlint on every commit."""


def dialects() -> list[Dialect]:
    """All dialects, in the order in which they are tried."""
    return [get_dialect(name) for name in dialect_names()]


def format_index(documented: set[str]) -> str:
    """The page that lists all formats; those in `documented` (by dialect name) are linked."""
    found = dialects()
    rows = [
        (
            f"[{dialect.title}]({dialect.name}.md)" if dialect.name in documented else dialect.title,
            f"`{dialect.name}`",
            ", ".join(dialect.syntaxes),
            code(dialect.files, "<br>"),
        )
        for dialect in found
    ]
    return "\n".join(
        [
            NOTICE,
            "# Formats\n",
            "A file is recognised by its content; the usual names below only make it surer. `planlint show --why FILE` "
            "tells what every format said about a file, and `--dialect NAME` decides.\n",
            table(("format", "`--dialect`", "syntax", "usual files"), rows),
            "## What a format can say\n",
            "A rule that needs something which the format has no words for is skipped with that reason "
            "(`--show-skipped`): it neither fires nor passes.\n",
            _capabilities(found),
            "## Versions\n",
            table(("`--dialect`", "written against"), ((f"`{one.name}`", one.version) for one in found)),
        ]
    )


def _capabilities(found: list[Dialect]) -> str:
    rows = []
    for capability in Capability:
        able = [dialect.name for dialect in found if capability in dialect.capabilities]
        if len(able) == len(found):
            who = "every format"
        elif len(able) > len(found) / 2:
            who = f"all but {code(one.name for one in found if one.name not in able)}"
        else:
            who = code(able)
        rows.append((MISSING[capability.value], f"`{capability.value}`", who))
    return table(("what", "capability", "which formats"), rows)


def format_overview() -> str:
    """A short table of formats and their usual files: for the README."""
    rows = [(dialect.title, code(dialect.files[:2]) + (", ..." if dialect.files[2:] else "")) for dialect in dialects()]
    return table(("format", "usual files"), rows)


def files_pattern() -> str:
    """A regular expression for pre-commit (`files:`, searched in paths from the root) that fits every usual file."""
    patterns = {
        pattern
        for dialect in dialects()
        if not dialect.explicit_only
        for pattern in dialect.files
        if not _TOO_WIDE.fullmatch(pattern)
    }
    anywhere = sorted(_regex(one.removeprefix(_ANY_DIRECTORY)) for one in patterns if one.startswith(_ANY_DIRECTORY))
    at_root = sorted(_regex(one) for one in patterns if not one.startswith(_ANY_DIRECTORY))
    lines = [f"    {one}" for one in at_root]
    lines.append("    (.*/)?(\n        " + "|\n        ".join(anywhere) + "\n    )")
    return "(?x)^(\n" + "|\n".join(lines) + "\n)$\n"


def _regex(pattern: str) -> str:
    """A path pattern of the kinds that dialects use (`**`, `*`, `?`, `[0-9]`) as a verbose regular expression."""
    found = ""
    for part in re.findall(r"\*\*/|\*\*|\*|\?|\[[^]]*\]|[^*?\[]+", pattern):
        wild = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part)
        found += wild if wild is not None else part if part.startswith("[") else re.escape(part).replace("\\-", "-")
    return found

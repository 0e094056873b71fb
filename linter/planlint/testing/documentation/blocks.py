"""Generated parts of hand-written pages, between markers.

`<!-- generated: WHAT -->` opens a block, `<!-- /generated -->` closes it. WHAT is one of the names that the caller
offers, `file PATH` (the file in a fence), or `output of planlint ...`: then the command is run in the root, and the
block shows it with what it printed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from planlint.testing.documentation.markdown import fenced

_BLOCK = re.compile(r"(?P<open><!-- generated: (?P<what>[^\n]+?) -->\n).*?(?P<close><!-- /generated -->)", re.DOTALL)
_OUTPUT = "output of "
_FILE = "file "

_LANGUAGES = {".yaml": "yaml", ".yml": "yaml", ".py": "python", ".toml": "toml"}

COLUMNS = "88"
"""The width that output in the documentation is drawn with."""


def filled(text: str, offered: Mapping[str, Callable[[], str]], root: Path) -> str:
    """`text` with every block written anew; raises `ValueError` for a block that nobody can fill."""

    def fill(block: re.Match[str]) -> str:
        what = block["what"]
        if what.startswith(_OUTPUT):
            content = capture(what.removeprefix(_OUTPUT), root)
        elif what.startswith(_FILE):
            file = root / what.removeprefix(_FILE)
            content = fenced(file.read_text(encoding="utf-8"), _LANGUAGES.get(file.suffix, "text"))
        elif what in offered:
            content = offered[what]()
        else:
            raise ValueError(
                f"nothing generates {what!r}; there are {', '.join(offered)}, 'file PATH', 'output of planlint ...'"
            )
        return f"{block['open']}{content}{block['close']}"

    return _BLOCK.sub(fill, text)


def capture(command: str, root: Path) -> str:
    """A fenced block with `command` (which must be planlint's) and what it prints, standard error included.

    Raises `ValueError` for another command, and for one that ends with status 2.
    """
    words = shlex.split(command)
    if words[:1] != ["planlint"]:
        raise ValueError(f"{command!r} is no planlint command")
    environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "CLICOLOR_FORCE")}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        env={**environment, "COLUMNS": COLUMNS, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ValueError(f"{command} ended with status {done.returncode}:\n{done.stdout}")
    return fenced(f"$ {command}\n{done.stdout}")

"""The same plans give the same bytes, whatever machine, locale, hash seed, directory or order of arguments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "fixtures" / "rules"
NAMES = ("PL101-shared-write", "PL201-missing-contract", "PL304-undeclared-dependency", "PL104-shared-hub")


def run(format_name: str, here: Path, names: tuple[str, ...], **environment: str) -> bytes:
    paths = [os.path.relpath(RULES / name, here) for name in names]
    command = [sys.executable, "-m", "planlint", "check", "--root", str(RULES), "--tier", "audit"]
    return subprocess.run(
        [*command, "--format", format_name, "--exit-zero", "--statistics", *paths],
        cwd=here,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        timeout=120,
    ).stdout


@pytest.mark.parametrize("format_name", ["text", "json", "sarif", "markdown"])
def test_output_depends_on_nothing_but_the_plans(format_name: str, tmp_path: Path) -> None:
    plain = run(format_name, RULES, NAMES, PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    assert b"PL101" in plain
    other = {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Auckland", "TERM": "xterm-256color"}
    assert run(format_name, tmp_path, NAMES[::-1], HOME=str(tmp_path), **other) == plain

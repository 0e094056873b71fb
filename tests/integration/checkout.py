"""A copy of the checkout as it stands, to try things in."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".planlint-venv", "site", "dist", "build", "__pycache__", ".*_cache", ".hypothesis"
)


def copy_to(place: Path) -> Path:
    """The working tree, committed or not, without caches and environments."""
    return Path(shutil.copytree(ROOT, place, ignore=_LEFT_OUT, symlinks=True))

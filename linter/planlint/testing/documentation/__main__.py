"""`python -m planlint.testing.documentation [--check] [ROOT]`: write the generated documentation of a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

from planlint.testing.documentation.generate import stale, write
from planlint.testing.documentation.markdown import COMMAND


def main(arguments: list[str]) -> int:
    """Write what is stale, or with `--check` only say so; 1 when something is stale, 2 where no checkout is."""
    check = "--check" in arguments
    places = [word for word in arguments if word != "--check"]
    root = Path(places[0] if places else ".").resolve()
    if not (root / "docs").is_dir():
        print(f"{root} has no docs/; run this in a checkout of planlint", file=sys.stderr)
        return 2
    if not check:
        for name in write(root):
            print(f"wrote {name}")
        return 0
    found = stale(root)
    for name in found:
        print(f"stale: {name}")
    if found:
        print(f"run {COMMAND}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

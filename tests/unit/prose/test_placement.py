"""Names that a text puts into a directory."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import find_placed_paths

from .written import written

PLACED = [
    ("Create README.md in src/core/", ["src/core/README.md"]),
    ("Create hooks/ and lib/ below src/web/", ["src/web/hooks/", "src/web/lib/"]),
    ("Create the tests/ project with a fixtures/ folder", ["tests/", "tests/fixtures/"]),
    ("Create src/ layout (pages/, main.ts)", ["src/", "src/pages/", "src/main.ts"]),
    ("Create src/web/ (pages/, hooks/)", ["src/web/", "src/web/pages/", "src/web/hooks/"]),
    ("Write the client in src/api/ (routes.yaml tells how)", ["src/api/", "routes.yaml"]),
    ("Create the skeleton per plan.md in src/", ["plan.md", "src/"]),
    ("Fetch the icons (`a.svg`, `b.svg`) from the design into `web/`", ["web/a.svg", "web/b.svg"]),
    ("Add a.ts and b.ts to src/lib/", ["src/lib/a.ts", "src/lib/b.ts"]),
    ("Create cart.py skeleton in src/shop/ for the page", ["src/shop/cart.py"]),
    ("Link a.ts to src/lib/", ["a.ts", "src/lib/"]),
    ("Move notes.md into docs/", ["notes.md", "docs/"]),
    ("Create lib/ directory with reader modules (csv.ts, xml.ts)", ["lib/", "lib/csv.ts", "lib/xml.ts"]),
    ("Create the files in src/:\n- send.ts (smtp)\n- `queue.ts`: waits", ["src/send.ts", "src/queue.ts"]),
    ("The files of src/a:\n1. send.ts\n   - like log.ts\n2. wait.ts", ["src/a/send.ts", "log.ts", "src/a/wait.ts"]),
    ("Look into src/mail/:\n- how src/log.ts does it\n\nsend.ts", ["src/mail/", "src/log.ts", "send.ts"]),
]


@pytest.mark.parametrize(("line", "paths"), PLACED)
def test_a_name_has_the_directory_that_the_text_puts_it_into(line: str, paths: list[str]):
    assert [mention.path for mention in find_placed_paths(written(line))] == paths

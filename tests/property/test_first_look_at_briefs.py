"""The cheap look at a brief passes over none that says which part of a file is meant, or forbids a file."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from planlint.dialects.native.briefs import look_at, with_briefs, with_parts
from planlint.model import Mode, Scope, Task
from planlint.readers.tree import Scalar
from planlint.source import Source

ORIGIN = Source("plan.yaml", "x").origin(0, 1)
PATHS = st.sampled_from(["src/a.py", "a.py", "Makefile", "src/Makefile", ".github/OWNERS", "lib/a.py", "src/x/", "b.c"])
WORDS = st.sampled_from(
    [
        "src/a.py", "`src/a.py`", "a.py", "Makefile", "lib/a.py", "OWNERS", "in", "of", "the", "The", "from",
        "function", "class", "lines", "10-40", "3", "only", "Only", "place", "login", "login()", "method", "`", "(",
        "-", "e.g.", '"Install"', "section", "see", "\n", "\n", "\n\n", "src/a.py,", "b.c", "section\nof\nsrc/a.py",
    ]
)  # fmt: skip
BRIEFS = st.lists(WORDS, max_size=14).map(lambda words: " ".join(words).replace(" \n ", "\n"))


@given(BRIEFS, st.lists(PATHS, min_size=1, max_size=3), st.lists(PATHS, max_size=2))
@example("Change the login function in src/a.py.", ["src/a.py"], [])
@example("Change the login function in\n\nsrc/a.py.", ["src/a.py"], [])
@example("See lib/a.py.\nlines 3 of Makefile", ["src/Makefile"], ["lib/a.py"])
def test_a_brief_passed_over_names_no_part(brief: str, writes: list[str], reads: list[str]) -> None:
    """Where the look says that no part is named, reading the brief in full finds none."""
    task = Task(
        id="t",
        index=0,
        origin=ORIGIN,
        brief=brief,
        writes=tuple(Scope(path, Mode.WRITE, ORIGIN) for path in writes),
        reads=tuple(Scope(path, Mode.READ, ORIGIN) for path in reads),
    )
    _, parts = look_at(brief, task)
    if not parts:
        assert with_parts(task) == task


BANS = st.lists(
    st.sampled_from(
        [
            "src/a.py", "`src/a.py`", "Makefile", "lib/a.py.", "Do not", "Don't", "never", "must not", "touch", "edit",
            "Change", "the file", "the files", "in", "see", ".", "only", "src/a.py, which", "and",
        ]
    ),
    max_size=10,
).map(" ".join)  # fmt: skip


@given(BANS, st.lists(PATHS, min_size=1, max_size=3))
@example("Do not touch src/a.py.", ["src/a.py"])
@example("Do not touch the file Makefile.", ["Makefile"])
@example("Do not touch the build files of the package, nor the Makefile.", ["src/a.py"])
def test_a_brief_passed_over_forbids_no_listed_file(brief: str, writes: list[str]) -> None:
    """Where the look finds nothing beyond the lists, reading the brief as prose adds nothing to keep away from."""
    scopes = tuple(Scope(path, Mode.WRITE, ORIGIN) for path in writes)
    task = Task(id="t", index=0, origin=ORIGIN, brief=brief, writes=scopes)
    names_more, _ = look_at(brief, task)
    if not names_more:
        scalar = Scalar(Source("plan.yaml", brief), 0, len(brief), brief, brief, "plain")
        assert with_briefs((task,), {0: scalar})[0].off_limits == ()

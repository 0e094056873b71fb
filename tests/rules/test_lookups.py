"""Tables and first looks of rules, against the plain loops that they stand for."""

from hypothesis import given
from hypothesis import strategies as st

from planlint.facts.signatures import signatures_in
from planlint.model import Agent, Task
from planlint.source import Source
from planlint_rules.brief.sibling_talk import _SORTS, _WORD, _Siblings
from planlint_rules.contracts._stated import _MARKS, _MAY_STATE, _key

HERE = Source("plan.md", "the plan").origin(0, 3)
WORDS = st.sampled_from(["backend", "page", "api", "agent", "the", "x1", ""])
TASKS = st.lists(
    st.builds(
        lambda task_id, title, kind: Task(
            id=task_id, index=0, origin=HERE, title=title, agent=Agent(type=kind or None)
        ),
        WORDS,
        st.lists(WORDS, max_size=2).map(" ".join),
        WORDS,
    ),
    min_size=1,
    max_size=5,
).map(lambda tasks: [task.replace(index=number) for number, task in enumerate(tasks)])


@given(TASKS, st.lists(WORDS, max_size=3).map(" ".join), WORDS)
def test_a_sibling_is_found_as_by_asking_every_other_task(tasks: list[Task], who: str, task_id: str) -> None:
    """By its id, and by all words of a phrase that do not say what it is."""
    siblings = _Siblings(tasks)
    meant = set(_WORD.findall(who)) - _SORTS
    for task in tasks:
        others = [other for other in tasks if other is not task]
        words = [set(_WORD.findall(f"{other.id} {other.title} {other.agent.type or ''}")) for other in others]
        assert siblings.means(who, task) == (bool(meant) and any(meant <= known for known in words))
        assert siblings.bears(task_id, task) == (task_id in [other.id for other in others])


PIECES = [  # of what a brief may state
    "GET",
    "POST",
    "/users/:id",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "->",
    "=>",
    "returns",
    "Returns",
    "UserProfile",
    "loadProfile",
    "loadProfile(",
    "(id:",
    "string)",
    "name:",
    "string,",
    "table",
    "Table",
    "Users",
    "(id",
    "int)",
    "`loadUser(id)`",
    "`",
    ";",
    "the",
    "it",
    "...",
]


@given(st.lists(st.sampled_from([*PIECES, "\n", " "]), max_size=9))
def test_a_brief_that_is_passed_by_states_nothing_that_is_compared(pieces: list[str]) -> None:
    """PL203 parses only briefs that have a mark of a shape, an endpoint or a result."""
    brief = " ".join(pieces)
    for text in (brief, brief.replace(" ", "")):
        stated = [
            signature
            for signature in signatures_in(text)
            if _key(signature, text) is not None and (signature.parameters or signature.answer)
        ]
        if stated:
            lower = text.lower()
            assert "table" in lower or (_MAY_STATE.search(text) and any(mark in lower for mark in _MARKS))

"""What a text asks for and what it rules out."""

import re

import pytest

from planlint.facts.denial import affirmed, denied


@pytest.mark.parametrize(
    ("text", "ruled_out"),
    [
        ("do not ADD", True),
        ("Don’t ever ADD", True),
        ("build it without a new ADD", True),
        ("no shared ADD", True),
        ("use what is there instead of an ADD", True),
        ("ADD", False),
        ("This is not done yet. ADD", False),
        ("do not wait, ADD", False),
        ("if it does not exist: ADD", False),
        ("not needed by the first of the two teams but ADD", False),
    ],
)
def test_a_denial_reaches_to_the_end_of_its_clause_and_a_few_words_far(text: str, ruled_out: bool) -> None:
    assert denied(text, text.index("ADD")) is ruled_out


def test_the_reach_in_words_can_be_narrowed() -> None:
    text = "never in this task ADD"
    assert denied(text, text.index("ADD"))
    assert not denied(text, text.index("ADD"), words=2)


def test_a_sentence_that_denies_anywhere_before_the_match_affirms_nothing() -> None:
    text = "Run it. You cannot, whatever the user says, run it; run it\nUnless told, run it"
    assert [match.start() for match in affirmed(re.compile("run it", re.IGNORECASE), text)] == [
        0,
        text.index("; run it") + 2,
    ]

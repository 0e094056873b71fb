"""`TextIndex`: it tells where a fragment stands as a look into every text would."""

from hypothesis import given
from hypothesis import strategies as st

from planlint.facts.text_index import TextIndex

LETTERS = "abA1 9\n`é前İ\u2028"
TEXTS = st.lists(st.text(LETTERS, max_size=12), max_size=6)
FRAGMENT = st.text("ab1 9`é前", min_size=1, max_size=4)


@given(TEXTS, TEXTS, FRAGMENT)
def test_the_holders_of_a_fragment_are_those_that_a_look_into_each_text_finds(
    texts: list[str], others: list[str], fragment: str
) -> None:
    """Letter case does not count, and texts of no task are only mentioned."""
    index = TextIndex(texts, others)
    holders = {number for number, text in enumerate(texts) if fragment in text.lower()}
    assert index.tasks(fragment) == holders
    assert index.mentions(fragment) == (bool(holders) or any(fragment in text.lower() for text in others))


def test_numbered_words_are_found_by_their_numbers() -> None:
    """The vocabulary leaves digits out; the answer does not."""
    index = TextIndex(["step1 of 2", "step2"])
    assert index.tasks("step2") == {1}
    assert index.tasks("step1 of") == {0}
    assert not index.mentions("step3")


def test_texts_of_any_of_the_fragments_are_selected() -> None:
    """Several fragments are alternatives."""
    assert TextIndex(["ask", "tell", "wait"]).tasks("ask", "wait") == {0, 2}

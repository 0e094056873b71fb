"""The estimate against counts of the real o200k vocabulary, written down once (`rs-bpe` 0.1.0)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.facts.tokens import ERROR, estimate, estimate_at_most

COUNTED = [
    (
        "Each agent owns one directory, and nobody edits a file that another agent was given. Read "
        "the plan before you begin.",
        24,
    ),
    (
        "- [ ] T004 [P] Create the avatar storage service in `src/services/avatar.ts` and its "
        "tests\n"
        "- [ ] T005 [P] Create the profile routes in `src/routes/profile.ts`\n",
        43,
    ),
    (
        "export async function uploadAvatar(userId: string, file: Buffer): Promise<string> {\n"
        "  const key = `avatars/${userId}`;\n"
        "  await bucket.put(key, file);\n"
        "  return publicUrl(key);\n"
        "}\n",
        43,
    ),
    (
        "tasks:\n"
        "  - id: avatar\n"
        "    title: Avatar storage service\n"
        "    creates: [src/services/avatar.ts]\n"
        "    depends_on: [types]\n",
        31,
    ),
    (
        "def load(path: str) -> dict[str, int]:\n"
        "    with open(path) as handle:\n"
        "        return {name: int(size) for name, size in csv.reader(handle)}\n",
        37,
    ),
    (
        "Параллельные агенты не должны менять один и тот же файл, иначе чья-то работа потеряется.",
        24,
    ),
    (
        "并行的代理不应修改同一个文件，否则其中一个的工作会丢失。",
        20,
    ),
]


@pytest.mark.parametrize(("text", "counted"), COUNTED)
def test_an_estimate_is_close_to_the_real_count(text: str, counted: int) -> None:
    assert abs(estimate(text) - counted) <= max(2, 2 * ERROR * counted)  # one sentence: twice the error of a document


def test_an_empty_text_has_no_tokens() -> None:
    assert estimate("") == 0


def test_any_text_has_at_least_one_token() -> None:
    assert estimate(" ") == 1


def test_the_factor_scales_the_estimate() -> None:
    text = "Create the settings page and its tests.\n" * 40
    assert estimate(text, 1.6) == pytest.approx(1.6 * estimate(text), rel=0.01)


def test_other_vocabularies_count_accented_letters_higher() -> None:
    text = "Für größere Änderungen müssen Prüfläufe überwacht werden."
    assert estimate(text) < estimate(text, vocabulary="cl100k") < estimate(text, vocabulary="claude2")


def test_a_lone_surrogate_does_not_raise() -> None:
    assert estimate("a\ud800b") >= 1


@given(st.text(st.sampled_from("aZz1 9.\n\té中かд🙂\ud800") | st.characters()), st.sampled_from([1.0, 1.15, 1.35]))
def test_the_bound_by_length_holds_for_every_text(text: str, factor: float) -> None:
    """What a rule leaves out of its count for its length cannot have had more tokens."""
    assert estimate(text, factor) <= estimate_at_most(len(text), factor)

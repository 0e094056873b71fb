"""`docs/formats/planlint.md` says what the code does."""

import re
from pathlib import Path

import pytest

from planlint.dialects.keys import Vocabulary
from planlint.dialects.native.document import PlanDocument, TaskDocument
from planlint.dialects.plan_words.synonyms import PLAN, TASK
from planlint.testing.fixtures import failures, read_fixture, run_fixture

from .written import loaded

PAGE = (Path(__file__).parents[3] / "docs" / "formats" / "planlint.md").read_text(encoding="utf-8")
EXAMPLES = [found for found in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "tasks:" in found]


def rows(heading: str) -> dict[str, set[str]]:
    table = PAGE.split(f"| {heading} | also |\n", 1)[1].split("\n\n", 1)[0]
    found = {}
    for line in table.splitlines()[1:]:
        word, also = line.strip("| ").split("|")
        found[word.strip("` ")] = set(re.findall(r"`([^`]+)`", also))
    return found


@pytest.mark.parametrize(("heading", "vocabulary"), [("in a task", TASK), ("in the plan", PLAN)])
def test_the_tables_of_other_words_are_those_of_the_code(heading: str, vocabulary: Vocabulary) -> None:
    assert rows(heading) == {name: set(words) for name, words in vocabulary.synonyms.items()}


@pytest.mark.parametrize("field", sorted({*TaskDocument.model_fields, *PlanDocument.model_fields}))
def test_every_key_is_explained(field: str) -> None:
    assert f"`{field}`" in PAGE or f"{field}:" in PAGE


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_plan_without_a_fault(example: str) -> None:
    plan, problems = loaded(example)
    assert plan is not None
    assert plan.tasks
    assert problems == []


def test_the_whole_plan_is_clean(tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(next(example for example in EXAMPLES if "profile-editing" in example), encoding="utf-8")
    fixture = read_fixture(file)
    assert failures(fixture, run_fixture(fixture)) == []

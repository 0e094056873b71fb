"""What is wrong with a plan's shape is said in plain words, where it stands."""

import pytest

from .written import Said, loaded


def only(text: str) -> Said:
    _, (said,) = loaded(text)
    return said


def help_for(text: str) -> str | None:
    from .written import raw

    _, (problem,) = raw(text)
    return problem.help


def test_an_unknown_key_is_marked_itself() -> None:
    assert only("tasks:\n  - id: a\n    colour: red\n") == Said(
        "PL003", 3, "colour", "unknown key `colour` in task `a`"
    )


@pytest.mark.parametrize(
    ("key", "help"),
    [
        ("creats", "did you mean `creates`?"),
        ("depend_on", "did you mean `depends_on`?"),
        ("blokedBy", "did you mean `depends_on`?"),
        ("subtasks", "tasks do not nest: list them all, and order them with `depends_on` or `phase`"),
        ("model", "it belongs to the agent: `agent: {type: general-purpose, model: sonnet}`"),
    ],
)
def test_an_unknown_key_comes_with_what_was_probably_meant(key: str, help: str) -> None:
    assert help_for(f"tasks:\n  - id: a\n    {key}: x\n") == help


def test_an_unknown_key_without_a_likeness_hears_where_own_keys_go() -> None:
    assert "x-" in (help_for("tasks:\n  - id: a\n    zzzzzz: x\n") or "")


def test_a_wrong_value_is_marked_and_described() -> None:
    text = "tasks:\n  - id: a\n    writes: 5\n"
    assert only(text) == Said("PL003", 3, "5", "`writes` in task `a` must be a list of paths, not the number 5")


def test_a_wrong_value_is_named_as_the_file_names_it() -> None:
    assert only("tasks:\n  - id: a\n    touches: 5\n").message.startswith("`touches` in task `a`")


def test_a_missing_field_is_marked_at_the_first_line_of_its_parent() -> None:
    assert only("tasks:\n  - title: x\n    wave: 1\n") == Said("PL003", 2, "title: x", "`id` is missing in task 1")


def test_a_list_item_that_fits_no_alternative_is_one_problem() -> None:
    text = "tasks:\n  - id: a\n    writes:\n      - [b]\n"
    assert only(text) == Said(
        "PL003", 4, "[b]", "an item of `writes` in task `a` must be text or a mapping, not a list"
    )


def test_a_fault_inside_of_an_alternative_hides_the_other_alternatives() -> None:
    text = "tasks:\n  - id: a\n    writes: [{path: b, colour: red}, {note: c}]\n"
    _, problems = loaded(text)
    assert [problem.message for problem in problems] == [
        "unknown key `colour` in task `a`",
        "`path` is missing in task `a`",
    ]


def test_a_value_of_nothing_is_marked_at_its_key() -> None:
    assert only("tasks:\n  - id:\n    wave: 1\n") == Said("PL003", 2, "id", "`id` in task 1 must be text, not nothing")


def test_a_wrong_word_hears_the_right_ones() -> None:
    assert only("tasks:\n  - {id: a, kind: reveiw}\n").message == (
        "`kind` in task `a` must be `build`, `review`, `research`, `integrate` or `coordinate`, not the text `reveiw`"
    )
    assert help_for("tasks:\n  - {id: a, kind: reveiw}\n") == "did you mean `review`?"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("max_parallel: 0", "`max_parallel` must be at least 1, not the number 0"),
        ("max_parallel: 1.5", "`max_parallel` must be a whole number, not the number 1.5"),
        ("max_parallel: true", "`max_parallel` must be a whole number, not `true`"),
        ("max_parallel: 10000000", "`max_parallel` must be at most 100000, not the number 10000000"),
        ("plan: ''", "`plan` must not be empty"),
        ("owners: [a]", "`owners` must be a mapping of paths to task ids, not a list"),
        ("limits: none", "`limits` must be a mapping, not the text `none`"),
        ("version: 2", "`version` is the version of the plan format, and this planlint knows version 1"),
    ],
)
def test_wrong_values_of_the_plan_are_said_plainly(line: str, message: str) -> None:
    assert only(f"{line}\ntasks: []\n").message == message


def test_every_fault_is_reported_at_once_in_the_order_of_the_file() -> None:
    _, problems = loaded("""
        colour: red
        tasks:
          - {title: x, writes: 5}
          - 7
          - {id: b, verify: true, estimate: soon}
        max_parallel: many
        """)
    assert [problem.line for problem in problems] == [1, 3, 3, 4, 5, 5, 6]


def test_what_is_written_once_and_repeated_by_aliases_is_said_once_and_left_out_of_each_task() -> None:
    plan, problems = loaded("""
        tasks:
          - {id: a, reads: &both [1, docs/a.md], agent: &who {typ: x}}
          - {id: b, reads: *both}
          - {id: c, agent: *who}
          - {id: d, writes: [src/d.py]}
        """)
    assert [problem.message.partition(" in task")[0] for problem in problems] == [
        "an item of `reads`",
        "unknown key `typ`",
    ]
    assert plan is not None
    assert [task.id for task in plan.tasks] == ["d"]


def test_nothing_of_the_validator_shows_through() -> None:
    _, problems = loaded("""
        max_parallel: .inf
        version: {}
        context: {a: b}
        tasks:
          - {id: [], title: {}, agent: [], kind: [], wave: {}, parallel: [], estimate: [], writes: true, provides: {},
             resources: {port: {}}, verify: 5, depends_on: true, done: 3, status: []}
        """)
    text = " ".join(problem.message for problem in problems).lower()
    assert len(problems) == 17
    for raw in ("input should", "valid", "pydantic", "type=", "none", "dict", "str]", "document"):
        assert raw not in text


def test_a_long_or_strange_key_is_shown_shortened_on_one_line() -> None:
    message = only('tasks:\n  - {id: a, "' + "k`\\n" * 200 + '": 1}\n').message
    assert len(message) < 120
    assert "\n" not in message

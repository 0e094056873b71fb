"""`planlint.records`: small classes of named values."""

from collections.abc import Mapping

import pytest

from planlint.records import NOTHING, Record, make_record, record


@record
class Point(Record):
    """A place."""

    x: int
    y: int = 0
    names: Mapping[str, int] = NOTHING

    @property
    def sum(self) -> int:
        """A method beside the fields."""
        return self.x + self.y


def test_fields_are_given_by_place_or_by_name_and_defaults_fill_the_rest() -> None:
    assert (Point(1).y, Point(1, 2).y, Point(x=1, y=3).y) == (0, 2, 3)
    assert Point(1, 2).sum == 3


def test_what_is_missing_or_unknown_is_refused_for_the_first_record_and_for_later_ones() -> None:
    fresh = make_record(type("Fresh", (Record,), {"__annotations__": {"a": "int"}}))
    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required"):
            fresh()
        with pytest.raises(TypeError, match="unexpected keyword argument 'b'"):
            fresh(a=1, b=2)
        assert fresh(3) == fresh(a=3)


def test_fields_of_a_keyword_only_record_have_no_place() -> None:
    made = make_record(type("Named", (Record,), {"__annotations__": {"a": "int"}}), keyword_only=True)
    assert made(a=1) == made(a=1)
    with pytest.raises(TypeError, match="positional"):
        made(1)


def test_a_late_field_is_worked_out_once_when_it_is_first_read() -> None:
    body = {"__annotations__": {"name": "str", "place": "int"}, "place": 0}
    made = make_record(type("Placed", (Record,), body), late=("place",))
    asked: list[int] = []

    def place_of(number: int) -> int:
        asked.append(number)
        return number + 1

    late = made("a", (place_of, 4))
    assert asked == []
    assert (late.place, late.place, asked) == (5, 5, [4])
    assert (made("b").place, made("b", 7).place) == (0, 7)
    assert made("a", (place_of, 4)) == made("a", 5)
    assert made("a", (place_of, 4)).replace(name="c") == made("c", 5)


def test_records_are_equal_by_their_fields_and_only_within_their_class() -> None:
    other = make_record(type("Other", (Record,), {"__annotations__": {"x": "int", "y": "int", "names": "dict"}}))
    assert Point(1, 2) == Point(1, 2)
    assert hash(Point(1, 2)) == hash(Point(1, 2, {}))
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != other(1, 2, {})


def test_a_copy_differs_in_the_changed_fields_alone() -> None:
    changed = Point(1, 2, {"a": 1}).replace(y=5)
    assert (changed.x, changed.y, changed.names) == (1, 5, {"a": 1})


def test_a_record_shows_what_is_said_and_not_what_is_empty() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"


def test_a_record_has_no_place_for_other_attributes() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Point(1), "z", 1)

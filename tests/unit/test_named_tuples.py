"""`planlint.named_tuples`: what `typing.NamedTuple` does, for less."""

import typing

import pytest

from planlint.named_tuples import NamedTuple


class Place(NamedTuple):
    """Where something stands."""

    line: int
    name: str = "x"

    @property
    def shown(self) -> str:
        """A property beside the fields."""
        return f"{self.name}:{self.line}"


class Typed(typing.NamedTuple):
    """The same with `typing`."""

    line: int
    name: str = "x"


def test_it_is_a_tuple_of_its_fields_in_their_order() -> None:
    assert Place(1) == (1, "x") == Typed(1)
    assert isinstance(Place(1), tuple)
    line, name = Place(2, name="y")
    assert (line, name, Place(line=2, name="y")) == (2, "y", (2, "y"))
    assert hash(Place(1)) == hash(Typed(1))
    assert Place(1) < Place(2)


def test_it_has_names_properties_and_a_text_of_its_own() -> None:
    place = Place(3)
    assert (place.line, place.name, place.shown, repr(place)) == (3, "x", "x:3", "Place(line=3, name='x')")
    assert Place.__doc__ == "Where something stands."
    match place:
        case Place(line, name):
            assert (line, name) == (3, "x")


def test_a_copy_may_differ_in_some_fields_and_a_dict_has_them_all() -> None:
    assert Place(1)._replace(name="y") == Typed(1)._replace(name="y")
    assert Place(1)._asdict() == Typed(1)._asdict() == {"line": 1, "name": "x"}
    with pytest.raises(TypeError):
        Place(1)._replace(column=2)  # type: ignore[call-arg]


def test_what_is_missing_or_unknown_is_refused_for_the_first_tuple_and_for_later_ones() -> None:
    class Fresh(NamedTuple):
        a: int

    for _ in range(2):
        with pytest.raises(TypeError, match="missing 1 required"):
            Fresh()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'b'"):
            Fresh(a=1, b=2)  # type: ignore[call-arg]
        assert Fresh(3) == (3,)


def test_its_fields_cannot_be_set_and_there_is_no_place_for_others() -> None:
    place = Place(1)
    for name in ("line", "other"):
        with pytest.raises(AttributeError):
            setattr(place, name, 2)

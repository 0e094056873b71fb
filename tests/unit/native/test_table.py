"""The quick table and the definition of the format say the same."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from planlint.dialects.native import document, parts
from planlint.dialects.plan_words import table
from planlint.dialects.plan_words.forms import Form

PAIRS: list[tuple[type[BaseModel], table.Table]] = [
    (parts.ScopeDocument, table.SCOPE),
    (parts.ContractDocument, table.CONTRACT),
    (parts.ContractRefDocument, table.REF),
    (parts.AgentDocument, table.AGENT),
    (parts.ResourcesDocument, table.RESOURCES),
    (parts.HubDocument, table.HUB),
    (parts.AcknowledgedDocument, table.ACKNOWLEDGED),
    (parts.LimitsDocument, table.LIMITS),
    (document.TaskDocument, table.TASK),
    (document.PlanDocument, table.PLAN),
]


def forms_of(model: type[BaseModel]) -> dict[str, Form]:
    """The form of each field of `model` that has one."""
    found = {}
    for name, field in model.model_fields.items():
        # The marker of `Name | None` stands inside of the union.
        markers = [*field.metadata]
        for member in get_args(field.annotation):
            markers += getattr(member, "__metadata__", ())
        form = next((marker for marker in markers if isinstance(marker, Form)), None)
        if form is not None:
            found[name] = form
    return found


@pytest.mark.parametrize(("model", "fields"), PAIRS, ids=lambda item: getattr(item, "__name__", ""))
def test_both_know_the_same_fields_in_the_same_forms(model: type[BaseModel], fields: table.Table) -> None:
    assert list(fields) == list(model.model_fields)
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    assert {name for name, field in fields.items() if field.required} == required
    forms = {name: form for name, form in forms_of(model).items() if name != "owners"}
    simple = (Form.NAME, Form.NAMES, Form.TEXTS, Form.WORDS, Form.FLAG)
    assert {name: form for name, form in forms.items() if form in simple} == {
        name: field.form for name, field in fields.items() if field.form in simple
    }


@pytest.mark.parametrize(("model", "fields"), PAIRS, ids=lambda item: getattr(item, "__name__", ""))
def test_the_examples_of_every_field_fit_the_table(model: type[BaseModel], fields: table.Table) -> None:
    for name, field in model.model_fields.items():
        for example in field.examples or []:
            value = [example] if field_is_list(fields[name]) and not isinstance(example, list) else example
            value = str(value) if fields[name].form is Form.NAME and isinstance(value, int) else value
            if name == "resources":
                value = {"port": ["3000"]}
            assert fields[name].fits(value), (name, value)


def field_is_list(field: table.Field) -> bool:
    return field.form is not None and field.form.is_list


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 200_001),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(["", " ", "a", "shared", "build", "5m", "1", "1.0", "x" * 5, "\x1c", "\u0085", "30 parsecs"]),
)


def mappings(fields: table.Table, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    names = st.sampled_from([*fields, "unknown"])
    return st.dictionaries(names, values, max_size=4)


inner = st.one_of(
    scalars,
    st.lists(scalars, max_size=3),
    *(mappings(fields, st.one_of(scalars, st.lists(scalars, max_size=2))) for _, fields in PAIRS[:8]),
)
values = st.one_of(inner, st.lists(inner, max_size=3))


@pytest.mark.parametrize(("model", "fields"), PAIRS, ids=lambda item: getattr(item, "__name__", ""))
def test_whatever_fits_the_table_is_valid_by_the_definition(model: type[BaseModel], fields: table.Table) -> None:
    @given(mappings(fields, values), st.booleans())
    def check(data: dict[str, Any], completed: bool) -> None:
        if completed:
            data = {**{name: "a" for name, field in fields.items() if field.required}, **data}
            if "tasks" in data and isinstance(data["tasks"], str):
                data["tasks"] = [{"id": "a"}]
        if table.fits(data, fields):
            try:
                model.model_validate(data)
            except ValidationError as error:
                raise AssertionError(f"{data!r} fits the table: {error}") from error

    check()

"""The JSON Schema says what the loader says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from planlint.dialects.native.build import build
from planlint.dialects.native.dialect import NativeDialect
from planlint.dialects.native.schema import json_schema
from planlint.readers.registry import read
from planlint.source import Source

FIXTURES = Path(__file__).parents[3] / "fixtures" / "native"
GOOD = sorted([*FIXTURES.glob("good/*.*"), *FIXTURES.glob("odd/*.*")])
SHAPE = [
    FIXTURES / "bad" / name
    for name in ("unknown-keys.yaml", "wrong-types.yaml", "missing-fields.yaml", "choices.yaml", "tasks-by-name.yaml",
                 "no-tasks.yaml", "wrong-shape.json")
]  # fmt: skip

VALIDATOR = Draft202012Validator(json_schema())


def values(path: Path) -> list[Any]:
    return [root.plain for root in read(Source(path.name, path.read_text(encoding="utf-8"))).roots]


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        for name, found in schema.get("properties", {}).items():
            yield f"{path}.{name}", found
        for key, found in schema.items():
            yield from properties(found, f"{path}/{key}")


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$id"] == "planlint-plan"


def test_every_property_is_described() -> None:
    found = dict(properties(json_schema()))
    assert len(found) > 100
    assert [name for name, schema in found.items() if not schema.get("description")] == []


def test_every_field_has_an_example_that_is_valid() -> None:
    schema = json_schema()
    for name, found in properties(schema):
        if found.get("deprecated") or name.endswith("$schema"):
            continue
        assert found.get("examples"), name
        for example in found["examples"]:
            Draft202012Validator({"$defs": schema["$defs"], **found}).validate(example)


def test_the_schema_names_the_synonyms() -> None:
    task = json_schema()["$defs"]["TaskDocument"]["properties"]
    assert "blocked_by" in task["depends_on"]["x-synonyms"]
    assert task["blockedBy"]["deprecated"] is True


def test_two_calls_do_not_share_anything_that_a_caller_may_change() -> None:
    json_schema()["properties"].clear()
    assert json_schema()["properties"]


@pytest.mark.parametrize(
    "path", [path for path in GOOD if path.name != "a-gap-hands-on.yaml"], ids=lambda path: path.name
)
def test_what_the_loader_takes_is_valid(path: Path) -> None:
    for value in values(path):
        assert [error.message for error in VALIDATOR.iter_errors(value)] == []


@pytest.mark.parametrize("path", SHAPE, ids=lambda path: path.name)
def test_what_the_loader_refuses_for_its_shape_is_invalid(path: Path) -> None:
    for value in values(path):
        assert not VALIDATOR.is_valid(value)


ONE_FIELD: list[tuple[str, bool]] = [
    ('"id": 5', True),
    ('"id": ""', False),
    ('"id": null', False),
    ('"id": true', False),
    ('"task_id": "x"', True),
    ('"id": "a", "files": "x"', True),
    ('"id": "a", "writes": [1]', False),
    ('"id": "a", "writes": {"path": "x"}', True),
    ('"id": "a", "writes": null', True),
    ('"id": "a", "writes": ["x", {"file": "y"}]', True),
    ('"id": "a", "depends_on": [1, "b"]', True),
    ('"id": "a", "dependsOn": "b"', True),
    ('"id": "a", "depends_on": [true]', False),
    ('"id": "a", "parallel": "yes"', False),
    ('"id": "a", "parallel": null', True),
    ('"id": "a", "wave": 1.5', True),
    ('"id": "a", "wave": []', False),
    ('"id": "a", "agent": {"type": "x", "tools": "Read, Edit"}', True),
    ('"id": "a", "agent": {"kind": "x"}', False),
    ('"id": "a", "estimate": 5', True),
    ('"id": "a", "estimate": []', False),
    ('"id": "a", "resources": {"ports": 3000}', True),
    ('"id": "a", "resources": {"port": true}', False),
    ('"id": "a", "verify": []', True),
    ('"id": "a", "verify": 1', False),
    ('"id": "a", "x-own": {"b": 1}', True),
    ('"id": "a", "own": 1', False),
    ('"id": "a", "title": 404', True),
    ('"id": "a", "brief": 404', False),
    ('"id": "a", "provides": [{"contract": 1}]', True),
    ('"id": "a", "provides": [{"signature": "x"}]', False),
    ('"id": "a", "agent": 5', True),
    ('"id": "a", "consumes": 7', True),
    ('"id": "a", "verify": ""', False),
]


@pytest.mark.parametrize(("fields", "valid"), ONE_FIELD)
def test_schema_and_loader_agree_on_a_task(fields: str, valid: bool) -> None:
    root = read(Source("plan.json", '{"tasks": [{' + fields + "}]}")).root
    assert root is not None
    assert VALIDATOR.is_valid(root.plain) is valid
    assert (build(root, "plan.json", NativeDialect()).problems == []) is valid

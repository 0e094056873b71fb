"""How a field of the plan file may be written: markers on the fields of `document`, read by loader and schema alike."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Form(Enum):
    """What is accepted for a field beside the type that the model has, and how it is brought to that type.

    The loader (`reading`) looks it up once for each field; pydantic ignores it when it validates and asks it for the
    JSON Schema, so that editors accept what the loader does.
    """

    NAME = "name"
    """A text; a number stands for its own spelling (`id: 12`)."""
    NAMES = "names"
    """A list of names, or one name, or several with commas."""
    TEXTS = "texts"
    """A list of texts or one text."""
    PATHS = "paths"
    """A list of paths and mappings with a path, or one of them, or several paths with commas."""
    WORDS = "words"
    """A list of single words, or one text with commas."""
    PARTS = "parts"
    """A list of names and mappings, or one of them."""
    FLAG = "flag"
    """True or false; the old spellings `yes`, `no`, `on`, `off` are understood and reported."""
    CHOICE = "choice"
    """One of a few words, each with synonyms."""

    @property
    def is_list(self) -> bool:
        """Whether a single value may stand for a list of one."""
        return self in _LISTS

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of all that the loader accepts for a field of this form."""
        found = handler(schema)
        if self is Form.NAME:
            return {**_without_type(found), "type": ["string", "number"]}
        if self.is_list:
            items = found.get("items", {})
            if self is Form.NAMES:
                items = {**_without_type(items), "type": ["string", "number"]}
            return {"anyOf": [{"type": "array", "items": items}, items]}
        return found


_LISTS = frozenset({Form.NAMES, Form.TEXTS, Form.PATHS, Form.WORDS, Form.PARTS})


def _without_type(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "type"}

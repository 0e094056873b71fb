"""All output formats by name, imported one by one when asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from planlint.engine.report import Report
    from planlint.reporters.context import RenderContext

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "rdjson", "markdown")
"""Format names; each is a module of this package with a function `render`."""


class Render(Protocol):
    """What every format module has."""

    def __call__(self, report: Report, context: RenderContext) -> str:
        """`report` in this format, ending in a line end unless empty."""


def available_formats() -> tuple[str, ...]:
    """The formats that this installation has."""
    return tuple(name for name in FORMATS if find_spec(f"planlint.reporters.{name}") is not None)


def renderer(name: str) -> Render:
    """The `render` of format `name`; raises `KeyError` for one that is not available."""
    if name not in available_formats():
        raise KeyError(name)
    render: Render = import_module(f"planlint.reporters.{name}").render
    return render

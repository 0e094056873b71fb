"""Parser events of YAML, one at a time, from libyaml where its extension is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

_NOT_A_BREAK = "\x85\u2028\u2029"
"""Line breaks in YAML 1.1 but ordinary characters in YAML 1.2 and in every editor."""

_EXTENSIONS = ("_ruamel_yaml", "_ruamel_yaml_clibz")
"""Modules of `ruamel.yaml.clib` and `ruamel.yaml.clibz`."""


def c_parser() -> Any | None:
    """The `CParser` class of ruamel's C extension, or None where no extension is installed."""
    for name in _EXTENSIONS:
        try:
            return import_module(name).CParser
        except (ImportError, AttributeError):
            continue
    return None


def open_events(text: str, *, pure: bool = False) -> Callable[[], Any]:
    """A function that gives the next event of `text` at each call, up to the `StreamEndEvent`.

    Events are ruamel's (`ruamel.yaml.events`); `start_mark.index` and `end_mark.index` count code points of `text`,
    which must not begin with a byte-order mark. The function raises ruamel's `YAMLError`s, and `UnicodeEncodeError`
    for a lone surrogate.
    """
    parsed, restore = _shielded(text)
    parser = None if pure else c_parser()
    if parser is not None:
        following: Callable[[], Any] = parser(parsed).get_event
    else:
        from ruamel.yaml import YAML

        following = iter(YAML(typ="safe", pure=True).parse(parsed)).__next__
    if restore is None:
        return following
    table = restore

    def restoring() -> Any:
        event = following()
        if getattr(event, "value", None) is not None:
            event.value = event.value.translate(table)
        return event

    return restoring


def _shielded(text: str) -> tuple[str, dict[int, int] | None]:
    """`text` with its Unicode separators replaced by private-use characters it does not hold, and the way back.

    Both parsers, in different ways, take some of those separators for line breaks; lengths stay the same.
    """
    present = [character for character in _NOT_A_BREAK if character in text]
    if not present:
        return text, None
    spare = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    forth: dict[int, int] = {}
    for character, code in zip(present, spare, strict=False):
        forth[ord(character)] = code
    return text.translate(forth), {code: original for original, code in forth.items()}

"""Facts: what rules ask about a plan. Computed once, on demand; only `repository` touches the file system.

The names are imported when first used: `planlint.facts.settings` alone must not bring the model (and pydantic) along.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlint.facts.facts import Facts
    from planlint.facts.settings import Settings
else:

    def __getattr__(name: str) -> object:
        if name == "Facts":
            from planlint.facts.facts import Facts

            return Facts
        if name == "Settings":
            from planlint.facts.settings import Settings

            return Settings
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Facts", "Settings"]

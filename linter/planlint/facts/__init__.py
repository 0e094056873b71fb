"""Facts: what rules ask about a plan. Computed once, on demand; only `repository` touches the file system."""

from planlint.facts.facts import Facts
from planlint.facts.settings import Settings

__all__ = ["Facts", "Settings"]

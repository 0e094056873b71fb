"""Path patterns: spelling, matching and exact intersection.

The lowest layer: pure functions over strings, no I/O. A *pattern* is what a plan writes where files are meant
(`src/api/`, `src/**/*.ts`, `./README.md`); its meaning is a set of repository paths. `overlap` decides whether two such
sets meet and proves it with a witness. `pattern` says exactly what belongs to a set.
"""

from planlint.paths.braces import PatternError
from planlint.paths.gitignore import IgnoreRules
from planlint.paths.index import PathIndex, ScopeGroup
from planlint.paths.match import covers, matches
from planlint.paths.names import looks_like_file
from planlint.paths.pattern import Kind, Pattern
from planlint.paths.product import overlap
from planlint.paths.spelling import Alias, normalise, same_file

__all__ = [
    "Alias",
    "IgnoreRules",
    "Kind",
    "PathIndex",
    "Pattern",
    "PatternError",
    "ScopeGroup",
    "covers",
    "looks_like_file",
    "matches",
    "normalise",
    "overlap",
    "same_file",
]

"""Meaning in running text: the paths, effects, references and symbols that sentences of a plan name.

Every Markdown dialect stands on this. The one principle: reading is not writing, and what cannot be told stays unknown.
"""

from planlint.dialects.prose.bare_names import BareNames, resolve_bare_names
from planlint.dialects.prose.effects import Effects, ProseContext, effects_of
from planlint.dialects.prose.fan_out import FanOutPhrase, find_fan_outs
from planlint.dialects.prose.filenames import DESIGN_DOCUMENTS
from planlint.dialects.prose.id_runs import IdGrammar
from planlint.dialects.prose.links import link_target
from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.paths import find_paths
from planlint.dialects.prose.placement import find_placed_paths
from planlint.dialects.prose.references import Reference, find_references
from planlint.dialects.prose.symbols import Symbol, find_symbols

__all__ = [
    "DESIGN_DOCUMENTS",
    "BareNames",
    "Effects",
    "FanOutPhrase",
    "IdGrammar",
    "PathContext",
    "PathMention",
    "ProseContext",
    "Reference",
    "Symbol",
    "effects_of",
    "find_fan_outs",
    "find_paths",
    "find_placed_paths",
    "find_references",
    "find_symbols",
    "link_target",
    "resolve_bare_names",
]

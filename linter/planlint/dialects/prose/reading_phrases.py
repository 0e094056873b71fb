"""Phrases behind which a file is read, in several languages, as data."""

from __future__ import annotations

from planlint.dialects.prose.tables import words
from planlint.source.regex import regex

READ_PHRASES = (
    "existing (?:patterns?|conventions?|styles?|examples?|precedents?) (?:in|from|of|at)|"
    "in favou?r of|as opposed to|in place of|on top of|given|the way|"
    "according to|based (?:up)?on|as (?:described|defined|specified|documented|outlined|shown|"
    "listed|stated|in|per)(?: (?:in|by))?|how to|point(?:s|ing) (?:at|to)|"
    "for use (?:in|by)|in the (?:style|manner|spirit|vein) of|along the lines of|after the (?:example|model) of|"
    "in line with|consistent with|similar to|same (?:as|pattern as|way as|structure as)|analogous "
    "to|depend(?:s|ing|ent)? (?:up)?on|"
    "per|see(?: also)?|cf|like|following|follow(?:s)?|mirror(?:s|ing|ed from)?|matching|"
    "match(?:es)?|modeled (?:on|after)|modelled (?:on|after)|"
    "reference(?:s|d)?(?: in)?|refer(?:ring)? to|ref|from|against|derived from|inspired by|copied from|"
    "adapted from|taken from|imported from|exported (?:from|by)|loaded from|provided by|consumed by|used (?:in|by)|"
    "(?:already )?(?:defined|declared|located|found|listed|described|documented|specified|"
    "implemented|introduced|established|present|"
    "existing|available|created|added|registered|set|configured|stored|saved|exported|contained|"
    "recommended|chosen|proposed|agreed|given|outlined|shown|collected|gathered|summari[sz]ed|laid out|set out|"
    "built|written|done|mentioned) (?:in|at|by|under|inside|within)|"
    "(?:already )?(?:covered|tested|exercised|asserted) (?:in|by)|"
    "(?:missing|absent) from|"
    "exist(?:s|ed|e|en|em)? (?:already )?(?:in|at|under|en|em)|"
    "(?:to|and|then) (?:parse|load|ingest|deseriali[sz]e|traverse)|"
    "alongside|next to|relative to|compatible with|compare(?:d)? (?:to|with)|conform(?:s|ing)? to|"
    "it (?:imports|uses|calls|requires|consumes)(?: from)?|"
    "compliant with|adher(?:e|es|ing) to|equivalent to|identical to|parity with|"
    "по|согласно|как в|см|según|siguiendo|basado en|como en|ver|selon|d'après|comme dans|voir|gemäß|laut|wie "
    "in|basierend auf|siehe|"
    "conforme|seguindo|com base em|como em|veja"
)
"""After these, a path is read. `from` is decided by its verb; `like` and `per` until the next place."""

CITING_PHRASES = regex(
    r"(?:already )?(?:covered|tested|exercised|asserted) (?:in|by)|alongside|next to|relative to|compatible with|"
    r"consistent with|in line with|parity with|see(?: also)?|cf|compared? (?:to|with)|used (?:in|by)|consumed by"
)
"""Of those, the ones that only cite: the task does not work from what the file holds."""

CJK_READ_PHRASES = [
    "依照",
    "依據",
    "依据",
    "根據",
    "根据",
    "按照",
    "基於",
    "基于",
    "參考",
    "参考",
    "參照",
    "参照",
    "遵循",
    "對齊",
    "对齐",
    "詳見",
    "详见",
    "(?<![可常意看易罕])見",
    "依",
    "沿用",
    "比照",
    "仿照",
]

PATTERN_NOUNS = words(
    "pattern patterns convention conventions style styles structure approach example examples template section "
    "implementation definition definitions spec specification schema guidelines guide contract "
    "contracts layout table "
    "requirements rules notes decision decisions design mechanism precedent idiom shape format "
    "fixtures helper helpers"
)
"""Nouns after which "in <path>" belongs to a reading phrase: "following the pattern in x"."""

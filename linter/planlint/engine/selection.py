"""Which rules run, and how loud: selectors (codes, names, families, prefixes), tiers, severity overrides."""

from __future__ import annotations

from collections.abc import Iterable

from planlint.config.effective import RuleLayer
from planlint.config.run import ConfigurationError, RunConfig
from planlint.diagnostics.levels import Severity, Tier
from planlint.engine.registry import RuleRegistry
from planlint.records import Record, record
from planlint.rulekit.pack import RuleEntry

FAMILIES: dict[str, str] = {
    "reading": "PL0",
    "ownership": "PL1",
    "contracts": "PL2",
    "order": "PL3",
    "granularity": "PL4",
    "context": "PL5",
    "brief": "PL6",
    "execution": "PL7",
    "permissions": "PL8",
    "hygiene": "PL9",
}
"""Family name to the prefix of its codes."""

_ALWAYS = "PL0"
"""What could not be read is reported whatever rules are selected; only `ignore` silences it."""


@record
class Selection(Record):
    """The outcome: the rules that run, by code; `severities` has the codes with an override, None for `off`."""

    entries: tuple[RuleEntry, ...]
    severities: dict[str, Severity | None]
    ignored: frozenset[str]
    """Codes that may not be reported at all, also when the engine itself finds them."""

    def reports(self, code: str) -> bool:
        """Whether findings with `code` are wanted."""
        return any(entry.code == code for entry in self.entries)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that run, in order."""
        return tuple(entry.code for entry in self.entries)


def family_of(code: str) -> str | None:
    """The family that a code belongs to: `PL101` is `ownership`; None for codes of other packs."""
    return next((name for name, prefix in FAMILIES.items() if code.startswith(prefix) and len(code) == 5), None)


def expand(selector: str, registry: RuleRegistry) -> tuple[int, tuple[RuleEntry, ...]]:
    """How specific `selector` is (2 one rule, 1 a family, 0 all) and the rules it names.

    Raises `ConfigurationError`, with the closest known word, when it names none.
    """
    text = selector.strip()
    if text.upper() == "ALL":
        return 0, tuple(registry.entries)
    entry = registry.entry(text)
    if entry is not None:
        return 2, (entry,)
    prefix = FAMILIES.get(text.lower()) or text.upper().rstrip("X")
    if prefix and any(character.isdigit() for character in prefix):
        found = tuple(entry for entry in registry.entries if entry.code.startswith(prefix))
        if found:
            return 1, found
    elif prefix:
        # A bare pack prefix such as `PL`.
        found = tuple(entry for entry in registry.entries if entry.code.rstrip("0123456789") == prefix)
        if found:
            return 0, found
    if text.lower() in FAMILIES or prefix in FAMILIES.values():
        return 1, ()  # a family of which no installed pack has a rule
    raise ConfigurationError(f"unknown rule {selector!r}{did_you_mean(text, registry)}")


def did_you_mean(text: str, registry: RuleRegistry) -> str:
    """`; did you mean ...?` with the rule code, rule name or family closest to `text`; empty when nothing is close."""
    from difflib import get_close_matches

    words = [word for entry in registry.entries for word in (entry.code, entry.name)] + list(FAMILIES)
    spellings = {word.lower(): word for word in words}
    wanted = text.lower().replace("_", "-")
    close = get_close_matches(wanted, spellings, n=5, cutoff=0.6)
    # Codes all look alike: of those as long as the text, the one that agrees in most places, early ones first.
    alike = sorted(word for word in close if len(word) == len(wanted))
    if close and close[0] in alike:
        agreements = {word: [one == other for one, other in zip(word, wanted, strict=True)] for word in alike}
        close = [max(alike, key=lambda word: (sum(agreements[word]), agreements[word]))]
    if not close:
        inside = [word for word in spellings if len(text) > 3 and text.lower() in word]
        close = sorted(inside, key=len)[:1]
    return f"; did you mean {spellings[close[0]]!r}?" if close else ""


def select(config: RunConfig, registry: RuleRegistry) -> Selection:
    """The rules that `config` alone asks for; see `select_layers`."""
    layer = RuleLayer(config.select or None, config.ignore, config.severities)
    return select_layers((layer,), config.tier or Tier.CORE, registry)


def select_layers(layers: Iterable[RuleLayer], tier: Tier, registry: RuleRegistry) -> Selection:
    """The rules that `layers`, lowest first, ask for. Raises `ConfigurationError` for words that name nothing.

    A rule selected by code or name runs whatever its tier; a family brings its rules of the chosen tier. Where select
    and ignore of one layer both name a rule, the more specific word wins, and ignore wins among equals. A layer that
    selects starts anew: what it selects runs, whatever lower layers ignore; a layer that only ignores takes away.
    """
    wanted = {entry.code: -1 for entry in registry.entries if entry.tier.rank <= tier.rank}
    ignored: set[str] = set()
    severities: dict[str, Severity | None] = {}
    for layer in layers:
        if layer.select is not None:
            wanted = _wanted(layer.select, tier, registry)
            ignored -= {code for code, specific in wanted.items() if specific >= 0}
        for selector in _words(layer.ignore):
            specific, entries = expand(selector, registry)
            ignored |= {entry.code for entry in entries if specific >= wanted.get(entry.code, -1)}
        # A later layer that only ignores meets rules that no word of its own has selected.
        wanted = dict.fromkeys(wanted, -1)
        for selector, level in layer.severities:
            for entry in expand(selector, registry)[1]:
                severities[entry.code] = _level(level)
    off = {code for code, level in severities.items() if level is None}
    hidden = frozenset(ignored | off)
    chosen = tuple(entry for entry in registry.entries if entry.code in wanted and entry.code not in hidden)
    return Selection(chosen, severities, hidden)


def _wanted(select: Iterable[str], tier: Tier, registry: RuleRegistry) -> dict[str, int]:
    """Code to how specific the word is that selects it; -1 for what is reported unasked."""
    wanted: dict[str, int] = {}
    for selector in _words(select):
        specific, entries = expand(selector, registry)
        for entry in entries:
            if specific == 2 or entry.tier.rank <= tier.rank:
                wanted[entry.code] = max(wanted.get(entry.code, -1), specific)
    for entry in registry.entries:
        if entry.code.startswith(_ALWAYS):
            wanted.setdefault(entry.code, -1)
    return wanted


def _words(selectors: Iterable[str]) -> list[str]:
    """Selectors one by one; each option may hold several, separated by commas."""
    return [word.strip() for selector in selectors for word in selector.split(",") if word.strip()]


def _level(level: str) -> Severity | None:
    if level.lower() == "off":
        return None
    try:
        return Severity(level.lower())
    except ValueError:
        raise ConfigurationError(f"unknown severity {level!r}; use error, warning, note or off") from None

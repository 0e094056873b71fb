"""Which file a bare name of a text means, given what stands beside it: `resolve_names`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence

from planlint.dialects.prose.bare_names import BareNames, resolved
from planlint.dialects.prose.filenames import is_root_file
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.placement import LISTED
from planlint.source.regex import regex


def resolve_names(
    text: str,
    mentions: Sequence[PathMention],
    find: Callable[[str], str | None] | None,
    *,
    documents: frozenset[str],
    alone: bool,
) -> list[PathMention]:
    """`mentions` of `text` with each bare name replaced by the path it means.

    `find` says which path of the plan a name means (see `BareNames.find`), by default one of the text's own; with
    `alone` it lets telling names stand for themselves. `documents` are the base names of what plans are made of.
    """
    if find is None:
        find = BareNames.of({None: mentions}).find
    known: list[PathMention] = []
    for position, mention in enumerate(mentions):
        if not mention.bare_name:
            known.append(mention)
            continue
        if _is_one_of_many(text, mention):
            known.append(resolved(mention, None))
            continue
        path = find(mention.path) or (mention.path if mention.path in documents else None)
        itself = mention.path if alone and stands_alone(mention, documents) else None
        neighbours = (*known[-1:], *mentions[position + 1 : position + 2])
        at_root = _AT_ROOT.search(text, max(0, mention.start - 30), mention.start)
        if (at_root and (is_root_file(mention.path) or _is_at_root(mention, path))) or (
            is_root_file(mention.path) and any(_is_namesake(text, mention, other) for other in neighbours)
        ):
            path = mention.path
        elif any(_is_moved(text, mention, other) for other in neighbours[-1:]):
            path = itself
        elif (
            path in (None, itself)
            and known
            and (_is_listed_beside(text, known[-1], mention) or _is_new_name(text, known[-1], mention))
        ):
            beside = f"{posixpath.dirname(known[-1].path)}/{mention.path}"
            known.append(mention.replace(path=beside, bare_name=False))
            continue
        known.append(resolved(mention, path))
    return known


_AT_ROOT = regex(
    r"(?:\b(?:root|top)(?:[- ]level)?[ \t]+|根目[錄录][ \t]*(?:的[ \t]*)?|ルートの?[ \t]*)[`\"']?\Z", re.IGNORECASE
)
""" "the root README.md" """
_ROOTS_OF_THE_APP = frozenset({"layout", "app", "page", "index", "component", "router", "routes", "module", "template"})
""" "The root layout.tsx" is the outermost one, wherever it stands."""


def _is_at_root(mention: PathMention, elsewhere: str | None) -> bool:
    """Whether "the root `worker.py`" tells the file at the root from one that the plan puts elsewhere."""
    return elsewhere not in (None, mention.path) and mention.path.split(".")[0].lower() not in _ROOTS_OF_THE_APP


_EACH = regex(
    r"\b(?:all|every|each)[ \t]+(?:of[ \t]+)?(?:(?:the|existing|other|our)[ \t]+){0,2}[\"'`(]*\Z", re.IGNORECASE
)
_FILES = regex(r"[\"'`)]*[ \t]+files\b", re.IGNORECASE)
_AND = regex(r"(?:,|\band|\bor|&|\+)[ \t]*[\"'`(]*\Z")


def _is_one_of_many(text: str, mention: PathMention) -> bool:
    """ "Update all go.mod files": no one file is meant. "a.json and b.json files" are two, though."""
    before = text[max(0, mention.start - 40) : mention.start]
    several = _FILES.match(text, mention.end) is not None and _AND.search(before) is None
    return several or _EACH.search(before) is not None


def _is_namesake(text: str, mention: PathMention, other: PathMention) -> bool:
    """ "package.json and web/package.json" are two files: the bare one is that of the root."""
    first, second = (mention, other) if mention.start < other.start else (other, mention)
    same = not other.bare_name and other.path.rsplit("/", 1)[-1] == mention.path
    return same and LISTED.fullmatch(text, first.end, second.start) is not None


_GOES_TO = regex(r"[`\"']?[ \t]*(?:to|into|as|→|->|=>|⇒)[ \t]*[`\"']?")


def _is_moved(text: str, mention: PathMention, other: PathMention) -> bool:
    """ "Move `config.py` to `src/core/config.py`": what goes there is not there yet."""
    same = mention.start < other.start and other.path.endswith(f"/{mention.path}")
    return same and _GOES_TO.fullmatch(text, mention.end, other.start) is not None


def _is_listed_beside(text: str, before: PathMention, mention: PathMention) -> bool:
    """ "src/core/a.py and b.py": a name listed right behind a path of its kind stands in the same directory."""
    return (
        "/" in before.path
        and not before.bare_name
        and not (before.is_directory or before.is_glob or before.linked or before.in_command)
        and mention.bare_name
        and "/" not in mention.path
        and _is_kin(posixpath.splitext(posixpath.basename(before.path)), posixpath.splitext(mention.path))
        and LISTED.fullmatch(text, before.end, mention.start) is not None
    )


def _is_kin(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Whether two files belong together: of one kind, the halves of one unit, or a component and its style sheet."""
    same_unit = one[0] == two[0] and "" not in (one[1], two[1])
    return one[1] == two[1] or same_unit or (one[1] in _COMPONENTS and two[1] in _STYLES)


_COMPONENTS = frozenset({".tsx", ".jsx", ".vue", ".svelte", ".html", ".astro"})
_STYLES = frozenset({".css", ".scss", ".sass", ".less"})


def _is_new_name(text: str, before: PathMention, mention: PathMention) -> bool:
    """ "Rename src/core/a.ts to b.ts": the new name stands in the same directory."""
    if "/" not in before.path or before.bare_name or before.is_directory or before.is_glob or "/" in mention.path:
        return False
    renamed = _RENAMES.search(text, max(0, before.start - 24), before.start)
    return renamed is not None and _BECOMES.fullmatch(text, before.end, mention.start) is not None


_RENAMES = regex(r"\b(?:renam|convert|migrat|mov|rewrit)(?:e|ing|t)?[ \t]+(?:the[ \t]+)?[`\"']?\Z", re.IGNORECASE)
_BECOMES = regex(r"[`\"']?[ \t]*(?:to|into|as|→|->)[ \t]*[`\"']?")


def stands_alone(mention: PathMention, documents: frozenset[str]) -> bool:
    """Whether a name without directory is no file of the root, no hidden one and none of `documents`.

    Where such a name stands for itself although nobody knows its directory, that is one conclusion more.
    """
    if not mention.bare_name or "/" in mention.path or mention.path in documents:
        return False
    return not (is_root_file(mention.path) or mention.path.startswith(".") or "." not in mention.path)

"""Ignore files with git's semantics: order, negation, anchors, directory-only rules, `**`.

Reads the dialect of `gitignore(5)`, which differs from plan patterns: `\\` escapes, a rule without a slash applies at
any depth, and a file below an ignored directory can never be taken back in.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from planlint.paths.segment import ANY, Glob, Ranges, Segment, Token, complement, intersect, merge
from planlint.paths.steps import Item, match_items

_POSIX: dict[str, tuple[tuple[int, int], ...]] = {
    "alnum": ((48, 57), (65, 90), (97, 122)),
    "alpha": ((65, 90), (97, 122)),
    "blank": ((9, 9), (32, 32)),
    "cntrl": ((0, 31), (127, 127)),
    "digit": ((48, 57),),
    "graph": ((33, 126),),
    "lower": ((97, 122),),
    "print": ((32, 126),),
    "punct": ((33, 47), (58, 64), (91, 96), (123, 126)),
    "space": ((9, 13), (32, 32)),
    "upper": ((65, 90),),
    "xdigit": ((48, 57), (65, 70), (97, 102)),
}
"""Named classes (`[[:alpha:]]`) as inclusive ASCII ranges, as git's wildmatch has them."""


class _Rule(NamedTuple):
    """One line: the steps to match (`None` is `**`), whether it takes back in, and whether only directories count."""

    items: tuple[Item, ...]
    negated: bool
    directories_only: bool


class IgnoreRules:
    """The rules of one ignore file that stands in the directory `base` (`""` for the top, `/` between names)."""

    def __init__(self, rules: tuple[_Rule, ...], base: tuple[str, ...]) -> None:
        self._rules = rules
        self._base = base
        self._directories: dict[tuple[str, ...], bool | None] = {}

    @classmethod
    def parse(cls, text: str, base: str = "") -> IgnoreRules:
        """The rules in `text`. Lines that git would never match are dropped; nothing is raised."""
        rules = [rule for line in text.removeprefix("\ufeff").split("\n") if (rule := _parse_rule(line))]
        return cls(tuple(rules), tuple(name for name in base.split("/") if name not in ("", ".")))

    def ignored(self, path: str, is_dir: bool) -> bool | None:
        """Whether `path` (from the top, `/` between names) is ignored; `None` when no rule speaks about it.

        `False` means taken back in by a `!` rule. The last rule that matches wins, and an ignored parent directory wins
        over all. Answers for parents are kept, so asking for every file of a tree costs each directory once.
        """
        names = tuple(name for name in path.split("/") if name not in ("", "."))
        depth = len(self._base)
        if names[:depth] != self._base or len(names) == depth:
            return None
        names = names[depth:]
        for end in range(1, len(names)):
            parent = names[:end]
            if parent not in self._directories:
                self._directories[parent] = self._verdict(parent, is_dir=True)
            if self._directories[parent]:
                return True
        return self._verdict(names, is_dir=is_dir)

    def _verdict(self, names: tuple[str, ...], *, is_dir: bool) -> bool | None:
        """What the last matching rule says about this very path."""
        for rule in reversed(self._rules):
            if (is_dir or not rule.directories_only) and match_items(rule.items, names):
                return not rule.negated
        return None


def _parse_rule(line: str) -> _Rule | None:
    """One line of an ignore file; `None` for blank lines, comments and rules that match nothing."""
    line = line.removesuffix("\r")
    if not line or line.startswith("#"):
        return None
    bare = line.rstrip(" ")
    # A space after an odd number of backslashes is escaped and stays.
    if len(bare) < len(line) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        bare += " "
    negated = bare.startswith("!")
    body = bare.removeprefix("!") if negated else bare
    directories_only = body.endswith("/")
    body = body.removesuffix("/")
    if not body:
        return None
    anchored = "/" in body
    names = body.removeprefix("/").split("/")
    items: list[Item] = [] if anchored else [None]
    for index, name in enumerate(names):
        if name == "**" and anchored:
            items.append(None)
            if index < len(names) - 1:
                continue
        segment = _parse_ignore_segment(name)
        if segment is None:
            return None
        items.append(segment)
    return _Rule(tuple(items), negated, directories_only)


@lru_cache(maxsize=4096)
def _parse_ignore_segment(text: str) -> Segment | None:
    """A segment in git's dialect: `\\` escapes and an open `[` matches nothing, for which the answer is `None`."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        character = text[at]
        at += 1
        if character == "\\":
            if at == len(text):
                return None
            tokens.append(text[at])
            at += 1
        elif character == "*":
            if not tokens or tokens[-1] is not None:
                tokens.append(None)
        elif character == "?":
            tokens.append((*complement(()), (92, 92)))
        elif character == "[":
            found = _parse_ignore_class(text, at)
            if found is None:
                return None
            ranges, at = found
            tokens.append(ranges)
        else:
            tokens.append(character)
    literal = [token for token in tokens if isinstance(token, str)]
    return "".join(literal) if len(literal) == len(tokens) else Glob(text, tuple(tokens))


def _parse_ignore_class(text: str, at: int) -> tuple[Ranges, int] | None:
    """The class whose `[` stands just before `at`, and the offset after its `]`; `None` when it is malformed."""
    negated = text[at : at + 1] in ("!", "^")
    at += negated
    ranges: list[tuple[int, int]] = []
    first = True
    while at < len(text):
        character = text[at]
        if character == "]" and not first:
            merged = merge(ranges)
            return (complement(merged) if negated else intersect(merged, ANY)), at + 1
        first = False
        if text.startswith("[:", at) and (end := text.find(":]", at + 2)) >= 0:
            named = _POSIX.get(text[at + 2 : end])
            if named is None:
                return None
            ranges += named
            at = end + 2
            continue
        low, at = _class_character(text, at)
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in ("", "]"):
            high, at = _class_character(text, at + 1)
            ranges.append((low, high))
        else:
            ranges.append((low, low))
    return None


def _class_character(text: str, at: int) -> tuple[int, int]:
    """The code point of one member of a class, with its escape taken off, and the offset after it."""
    at += text[at] == "\\" and at + 1 < len(text)
    return ord(text[at]), at + 1

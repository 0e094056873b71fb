"""`Pattern`: what a plan writes where files are meant, parsed to the set of file paths it denotes.

What belongs to the set:

- `a/b.ts` (a **file**): that path and everything below it, because a path that is the ancestor of another is a
  directory whether or not it ends in `/`. When a last name looks like a file's, the part below counts in an overlap
  only against a pattern that spells the directory out (`a/b.ts/c`): `**/c.ts` does not make a directory of `a/b.ts`.
- `a/`, `a/**`, `a/**/*` (a **directory**): everything below `a`, but not a file called `a`.
- anything with wildcards or alternatives (a **glob**): the paths it matches. `src/*` is the files directly in `src`,
  since `*` does not cross `/`; `packages/*/` is everything below each package. Where the last segment is a literal
  name that does not look like a file's (`packages/*/src`), what is below such a directory counts, as for a literal.
- Each brace alternative counts as the pattern it would be alone.
- `**` as a whole segment is zero or more segments; glued to other characters it is `*`.
- Absolute paths, paths in the home directory, and paths above the root never meet those inside of the repository.
- The empty pattern denotes nothing.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any, Final, Literal, NoReturn, cast

from planlint.paths.braces import PatternError, expand, groups
from planlint.paths.names import looks_like_file
from planlint.paths.segment import Glob, meet_segments, parse_segment
from planlint.paths.spelling import Spelling, fold, is_tidy, spell
from planlint.paths.steps import Item

MAX_LENGTH = 1024
"""Most characters in a pattern; Linux allows 4096 in a path, and plans stay below 200."""

MAX_SEGMENTS = 64
"""Most segments in a pattern: the work of one intersection grows with the product of both counts."""

MAX_STARS = 64
"""Most `*` in a pattern, for the same reason: two patterns of 500 stars each took 17 seconds."""

MAX_EXPANDED_SEGMENTS = 2048
"""Most segments in all alternatives of one pattern together, for the same reason."""

_SURELY_SHORT = 2 * MAX_SEGMENTS
"""A literal path of no more characters has fewer segments than are allowed."""

Kind = Literal["file", "directory", "glob"]
"""How a pattern names its paths: one literal path, all below one literal path, or with wildcards or alternatives."""

_EVERY_NAME = parse_segment("*")


class Tail(Enum):
    """What a route covers at its last segment."""

    EXACT = "the path itself"
    TREE = "the path itself and all below it"
    FILE = "the path itself, and all below it where another pattern spells it as a directory"
    BELOW = "all below it"


class Route:
    """One alternative of a pattern, free of braces.

    `root` is as in `Spelling`; `prefix` holds the leading literal names of the segments; `is_literal` says that those
    are all; `tail` says what the last one covers. `exact` are the steps to intersect with, `full` those to match with:
    they differ for `Tail.FILE` only.
    """

    __slots__ = ("exact", "full", "is_literal", "prefix", "root", "tail")

    root: str
    prefix: tuple[str, ...]
    tail: Tail
    is_literal: bool
    exact: tuple[Item, ...]
    full: tuple[Item, ...]

    def __init__(self, spelling: Spelling, *, case_sensitive: bool = True) -> None:
        self.root, segments, directory = spelling
        file_like = not directory and looks_like_file(segments[-1])
        if not case_sensitive:
            segments = tuple(fold(segment) for segment in segments)
        items: tuple[Item, ...] = tuple([None if segment == "**" else parse_segment(segment) for segment in segments])
        self.is_literal = literal = all(isinstance(item, str) for item in items)
        if literal:
            self.prefix = segments
        else:
            count = next(index for index, item in enumerate(items) if not isinstance(item, str))
            self.prefix = segments[:count]
        self.exact = self.full = items
        if directory:
            self.tail = Tail.BELOW
            self.exact = self.full = (*items, None, _EVERY_NAME)
        elif not isinstance(items[-1], str):
            self.tail = Tail.EXACT
        elif not file_like:
            self.tail = Tail.TREE
            self.exact = self.full = (*items, None)
        elif literal:
            self.tail = Tail.FILE
            self.full = (*items, None)
        else:
            self.tail = Tail.EXACT

    @property
    def places(self) -> list[str]:
        """The root and every level of the literal prefix, outermost first, each spelt so that no two coincide.

        Every path of the route is at or below the last.
        """
        return [str(Spelling(self.root, self.prefix[:depth], False)) for depth in range(len(self.prefix) + 1)]

    @property
    def place(self) -> str:
        """The last of `places`."""
        return str(Spelling(self.root, self.prefix, False))

    def is_possible(self) -> bool:
        """Whether any path can match; `[z-a]` and names such as `[.]` cannot."""
        return all(meet_segments(item, item) is not None for item in self.exact if isinstance(item, Glob))


class _Parsed:
    """What a `Pattern` consists of, open to changes while it is put together."""

    __slots__ = (
        "_routes",
        "_segments",
        "case_sensitive",
        "key",
        "kind",
        "name",
        "names_file",
        "normal",
        "root",
        "text",
    )

    text: str
    normal: str
    key: str
    case_sensitive: bool
    kind: Kind
    root: str
    name: str
    names_file: bool
    _segments: tuple[str, ...] | None
    _routes: tuple[Route, ...] | None


class Pattern(_Parsed):
    """A parsed path pattern: immutable, hashable, equal by text and case option. Made by `Pattern.parse`.

    `text` is as given. `normal` is the canonical spelling (`normalise`), `key` the same without letter case when the
    pattern ignores it: equal keys are equal sets. `root` is empty inside of the repository. `name` is the last segment,
    empty without any. `names_file` says that one file is named, as far as its name tells; `src/api` and `src/*.ts` may
    be many.
    """

    __slots__ = ()

    def __init__(self, text: str, *, case_sensitive: bool = True) -> None:
        if len(text) > MAX_LENGTH:
            raise PatternError(f"the pattern is {len(text)} characters long; at most {MAX_LENGTH} are compared")
        if text.count("*") > MAX_STARS:
            raise PatternError(f"the pattern has more than {MAX_STARS} stars")
        spelling = spell(text)
        if len(spelling.segments) > MAX_SEGMENTS:
            raise PatternError(f"the pattern has more than {MAX_SEGMENTS} segments")
        # Open to changes until all is there.
        object.__setattr__(self, "__class__", _Parsed)
        self.text = text
        self.case_sensitive = case_sensitive
        self.normal = str(spelling)
        self.key = self.normal if case_sensitive else fold(self.normal)
        self.root, self._segments, _ = spelling
        self._routes = _routes(spelling, case_sensitive)
        self.kind = _kind(self.normal, self._routes)
        self.name = spelling.segments[-1] if spelling.segments else ""
        self.names_file = self.kind == "file" and looks_like_file(self.name)
        self.__class__ = Pattern

    @staticmethod
    def parse(text: str, *, case_sensitive: bool = True) -> Pattern:
        """The pattern that `text` spells; the same object for the same text while it is cached.

        Raises `PatternError` beyond `MAX_LENGTH`, `MAX_STARS`, `MAX_SEGMENTS`, `MAX_EXPANDED_SEGMENTS` or 256 brace
        alternatives, never for syntax.
        """
        return _parse(text, case_sensitive)

    @property
    def segments(self) -> tuple[str, ...]:
        """The names between the separators, below the root, in the letter case given."""
        segments = self._segments
        if segments is None:
            segments = tuple(self.normal.split("/"))
            object.__setattr__(self, "_segments", segments)
        return segments

    @property
    def routes(self) -> tuple[Route, ...]:
        """The alternatives, none when nothing can match."""
        routes = self._routes
        if routes is None:
            routes = _routes(Spelling("", self.segments, False), self.case_sensitive)
            object.__setattr__(self, "_routes", routes)
        return routes

    @property
    def is_possible(self) -> bool:
        """Whether any path can match."""
        return self._routes is None or bool(self._routes)

    @property
    def is_literal(self) -> bool:
        """Whether one path is spelt out in full, not as a directory. The path may still turn out to be one."""
        return self.kind == "file"

    @property
    def is_absolute(self) -> bool:
        """Whether the pattern starts at a file system's root, a drive or the home directory."""
        return self.root != "" and not self.root.startswith("..")

    @property
    def escapes(self) -> bool:
        """Whether any alternative climbs above the repository's root with `..`."""
        return self._routes is not None and any(route.root.startswith("..") for route in self._routes)

    @property
    def literal_prefix(self) -> tuple[str, ...]:
        """The leading literal names that all alternatives share, in the letter case that is compared."""
        if self._routes is None and self.case_sensitive:
            return self.segments
        if not self.routes:
            return ()
        shortest = min((route.prefix for route in self.routes), key=len)
        count = 0
        while count < len(shortest) and all(route.prefix[count] == shortest[count] for route in self.routes):
            count += 1
        return shortest[:count]

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError(f"Pattern is immutable: cannot set {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"Pattern is immutable: cannot delete {name!r}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pattern):
            return NotImplemented
        return self is other or (self.text == other.text and self.case_sensitive == other.case_sensitive)

    def __hash__(self) -> int:
        return hash((self.text, self.case_sensitive))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Pattern({self.text!r}{'' if self.case_sensitive else ', case_sensitive=False'})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _parse, (self.text, self.case_sensitive)


def read_pattern(text: str, case_sensitive: bool) -> Pattern:
    """As `Pattern.parse`, but a new object each time: for callers that keep a table of their own.

    Of ten thousand different texts, a shared cache takes longer to fill than they take to read.
    """
    if not is_tidy(text) or (len(text) > _SURELY_SHORT and not _is_in_limits(text)):
        return Pattern(text, case_sensitive=case_sensitive)
    # Nearly all paths of nearly all plans: a literal one, which is taken apart when somebody asks for it.
    pattern = _Parsed()
    pattern.text = pattern.normal = text
    pattern.key = text if case_sensitive else fold(text)
    pattern.case_sensitive = case_sensitive
    pattern.kind = "file"
    pattern.root = ""
    pattern.name = name = text[text.rfind("/") + 1 :]
    pattern.names_file = looks_like_file(name)
    pattern._segments = pattern._routes = None
    pattern.__class__ = Pattern
    return cast("Pattern", pattern)


@lru_cache(maxsize=65536)
def _parse(text: str, case_sensitive: bool) -> Pattern:
    return read_pattern(text, case_sensitive)


def _is_in_limits(tidy: str) -> bool:
    return len(tidy) <= MAX_LENGTH and tidy.count("/") < MAX_SEGMENTS


def _kind(normal: str, routes: tuple[Route, ...]) -> Kind:
    if len(routes) != 1 or not routes[0].is_literal or len(groups(normal)) > 0:
        return "glob"
    return "directory" if routes[0].tail is Tail.BELOW else "file"


_NOTHING: Final[tuple[Route, ...]] = ()


def _routes(spelling: Spelling, case_sensitive: bool) -> tuple[Route, ...]:
    """The alternatives of a pattern, each in canonical spelling, without those that no path can match."""
    if not spelling.segments and not spelling.directory:
        return _NOTHING
    body = "/".join(spelling.segments) + ("/" if spelling.directory else "")
    spellings = [spelling]
    if "{" in body:
        climb = spelling.root if spelling.root.startswith("..") else ""
        spellings = []
        for text in expand(body):
            alternative = spell(text, root="" if climb else spelling.root)
            # `{,a}/` is everything below the top, or below `a`; an empty alternative elsewhere is nothing.
            alternative = alternative._replace(directory=alternative.directory or spelling.directory)
            if alternative.segments or alternative.directory:
                spellings.append(alternative._replace(root=climb + alternative.root))
        spellings = list(dict.fromkeys(spellings))
        if sum(len(one.segments) for one in spellings) > MAX_EXPANDED_SEGMENTS:
            raise PatternError(f"the braces expand to more than {MAX_EXPANDED_SEGMENTS} segments")
    routes = [Route(one, case_sensitive=case_sensitive) for one in spellings]
    return tuple([route for route in routes if route.is_literal or route.is_possible()])

"""One canonical spelling for each path: separators, dots, roots, Unicode form, letter case.

Plans are written by people and models on every system, so `\\` always separates (`src\\api`); it never escapes the
character after it. Paths are compared in Unicode normal form C, since file systems disagree about composed letters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

from planlint.paths.braces import groups

Alias = Literal["spelling", "unicode", "case"]
"""How two spellings of one file differ: written differently, in Unicode form, or in letter case."""

_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_PLAIN = re.compile(r"[A-Za-z0-9_@+\-][A-Za-z0-9_@+.\-/]*+")
"""Of what most paths are made. One loop over a set of single characters is far faster than classes in nested loops."""


class Spelling(NamedTuple):
    """A path taken apart: `root`, the segments below it, and whether the path means a directory's contents.

    `root` is empty for paths inside of the repository, `/`, `C:/` or `~/` for absolute ones, and `../` once for each
    level above the repository's root. `directory` holds for `a/`, `a/.`, `a/**` and `a/**/*`, all of which mean
    everything below `a`; the segments end with `a`.
    """

    root: str
    segments: tuple[str, ...]
    directory: bool

    def __str__(self) -> str:
        if not self.segments:
            return self.root or ("." if self.directory else "")
        guarded = not self.root and (self.segments[0] == "~" or _DRIVE.fullmatch(self.segments[0]))
        root = "./" if guarded else self.root
        return f"{root}{'/'.join(self.segments)}{'/' if self.directory else ''}"


def fold(text: str) -> str:
    """`text` without letter case, one character for one, as case-insensitive file systems compare names.

    `str.casefold` would turn one character into two (`ß` into `ss`), which no file system does.
    """
    if text.isascii():
        return text.lower()
    folded = (character.casefold() for character in text)
    return unicodedata.normalize("NFC", "".join(f if len(f) == 1 else c for f, c in zip(folded, text, strict=True)))


def is_tidy(text: str) -> bool:
    """Whether `text` is a literal path in canonical spelling already, decided cheaply; false negatives are normal."""
    # ASCII names, none of them empty or beginning with a dot.
    return _PLAIN.fullmatch(text) is not None and "/." not in text and "//" not in text and text[-1] != "/"


def take_root(text: str) -> tuple[str, str]:
    """Cut an absolute root (`/`, `C:/`, `~/`) off a text with forward slashes: the root, and the rest."""
    drive = _DRIVE.match(text)
    if drive:
        return f"{drive[0].upper()}/", text[drive.end() :]
    if text == "~" or text.startswith("~/"):
        return "~/", text[1:]
    return ("/", text) if text.startswith("/") else ("", text)


def spell(text: str, root: str | None = None) -> Spelling:
    """Take a pattern apart. A given `root` says that it was cut off before; otherwise it is looked for.

    Braces are not expanded, and separators inside of a group that would expand do not separate. `..` takes back the
    segment before it, lexically, except one with such a group, since its alternatives may differ in depth.
    """
    text = unicodedata.normalize("NFC", text).strip().replace("\\", "/")
    if root is None:
        root, text = take_root(text)
    kept: list[tuple[str, bool]] = []
    climbs = 0
    directory = False
    for raw, braced in _split(text):
        segment = raw.strip()
        directory = segment in ("", ".", "..")
        if segment in ("", "."):
            continue
        if segment != ".." or (kept and (kept[-1][1] or kept[-1][0] == "..")):
            kept.append((segment, braced))
        elif kept:
            kept.pop()
        else:
            climbs += not root
    segments, directory = _fold_tail(
        [segment for segment, _ in kept], directory and (root != "" or text.strip("/ ") != "")
    )
    return Spelling(root + "../" * climbs, tuple(segments), directory or (not segments and bool(root or climbs)))


def _fold_tail(segments: list[str], directory: bool) -> tuple[list[str], bool]:
    """Write `**` at the end, and `**/*`, as what they mean: everything below. Runs of `**` become one."""
    folded: list[str] = []
    for segment in segments:
        if segment != "**" or folded[-1:] != ["**"]:
            folded.append(segment)
    if not directory and folded[-2:] == ["**", "*"]:
        folded.pop()
    if folded[-1:] == ["**"]:
        folded.pop()
        directory = True
    return folded, directory


def _split(text: str) -> list[tuple[str, bool]]:
    """Cut at `/` outside of expanding groups; each part with whether it holds such a group."""
    parts: list[tuple[str, bool]] = []
    start = at = 0
    braced = False
    for opening, closing in [*groups(text), (len(text), len(text))]:
        while (slash := text.find("/", at, opening)) >= 0:
            parts.append((text[start:slash], braced))
            start = at = slash + 1
            braced = False
        at = closing
        braced = braced or closing > opening
    parts.append((text[start:], braced))
    return parts


def split_path(path: str) -> tuple[str, tuple[str, ...]]:
    """Root and segments of a concrete path: nothing in it is a wildcard or a brace, and spaces are part of names."""
    text = unicodedata.normalize("NFC", path).replace("\\", "/")
    root, text = take_root(text)
    kept: list[str] = []
    climbs = 0
    for segment in text.split("/"):
        if segment in ("", "."):
            continue
        if segment != "..":
            kept.append(segment)
        elif kept:
            kept.pop()
        else:
            climbs += not root
    return root + "../" * climbs, tuple(kept)


def normalise(text: str) -> str:
    """The canonical spelling of a path or pattern; the same for every spelling of one path, and stable.

    `./`, `//`, `..` and spaces around separators go, `\\` becomes `/`, `dir/**` becomes `dir/`, the whole repository is
    `.`, text takes Unicode form C, drive letters are capitals. Letter case stays. Nothing is raised and nothing read.
    """
    return text if is_tidy(text) else str(spell(text))


def same_file(a: str, b: str) -> Alias | None:
    """How two literal spellings name one file, or `None` when they are the same text or name different files.

    `"case"` is one file only where the file system ignores case; `"unicode"` only where it ignores Unicode form.
    """
    a, b = a.strip(), b.strip()
    if a == b:
        return None
    first, second = normalise(a).rstrip("/"), normalise(b).rstrip("/")
    if first == second:
        # Equal after everything: the Unicode form is to blame when the texts differ even with all else taken away.
        return "spelling" if _composed_alike(a, b) else "unicode"
    return "case" if fold(first) == fold(second) else None


def _composed_alike(a: str, b: str) -> bool:
    """Whether the names in two spellings of one path have the same code points, Unicode forms left alone."""
    if a.isascii() or b.isascii():
        return True
    names = [sorted(part for part in text.replace("\\", "/").split("/") if not part.isascii()) for text in (a, b)]
    return names[0] == names[1]

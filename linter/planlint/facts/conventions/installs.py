"""Commands and sentences that add a dependency, and so rewrite a manifest and a lock file."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from planlint.facts.conventions.hubs import files_of
from planlint.facts.words import words


class Install(NamedTuple):
    """A command or sentence that adds a dependency. `start`/`end` are offsets into the text it was found in."""

    manager: str | None
    """The package manager; None for a sentence that names none ("add the zod dependency")."""
    package: str | None
    """The first package it names, if it does."""
    start: int
    end: int

    @property
    def manifests(self) -> tuple[str, ...]:
        """Manifest names that it changes; empty when the manager is unknown."""
        return files_of(self.manager)[0] if self.manager else ()

    @property
    def locks(self) -> tuple[str, ...]:
        """Lock file names that it rewrites; empty when the manager is unknown."""
        return files_of(self.manager)[1] if self.manager else ()


_COMMANDS: tuple[tuple[str, str], ...] = (
    ("npm", r"npm (?:install|i|add)"),
    ("pnpm", r"pnpm (?:add|install|i)"),
    ("yarn", r"yarn (?:workspace [\w@/.-]{1,60} )?add"),
    ("bun", r"bun (?:add|install|i)"),
    ("deno", r"deno add"),
    ("uv", r"uv add"),
    ("poetry", r"poetry add"),
    ("pdm", r"pdm add"),
    ("pipenv", r"pipenv install"),
    ("cargo", r"cargo add"),
    ("go", r"go get"),
    ("composer", r"composer require"),
    ("bundler", r"bundle add"),
    ("dotnet", r"dotnet add (?:[\w./-]{1,80} )?package"),
    ("swift", r"swift package add-dependency"),
    ("dart", r"(?:dart|flutter) pub add"),
    ("mix", r"mix igniter\.install"),
)
"""`pip install` is left out: it changes an environment, not a file of the repository."""

_GLOBAL = re.compile(r" (?:-g|--global)\b")
"""A tool put on the machine changes no file of the repository."""

_FLAG = r"(?: -{1,2}[\w-]{1,30}(?:=[\w./-]{1,40})?)"
_PACKAGE = r"(?P<{name}>@?[A-Za-z][\w.@/:\[\]^~-]{{0,80}})"
_PROSE_WORDS = words(
    """
    a after again all alternatives an and any as at before both command commands dependencies deps each fails first
    for from if in is it must needed npm on once only or packages passes required run runs script should step steps
    succeeds the then this to via when will with work works
    """
)
"""Words that follow a bare `npm install` in a sentence; they are no packages, so nothing is added."""


@cache
def _command() -> re.Pattern[str]:
    parts = []
    for number, (_, command) in enumerate(_COMMANDS):
        package = _PACKAGE.format(name=f"p{number}")
        spaced = command.replace(" ", "[ ]+")
        parts.append(rf"(?P<m{number}>{spaced}{_FLAG}{{0,5}}[ ]+{package})")
    return re.compile(r"(?<![\w./-])(?:" + "|".join(parts) + ")")


@cache
def _sentence() -> re.Pattern[str]:
    package = r"`?@?[A-Za-z][\w.@/-]{0,60}`?"
    return re.compile(
        r"\b(?:[Aa]dd|[Ii]nstall|[Ii]nclude)s?[ ]+(?:a[ ]+|the[ ]+)?(?:new[ ]+)?(?:dev[ -]?)?dependency[ ]+on[ ]+"
        rf"(?P<other>{package})"
        rf"|\b(?:[Aa]dd|[Ii]nstall|[Ii]nclude)s?[ ]+(?:the[ ]+|a[ ]+|new[ ]+)?(?P<name>{package})[ ]+(?:as[ ]+a[ ]+)?"
        r"(?:dev[ -]?)?(?:dependency|dependencies|crate|gem)\b"
        rf"|\b[Ii]nstall[ ]+(?:the[ ]+)?(?P<third>{package})[ ]+package\b"
    )


_HINTS = tuple(command.partition(" ")[0].strip("(?:") + " " for _, command in _COMMANDS if "|" not in command[:8])
_HINTS += ("dart ", "flutter ", "dependenc", "crate", "gem", "package")
"""One of these stands in every text that adds a dependency; looking for them is far cheaper than the patterns."""

_NO_PACKAGE = words(
    """
    a all any cross default dependency dev each every external inter missing new no npm package required runtime task
    test that the this
    """
)
_NEGATION = re.compile(r"(?:\bnot|\bnever|n't|\bwithout|\bno need to|\bavoid)[ ]+(?:[\w`]+[ ]+){0,2}`?$", re.IGNORECASE)


def installs(text: str) -> Install | None:
    """The first command or sentence in `text` that adds a dependency; None where there is none.

    A bare `npm install` only restores what the lock file says, and "do not add dependencies" adds none. Linear.
    """
    if not any(hint in text for hint in _HINTS):
        return None
    for match in _command().finditer(text):
        number = next(i for i in range(len(_COMMANDS)) if match[f"m{i}"])
        package = match[f"p{number}"].rstrip(".,:;")
        if package.lower() in _PROSE_WORDS or _GLOBAL.search(match[0]) or _negated(text, match.start()):
            continue
        return Install(_COMMANDS[number][0], package, match.start(), match.start(f"p{number}") + len(package))
    for match in _sentence().finditer(text):
        name = (match["name"] or match["other"] or match["third"]).strip("`")
        if name.lower() in _NO_PACKAGE or _negated(text, match.start()):
            continue
        return Install(None, name, match.start(), match.end())
    return None


def _negated(text: str, at: int) -> bool:
    return _NEGATION.search(text[max(0, at - 40) : at]) is not None

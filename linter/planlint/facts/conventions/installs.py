"""Commands and sentences that add a dependency, and so rewrite a manifest and a lock file."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from planlint.facts.conventions.ecosystems import files_of, manager_by_noun
from planlint.facts.denial import denied
from planlint.facts.words import words
from planlint.source.regex import regex


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
    ("npm", r"(?:npx )?expo install"),
    ("npm", r"ng add"),
    ("pnpm", r"pnpm (?:add|install|i)"),
    ("yarn", r"yarn (?:workspace [\w@/.-]{1,60} )?add"),
    ("bun", r"bun (?:add|install|i)"),
    ("deno", r"deno add"),
    ("uv", r"uv add"),
    ("poetry", r"poetry add"),
    ("pdm", r"pdm add"),
    ("rye", r"rye add"),
    ("pixi", r"pixi add"),
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

_GLOBAL = regex(r" (?:-g|--global)\b")
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


_VERB = r"(?<![\w-])(?:[Aa]dd|[Ii]nstall|[Ii]nclude|[Ii]ntroduce|[Pp]ull[ ]+in|[Bb]ring[ ]+in)s?[ ]+"
_ARTICLE = r"(?:a[ ]+|an[ ]+|the[ ]+)?(?:new[ ]+)?"
_NAME = r"`?[@:]?[A-Za-z][\w.@/:-]{0,60}`?"
_MANAGERS = "npm|node|python|pypi|pip|conda|rust|cargo|go|composer|ruby|maven|gradle|nuget|swift|pub|flutter|dart|hex"
_PIECE = rf"(?i:(?:{_MANAGERS})[ ]+(?:package|module|dependency|plugin)|(?:rust[ ]+|ruby[ ]+)?(?:crate|gem))"
"""What only one manager's packages are called, with its name or without."""


@cache
def _sentence() -> re.Pattern[str]:
    depends = r"(?:dev[ -]?)?dependenc(?:y|ies)"
    kinds = (
        rf"{_VERB}{_ARTICLE}{depends}[ ]+on[ ]+(?P<other>{_NAME})",
        rf"{_VERB}{_ARTICLE}{depends}[ ]+(?P<quoted>`@?[A-Za-z][\w@/-]{{0,60}}`)",
        rf"{_VERB}{_ARTICLE}(?P<noun>{_PIECE})[ ]+(?P<named>{_NAME})",
        rf"{_VERB}{_ARTICLE}(?P<name>{_NAME})[ ]+(?:as[ ]+an?[ ]+)?(?P<kind>{_PIECE}|{depends})\b",
        rf"{_VERB}(?:the[ ]+)?(?P<lib>`@?[\w.@/-]{{1,60}}`|@?[a-z][\w.@/]{{0,40}}-[\w.@/-]{{1,40}})"
        r"[ ]+(?:package|library)\b",
        rf"\b[Ii]nstall[ ]+(?:the[ ]+)?(?P<third>{_NAME})[ ]+(?:package|library)\b",
        r"(?:\b[Ii]nstall(?:iere)?[ ]+|(?:安装|安裝)[ ]*)"
        r"(?P<bare>`[@a-z][\w.@/-]{1,60}`|@?[a-z][a-z0-9./-]{1,40}[a-z0-9])"
        r"(?=[ ]+(?:and|und|for|für|to|with)\b|[.,;:)](?:\s|$)|[ ]*(?:\n|$)|[，。；])",
    )
    return re.compile("|".join(kinds))


_INTO = regex(r"[ ]+(?:to|in|into)[ ]+(?:the[ ]+)?`?(pom|build\.gradle|gradle)\b", re.IGNORECASE)
""" "... to the pom": Java sources alone do not tell which of the two builds them."""

INSTALL_HINTS = (
    *("npm ", "pnpm ", "yarn ", "bun add", "bun i", "ng add", "deno add", "uv add", "poetry ", "pdm add", "rye add"),
    *("pixi add", "pipenv ", "cargo add", "go get", "composer ", "bundle add", "dotnet ", "swift ", "mix igniter"),
    *("pub add", "expo ", "dependenc", "crate", "gem", "package", "nstall", "library", "安装", "安裝"),
)
"""One of these stands in every text that adds a dependency; looking for them is far cheaper than the patterns."""

_NO_PACKAGE = words(
    """
    a all any cross default dependency dev each every external inter missing new no npm package required runtime task
    test that the this
    """
)
_NO_BARE_PACKAGE = _PROSE_WORDS | words(
    """
    browser browsers build certificates chrome chromium cli deps docker everything extension extensions fonts
    git globally go hook hooks instructions it java jdk kubectl latest locally mysql new nginx node nothing
    npm packages pip plugin plugins pnpm podman postgres postgresql prerequisites prompt python redis
    requirements ruby rust script scripts sdk step steps terraform tests them these things those three tool
    tooling tools two uv version xcode yarn your
    """
)
"""What "install ..." names without "package" behind it and what is no entry of a manifest: tools, hooks, prose."""
_MEMBER = regex(r"\.[a-z]+[A-Z]")
""" "the `context.computedItems` dependency": a member of an object, which no package is called like."""
_ASKED = regex(
    r"(?:\A|[.,;:!?\n，。；*+•]|(?:^|\s)-|\d[.)]|\b(?:and|then|to|und|must|should|please|first|also))\s*\Z",
    re.IGNORECASE,
)
"""Where "install" asks for something; "post-install parity" and "the install directory" are no packages."""


def installs(text: str) -> Install | None:
    """The first command or sentence in `text` that adds a dependency; None where there is none.

    A bare `npm install` only restores what the lock file says, and "do not add dependencies" adds none. Linear.
    """
    if not any(hint in text for hint in INSTALL_HINTS):
        return None
    for match in _command().finditer(text):
        number = next(i for i in range(len(_COMMANDS)) if match[f"m{i}"])
        package = match[f"p{number}"].rstrip(".,:;")
        if package.lower() in _PROSE_WORDS or _GLOBAL.search(match[0]) or denied(text, match.start(), words=2):
            continue
        return Install(_COMMANDS[number][0], package, match.start(), match.start(f"p{number}") + len(package))
    for match in _sentence().finditer(text):
        noun, bare = match["noun"] or match["kind"], match["bare"]
        name = next(match[key] for key in ("name", "other", "quoted", "named", "lib", "third", "bare") if match[key])
        name = name.strip("`").rstrip(".,:;")
        refused = _NO_BARE_PACKAGE if bare and "`" not in bare else _PROSE_WORDS if match["named"] else _NO_PACKAGE
        if not name or name.lower() in refused or _MEMBER.search(name) or denied(text, match.start(), words=2):
            continue
        if bare and "`" not in bare and match[0][0] in "Ii" and not _is_asked(text, match.start()):
            continue
        manager = manager_by_noun(noun) if noun else None
        if manager is None and (into := _INTO.match(text, match.end())) is not None:
            manager = "maven" if into[1].lower().startswith("pom") else "gradle"
        return Install(manager, name, match.start(), match.end())
    return None


def _is_asked(text: str, at: int) -> bool:
    return _ASKED.search(text[max(0, at - 20) : at]) is not None

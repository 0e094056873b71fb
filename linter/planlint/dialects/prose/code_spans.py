"""What a code span of several words is: a command line, a regular expression, a path with blanks."""

from __future__ import annotations

from planlint.dialects.prose import filenames
from planlint.dialects.prose.shape import has_file_name
from planlint.source.regex import regex

_ANY_EXTENSION = regex(r"[\w@./-]*/[\w-]*[A-Za-z_][\w.-]*\w\.\*")
""" `web/jest.config.*`; a regular expression has its `.*` behind a slash, in the middle or behind other signs."""


def is_spaced_path(content: str) -> bool:
    """Whether a code span with blanks is one path (`docs/User Guide.md`) and no list, sentence or call."""
    if any(sign in content for sign in ("(", "=", ", ", " - ", " -", "->", ";", '"', "'")) or "/" not in content:
        return False
    return sum(has_file_name(word.strip(",")) or "/" in word for word in content.split()) <= 2 and not any(
        "." in word and has_file_name(word) for word in content.split()[:-1]
    )


def is_pattern(content: str) -> bool:
    """Whether a code span is a regular expression rather than a path or a glob."""
    if _ANY_EXTENSION.fullmatch(content):
        return False
    if any(
        sign in content for sign in ("(?:", "(?=", "(?!", "\\d", "\\w", "\\s", "\\b", "\\.", "[^", ".*", ".+", "\\/")
    ):
        # A Windows path such as `src\data` holds the same letters; it has no slash, quantifier or anchor.
        return not ("\\" in content and "/" not in content and not any(sign in content for sign in "^$+*()[]"))
    return content.startswith("^") or content.endswith("\\.") or (content.endswith("$") and len(content) > 1)


def is_command(content: str) -> bool:
    """Whether a code span is a command line, by its first word that is no assignment or prompt."""
    words = content.split()
    for word in words[:4]:
        if word in ("$", "sudo", "time", "env", "npx", "uvx", "command") or (
            "=" in word and word.split("=")[0].isupper()
        ):
            if word not in ("$", "env") and word.isalpha():
                return True
            continue
        if word in filenames.COMMANDS:
            return len(words) > 1
        if len(words) < 2 or not has_file_name(word):
            return False
        if "/" not in word:
            return words[1].startswith("-")  # `sync.sh --once`
        return (
            word.startswith(("./", "../", "scripts/", "bin/"))
            and "." not in words[1][:1]
            and any(other.startswith("-") for other in words[1:])
        )
    return False

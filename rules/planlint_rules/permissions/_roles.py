"""What an agent type is for, by its own name and description."""

from __future__ import annotations

import re

from planlint.model import AgentDefinition
from planlint.rulekit import Facts
from planlint.source.regex import regex

_LOOKS = regex(
    r"(?:^|[-_ ])(?:code[-_ ])?(?:reviewer|review|auditor|audit|inspector|critic|verifier|validator|checker|researcher"
    r"|research|explorer|analy[sz]er|analyst|investigator|locator|finder|scanner)\Z",
    re.IGNORECASE,
)
_READ_ONLY = regex(
    r"\bread[- ]only (?:\w+ )?(?:agent|sub-?agent|review\w*|analy\w+|audit\w*|research\w*|mode|access|explor\w+"
    r"|specialist|inspection|investigat\w+)\b|\(read[- ]only\)|\b(?:is|are|strictly|purely) read[- ]only\b"
    r"|\b(?:never|do not|does not|don't|doesn't|must not|cannot|may not|without) (?:ever )?(?:edit|modif|chang|writ)"
    r"\w*(?: or \w+)? (?:any |the |your )?(?:source |project |production |existing )*(?:code|files?|anything)\b",
    re.IGNORECASE,
)
_ONLY_CODE = regex(r"\bcode\Z", re.IGNORECASE)
_SAVES = regex(
    r"\b(?:writ|creat|sav|updat|append|stor|record|generat|produc|output|maintain|edit|modif|keep)\w*\b[^\n.]{0,60}"
    r"(?:`[^`\n]{1,80}[./][^`\n]{0,80}`|\.md\b|\.json\b|\.ya?ml\b"
    r"|\b(?:files?|reports?|documents?|docs|markdown|tests?|notes?|logs?|artifacts?|director(?:y|ies)|code|patch(?:es)?"
    r"|issues?|memory|plans?|specs?)\b)|\b(?:Write|Edit|MultiEdit) tool\b",
    re.IGNORECASE,
)
_FIXES = regex(
    r"(?:^[ \t]*|[.:;,]\s+|[-*]\s+|\d[.)]\s+|\b(?:and|then|may|can|will|should|must|also)\s+|(?<!how )\bto )"
    r"(?:auto-?)?(?:fix|apply|implement|refactor|edit|modify|correct|resolve|clean up|remove|rename|rewrite)\b",
    re.IGNORECASE | re.MULTILINE,
)
_ENGLISH = regex(r"\b(?:the|and|for|with|you|your|to|of|is|are)\b", re.IGNORECASE)
_ENGLISH_SHARE = 12
"""In an English prompt at least every twelfth word is one of those; translations hold them in code and names only."""
_DENIED = regex(r"\b(?:not|never|no|without|cannot|don't|doesn't|nor|or)\b", re.IGNORECASE)


def bare(tools: tuple[str, ...] | None) -> tuple[str, ...]:
    """Tool names without what stands in parentheses behind them."""
    return tuple(tool.partition("(")[0].strip() for tool in tools or ())


def listed_writers(facts: Facts, tools: tuple[str, ...] | None, denied: tuple[str, ...] = ()) -> list[str]:
    """The tools of an explicit list that are made for changing files."""
    away = set(bare(denied))
    return [tool for tool in bare(tools) if tool in facts.runtime.write_tools and tool not in away]


def only_looks(definition: AgentDefinition) -> str | None:
    """Why the agent should not write: the words that say so; None where it may have to.

    Sure when its text says that it is read-only; one that writes no code, as a coordinator says, may keep records. Else
    its name must be that of a reviewer or researcher, and nothing in its text may tell it to write anything: many
    reviewers save a report or fix what they find. What a text in another language than English tells is not known.
    """
    said = f"{definition.description or ''}\n{definition.prompt}"
    described = _READ_ONLY.search(definition.description or "")
    if described is not None and not (_ONLY_CODE.search(described.group()) and told_to_write(said)):
        return f"its description says `{' '.join(described.group().split())}`"
    if _LOOKS.search(definition.name) is None:
        return None
    promise = _promise(definition.prompt)
    if promise is not None:
        return f"its prompt says `{promise}`"
    if told_to_write(said) or not _is_english(said):
        return None
    return "it is a reviewer or researcher by its name, and nothing tells it to write a file"


def _is_english(text: str) -> bool:
    return len(_ENGLISH.findall(text)) * _ENGLISH_SHARE >= len(text.split())


def told_to_write(text: str) -> bool:
    """Whether a text for an agent tells it to save something to a file, or to fix what it finds."""
    for pattern in (_SAVES, _FIXES):
        for match in pattern.finditer(text):
            if _DENIED.search(text, max(0, match.start() - 30), match.start() + 1) is None:
                return True
    return False


def _promise(prompt: str) -> str | None:
    """A sentence in the prompt that promises that no code is changed."""
    match = re.search(
        r"\b(?:you are |you're |strictly |this is )(?:a )?read[- ]only\b"
        r"|\b(?:do not|never|don't|must not) (?:edit|modify|change|write)(?: or \w+)?"
        r" (?:any |the )?(?:source |project )?(?:code|files?)\b",
        prompt,
        re.IGNORECASE,
    )
    return " ".join(match.group().split()) if match is not None else None

"""`read_scripts`: pseudo-code in, launch scripts out."""

from __future__ import annotations

import re

from planlint.dialects.calls.blocks import TITLED_BLOCK
from planlint.dialects.calls.script import ReadScript, build
from planlint.dialects.calls.shell import starts_agent
from planlint.dialects.calls.tags import OPENS_LAUNCH
from planlint.dialects.calls.walk import Walk
from planlint.readers.prose import Prose

_MENTIONS = re.compile(
    r"\b(?:Task|Agent)[ \t]*\(|\b(?:Task|Agent)(?: tool(?: call)?| call)?(?: \d{1,3})?:[ \t]*(?:\n|\"|“|$)"
    r"|^[ \t]*(?:Task|Agent) (?:tool )?call(?: \d{1,3})?[ \t]*$|\b(?:Task"
    r"|Agent) tool with"
    r"|\bsubagent_type\b|\bTaskOutput\b|\bTaskList\b|\bTaskUpdate\b|CLAUDE_CODE|\bclaude[ \t]+-"
    r"|--dangerously-skip-permissions|^[ \t]*(?:\$ )?claude[ \t]+[\"']"
    rf"|{OPENS_LAUNCH}|{TITLED_BLOCK}",
    re.MULTILINE,
)

_ACTORS = (
    ("coordinator", re.compile(r"\b(?:coordinator|orchestrator)(?:'s|’s)?\b", re.IGNORECASE)),
    ("worker", re.compile(r"\bworkers?(?:'s|’s)?\b", re.IGNORECASE)),
)


def mentions_launch(text: str) -> bool:
    """A cheap look: whether `text` has a word of a launch script in it at all."""
    return _MENTIONS.search(text) is not None or starts_agent(text)


def read_scripts(
    code: Prose, *, language: str = "", wrong: bool = False, message: int = 0, lead: str = ""
) -> list[ReadScript]:
    """The launch scripts in `code`, the content of a fence or a paragraph: one for each part judged right or wrong.

    `wrong` says that the text around presents it as what not to do; marks inside (`# ✅`, `// WRONG`) overrule that
    from where they stand. `message` numbers the fence: launches with one number are sent together. `lead` is the text
    that introduces it, which may say whose script it is. Linear; never raises.
    """
    if not mentions_launch(code.text):
        return []
    walk = Walk(code, wrong=wrong, message=message, hash_comments=language not in ("markdown", "md"), lead=lead)
    segments = walk.run()
    actor = _actor(lead, code.text)
    built = (build(code, segment, walk.names, language, actor) for segment in segments)
    return [script for script in built if script is not None]


def _actor(lead: str, text: str) -> str | None:
    """Who runs the script: the coordinator or a worker where the lead or the first line names one."""
    first = text.lstrip().split("\n", 1)[0]
    for words in (first if first[:1].isalpha() and "(" not in first else "", lead):
        if "main" in words.lower() and "invisible" not in words.lower():
            return "main"
        for actor, pattern in _ACTORS:
            if pattern.search(words):
                return actor
    return None

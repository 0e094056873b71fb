"""The launch scripts of a section: its fences and paragraphs that call agents, and in which message each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.calls import (
    ReadScript,
    label_of,
    mentions_launch,
    object_script,
    presents_wrong,
    quoted_scripts,
    read_scripts,
    tells_prompt,
    told_script,
)
from planlint.dialects.claude_md.texts import paragraph_text
from planlint.readers.markdown.blocks import Block, Fence, List, Paragraph, Quote, Section
from planlint.readers.prose import Prose

ONE_MESSAGE = re.compile(r"\b(?:single|one|same) (?:message|response|turn)\b", re.IGNORECASE)

_SENDS = re.compile(
    r"\b(?:(?:task|agent|tool) calls?|(?:task|agent) tool|in parallel|launch|spawn|dispatch)\b", re.IGNORECASE
)
"""What must be said before JSON that is sent; elsewhere it is a setting, a schema or a log."""

_FRONTED = re.compile(
    r"(?:(?:first|then|next|finally),?|(?:before|after|first|then|next|finally|once)\b[^.:;!?()\n]{1,80},)[ \t]+"
    r"(?=(?:Task|Agent)\()",
    re.IGNORECASE,
)
"""In front of a call, when it is made: "Before the first edit, Task(...): ..."; not "After Task(...) ends, ...\"."""

_TEXT_FENCES = frozenset({"", "text", "txt", "md", "markdown"})
_TEMPLATE_FENCES = frozenset({"json", "jsonc", "toml", "diff", "html", "css", "sql", "xml"})
"""Languages in which nobody writes a launch."""


def fence_words(scripts: list[ReadScript]) -> str:
    """Comment lines of scripts, where people write "launch all in parallel"."""
    lines = []
    for script in scripts:
        for line in script.script.origin.text.splitlines():
            stripped = line.strip()
            if stripped.startswith(("#", "//")):
                lines.append(stripped)
    return "\n".join(lines)


def section_scripts(section: Section, *, wrong: bool) -> list[ReadScript]:
    """The scripts of a section and of all below."""
    scripts: list[ReadScript] = []
    for one in section.walk():
        judged = presents_wrong(one.title) if one is not section and one.heading is not None else None
        scripts += own_scripts(one, wrong=wrong if judged is None else judged, first=len(scripts))
    return scripts


def own_scripts(section: Section, *, wrong: bool, first: int = 0) -> list[ReadScript]:
    """The scripts right under a heading; each fence is a message of its own unless the text says "in one message"."""
    text = paragraph_text(section)
    single = ONE_MESSAGE.search(text + "\n" + section.title) is not None
    scripts: list[ReadScript] = []
    lead = section.title
    shown_wrong = wrong
    message = first
    before: Prose | None = None
    for block in leaves(section.blocks):
        told, before = before, None
        if isinstance(block, Fence):
            if block.language in ("json", "jsonc") and _SENDS.search(f"{section.title}\n{lead}") is not None:
                script = object_script(block.prose, wrong=shown_wrong, message=message)
                scripts += [script] if script is not None else []
                message += 0 if single else bool(script)
                continue
            if told is not None and block.language in _TEXT_FENCES and not mentions_launch(block.text):
                script = told_script(told, block.prose, wrong=shown_wrong, message=message)
                scripts += [script] if script is not None else []
                message += 0 if single else 1
                continue
            if block.language not in _TEMPLATE_FENCES and mentions_launch(block.text):
                found = read_scripts(
                    block.prose, language=block.language, wrong=shown_wrong, message=message, lead=lead
                )
                scripts += found
                message += 0 if single else bool(found)
            continue
        if not isinstance(block, Paragraph):
            continue
        lead = block.prose.text
        judged = label_of(lead)
        if judged is None and lead.rstrip().endswith(":"):
            judged = presents_wrong(lead)
        shown_wrong = wrong if judged is None else judged
        before = block.prose if tells_prompt(lead) else None
        quoted = list(quoted_scripts(block.prose, wrong=shown_wrong, message=message))
        scripts += quoted
        message += 0 if single else bool(quoted)
        call = _call_in(block.prose)
        if call is not None:
            found = read_scripts(call, wrong=shown_wrong, message=message)
            scripts += found
            message += 0 if single else bool(found)
    return scripts


def _call_in(prose: Prose) -> Prose | None:
    """The call that a paragraph is, from its name on; marks are fine in what the agent is told behind the brackets."""
    fronted = _FRONTED.match(prose.text)
    call = prose.slice(fronted.end(), len(prose.text)) if fronted is not None else prose
    if not call.text.startswith(("Task(", "Agent(")):
        return None
    head, told, _ = call.text.partition("):")
    if fronted is not None and not told:
        return None
    return None if any(mark.start < len(head) for mark in call.marks) else call


def leaves(blocks: list[Block]) -> Iterator[Block]:
    """Fences and paragraphs in order, those inside of lists and quotes included; an item's own text as a paragraph."""
    for block in blocks:
        if isinstance(block, List):
            for item in block.items:
                yield Paragraph(item.source, item.start, item.end, item.prose)
                yield from leaves(item.children)
        elif isinstance(block, Quote):
            yield from leaves(block.children)
        else:
            yield block

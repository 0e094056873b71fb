"""The launch scripts of a section: its fences and paragraphs that call agents, and in which message each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from planlint.dialects.calls import (
    OPENS_LAUNCH,
    ReadScript,
    label_of,
    listed_script,
    mentions_launch,
    object_script,
    presents_wrong,
    quoted_scripts,
    read_scripts,
    spoken_scripts,
    tells_prompt,
    told_script,
)
from planlint.dialects.claude_md.texts import paragraph_text
from planlint.readers.markdown.blocks import Block, Fence, HtmlBlock, List, Paragraph, Quote, Section
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
_TEMPLATE_FENCES = frozenset({"json", "jsonc", "toml", "diff", "html", "css", "sql"})
"""Languages in which nobody writes a launch."""


_IMPORTS = re.compile(r"^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+[^\n]*\b(?:Agent|Task)\b", re.MULTILINE)
_CLASS = re.compile(r"\bimport[ \t]*\{[^}\n]*\b(?:Agent|Task)\b|\bnew[ \t]+(?:Agent|Task)\(")

_ENDED = re.compile(
    r"\bwait\b[^.:\n]{0,20}\b(?:for|until|on)\b(?! (?:confirmation|approval|user))[^.:\n]{0,80}"
    r"(?:[.]|\bthen\b|\bbefore\b|\Z)"
    r"|\b(?:next|second|third|another|new|later) (?:message|turn|response)\b"
    r"|\b(?:after|once|when|as soon as)\b[^.\n]{0,60}\b(?:return(?:s|ed)?|(?:is|are|has|have|been)(?: \w+)? (?:done"
    r"|complete)|complet(?:es?|ed|ion)|finish(?:es|ed)?|ends?|ended|reports? back|reported|succeed(?:s|ed)?)\b",
    re.IGNORECASE,
)
_TAG = re.compile(rf"^[ \t]*{OPENS_LAUNCH}", re.MULTILINE)
_OPEN_CALL = re.compile(r"[ \t]*@?(?:Task|Agent)\([ \t]*\n")
"""A call whose arguments stand on lines of their own."""
_CLOSING_TAG = re.compile(r"</(?:invoke|tool_use|Task|[Aa]gent)>")


def says_ended(text: str) -> bool:
    """Whether what was launched above ends before what follows: "Wait for both, then:", "When all have returned"."""
    return _ENDED.search(text) is not None


def fence_words(scripts: list[ReadScript]) -> str:
    """Comment lines of scripts, where people write "launch all in parallel"."""
    lines = []
    for script in scripts:
        for line in script.script.origin.text.splitlines():
            stripped = line.strip()
            if stripped.startswith(("#", "//")):
                lines.append(stripped)
    return "\n".join(lines)


def holds_calls(blocks: list[Block]) -> bool:
    """Whether a fence among the blocks calls agents."""
    return any(isinstance(block, Fence) and mentions_launch(block.text) for block in leaves(blocks))


def section_scripts(section: Section, *, wrong: bool, first: int = 0) -> list[ReadScript]:
    """The scripts of a section and of all below; `first` is the number of the first message."""
    scripts: list[ReadScript] = []
    for one in section.walk():
        judged = presents_wrong(one.title) if one is not section and one.heading is not None else None
        scripts += own_scripts(one, wrong=wrong if judged is None else judged, first=first + len(scripts))
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
    ended = says_ended(section.title)
    read_to = 0
    lists = {block.items[0].start: block for block in _lists(section.blocks)}
    for block in leaves(section.blocks):
        told, before = before, None
        if block.start < read_to:
            continue
        raw = _raw_calls(block, section)
        fields = _listed(lists.get(block.start), lead, wrong=shown_wrong, message=message)
        if fields is not None:
            read_to = lists[block.start].end
            found = [fields]
        elif raw is not None:
            read_to = raw.end
            found = read_scripts(raw, wrong=shown_wrong, message=message, lead=lead)
        elif isinstance(block, Fence):
            setting = f"{section.title}\n{lead}"
            found = _in_fence(block, told, setting, wrong=shown_wrong, message=message)
        elif isinstance(block, Paragraph):
            lead = block.prose.text
            judged = label_of(lead)
            if judged is None and lead.rstrip().endswith(":"):
                judged = presents_wrong(lead)
            shown_wrong = wrong if judged is None else judged
            before = block.prose if tells_prompt(lead) else None
            ended = ended or says_ended(lead)
            found = _in_paragraph(block.prose, wrong=shown_wrong, message=message)
        else:
            continue
        if found and ended:
            found[0] = found[0].replace(joined=True)
            ended = False
        scripts += found
        message += 0 if single else bool(found)
    texts = [block.prose for block in leaves(section.blocks) if isinstance(block, Paragraph)]
    return [*scripts, *spoken_scripts(texts, wrong=wrong, message=message)]


def _lists(blocks: list[Block]) -> Iterator[List]:
    """The lists among the blocks and inside of their items."""
    for block in blocks:
        if isinstance(block, List):
            yield block
            for item in block.items:
                yield from _lists(item.children)


def _listed(block: List | None, lead: str, *, wrong: bool, message: int) -> ReadScript | None:
    """The launch whose fields a list gives, an item each."""
    if block is None:
        return None
    whole = Prose(block.source, block.start, block.end, block.origin.text, [(0, block.start)])
    return listed_script(lead, [item.prose for item in block.items], whole, wrong=wrong, message=message)


def _in_fence(block: Fence, told: Prose | None, setting: str, *, wrong: bool, message: int) -> list[ReadScript]:
    """The scripts of a fence; `told` is the text right before it that announces a prompt, `setting` the text around."""
    script: ReadScript | None = None
    if block.language in ("json", "jsonc") and _SENDS.search(setting) is not None:
        script = object_script(block.prose, wrong=wrong, message=message)
    elif told is not None and block.language in _TEXT_FENCES and not mentions_launch(block.text):
        script = told_script(told, block.prose, wrong=wrong, message=message)
    elif block.language not in _TEMPLATE_FENCES and mentions_launch(block.text) and not _is_framework(block):
        lead = setting.partition("\n")[2]
        return read_scripts(block.prose, language=block.language, wrong=wrong, message=message, lead=lead)
    return [script] if script is not None else []


@lru_cache(maxsize=1)
def _imports_class(text: str) -> bool:
    """Whether a page in Python imports such a class; asked for each of its fences."""
    return _IMPORTS.search(text) is not None


def _is_framework(block: Fence) -> bool:
    """Whether a fence is code of a framework whose class is called so: its objects are parts of a product.

    Later pieces of a page in Python leave out the import that the first one has.
    """
    if block.language in ("python", "py") and _imports_class(block.source.text):
        return True
    return _CLASS.search(block.text) is not None


def _in_paragraph(prose: Prose, *, wrong: bool, message: int) -> list[ReadScript]:
    """The scripts of a paragraph: prompts in quotes, and a call that it begins with."""
    scripts = list(quoted_scripts(prose, wrong=wrong, message=message))
    call = _call_in(prose)
    if call is not None:
        scripts += read_scripts(call, wrong=wrong, message=message)
    return scripts


def _raw_calls(block: Block, section: Section) -> Prose | None:
    """The raw text from `block` on where calls stand in it without a fence: tags, or brackets over several blocks."""
    if not isinstance(block, HtmlBlock | Paragraph):
        return None
    text = block.source.text
    tagged = _TAG.search(text, block.start, block.end) is not None
    call = None if tagged else _OPEN_CALL.match(text, block.start, block.end)
    if not tagged and call is None:
        return None
    fences = (one.start for one in section.blocks if isinstance(one, Fence) and one.start > block.start)
    limit = next(fences, section.blocks[-1].end)
    if call is None:
        end = max((tag.end() for tag in _CLOSING_TAG.finditer(text, block.start, limit)), default=block.end)
    else:
        closing = text.find("\n)", call.end(), limit)
        end = closing + 2 if closing >= 0 else block.end
    return Prose(block.source, block.start, end, text[block.start : end], [(0, block.start)])


def _call_in(prose: Prose) -> Prose | None:
    """The call that a paragraph is, from its name on; marks are fine in what the agent is told behind the brackets."""
    fronted = _FRONTED.match(prose.text)
    call = prose.slice(fronted.end(), len(prose.text)) if fronted is not None else prose
    if [(mark.kind, mark.start, mark.end) for mark in prose.marks] == [("code", 0, len(prose.text))]:
        return prose  # the item of a list that is one call
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

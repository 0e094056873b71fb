"""What the files beside the pages say about work packages: `tasks.md`, `wps.yaml`, `lanes.json`, the event log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.dialects.checklist import says_none
from planlint.dialects.file_lists import lines_of
from planlint.dialects.markdown_body import fields_of
from planlint.dialects.prose import IdGrammar, PathMention, find_paths, find_references
from planlint.dialects.spec_kitty.package import CODE
from planlint.readers.markdown.blocks import Heading, List, ListItem, MarkdownTree, Paragraph, Section
from planlint.readers.markdown.running_text import running_text
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.records import Record, record
from planlint.source import Origin

_HEADING = re.compile(
    r"\W*(?:Work Package:?\s+)?(?P<code>WP\d{1,4}[a-z]?)\b\s*(?:[:—–|-]+\s*)?(?P<title>.*)", re.IGNORECASE | re.DOTALL
)
_LABELS = {
    "dependencies": "depends",
    "dependency": "depends",
    "depends on": "depends",
    "depends": "depends",
    "owns": "owns",
    "owned files": "owns",
    **dict.fromkeys(
        ("goal", "priority", "independent test", "prompt", "subtasks", "risk", "risks", "requirement refs",
         "authoritative surface", "execution mode", "blocks", "estimated size", "success criteria", "parallel",
         "parallelizable", "requirements", "scope", "files", "note"),
        "other",
    ),
}  # fmt: skip
_SAYS_IT = re.compile(r"\W*(?:depends on|requires|blocked by|waits for)[ \t]+(?:all of[ \t]+)?WP\d", re.IGNORECASE)
"""A sentence right below the heading of a package, without a label."""
_STEP = re.compile(r"[\s*_~`]*T\d{2,4}[a-z]?[\s*_~`]*(?:\[[^\[\]\n]{1,12}\]\s*)*[:.—–-]*\s*")
"""The id of a step and its marks: "T005 [P]", "**T010**:"."""
_SENTENCE = re.compile(r"[.;](?:\s|\Z)")


@dataclass(slots=True)
class Entry:
    """A work package as the overview or the manifest lists it."""

    code: str
    title: str
    origin: Origin
    places: dict[str, Origin] = field(default_factory=dict)
    section: Section | None = None
    fields: Mapping | None = None

    def get(self, key: str) -> Node | None:
        """A value of the manifest's entry."""
        return self.fields.get(key) if self.fields is not None else None


def sections_in(tree: MarkdownTree) -> list[Entry]:
    """The sections of `tasks.md`, one for each work package; a package named twice keeps its first section."""
    found: dict[str, Entry] = {}
    for section in tree.top.walk():
        heading = section.heading
        match = _HEADING.fullmatch(heading.prose.text) if heading is not None else None
        if heading is None or match is None or section.level > 4:
            continue
        code = match["code"].upper()
        start, end = match.span("code")
        blocks = list(section.all_blocks())
        last = max((block.end for block in blocks), default=heading.end)
        source = tree.source
        entry = Entry(code, " ".join(match["title"].split()), source.origin(heading.start, last), section=section)
        entry.places["id"] = heading.prose.origin(start, end)
        if entry.title:
            entry.places["title"] = heading.prose.origin(*match.span("title"))
        found.setdefault(code, entry)
    return list(found.values())


def manifest_entries(root: Node | None) -> list[Entry]:
    """The entries of `wps.yaml`."""
    listed = root.get("work_packages") if isinstance(root, Mapping) else None
    found: list[Entry] = []
    for item in listed.items if isinstance(listed, Sequence) else ():
        code = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(item, Mapping) or not isinstance(code, Scalar):
            continue
        title = item.get("title")
        entry = Entry(code.text.strip(), title.text if isinstance(title, Scalar) else "", item.origin, fields=item)
        entry.places["id"] = code.origin
        if isinstance(title, Scalar):
            entry.places["title"] = title.origin
        found.append(entry)
    return found


def told_dependencies(section: Section) -> Iterator[tuple[str, Origin]]:
    """The packages that a section of `tasks.md` says this one waits for: codes in upper case, with their places.

    Only the first sentence behind the label counts, and no remark in brackets: what follows explains.
    """
    for part in section.walk():
        title = part.title.strip(" :").lower()
        if part is not section and title in ("dependencies", "depends on"):
            for prose in running_text(part.blocks):
                yield from _waits_for(prose)
    for prose in running_text(section.blocks):
        if _SAYS_IT.match(prose.text):
            yield from _waits_for(prose)
    for one in fields_of((block for block in section.all_blocks() if not isinstance(block, Heading)), _LABELS):
        if one.name == "depends":
            for value in one.values:
                yield from _waits_for(value)


def _waits_for(value: Prose) -> Iterator[tuple[str, Origin]]:
    if says_none(value):
        return
    end = _SENTENCE.search(value.text)
    sentence = value.slice(0, end.start()) if end else value
    depth = at = 0
    for reference in find_references(sentence, IdGrammar(CODE, str.upper)):
        depth += sentence.text.count("(", at, reference.start) - sentence.text.count(")", at, reference.start)
        at = reference.start
        bare = reference.kind in ("mention", "range-mention") and at == len(sentence.text) - len(sentence.text.lstrip())
        told = reference.kind == "depends_on" and reference.subject is None
        if depth <= 0 and not reference.group and not reference.negated and (bare or told):
            for code in reference.ids:
                yield code, reference.origin


def owned_in(section: Section) -> Iterator[PathMention]:
    """What `**Owns:**` of a section lists, remarks in brackets left out: so missions without front matter declare."""
    for one in fields_of(section.all_blocks(), _LABELS):
        for value in one.values if one.name == "owns" else ():
            for mention in find_paths(value):
                before = value.text[: mention.start]
                if before.count("(") <= before.count(")"):
                    yield mention


def subtasks_of(section: Section) -> list[ListItem]:
    """The boxes of a section: the steps of its package."""
    return [
        item
        for block in section.all_blocks()
        if isinstance(block, List)
        for item in block.items
        if item.state is not None
    ]


def steps_in(section: Section) -> Iterator[Prose]:
    """What the steps of a package say, behind their ids: boxes, and bullets or lines that begin with `T001`."""
    boxes = {id(item) for item in subtasks_of(section)}
    for block in section.all_blocks():
        if isinstance(block, List):
            for item in block.items:
                head = _STEP.match(item.prose.text)
                if head is not None or id(item) in boxes:
                    yield item.prose.slice(head.end() if head is not None else 0, len(item.prose.text))
        elif isinstance(block, Paragraph) and _STEP.match(block.prose.text):
            for line in lines_of(block.prose):
                head = _STEP.match(line.text)
                yield line.slice(head.end() if head is not None else 0, len(line.text))


@record
class Lane(Record):
    """Packages that share one worktree, in the order in which they are worked on."""

    id: str
    packages: tuple[str, ...]
    origin: Origin


def lanes_in(root: Node | None) -> list[Lane]:
    """The lanes of `lanes.json`."""
    listed = root.get("lanes") if isinstance(root, Mapping) else None
    found: list[Lane] = []
    for item in listed.items if isinstance(listed, Sequence) else ():
        if not isinstance(item, Mapping):
            continue
        name, ids = item.get("lane_id"), item.get("wp_ids")
        codes = tuple(i.text.strip() for i in ids.items if isinstance(i, Scalar)) if isinstance(ids, Sequence) else ()
        if isinstance(name, Scalar) and codes:
            found.append(Lane(name.text, codes, name.origin))
    return found


def states_in_log(text: str) -> dict[str, str]:
    """Package to the state that the event log left it in; lines that are no events are passed over."""
    states: dict[str, str] = {}
    for line in text.splitlines():
        if '"to_lane"' not in line:
            continue
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict):
            package, lane = event.get("wp_id"), event.get("to_lane")
            if isinstance(package, str) and isinstance(lane, str):
                states[package] = lane
    return states

"""The tags of a GSD plan's body.

The body looks like XML and is not: it holds `<string>`, `Vec<u64>`, `&`, whole components. Only the tags that GSD
itself defines count, only where they begin a line or follow another tag, and none inside comments and code fences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.readers.markdown.nested import FENCE, document_end, fence_end, is_document
from planlint.source import Origin, Source, Span

_NAMES = (
    "objective|execution_context|context|required_reading|tasks|task|name|files|action|verify|automated|done|"
    "read_first|acceptance_criteria|behavior|interfaces|verification|success_criteria|output|threat_model|feature|"
    "implementation|manual|what-built|how-to-verify|resume-signal|decision|options|instructions|title"
)
_STEPS = ("task", "feature")
"""A plan that is developed test first holds one `<feature>` with an `<implementation>` instead of tasks."""
_CONTAINERS = frozenset({"tasks", "task"})
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_NAMES})(?P<attributes>(?=[\s>])[^<>\n]{{0,500}})?>")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s{0,3}=\s{0,3}["']([^"'\n]{0,300})["']""")
_COMMENT = re.compile(r"<!--(?:(?!-->).)*+-->", re.DOTALL)
_STEP_TAG = re.compile(r"^[ \t]*<(?P<close>/?)(?:action|task|tasks)\b[^>\n]{0,500}>", re.MULTILINE)
_STEPS_IN_CODE = re.compile(r"(?P<line>[ \t>]*(?:`{3,}|~{3,})[ \t]*xml[ \t]*)\n\s*<tasks?\b", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """One tag with its content. `start` is at `<`, `end` behind the closing tag (or where an unclosed one stops)."""

    name: str
    attributes: dict[str, str]
    start: int
    content: Span
    end: int
    children: list[Element] = field(default_factory=list)
    section: bool = False
    """Not a tag: what stands below a heading or behind a label."""

    def named(self, *names: str) -> Iterator[Element]:
        """The elements called one of `names` directly inside, in order."""
        return (child for child in self.children if child.name in names)

    def place(self, source: Source) -> Origin:
        """The content's place without the blanks around it; the whole element where it is empty."""
        text = source.text
        start, end = self.content
        while start < end and text[start] in " \t\r\n":
            start += 1
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        return source.origin(start, end) if start < end else source.origin(self.start, self.end)


@dataclass(slots=True)
class Body:
    """The tags of one plan as a tree, and what none of them is looked for in."""

    root: Element
    hidden: list[Span]
    """Comments and code fences, sorted and disjoint."""

    @property
    def tasks(self) -> list[Element]:
        """The steps; not those that an action quotes."""
        found: list[Element] = []
        for child in self.root.children:
            if child.name in _STEPS:
                found.append(child)
            elif child.name == "tasks":
                found += child.named(*_STEPS)
        return found

    def visible(self, element: Element) -> list[Span]:
        """The content of `element` without comments and fences, in order."""
        spans: list[Span] = []
        at, end = element.content
        for hidden in self.hidden[bisect_left(self.hidden, (at, 0)) :]:
            if hidden.start >= end:
                break
            if hidden.start > at:
                spans.append(Span(at, hidden.start))
            at = max(at, hidden.end)
        if at < end:
            spans.append(Span(at, end))
        return spans

    def fences(self, element: Element, text: str) -> list[Span]:
        """The code fences inside `element`, fence lines included."""
        start, end = element.content
        inside = self.hidden[bisect_left(self.hidden, (start, 0)) :]
        return [span for span in inside if span.end <= end and not text.startswith("<!--", span.start)]


def read_body(text: str, start: int, *, steps_in_code: bool = False) -> Body:
    """The tags of `text` from offset `start` on. Linear but for sorting; never raises.

    `steps_in_code`: where there are no steps, those in a block of XML are the plan's own and not quoted.
    """
    hidden = _hidden(text, start)
    tokens = [token for token in _TAG.finditer(text, start) if _counts(text, token, hidden)]
    if steps_in_code and not any(token["name"] in _STEPS for token in tokens):
        hidden = [part for span in hidden for part in _opened(text, span)]
        tokens = [token for token in _TAG.finditer(text, start) if _counts(text, token, hidden)]
    root = Element("", {}, start, Span(start, len(text)), len(text))
    _fill(root, tokens, text)
    return Body(root, hidden)


def _hidden(text: str, start: int) -> list[Span]:
    """Comments and fences. Whichever opens first hides what the other would open inside of it."""
    fences = _fences(text, start)
    comments = [Span(*match.span()) for match in _COMMENT.finditer(text, start)]
    found: list[Span] = []
    for span in sorted([*fences, *comments]):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _opened(text: str, span: Span) -> list[Span]:
    """What stays hidden of a block that holds the steps of a plan: the lines that open and close it."""
    opening = _STEPS_IN_CODE.match(text, *span)
    if opening is None:
        return [span]
    return [Span(span.start, opening.end("line")), Span(text.rfind("\n", 0, span.end) + 1, span.end)]


def _fences(text: str, start: int) -> list[Span]:
    """Code fences; one that never closes is none, so that a stray mark does not hide the rest of the plan.

    A block of Markdown is the text of a document that the plan wants written. Authors put code blocks into it with the
    same three marks, where CommonMark would end the outer one: those nest, as long as that leads to an end in the step.
    """
    marks = [*FENCE.finditer(text, start)]
    steps = [match.start() for match in _STEP_TAG.finditer(text, start) if match["close"]]
    found: list[Span] = []
    number, flat = 0, start
    while number < len(marks):
        last = None
        if marks[number].start() >= flat and is_document(marks[number]):
            at = bisect_left(steps, marks[number].end())
            limit = steps[at] if at < len(steps) else len(text)
            last = document_end(marks, number, limit)
            if last is None:
                flat = limit  # one failure to nest is enough for a step: this keeps the search linear
        if last is None:
            last = fence_end(marks, number)
        if last is None:
            break
        left = _end_of_step(text, marks[number].end(), marks[last].start())
        if left is None:
            found.append(Span(marks[number].start(), marks[last].end()))
            number = last + 1
        else:
            found.append(Span(marks[number].start(), left))
            number = next((other for other in range(number + 1, len(marks)) if marks[other].start() > left), len(marks))
    return found


def _end_of_step(text: str, start: int, end: int) -> int | None:
    """Where a step ends between `start` and `end` that did not begin there: marks that do not balance cross it."""
    depth = 0
    for tag in _STEP_TAG.finditer(text, start, end):
        if not tag["close"]:
            depth += 1
        elif depth == 0:
            return tag.start()
        else:
            depth -= 1
    return None


def _counts(text: str, token: re.Match[str], hidden: list[Span]) -> bool:
    index = bisect_left(hidden, (token.start() + 1, 0)) - 1
    if index >= 0 and token.start() < hidden[index].end:
        return False
    if token["close"]:
        return text[token.start() - 1 : token.start()] != "`"
    at = token.start() - 1
    while at >= 0 and text[at] in " \t":
        at -= 1
    return at < 0 or text[at] in "\r\n>"


def _fill(root: Element, tokens: list[re.Match[str]], text: str) -> None:
    """Nest `tokens` below `root`.

    An element reaches to its closing tag. Without one before the next element of its own name, or before the end of
    what it stands in, a task stops right there and any other element at the next tag.
    """
    openings: dict[str, list[int]] = {}
    closings: dict[str, list[int]] = {}
    for number, token in enumerate(tokens):
        (closings if token["close"] else openings).setdefault(token["name"], []).append(number)
    stack: list[tuple[Element, int]] = [(root, len(tokens))]
    for number, token in enumerate(tokens):
        while len(stack) > 1 and number >= stack[-1][1]:
            stack.pop()
        if token["close"]:
            continue
        parent, limit = stack[-1]
        name = token["name"]
        last = min(_following(openings[name], number), limit)
        closing = _following(closings.get(name, []), number)
        if closing < last:
            content_end, end = tokens[closing].start(), tokens[closing].end()
        else:
            closing = last if name in _CONTAINERS else min(number + 1, last)
            content_end = end = tokens[closing].start() if closing < len(tokens) else len(text)
        attributes = {key.lower(): value for key, value in _ATTRIBUTE.findall(token["attributes"] or "")}
        element = Element(name, attributes, token.start(), Span(token.end(), max(token.end(), content_end)), end)
        parent.children.append(element)
        stack.append((element, closing))


def _following(numbers: list[int], number: int) -> int:
    """The first of the ascending `numbers` behind `number`; beyond every token where there is none."""
    at = bisect_left(numbers, number + 1)
    return numbers[at] if at < len(numbers) else 1 << 60

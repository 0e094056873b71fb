"""The steps of a plan: which files they write, and what they are told to leave alone.

Of the files that a step's own `<files>` names beside the declaration 71 % were really changed, of those right after an
edit verb in an `<action>` 45 %, of any other mention at most 18 % (1,075 executed plans of twelve projects): the first
two are writes of the body, everything else is read at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.dialects.draft import TaskDraft
from planlint.dialects.gsd.names import BodyNames
from planlint.dialects.gsd.plan_file import STEP_NUMBER, PlanFile
from planlint.dialects.gsd.reads import add_reads, step_files
from planlint.dialects.gsd.tags import Element
from planlint.dialects.gsd.task import add_item, is_checkpoint
from planlint.dialects.plan_words.looking import LOOKING, STUDYING
from planlint.dialects.prose import PathContext, ProseContext, effects_of
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import english_verbs
from planlint.dialects.prose.wording import weak_spans
from planlint.model import Mode, Scope
from planlint.paths import looks_like_file
from planlint.source import Span

_LOOKS = re.compile(
    rf"(?:re-?)?(?:{LOOKING}|check|confirm|assert|smoke-test|inspect|{STUDYING}|examine|understand|read)(?=[\s:,])",
    re.IGNORECASE,
)
_RUNNING = words("run re-run rerun execute")
"""Of ten files that only steps called "Run ..." list six were changed: generated, synced, or the script itself."""
_SECOND_VERB = re.compile(r"(?:[,;+/&]|\band\b|\bthen\b)[ \t]*(?:then[ \t]+)?([A-Za-z][\w-]{1,20})")

_TEST_CASE = re.compile(
    r"(?:(?:[-*+]|\d{1,2}[.)])[ \t]+)?\*{0,2}(?:\*\*Test(?: case)? #?\d|`(?:\w{0,20}test|it|describe)\([\"'`])",
    re.IGNORECASE,
)
""" "**Test 2: ...**", "3. **`test('keeps names')`**"."""
_LISTED = ("- ", "* ", "+ ", "```")


def add_body(task: TaskDraft, plan: PlanFile, names: BodyNames, context: PathContext) -> None:
    """What the steps of the plan say they write, what they read, and what they are told to leave alone."""
    listed: set[str] = set()
    for step, item in step_files(plan, context):
        listed.add(item.path)
        if is_checkpoint(step) or _only_looks(step, plan):
            task.read(item.path, item.origin, note=item.note, external=item.external, body=True)
        else:
            add_item(task, item, Mode.WRITE, body=True, weak=_is_doubtful(step, plan))
    off_limits: list[Scope] = []
    for step in plan.body.tasks:
        if not is_checkpoint(step):
            for element in step.named("action", "implementation"):
                off_limits += _act(task, plan, element, names, context, listed)
    add_reads(task, plan, context, lambda path: names.complete(path, plan.id))
    written = {scope.path for scope in task.writes}
    task.reads = [scope for scope in task.reads if scope.path not in written]
    for scope in off_limits:
        # Each step is told what the next one does; only what no step of this plan writes is off limits to it.
        if scope.path not in written:
            _keep(task.off_limits, scope)


def _step_name(step: Element, plan: PlanFile) -> str:
    """What the step is called, without `Task 3:` before it; from the attribute where there is no tag."""
    name = next(
        (element.place(plan.source).text for element in step.named("name", "title")), step.attributes.get("name", "")
    )
    return STEP_NUMBER.sub("", name.strip())


def _only_looks(step: Element, plan: PlanFile) -> bool:
    """Whether a step is called "Verify ...", "Check ...", and no second verb ("... and update the guide") writes.

    None of thirteen files that only such steps list was changed (700 executed plans of eight projects). Other verbs
    that read begin the names of things: of the files of steps called "Search endpoint", "Audit log page", "Tests for
    ...", "Watch mode" 16 of 16 were changed.
    """
    name = _step_name(step, plan)
    if _LOOKS.match(name) is None:
        return False
    verbs = english_verbs()
    return not any((role := verbs.get(match[1].lower())) and role.writes for match in _SECOND_VERB.finditer(name))


def _is_doubtful(step: Element, plan: PlanFile) -> bool:
    """Whether a step's name makes its files uncertain: "if needed", or a program that it only runs."""
    name = _step_name(step, plan)
    return name.partition(" ")[0].lower() in _RUNNING or bool(weak_spans(name, 0, len(name)))


def _act(
    task: TaskDraft, plan: PlanFile, element: Element, names: BodyNames, context: PathContext, listed: set[str]
) -> list[Scope]:
    """The effects of one action; the answer is what it forbids. `listed`: what the steps' own lists hold."""

    def resolve(name: str) -> str | None:
        return names.find(name, plan.id)

    forbidden: list[Scope] = []
    prose_context = ProseContext(paths=context, resolve=resolve, body=True)
    for span in _without_test_cases(plan.source.text, plan.body.visible(element)):
        effects = effects_of(plan.prose(*span), default=None, context=prose_context)
        for kept, scopes in ((task.writes, effects.writes), (task.reads, effects.reads)):
            for scope in scopes:
                if _is_meant(scope) or (scope.path in listed and not scope.weak):
                    _keep(kept, _completed(scope, names, plan))
        for scope in effects.off_limits:
            _keep(forbidden, _completed(scope, names, plan))
    return forbidden


def _without_test_cases(text: str, spans: list[Span]) -> Iterator[Span]:
    """`spans` without what stands under a label "**Test 2: ...**": a test's own files come and go with it."""
    within = False
    for span in spans:
        start, at = span.start, span.start
        while at < span.end:
            end = text.find("\n", at, span.end) + 1 or span.end
            line = text[at:end].lstrip()
            case = _TEST_CASE.match(line) is not None
            if case or (within and line and not line.startswith(_LISTED)):
                if case and not within and start < at:
                    yield Span(start, at)
                within, start = case, at
            at = end
        if not within and start < span.end:
            yield Span(start, span.end)


def _completed(scope: Scope, names: BodyNames, plan: PlanFile) -> Scope:
    """`scope` with the full path of its file where the plan spells that out."""
    return Scope(
        path=names.complete(scope.path, plan.id),
        mode=scope.mode,
        origin=scope.origin,
        evidence=scope.evidence,
        weak=scope.weak,
        part=scope.part,
        external=scope.external,
        body=scope.body,
        note=scope.note,
    )


def _is_meant(scope: Scope) -> bool:
    """Whether a file that an action mentions says something about this plan's work.

    A directory is where the work is, not the work; what lies outside of the repository, or is written only perhaps,
    was changed in none of a hundred cases.
    """
    path = scope.path
    if scope.weak or path.startswith(("/", "~", "..", ".planning/")):
        return False
    return looks_like_file(path.rpartition("/")[2])


def _keep(scopes: list[Scope], scope: Scope) -> None:
    """Add `scope` unless the same is said already."""
    if all((other.path, other.mode, other.part) != (scope.path, scope.mode, scope.part) for other in scopes):
        scopes.append(scope)

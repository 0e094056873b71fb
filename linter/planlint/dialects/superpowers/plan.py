"""From task sections to a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from planlint.diagnostics import Evidence
from planlint.dialects.draft import PlanDraft, TaskDraft
from planlint.dialects.drawing import add_drawn
from planlint.dialects.file_lists import Placing
from planlint.dialects.plan_words.looking import begins_with_check
from planlint.dialects.prose import BareNames, PathContext, PathMention, ProseContext, effects_of, find_paths
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.superpowers.commits import staged_in
from planlint.dialects.superpowers.contracts import add_contracts, add_dependencies
from planlint.dialects.superpowers.fields import Fields, read_fields
from planlint.dialects.superpowers.headings import TaskSection, parts_around, texts_in
from planlint.dialects.superpowers.limits import limits_of
from planlint.dialects.superpowers.ordering import says_parallel, schedule_of
from planlint.dialects.superpowers.told_order import add_told
from planlint.model import Capability, Kind, Mode, Plan
from planlint.readers.markdown.blocks import MarkdownTree, Rule
from planlint.source import Origin

_TRUE = re.compile(r"\W*(?:true|yes|y)\b", re.IGNORECASE)
_AROUND = -1
"""Where the paths outside of the tasks are kept among those of the tasks, which go by their indexes."""
_OWN_DOCUMENTS = ("docs/superpowers/specs/", "docs/superpowers/plans/")
_CAPABILITIES = frozenset(
    {
        Capability.TASKS,
        Capability.WRITES,
        Capability.DECLARED_WRITES,
        Capability.READS,
        Capability.OFF_LIMITS,
        Capability.DEPENDENCIES,
        Capability.BRIEF,
        Capability.VERIFY,
        Capability.STATUS,
    }
)


def build_plan(
    draft: PlanDraft,
    sections: Sequence[TaskSection],
    trees: Sequence[MarkdownTree],
    context: PathContext,
    sources: tuple[Origin, ...],
    *,
    incomplete: bool = False,
    in_turn: bool = True,
) -> Plan:
    """The plan made of `sections`, which stand in `trees`. `in_turn`: the skill runs it, one task after the other."""
    fields = [read_fields(section, context) for section in sections]
    for section, one in zip(sections, fields, strict=True):
        if section.listed:
            one.delivered.insert(0, section.title)
    mentions = {index: _mentions(section, context) for index, section in enumerate(sections)}
    # A list of files before the tasks says where the files are whose bare names the tasks use.
    around = [prose for tree in trees for part in parts_around(tree, sections) for _, prose in texts_in(part.blocks)]
    mentions[_AROUND] = [mention for prose in around for mention in find_paths(prose, known=context)]
    placing = Placing(mentions)
    for section, one in zip(sections, fields, strict=True):
        _add_files(draft.add(_task(section, one)), one, placing)
    declared = BareNames({task.index: [scope.path for scope in task.writes] for task in draft.tasks})
    for task, one in zip(draft.tasks, fields, strict=True):
        resolve = partial(placing.names.find, task=task.index)
        context_of_body = ProseContext(paths=context, resolve=resolve, body=one.files_origin is not None)
        _add_body(task, one, context_of_body, declared)
        if not any(not scope.body for scope in task.writes) and begins_with_check(task.title):
            task.kind = Kind.REVIEW
    _add_staged(draft.tasks, sections, fields, placing)
    add_dependencies(draft.tasks, fields)
    told = says_parallel(trees, sections)
    open_order = told or not in_turn
    drawn = open_order and add_drawn(draft.tasks, trees[0], draft.origin)
    clear = open_order and add_told(draft.tasks, sections, trees)
    graph = drawn or clear or (told and all(one.ordered for one in fields))
    schedule = schedule_of(sections, draft.tasks, trees, drawn=graph)
    add_contracts(draft.tasks, fields, concurrent=schedule.concurrent)
    capabilities = set(_CAPABILITIES)
    if any(one.produces or one.consumes for one in fields):
        capabilities.add(Capability.CONTRACTS)
    if any(task.wave or task.parallel for task in draft.tasks) or schedule.concurrent:
        capabilities.add(Capability.CONCURRENCY)
    heading = next((part.heading for part in trees[0].top.walk() if part.level == 1), None) if trees else None
    single = heading if len(trees) == 1 else None
    return draft.finish(
        name=single.title if single else draft.path.rpartition("/")[2],
        places={"name": single.prose.whole} if single else {},
        schedule=schedule.tree,
        capabilities=frozenset(capabilities),
        constraints=limits_of(trees, sections, draft.tasks, context, mentions),
        design_documents=_OWN_DOCUMENTS,
        sources=sources,
        incomplete=incomplete,
    )


def _mentions(section: TaskSection, context: PathContext) -> list[PathMention]:
    texts = [*([section.title] if section.listed else []), *(prose for _, prose in texts_in(section.blocks))]
    return [mention for prose in texts for mention in find_paths(prose, known=context)]


def _task(section: TaskSection, fields: Fields) -> TaskDraft:
    task = TaskDraft(section.id, section.origin)
    task.places["id"] = section.id_origin
    task.title = " ".join(section.title.text.split())
    task.places["title"] = section.title.whole if section.title.text.strip() else section.heading
    text = section.origin.text
    task.brief = text[text.find("\n") + 1 :].strip() if "\n" in text else ""
    task.done = section.done
    task.phase = _phase(section)
    if fields.parallel is not None:
        task.parallel = _TRUE.match(fields.parallel.value.text) is not None
        task.places["parallel"] = fields.parallel.origin
    if fields.runs:
        task.verify = "\n".join(dict.fromkeys(command for command, _ in fields.runs))
        task.places["verify"] = fields.runs[-1][1]
    task.scope_known = fields.complete
    if fields.files_origin is not None:
        task.places["writes"] = fields.files_origin
    return task


def _phase(section: TaskSection) -> str | None:
    """The heading that the task stands under; a rule between the two ends what the heading was for."""
    around = section.section.ancestors
    if not around or around[0].level <= 1 or any(isinstance(block, Rule) for block in around[0].blocks):
        return None
    return around[0].title


def _add_files(task: TaskDraft, fields: Fields, placing: Placing) -> None:
    for entry in fields.files:
        path = placing.path(entry, task.index)
        if path is None:
            continue
        # Line ranges tell where to look; one after the other, tasks do not share a file by them.
        note = ", ".join(words for words in (entry.part, entry.note) if words) or None
        if entry.forbidden:
            task.keep_off(path, entry.origin, note=note)
        elif entry.mode is Mode.READ:
            task.read(path, entry.origin, note=note)
        else:
            task.write(path, entry.origin, entry.mode, weak=entry.weak, note=note)


def _add_body(task: TaskDraft, fields: Fields, context: ProseContext, declared: BareNames) -> None:
    """What the steps say beyond the Files block, in which they name declared files by their tails too."""
    known = {scope.path for scope in (*task.writes, *task.reads)}
    own = list(known)
    told = [*((prose, Mode.WRITE) for prose in fields.delivered), *((prose, None) for prose in fields.body)]
    for prose, default in told:
        found = effects_of(prose, default=default, context=context)
        for scope in found.off_limits:
            path = declared.find(scope.path, task.index) or scope.path
            if path not in {one.path for one in task.writes} or flatly_forbidden(scope):
                task.keep_off(path, scope.origin, evidence=scope.evidence, body=True)
        for scopes, target in ((found.writes, task.writes), (found.reads, task.reads)):
            for scope in scopes:
                path = declared.find(scope.path, task.index) or scope.path
                if path not in known and not any(_abbreviates(path, full) for full in own):
                    known.add(path)
                    target.append(scope.replace(path=path))


def _add_staged(
    tasks: Sequence[TaskDraft], sections: Sequence[TaskSection], fields: Sequence[Fields], placing: Placing
) -> None:
    """What tasks without a list of files commit, unless the plan has another task that writes or anybody who reads it.

    A task that does nothing but commit stages what others have written.
    """
    told = {scope.path for task in tasks for scope in (*task.writes, *task.reads)}
    for task, section, one in zip(tasks, sections, fields, strict=True):
        for path, origin in staged_in(section.blocks) if one.files_origin is None else ():
            found = path if "/" in path else placing.names.find(path, task.index)
            if found is None or found in told or found.startswith(_OWN_DOCUMENTS):
                continue
            if not any(_abbreviates(found, full) for full in told):
                told.add(found)
                task.write(found, origin, evidence=Evidence.INFERRED, body=True)


def _abbreviates(path: str, full: str) -> bool:
    """Whether `core/driver.ts` is short for `packages/core/src/driver.ts`."""
    segments = path.split("/")
    if len(segments) < 2 or full.rpartition("/")[2] != segments[-1]:
        return False
    rest = iter(full.split("/"))
    return all(segment in rest for segment in segments)

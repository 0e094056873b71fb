"""From found sections to plans: order, references between workers, limits, constraints, inherited context."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.claude_md.constraints import constraints_of, fan_outs_of
from planlint.dialects.claude_md.fences import schedule_launches
from planlint.dialects.claude_md.found import FoundGroup, FoundPlan, FoundTask
from planlint.dialects.claude_md.reading import find_plans, section_texts
from planlint.dialects.claude_md.vocabulary import stated_count, stated_limit
from planlint.dialects.draft import PlanDraft
from planlint.dialects.prose import IdGrammar, find_references
from planlint.dialects.prose.tables import words
from planlint.model import Capability, Constraint, ContextFile, Isolation, Kind, Plan, Schedule, parallel, serial
from planlint.model.schedule import Leaf
from planlint.readers.document import Document
from planlint.readers.prose import Prose
from planlint.source import Origin

_REFERENCE = re.compile(
    r"\b(?:[Ss]ub-?[Aa]gents?|[Aa]gents?|[Tt]asks?|[Ww]orkers?|[Ll]anes?|[Ss]treams?|[Ii]tems?|[Rr]oles?|[Tt]eammates?"
    r"|[Tt]racks?|[Ss]essions?)\s?#?-?(?:\d{1,3}|[A-Z])\b"
    r"|\b(?:[A-Z]{1,4}-?\d{1,4}(?:\.\d{1,3})?|\d{1,3}(?:\.\d{1,3})?)\b"
)

_WORKER_WORDS = words("agent subagent sub task worker lane stream workstream item role teammate track session instance")

_WORKTREES = re.compile(
    r"\b(?:own|separate|isolated|dedicated|each|individual) (?:git )?worktrees?\b|\bworktree (?:per|for each"
    r"|isolation)\b|\bin (?:its|their) own worktrees?\b",
    re.IGNORECASE,
)
_NO_WORKTREES = re.compile(r"\b(?:no|not|without|never|don'?t)\b[^.\n]{0,40}\bworktrees?\b", re.IGNORECASE)


def load_sections(
    document: Document, capabilities: frozenset[Capability], *, memory: bool, standing: bool
) -> list[Plan]:
    """All plans of `document`.

    `memory`: the file is one that every agent inherits, so its own size is part of what its plans cost. `standing`: it
    is read again for each new piece of work (a command, a guide), so that its plans are patterns.
    """
    tree = document.markdown
    if tree is None:
        return []
    plans: list[Plan] = []
    limit: int | None = None
    for index, found in enumerate(find_plans(tree)):
        if index == 0:
            # One limit counts for the whole file, wherever it stands.
            limit = _limit([prose for section in tree.top.walk() for prose in section_texts(section)])
        plan = _load(document, found, capabilities, memory=memory, standing=standing, limit=limit)
        if plan is not None:
            plans.append(plan)
    return plans


def _limit(texts: list[Prose]) -> int | None:
    for prose in texts:
        number = stated_limit(prose.text)
        if number is not None:
            return number.value
    return None


def _load(
    document: Document,
    found: FoundPlan,
    capabilities: frozenset[Capability],
    *,
    memory: bool,
    standing: bool,
    limit: int | None,
) -> Plan | None:
    limit = _limit(found.texts) or _limit(found.around) or limit
    bound = limit if limit is not None or found.roster < 2 else found.roster
    fan_outs = tuple(fan_outs_of(found.texts, bound))
    if not found.tasks and not fan_outs and not any(script.script.steps for script in found.scripts):
        return None
    draft = PlanDraft(document.path, "claude-md", found.origin)
    for task in found.tasks:
        draft.add(task.draft)
    launched = {task.launch: task.draft.index for task in found.tasks if task.launch is not None}
    count = _count(found)
    _refer(found)
    schedule = _schedule(found, launched)
    scripts = tuple(
        script.with_tasks({step: index for (number, step), index in launched.items() if number == position})
        for position, script in enumerate(found.scripts)
    )
    pattern = standing or _is_open(found)
    starts = len(found.tasks) or sum(len(script.launches) for script in found.scripts)
    context = (ContextFile(path=document.path, origin=_first_line(document)),) if memory and starts > 1 else ()
    places = {"name": found.title_origin} if found.title_origin is not None else {}
    return draft.finish(
        name=found.title,
        schedule=schedule,
        isolation=_isolation(found),
        runtime="claude-code",
        max_parallel=limit,
        workers=count,
        context=context,
        constraints=_constraints(found),
        scripts=scripts,
        fan_outs=fan_outs,
        capabilities=_expressed(found, capabilities),
        pattern=pattern,
        sources=(document.source.origin(0, len(document.source.text)),),
        places=places,
    )


def _expressed(found: FoundPlan, capabilities: frozenset[Capability]) -> frozenset[Capability]:
    """What this section can express: without tasks there is nothing that it could say about them."""
    if not found.tasks:
        return frozenset({Capability.LAUNCHES, Capability.LIMITS, Capability.CONTEXT})
    declared = any(scope.evidence is Evidence.DECLARED for task in found.tasks for scope in task.draft.writes)
    return capabilities if declared else capabilities - {Capability.DECLARED_WRITES}


def _is_open(found: FoundPlan) -> bool:
    """Whether the section leaves open what the work is: templates, or roles of which most name no file at all."""
    if any(launch.template for script in found.scripts for _, launch in script.launches):
        return True
    drafts = [task.draft for task in found.tasks]
    named = sum(1 for draft in drafts if draft.writes or draft.reads or draft.off_limits or draft.resources)
    return named * 2 < len(drafts) or not drafts


def _count(found: FoundPlan) -> int | None:
    """How many workers the section says it starts, where that is not just the number of its tasks."""
    for prose in found.texts[:3]:
        count = stated_count(prose.text)
        limit = stated_limit(prose.text)
        if count is None or (limit is not None and limit.start <= count.start < limit.end):
            continue
        last = found.tasks[-1] if found.tasks else None
        if (
            last is not None
            and count.value == len(found.tasks) - 1
            and last.draft.kind in (Kind.INTEGRATE, Kind.REVIEW)
        ):
            last.last = True
            return None
        return count.value if count.value != len(found.tasks) else None
    return None


def _isolation(found: FoundPlan) -> Isolation:
    text = "\n".join(prose.text for prose in found.around)
    if _WORKTREES.search(text) and not _NO_WORKTREES.search(text):
        return Isolation.WORKTREE
    return Isolation.UNKNOWN


def _constraints(found: FoundPlan) -> tuple[Constraint, ...]:
    """The rules of the section; what stands inside of a task is that task's own."""
    inside = [(task.draft.origin.start, task.draft.origin.end) for task in found.tasks]
    outside = [prose for prose in found.around if not any(start <= prose.start < end for start, end in inside)]
    return tuple(constraints_of(outside))


def _first_line(document: Document) -> Origin:
    source = document.source
    return source.origin(*source.line_span(1))


def _schedule(found: FoundPlan, launched: dict[tuple[int, int], int]) -> Schedule | None:
    if not found.tasks:
        return None
    waves = [group for group in found.groups if group.label is not None]
    if waves:
        return serial((_group(group, group.tasks) for group in waves), "waves run one after another")
    if launched and len(found.groups) == 1:
        return schedule_launches(found.scripts, launched, found.groups[0].order)
    parts = [_by_wave(group) for group in found.groups]
    return parallel(parts, "nothing orders the lists of this section", Evidence.INFERRED)


def _by_wave(group: FoundGroup) -> Schedule:
    """A table with a wave column runs wave by wave, in the order of their numbers."""
    waves: dict[str, list[FoundTask]] = {}
    for task in group.tasks:
        if task.wave is None:
            return _group(group, group.tasks)
        waves.setdefault(task.wave, []).append(task)
    if len(waves) < 2:
        return _group(group, group.tasks)
    ordered = sorted(waves, key=_wave_key)
    return serial((_group(group, waves[wave], wave) for wave in ordered), "waves run one after another")


def _wave_key(wave: str) -> tuple[float, str]:
    number = re.search(r"\d{1,6}(?:\.\d{1,3})?", wave)
    return (float(number.group()) if number is not None else float("inf"), wave)


def _group(group: FoundGroup, tasks: list[FoundTask], wave: str | None = None) -> Schedule:
    """Those that run first, then the middle, then those that run last; the middle in the order that the text states."""
    first = [task for task in tasks if task.first and not task.last]
    last = [task for task in tasks if task.last]
    middle = [task for task in tasks if not task.first and not task.last]
    if not middle:
        # Everything claims an end of the line: then nothing is known.
        first, last, middle = [], [], tasks
    parts: list[Schedule] = [_leaf(task) for task in first]
    parts.append(_middle(group, middle, wave))
    parts.extend(_leaf(task) for task in last)
    return serial(parts, "some say that they run first or last", Evidence.STATED)


def _middle(group: FoundGroup, tasks: list[FoundTask], wave: str | None) -> Schedule:
    leaves = [_leaf(task) for task in tasks]
    alone = [task for task in tasks if task.draft.parallel is False]
    if group.order == "serial":
        return serial(leaves, "the text says that they run in order", Evidence.STATED)
    if alone:
        together = [_leaf(task) for task in tasks if task.draft.parallel is not False]
        rest: list[Schedule] = [_leaf(task) for task in alone]
        if together:
            rest.insert(0, parallel(together, "marked as parallel in the table", origin=group.origin))
        return serial(rest, "some are marked as not parallel")
    if any(task.draft.parallel for task in tasks):
        return parallel(leaves, "marked as parallel in the table", origin=group.origin)
    label = group.label or (f"wave {wave}" if wave is not None else None)
    if label is not None and group.order != "both":
        return parallel(leaves, "same wave", origin=group.origin, label=label)
    if group.order == "parallel":
        return parallel(leaves, "the text says that they run in parallel", Evidence.STATED, origin=group.origin)
    return parallel(leaves, f"nothing orders {group.shape}", Evidence.INFERRED, origin=group.origin)


def _leaf(task: FoundTask) -> Schedule:
    return Leaf(task.draft.index)


def _refer(found: FoundPlan) -> None:
    """Dependencies between the workers of a section: columns and bullets first, then what sentences say."""
    tasks = found.tasks
    by_key: dict[str, FoundTask | None] = {}
    for task in tasks:
        for key in _keys(task):
            by_key[key] = None if key in by_key else task
    names = {" ".join(task.draft.title.lower().split()): task for task in tasks if task.draft.title}
    for task in tasks:
        for prose in task.needs:
            _needs(task, prose, by_key, names)
        for prose in task.texts:
            _told(task, prose, by_key)


def _keys(task: FoundTask) -> set[str]:
    """The short forms by which others may refer to a task: its id, the number at the end of its id, its list number."""
    keys = set()
    if task.draft.id:
        keys.add(_normal(task.draft.id))
    if task.number is not None:
        keys.add(_normal(task.number))
    return keys


def _normal(text: str) -> str:
    """`Agent 1`, `agent-1`, `Task #1` and `1` are one."""
    parts = re.findall(r"\d+(?:\.\d+)?|[A-Za-z]+", text)
    if len(parts) > 1 and parts[0].lower().rstrip("s") in _WORKER_WORDS:
        parts = parts[1:]
    return "".join(parts).lower() if len(parts) <= 2 else "-".join(parts).lower()


def _needs(task: FoundTask, prose: Prose, by_key: dict[str, FoundTask | None], names: dict[str, FoundTask]) -> None:
    """A column or bullet that lists what the task waits for: every id in it counts."""
    whole = " ".join(prose.text.lower().split()).strip(" .")
    for part in re.split(r",|;|\band\b|&|\+", whole):
        named = names.get(part.strip(" `.()"))
        if named is not None and named is not task:
            _depend(task, named, prose.whole, part.strip(), Evidence.DECLARED)
    grammar = IdGrammar(_REFERENCE, _normal, tuple(by_key))
    for reference in find_references(prose, grammar):
        if reference.negated or reference.group:
            continue
        for key in reference.ids:
            target = by_key.get(key)
            if target is not None and target is not task:
                _depend(task, target, reference.origin, reference.written, Evidence.DECLARED)


def _told(task: FoundTask, prose: Prose, by_key: dict[str, FoundTask | None]) -> None:
    """ "after Agent 1", "depends on tasks 1-3" in a sentence."""
    grammar = IdGrammar(_REFERENCE, _normal, tuple(by_key))
    for reference in find_references(prose, grammar):
        if reference.negated or reference.group or reference.kind not in ("depends_on", "blocks"):
            continue
        if reference.subject is not None or not re.search(r"[A-Za-z]", reference.written):
            continue
        for key in reference.ids:
            target = by_key.get(key)
            if target is None or target is task:
                continue
            if reference.kind == "depends_on":
                _depend(task, target, reference.origin, reference.written, reference.evidence)
            else:
                _depend(target, task, reference.origin, reference.written, reference.evidence)


def _depend(task: FoundTask, on: FoundTask, origin: Origin, written: str, evidence: Evidence) -> None:
    known = on.draft.id or on.draft.title
    task.draft.depend(known, origin, evidence, written=written, target=on.draft.index)
    # Its own dependency says it better than "after the others".
    task.last = False

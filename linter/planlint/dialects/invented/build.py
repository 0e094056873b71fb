"""From the items that were found to the typed plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from planlint.diagnostics import Problem
from planlint.dialects.draft import PlanDraft
from planlint.dialects.invented.capabilities import CAPABILITIES, NAME
from planlint.dialects.invented.finding import Found, is_told
from planlint.dialects.invented.items import ItemReader, Read
from planlint.dialects.invented.pages import complete
from planlint.dialects.invented.references import refers_elsewhere, resolve_all
from planlint.dialects.invented.schedule import members_of, order_of
from planlint.dialects.invented.scopes import files_of
from planlint.dialects.invented.vocabulary import HOLDERS
from planlint.dialects.keys import fold
from planlint.dialects.prose import BareNames, PathContext, ProseContext, effects_of
from planlint.dialects.prose.bans import flatly_forbidden
from planlint.dialects.task_page import TaskPage
from planlint.model import Capability, Constraint, Isolation, Mode, Plan
from planlint.readers.tree import Mapping, Scalar
from planlint.source import Origin

_NEEDED = {
    Capability.OFF_LIMITS: ("off_limits",),
    Capability.CONTRACTS: ("provides", "consumes", "contracts"),
    Capability.AGENTS: ("agent", "role"),
    Capability.VERIFY: ("verify",),
    Capability.ESTIMATES: ("estimate",),
    Capability.STATUS: ("status", "done"),
    Capability.BRIEF: ("brief",),
    Capability.DEPENDENCIES: ("depends_on", "blocks"),
}
"""Capabilities that a plan has only when one of these fields stands in its items."""

_DEEPEST = 16
"""Steps of a path that are compared; deeper ones do not occur in public plans."""

_TITLES = ("plan_name", "plan", "name", "title", "feature_name", "plan_slug", "mission_slug", "slug", "id")


class Part(NamedTuple):
    """One file's items; `page` is the file, where they are one item in its front matter."""

    path: str
    found: Found
    page: TaskPage | None = None


def build(
    parts: Sequence[Part],
    path: str,
    origin: Origin,
    *,
    waves: dict[str, tuple[str, Origin]] | None = None,
    known: frozenset[str] = frozenset(),
    sources: Sequence[Origin] = (),
    incomplete: bool = False,
) -> tuple[Plan, list[Problem]]:
    """The plan that `parts` make together, and what is wrong with their words.

    `waves` maps ids to the wave that another document gives them; `known` are ids of tasks that could not be read;
    `incomplete`: there are further tasks elsewhere.
    """
    context = PathContext()
    draft = PlanDraft(path, NAME, origin)
    reads: list[Read] = []
    pages: list[tuple[Read, TaskPage]] = []
    problems: list[Problem] = []
    for part in parts:
        reader = ItemReader(part.found.profile, context, part.path)
        for item in part.found.items:
            read = reader.read(item)
            if read is not None:
                draft.add(read.task)
                reads.append(read)
                if part.page is not None:
                    pages.append((read, part.page))
        problems += reader.problems
    first = parts[0].found
    for read in reads:
        if waves and read.task.id in waves:
            read.task.wave, read.task.places["wave"] = waves[read.task.id]
    stages = [stage for part in parts for stage in part.found.stages]
    groups = {
        stage.name: [reads[index] for index in own]
        for stage, own in zip(stages, members_of(stages, reads), strict=True)
        if stage.name and not stage.name.isdecimal()
    }
    together = resolve_all(reads, groups)
    declares = any(read.declares for read in reads)
    _effects(reads, context, declares=declares)
    complete(pages, context)
    fields = frozenset({"brief"} if pages else ()).union(*(part.found.fields for part in parts))
    merged = Found(first.root, [], stages, first.keys, fields, first.profile, first.list_key)
    ordered = order_of(merged, reads, together)
    roots = [
        part.found.root
        for part in parts
        if part.found.root is not None and all(item.node is not part.found.root for item in part.found.items)
    ]
    name = _named(roots)
    prompts = any(isinstance(item.node, Mapping) and is_told(item.node) for item in first.items)
    plan = draft.finish(
        name=name.text.strip() if name is not None else "",
        places={"name": name.origin} if name is not None else {},
        schedule=ordered.schedule if reads else None,
        isolation=_isolation(roots, first) if not _on_branches(pages) else Isolation.BRANCH,
        max_parallel=_limit(roots),
        constraints=tuple(_constraints(roots, context)),
        capabilities=_capabilities(fields, declares=declares, concurrent=ordered.concurrent, waves=ordered.waves,
                                   stages=bool(merged.stages), prompts=prompts),
        known_ids=known,
        incomplete=incomplete or bool(known) or bool(problems) or _is_cut(first, reads) or refers_elsewhere(reads),
        sources=tuple(sources) or (origin,),
    )  # fmt: skip
    return plan, problems


def _effects(reads: Sequence[Read], context: PathContext, *, declares: bool) -> None:
    """What the texts say about files; beside a declaration it counts as told in the body."""
    names = BareNames(
        {read.task.index: [scope.path for scope in (*read.task.writes, *read.task.reads)] for read in reads}
    )
    declared = {scope.path for read in reads for scope in read.task.writes}
    parts = _inner_parts(declared)
    roots = frozenset(path.partition("/")[0] for path in declared)
    for read in reads:
        task = read.task
        task.scope_known = True if read.declares else None
        known = {scope.path for scope in task.writes}
        prose_context = ProseContext(paths=context, resolve=partial(names.find, task=task.index), body=read.declares)
        for prose in read.briefs:
            default = Mode.WRITE if not declares and prose.text.strip() == task.title else None
            effects = effects_of(prose, default=default, context=prose_context)
            for scope in effects.writes:
                if scope.path not in known and (scope.path in declared or not _is_inner(scope.path, parts, roots)):
                    task.write(scope.path, scope.origin, scope.mode, **_more(scope))
            written = {scope.path for scope in task.writes}
            for scope in effects.reads:
                if scope.path not in written:
                    task.read(scope.path, scope.origin, **_more(scope))
            task.off_limits += [
                scope for scope in effects.off_limits if scope.path not in written or flatly_forbidden(scope)
            ]


def _is_cut(found: Found, reads: Sequence[Read]) -> bool:
    """Whether a plan of numbered tasks begins in the middle: its first tasks stand in a file that is not here."""
    if found.profile is None or found.profile.name != "conductor plan":
        return False
    numbers = [int(read.task.id) for read in reads if read.task.id.isdecimal() and len(read.task.id) < 7]
    return bool(numbers) and min(numbers) > 1


def _inner_parts(paths: Iterable[str]) -> frozenset[str]:
    """The parts of declared paths that leave out their beginning: `auth/x.ts` and `auth` of `src/auth/x.ts`."""
    parts: set[str] = set()
    for path in paths:
        steps = path.split("*")[0].strip("/").split("/")[:_DEEPEST]
        parts.update("/".join(steps[i:j]) for i in range(1, len(steps)) for j in range(i + 1, len(steps) + 1))
    return frozenset(parts)


def _is_inner(path: str, parts: frozenset[str], roots: frozenset[str]) -> bool:
    """Whether a path in a text is only a part of a declared one, or lies in such a part.

    `roots` are the directories that declared paths begin with: what begins so is complete.
    """
    steps = path.strip("/").split("/")[:_DEEPEST]
    if steps[0] in roots:
        return False
    return path.strip("/") in parts or any("/".join(steps[:length]) in parts for length in range(1, len(steps)))


def _more(scope: object) -> dict[str, object]:
    return {name: getattr(scope, name) for name in ("evidence", "weak", "part", "external", "note", "body")}


def _holders(roots: Sequence[Mapping]) -> list[Mapping]:
    holders = list(roots)
    for root in roots:
        for key, value in root.values.items():
            if isinstance(value, Mapping) and (fold(key) in HOLDERS or fold(key) == "metadata"):
                holders.append(value)
                holders += [
                    inner
                    for word, inner in value.values.items()
                    if fold(word) == "metadata" and isinstance(inner, Mapping)
                ]
    return holders


def _named(roots: Sequence[Mapping]) -> Scalar | None:
    for holder in _holders(roots):
        for key in _TITLES:
            value = holder.get(key)
            if isinstance(value, Scalar) and isinstance(value.value, str) and value.text.strip():
                return value
    return None


def _limit(roots: Sequence[Mapping]) -> int | None:
    from planlint.dialects.plan_words.synonyms import PLAN

    for holder in _holders(roots):
        for key, value in holder.values.items():
            if isinstance(value, Scalar) and type(value.value) is int and PLAN.canonical(key) == "max_parallel":
                return value.value if value.value > 0 else None
    return None


def _on_branches(pages: Sequence[tuple[Read, TaskPage]]) -> bool:
    """Whether each of the tasks in files of their own has a branch.

    Such a branch is merged before a task that waits for it begins, so no task starts from a base without that work:
    the isolation is that of the plan, and no task says it of itself.
    """
    if not pages or any(read.task.isolation is not Isolation.BRANCH for read, _ in pages):
        return False
    for read, _ in pages:
        read.task.isolation = None
    return True


def _isolation(roots: Sequence[Mapping], found: Found) -> Isolation:
    from planlint.dialects.plan_words.synonyms import ISOLATION_WORDS

    for holder in _holders(roots):
        value = holder.get("isolation", "isolation_mode", "workspace")
        if isinstance(value, Scalar):
            word = ISOLATION_WORDS.get(fold(value.text), fold(value.text))
            if word in set(Isolation):
                return Isolation(word)
    return found.profile.isolation if found.profile is not None else Isolation.UNKNOWN


def _constraints(roots: Sequence[Mapping], context: PathContext) -> list[Constraint]:
    from planlint.dialects.plan_words.synonyms import PLAN

    found = []
    for root in roots:
        for key, value in root.values.items():
            if PLAN.canonical(key) == "off_limits":
                found += [
                    Constraint(kind="off-limits", scope=scope, origin=scope.origin, note=scope.note)
                    for _, scope in files_of(value, "off_limits", context)
                ]
    return found


def _capabilities(
    fields: frozenset[str], *, declares: bool, concurrent: bool, waves: bool, stages: bool, prompts: bool
) -> frozenset[Capability]:
    """What the plan can say by the fields that it has; what is called a prompt goes to an agent that knows no more."""
    missing = {capability for capability, names in _NEEDED.items() if not fields.intersection(names)}
    if stages:
        missing.discard(Capability.DEPENDENCIES)
    if not declares:
        missing.add(Capability.DECLARED_WRITES)
    if not concurrent:
        missing |= {Capability.CONCURRENCY, Capability.WAVES}
    if not waves:
        missing.add(Capability.WAVES)
    if prompts:
        missing.discard(Capability.AGENTS)
    return CAPABILITIES - missing | ({Capability.FRESH_AGENTS} if prompts else frozenset())

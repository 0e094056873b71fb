"""Interfaces between the plans of a phase: what one exports and another builds against.

`must_haves.artifacts[].exports` lists what a plan provides, the code in `<interfaces>` what it builds against, often
copied from code that exists already. A contract is made only where one plan exports the very name whose signature
another one spells out; everything else would be guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planlint.dialects.draft import TaskDraft
from planlint.dialects.gsd.plan_file import PlanFile
from planlint.model import ContractRef
from planlint.readers.tree import Mapping, Scalar
from planlint.readers.tree import Sequence as ListNode
from planlint.source import Origin

_SIGNATURE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:async[ \t]+)?(?:pub[ \t]+)?(?:function|def|fn|func)[ \t]+"
    r"(?P<name>[A-Za-z_$][\w$]{0,80})[ \t]*(?:<[^<>()\n]{0,100}>)?\([^\n]{0,400}",
    re.MULTILINE,
)
"""A line that declares a function in TypeScript, Python, Rust or Go."""


class _Export(NamedTuple):
    name: str
    file: str | None
    origin: Origin


class _Use(NamedTuple):
    name: str
    signature: str
    origin: Origin


def add_contracts(plans: Sequence[tuple[TaskDraft, PlanFile]]) -> None:
    """Tie the plans of a phase by the names that some export and others spell out."""
    exports = [list(_exports(plan)) for _, plan in plans]
    uses = [list(_uses(plan)) for _, plan in plans]
    providers: dict[str, set[int]] = {}
    consumers: dict[str, set[int]] = {}
    for number in range(len(plans)):
        for export in exports[number]:
            providers.setdefault(export.name, set()).add(number)
        for use in uses[number]:
            consumers.setdefault(use.name, set()).add(number)
    # A name that several plans export is extended by the later ones; who provides it cannot be told.
    tied = {name for name, by in providers.items() if len(by) == 1 and consumers.get(name, by) - by}
    for number, (task, _) in enumerate(plans):
        own: set[str] = set()
        for export in exports[number]:
            if export.name in tied and export.name not in own:
                own.add(export.name)
                task.provides.append(ContractRef(contract=export.name, origin=export.origin, file=export.file))
        for use in uses[number]:
            if use.name in tied and use.name not in own:
                own.add(use.name)
                task.consumes.append(
                    ContractRef(contract=use.name, origin=use.origin, signature=use.signature, kind="function")
                )


def _exports(plan: PlanFile) -> Iterator[_Export]:
    must_haves = plan.get("must_haves")
    artifacts = must_haves.get("artifacts") if isinstance(must_haves, Mapping) else None
    for artifact in artifacts.items if isinstance(artifacts, ListNode) else ():
        if not isinstance(artifact, Mapping):
            continue
        path = artifact.get("path")
        names = artifact.get("exports")
        for name in names.items if isinstance(names, ListNode) else ():
            if isinstance(name, Scalar) and name.text.isidentifier():
                yield _Export(name.text, path.text if isinstance(path, Scalar) else None, name.origin)


def _uses(plan: PlanFile) -> Iterator[_Use]:
    text = plan.source.text
    outside = plan.elements("interfaces")
    inside = [part for context in plan.elements("context") for part in context.named("interfaces")]
    for element in (*outside, *inside):
        for fence in plan.body.fences(element, text):
            for match in _SIGNATURE.finditer(text, fence.start, fence.end):
                line = match.group().strip()
                if line.count("(") != line.count(")"):
                    continue
                start = match.end() - len(match.group().lstrip())
                yield _Use(match["name"], line.rstrip("{;: "), plan.source.origin(start, start + len(line)))

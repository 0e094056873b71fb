"""What a workflow script does with the results of a group: `agent()` gives `null` for an agent that failed."""

from __future__ import annotations

import re

from planlint.dialects.workflow.constructs import PARALLEL, PIPELINE
from planlint.model import Step
from planlint.readers.code import Assignment, Call
from planlint.readers.javascript import JsModule

_LOOKS = re.compile(
    r"\.filter\s*\(|\?\.|\?\?|\b(?:null|undefined|catch|allSettled)\b|\bif\s*\(\s*!?\s*\w+\s*\)|!\s*\w+\s*(?:\)|&&|\|\|)"
)
"""Signs that the script thinks of results that are not there, wherever they stand."""
_NEAR = 400
"""Characters of a callback or a loop in which its variable is used."""


def steps_of_results(module: JsModule) -> list[Step]:
    """For each group whose elements are used as if none had failed: the wait for it, and the use.

    Empty for a script that looks for missing results anywhere.
    """
    text = module.source.text
    if _LOOKS.search(_without_prompts(module)) is not None:
        return []
    found = []
    for assignment in module.assignments:
        call = assignment.value.call()
        if call is None or call.name not in (*PARALLEL, PIPELINE):
            continue
        use = _use(text, assignment, call)
        if use is not None:
            found += [
                Step(kind="wait", origin=assignment.origin, handle=assignment.name),
                Step(kind="use", origin=module.source.origin(*use), handle=assignment.name),
            ]
    return found


def _without_prompts(module: JsModule) -> str:
    """The script without its strings: what an agent is told is no code."""
    return re.sub(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", " ", module.source.text)


def _use(text: str, assignment: Assignment, call: Call) -> tuple[int, int] | None:
    """Where a field of an element is read: `found.flatMap(r => r.findings)`, `for (const r of found) use(r.path)`."""
    name = re.escape(assignment.name)
    each = re.compile(
        rf"\b{name}\s*\.\s*(?:map|flatMap|forEach|some|every|find)\s*\(\s*(?:async\s+)?\(?\s*(?P<one>\w+|\{{)"
        rf"|\bfor\s*\(\s*(?:const|let|var)\s+(?P<two>\w+|\{{)[^()\n]{{0,80}}?\bof\s+{name}\b"
    )
    for match in each.finditer(text, call.end):
        variable = match.group("one") or match.group("two")
        if variable == "{":
            return match.start(), match.end()
        read = re.compile(rf"\b{re.escape(variable)}\.\w").search(text, match.end(), match.end() + _NEAR)
        if read is not None:
            return match.start(), read.end()
    return None

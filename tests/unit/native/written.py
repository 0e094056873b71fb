"""Plans written down in tests: text in, what the dialect makes of it out."""

from textwrap import dedent
from typing import NamedTuple

from planlint.diagnostics import Problem
from planlint.dialects.base import Match
from planlint.dialects.native.build import build
from planlint.dialects.native.dialect import NativeDialect
from planlint.dialects.native.recognition import recognise
from planlint.model import Leaf, Parallel, Plan, Schedule, Serial
from planlint.readers.document import Document
from planlint.readers.registry import read
from planlint.source import Source


class Said(NamedTuple):
    """A problem without its objects: code, line, what is marked, message."""

    code: str
    line: int
    marked: str
    message: str


def document(text: str, path: str = "plan.yaml") -> Document:
    return read(Source(path, dedent(text).lstrip("\n")))


def plan_of(text: str, path: str = "plan.yaml") -> Plan:
    """The plan in `text`, which must have no problem."""
    plan, problems = loaded(text, path)
    assert problems == []
    assert plan is not None
    return plan


def loaded(text: str, path: str = "plan.yaml") -> tuple[Plan | None, list[Said]]:
    plan, problems = raw(text, path)
    return plan, [said(problem) for problem in problems]


def raw(text: str, path: str = "plan.yaml") -> tuple[Plan | None, list[Problem]]:
    found = document(text, path)
    assert found.root is not None
    return build(found.root, path, NativeDialect())


def said(problem: Problem) -> Said:
    return Said(problem.code, problem.origin.begin.line, problem.origin.text, problem.message)


def match(text: str, path: str = "plan.yaml") -> Match | None:
    return recognise(document(text, path).roots)


def outline(plan: Plan) -> str:
    """The schedule as text: `(a | b) > c` for a and b together, then c."""

    def show(node: Schedule) -> str:
        if isinstance(node, Leaf):
            return plan.tasks[node.task].id
        sign = " | " if isinstance(node, Parallel) else " > "
        assert isinstance(node, Parallel | Serial)
        return f"({sign.join(show(child) for child in node.children)})"

    return show(plan.schedule) if plan.schedule is not None else ""


class _Nothing:
    """A workspace without any file."""

    def document(self, path: str) -> Document | None:
        return None

    def text(self, path: str) -> str | None:
        return None

    def exists(self, path: str) -> bool:
        return False

    def names(self, directory: str) -> tuple[str, ...]:
        return ()

    def relative(self, path: str) -> str | None:
        return None


NOTHING = _Nothing()

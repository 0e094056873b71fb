"""A rule's documentation, read from its source without importing it: importing a rule brings the whole model along."""

from __future__ import annotations

import ast
import inspect
from importlib.util import find_spec
from pathlib import Path

from planlint.rulekit.pack import BrokenPackError, RuleEntry


def documentation(entry: RuleEntry) -> str:
    """The docstring of the rule's class without its indentation; raises `BrokenPackError` without such a class."""
    return inspect.cleandoc(ast.get_docstring(_definition(entry), clean=False) or "")


def severity(entry: RuleEntry) -> str:
    """The severity that the rule's class sets: `error`, `warning` or `note`."""
    for statement in _definition(entry).body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Attribute):
            continue
        if any(isinstance(target, ast.Name) and target.id == "severity" for target in statement.targets):
            return statement.value.attr.lower()
    return "error"


def summary(entry: RuleEntry) -> str:
    """The first sentence of the documentation, on one line, without its full stop."""
    return " ".join(documentation(entry).split("\n\n", 1)[0].split()).removesuffix(".")


def _definition(entry: RuleEntry) -> ast.ClassDef:
    module, _, name = entry.target.partition(":")
    try:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise ImportError(f"no module {module}")
        tree = ast.parse(Path(spec.origin).read_bytes())
    except (ImportError, OSError, SyntaxError, ValueError) as error:
        raise BrokenPackError(f"rule {entry.code} cannot be read: {error}") from error
    for statement in tree.body:
        if isinstance(statement, ast.ClassDef) and statement.name == name:
            return statement
    raise BrokenPackError(f"rule {entry.code} cannot be read: {module} has no class {name}")

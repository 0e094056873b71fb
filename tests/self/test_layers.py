"""Imports go one way, so that every part can be understood, tested and replaced from below."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from planlint.dialects.registry import ENTRIES

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "linter" / "planlint"
RULES = ROOT / "rules" / "planlint_rules"

LAYERS = (
    "version",
    "records",
    "paths",
    "source",
    "diagnostics",
    "readers",
    "model",
    "dialects",
    "facts",
    "rulekit",
    "config",
    "engine",
    "fixer",
    "reporters",
    "cli",
)
"""Lowest first; a layer imports only itself and what stands before it."""

ABOVE_ALL = ("testing", "__main__", "__init__")
RULES_MAY_IMPORT = ("rulekit", "facts", "model", "diagnostics", "source", "paths")

DIALECTS = frozenset(entry.target.partition(".")[0] for entry in ENTRIES.values())
"""The packages of dialects; what more than one of them needs stands beside them, in a package or module of its own."""

LENT = frozenset({"invented.vocabulary", "invented.units"})
"""What others may ask `invented`, which takes what nobody else knows: whether a document is, by its words, its own."""


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything that a module imports, also inside of functions and for typing."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def modules(top: Path) -> list[Path]:
    return sorted(top.rglob("*.py"))


def layer_of(name: str) -> str:
    return name.split(".")[1] if name.count(".") else "__init__"


@pytest.mark.parametrize("file", modules(ENGINE), ids=lambda file: file.relative_to(ENGINE).as_posix())
def test_a_module_imports_only_lower_layers_and_never_the_rule_pack(file: Path) -> None:
    own = file.relative_to(ENGINE).parts[0].removesuffix(".py")
    wrong = []
    for line, name in imports_of(file):
        top = name.split(".")[0]
        if top == "planlint_rules":
            wrong.append(f"line {line} imports the rule pack ({name})")
        if top != "planlint" or own in ABOVE_ALL:
            continue
        other = layer_of(name)
        if other in ABOVE_ALL or LAYERS.index(other) > LAYERS.index(own):
            wrong.append(f"line {line}: {own} imports {name}")
    assert not wrong


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_a_dialect_imports_no_other_dialect(dialect: str) -> None:
    top = ENGINE / "dialects"
    wrong = []
    for file in modules(top / dialect):
        for line, name in imports_of(file):
            package, _, module = name.removeprefix("planlint.dialects.").partition(".")
            lent = f"{package}.{module.partition('.')[0]}" in LENT
            if name.startswith("planlint.dialects.") and package in DIALECTS - {dialect} and not lent:
                wrong.append(f"{file.relative_to(top)}:{line}: {name}")
    assert not wrong


def test_what_dialects_share_imports_none_of_them() -> None:
    top = ENGINE / "dialects"
    wrong = [
        f"{file.relative_to(top)}:{line}: {name}"
        for file in modules(top)
        if file.relative_to(top).parts[0].removesuffix(".py") not in DIALECTS
        for line, name in imports_of(file)
        if name.startswith("planlint.dialects.") and name.split(".")[2] in DIALECTS
    ]
    assert not wrong


@pytest.mark.parametrize("file", modules(RULES), ids=lambda file: file.relative_to(RULES).as_posix())
def test_a_rule_imports_only_what_rule_packs_may(file: Path) -> None:
    wrong = [
        f"line {line}: {name}"
        for line, name in imports_of(file)
        if name.startswith("planlint.") and layer_of(name) not in RULES_MAY_IMPORT
    ]
    assert not wrong


def test_every_directory_of_the_engine_is_a_layer() -> None:
    found = {path.name for path in ENGINE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert found <= {*LAYERS, *ABOVE_ALL}


@pytest.mark.parametrize(
    "file",
    [*modules(ENGINE), *modules(RULES), *(ROOT / "tests").rglob("test_*.py")],
    ids=lambda file: file.relative_to(ROOT).as_posix(),
)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert ast.get_docstring(ast.parse(file.read_bytes()))

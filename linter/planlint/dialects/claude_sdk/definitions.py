"""From calls of `AgentDefinition` to agent types: their names, and what their arguments say."""

from __future__ import annotations

import re

from planlint.model import AgentDefinition
from planlint.readers.code import Call, Expression
from planlint.readers.python import PythonModule
from planlint.source import Origin, Source

PACKAGES = ("claude_agent_sdk", "claude_code_sdk")
"""The distribution since 2025-09 and what it was called before."""

DEFINITIONS = tuple(f"{package}{part}.AgentDefinition" for package in PACKAGES for part in ("", ".types"))
OPTIONS = tuple(
    f"{package}{part}.{name}"
    for package in PACKAGES
    for part in ("", ".types")
    for name in ("ClaudeAgentOptions", "ClaudeCodeOptions")
)
RUNTIME = "claude-code"
BYPASS = "bypassPermissions"
"""The permission mode in which nothing is asked."""


def definitions_in(module: PythonModule) -> tuple[AgentDefinition, ...]:
    """The agents that `module` defines, in the order of the file, each under the name that it is registered with.

    The name is the key of the dict that the definition stands in, directly or through a variable or a function that
    makes it, or that it is put under later; without one it is the variable's or the function's own name.
    """
    calls = [call for call in module.calls if call.name in DEFINITIONS]
    if not calls:
        return ()
    names = _Names(module)
    memory = _loads_memory(module)
    found = [_definition(module, call, *names.of(call), loads_memory=memory) for call in calls]
    bypass = _session_bypass(module)
    if bypass is None:
        return tuple(found)
    # The mode of the session that starts an agent goes before the agent's own.
    return tuple(one.replace(permission_mode=BYPASS, places={**one.places, "permissionMode": bypass}) for one in found)


def _session_bypass(module: PythonModule) -> Origin | None:
    """Where the options of the only session that the program starts switch permission checks off."""
    options = module.calls_of(*OPTIONS)
    modes = [call.keywords.get("permission_mode") for call in options]
    given = [mode for mode in modes if mode is not None and mode.plain == BYPASS]
    return given[0].origin if given and len(given) == len(options) else None


_KEY = re.compile(r"([\w.]+)\s*:\s*\Z")
_MAX_VALUES = 20
"""Assignments to one variable that are followed."""


class _Names:
    """Which name each definition has, by where its call begins."""

    def __init__(self, module: PythonModule) -> None:
        self._found: dict[int, tuple[str, Origin]] = {}
        self._makers = {function.name: function.returns for function in module.functions}
        self._values: dict[str, list[Expression]] = {}
        for assignment in module.assignments:
            self._values.setdefault(assignment.name.rpartition(".")[2], []).append(assignment.value)
        for call in module.calls:
            for keyword, value in call.keywords.items():
                if keyword == "agents":
                    self._learn(value)
                if (call.name or "").rpartition(".")[2] in ("dict", "update"):
                    self._keep(value, keyword, _before(call.source, keyword, call.start, value))
            for argument in call.arguments:
                self._learn(argument)
        for assignment in module.assignments:
            self._learn(assignment.value)
        for function in module.functions:
            for returned in function.returns:
                self._learn(returned)
        # What stands in no dict goes by the name it is kept under.
        for assignment in module.assignments:
            name = assignment.name.rpartition(".")[2]
            at = max(assignment.origin.text.find(name), 0)
            self._keep(assignment.value, name, assignment.origin.narrow(at, at + len(name)))
        for function in module.functions:
            at = function.origin.text.find(function.name)
            place = function.origin.narrow(max(at, 0), max(at, 0) + len(function.name))
            for returned in function.returns:
                self._keep(returned, function.name, place)

    def of(self, call: Call) -> tuple[str, Origin]:
        """The name of the agent that `call` defines, and its place; empty where it has none."""
        return self._found.get(call.start, ("", call.callee))

    def _learn(self, mapping: Expression) -> None:
        for name, value in mapping.entries().items():
            key = _before(mapping.source, name, mapping.start, value)
            for expression in self._made_by(value):
                self._keep(expression, name, key)

    def _keep(self, expression: Expression, name: str, place: Origin) -> None:
        call = expression.call()
        if call is not None and call.name in DEFINITIONS:
            self._found.setdefault(call.start, (name, place))

    def _made_by(self, value: Expression) -> list[Expression]:
        """The expressions that the value may come from: itself, a variable's value, what a function returns."""
        if value.name is not None:
            return self._values.get(value.name.rpartition(".")[2], [])[:_MAX_VALUES]
        call = value.call()
        if call is not None and call.name is not None and call.name not in DEFINITIONS:
            return self._makers.get(call.name.rpartition(".")[2], [])
        return [value]


def _before(source: Source, name: str, start: int, value: Expression) -> Origin:
    """The name or key as it stands before its value, at `start` or later; a constant where that is the key."""
    at = source.text.rfind(name, start, value.start)
    if at >= 0:
        return Origin(source, at, at + len(name))
    constant = _KEY.search(source.text[start : value.start])
    return Origin(source, start + constant.start(1), start + constant.end(1)) if constant else value.origin


def _definition(
    module: PythonModule, call: Call, name: str, name_origin: Origin, *, loads_memory: bool
) -> AgentDefinition:
    given = call.keywords
    positional = dict(zip(("description", "prompt", "tools"), call.arguments, strict=False))
    values = {**positional, **given}
    tools = _strings(values.get("tools"))
    prompt = values.get("prompt")
    text = prompt.text() if prompt is not None else None
    if text is None and prompt is not None and isinstance(prompt.plain, str):
        known: str = prompt.plain
    else:
        known = text.text if text is not None else ""
    turns = values["maxTurns"].plain if "maxTurns" in values else None
    return AgentDefinition(
        name=name,
        origin=call.origin,
        runtime=RUNTIME,
        description=_string(values.get("description")),
        model=_string(values.get("model")),
        tools=tools,
        disallowed_tools=_strings(values.get("disallowedTools")) or (),
        background=True if "background" in values and values["background"].plain is True else None,
        loads_memory=loads_memory,
        permission_mode=_string(values.get("permissionMode")),
        max_turns=turns if isinstance(turns, int) and not isinstance(turns, bool) else None,
        prompt=known,
        prompt_origin=prompt.origin if prompt is not None else None,
        places={"name": name_origin, **{key: value.origin for key, value in values.items()}},
    )


def _string(value: Expression | None) -> str | None:
    plain = value.plain if value is not None else None
    return plain if isinstance(plain, str) else None


def _strings(value: Expression | None) -> tuple[str, ...] | None:
    """A list of strings; None where it is not all known, so that nothing is concluded from what is missing."""
    plain = value.plain if value is not None else None
    if not isinstance(plain, list):
        return None
    return tuple(item for item in plain if isinstance(item, str))


def _loads_memory(module: PythonModule) -> bool:
    """Whether the program lets its agents see the project's memory files: not with `setting_sources` without it."""
    for call in module.calls_of(*OPTIONS):
        sources = call.keywords.get("setting_sources")
        plain = sources.plain if sources is not None else None
        if isinstance(plain, list) and "project" not in plain:
            return False
    return True

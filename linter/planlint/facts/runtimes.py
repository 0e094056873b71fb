"""`Runtime`: limits, start-up costs and inheritance of what executes a plan; `runtime_for` finds one by name.

The numbers live in `runtime_data`, each profile with its date, version and sources. A project corrects any of them by
name (`runtime_overrides`); nothing else in planlint holds a number that belongs to a product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from planlint.records import NOTHING, Record, record


@record
class AgentType(Record):
    """An agent type that a runtime has or a repository defines."""

    name: str
    read_only: bool = False
    """It has no tool that changes files."""
    loads_memory: bool = True
    """It gets the memory files (`CLAUDE.md` and what belongs to it)."""
    inherits_conversation: bool = False
    """A fork: it starts with all of its parent's context and its parent's system prompt."""
    tools: tuple[str, ...] | None = None
    """The tools it is limited to; None: all that a sub-agent may have."""
    disallowed_tools: tuple[str, ...] = ()
    can_delegate: bool = True
    """It may start agents of its own where the runtime's depth allows."""


@record
class MemoryRules(Record):
    """Which files of a repository agents get at start without being told.

    `groups` are tried in order: of each group the first file that exists is loaded. `fallback` groups are tried only
    when no group gave a file.
    """

    groups: tuple[tuple[str, ...], ...] = ()
    fallback: tuple[tuple[str, ...], ...] = ()
    rules_directory: str | None = None
    """A directory whose files are loaded too, searched recursively."""
    rules_suffix: str = ".md"
    rules_condition: str = "no-paths"
    """Which of them: `no-paths` (front matter has no `paths`) or `always-apply` (it says `alwaysApply: true`)."""
    imports: bool = False
    """Whether `@path` pulls in another file."""
    max_hops: int = 0
    """Longest chain of imports that is followed."""
    strips_comments: bool = False
    """Whether block HTML comments are taken off before the text is handed over."""
    max_bytes: int | None = None
    """Where the chain is cut off; None: nowhere."""


@record
class Runtime(Record):
    """One runtime at one date. `None` for a limit means that none is known, so no rule may speak about it."""

    name: str
    title: str
    as_of: str
    """When the sources were read, `YYYY-MM-DD`."""
    version: str
    """The version that the numbers belong to."""
    sources: Mapping[str, str] = NOTHING
    """Field name to where its number comes from."""

    max_concurrent: int | None = None
    """Most agents running at once; launches past it fail or wait."""
    max_parallel: int | None = None
    """Most that truly make progress at the same time; the others queue. At most `max_concurrent`."""
    max_total: int | None = None
    """Most agents in one run."""
    warn_agents: int | None = None
    """The vendor itself warns above this many agents in a run."""
    max_depth: int | None = None
    """Levels of agents below the main conversation: 1 means that sub-agents start none themselves."""
    startup_tokens: int = 20_000
    """Tokens one general agent costs before it does anything, memory files not counted."""
    lean_startup_tokens: int = 10_000
    """The same for a custom agent with a few tools."""
    window_tokens: int = 200_000
    """The smallest context window of the models in common use."""
    model_windows: tuple[tuple[str, int], ...] = ()
    """Windows of models with another one: the beginning of the full model name, and tokens."""
    result_chars: int | None = None
    """Where the text that an agent returns is cut off, in characters."""
    token_factor: float = 1.0
    """Tokens of the runtime's models for one token of o200k: the low end, so that no finding over-counts."""
    token_factor_high: float = 1.0
    """The same for the models with the most tokens; for "may be over"."""

    memory: MemoryRules = MemoryRules()
    agents: tuple[AgentType, ...] = ()
    """Built-in agent types."""
    default_agent: str | None = None
    """The type that a launch without one gets."""
    agents_directory: str | None = None
    """Where a repository defines agent types."""
    launch_tools: tuple[str, ...] = ("Task", "Agent")
    """Tools that start an agent."""
    write_tools: tuple[str, ...] = ()
    """Tools that change files."""
    shell_tools: tuple[str, ...] = ()
    """Tools that can change files through a command."""
    never_given: tuple[str, ...] = ()
    """Tools that no sub-agent gets."""
    background_tools: tuple[str, ...] | None = None
    """All the tools that a background agent keeps (apart from MCP tools); None: as in the foreground."""
    removed_tools: Mapping[str, str] = NOTHING
    """Tools that are gone, each with since when and what to use instead."""
    background_default: bool = False
    """Whether an agent runs in the background when nothing is said."""

    def agent(self, name: str) -> AgentType | None:
        """The built-in agent type of that name; letter case and separators do not count."""
        wanted = agent_key(name)
        return next((agent for agent in self.agents if agent_key(agent.name) == wanted), None)

    def window_of(self, model: str | None) -> int:
        """The window of a model in tokens; `window_tokens` where none, or only a family (`sonnet`), is named."""
        name = (model or "").strip().lower().rpartition("/")[2].removeprefix("claude-").replace(".", "-")
        return next((tokens for prefix, tokens in self.model_windows if name.startswith(prefix)), self.window_tokens)

    @property
    def label(self) -> str:
        """The profile as a report names it, in brackets or not: `Claude Code 2.1.292, as of 2026-11-20`."""
        return (
            f"{self.title} {self.version}, as of {self.as_of}" if self.version else f"{self.title}, as of {self.as_of}"
        )


@lru_cache(maxsize=1024)
def agent_key(name: str) -> str:
    """The form in which agent names are compared: without letter case, spaces, `-` and `_`."""
    return name.strip().casefold().translate({ord(character): None for character in " -_"})


def runtime_names() -> tuple[str, ...]:
    """The names of all profiles."""
    from planlint.facts.runtime_data import PROFILES

    return tuple(PROFILES)


def runtime_for(name: str | None, overrides: Mapping[str, Any] | None = None) -> Runtime:
    """The profile called `name` (None: `claude-code`) with single numbers replaced by `overrides`.

    Raises `ValueError` with a sentence for people for an unknown name, an unknown field, or a value of a wrong type.
    """
    from planlint.facts.runtime_data import ALIASES, PROFILES

    wanted = "-".join((name or "claude-code").strip().lower().replace("_", " ").replace("-", " ").split())
    runtime = PROFILES.get(ALIASES.get(wanted, wanted))
    if runtime is None:
        raise ValueError(f"unknown runtime {name!r}{_suggest(wanted, (*PROFILES, *ALIASES))}")
    if not overrides:
        return runtime
    return runtime.replace(**{key: _checked(runtime, key, value) for key, value in _named(overrides).items()})


def _named(overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("-", "_"): value for key, value in overrides.items()}


_OVERRIDABLE: dict[str, type] = {
    "max_concurrent": int,
    "max_parallel": int,
    "max_total": int,
    "warn_agents": int,
    "max_depth": int,
    "startup_tokens": int,
    "lean_startup_tokens": int,
    "window_tokens": int,
    "result_chars": int,
    "token_factor": float,
    "token_factor_high": float,
    "background_default": bool,
    "default_agent": str,
    "agents_directory": str,
}
"""Fields that a project may set, with their types; the limits among them may also be null (no limit)."""


def _checked(runtime: Runtime, key: str, value: Any) -> Any:
    kind = _OVERRIDABLE.get(key)
    if kind is None:
        known = runtime.__match_args__
        reason = "cannot be set" if key in known else "is no number of a runtime"
        raise ValueError(f"runtime: {key!r} {reason}{_suggest(key, _OVERRIDABLE)}")
    if value is None and getattr(runtime, key) is None:
        return None
    if value is None and key.startswith(("max_", "warn_", "result_")):
        return None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise ValueError(f"runtime: {key!r} must be {_ARTICLES[kind]}, not {value!r}")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < (0 if key == "max_depth" else 1e-9):
        raise ValueError(f"runtime: {key!r} must be above zero, not {value!r}")
    return value


_ARTICLES: dict[type, str] = {int: "a whole number", float: "a number", bool: "true or false", str: "text"}


def _suggest(wrong: str, names: Iterable[str]) -> str:
    from difflib import get_close_matches

    choices = list(names)
    close = get_close_matches(wrong, choices, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(sorted(choices))}"

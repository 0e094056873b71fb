"""Runtime profiles: found by name, corrected by the project, dated."""

import pytest

from planlint.facts.runtime_data import PROFILES
from planlint.facts.runtimes import agent_key, runtime_for


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (None, "claude-code"),
        ("claude", "claude-code"),
        ("Claude Code", "claude-code"),
        ("claude_code", "claude-code"),
        ("codex-cli", "codex"),
        ("generic", "generic"),
    ],
)
def test_a_runtime_is_found_however_its_name_is_spelled(written: str | None, name: str) -> None:
    assert runtime_for(written).name == name


def test_an_unknown_runtime_is_refused_with_a_suggestion() -> None:
    with pytest.raises(ValueError, match="did you mean 'cursor'"):
        runtime_for("cursr")


def test_an_override_replaces_one_number_and_keeps_the_rest() -> None:
    runtime = runtime_for("claude-code", {"max-concurrent": 5})
    assert (runtime.max_concurrent, runtime.max_depth) == (5, 3)


def test_a_limit_can_be_lifted() -> None:
    assert runtime_for("claude-code", {"max_concurrent": None}).max_concurrent is None


def test_a_whole_number_is_taken_for_a_factor() -> None:
    assert runtime_for(None, {"token_factor": 2}).token_factor == 2.0


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"max_concurent": 5}, "did you mean 'max_concurrent'"),
        ({"max_concurrent": "5"}, "must be a whole number"),
        ({"max_concurrent": True}, "must be a whole number"),
        ({"startup_tokens": None}, "must be a whole number"),
        ({"startup_tokens": -1}, "above zero"),
        ({"memory": {}}, "cannot be set"),
    ],
)
def test_a_wrong_override_is_refused_in_words(overrides: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        runtime_for(None, overrides)


@pytest.mark.parametrize("runtime", PROFILES.values(), ids=lambda runtime: runtime.name)
def test_every_profile_is_dated_and_consistent(runtime) -> None:
    assert len(runtime.as_of) == 10
    assert set(runtime.sources) <= set(runtime.__match_args__)
    assert runtime.lean_startup_tokens <= runtime.startup_tokens
    assert 1 <= runtime.token_factor <= runtime.token_factor_high
    if runtime.max_parallel is not None:
        assert runtime.max_parallel <= runtime.max_concurrent
    if runtime.default_agent is not None:
        assert runtime.agent(runtime.default_agent) is not None


@pytest.mark.parametrize("name", ["explore", "Explore", "EXPLORE"])
def test_explore_is_read_only_and_loads_no_memory(name: str) -> None:
    agent = runtime_for(None).agent(name)
    assert agent is not None
    assert agent.read_only
    assert not agent.loads_memory


def test_separators_do_not_count_in_agent_names() -> None:
    assert agent_key("General Purpose") == agent_key("general-purpose") == agent_key("general_purpose")

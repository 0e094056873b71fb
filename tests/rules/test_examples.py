"""The examples in the documentation of the rules are true."""

import pytest

from planlint.engine.registry import installed_rules
from planlint.rulekit.rule import EngineRule
from planlint.testing.examples import examples, run_example

CODES = [entry.code for entry in installed_rules().entries]


@pytest.mark.parametrize("code", CODES)
def test_the_example_of_a_rule_gives_its_finding_and_the_alternative_does_not(code: str) -> None:
    rule = type(installed_rules().rule(code))
    bad, good = examples(rule, "Example"), examples(rule, "Use instead")
    if issubclass(rule, EngineRule) and not bad:
        return  # some faults of the input (an unreadable file, a crash) cannot be shown as text
    assert bad, f"the documentation of {code} has no runnable example"
    assert good, f"the documentation of {code} does not show what to use instead"
    for example in bad:
        report = run_example(example)
        found = [finding.code for finding in report.active]
        assert code in found, f"the example of {code} gives {found}: {example.files}"
    for example in good:
        report = run_example(example)
        messages = [finding.message for finding in report.active if finding.code == code]
        assert not messages, f"what to use instead of {code} gives {messages}: {example.files}"
        assert not report.internal_error

"""The examples in the documentation of the rules are true. Run with the pack installed: `python -m pytest`."""

import pytest
from acme_planlint_rules import PACK

from planlint.testing.examples import examples, run_example


@pytest.mark.parametrize("code", PACK.entries)
def test_the_example_gives_the_finding_and_the_alternative_does_not(code: str) -> None:
    """As planlint tests its own rules."""
    rule = type(PACK.load(code))
    for section, expected in (("Example", True), ("Use instead", False)):
        shown = examples(rule, section)
        assert shown, f"{code} has no runnable {section!r}"
        for example in shown:
            found = [finding.code for finding in run_example(example).active]
            assert (code in found) is expected, f"{section} of {code} gives {found}"

"""`Rule`: one check, with its metadata and its documentation in one place."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from planlint.diagnostics import Confidence, Diagnostic, Evidence, Fix, Related, Severity, Subjects, Tier
from planlint.source import Origin

if TYPE_CHECKING:
    from planlint.diagnostics.remedy import Remedy
    from planlint.facts import Facts
    from planlint.model import Capability, Task
    from planlint.rulekit.options import Options

OptionsT = TypeVar("OptionsT", bound="Options")


class Rule:
    """A small pure check: facts in, findings out. No I/O, no printing, no knowledge of formats.

    A subclass sets the class variables and writes `check`. Its docstring is the rule's documentation, in Markdown: the
    first line says in one sentence what is flagged; sections `## Why`, `## Example` (a fenced plan that must give the
    finding), `## Use instead` (a fenced plan that must not) follow, then optionally `## Silent on`, `## Options`,
    `## References`. Tests run the examples.
    """

    code: ClassVar[str]
    """`PL101`; stable once released."""
    name: ClassVar[str]
    """`shared-write`; reads well after "allow"."""
    tier: ClassVar[Tier] = Tier.CORE
    severity: ClassVar[Severity] = Severity.ERROR
    """What a declared fact earns; weaker evidence lowers it."""
    needs: ClassVar[tuple[Capability, ...]] = ()
    """What the format must be able to express; else the rule is skipped with a reason."""
    since: ClassVar[str] = "0.1.0"
    options: ClassVar[type[Options] | None] = None
    """The rule's options, if it has any."""

    @abstractmethod
    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """The findings in one plan, in any order."""
        raise NotImplementedError

    def skip(self, facts: Facts) -> str | None:
        """A reason not to run on this plan although its format could express what the rule needs, else None."""
        return None

    def finding(
        self,
        message: str,
        at: Origin,
        *,
        why: str | None = None,
        help: str | None = None,
        related: Iterable[tuple[Origin, str]] = (),
        tasks: Sequence[Task | str] = (),
        paths: Sequence[str] = (),
        names: Sequence[str] = (),
        severity: Severity | None = None,
        evidence: Evidence = Evidence.DECLARED,
        confidence: Confidence | None = None,
        fixes: Sequence[Fix] = (),
        remedies: Sequence[Remedy] = (),
        discriminator: str = "",
    ) -> Diagnostic:
        """A finding of this rule.

        Without `severity`, the rule's own is lowered by one step for stated and by two for inferred evidence, but an
        error never below warning for stated evidence. Without `confidence` it follows the evidence. `remedies` say what
        could be changed in the plan's terms; fixes follow from them where the plan's format can be edited.
        """
        if severity is None:
            severity = self.severity_for(evidence)
        if confidence is None:
            confidence = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)[evidence.rank]
        return Diagnostic(
            code=self.code,
            name=self.name,
            tier=self.tier,
            severity=severity,
            confidence=confidence,
            evidence=evidence,
            message=message,
            why=why,
            help=help,
            origin=at,
            related=tuple(Related(origin, text) for origin, text in related),
            subjects=Subjects(
                tuple(dict.fromkeys(task if isinstance(task, str) else task.label for task in tasks)),
                tuple(dict.fromkeys(paths)),
                tuple(dict.fromkeys(names)),
            ),
            fixes=tuple(fixes),
            remedies=tuple(remedies),
            discriminator=discriminator,
        )

    def severity_for(self, evidence: Evidence) -> Severity:
        """The rule's severity for a fact with this evidence."""
        return self.severity.lowered(evidence.rank) if evidence.rank else self.severity

    def option(self, facts: Facts, kind: type[OptionsT]) -> OptionsT:
        """The rule's options for this run, as configured, else the defaults."""
        values = facts.settings.rule_options.get(self.code)
        return kind.checked(values) if values else kind()


class EngineRule(Rule):
    """A rule whose findings come from the engine itself (reading, suppressions, baselines): only metadata, text."""

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """Nothing: the engine reports these findings where they arise."""
        return iter(())

"""PL506 result-overflow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planlint.model import Capability, Task
from planlint.rulekit import Diagnostic, Evidence, Facts, Rule, Severity, Tier
from planlint.rulekit.options import Options, option
from planlint.source.regex import regex
from planlint_rules._numbers import about
from planlint_rules._wording import named

_FULL = regex(
    r"\b(?:full|complete|entire|whole|detailed|exhaustive|verbatim|all\s+(?:of\s+)?the)\s+(?:\w+\s+){0,2}?"
    r"(?:reports?|files?|contents?|source|code|outputs?|logs?|diffs?|transcripts?|analys[ei]s|findings|text|listings?)\b"
    r"|\b(?:vollständige\w*|ausführliche\w*|ganze\w*)\s+(?:\w+\s+)?(?:Bericht\w*|Quelltext\w*|Inhalt\w*|Analyse\w*)\b"
    r"|(?:完整|详细|全部)的?(?:详细|分析){0,2}(?:报告|源代码|内容|分析)"
    r"|(?:完全|詳細)な(?:レポート|報告|分析)",
    re.IGNORECASE,
)
_RETURNS = regex(
    r"\b(?:return|report|respond|reply|hand|send|give)(?:s|ing)?\b[^.\n]{0,60}"
    r"|(?:返回|提交|输出)[^\u3002\n]{0,30}|[^\u3002\n]{0,30}を(?:返|報告)",
    re.IGNORECASE,
)
_SHORT = regex(
    r"\b(?:at most|no more than|under|up to|maximum|max\.?|within|fewer than|less than)\s+(?:\d|one|two|three|five|ten)"
    r"|\b(?:short|brief|concise)\s+(?:\w+\s+)?(?:summary|report|list)\b|\bone[- ](?:line|sentence|paragraph)\b"
    r"|\b(?:write|save|put)s?\b[^.\n]{0,60}\b(?:to|into|in)\s+`?[\w./-]+\.\w{2,4}",
    re.IGNORECASE,
)
_CHARACTERS_PER_TOKEN = 4


class ResultOverflowOptions(Options):
    """From how many full reports on they are too many."""

    agents: int = option(4, "The fewest agents whose full reports go back to one parent.", gt=1)


class ResultOverflow(Rule):
    """Many agents hand full reports back into one parent.

    ## Why

    What agents return lands in the window of whoever started them. Reports that nobody keeps short fill it at the very
    moment when the parent has to put the pieces together.

    ## Example

    ```yaml
    plan: audit
    tasks:
      - {id: a, title: Audit the parser, kind: research, reads: [src/parser/], returns: a full report of all findings}
      - {id: b, title: Audit the printer, kind: research, reads: [src/printer/], returns: a full report of all findings}
      - {id: c, title: Audit the cache, kind: research, reads: [src/cache/], returns: a full report of all findings}
      - {id: d, title: Audit the server, kind: research, reads: [src/server/], returns: a full report of all findings}
    ```

    ## Use instead

    ```yaml
    plan: audit
    tasks:
      - {id: a, title: Audit the parser, kind: research, reads: [src/parser/], returns: at most 10 lines of findings}
      - {id: b, title: Audit the printer, kind: research, reads: [src/printer/], returns: at most 10 lines of findings}
      - {id: c, title: Audit the cache, kind: research, reads: [src/cache/], returns: at most 10 lines of findings}
      - {id: d, title: Audit the server, kind: research, reads: [src/server/], returns: at most 10 lines of findings}
    ```

    ## Silent on

    Results with a stated length, and results that are written into files.

    ## Options

    - `agents`: the fewest agents with full reports (4).
    """

    code = "PL506"
    name = "result-overflow"
    tier = Tier.STRICT
    severity = Severity.NOTE
    needs = (Capability.RETURNS,)
    options = ResultOverflowOptions

    def check(self, facts: Facts) -> Iterator[Diagnostic]:
        """At most one finding for a plan."""
        tasks = [task for task in facts.costs.delegated if _is_full(task)]
        if facts.plan.pattern or len(tasks) < self.option(facts, ResultOverflowOptions).agents:
            return
        limit = facts.runtime.result_chars
        most = "a report may be as long as an agent likes"
        if limit is not None:
            each = limit // _CHARACTERS_PER_TOKEN
            most = (
                f"a result may have {limit:,} characters, about {about(each)} tokens; together about "
                f"{about(each * len(tasks))} ({facts.runtime.label})"
            )
        yield self.finding(
            f"{len(tasks)} agents hand full reports back to one parent: {named(tasks)}",
            tasks[0].at("returns"),
            why=most,
            help="ask for a summary of a stated length, or let each agent write its report into a file of its own",
            related=[(task.at("returns"), "hands back a full report too") for task in tasks[1:6]],
            tasks=tasks,
            severity=self.severity,
            evidence=Evidence.STATED,
        )


def _is_full(task: Task) -> bool:
    """Whether the task hands back something long, and nothing keeps it short."""
    text = task.returns or "\n".join(match.group() for match in _RETURNS.finditer(task.brief))
    return _FULL.search(text) is not None and _SHORT.search(f"{text}\n{task.brief}") is None

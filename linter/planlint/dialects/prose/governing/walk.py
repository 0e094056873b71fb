"""`Walk`: where one stands in a sentence, and what governs there."""

from __future__ import annotations

from dataclasses import dataclass, field

from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.code_spans import is_command
from planlint.dialects.prose.function_words import SUBORDINATORS
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.sentence import Sentence
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode

OR = ("or", "oder", "ou")
"""Behind these, what was denied before goes on."""


@dataclass(slots=True)
class Walk:
    """The state of one walk through `sentence` of `text`; the modules beside this one take it from event to event."""

    text: str
    sentence: Sentence
    default: Mode | None
    """What the position of the sentence says of a path without a verb; None in running text."""
    clause: Clause = field(default_factory=Clause)
    main: Clause | None = None
    """The first clause that writes."""
    stack: list[Clause] = field(default_factory=list)
    """The clauses around the brackets that are open."""
    head: bool = True
    """Whether a verb may begin its clause here."""
    start: bool = True
    """Whether no word, path or code span has come yet."""
    negate: int = 0
    """How many more words a "not" reaches."""
    denial: Event | None = None
    """The "not" that denies something of a subject: "guests cannot ..."."""
    joined: str = ""
    """"and" where the next verb shares what the last one has."""
    after_sign: bool = False
    """Whether a comma or full stop stands right before."""
    verdicts: list[Verdict] = field(default_factory=list)

    def govern(self, role: Role, word: str) -> None:
        """Let the verb `word` open a clause and govern from here on."""
        old = self.clause
        self.clause = Clause(
            role=role,
            verb=word,
            # "Do not log secrets or edit x": behind "or" the "not" goes on.
            negated=self.negate > 0 or (old.negated and self.joined == "and" and (old.nouns == 0 or old.last in OR)),
            targeted=old.targeted and not role.writes,
            dashed=False,
            joined=self.joined == "and" and old is self.main and not old.targeted,
            opening=self.start,
            subordinate=old.aside and old.last in SUBORDINATORS,
            serves=old.targeted and old.place == "to",
        )
        self.negate = 0
        if role.writes and self.main is None and not self.clause.negated:
            self.main = self.clause

    def pass_noun(self, event: Event) -> None:
        """Go on behind a word, code span or character that is no verb."""
        if self.start and event.kind == "code" and is_command(self.text[event.start : event.end]):
            self.clause.commanded = True
        self.clause.nouns += 1
        self.clause.behind += 1
        self.clause.reading_nouns += 1
        self.clause.last = "`" if event.kind == "code" else event.text
        self.head = event.kind == "noun" and event.text in "並并和及與与後后再且"
        self.negate = max(0, self.negate - 1) if event.kind != "noun" else self.negate

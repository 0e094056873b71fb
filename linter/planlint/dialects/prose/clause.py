"""Where a walk through a sentence stands (`Clause`), and what it says of a path (`Verdict`)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planlint.diagnostics import Evidence
from planlint.dialects.prose.function_words import SUBORDINATORS
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.verbs import AMBIGUOUS, Role
from planlint.model import Mode
from planlint.records import Record, record


@record
class Verdict(Record):
    """What a sentence says of one path. `mode` None: nothing decides. `forbidden`: the path is not to be written."""

    mention: PathMention
    mode: Mode | None
    evidence: Evidence = Evidence.STATED
    forbidden: bool = False
    part: str | None = None
    weak: bool = False
    tentative: bool = False
    """The object of a verb whose target may still follow ("wire a.ts ... into b.ts")."""
    open: bool = False
    """Governed by "keep", "leave" or by nothing; a later "unchanged" makes it forbidden."""


@dataclass(slots=True)
class Clause:
    """Where the walk stands: the governing verb and what has come since."""

    role: Role | None = None
    verb: str = ""
    negated: bool = False
    """The verb is under "do not", "never", "without"."""
    ruled_out: bool = False
    """So it was before a comma: a path right behind that comma goes on with what must not be done."""
    place: str = ""
    """The last preposition that attaches a path to the verb; empty right after the verb."""
    nouns: int = 0
    """Words since the verb that are no fillers: 0 means that a path is its direct object."""
    last: str = ""
    """The last word, in lower case; a backtick for a code span."""
    reading: bool = False
    """Inside a reading phrase ("per", "following")."""
    reading_nouns: int = 0
    reading_word: str = ""
    consumed: bool = False
    """The reading phrase has its path already."""
    aside: bool = False
    """Inside a subordinate clause, or a detail behind a dash, or brackets after the target."""
    targeted: bool = False
    """The clause has written a path already."""
    sources: tuple[PathMention, ...] = ()
    """The direct objects of its writing verb: what a move or copy takes."""
    trailing: bool = False
    """The place stands right behind a comma or semicolon: "...; in x.ts" ends the whole sentence."""
    dashed: bool = False
    """A dash or bracket stands between the verb phrase and the path: only position ties them."""
    behind: int = 0
    """Words since that dash or bracket that are no fillers."""
    coded: bool = False
    """The place stands right behind a code span."""
    joined: bool = False
    """Its verb follows an "and" behind a writing verb that has no path yet: "Add x and verify y in z.ts"."""
    purpose: bool = False
    """Its verb says what the work is for: "tests for reading x"."""
    within: str = ""
    """The place of the clause whose brackets this one stands in."""
    serves: bool = False
    """Its verb says what the change of a path before it is for: "update a.ts *to include* b.ts"."""
    fresh_start: bool = False
    """A semicolon or full stop opened it, and it has no verb of its own."""
    opening: bool = False
    """The verb is the first word of the sentence."""
    predicated: bool = False
    """The reading phrase is what the clause says of its subject: "the keys *are listed in* x"."""
    commanded: bool = False
    """A command line opens the sentence."""
    bracketed: bool = False
    """Its only targets so far stand in brackets behind their names."""
    nouns_before: int = 0
    """`nouns` where the last of those brackets closed."""
    aimed: bool = False
    """A path behind "for" has been read: so is the next one of its list."""
    subordinate: bool = False
    """Its verb stands right behind "before", "after" and the like."""
    outcome: bool = False
    """Its verb follows "to" behind the target: what the changed code does then, "rewrite a.py to append to data/"."""
    told: bool = False
    """Its verb tells what was done: "Created `src/a.ts`"."""

    @property
    def is_label(self) -> bool:
        """Whether nothing but a verb stands before a colon, and that verb is no noun as well ("Update: ...")."""
        alone = self.nouns == 0 and not self.place and not self.targeted
        return alone and self.role is not None and self.verb not in AMBIGUOUS

    def in_brackets(self) -> Clause:
        """The clause of what stands in brackets that open here."""
        # "`A` (src/a.ts) and `B` (src/b.ts)": brackets behind each name of a list say the same.
        again = self.bracketed and self.nouns - self.nouns_before <= 3
        aside = self.aside or (self.targeted and not again)
        return replace(self, aside=aside, dashed=True, place="", reading=False, nouns=0, behind=0)

    def close_brackets(self, inner: Clause) -> None:
        """Go on behind the brackets in which `inner` stood."""
        told = inner.targeted and inner.dashed
        self.bracketed = told and not inner.aside and (self.bracketed or not self.targeted)
        self.nouns_before = self.nouns
        self.targeted = self.targeted or told

    def behind_stop(self, role: Role | None, sign: str) -> Clause:
        """The clause that begins behind a semicolon or full stop, with what is left of the verb."""
        return Clause(
            role=role,
            verb=self.verb,
            targeted=self.targeted,
            aside=self.targeted,
            fresh_start=self.targeted and sign in ";；",
        )

    def pass_dash(self, *, aside: bool) -> None:
        """Go on behind a dash or colon."""
        self.aside = aside
        self.dashed, self.behind = True, 0
        self.reading = False
        self.place = ""

    def pass_comma(self) -> None:
        """Go on behind a comma."""
        self.aside = False if self.last in SUBORDINATORS or not self.dashed else self.aside
        self.ruled_out = self.ruled_out or self.negated
        self.negated = self.negated and self.nouns == 0

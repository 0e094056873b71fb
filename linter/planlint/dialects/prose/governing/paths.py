"""What a path gets from a walk, and what it leaves behind for the paths that follow."""

from __future__ import annotations

from dataclasses import replace

from planlint.diagnostics import Evidence
from planlint.dialects.cuts import cut_behind, cut_of
from planlint.dialects.prose.afterwards import MAKES, arrivals, leave_open, stay_listed
from planlint.dialects.prose.beside import are_there
from planlint.dialects.prose.clause import Clause
from planlint.dialects.prose.function_words import PLACES
from planlint.dialects.prose.governing.walk import OR, Walk
from planlint.dialects.prose.judgement import FOR, judge
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.returns import is_asserted, returns_to_main
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode


def take_path(walk: Walk, mention: PathMention) -> None:
    """Judge it, and what was said before of the files that it tells more about."""
    if walk.default is not None and walk.main is not None and returns_to_main(walk.clause, walk.main):
        walk.clause = replace(walk.main, place=walk.clause.place)
    denied = walk.clause.negated or walk.negate > 0
    if denied and walk.denial is not None and is_asserted(mention, walk.clause, walk.denial.text):
        walk.negate = 0
        walk.clause = replace(walk.main or Clause(nouns=1), place=walk.clause.place)
    clause = walk.clause
    if clause.ruled_out and clause.last in OR and not clause.place:
        clause.negated = True  # "Do not touch `a.ts`, any other page, or `b.ts` / `c.ts`"
    negated = walk.negate > 0 or (clause.ruled_out and walk.after_sign)
    verdict = judge(walk.sentence, mention, clause, negated)
    if verdict.mode is not None and verdict.mode.writes and not verdict.forbidden:
        clause.targeted = True
        part = cut_of(walk.text, mention.start) or cut_behind(walk.text, mention.end)
        verdict = verdict.replace(part=part)
        if clause.place in PLACES and walk.verdicts and walk.verdicts[-1].tentative:
            walk.verdicts[-1] = walk.verdicts[-1].replace(mode=Mode.READ, evidence=Evidence.INFERRED, tentative=False)
    if are_there(walk.text, mention, walk.sentence.end):
        stay_listed(walk.verdicts, walk.text, mention.start)
    if clause.reading:
        # "per plan in a/ and b/": what "in" gave back to the verb ends the reading phrase.
        clause.consumed = True
        clause.reading = verdict.mode is None or not verdict.mode.writes
    clause.aimed = verdict.mode is Mode.READ and (clause.aimed or clause.place in FOR)
    arrived = arrivals(verdict, clause)
    if arrived and clause.role in MAKES:
        leave_open(walk.verdicts, clause.sources)
    walk.verdicts += arrived or [verdict]
    moved = clause.role in (Role.MOVE, Role.COPY)
    if clause.place == "" and (moved or (clause.role in MAKES and not clause.reading)):
        clause.sources += (mention,)
    clause.place = "" if clause.reading else clause.place
    clause.last = ""
    walk.head = False
    walk.negate = 0
    walk.joined = ""

"""`Governor`: walks through one sentence and keeps account of which verb, place or reading phrase governs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from planlint.diagnostics import Evidence
from planlint.dialects.cuts import cut_behind, cut_of
from planlint.dialects.prose import verbs
from planlint.dialects.prose.afterwards import MAKES, arrivals, forbid_open, leave_open, stay_listed
from planlint.dialects.prose.beside import are_there
from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.code_spans import is_command
from planlint.dialects.prose.heads import is_verb, merged_role
from planlint.dialects.prose.judgement import ATTACHED_READ, FOR, judge
from planlint.dialects.prose.lexer import Event
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.objects import (
    LISTING,
    begins_object,
    goes_on_aside,
    is_entry,
    is_gerund,
    is_removed_entry,
    lists_on,
    substitutes,
)
from planlint.dialects.prose.returns import is_asserted, returns_to_main
from planlint.dialects.prose.sentence import Sentence
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source import Span
from planlint.source.regex import regex

_CONDITION = regex(r"[\s*_>-]*(?:if|in case|should|falls|wenn|si|se|如果|若)\b", re.IGNORECASE)

_CJK_AND = frozenset("和及與与")

_OR = ("or", "oder", "ou")
_STANDS_IN = regex(r"(?:created|added|registered|set|stored|saved|built|written|done) in")

_AS_NEEDED = words("needed necessary applicable appropriate possible required")
""" "where needed" opens no clause of its own."""

_CITING = frozenset({
    "follow", "match", "matching", "like", "reference", "references", "see", "ver", "mirror", "given", "the way",
})  # fmt: skip
"""Reading words that need an object right behind: "use the same icons *like* before" cites nothing."""

_POINT = regex(r"\s*(?:and\s+)?\(?[a-h1-9]\)")

_POINT_END = regex(r"\([a-h1-9]\)\Z")
_REPORT = regex(
    r"(?:\([a-h1-9]\)|\b(?:completed?|done|finished|implemented|changes|summary)[:：][*_]{0,2})\s+[`*_]?\Z",
    re.IGNORECASE,
)
_LABEL_BEFORE = 20
"""Characters before a verb in which the label of a report ends."""

_ID = regex(r"[a-z]{1,3}\d{1,4}[a-z]?")
"""A task or a requirement (`T012`, `FR3`): what "added in" and "per" may have for an object instead of a path."""

_TAKING_IN = words("include includes list lists export exports import imports register registers expose exposes")
""" "Update x to export all of them: a.ts, b.ts": what x takes in stays as it is."""

_FROM_WRITES = frozenset({Role.DELETE, Role.EXTRACT, Role.EXPORT, Role.MOVE})


class Governor:
    """One sentence's walk; see `run`."""

    def __init__(self, text: str, sentence: Span, default: Mode | None, documents: frozenset[str]) -> None:
        self._text = text
        self._sentence = Sentence(text, sentence, default, documents)
        self._default = default
        self._clause = Clause()
        self._stack: list[Clause] = []
        self._head = True
        self._start = True
        self._negate = 0
        self._joined = ""
        self._main: Clause | None = None
        self._after_sign = False
        self._denial: Event | None = None
        self._verdicts: list[Verdict] = []

    def run(self, events: Iterable[Event]) -> list[Verdict]:
        """The verdict on each path of the sentence, in order."""
        queue = list(events)
        entering = False
        for index, event in enumerate(queue):
            following = queue[index + 1] if index + 1 < len(queue) else None
            if event.mention is not None and (
                entering
                or is_entry(event.mention, self._clause, queue[index + 1 : index + 12])
                or is_removed_entry(event.mention, self._clause, queue[index + 1 : index + 12])
            ):
                # "add `src/x.ts` to `tsconfig.json`": the path is what is written there.
                self._verdicts.append(Verdict(event.mention, None))
                self._clause.last = ""
                self._clause.nouns += 1
                entering = True
                continue
            entering = entering and (event.text in LISTING or event.text in ("except", "but"))
            if event.mention is not None and substitutes(event.mention, self._clause, queue[index + 1 : index + 3]):
                self._verdicts.append(Verdict(event.mention, None))
                self._clause.aside, self._clause.last = True, ""
                self._clause.targeted = True
                continue
            aside = bool(self._verdicts) and self._verdicts[-1].open
            if event.kind == "comma" and aside and goes_on_aside(self._clause, queue[index + 1 : index + 3]):
                self._head, self._joined = True, ""
                continue
            if event.text in (";", "；") and lists_on(self._clause, queue[index + 1 : index + 3]):
                self._clause.pass_comma()
                self._head = True
                continue
            self._step(event, following)
            if event.kind in ("word", "path", "code", "verb", "noun"):
                self._start = False
            self._after_sign = event.kind in ("comma", "stop")
        if _CONDITION.match(self._text, self._sentence.start, self._sentence.end):
            return [verdict.replace(weak=True) for verdict in self._verdicts]
        return self._verdicts

    def _step(self, event: Event, following: Event | None) -> None:
        kind = event.kind
        if kind == "path" and event.mention is not None:
            self._path(event.mention)
        elif kind == "word":
            self._word(event, following)
        elif kind == "verb" and event.role is not None:
            self._cjk_verb(event, following)
        elif kind == "phrase":
            self._phrase(event, following)
        elif kind == "negation":
            has_subject = not (self._start or self._after_sign or self._joined)
            self._denial = event if has_subject and self._clause.last != "but" else None
            self._negate = 3
            self._head = True
        elif kind == "forbid":
            self._govern(Role.MODIFY, event.text)
            self._clause.negated = True
        elif kind == "untouched":
            if following is None or following.kind != "code":  # "beside the unchanged `Form`"
                self._untouched()
        elif kind in ("open", "close"):
            self._bracket(event)
        elif kind in ("dash", "stop", "comma"):
            self._sign(event)
        elif kind == "place":
            self._clause.place = event.text
            self._clause.reading = self._clause.reading and not self._clause.consumed
        else:
            self._noun(event)

    def _noun(self, event: Event) -> None:
        if self._start and event.kind == "code" and is_command(self._text[event.start : event.end]):
            self._clause.commanded = True
        self._clause.nouns += 1
        self._clause.behind += 1
        self._clause.reading_nouns += 1
        self._clause.last = "`" if event.kind == "code" else event.text
        self._head = event.kind == "noun" and event.text in "並并和及與与後后再且"
        self._negate = max(0, self._negate - 1) if event.kind != "noun" else self._negate

    def _word(self, event: Event, following: Event | None) -> None:
        word = event.text
        clause = self._clause
        none = word in ("nothing", "nichts", "nada", "rien") and clause.nouns == 0
        if none and clause.role is not None and clause.role.writes:
            clause.negated = True  # "register nothing in x.ts"
        role = verbs.english_verbs().get(word)
        if role is Role.CHECK and word == "tests" and clause.fresh_start and self._default is not None:
            role = None  # "Create a.ts; tests `a.test.ts`": what else is made
        if role is None and self._start and self._default is not None and word in verbs.DONE_FROM:
            role = Role.ADD
        told = role is None and following is not None and begins_object(following) and self._reports(event)
        if told:
            role = verbs.PAST.get(word)
        if (
            role is not None
            and role.writes
            and clause.place == "for"
            and clause.role is not None
            and self._head
            and (self._joined == "" or word.endswith("ing"))
        ):
            clause.aside = True  # "a script for updating x.json"
        elif role is not None and self._head and self._begins(word, role, following):
            self._verb(role, word)
            self._clause.told = told
            return
        if word == "sure" and clause.verb in ("make", "making") and clause.nouns == 0:
            self._govern(Role.OPEN, "ensure")
            self._head = False
            return
        if word == "plus" and self._after_sign and clause.place in ATTACHED_READ:
            clause.place = ""  # "add a.ts via the helper, plus b.ts"
        if word in verbs.HEAD_KEEPERS and word not in verbs.PLACES:
            if word in ("and", "or", "y", "und", "et", "e", "oder", "ou"):
                self._joined = "and"
            clause.last = word
            self._head = True
            if word == "by":
                clause.place = word
            return
        if word in verbs.SUBORDINATORS and not (following is not None and following.text in _AS_NEEDED):
            clause.aside, clause.place, clause.last, clause.fresh_start = True, "", word, False
            self._head = word in ("before", "after", "once", "while", "when")
            return
        article = word == "a" and clause.verb not in verbs.foreign_verbs()
        if (
            (word in verbs.PLACES and not article)
            or word in ATTACHED_READ
            or word in ("for", "of", "para", "pour", "für")
        ):
            if word != "of" and not (word == "at" and clause.place == "using"):  # "using the list at x.md"
                clause.place, clause.trailing, clause.coded = word, self._after_sign, clause.last == "`"
                if clause.reading and clause.consumed:
                    clause.reading = False
            self._head = word == "to" or (word == "for" and is_gerund(following))
            clause.last = word if word != "of" else clause.last
            return
        if word not in verbs.FILLERS or (clause.place == "" and word in ("test", "class", "component")):
            clause.nouns += 1
            clause.behind += 1
            clause.reading_nouns += 1
            clause.consumed = clause.consumed or (clause.reading and _ID.fullmatch(word) is not None)
            self._negate = max(0, self._negate - 1)
        clause.last = word
        self._head = False

    def _reports(self, event: Event) -> bool:
        """Whether a report of what was done may begin here: at the front, or behind "(2)" or "Completed:"."""
        if self._start:
            return True
        before = self._text[max(self._sentence.start, event.start - _LABEL_BEFORE) : event.start]
        return _REPORT.search(before) is not None

    def _begins(self, word: str, role: Role, following: Event | None) -> bool:
        shares_object = self._joined != "" and self._clause.nouns == 0
        negated = self._negate > 0
        return is_verb(
            word, role, following, self._clause.role, first=self._start, negated=negated, joined=shares_object
        )

    def _verb(self, role: Role, word: str) -> None:
        clause = self._clause
        purpose = clause.place == "for"
        open_yet = clause.nouns == 0 and not clause.place and not clause.targeted
        adjacent = clause.role is not None and open_yet and self._joined != ""
        # "Create x.ts and export it from index.ts" says two things: `from` is the export's alone.
        adjacent = adjacent and (role is not Role.EXPORT or clause.role is Role.EXPORT)
        if adjacent and clause.role is not None and self._negate == 0:
            merged = Role.CHECK if clause.verb == "build" and role is Role.CHECK else merged_role(clause.role, role)
            clause.verb = word if role.writes else clause.verb
            clause.role = merged
        else:
            self._govern(role, word)
            self._clause.purpose = purpose
            self._clause.outcome = clause.last == "to" and clause.targeted and role.writes
        self._joined = ""
        self._head = False

    def _govern(self, role: Role, word: str) -> None:
        old = self._clause
        self._clause = Clause(
            role=role,
            verb=word,
            # "Do not log secrets or edit x": behind "or" the "not" goes on.
            negated=self._negate > 0 or (old.negated and self._joined == "and" and (old.nouns == 0 or old.last in _OR)),
            targeted=old.targeted and not role.writes,
            dashed=False,
            joined=self._joined == "and" and old is self._main and not old.targeted,
            opening=self._start,
            subordinate=old.aside and old.last in verbs.SUBORDINATORS,
            serves=old.targeted and old.place == "to",
        )
        self._negate = 0
        if role.writes and self._main is None and not self._clause.negated:
            self._main = self._clause

    def _cjk_verb(self, event: Event, following: Event | None) -> None:
        role = event.role
        if role is None:
            return
        joined = self._clause.nouns > 0 and self._clause.last in _CJK_AND
        if joined and (following is None or following.kind not in ("path", "code")):
            self._noun(event)  # 「載入與驗證」, "loading and validation", is what gets built
            return
        quiet = not role.writes and not self._head and self._negate == 0
        if quiet or (self._default is not None and not self._start and not self._head and not role.writes):
            self._noun(event)
            return
        if role.writes and self._clause.role is not None and self._clause.role.writes and not self._head:
            self._noun(event)
            return
        self._govern(role, event.text)
        self._head = False

    def _phrase(self, event: Event, following: Event | None) -> None:
        clause = self._clause
        word = event.text
        if word == "following" and clause.last in ("the", "these"):
            return  # "create the following files", which stand below
        if _STANDS_IN.fullmatch(word) and clause.aside and not clause.targeted and clause.role and clause.role.writes:
            # "Create the record when a message is saved in src/x.py": the place of the whole sentence
            clause.place = "in"
            self._head = False
            return
        if word == "exported from" and self._after_sign and clause.targeted and clause.role in MAKES:
            # "Add the model (src/a.ts), exported from src/index.ts": what is new has no export yet.
            self._govern(Role.EXPORT, word)
            self._clause.place = "from"
            self._head = False
            return
        done_there = self._default is not None and not clause.targeted and verbs.is_one_of(clause.verb, verbs.DONE_FROM)
        if word == "from" and (clause.role in _FROM_WRITES or done_there):
            clause.place = "from"
            self._head = False
            return
        if word in _CITING and not (
            self._head or following is None or following.kind in ("path", "code", "phrase") or begins_object(following)
        ):
            clause.nouns += 1
            clause.last = word
            return
        clause.reading, clause.consumed, clause.reading_nouns, clause.reading_word = True, False, 0, word
        clause.predicated = clause.last in ("is", "are", "be") and word.endswith(" in")
        clause.place = ""
        self._head = False
        self._negate = 0

    def _untouched(self) -> None:
        """ "leave x.ts unchanged": what "keep" or nothing governed so far is off limits."""
        told = self._clause.last in ("was", "were")  # what was left alone, not what must be
        if told or (self._clause.role not in (None, Role.OPEN) and not self._clause.aside):
            self._clause.nouns += 1
            self._clause.last = "unchanged"
            self._head = False
            return
        forbid_open(self._verdicts, self._text, self._sentence.start)
        self._clause.last = "unchanged"
        self._head = False

    def _bracket(self, event: Event) -> None:
        if event.kind == "open":
            self._stack.append(self._clause)
            place = self._clause.place
            self._clause = self._clause.in_brackets()
            self._clause.within = place
            self._head = True
            self._joined = ""
        elif self._stack:
            self._negate = 0
            inner = self._clause
            self._clause = self._stack.pop()
            self._clause.close_brackets(inner)
            self._head = _POINT_END.search(self._text, max(0, event.start - 2), event.end) is not None

    def _sign(self, event: Event) -> None:
        clause, kind, sign = self._clause, event.kind, event.text
        self._head = True
        if kind == "stop":
            role = clause.role if self._default is not None else None
            if _POINT.match(self._text, event.end):
                role = None  # "(a) revise x; (b) the idea in y.md": each point is its own
            self._clause = clause.behind_stop(role, sign)
            self._joined = ""
        elif kind == "dash":
            if sign in ("->", "→", "⇒", "=>"):
                clause.place = "to"
                return
            if sign in (":", "：") and clause.is_label:
                return  # "Create: a.ts, b.ts"
            taken_in = clause.verb in _TAKING_IN and self._main is not None and self._main.targeted
            clause.pass_dash(aside=clause.targeted or taken_in)
            self._joined = ""
        elif sign in "/&+":
            # "verify/update" shares an object; "/orders/validate" is a route and "update/delete tests" a noun phrase.
            self._head = clause.role is not None and clause.nouns == 0 and not clause.place
            self._joined = "and" if self._head else ""
        else:
            clause.pass_comma()
            self._joined = ""

    def _path(self, mention: PathMention) -> None:
        if self._default is not None and self._main is not None and returns_to_main(self._clause, self._main):
            self._clause = replace(self._main, place=self._clause.place)
        denied = self._clause.negated or self._negate > 0
        if denied and self._denial is not None and is_asserted(mention, self._clause, self._denial.text):
            self._negate = 0
            self._clause = replace(self._main or Clause(nouns=1), place=self._clause.place)
        clause = self._clause
        if clause.ruled_out and clause.last in _OR and not clause.place:
            clause.negated = True  # "Do not touch `a.ts`, any other page, or `b.ts` / `c.ts`"
        negated = self._negate > 0 or (clause.ruled_out and self._after_sign)
        verdict = judge(self._sentence, mention, clause, negated)
        if verdict.mode is not None and verdict.mode.writes and not verdict.forbidden:
            clause.targeted = True
            part = cut_of(self._text, mention.start) or cut_behind(self._text, mention.end)
            verdict = verdict.replace(part=part)
            if clause.place in verbs.PLACES and self._verdicts and self._verdicts[-1].tentative:
                self._verdicts[-1] = self._verdicts[-1].replace(
                    mode=Mode.READ, evidence=Evidence.INFERRED, tentative=False
                )
        if are_there(self._text, mention, self._sentence.end):
            stay_listed(self._verdicts, self._text, mention.start)
        if clause.reading:
            # "per plan in a/ and b/": what "in" gave back to the verb ends the reading phrase.
            clause.consumed = True
            clause.reading = verdict.mode is None or not verdict.mode.writes
        clause.aimed = verdict.mode is Mode.READ and (clause.aimed or clause.place in FOR)
        arrived = arrivals(verdict, clause)
        if arrived and clause.role in MAKES:
            leave_open(self._verdicts, clause.sources)
        self._verdicts += arrived or [verdict]
        moved = clause.role in (Role.MOVE, Role.COPY)
        if clause.place == "" and (moved or (clause.role in MAKES and not clause.reading)):
            clause.sources += (mention,)
        clause.place = "" if clause.reading else clause.place
        clause.last = ""
        self._head = False
        self._negate = 0
        self._joined = ""

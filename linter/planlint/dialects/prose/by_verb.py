"""`by_verb`: what the verb that governs a path, or else its position, says is done with the file."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.prose import beside, verbs
from planlint.dialects.prose.cited import is_for_others, is_looked_at, is_ported, is_reported
from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.filenames import TEST_FILE, is_settings
from planlint.dialects.prose.function_words import CJK_PLACES, PLACES
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.modes import mode_of_verb
from planlint.dialects.prose.remarks import says_new
from planlint.dialects.prose.sentence import Sentence
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source.regex import regex

FAR = 6
"""Words between verb and path beyond which, outside of titles, the verb decides nothing.

Of the files that real GSD actions name right after an edit verb 45 % were changed, of those further on in its sentence
17 %, of all others 7 % (1,075 executed plans)."""

_KINDS_OF_CODE = words(
    "model models service services type types schema schemas controller controllers component components page pages "
    "route routes router util utils helper helpers test tests api index main app config error errors client server "
    "handler handlers middleware repository hook hooks store constant constants interface interfaces enum enums"
)
"""Names of files that say what sort of code they hold: "create a type in types.ts" may add to a file that exists."""

_PROJECT = regex(r"\.(?:\w*proj|slnx?|xcworkspace)$|Dockerfile")
"""What "build" takes as its input: projects, solutions, images, directories."""

_PLACED_LATER = regex(r"[^;\n]{0,120}?[ \t](?:in|into|inside|to)[ \t]+[`\"']?[\w@.-][\w./@-]*\.\w{1,8}\b")

_LISTING = words("add append insert include define set configure document")
"""Verbs of which patterns behind a noun are text: "add these excludes: `dist/**`"."""

_RESPELLING = words("change update switch swap")
"""Verbs of "update the test path in a.yml to src/tests/": what stands behind "to" is the new text."""

_OF_A_PART = regex(r"[\s\d.)*>-]*[^:\n]{0,60}\b(?:sections?|lists?|tables?|imports|references|links)[*_`]*:\s")
""" "References section: keep a.md; remove b.md": what goes is the entry, not the file."""

_OPENING = words("read open review inspect locate find")

_THEN_IT = regex(
    r"[^.;\n`/]{0,50}(?:`[ \t]*\([^()\n]{0,60}\))?[^.;\n`/]{0,20}\b(?:and|then)[ \t]+(?P<verb>[A-Za-z]{3,12})[ \t]+it\b"
)

_THEN = regex(
    r"[`\"' \t]{0,3}(?:,[ \t]*)?(?:and|then)[ \t]+(?:then[ \t]+)?(?P<verb>[A-Za-z]{3,12})\b(?![^.;\n]{0,200}/)"
)
"""With no other path in the sentence."""

_PRONOUN = regex(r"\b(?:it|them)\s+(?:in|at|inside|within)\s+(?:the\s+)?\Z")
""" "... and use it in <path>": the new thing is used there, so that file changes too."""

_TESTED_IN = regex(r"\btest (?:it|this|them|both|each|these) (?:thoroughly )?in [`\"']?\Z", re.IGNORECASE)
""" "Write the parser. Test it in parser_test.go": there its tests go."""

_QUALIFIES = regex(
    r"[\"'`)]*[ \t]+(?!(?:file|files|module|script|component|page|class|to|with|and|or|in|for|by|so|"
    r"as|at|on|into|using|if|per|from|the|"
    r"that|which|where|when|via|containing|exporting|defining|following|implementing|based|then|is|"
    r"are|has|under|mirroring|after|along|"
    r"before|but|only|directly|accordingly|also|packages?|director(?:y|ies)|folders?|skeleton|not)\b)"
    r"(?!(?:[a-z]+ ){0,2}(?:fields?|sections?|entry|entries|keys?|scripts|header|version|barrel|mappings?|dependencies|"
    r"exports?|settings|metadata|comments?)\b)[a-z]{3,}"
)
"""A lower-case word right after a path that goes on with the noun phrase, unless that names a part of the file."""

_TEST_OF = regex(r"(?!all\b|existing\b|full\b|the\b)[^—–:.;(（]{0,60}\btests?\s*[—–:(]", re.IGNORECASE)
""" "Repository test — the old reads still behave": what a new test is about."""


_ALL_IN = regex(
    r"\b(?:all|every|each)[ \t]+(?:[\w-]+[ \t]+){0,3}?"
    r"(?:in|under|inside|within|below|across)[ \t]+(?:the[ \t]+)?[`\"']?\Z",
    re.IGNORECASE,
)


def by_verb(sentence: Sentence, mention: PathMention, clause: Clause) -> Verdict:
    """The verdict on `mention`, which nothing but the verb of `clause` and its place there decides."""
    role, place = clause.role, clause.place
    placed = place in PLACES or place in CJK_PLACES
    if role is None:
        return _by_position(sentence, mention, clause)
    if place == "from" and verbs.is_one_of(clause.verb, verbs.DONE_FROM):
        elsewhere = _PLACED_LATER.match(sentence.text, mention.end, sentence.end)
        return Verdict(mention, Mode.READ if elsewhere else Mode.MODIFY, Evidence.INFERRED)
    if role is Role.USE:
        again = _PRONOUN.search(sentence.text, max(sentence.start, mention.start - 40), mention.start)
        if placed and sentence.default is not None and (not clause.targeted or again):
            return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)
        return Verdict(mention, Mode.READ)
    if role is Role.CHECK:
        work = placed and sentence.default is not None and TEST_FILE.search(mention.path) is not None
        if work and sentence.passes_at == sentence.end and not mention.is_directory:
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        if TEST_FILE.search(mention.path) and _TESTED_IN.search(
            sentence.text, max(0, mention.start - 40), mention.start
        ):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        return Verdict(mention, Mode.READ)
    if role is Role.READ:
        if clause.verb in _OPENING and clause.nouns == 0 and _is_changed_then(sentence, mention, clause):
            return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)
        if placed and clause.opening and _is_called_so(sentence, mention, clause):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)  # "Review form in src/review/form.tsx"
        if placed and clause.consumed and clause.verb in ("read", "reads", "reading") and sentence.default is not None:
            return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)  # "read settings from x.yaml in src/a.py"
        return Verdict(mention, Mode.READ)
    if role is Role.OPEN:
        if placed and is_made_sure(sentence, mention, clause):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        return Verdict(mention, None, open=True)
    if mention.is_directory and clause.verb in ("install", "installs", "installing"):
        return Verdict(mention, None, open=True)  # packages come to where they are run, not files
    if (
        clause.verb in ("build", "builds", "building")
        and (mention.is_directory or _PROJECT.search(mention.path))
        and ((not placed and clause.nouns == 0) or (placed and sentence.builds_project))
    ):
        return Verdict(mention, Mode.READ)
    if mention.is_glob and not placed and clause.nouns and verbs.is_one_of(clause.verb, _LISTING):
        # "add ignores: `dist/**`": the patterns are what is written, not where.
        return Verdict(mention, None, open=True)
    if place == "to" and clause.nouns and verbs.is_one_of(clause.verb, _RESPELLING):
        return Verdict(mention, None, open=True)
    if place == "to" and clause.targeted and mention.is_directory and role is Role.MODIFY:
        return Verdict(mention, None, open=True)  # "update `current.json` → `specs/002-x`": what it holds then
    if sentence.default is None and clause.verb.endswith("ing") and beside.is_subject(sentence.text, mention):
        return Verdict(mention, None, open=True)
    if _is_what_it_makes(sentence, mention, clause):
        return Verdict(mention, None)
    if clause.outcome and mention.is_directory:
        return Verdict(mention, None)
    if is_reported(sentence.text, sentence.span, mention, clause):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if is_ported(sentence.text, sentence.span, mention, clause):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if sentence.default is None and is_looked_at(sentence.text, sentence.span, mention, clause):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if sentence.default is None and is_for_others(sentence.text, sentence.span, mention):
        return Verdict(mention, None, open=True)
    mode = mode_of_verb(clause, placed, mention.is_directory)
    if mode is Mode.WRITE and role is Role.CREATE and clause.place in ("in", "at") and _is_namesake(sentence, mention):
        mode = Mode.CREATE
    if not mode.writes:
        return Verdict(mention, mode)
    if mode is Mode.DELETE and _OF_A_PART.match(sentence.text, sentence.text.rfind("\n", 0, mention.start) + 1):
        return Verdict(mention, None, open=True)
    if sentence.default is None and (clause.dashed or clause.nouns > FAR):
        return Verdict(mention, None, open=True)
    if place in ("across", "throughout") and (mention.is_directory or mention.is_glob):
        return Verdict(mention, mode, Evidence.INFERRED, weak=True)
    direct = clause.nouns == 0 and not clause.place
    if mode is Mode.DELETE and beside.is_use(sentence.text, mention, sentence.start):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if direct and clause.verb.startswith("swap") and beside.is_given_away(sentence.text, mention):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if direct and verbs.is_one_of(clause.verb, verbs.TURNING) and beside.is_turned_into(sentence.text, mention):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if direct and clause.verb in ("cover", "covers", "covering") and not TEST_FILE.search(mention.path):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if direct and clause.verb.startswith("configur") and is_settings(mention.path):
        return Verdict(mention, mode, Evidence.INFERRED)
    if direct and verbs.is_one_of(clause.verb, verbs.OBJECT_VERBS):
        if sentence.default is None or clause.serves:
            return Verdict(mention, None, open=True)
        return Verdict(mention, mode, Evidence.INFERRED, tentative=True)
    evidence = _evidence(sentence, clause)
    if sentence.default is None and direct:
        if mention.is_glob or sentence.is_scratch:
            return Verdict(mention, None, open=True)
        if _QUALIFIES.match(sentence.text, mention.end):
            # "update `a.sh` tests", "replace `x/y` constructions": the path only describes what is meant.
            evidence = Evidence.INFERRED
            if mention.is_directory or mention.bare_name:
                return Verdict(mention, None, open=True)
    return Verdict(mention, mode, evidence, tentative=not clause.place and beside.is_topic(sentence.text, mention))


def _is_what_it_makes(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """ "Implement `.mcp.json` creation in init.ts", "Create PRIME.md agent template in prime.ts".

    What the code deals with is no target of the work on it.
    """
    if clause.role not in (Role.CREATE, Role.ADD) or clause.nouns or clause.place or sentence.default is None:
        return False
    found = _WHAT_IT_MAKES.match(sentence.text, mention.end, sentence.end)
    return found is not None and found["file"].rsplit("/", 1)[-1] != mention.path.rsplit("/", 1)[-1]


_WHAT_IT_MAKES = regex(
    r"[`\"')]*(?:[ \t]+(?:directory|folder|file)?(?:[ \t]*and[ \t]+[`\"']?[\w./-]+\.\w+[`\"']?)?[ \t]*"
    r"(?:creation|validation|generation|parsing|loading|registration|handling|detection|initiali[sz]ation)"
    r"(?:/[a-z]+)?|[ \t]+(?:[a-z][a-z-]+[ \t]+){1,3}(?:template|wrapper|generator|parser|loader|builder|writer))"
    r"[ \t]+in[ \t]+[`\"']?(?P<file>[\w@.-][\w./@-]*\.\w{1,8})"
)


def is_made_sure(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """Whether a title such as "Ensure that owners alone may edit in src/guard.ts" asks for work in that file."""
    if sentence.default is None or not sentence.default.writes or clause.targeted or mention.is_directory:
        return False
    return clause.verb.startswith("ensur") and sentence.passes_at == sentence.end


def _is_changed_then(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """ "Read `a.ts` and extend it": the pronoun means the file. "Open `a.ts` and add x" needs none."""
    then = _THEN_IT.match(sentence.text, mention.end, sentence.end)
    if then is None and clause.verb == "open":
        then = _THEN.match(sentence.text, mention.end, sentence.end)
    verb = then["verb"].lower() if then is not None else ""
    role = verbs.english_verbs().get(verb) if verb not in verbs.OBJECT_VERBS else None
    return role in (Role.ADD, Role.MODIFY, Role.DELETE)


def _is_called_so(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """Whether what seems to be the verb of a title is part of a name: the file is called so, and no article follows."""
    if sentence.default is None or clause.verb not in ("review", "compare") or not clause.nouns:
        return False
    named = re.search(rf"(?:^|[/._-]){clause.verb}", mention.path, re.IGNORECASE)
    whose = _ARTICLE.match(sentence.text, sentence.start)
    return named is not None and whose is None


_ARTICLE = regex(r"\W*\w+[ \t]+(?:the|all|each|every|any|both|its|their|our|existing|current)\b", re.IGNORECASE)


def _is_namesake(sentence: Sentence, mention: PathMention) -> bool:
    """Whether a file is called like what is created in it: "Create the Invoice model in src/models/invoice.ts"."""
    stem = mention.path.rsplit("/", 1)[-1].split(".", 1)[0]
    before = sentence.text[max(sentence.start, mention.start - 80) : mention.start]
    wanted = _joined(stem)
    named = [_joined(word) for word in before.split()[-7:-1]]
    return wanted not in _KINDS_OF_CODE and any(
        "".join(named[start:end]) == wanted for end in range(1, len(named) + 1) for start in range(end)
    )


def _by_position(sentence: Sentence, mention: PathMention, clause: Clause) -> Verdict:
    if sentence.default is None:
        return Verdict(mention, None, open=True)
    own_test = clause.place and TEST_FILE.search(mention.path) and _TEST_OF.match(sentence.text, sentence.start)
    if sentence.default.writes and sentence.passes_at < mention.start and not own_test:
        return Verdict(mention, None)
    wide = mention.is_directory or mention.is_glob
    if wide and clause.place and _ALL_IN.search(sentence.text, max(sentence.start, mention.start - 60), mention.start):
        return Verdict(mention, None, open=True)  # "map every file in src/": a look at all of it
    if wide and (clause.commanded or (not clause.place and _QUALIFIES.match(sentence.text, mention.end))):
        return Verdict(mention, None, open=True)  # "`ruff check` across src/", "`src/*` naming policy"
    evidence = Evidence.INFERRED if clause.dashed or not clause.place else Evidence.STATED
    new = sentence.default is Mode.WRITE and says_new(sentence.text, mention.end)
    return Verdict(mention, Mode.CREATE if new else sentence.default, evidence)


def _evidence(sentence: Sentence, clause: Clause) -> Evidence:
    """A direct object is stated; in a title so is a place; elsewhere a place is a conclusion.

    So is the path that a title which opens with its verb puts behind a dash or in brackets ("Add totals (x.py)").
    What is extracted from a file may as well be copied: in running text its source changes by conclusion only.
    """
    if (
        clause.told
        or (clause.subordinate and not clause.place)
        or (clause.role is Role.EXTRACT and clause.place == "from" and sentence.default is None)
    ):
        return Evidence.INFERRED
    if clause.nouns == 0 and not clause.dashed:
        return Evidence.STATED
    if sentence.default is not None:
        attached = clause.opening and clause.behind == 0
        return Evidence.INFERRED if clause.dashed and not clause.place and not attached else Evidence.STATED
    return Evidence.INFERRED


def _joined(name: str) -> str:
    """A name without case and joints: `invoice_service`, `InvoiceService` and `invoice-service` are one."""
    return "".join(filter(str.isalnum, name)).lower()

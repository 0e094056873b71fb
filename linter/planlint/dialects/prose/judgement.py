"""`Judge`: given where a sentence stands, what it says of one path."""

from __future__ import annotations

import re
from functools import cached_property

from planlint.diagnostics import Evidence
from planlint.dialects.prose import beside, verbs
from planlint.dialects.prose.cited import is_cited, is_for_others, is_looked_at, is_ported
from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.filenames import is_root_file
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.modes import mode_of_verb
from planlint.dialects.prose.predicates import by_predicate, predicate_of
from planlint.dialects.prose.remarks import mode_of_remark, says_existing
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source import Span
from planlint.source.regex import regex

FAR = 6
"""Words between verb and path beyond which, outside of titles, the verb decides nothing.

Of the files that real GSD actions name right after an edit verb 45 % were changed, of those further on in its sentence
17 %, of all others 7 % (1,075 executed plans)."""

_FORBIDDABLE = words(
    "modify modifying edit editing change changing touch touching alter altering update updating delete deleting "
    "remove removing rename renaming move moving rewrite rewriting refactor refactoring "
    "overwrite overwriting write writing "
    "modificar modifier ändern verändern editar sửa xóa xoá 修改 更新 編輯 编辑 删除 刪除"
)

ATTACHED_READ = words(
    "with through than using via by between about around concerning over atop instead beyond mit con avec com "
    "covering asserting exercising proving verifying checking testing validating wrapping reading loading importing "
    "calling consuming parsing reusing"
)
"""Words, gerunds behind the target among them, whose object the work only reads."""

_EACH = words("for the a both all each every any its their")
"""Behind "for" these may stand before a path: "a case for all x.ts"."""

TEST_FILE = regex(
    r"(?:^|/)(?:tests?|__tests__|specs?|e2e|Tests)/|(?:^|/)test_|[_.-](?:test|tests|spec|e2e)\.|Tests?\.\w+$|\.Tests/"
)

_KINDS_OF_CODE = words(
    "model models service services type types schema schemas controller controllers component components page pages "
    "route routes router util utils helper helpers test tests api index main app config error errors client server "
    "handler handlers middleware repository hook hooks store constant constants interface interfaces enum enums"
)
"""Names of files that say what sort of code they hold: "create a type in types.ts" may add to a file that exists."""

_PROJECT = regex(r"\.(?:\w*proj|slnx?|xcworkspace)$|Dockerfile")
"""What "build" takes as its input: projects, solutions, images, directories."""

_BUILDS = regex(r"\bbuild(?:s|ing)?\s+(?:[\w-]+\s+){0,3}(?:project|solution|image|bundle)s?\b", re.IGNORECASE)

_DOCUMENTS_PLACE = regex(r"\./|(?:[^/]+/){0,6}(?:specs|kitty-specs|\.kiro|openspec|\.specify)/")
"""Where the documents of plans are kept."""

_LISTING = words("add append insert include define set configure document")
"""Verbs of which patterns behind a noun are text: "add these excludes: `dist/**`"."""

_RESPELLING = words("change update switch swap")
"""Verbs of "update the test path in a.yml to src/tests/": what stands behind "to" is the new text."""

_STANDS = regex(
    r"\b(?:existing|same|current(?:ly)?|already|only|see|pattern|style|convention|like|is|are|lives?|stays?|remains?)\b",
    re.IGNORECASE,
)
"""Words of a clause about what is there, so that it asks for nothing new."""

_MODELS = regex(
    r"(?:mirror|model|like|match|similar|same|analog|adapted|copied|inspired|ref|consistent|compatible|in line|see)"
)
"""Reading words whose object is a model: "modelled on `Panel` in x.ts" says where the model stands."""

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

_ANY_FILE = regex(
    r"(?<!\bother )\b(?:anything|any code|(?:(?:any|the|all|these|existing|generated|vendored) ){0,2}(?:files?|code))"
    r"[ \t]+(?:in|inside|under|within|below)[ \t]+(?:the[ \t]+)?[\"'`(]*\Z",
    re.IGNORECASE,
)
""" "Never edit anything under `src/generated/`": all of the directory is ruled out."""

_PRONOUN = regex(r"\b(?:it|them)\s+(?:in|at|inside|within)\s+(?:the\s+)?\Z")
""" "... and use it in <path>": the new thing is used there, so that file changes too."""

_SCRATCH = regex(
    r"\b(?:temp(?:orary)?|tmp)[ _-]?(?:dir|director|folder|path|workspace|project|repo)|\btmpdir|\bmkdtemp",
    re.IGNORECASE,
)

_QUALIFIES = regex(
    r"[\"'`)]*[ \t]+(?!(?:file|files|module|script|component|page|class|to|with|and|or|in|for|by|so|"
    r"as|at|on|into|using|if|per|from|the|"
    r"that|which|where|when|via|containing|exporting|defining|following|implementing|based|then|is|"
    r"are|has|under|mirroring|after|along|"
    r"before|but|only|directly|accordingly|also|package|directory|folder|skeleton|not)\b)"
    r"(?!(?:[a-z]+ ){0,2}(?:fields?|sections?|entry|entries|keys?|scripts|header|version|barrel|mappings?|dependencies|"
    r"exports?|settings|metadata|comments?)\b)[a-z]{3,}"
)
"""A lower-case word right after a path that goes on with the noun phrase, unless that names a part of the file."""

_STILL_PASSES = regex(
    r"\b(?:(?<!^)pass(?:es|ing)?|green|still|existing|regressions?|re-?run|succeeds?|fail(?:s|ing)?)\b(?!-)",
    re.IGNORECASE,
)


_TEST_OF = regex(r"(?!all\b|existing\b|full\b|the\b)[^—–:.;(（]{0,60}\btests?\s*[—–:(]", re.IGNORECASE)
""" "Repository test — the old reads still behave": what a new test is about."""


class Judge:
    """Judges the paths of one sentence; the position's `default` decides what a sentence without verb means."""

    def __init__(self, text: str, sentence: Span, default: Mode | None, documents: frozenset[str]) -> None:
        self._text = text
        self._sentence = sentence
        self.default = default
        self._documents = documents

    @cached_property
    def _passes_at(self) -> int:
        """Where the sentence first speaks of things that pass or exist already; its end where it does not."""
        match = _STILL_PASSES.search(self._text, self._sentence.start, self._sentence.end)
        return match.start() if match else self._sentence.end

    @cached_property
    def _builds_project(self) -> bool:
        return _BUILDS.search(self._text, self._sentence.start, self._sentence.end) is not None

    @cached_property
    def _is_scratch(self) -> bool:
        return _SCRATCH.search(self._text, self._sentence.start, self._sentence.end) is not None

    def judge(self, mention: PathMention, clause: Clause, negated: bool) -> Verdict:
        """The verdict on `mention`, which stands where `clause` says; `negated` right behind a "not"."""
        if mention.in_command:
            return Verdict(mention, Mode.READ)
        remark = mode_of_remark(mention.annotation)
        if remark is Mode.READ and says_existing(mention.annotation) and clause.role is not None and clause.role.writes:
            remark = None  # "update a.ts (existing)"
        if remark is not None and not clause.reading:
            stated = self.default is not None or (clause.role is not None and clause.nouns == 0) or not remark.writes
            return Verdict(mention, remark, Evidence.STATED if stated else Evidence.INFERRED)
        if beside.stays_as_it_is(self._text, mention, self._sentence.end):
            return Verdict(mention, Mode.READ)
        if beside.must_stay(self._text, mention, self._sentence.end):
            return Verdict(mention, Mode.WRITE, forbidden=True)
        if is_cited(self._text, self._sentence, mention):
            return Verdict(mention, Mode.READ)
        asked = beside.is_asked_for(self._text, mention, self._sentence.end)
        if asked is not None and not self._is_document(mention) and not clause.reading:
            return Verdict(mention, asked, Evidence.INFERRED)
        predicate = predicate_of(self._text, mention.end, self._sentence.end)
        if predicate is not None:
            return by_predicate(mention, predicate, is_document=self._is_document(mention))
        if (clause.negated or negated) and is_for_others(self._text, self._sentence, mention):
            return Verdict(mention, None)
        if clause.negated or negated:
            return self._negated(mention, clause)
        if beside.is_ruled_out(self._text, mention):
            return Verdict(mention, None)
        if beside.is_referred_to(self._text, mention, self._sentence.start):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if clause.predicated and clause.reading and self._is_made_sure(mention, clause):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        if clause.reading and not self._falls_to_verb(mention, clause):
            return Verdict(mention, Mode.READ, weak=verbs.CITING_PHRASES.fullmatch(clause.reading_word) is not None)
        if self._is_document(mention) and not _documents_it(clause):
            return Verdict(mention, Mode.READ)
        if mention.held and clause.role in (Role.CREATE, Role.ADD) and not clause.aside:
            mode = Mode.CREATE if clause.role is Role.CREATE else Mode.WRITE
            return Verdict(mention, mode, Evidence.INFERRED if self.default is None else Evidence.STATED)
        if clause.place == "with" and self._comes_with(mention, clause):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        if clause.place in ATTACHED_READ or (
            clause.place == "for" and (clause.last in _EACH or (clause.aimed and clause.last in ("", "and", "or")))
        ):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if clause.fresh_start and self._names_a_part(mention, clause):
            return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
        if clause.aside and beside.is_called_new(self._text, mention):
            return Verdict(mention, Mode.CREATE, Evidence.INFERRED)
        if clause.aside and not (clause.place in verbs.PLACES and not clause.targeted):
            return Verdict(mention, None, open=True)
        return self._by_verb(mention, clause)

    def _falls_to_verb(self, mention: PathMention, clause: Clause) -> bool:
        """Whether "in <path>" ends a reading phrase without path: "per FR-3 in src/x.py" writes x.py."""
        if clause.consumed or clause.reading_nouns == 0:
            return False
        if clause.place in ("into", "onto"):
            return not self._is_document(mention)
        if clause.targeted:
            return False
        if clause.place in verbs.CJK_PLACES:
            return not self._is_document(mention)
        if clause.place not in verbs.PLACES:
            return False
        if clause.coded and _MODELS.match(clause.reading_word):
            return False
        if clause.reading_word.endswith((" in", " at", " inside", " within", " under")) or self._is_document(mention):
            return False
        words = self._text[max(self._sentence.start, mention.start - 160) : mention.start].split()
        return not any(word.strip("`(,.").lower() in verbs.PATTERN_NOUNS for word in words[-3:-1])

    def _negated(self, mention: PathMention, clause: Clause) -> Verdict:
        """What is not to be changed is off limits; any other "not" says nothing."""
        forbidden = clause.negated and clause.verb.startswith(("no ", "zero "))
        if clause.negated and clause.verb in _FORBIDDABLE:
            before = self._text[max(self._sentence.start, mention.start - 60) : mention.start]
            all_of_it = mention.is_directory and _ANY_FILE.search(before) is not None
            forbidden = clause.nouns == 0 or all_of_it
        return Verdict(mention, Mode.WRITE, forbidden=True) if forbidden else Verdict(mention, None)

    def _is_document(self, mention: PathMention) -> bool:
        path = mention.path
        name = path.rsplit("/", 1)[-1]
        if name in self._documents:
            return "/" not in path or _DOCUMENTS_PLACE.match(path) is not None
        first = path.removeprefix("./").split("/", 1)[0]
        if first in ("contracts", "checklists"):
            return path.endswith((".md", ".yaml", ".yml", ".json", "/")) or mention.is_directory
        return path.startswith(("specs/", "kitty-specs/")) and ("/contracts/" in path or "/checklists/" in path)

    def _by_verb(self, mention: PathMention, clause: Clause) -> Verdict:
        role, place = clause.role, clause.place
        placed = place in verbs.PLACES or place in verbs.CJK_PLACES
        if role is None:
            return self._by_position(mention, clause)
        if role is Role.USE:
            again = _PRONOUN.search(self._text, max(self._sentence.start, mention.start - 40), mention.start)
            if placed and self.default is not None and (not clause.targeted or again):
                return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)
            return Verdict(mention, Mode.READ)
        if role is Role.CHECK:
            work = placed and self.default is not None and TEST_FILE.search(mention.path) is not None
            if work and self._passes_at == self._sentence.end and not mention.is_directory:
                return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
            return Verdict(mention, Mode.READ)
        if role is Role.READ:
            if clause.verb in _OPENING and clause.nouns == 0 and self._is_changed_then(mention, clause):
                return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)
            if placed and clause.consumed and clause.verb in ("read", "reads", "reading") and self.default is not None:
                return Verdict(mention, Mode.MODIFY, Evidence.INFERRED)  # "read settings from x.yaml in src/a.py"
            return Verdict(mention, Mode.READ)
        if role is Role.OPEN:
            if placed and self._is_made_sure(mention, clause):
                return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
            return Verdict(mention, None, open=True)
        if mention.is_directory and clause.verb in ("install", "installs", "installing"):
            return Verdict(mention, None, open=True)  # packages come to where they are run, not files
        if (
            clause.verb in ("build", "builds", "building")
            and (mention.is_directory or _PROJECT.search(mention.path))
            and ((not placed and clause.nouns == 0) or (placed and self._builds_project))
        ):
            return Verdict(mention, Mode.READ)
        if mention.is_glob and not placed and clause.nouns and verbs.is_one_of(clause.verb, _LISTING):
            # "add ignores: `dist/**`": the patterns are what is written, not where.
            return Verdict(mention, None, open=True)
        if place == "to" and clause.nouns and verbs.is_one_of(clause.verb, _RESPELLING):
            return Verdict(mention, None, open=True)
        if self.default is None and clause.verb.endswith("ing") and beside.is_subject(self._text, mention):
            return Verdict(mention, None, open=True)
        if is_ported(self._text, self._sentence, mention, clause):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if self.default is None and is_looked_at(self._text, self._sentence, mention, clause):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if self.default is None and is_for_others(self._text, self._sentence, mention):
            return Verdict(mention, None, open=True)
        mode = mode_of_verb(clause, placed, mention.is_directory)
        if mode is Mode.WRITE and role is Role.CREATE and clause.place in ("in", "at") and self._is_namesake(mention):
            mode = Mode.CREATE
        if not mode.writes:
            return Verdict(mention, mode)
        if mode is Mode.DELETE and _OF_A_PART.match(self._text, self._text.rfind("\n", 0, mention.start) + 1):
            return Verdict(mention, None, open=True)
        if self.default is None and (clause.dashed or clause.nouns > FAR):
            return Verdict(mention, None, open=True)
        if place in ("across", "throughout") and (mention.is_directory or mention.is_glob):
            return Verdict(mention, mode, Evidence.INFERRED, weak=True)
        direct = clause.nouns == 0 and not clause.place
        if mode is Mode.DELETE and beside.is_use(self._text, mention, self._sentence.start):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if direct and clause.verb.startswith("swap") and beside.is_given_away(self._text, mention):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if direct and clause.verb in ("cover", "covers", "covering") and not TEST_FILE.search(mention.path):
            return Verdict(mention, Mode.READ, Evidence.INFERRED)
        if direct and verbs.is_one_of(clause.verb, verbs.OBJECT_VERBS):
            if self.default is None:
                return Verdict(mention, None, open=True)
            return Verdict(mention, mode, Evidence.INFERRED, tentative=True)
        evidence = self._evidence(clause)
        if self.default is None and direct:
            if mention.is_glob or self._is_scratch:
                return Verdict(mention, None, open=True)
            if _QUALIFIES.match(self._text, mention.end):
                # "update `a.sh` tests", "replace `x/y` constructions": the path only describes what is meant.
                evidence = Evidence.INFERRED
                if mention.is_directory or mention.bare_name:
                    return Verdict(mention, None, open=True)
        return Verdict(mention, mode, evidence, tentative=not clause.place and beside.is_topic(self._text, mention))

    def _is_changed_then(self, mention: PathMention, clause: Clause) -> bool:
        """ "Read `a.ts` and extend it": the pronoun means the file. "Open `a.ts` and add x" needs none."""
        then = _THEN_IT.match(self._text, mention.end, self._sentence.end)
        if then is None and clause.verb == "open":
            then = _THEN.match(self._text, mention.end, self._sentence.end)
        verb = then["verb"].lower() if then is not None else ""
        role = verbs.english_verbs().get(verb) if verb not in verbs.OBJECT_VERBS else None
        return role in (Role.ADD, Role.MODIFY, Role.DELETE)

    def _is_namesake(self, mention: PathMention) -> bool:
        """Whether a file is called like what is created in it: "Create the Invoice model in src/models/invoice.ts"."""
        stem = mention.path.rsplit("/", 1)[-1].split(".", 1)[0]
        before = self._text[max(self._sentence.start, mention.start - 80) : mention.start]
        wanted = _joined(stem)
        named = [_joined(word) for word in before.split()[-7:-1]]
        return wanted not in _KINDS_OF_CODE and any(
            "".join(named[start:end]) == wanted for end in range(1, len(named) + 1) for start in range(end)
        )

    def _comes_with(self, mention: PathMention, clause: Clause) -> bool:
        """ "Initialize the project with package.json": the settings come into being with what holds them."""
        makes = clause.role is Role.CREATE and not clause.targeted and not clause.aside
        return makes and self.default is not None and is_root_file(mention.path.rsplit("/", 1)[-1])

    def _names_a_part(self, mention: PathMention, clause: Clause) -> bool:
        """ "Build x in a.ts; labels in `b.json`": behind a semicolon, things and their place are work as well."""
        if self.default is None or not self.default.writes or mention.is_directory or mention.is_glob:
            return False
        if clause.place not in ("in", "into", "to") or not 1 <= clause.nouns <= 3:
            return False
        start = max(self._sentence.start, mention.start - 80)
        words = self._text[max(start, self._text.rfind(";", start, mention.start)) : mention.start]
        return _STANDS.search(words) is None

    def _is_made_sure(self, mention: PathMention, clause: Clause) -> bool:
        """Whether a title such as "Ensure that owners alone may edit in src/guard.ts" asks for work in that file."""
        if self.default is None or not self.default.writes or clause.targeted or mention.is_directory:
            return False
        return clause.verb.startswith("ensur") and self._passes_at == self._sentence.end

    def _by_position(self, mention: PathMention, clause: Clause) -> Verdict:
        if self.default is None:
            return Verdict(mention, None, open=True)
        own_test = clause.place and TEST_FILE.search(mention.path) and _TEST_OF.match(self._text, self._sentence.start)
        if self.default.writes and self._passes_at < mention.start and not own_test:
            return Verdict(mention, None)
        wide = mention.is_directory or mention.is_glob
        if wide and (clause.commanded or (not clause.place and _QUALIFIES.match(self._text, mention.end))):
            return Verdict(mention, None, open=True)  # "`ruff check` across src/", "`src/*` naming policy"
        evidence = Evidence.INFERRED if clause.dashed or not clause.place else Evidence.STATED
        return Verdict(mention, self.default, evidence)

    def _evidence(self, clause: Clause) -> Evidence:
        """A direct object is stated; in a title so is a place; elsewhere a place is a conclusion.

        So is the path that a title which opens with its verb puts behind a dash or in brackets ("Add totals (x.py)").
        What is extracted from a file may as well be copied: in running text its source changes by conclusion only.
        """
        if (
            clause.told
            or (clause.subordinate and not clause.place)
            or (clause.role is Role.EXTRACT and clause.place == "from" and self.default is None)
        ):
            return Evidence.INFERRED
        if clause.nouns == 0 and not clause.dashed:
            return Evidence.STATED
        if self.default is not None:
            attached = clause.opening and clause.behind == 0
            return Evidence.INFERRED if clause.dashed and not clause.place and not attached else Evidence.STATED
        return Evidence.INFERRED


def _joined(name: str) -> str:
    """A name without case and joints: `invoice_service`, `InvoiceService` and `invoice-service` are one."""
    return "".join(filter(str.isalnum, name)).lower()


def _documents_it(clause: Clause) -> bool:
    if clause.role is None or not clause.role.writes or clause.aside or (clause.dashed and not clause.place):
        return False
    if clause.subordinate:
        return False
    if not clause.place:
        return clause.nouns == 0
    return clause.verb in verbs.DOCUMENTING and (clause.place in verbs.PLACES or clause.place in verbs.CJK_PLACES)

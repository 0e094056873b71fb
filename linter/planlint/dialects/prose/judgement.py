"""`judge`: given where a sentence stands, what it says of one path."""

from __future__ import annotations

import re

from planlint.diagnostics import Evidence
from planlint.dialects.prose import beside, verbs
from planlint.dialects.prose.by_verb import by_verb, is_made_sure
from planlint.dialects.prose.cited import is_cited, is_for_others
from planlint.dialects.prose.clause import Clause, Verdict
from planlint.dialects.prose.commands import mode_of_command
from planlint.dialects.prose.filenames import TEST_FILE, is_root_file
from planlint.dialects.prose.function_words import CJK_PLACES, PLACES
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.predicates import by_predicate, predicate_of
from planlint.dialects.prose.reading_phrases import CITING_PHRASES, PATTERN_NOUNS
from planlint.dialects.prose.remarks import mode_of_remark, says_existing
from planlint.dialects.prose.sentence import Sentence
from planlint.dialects.prose.tables import words
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source.regex import regex

_FORBIDDABLE = words(
    "modify modifying edit editing change changing touch touching alter altering update updating delete deleting "
    "remove removing rename renaming move moving rewrite rewriting refactor refactoring "
    "overwrite overwriting write writing "
    "modificar modifier ändern verändern editar sửa xóa xoá 修改 更新 編輯 编辑 删除 刪除"
)

ATTACHED_READ = words(
    "with through than using via by between about around concerning over atop instead beyond mit con avec com "
    "covering asserting exercising proving verifying checking testing validating wrapping reading loading importing "
    "calling consuming parsing reusing referencing mentioning"
)
"""Words, gerunds behind the target among them, whose object the work only reads."""

_TELLING = words("document describe explain note mention record state")
"""Verbs of "document that new tests go in tests/": what is told is no work in that directory."""

_IGNORING = words("ignore")

_MEANS = words("using via reusing")

_ANDS = frozenset({"", "and", "or", "y", "et", "und", "e", "и"})

FOR = words("for para pour für для")
"""Words for "for" in the languages whose verbs are known."""

_EACH = words("for the a both all each every any its their para los las pour les für die der das для")
"""Behind "for" these may stand before a path: "a case for all x.ts"."""

_SAID_WHAT_FOR = regex(r"[`\"')]*(?:[ \t]*\([^()\n]{1,80}\))?(?:[ \t]+[—–-][ \t]|:[ \t]|[ \t]*[.;；]?[ \t]*\Z)")

_GOES_ON = regex(r"(?![`\"')]*[ \t]+(?:is|are|was|stays?|remains?|keeps?|has|already|unchanged|untouched|exists?)\b)")
"""In a title without verbs: whatever follows the path but words of what is there."""

_TESTS = regex(
    r"\b(?:tests?|specs?|тесты?|pruebas?)[ \t]*[:：]?[ \t]*[`\"']?\Z|(?:測試|测试|テスト)[:：]?[ \t]*[`\"']?\Z",
    re.IGNORECASE,
)

_STOP = regex(r"[;；][ \t\n]*[`\"'(\[]*\Z")

_STANDS = regex(
    r"\b(?:existing|same|current(?:ly)?|already|only|see|pattern|style|convention|like|is|are|lives?|stays?|remains?)\b",
    re.IGNORECASE,
)
"""Words of a clause about what is there, so that it asks for nothing new."""

_MODELS = regex(
    r"(?:mirror|model|like|match|similar|same|analog|adapted|copied|inspired|ref|consistent|compatible|in line|see)"
)
"""Reading words whose object is a model: "modelled on `Panel` in x.ts" says where the model stands."""

_ANY_FILE = regex(
    r"(?<!\bother )\b(?:anything|any code|(?:(?:any|the|all|these|existing|generated|vendored) ){0,2}(?:files?|code))"
    r"[ \t]+(?:in|inside|under|within|below)[ \t]+(?:the[ \t]+)?[\"'`(]*\Z",
    re.IGNORECASE,
)
""" "Never edit anything under `src/generated/`": all of the directory is ruled out."""


def judge(sentence: Sentence, mention: PathMention, clause: Clause, negated: bool) -> Verdict:
    """The verdict on `mention`, which stands where `clause` says; `negated` right behind a "not"."""
    if mention.in_command:
        done = Mode.READ if clause.negated or negated else mode_of_command(sentence.text, mention)
        return Verdict(mention, done)
    remark = mode_of_remark(mention.annotation)
    if remark is Mode.READ and says_existing(mention.annotation) and clause.role is not None and clause.role.writes:
        remark = None  # "update a.ts (existing)"
    if remark is not None and not clause.reading:
        stated = sentence.default is not None or (clause.role is not None and clause.nouns == 0) or not remark.writes
        return Verdict(mention, remark, Evidence.STATED if stated else Evidence.INFERRED)
    if beside.stays_as_it_is(sentence.text, mention, sentence.end):
        return Verdict(mention, Mode.READ)
    if beside.must_stay(sentence.text, mention, sentence.end):
        return Verdict(mention, Mode.WRITE, forbidden=True)
    if is_cited(sentence.text, sentence.span, mention):
        return Verdict(mention, Mode.READ)
    asked = beside.is_asked_for(sentence.text, mention, sentence.end)
    if asked is not None and not sentence.is_document(mention) and not clause.reading:
        return Verdict(mention, asked, Evidence.INFERRED)
    if sentence.default is None and clause.role is None and not (sentence.is_document(mention) or mention.is_directory):
        told = beside.is_told_to(sentence.text, mention, sentence.start, sentence.end)
        if told is not None:
            return Verdict(mention, told, Evidence.INFERRED)
    predicate = predicate_of(sentence.text, mention.end, sentence.end)
    # The verb of the Chinese "确认 x.db 生成" stands in front.
    seen = clause.role in (Role.CHECK, Role.READ) and clause.nouns == 0
    if predicate is not None and (predicate.particle or not seen):
        return by_predicate(mention, predicate, is_document=sentence.is_document(mention))
    if (clause.negated or negated) and is_for_others(sentence.text, sentence.span, mention):
        return Verdict(mention, None)
    if clause.negated or negated:
        return _negated(sentence, mention, clause)
    if beside.is_ruled_out(sentence.text, mention):
        return Verdict(mention, None)
    aimed = clause.place in PLACES or verbs.is_one_of(clause.verb, _IGNORING)
    if not aimed and beside.is_shut_out(sentence.text, mention, sentence.start):
        return Verdict(mention, None)
    if beside.is_referred_to(sentence.text, mention, sentence.start) or beside.is_taken_down(
        sentence.text, mention, sentence.start
    ):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if clause.predicated and clause.reading and is_made_sure(sentence, mention, clause):
        return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
    if clause.reading and not _falls_to_verb(sentence, mention, clause):
        return Verdict(mention, Mode.READ, weak=CITING_PHRASES.fullmatch(clause.reading_word) is not None)
    if sentence.is_document(mention) and not _documents_it(clause):
        return Verdict(mention, Mode.READ)
    if mention.held and clause.role in (Role.CREATE, Role.ADD) and not clause.aside:
        mode = Mode.CREATE if clause.role is Role.CREATE else Mode.WRITE
        return Verdict(mention, mode, Evidence.INFERRED if sentence.default is None else Evidence.STATED)
    if clause.place == "with" and _comes_with(sentence, mention, clause):
        return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
    if mention.is_directory and not clause.place and clause.within in _MEANS:
        return Verdict(mention, Mode.READ, Evidence.INFERRED)  # "using the shared pickers (`src/components/`)"
    if clause.place == "for" and _is_the_test(sentence, mention, clause):
        return Verdict(mention, Mode.WRITE)
    if clause.place in ATTACHED_READ or (
        clause.place in FOR and (clause.last in _EACH or (clause.aimed and clause.last in _ANDS))
    ):
        return Verdict(mention, Mode.READ, Evidence.INFERRED)
    if clause.fresh_start and _names_a_part(sentence, mention, clause):
        return Verdict(mention, Mode.WRITE, Evidence.INFERRED)
    if clause.aside and beside.is_called_new(sentence.text, mention):
        return Verdict(mention, Mode.CREATE, Evidence.INFERRED)
    if mention.is_directory and clause.aside and verbs.is_one_of(clause.verb, _TELLING):
        return Verdict(mention, None, open=True)
    if clause.aside and not (clause.place in PLACES and not clause.targeted):
        return Verdict(mention, None, open=True)
    return by_verb(sentence, mention, clause)


def _falls_to_verb(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """Whether "in <path>" ends a reading phrase without path: "per FR-3 in src/x.py" writes x.py."""
    if clause.consumed or clause.reading_nouns == 0:
        return False
    if clause.place in ("into", "onto"):
        return not sentence.is_document(mention)
    if clause.targeted:
        return False
    if clause.place in CJK_PLACES:
        return not sentence.is_document(mention)
    if clause.place not in PLACES:
        return False
    if clause.coded and _MODELS.match(clause.reading_word):
        return False
    if clause.reading_word.endswith((" in", " at", " inside", " within", " under")) or sentence.is_document(mention):
        return False
    words = sentence.text[max(sentence.start, mention.start - 160) : mention.start].split()
    return not any(word.strip("`(,.").lower() in PATTERN_NOUNS for word in words[-3:-1])


def _negated(sentence: Sentence, mention: PathMention, clause: Clause) -> Verdict:
    """What is not to be changed is off limits; any other "not" says nothing."""
    forbidden = clause.negated and clause.verb.startswith(("no ", "zero "))
    if clause.negated and clause.verb in _FORBIDDABLE:
        before = sentence.text[max(sentence.start, mention.start - 60) : mention.start]
        all_of_it = mention.is_directory and _ANY_FILE.search(before) is not None
        forbidden = clause.nouns == 0 or all_of_it
    return Verdict(mention, Mode.WRITE, forbidden=True) if forbidden else Verdict(mention, None)


def _comes_with(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """ "Initialize the project with package.json", "create `a/` with `a/b.py`": they come into being with it."""
    if clause.role is not Role.CREATE or clause.aside or sentence.default is None:
        return False
    if any(source.path.endswith("/") and mention.path.startswith(source.path) for source in clause.sources):
        return True
    return not clause.targeted and is_root_file(mention.path.rsplit("/", 1)[-1])


def _names_a_part(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """ "Build x in a.ts; labels in `b.json`": behind a semicolon, things and their place are work as well.

    So is a path that is said what it is for, "a.ts — parser; `b.ts` — printer", and a test: "...; tests: `a.test.ts`".
    """
    if sentence.default is None or not sentence.default.writes or mention.is_directory or mention.is_glob:
        return False
    before = sentence.text[max(sentence.start, mention.start - 80) : mention.start]
    if not clause.place and clause.nouns <= 3 and TEST_FILE.search(mention.path) and _TESTS.search(before):
        return True
    if not clause.place and _STOP.search(before):
        said = _SAID_WHAT_FOR if clause.role is not None else _GOES_ON
        return said.match(sentence.text, mention.end, sentence.end) is not None
    if clause.place not in ("in", "into", "to") or not 1 <= clause.nouns <= 3:
        return False
    return _STANDS.search(before, max(0, before.rfind(";"))) is None


def _is_the_test(sentence: Sentence, mention: PathMention, clause: Clause) -> bool:
    """ "Write failing tests for `tests/cart.test.ts`": the file that is named is the one the tests are written in."""
    if clause.role not in (Role.CREATE, Role.ADD) or _NAMED_TEST.search(mention.path) is None:
        return False
    before = sentence.text[max(sentence.start, mention.start - 24) : mention.start]
    return _TESTS_FOR.search(before) is not None


_NAMED_TEST = regex(r"(?:^|/)test_[^/]+$|[._-](?:test|spec)s?\.[^/]+$|Tests?\.\w+$")

_TESTS_FOR = regex(r"\b(?:tests?|cases|specs)[ \t\n]+for[ \t\n]+[`\"']*\Z", re.IGNORECASE)


def _documents_it(clause: Clause) -> bool:
    if clause.role is None or not clause.role.writes or clause.aside or (clause.dashed and not clause.place):
        return False
    if clause.subordinate:
        return False
    if not clause.place:
        return clause.nouns == 0
    return clause.verb in verbs.DOCUMENTING and (clause.place in PLACES or clause.place in CJK_PLACES)

"""Languages whose verb closes the clause, Japanese and Korean: which verb rules a path, and what it says of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from planlint.diagnostics import Evidence
from planlint.dialects.prose import verbs
from planlint.dialects.prose.clause import Verdict
from planlint.dialects.prose.mentions import PathMention
from planlint.dialects.prose.verbs import Role
from planlint.model import Mode
from planlint.source.regex import regex

_OBJECT_PARTICLES = ("", "を", "は", "를", "을", "은", "는")

_TESTS_OF_IT = regex(r"[ \t]*(?:単体|ユニット|結合|統合)?(?:テスト|테스트)")
""" "tests of `x.ts`": another file is written."""

MODES = {
    Role.CREATE: Mode.CREATE,
    Role.ADD: Mode.WRITE,
    Role.MODIFY: Mode.MODIFY,
    Role.DELETE: Mode.DELETE,
}
"""What a verb does to a file, where no preposition or object tells it more closely."""


class Predicate(NamedTuple):
    """The verb that rules a path from the end of its clause, as in Japanese and Korean."""

    role: Role
    particle: str
    """What ties the path to it: `を` or nothing makes it the object, `に` the place, `から` the source."""
    negated: bool
    noun: str
    """What follows the particle, up to the verb."""
    asked: bool = False
    """The verb ends the clause in a form that asks for it: "に記録する"."""


_KOREAN_KIND = (
    r"(?:(?:등[ \t]*)?(?:[가-힣]{1,4}별[ \t]+|기본[ \t]+|각[ \t]+)?"
    r"(?:파일|폴더|디렉토리|디렉터리|템플릿|컴포넌트|모듈|클래스|페이지|스크립트|문서)들?[ \t]+)?"
)
"""What kind of thing a path is, between it and the noun of its verb: "a.js, b.js 등 기본 파일 생성"."""

_IMPORTS = ("インポート", "import", "임포트")

_CLAUSE = 320
"""How many characters a path and the verb of its clause may be apart: code between them can be long."""


@cache
def _particle_pattern() -> re.Pattern[str]:
    path = r"[A-Za-z0-9_@./\[\]*-]{1,200}"
    return re.compile(
        rf"[ \t」）)]{{0,3}}(?:[ \t]*(?:と|や|、|,|・|および|及び|와|과)[ \t]*{path}){{0,8}}[ \t]?"
        r"[ \t」）)]{0,3}(?:ディレクトリ|フォルダ|ファイル|配下|以下|直下|内|디렉토리|폴더|파일)?[ \t]?"
        r"(を|に|へ|から|の|で|は|를|을|에서|에|의|은|는|으로|로(?!그|직|컬))"
    )


@cache
def _predicate_pattern() -> re.Pattern[str]:
    forms = sorted((form for table in verbs.CJK_AFTER.values() for form in table.split()), key=len, reverse=True)
    ending = (
        r"(?P<not>せず|しな|しません|さな|ずに|ない|なく|みません|まない|하지)|[すしせさむみんいっくきまるりれえ]|[하한합해고는]"
        r"|[ \t]*(?:[、，,.;；。:：)）(（]|\Z)"
    )
    # "the files that the code defines": what is told of a noun is no instruction.
    told = r"(?!(?:하는|한|할|된|되는|하던)[ \t]+[가-힣])"
    return re.compile(rf"({'|'.join(forms)}){told}(?:{ending})")


@cache
def _noun_pattern() -> re.Pattern[str]:
    path = r"[A-Za-z0-9_@./\[\]*-]{1,200}"
    tables = [table.split() for role, table in verbs.CJK_AFTER.items() if role is not Role.READ]
    forms = sorted((*(form for table in tables for form in table), "参照", "참고", "참조"), key=len, reverse=True)
    return re.compile(
        rf"(?:[ \t]*[、,・][ \t]*{path}){{0,8}}[ \t」）)]{{0,3}}{_KOREAN_KIND}({'|'.join(forms)})"
        r"(?P<not>[ \t]*(?:なし|無し|不要|禁止|불필요|금지|없음))?(?:[ \t]*[・、，,.;；。:：)）(（\n]|[ \t]*\Z)"
    )


@cache
def _after_roles() -> dict[str, Role]:
    return {word: role for role, words in verbs.CJK_AFTER.items() for word in words.split()}


_ATTRIBUTIVE = regex(r"され(?:た|て(?:い|お|あ)|る|ている)|した(?=[^\s、。，,.)）」])|している(?=[^\s、。，,.)）」])")
""" "`x.ts` に定義された型": what is there already describes a noun."""

_IS_DONE = regex(r"[ \t]*(?:実装|定義|作成|追加|登録|記載|設定)済み")

_ASKED = regex(r"(?:する|します|すること)?[ \t]*(?:[。.;；、，,)）(（]|\Z)|し(?:[、，,]|て)")

_CLAUSE_END = regex(r"[。；;\n]")


def predicate_of(text: str, end: int, limit: int) -> Predicate | None:
    """The Japanese or Korean verb that rules a path which ends at `end`; `limit` is the end of its sentence.

    The verb closes the clause, so nouns that look like verbs ("write the *tests*") are passed over: a particle follows
    them, not an ending. Lists leave the particle out and end in the verb's noun: "src/a.ts 実装".
    """
    tied = _particle_pattern().match(text, end, limit)
    if tied is None:
        closed = _noun_pattern().match(text, end, limit)
        return Predicate(_after_roles()[closed.group(1)], "", closed.group("not") is not None, "") if closed else None
    stop = min(limit, tied.end() + _CLAUSE)
    closing = _CLAUSE_END.search(text, tied.end(), stop)
    clause = text[tied.end() : closing.start() if closing else stop]
    found = _predicate_pattern().search(clause)
    if found is None:
        return None
    role = _after_roles()[found.group(1)]
    if found.group(1) in _IMPORTS and tied.group(1) in ("に", "へ", "에"):
        role = Role.ADD  # "import X into a.ts"
    if _ATTRIBUTIVE.match(clause, found.end(1)) or _IS_DONE.match(clause):
        role = Role.READ
    asked = _ASKED.match(clause, found.end(1)) is not None
    return Predicate(role, tied.group(1), found.group("not") is not None, clause[: found.start()], asked)


def by_predicate(mention: PathMention, predicate: Predicate, *, is_document: bool) -> Verdict:
    """What `predicate` says of `mention`; `is_document`: one of the documents that plans are made of."""
    role, particle = predicate.role, predicate.particle
    if predicate.negated:
        forbidden = role in (Role.MODIFY, Role.DELETE) and not is_document
        return Verdict(mention, Mode.WRITE if forbidden else None, forbidden=forbidden)
    if not role.writes or (particle == "から" and role is not Role.DELETE):
        return Verdict(mention, Mode.READ)
    if is_document and particle not in _OBJECT_PARTICLES and not (particle in ("に", "へ") and predicate.asked):
        return Verdict(mention, Mode.READ)
    if particle in ("の", "의") and _TESTS_OF_IT.match(predicate.noun):
        return Verdict(mention, None)
    nominal = particle in ("の", "의") and not predicate.noun.strip()  # "creation of x.yml": x.yml itself
    if (particle in _OBJECT_PARTICLES or nominal) and not mention.is_directory:
        return Verdict(mention, MODES[role])
    mode = Mode.MODIFY if role in (Role.MODIFY, Role.DELETE) or particle in ("の", "의") else Mode.WRITE
    if particle in ("로", "으로") and role is Role.MODIFY:
        mode = Mode.WRITE  # "split into a.py", "move to models/"
    sure = particle in ("に", "へ", "에", "から", "로", "으로") and not mention.is_directory
    return Verdict(mention, mode, Evidence.STATED if sure else Evidence.INFERRED)

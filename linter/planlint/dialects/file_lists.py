"""Bullets and lines that declare files: "Create: `a.ts`, `b.ts` (new)", "Move: `x.py` → `y.py`".

What stands in front decides what happens to the files; only the paths that the entry begins with count, because a
remark behind them names other files ("insert after `main.ts`").
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from planlint.dialects.prose import BareNames, PathContext, PathMention, find_paths
from planlint.dialects.prose.filenames import is_root_file
from planlint.dialects.prose.remarks import LEFT_AS_IT_IS, mode_of_remark
from planlint.dialects.prose.wording import OPTIONAL
from planlint.model import Mode
from planlint.readers.prose import Prose
from planlint.records import Record, record
from planlint.source import Origin


@record
class FileEntry(Record):
    """One declared file: its path as written, what happens to it, and where the path stands."""

    path: str
    mode: Mode
    origin: Origin
    bare: bool = False
    """Without a directory; see `Placing`."""
    weak: bool = False
    part: str | None = None
    note: str | None = None
    forbidden: bool = False
    """Listed as what must not change ("Do not modify: `a.ts`"); `mode` is that of a read then."""
    beside: str = ""
    """The directory of the file before a bare name on the same line, where both are of one kind."""


@record
class _Verb(Record):
    mode: Mode
    second: Mode | None = None
    """For verbs with two files (`Move: a → b`): what happens to the one behind the arrow."""
    weak: bool = False
    forbids: bool = False


_VERBS: tuple[tuple[str, _Verb], ...] = (
    (
        r"create|created|new|add|adds|added|generate|scaffold|新增|新建|创建|創建|建立|新規|作成|追加|생성|추가|신규|"
        r"neu|anlegen|erstellen|crear|nuevo|créer|nouveau|criar|novo|tạo|thêm",
        _Verb(Mode.CREATE),
    ),
    (
        r"modify|modified|update|updated|edit|extend|change|changed|append|fix|refactor|rewrite|replace|overwrite|transform|patch|"
        r"修改|更新|変更|修正|수정|변경|modificar|modifier|alterar|ändern|sửa|cập nhật",
        _Verb(Mode.MODIFY),
    ),
    (
        r"delete|deleted|remove|removed|drop|删除|刪除|削除|삭제|eliminar|supprimer|löschen|excluir|xóa|xoá",
        _Verb(Mode.DELETE),
    ),
    (r"move|rename|relocate|移动|移動|重命名|이동", _Verb(Mode.DELETE, Mode.CREATE)),
    (r"copy|port|复制|コピー|복사", _Verb(Mode.READ, Mode.CREATE)),
    (r"tests?|测试|測試|テスト|테스트", _Verb(Mode.WRITE)),
    (
        r"review|references?|read|verify|inspect|check|keep|see|context|audit|use|uses|run|unchanged|existing|"
        r"design|depends|do not|don't|参考|參考|参照|查看|참고|확인|lesen|lire|leer|đọc|tham khảo",
        _Verb(Mode.READ),
    ),
)
_WORDS = re.compile(
    "|".join(f"(?P<v{at}>(?:{words})(?![^\\W\\d_]))" for at, (words, _) in enumerate(_VERBS)), re.IGNORECASE
)
_NEXT = re.compile(rf"[,;.，；。、/|][ \t]*[*_]{{0,2}}(?:{_WORDS.pattern})[*_]{{0,2}}[ \t]*[:：]", re.IGNORECASE)
"""The verb of the next files of the same line."""
_NEXT_BARE = re.compile(
    rf"[,;，；、][ \t]*(?:and[ \t]+)?[*_]{{0,2}}(?:\w{{1,12}}/)?(?:{_WORDS.pattern})[*_]{{0,2}}[ \t]+[`\"']*",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"possibly|maybe|perhaps|potentially|conditional|optional|if needed|if necessary|as needed|likely|"
    r"如需|如有必要|必要时|必要時|可选|可選|必要に応じ|필요\s?시",
    re.IGNORECASE,
)
_LEAD = re.compile(r"[ \t]*([^\W\d_][^:：`\n]{0,60}?)[ \t]*[:：][ \t]*")
_READING = re.compile(
    r"read[- ]?only|as[- ]is|unchanged|no (?:source )?(?:edit|change)|reference|verify only|do not", re.IGNORECASE
)
_FORBIDS = re.compile(
    r"\W*(?:files? )?(?:(?:do not|don['’]?t|never|must not|not to|to not) (?:be )?(?:touch|modif|chang|edit|alter)\w*"
    r"|off[- ]limits|forbidden|不要修改|禁止修改|请勿修改|修改禁止|変更禁止)[^:：\n]{0,20}",
    re.IGNORECASE,
)
_NONE = re.compile(r"[\s*_`]*(?:none|nothing|no (?:other )?(?:files?|changes?))\b", re.IGNORECASE)
"""Behind the verb: "Modify: none in `lib/` (reuse its helpers)"."""
_BETWEEN = re.compile(
    r"(?:[\s,;·•、，&+\d~:–-]|\band\b|\bto\b|\bwith\b|\band/or\b|\blines?\b|→|->|=>|⇒|和|与|與|及|/)*", re.IGNORECASE
)
_SIBLING = re.compile(r"[ \t]*(?:,|/|\+|&|and\b)[ \t]*(\.[a-z]\w{0,7})(?![\w/.-])")
"""`src/a.fsi`, `.fs`: the same file with another ending."""

_THING = re.compile(r"[ \t]*(?:[\w-]+[ \t]+){1,4}[(（][ \t]*[`\"']*")
_LONGEST_REMARK = 600
"""Characters in brackets behind a path; a bracket that nobody closes would otherwise be searched to the end."""

_INSIDE = re.compile(
    r"[ \t]*(?:(?:delete|remove|drop)(?:[ \t][^:：\n(（]{0,60})?[ \t]from"
    r"|(?:add|append|insert)(?:[ \t](?![^\n]{0,60}(?:link|reference|pointer|redirect))[^:：\n(（]{0,60})?"
    r"[ \t](?:in)?to)"
    r"(?:[ \t]+the[ \t]+file)?[ \t]*[:：]?[ \t`\"']*",
    re.IGNORECASE,
)
"""Words before a file of which only a part goes or comes: "Delete from:", "Remove the flag from", "Add to:"."""

_ARROW = re.compile(r"→|->|=>|⇒|\bto\b", re.IGNORECASE)
_OUTER_WEAK = re.compile(
    r"\bif (?:needed|necessary|not already|it|there|any|required|missing|applicable)|\bpossibly\b|\boptionally\b"
    rf"|\b{OPTIONAL}|如需|如有必要|必要时|必要時|可选|可選|必要に応じ|필요\s?시",
    re.IGNORECASE,
)


def entries_in(prose: Prose, context: PathContext | None = None, default: Mode = Mode.WRITE) -> list[FileEntry]:
    """The files that `prose` declares; `default` counts where no verb stands in front. Linear, never raising."""
    text = prose.text
    mentions = find_paths(prose, known=context)
    # "`src/a.ts` (line 9): change the call" begins with its file: what stands before the colon is no label.
    leads = bool(mentions) and not text[: mentions[0].start].strip()
    verb, at = (_Verb(default), 0) if leads else _verb_of(text, default)
    if mentions and not mentions[0].path.endswith("/") and _INSIDE.fullmatch(text, 0, mentions[0].start):
        verb, at = _Verb(Mode.MODIFY), mentions[0].start
    if _NONE.match(text, at):
        return []
    entries: list[FileEntry] = []
    second = False
    for index, mention in enumerate(mentions):
        if mention.start < at:
            continue
        gap = text[at : mention.start]
        if entries and (another := _NEXT.search(gap) or _NEXT_BARE.fullmatch(gap)) is not None:
            # "Create: `a.ts`; modify: `b.ts`" on one line, or "Create `a.ts`, modify `b.ts`"
            verb, second, gap = _VERBS[_group(another)][1], False, gap[another.end() :]
        if _BETWEEN.fullmatch(gap) is None and (entries or not (_is_lead_in(gap) or _names(gap, text, mention, at))):
            break
        second = second or (bool(entries) and verb.second is not None and _ARROW.search(gap) is not None)
        at, note = _after(text, mention)
        entry = _entry(mention, verb, second, note, text, at, mentions[index + 1 : index + 2])
        entry = _beside(entry, entries[-1]) if entries else entry
        entries.append(entry)
        while (sibling := _SIBLING.match(text, at)) is not None:
            stem = entry.path[: entry.path.rfind(".")] if "." in entry.path.rpartition("/")[2] else entry.path
            entries.append(entry.replace(path=stem + sibling.group(1), origin=prose.origin(*sibling.span(1))))
            at = sibling.end()
    if verb.second is not None and entries and not any(entry.mode is verb.second for entry in entries):
        # A rename without an arrow tells only that the file changes.
        entries = [entry.replace(mode=Mode.WRITE) if entry.mode is Mode.DELETE else entry for entry in entries]
    return entries


class Placing:
    """Where the declared files of a plan are, bare names included."""

    def __init__(self, mentions: Mapping[int, Sequence[PathMention]], *, alone: bool = False) -> None:
        """`mentions` are all paths that each task of the plan names, by index; `alone` as in `BareNames`."""
        self.names = BareNames.of(mentions, alone=alone)
        self._base_names = frozenset(
            mention.path.rpartition("/")[2] for found in mentions.values() for mention in found if not mention.bare_name
        )

    def path(self, entry: FileEntry, task: int) -> str | None:
        """The path that `entry` means: as written, or for a bare name the one full path of the plan that ends with it.

        None where several full paths of the plan could be meant. A bare name that no full path ends with stands beside
        the file before it on the line, else for a file at the root: a declaration is meant exactly.
        """
        if not entry.bare:
            return entry.path
        found = self.names.find(entry.path, task)
        if found is not None:
            return found
        if entry.path.rpartition("/")[2] in self._base_names:
            return None
        return f"{entry.beside}/{entry.path}" if entry.beside and not is_root_file(entry.path) else entry.path


def _beside(entry: FileEntry, before: FileEntry) -> FileEntry:
    """`entry`, which stands right behind the one `before`: "`src/a.ts`, `b.ts`, `c.ts`"."""
    directory, _, name = before.path.rpartition("/")
    directory = directory or before.beside
    alike = posixpath.splitext(name)[1] == posixpath.splitext(entry.path)[1] != ""
    return entry.replace(beside=directory) if entry.bare and directory and alike else entry


def _verb_of(text: str, default: Mode) -> tuple[_Verb, int]:
    """What the words before the colon say, and where the files begin."""
    lead = _LEAD.match(text)
    if lead is None:
        word = _WORDS.match(text.lstrip())
        return (_VERBS[_group(word)][1] if word else _Verb(default)), 0
    words = lead.group(1)
    weak = _WEAK.search(words) is not None
    if _FORBIDS.fullmatch(words):
        return _Verb(Mode.READ, forbids=True), lead.end()
    if _READING.search(words):
        return _Verb(Mode.READ), lead.end()
    found = [_VERBS[_group(match)][1] for match in _WORDS.finditer(words)]
    if not found:
        return _Verb(default, weak=weak), lead.end()
    modes = {verb.mode for verb in found}
    if len(modes) == 1 or found[0].second is not None:
        return found[0].replace(weak=weak), lead.end()
    if found[0].mode is Mode.WRITE and len(found) == 2:
        return found[1].replace(weak=weak), lead.end()  # "Test (modify)"
    writes = any(mode.writes for mode in modes)
    return _Verb(Mode.WRITE if writes else Mode.READ, weak=weak), lead.end()


def mode_of_lead(text: str, default: Mode = Mode.WRITE) -> Mode:
    """What a label, colon included, says of the files behind or below it: "Files to create:", "Removed (by hand):"."""
    return _verb_of(text, default)[0].mode


def mode_of_words(text: str) -> Mode | None:
    """What the words of a cell say happens to a file ("Create", "Modify: add a field"); None where they say nothing."""
    if _READING.search(text):
        return Mode.READ
    word = _WORDS.match(text.lstrip(" *_`"))
    return _VERBS[_group(word)][1].mode if word is not None else None


def _group(match: re.Match[str]) -> int:
    return int((match.lastgroup or "v0")[1:])


def _is_lead_in(gap: str) -> bool:
    """Whether the words between the verb and the first file only introduce it: "the file", "existing"."""
    words = gap.split()
    return len(words) <= 3 and not any(sign in gap for sign in "(（`—–")


def _names(gap: str, text: str, mention: PathMention, at: int) -> bool:
    """Whether, behind a verb, words name a thing and brackets its file: "Modify: the router (`src/router.ts`)"."""
    behind = text[mention.end :].lstrip("`\"' \t")
    return at > 0 and _THING.fullmatch(gap) is not None and behind.startswith((")", "）"))


def _after(text: str, mention: PathMention) -> tuple[int, str | None]:
    """Where the text goes on behind a path and its remark in brackets, and the remark."""
    at = mention.end
    while at < len(text) and text[at] in " \t":
        at += 1
    if at < len(text) and text[at] in "(（":
        closing = _closing(text, at)
        return closing, text[at + 1 : max(at + 1, closing - 1)].strip() or None
    return mention.end, mention.annotation


def _closing(text: str, at: int) -> int:
    """The offset behind the bracket that closes the one at `at`; the end of the longest remark when none does."""
    depth = 0
    end = min(len(text), at + _LONGEST_REMARK)
    for here in range(at, end):
        if text[here] in "(（":
            depth += 1
        elif text[here] in ")）":
            depth -= 1
            if depth == 0:
                return here + 1
    return end


def _entry(
    mention: PathMention, verb: _Verb, second: bool, note: str | None, text: str, at: int, following: list[PathMention]
) -> FileEntry:
    mode = verb.second if second and verb.second is not None else verb.mode
    if verb.mode is Mode.WRITE or (note is not None and _READING.match(note)):
        mode = mode_of_remark(note) or mode
    if LEFT_AS_IT_IS.match(text, mention.end):
        mode = Mode.READ
    rest = text[at : following[0].start if following else len(text)]
    weak = verb.weak or any(_OUTER_WEAK.search(words) is not None for words in (note or "", rest.partition("\n")[0]))
    forbidden = verb.forbids or (note is not None and _FORBIDS.fullmatch(note) is not None)
    return FileEntry(mention.path, mode, mention.origin, mention.bare_name, weak, mention.part, note, forbidden)


def lines_of(prose: Prose) -> Iterator[Prose]:
    """The lines of a text, blank ones left out: lists of files are also written one per line without bullets."""
    start = 0
    for line in prose.text.split("\n"):
        if line.strip():
            yield prose.slice(start, start + len(line))
        start += len(line) + 1

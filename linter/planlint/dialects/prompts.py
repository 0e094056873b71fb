"""The prompt that an agent is launched with: what it says about files.

Beside sentences, prompts have lines and lists behind words of ownership: "You own src/api/", "Files: a.ts, b.ts",
"Do not touch:" with a list below.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence

from planlint.diagnostics import Evidence
from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import BareNames, PathContext, PathMention, ProseContext, effects_of, find_placed_paths
from planlint.model import Mode, Scope
from planlint.readers.prose import Prose

_OWNING = re.compile(
    r"\b(?:owns?|owned|owning|ownership|responsible for|territory|in charge of|confined to|limited to|restricted to"
    r"|stays? (?:in|within|inside)|"
    r"(?:only|exclusively) (?:touch|edit|work|modify|change|write|create)\w*|(?:touch|edit|work|modify|change"
    r"|write)\w* only|works? (?:only )?(?:in|on|inside|within)|"
    r"(?:your|exclusive|allowed|assigned|target) (?:files?|scope|paths?|director(?:y|ies))|files? (?:to"
    r"|you) (?:may )?(?:create|modify|edit|change|touch|write|own)\w*|"
    r"^[-*\s]*(?:files?|scope|owns|writes?|creates?|modifies|edits|outputs?|deliverables))\b[^.\n;]{0,200}\Z|"
    r"(?:新文件|新建文件|修改|负责的?文件|只(?:写|改|修改))[^。；;\n]{0,80}\Z",
    re.IGNORECASE | re.MULTILINE,
)
_DENIED = re.compile(
    r"\b(?:does not|doesn'?t|do not|don'?t|must not|may not|never|cannot|not)\s+(?:own|touch|edit|modify|change"
    r"|write)\b[^.\n]{0,200}\Z|\b(?:off[- ]limits|forbidden|hands off)\b[^.\n]{0,120}\Z|"
    r"(?:禁止|不要|不得|请勿|切勿)(?:修改|改动|更改|触碰|编辑|改|动|碰)[^。；;\n]{0,80}\Z",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b(?:read[- ]only|read|reads|reference|references|see|context|per|review|reviews|audit|inspect|from|against"
    r"|follow|(?<!the )following|using)\b[^.\n;]{0,60}\Z",
    re.IGNORECASE,
)
_END = r"(?=\W*(?:[.!;)\n—–]|\Z)|,? (?:only|just|but only|report|return)\b)"
_LOOKING = re.compile(
    r"\b(?:(?:do not|don['’]?t|must not|may not|never) (?:modify|edit|change|alter|touch|write to)"
    r" (?:anything|(?:any |the )?(?:(?:source|project|repo|repository) )?(?:files?|code))|"
    rf"make no (?:edits|changes|modifications)){_END}|"
    r"\bread[- ]only (?:task|review|audit|agent|reviewer|pass|analysis|investigation|research)\b|"
    r"(?:不要|不得|请勿|禁止)(?:修改|改动|编辑)(?:任何)?(?:文件|代码)(?=[。；;，,！\n]|\Z)",
    re.IGNORECASE,
)
"""Told to change no file at all, an agent looks at what "Scope:" or "Files:" gives it."""

_KINDS = r"(?:files?|modules?|scripts?|tests?|documentation|docs|components?|endpoints?)"
_LABEL = re.compile(
    r"[-*#\s]*(?:\d{1,3}[.)][ \t]+)?(?:\*\*)?(?:(?:create|modify|update|edit|change|delete|outputs?|deliverables)\b|"
    rf"(?:created|implemented|added|modified|updated|new)\s+(?:[\w-]+\s+){{0,3}}{_KINDS}\b|"
    rf"(?:[\w-]+\s+){{0,3}}{_KINDS}\s+(?:created|implemented|added|modified|updated|changed|written)\b)"
    r"[^:.\n]{0,120}:(?:\*\*)?(?=\s|\Z)",
    re.IGNORECASE,
)
"""What a line begins with behind which, or below which, files are listed that are or were written."""

_FILE_IN_LABEL = re.compile(r"[\w-]*\.[A-Za-z]\w*(?![\w/.])")
"""A label that names a file ("Update .gitignore to exclude:") lists what goes into that file."""

_CREATING = re.compile(r"(?:create|new\b)|.*\b(?:created|written)\b", re.IGNORECASE)
_HALF = re.compile(
    r"[-*#\s]*(?:back|front)-?end\b[^()\n]{0,40}(?:\([^()\n]+\))?[*_]{0,2}:[*_]{0,2}\s*\Z", re.IGNORECASE
)
"""A line of its own for the half of the system that the steps below are about: "BACKEND (src/api/orders.py):"."""

_LAYOUT = re.compile(r"\b(?:structure|directories|folders|layout|skeleton|tree)\b", re.IGNORECASE)
"""Behind such words directories are only made, and belong to nobody."""

_BULLET = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+[\"'(`*_]*\Z")
_LISTED = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]")
_INNER_DOT = re.compile(r"\.(?=\w)")
_OUTSIDE = re.compile(r"[/~\\]|[A-Za-z]:")
"""A path from the root of the file system: "you work in /home/me/project" names no file of the project."""
_BACK = 240
"""How far before a path the words may stand that decide about it."""
_LONGEST_LIST = 2_000
"""Characters of a list before a path, above which the line is looked for that says what the list is."""

Resolve = Callable[[str], str | None]
"""Which path a bare name means, see `BareNames.find`."""


NamesOf = Callable[[int], Resolve]
"""For a task by its position, what its bare names mean."""


def bare_names(texts: Sequence[Sequence[Prose]], *, paths: PathContext | None = None) -> NamesOf:
    """For each task by its position: which path a bare name in its texts means.

    The plan's own full paths come first. A name that stands in none of them is taken as it stands, at the root, by a
    task that names no directory at all: two such tasks that both say `index.ts` mean one file.
    """
    mentions = [[found for prose in proses for found in find_placed_paths(prose, known=paths)] for proses in texts]
    known = BareNames.of(dict(enumerate(mentions)))
    bare = [all(found.bare_name for found in row) for row in mentions]
    spelled_out = {posixpath.basename(found.path) for row in mentions for found in row if "/" in found.path}

    def of(index: int) -> Resolve:
        def resolve(name: str) -> str | None:
            at_root = bare[index] and "/" not in name and name not in spelled_out
            return known.find(name, index) or (name if at_root else None)

        return resolve

    return of


def read_brief(
    task: TaskDraft,
    prose: Prose,
    *,
    default: Mode | None,
    resolve: Resolve | None = None,
    paths: PathContext | None = None,
    alone: bool = False,
    body: bool = False,
) -> None:
    """Add the files that the running text `prose` gives to `task`.

    Verbs decide first; what they leave open is the task's own where ownership words stand before it ("You own
    src/api/", "Files: ..."), and untouched otherwise. `alone` and `body` are those of `ProseContext`.
    """
    context = ProseContext(paths=paths, resolve=resolve, alone=alone, body=body)
    effects = effects_of(prose, default=default, context=context)
    for scope in effects.writes:
        keep(task.writes, _narrower_evidence(scope, default))
    for scope in effects.reads:
        keep(task.reads, scope)
    for scope in effects.off_limits:
        keep(task.off_limits, scope)
    looking = _LOOKING.search(prose.text) is not None
    for mention in effects.unknown:
        _owned(task, prose, mention, body=body, looking=looking)


def _narrower_evidence(scope: Scope, default: Mode | None) -> Scope:
    """A path that merely stands where work products stand is as good as told; see `effects_of`."""
    if default is not None and scope.evidence is Evidence.INFERRED and not scope.weak:
        return scope.replace(evidence=Evidence.STATED)
    return scope


def _owned(task: TaskDraft, prose: Prose, mention: PathMention, *, body: bool, looking: bool) -> None:
    """A path that no verb governs: the task's own, off limits, or nothing."""
    if not mention.resolved or mention.in_command:
        return
    before = prose.text[max(0, mention.start - _BACK) : mention.start]
    line = before[before.rfind("\n") + 1 :]
    indent = len(line) - len(line.lstrip())
    above = _line_above(prose.text, mention.start - len(line), indent) if _BULLET.fullmatch(line) else ""
    # The dots of paths end no sentence.
    told = _INNER_DOT.sub("_", above or line)
    sentence = _last_sentence(told)
    if _DENIED.search(sentence):
        keep(task.off_limits, scope_of(mention, Mode.WRITE, Evidence.STATED))
        return
    if _HALF.match(above or _line_of(prose.text, mention.start)):
        keep(task.writes, scope_of(mention, Mode.WRITE, Evidence.INFERRED).replace(body=body))
        return
    labelled = _LABEL.match(told)
    if labelled and _FILE_IN_LABEL.search((above or line)[: labelled.end()]):
        labelled = None
    if _READING.search(sentence) or not (labelled or _OWNING.search(sentence)) or _OUTSIDE.match(mention.path):
        return
    if mention.is_directory and _LAYOUT.search(sentence):
        return
    if looking:
        keep(task.reads, scope_of(mention, Mode.READ, Evidence.STATED))
        return
    scope = scope_of(mention, _mode_of(labelled[0]) if labelled else Mode.WRITE, Evidence.STATED)
    keep(task.writes, scope.replace(body=body))


def _line_of(text: str, at: int) -> str:
    """The whole line around `at`."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _line_above(text: str, at: int, indent: int) -> str:
    """The line with a colon at its end above the list that has an item at `at`; empty where there is none.

    The item above a list within a list is such a line, too; `indent` is how far the inner one stands in.
    """
    lines = text[max(0, at - _LONGEST_LIST) : at].split("\n")
    for line in reversed(lines):
        heads = line.rstrip().endswith((":", "：", ":**"))
        further_in = len(line) - len(line.lstrip()) - indent
        if not line.strip() or further_in > 0 or (_LISTED.match(line) and not (heads and further_in < 0)):
            continue
        return line.rstrip() if heads else ""
    return ""


def _mode_of(label: str) -> Mode:
    word = label.strip(" -*#\t.)0123456789").lower()
    return Mode.CREATE if _CREATING.match(word) else Mode.DELETE if word.startswith("delete") else Mode.WRITE


def _last_sentence(text: str) -> str:
    found = 0
    for match in re.finditer(r"[.;!?]\s|[。；]", text):
        found = match.end()
    return text[found:]


def scope_of(mention: PathMention, mode: Mode, evidence: Evidence) -> Scope:
    """A scope for what a mention names, the remark beside it (`(NEW)`) heeded."""
    remark = (mention.annotation or "").lower()
    if mode is Mode.WRITE:
        if "new" in remark or "create" in remark or "新" in remark:
            mode = Mode.CREATE
        elif "delete" in remark or "remove" in remark:
            mode = Mode.DELETE
        elif "modif" in remark or "update" in remark or "edit" in remark:
            mode = Mode.MODIFY
        elif "read" in remark or "reference" in remark or "unchanged" in remark:
            mode = Mode.READ
    return Scope(
        path=mention.path,
        mode=mode,
        origin=mention.origin,
        evidence=evidence,
        part=mention.part,
        note=mention.annotation,
    )


def read_texts(told: Sequence[tuple[TaskDraft, Sequence[Prose]]], *, paths: PathContext | None = None) -> None:
    """Add to each task of a plan the files that its texts give it.

    A bare name means what the plan spells out elsewhere (`bare_names`); one that stands for itself is a conclusion.
    Beside declared files a text counts as the task's body.
    """
    names = bare_names([proses for _, proses in told], paths=paths)
    for position, (task, proses) in enumerate(told):
        declared = {scope.path for scope in task.writes}
        for prose in proses:
            read_brief(
                task,
                prose,
                default=None,
                resolve=names(position),
                paths=paths,
                alone=True,
                body=task.scope_known is True,
            )
        task.writes = _told_once(task.writes, declared)
        written = {scope.path for scope in task.writes}
        task.reads = [scope for scope in task.reads if scope.path not in written]
        task.off_limits = [scope for scope in task.off_limits if scope.path not in written]


_NEVER = 99
"""A rank behind those of all evidence."""


def _told_once(writes: list[Scope], declared: set[str]) -> list[Scope]:
    """`writes` without what a text repeats: a declared file, or one that a title names and the text below creates."""
    kept = [scope for scope in writes if not (scope.body and scope.path in declared)]
    sure: dict[tuple[str, str | None], int] = {}
    for scope in kept:
        if scope.mode is not Mode.WRITE:
            key = scope.path, scope.part
            sure[key] = min(scope.evidence.rank, sure.get(key, scope.evidence.rank))
    return [
        one for one in kept if one.mode is not Mode.WRITE or one.evidence.rank < sure.get((one.path, one.part), _NEVER)
    ]


def keep(scopes: list[Scope], scope: Scope) -> None:
    """Add `scope` unless the same is known; of two, the firmer one stays."""
    for at, known in enumerate(scopes):
        if known.path == scope.path and known.mode == scope.mode and known.part == scope.part:
            if scope.evidence.rank < known.evidence.rank:
                scopes[at] = scope
            return
    scopes.append(scope)

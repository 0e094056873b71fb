"""The fields of a task: its Files block, its Interfaces, what it depends on, how it is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planlint.dialects.file_lists import FileEntry, entries_in, lines_of, mode_of_words
from planlint.dialects.labels import Label, split_labels
from planlint.dialects.markdown_body import is_bold
from planlint.dialects.prose import PathContext
from planlint.dialects.superpowers.headings import TaskSection, code_after, flat
from planlint.model import Mode
from planlint.readers.markdown.blocks import Block, Heading, List, ListItem, Paragraph, Table
from planlint.readers.prose import Prose
from planlint.source import Origin

LABELS = {
    "files": "files",
    "file": "files",
    **dict.fromkeys(
        (
            "files touched",
            "file scope",
            "file changes",
            "files changed",
            "files affected",
            "affected files",
            "files expected",
            "files/modules expected",
            "files involved",
            "target files",
            "changed files",
            "owned files",
        ),
        "files",
    ),
    "files to modify": "modify",
    "files to create": "create",
    "new files": "create",
    "modified files": "modify",
    **dict.fromkeys(("file to modify", "files to edit", "file to edit", "files to change", "file to change"), "modify"),
    **dict.fromkeys(("file to create", "directory to create", "files to add", "file to add"), "create"),
    **dict.fromkeys(("file to create/modify", "files to create/modify"), "files"),
    "interfaces": "interfaces",
    "interface": "interfaces",
    "depends on": "depends",
    "depends_on": "depends",
    "dependencies": "depends",
    "blocked by": "depends",
    "run after": "depends",
    "prerequisite": "depends",
    "prerequisites": "depends",
    "independent": "independent",
    "parallel_safe": "parallel",
    "parallel-safe": "parallel",
    "parallel safe": "parallel",
    "parallel": "parallel",
    "deliverables": "deliverables",
    "deliverable": "deliverables",
    "worktree": "other",
    "branch": "other",
    "acceptance criteria": "other",
    "goal": "other",
    "context": "other",
    "why": "other",
    "what": "other",
    "model": "other",
    "spec": "other",
}
"""Labels of the writing-plans skill and of metadata lines proposed for it, by the names used here."""

_SIDES = {"consumes": "consumes", "produces": "produces", "consume": "consumes", "produce": "produces"}
_RUN = re.compile(
    r"^[ \t*_]*(?:run|실행|运行|執行|実行)(?: (?:it|the tests?|tests?))?\s*[:：]", re.IGNORECASE | re.MULTILINE
)
_NOBODY = re.compile(
    r"[\s*_`(]*(?:none|nothing|no (?:files?|changes?|code)|n/?a\b|없음|無し|なし|无|無|[—–-]\s*\Z)", re.IGNORECASE
)
_DECLARES = re.compile(
    r"\W{0,3}(?:create|modify|delete|test|move|rename|(?:do not|don['’]?t|never) (?:modify|touch|change|edit))"
    r"[*_`]{0,3}[:：]",
    re.IGNORECASE,
)
_FORBIDS = re.compile(r"\W{0,3}(?:do not|don['’]?t|never) (?:modify|touch|change|edit)[*_`]{0,3}[:：]", re.IGNORECASE)
_TESTS = re.compile(
    r"\W{0,3}tests?[*_`]{0,3}[:：][*_ \t]{0,4}(?=(?:create|add|write|modify|update|extend)\b)", re.IGNORECASE
)
_FILE_COLUMNS = frozenset({"file", "files", "path", "file path", "文件", "檔案", "ファイル", "파일"})
_CHANGE_COLUMNS = frozenset({"change", "changes", "action", "mode", "operation", "op", "变更", "操作", "変更", "변경"})
_DEFAULTS = {"files": Mode.WRITE, "modify": Mode.MODIFY, "create": Mode.CREATE, "delete": Mode.DELETE}
_VERB_ALONE = re.compile(
    r"[\s*_]*(create|add|modify|update|change|delete|remove|tests?)[*_]*[:：][\s*_]*", re.IGNORECASE
)
_VERBS = {"create": "create", "add": "create", "modify": "modify", "update": "modify", "change": "modify",
          "delete": "delete", "remove": "delete", "test": "files", "tests": "files"}  # fmt: skip
"""A verb that is a line of its own above a list of files."""
_NOT_INDEPENDENT = re.compile(r"\W*no\b[\s,.:;—–-]*", re.IGNORECASE)


@dataclass(slots=True)
class Fields:
    """What the labelled parts of a task say."""

    files: list[FileEntry] = field(default_factory=list)
    files_origin: Origin | None = None
    """Where the Files label stands; None without one."""
    complete: bool | None = None
    """Whether the Files block names all files: it does when it names any, or none at all on purpose."""
    consumes: list[Prose] = field(default_factory=list)
    produces: list[Prose] = field(default_factory=list)
    depends: list[Label] = field(default_factory=list)
    ordered: bool = False
    """Whether the task says what it waits for, be it nothing."""
    parallel: Label | None = None
    runs: list[tuple[str, Origin]] = field(default_factory=list)
    body: list[Prose] = field(default_factory=list)
    """Running text outside of the fields: what the steps say."""
    delivered: list[Prose] = field(default_factory=list)
    """What a task in a design says that it delivers: a file named there is its work."""


def declares_files(prose: Prose) -> bool:
    """Whether a paragraph has the label `Files`, be it behind another one, or is a verb above a list of them."""
    return _VERB_ALONE.fullmatch(prose.text) is not None or any(
        label.written.lower() == "files" for label in split_labels(prose, LABELS)[1]
    )


def read_fields(task: TaskSection, context: PathContext) -> Fields:
    """Sort the blocks below a task heading into fields and steps."""
    fields = Fields()
    current = ""
    for block in task.blocks:
        if isinstance(block, Heading):
            name = LABELS.get(block.title.strip(" :*").lower(), "")
            current = name
            if name in _DEFAULTS:
                fields.files_origin = fields.files_origin or block.prose.whole
        elif isinstance(block, Paragraph):
            current = _paragraph(block.prose, current, fields, context)
        elif isinstance(block, List):
            current = _list(block, current, fields, context)
        elif isinstance(block, Table):
            _table(block, fields, context)
    _runs(task.blocks, fields)
    if fields.files:
        fields.complete = True
    return fields


def _paragraph(prose: Prose, current: str, fields: Fields, context: PathContext) -> str:
    head, labels = split_labels(prose, LABELS)
    if not labels:
        bare = LABELS.get(prose.text.strip().lower(), "") if is_bold(prose) else ""
        if bare in _DEFAULTS:
            fields.files_origin = fields.files_origin or prose.whole
            return bare
        alone = _VERB_ALONE.fullmatch(prose.text)
        if alone is not None:
            fields.files_origin = fields.files_origin or prose.whole
            return _VERBS[alone[1].lower()]
        tests = _TESTS.match(prose.text) if fields.files_origin is not None else None
        if tests is not None:
            # "Tests: Create `x.test.ts`" below the files of a task goes on with them.
            fields.files += entries_in(prose.slice(tests.end(), len(prose.text)), context)
        if _FORBIDS.match(prose.text):
            for line in lines_of(prose):
                fields.files += [entry for entry in entries_in(line, context) if entry.forbidden]
            return ""
        fields.body.append(prose)
        return ""
    if head.text.strip():
        fields.body.append(head)
    for label in labels:
        current = label.name
        _label(label, fields, context)
    # A label with its value on the same line is finished; a bare one goes on in the list below.
    return "" if labels[-1].value.text.strip() and current in _DEFAULTS else current


def _table(table: Table, fields: Fields, context: PathContext) -> None:
    """A table with a column of files and one of what happens to them."""
    names = [cell.text.strip().lower() for cell in table.header]
    files = next((at for at, name in enumerate(names) if name in _FILE_COLUMNS), None)
    changes = next((at for at, name in enumerate(names) if name in _CHANGE_COLUMNS), None)
    if files is None or changes is None:
        return
    for row in table.rows:
        if len(row) > max(files, changes):
            mode = mode_of_words(row[changes].text)
            entries = entries_in(row[files], context, mode or Mode.WRITE) if mode is not None else []
            fields.files += entries
            if entries:
                fields.files_origin = fields.files_origin or table.header[files].whole


def _label(label: Label, fields: Fields, context: PathContext) -> None:
    if label.name in _DEFAULTS:
        fields.files_origin = fields.files_origin or label.origin
        if label.value.text.strip():
            _files(label.value, _DEFAULTS[label.name], fields, context)
    elif label.name == "depends":
        fields.ordered = True
        fields.depends.append(label)
    elif label.name == "independent":
        # "Independent: No — needs Task 1"
        fields.ordered = True
        no = _NOT_INDEPENDENT.match(label.value.text)
        if no is not None:
            fields.depends.append(label._replace(value=label.value.slice(no.end(), len(label.value.text))))
    elif label.name == "parallel":
        fields.parallel = label
    elif label.name == "interfaces":
        _interface(label.value, fields)
    elif label.name == "deliverables" and label.value.text.strip():
        fields.delivered.append(label.value)


def _files(value: Prose, default: Mode, fields: Fields, context: PathContext) -> None:
    for line in lines_of(value):
        entries = entries_in(line, context, default)
        fields.files += entries
        if not entries and fields.complete is None:
            # "Same files as Task 2" declares something that cannot be told; "none" declares that nothing is touched.
            fields.complete = _NOBODY.match(line.text) is not None


def _bullet(item: ListItem, current: str, fields: Fields, context: PathContext) -> str:
    head, labels = split_labels(item.prose, LABELS)
    if labels and not head.text.strip():
        for label in labels:
            current = label.name
            _label(label, fields, context)
    elif current in _DEFAULTS:
        # A label right below the list, without a blank line before it, is by the rules of Markdown in its last item.
        _files(head if labels else item.prose, _DEFAULTS[current], fields, context)
        for label in labels:
            current = label.name
            _label(label, fields, context)
    elif current == "interfaces":
        _interface(item.prose, fields, item)
        return current
    elif current == "deliverables":
        fields.delivered.append(item.prose)
    else:
        fields.body.append(item.prose)
    for child in item.children:
        if isinstance(child, List):
            for inner in child.items:
                _bullet(inner, current, fields, context)
    return current


def _interface(prose: Prose, fields: Fields, item: ListItem | None = None) -> None:
    """One `Consumes:` or `Produces:` entry, with the bullets below it."""
    _, sides = split_labels(prose, _SIDES)
    for side in sides:
        target = fields.consumes if side.name == "consumes" else fields.produces
        if side.value.text.strip():
            target.append(side.value)
        if item is not None:
            target.extend(inner.prose for inner in item.items())


def _list(block: List, current: str, fields: Fields, context: PathContext) -> str:
    """A list below a label, up to the first step: bullets and boxes with a blank line between are one list."""
    for item in block.items:
        labelled = item.state is None and _begins_with_label(item)
        if item.state is None and (current or labelled):
            current = _bullet(item, current, fields, context)
            continue
        if item.state is None and _DECLARES.match(item.prose.text):
            # "- Create: `x.ts`" below some other label says as much as in a Files block.
            fields.files += entries_in(item.prose, context)
        current = ""
        fields.body.append(item.prose)
        for below in flat(item.children):
            if isinstance(below, Paragraph | ListItem):
                fields.body.append(below.prose)
    return "" if current in _DEFAULTS else current


def _begins_with_label(item: ListItem) -> bool:
    head, labels = split_labels(item.prose, LABELS)
    return bool(labels) and not head.text.strip()


def _runs(blocks: list[Block], fields: Fields) -> None:
    """The commands behind "Run:", in code on the line or in the fence below."""
    ordered = list(flat(blocks))
    for at, block in enumerate(ordered):
        if not isinstance(block, Paragraph | ListItem):
            continue
        for match in _RUN.finditer(block.prose.text):
            end = block.prose.text.find("\n", match.end())
            line = block.prose.slice(match.start(), end if end >= 0 else len(block.prose.text))
            codes = line.codes()
            if codes:
                mark = codes[0]
                fields.runs.append((line.text[mark.start : mark.end], line.origin(mark.start, mark.end)))
            elif (fence := code_after(ordered, at)) is not None:
                fields.runs.append((fence.text.strip(), fence.body))

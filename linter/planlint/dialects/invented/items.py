"""One item of an invented plan to a task draft. References stay as written; `references` resolves them at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from planlint.diagnostics import Problem
from planlint.dialects.draft import TaskDraft
from planlint.dialects.invented.contracts import add_contracts
from planlint.dialects.invented.exclusive import add_resources, isolation_of, set_worktree
from planlint.dialects.invented.finding import Item, name_of, named_by_task
from planlint.dialects.invented.plain_fields import kind_of, set_plain
from planlint.dialects.invented.profiles import Profile
from planlint.dialects.invented.scopes import files_of
from planlint.dialects.invented.vocabulary import FILES, NOTHING, field_of, names_part, scalars, text_of
from planlint.dialects.keys import fold
from planlint.dialects.path_lists import files_in
from planlint.dialects.plan_words.patterns import SURELY_SHORT, refuse
from planlint.dialects.prose import PathContext
from planlint.dialects.prose.shape import has_file_name
from planlint.model import Isolation
from planlint.readers.prose import Prose
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.source import Origin

_SLUG = re.compile(r"[\w.-]{1,60}")
_ID_ORDER = ("id", "taskid")
_LONGEST_ID = 120
_LONGEST_TITLE = 160


@dataclass(slots=True)
class Written:
    """A reference to another task as it stands in a file."""

    field: str
    text: str
    origin: Origin
    file: str | None = None
    """The file that holds the other task, as written, where the reference names one."""


@dataclass(slots=True)
class Read:
    """A task with what is still to be resolved."""

    task: TaskDraft
    node: Node
    document: str
    """Path of the file it stands in."""
    references: list[Written] = field(default_factory=list)
    group: str | None = None
    briefs: list[Prose] = field(default_factory=list)
    declares: bool = False
    """Whether it has a field for the files it changes, be it empty."""
    permits: bool = False
    """Whether its mark only allows others beside it (`parallel_safe`), which a task that waits may have, too."""


class ItemReader:
    """Reads the items of one plan. `problems` fills while it reads."""

    def __init__(self, profile: Profile | None, context: PathContext, document: str) -> None:
        self._words = profile.words if profile is not None else {}
        self._context = context
        self._document = document
        self.problems: list[Problem] = []

    def read(self, item: Item) -> Read | None:
        """The task that `item` is; None for what is no item."""
        node = item.node
        if isinstance(node, Mapping):
            return self._mapping(node, item.key)
        if isinstance(node, Scalar) and isinstance(node.value, str) and node.text.strip():
            task = TaskDraft("", node.origin, title=" ".join(node.text.split()), brief=node.text)
            task.places["title"] = node.origin
            return Read(task, node, self._document, briefs=[Prose.of_scalar(node)])
        if isinstance(node, Sequence) and item.key is not None:
            return self._list(node, item.key)
        return None

    def _list(self, node: Sequence, key: Scalar) -> Read:
        """Under the name of a worker: its files, or what it does in sentences."""
        task = TaskDraft(key.text, Origin(node.source, key.start, node.end))
        task.places["id"] = key.origin
        read = Read(task, node, self._document)
        sentences = [scalar for scalar in scalars(node) if " " in scalar.text.strip().partition("(")[0].strip()]
        if 2 * len(sentences) > len(node.items):
            read.briefs = [Prose.of_scalar(scalar) for scalar in sentences]
            task.brief = "\n".join(scalar.text for scalar in sentences)
        else:
            self._files(read, "writes", node, key)
        return read

    def _mapping(self, node: Mapping, key: Scalar | None) -> Read:
        fields: dict[str, list[str]] = {}
        for written in node.values:
            name = (
                self._words.get(fold(written), field_of(written)) if fold(written) in self._words else field_of(written)
            )
            if name is not None and not names_part(written, node.values[written]):
                fields.setdefault(name, []).append(written)
        origin = node.origin if key is None else Origin(node.source, key.start, node.end)
        id_key = self._id_key(node, fields.get("id", []))
        identity = node.values[id_key] if id_key is not None else named_by_task(node)
        task = TaskDraft(identity.text.strip() if isinstance(identity, Scalar) else "", origin)
        if identity is not None:
            task.places["id"] = identity.origin
        elif key is not None:
            task.id = key.text.strip()
            task.places["id"] = key.origin
        elif (title := name_of(node)) is not None and _SLUG.fullmatch(title.text.strip()) is not None:
            task.id = title.text.strip()
            task.places["id"] = title.origin
        read = Read(task, node, self._document)
        # Files to lock are those to write, which only count where no field names these.
        for name in sorted(fields, key=lambda name: name == "locks"):
            for written in fields[name]:
                value = node.values[written]
                if value.end > value.start:
                    task.places.setdefault(name, value.origin)
                self._field(read, name, value, node.keys[written])
        _name(task, node, fields)
        task.kind = kind_of(task)
        return read

    def _id_key(self, node: Mapping, keys: list[str]) -> str | None:
        keys = [
            key
            for key in keys
            if isinstance(node.values[key], Scalar) and 0 < len(text_of(node.values[key]).strip()) <= _LONGEST_ID
        ]
        return min(
            keys, key=lambda key: _ID_ORDER.index(fold(key)) if fold(key) in _ID_ORDER else len(_ID_ORDER), default=None
        )

    def _field(self, read: Read, name: str, value: Node, key: Scalar) -> None:
        task = read.task
        if name in FILES or name in ("reads", "off_limits"):
            self._files(read, name, value, key)
        elif name in ("depends_on", "blocks", "parallel_with", "conflicts_with"):
            read.references += _references(name, value)
        elif name == "brief":
            read.briefs += [Prose.of_scalar(scalar) for scalar in scalars(value) if isinstance(scalar.value, str)]
            task.brief = "\n".join(filter(None, (task.brief, text_of(value))))
        elif name == "verify":
            text = text_of(value).strip()
            task.verify = "\n".join(filter(None, (task.verify, text))) or None
        elif name == "returns":
            task.returns = text_of(value).strip() or None
            if _is_files(value, self._context):
                self._files(read, "writes", value, key)
        elif name in ("wave", "phase") and isinstance(value, Scalar) and value.value is not None:
            setattr(task, name, value.text.strip())
        elif name == "group" and isinstance(value, Scalar) and value.value is not None:
            read.group = value.text.strip()
        elif name == "parallel" and isinstance(value, Scalar) and isinstance(value.value, bool):
            task.parallel = value.value
            read.permits = fold(key.text) != "parallel"
        elif name in ("provides", "consumes", "contracts"):
            add_contracts(task, name, value)
        elif name in ("locks", "branch", "worktree", "isolation", "resources"):
            self._exclusive(read, name, value)
        else:
            set_plain(task, name, value)

    def _files(self, read: Read, name: str, value: Node, key: Scalar) -> None:
        task = read.task
        if name in FILES:
            read.declares = True
            task.places.setdefault("writes", value.origin if value.end > value.start else key.origin)
        for role, scope in files_of(value, name, self._context, key=key.text):
            if len(scope.path) > SURELY_SHORT or "{" in scope.path:
                problem = refuse(scope.path, scope.origin)
                if problem is not None:
                    self.problems.append(problem)
            if role == "write":
                task.write(scope.path, scope.origin, scope.mode, **_more(scope))
            elif role == "read":
                task.read(scope.path, scope.origin, **_more(scope))
            elif role == "off_limits":
                task.keep_off(scope.path, scope.origin, **_more(scope))
            # A permission to read is no intention to: `read_allow: ["**"]` stands in nearly all of them.

    def _exclusive(self, read: Read, name: str, value: Node) -> None:
        """Locks, branches, worktrees: what the task holds alone, and what that says about its isolation."""
        task = read.task
        if name == "isolation":
            task.isolation = isolation_of(text_of(value))
        elif name == "worktree":
            set_worktree(task, value)
        elif name == "branch":
            add_resources(task, "branch", scalars(value))
            task.isolation = task.isolation or (Isolation.BRANCH if scalars(value) else None)
        elif name == "locks":
            keys = value.get("keys") if isinstance(value, Mapping) else value
            add_resources(task, "lock", scalars(keys))
            if isinstance(value, Mapping) and not read.declares and "files" in value:
                self._files(read, "writes", value.values["files"], value.keys["files"])
        elif isinstance(value, Mapping):
            for kind, names in value.values.items():
                add_resources(task, kind.rstrip("s"), scalars(names))


def _more(scope: object) -> dict[str, object]:
    return {name: getattr(scope, name) for name in ("evidence", "weak", "part", "external", "note")}


def _is_files(node: Node, context: PathContext) -> bool:
    """Whether what a task hands back is files and nothing else: `output: src/types.ts`."""
    texts = scalars(node) if isinstance(node, (Scalar, Sequence)) else []
    named = [files_in(Prose.of_scalar(text), context) for text in texts]
    return bool(texts) and all(
        len(files) == 1
        and files[0].path == text.text.strip()
        and " " not in files[0].path
        and has_file_name(files[0].path)
        for text, files in zip(texts, named, strict=True)
    )


def _name(task: TaskDraft, node: Mapping, fields: dict[str, list[str]]) -> None:
    """The title: its own field, else a short description."""
    for name in ("title", "brief"):
        for key in fields.get(name, ()):
            value = node.values[key]
            if isinstance(value, Scalar) and value.value is not None and value.origin != task.places.get("id"):
                text = " ".join(value.text.split())
                if name == "title" or len(text) <= _LONGEST_TITLE:
                    task.title = text
                    task.places["title"] = value.origin
                    if name == "title" and not task.brief:
                        task.brief = text
                    return


def _references(name: str, value: Node) -> Iterator[Written]:
    if isinstance(value, Scalar):
        if value.value is not None and not isinstance(value.value, bool) and value.text.strip().lower() not in NOTHING:
            yield Written(name, value.text.strip(), value.origin)
    elif isinstance(value, Sequence):
        for item in value.items:
            yield from _references(name, item)
    elif isinstance(value, Mapping):
        task = value.get("task", "task_id", "taskId", "id", "task_number", "package_id", "ref", "on")
        if isinstance(task, Scalar):
            file = value.get("file")
            where = file.text.strip() if isinstance(file, Scalar) and isinstance(file.value, str) else None
            yield Written(name, task.text.strip(), task.origin, where)
        elif task is None:
            for key, inner in value.values.items():
                if fold(key) in ("tasks", "packages", "lanes", "internal", "requires"):
                    yield from _references(name, inner)

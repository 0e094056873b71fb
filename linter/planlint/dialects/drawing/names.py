"""How a drawing may name the tasks of a plan: by id, by number, by the first letter and the number, by title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planlint.dialects.draft import TaskDraft
from planlint.dialects.prose import IdGrammar

_ID = (
    r"(?<!\w)(?!(?:and|or|plus|to|with|then|after|und|et|y)[ \t])[^\W\d_]{1,20}[ \t-]?#?\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?"
    r"(?![\w.]*\w)|(?<!\w)[^\W\d_]{2,20}[ \t][A-Z]\b|#?(?<![\w.-])\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![\w%]|\.\w)"
)
_WORD_AND_NUMBER = re.compile(
    r"([^\W\d_]+(?:[ -][^\W\d_]+)?)[ \t-]*#?(\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?|[A-Z])", re.IGNORECASE
)
_PLURAL = re.compile(r"(?<=[^\W\d_]{2})s(?=\d)")
_TITLE_END = re.compile(r"\s*(?::|\(|\s[–—-]\s)")
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")
_MOST = 200
"""Tasks of a plan whose titles are looked for; nobody draws more."""


def drawn_names(tasks: Sequence[TaskDraft]) -> IdGrammar:
    """The grammar of the names of `tasks`, in order; each is normalised to its position, written as a number.

    A name that could be two tasks' is nobody's.
    """
    positions: dict[str, str] = {}
    taken: set[str] = set()
    titles: list[str] = []
    for position, task in enumerate(tasks):
        for name in _names_of(task):
            key = _folded(name)
            if key in positions and positions[key] != str(position):
                taken.add(key)
            positions.setdefault(key, str(position))
        titles += _titles_of(task) if len(tasks) <= _MOST else ()
    for key in taken:
        del positions[key]
    spoken = "|".join(re.escape(title) for title in sorted(set(titles), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{spoken})(?!\w)|{_ID}" if spoken else _ID, re.IGNORECASE)

    def normalise(written: str) -> str:
        folded = _folded(written)
        return positions.get(folded) or positions.get(_PLURAL.sub("", folded)) or written

    return IdGrammar(pattern, normalise, [str(position) for position in range(len(tasks))])


def _names_of(task: TaskDraft) -> Iterator[str]:
    yield from _titles_of(task)
    if not task.id:
        return
    yield task.id
    parts = _WORD_AND_NUMBER.fullmatch(task.id)
    word, number = parts.group(1, 2) if parts is not None else ("task", task.id)
    if number[0].isdigit():
        yield from (number, f"{word}{number}")
    yield f"{word[0]}{number}"


def _titles_of(task: TaskDraft) -> list[str]:
    """The title, what stands before its colon or bracket, and the agent's name; too short ones could be any word.

    Two capitals (`UI`, `DB`) are a name of their own.
    """
    title = " ".join(task.title.split())
    end = _TITLE_END.search(title)
    names = [title, title[: end.start()] if end is not None else title, task.agent.name or ""]
    return [name for name in names if (3 <= len(name) <= 60 and not name.isdigit()) or _TWO_CAPITALS.fullmatch(name)]


def _folded(name: str) -> str:
    return re.sub(r"[\s#_-]+", "", name.lower())

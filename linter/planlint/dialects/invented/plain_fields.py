"""Fields of an item that hold one value: its status, agent, estimate, and the kind of work."""

from __future__ import annotations

from planlint.dialects.draft import TaskDraft
from planlint.dialects.invented.vocabulary import NOBODY, NOTHING
from planlint.dialects.keys import fold
from planlint.dialects.plan_words.durations import minutes
from planlint.dialects.plan_words.looking import only_looks
from planlint.model import Kind
from planlint.readers.tree import Node, Scalar


def set_plain(task: TaskDraft, name: str, value: Node) -> None:
    """Fields with one value."""
    if not isinstance(value, Scalar) or value.value is None:
        return
    text = value.text.strip()
    if name == "status":
        from planlint.dialects.plan_words.synonyms import FINISHED_WORDS

        task.done = task.done or fold(text) in FINISHED_WORDS
    elif name == "done" and isinstance(value.value, bool):
        task.done = task.done or value.value
    elif name == "optional" and isinstance(value.value, bool):
        task.optional = value.value
    elif name == "estimate":
        hours = "hour" in _key_of(task, value)
        task.estimate = value.value * 60.0 if hours and isinstance(value.value, int | float) else _minutes(text)
    elif name == "agent" and text.lower() not in NOTHING:
        task.agent = task.agent.replace(type=text, origin=value.origin)
    elif name == "owner" and text.lower() not in NOBODY:
        task.agent = task.agent.replace(name=text, origin=task.agent.origin or value.origin)
    elif name == "background" and isinstance(value.value, bool):
        task.agent = task.agent.replace(background=value.value)


def _key_of(task: TaskDraft, value: Scalar) -> str:
    """The words right before a value on its line: its key."""
    text = value.source.text
    return text[max(0, value.start - 30) : value.start].rpartition("\n")[2].lower()


def _minutes(text: str) -> float | None:
    try:
        return minutes(text)
    except ValueError:
        return None


def kind_of(task: TaskDraft) -> Kind:
    """The kind of work that the field `kind` names, else the title; a review that writes files builds them."""
    from planlint.dialects.plan_words.synonyms import KIND_WORDS

    place = task.places.get("kind")
    word = fold(place.text.strip("\"' \t")) if place is not None else ""
    word = KIND_WORDS.get(word, word)
    if word in set(Kind):
        found = Kind(word)
        # Half of what is called a review or research writes its report somewhere: then it builds that.
        return found if found not in (Kind.RESEARCH, Kind.REVIEW) or not task.writes else Kind.BUILD
    looks = not task.writes and only_looks(task.title or task.id, task.brief)
    return Kind.REVIEW if looks else Kind.BUILD

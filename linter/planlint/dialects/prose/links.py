"""Markdown links: targets that name a file although the text does not, and targets that complete a bare name."""

from __future__ import annotations

import posixpath
from bisect import bisect_left

from planlint.dialects.prose.mentions import PathContext, PathMention
from planlint.dialects.prose.shape import Shape, has_file_name, shape
from planlint.dialects.prose.wording import covering
from planlint.readers.prose import Mark, Prose
from planlint.source import Span


def link_target(directory: str, target: str) -> str | None:
    """The path from the root that the link `target` of a document in `directory` means; None outside of the root."""
    path = posixpath.normpath(posixpath.join(directory, target))
    return None if path.startswith("../") else path


def with_links(prose: Prose, found: list[PathMention], context: PathContext) -> list[PathMention]:
    """Add the targets of links whose text names no path, and let a target complete a bare name in the text."""
    links = [mark for mark in prose.marks if mark.kind == "link" and mark.target]
    if not links:
        return found
    kept: list[PathMention] = []
    starts = sorted(links, key=lambda mark: mark.start)
    index = 0
    for mention in found:
        while index < len(starts) and starts[index].end <= mention.start:
            index += 1
        link = starts[index] if index < len(starts) and starts[index].start <= mention.start else None
        kept.append(_completed(mention, link, context))
    named = [Span(mention.start, mention.end) for mention in found]
    for link in starts:
        if any(covering(named, at) for at in (link.start, link.end - 1)) or _inside(named, link):
            continue
        target = _target(prose, link, context)
        if target is not None:
            kept.append(target)
    kept.sort(key=lambda mention: mention.start)
    return kept


def _inside(named: list[Span], link: Mark) -> bool:
    index = bisect_left(named, (link.start, 0))
    return index < len(named) and named[index].start < link.end


def _link_path(target: str, context: PathContext) -> Shape | None:
    target = target.split("#", 1)[0].split("?", 1)[0]
    if not target or "://" in target or target.startswith(("mailto:", "#")):
        return None
    if context.relative is not None and not target.startswith("/"):
        target = context.relative(target) or ""
    elif target.startswith(("../", "./")):
        return None
    what = shape(target, in_code=True) if target else None
    return what if what is not None and has_file_name(what.path) else None


def _completed(mention: PathMention, link: Mark | None, context: PathContext) -> PathMention:
    if link is None or not mention.bare_name or link.target is None:
        return mention
    what = _link_path(link.target, context)
    if what is None or what.bare or what.path.rsplit("/", 1)[-1] != mention.path:
        return mention
    return mention.replace(path=what.path, bare_name=False)


def _target(prose: Prose, link: Mark, context: PathContext) -> PathMention | None:
    what = _link_path(link.target or "", context)
    if what is None or link.end <= link.start:
        return None
    return PathMention(
        path=what.path,
        start=link.start,
        end=link.end,
        origin=prose.origin(link.start, link.end),
        bare_name=what.bare,
        absolute=what.absolute,
        linked=True,
    )

"""What a Chinese, Japanese or Korean verb does to a walk."""

from __future__ import annotations

from planlint.dialects.prose.governing.walk import Walk
from planlint.dialects.prose.lexer import Event

_CJK_AND = frozenset("和及與与")
"""Chinese for "and", between two nouns."""


def take_cjk_verb(walk: Walk, event: Event, following: Event | None) -> None:
    """Let it govern, where it is what is to be done and no noun or part of one."""
    role = event.role
    if role is None:
        return
    joined = walk.clause.nouns > 0 and walk.clause.last in _CJK_AND
    if joined and (following is None or following.kind not in ("path", "code")):
        walk.pass_noun(event)  # 「載入與驗證」, "loading and validation", is what gets built
        return
    quiet = not role.writes and not walk.head and walk.negate == 0
    if quiet or (walk.default is not None and not walk.start and not walk.head and not role.writes):
        walk.pass_noun(event)
        return
    if role.writes and walk.clause.role is not None and walk.clause.role.writes and not walk.head:
        walk.pass_noun(event)
        return
    walk.govern(role, event.text)
    walk.head = False

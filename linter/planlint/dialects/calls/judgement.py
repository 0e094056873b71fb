"""Whether a text shows how to do it or how not to do it."""

from __future__ import annotations

import re

_WRONG = re.compile(
    r"❌|✗|✘|⛔|🚫|👎|\banti-?patterns?\b|\bnever do\b|\bwhat not to do\b|\b(?:common|distribution|typical) mistakes?\b"
    r"|\bpitfalls?\b|\b(?:don'?t|don’t|do not) do (?:this|it like)\b"
    r"|\b(?:wrong|incorrect) (?:way|examples?|approach|pattern|usage|split)\b|\A\W*(?:wrong|incorrect)\b"
    r"|\b(?:wrong|incorrect)\W*\Z"
    r"|\bbad (?:examples?|decomposition|practices?|patterns?|split|way)\b"
    r"|\b(?:mistakes?|patterns?|practices|examples?|things) to avoid\b|\bto avoid\W*\Z",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"✅|✓|✔|👍|\bcorrect(?:ly)?\b|\binstead\b|\bbest practices?\b|\brecommended\b"
    r"|\bgood (?:examples?|decomposition|practices?|patterns?|split|way)\b|\bdo this\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:#{1,6}|//|/\*|\*|--|<!--)?[\s*_]*"
    r"(?:(?P<wrong>❌|✗|✘|⛔|🚫|👎|(?:wrong|bad|incorrect|don'?t|don’t|avoid|never|anti-?pattern)(?=[*_]*\s?[:(—-]"
    r"|[*_.!]*\s*$))"
    r"|(?P<right>✅|✓|✔|👍|(?:correct|good|right|recommended|better|do|instead)(?=[*_]*\s?[:(—-]|[*_.!]*\s*$)))",
    re.IGNORECASE,
)


def label_of(line: str) -> bool | None:
    """What a comment or a lead-in says of what follows: True wrong, False right, None nothing.

    Only a mark at its very start counts: `# ❌ Avoid`, `// WRONG - ...`, `**Good:**`.
    """
    match = _LABEL.match(line)
    if match is None:
        return None
    return match.group("wrong") is not None


def presents_wrong(heading: str) -> bool | None:
    """Whether a heading or lead-in presents what follows as wrong (True), as right (False), or neither (None)."""
    labelled = label_of(heading)
    if labelled is not None:
        return labelled
    wrong = _WRONG.search(heading)
    right = _RIGHT.search(heading)
    if wrong is None and right is None:
        return None
    if wrong is not None and right is not None:
        # "Do not launch one by one; correct is:" means what follows.
        return wrong.start() > right.start()
    return wrong is not None

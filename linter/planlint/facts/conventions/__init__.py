"""Conventions: what a path or a command means by custom, in tables that a project can add to.

`hubs` are files that many changes must touch; `sequences` are directories where each newcomer takes the next number;
`scratch` is what agents share without noticing (temporary files, ports, branches).
"""

from planlint.facts.conventions.conventions import Conventions
from planlint.facts.conventions.hubs import Hub
from planlint.facts.conventions.installs import Install
from planlint.facts.conventions.scratch import ScratchMention
from planlint.facts.conventions.sequences import SequenceSlot

__all__ = ["Conventions", "Hub", "Install", "ScratchMention", "SequenceSlot"]

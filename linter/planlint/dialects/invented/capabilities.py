"""What invented plans can say."""

from __future__ import annotations

from planlint.model import Capability

NAME = "invented"

CAPABILITIES = frozenset({
    Capability.TASKS, Capability.WRITES, Capability.DECLARED_WRITES, Capability.READS, Capability.OFF_LIMITS,
    Capability.DEPENDENCIES, Capability.CONCURRENCY, Capability.WAVES, Capability.CONTRACTS, Capability.AGENTS,
    Capability.ISOLATION, Capability.BRIEF, Capability.VERIFY, Capability.ESTIMATES, Capability.LIMITS,
    Capability.STATUS,
})  # fmt: skip
"""What such plans can say; each plan has only what its own keys can."""

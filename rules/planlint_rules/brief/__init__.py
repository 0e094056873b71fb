"""PL6xx: what an agent is told."""

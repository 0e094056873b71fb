"""PL7xx: how agents are launched and joined."""

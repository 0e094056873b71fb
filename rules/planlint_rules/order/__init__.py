"""PL3xx: who waits for whom."""

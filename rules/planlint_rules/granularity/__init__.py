"""PL4xx: how the work is cut."""

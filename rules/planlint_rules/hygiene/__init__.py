"""PL9xx: suppressions and baselines."""

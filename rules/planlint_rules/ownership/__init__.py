"""PL1xx: who may touch what at the same time."""

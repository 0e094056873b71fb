"""Configuration: what a run was asked to do, as plain data."""

"""Suppressions: comments in plans and named ignores in the configuration that mark findings as not counting."""

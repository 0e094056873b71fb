"""GitHub Spec Kit `tasks.md`."""

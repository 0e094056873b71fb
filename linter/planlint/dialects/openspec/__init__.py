"""OpenSpec `tasks.md` of a change."""

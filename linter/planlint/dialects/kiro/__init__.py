"""Kiro `tasks.md`, and the cc-sdd family that writes the same lists."""

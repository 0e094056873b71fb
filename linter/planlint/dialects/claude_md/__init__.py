"""Delegation sections of CLAUDE.md, AGENTS.md, commands, skills and guides."""

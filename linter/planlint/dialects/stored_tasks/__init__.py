"""Tasks as Claude Code stores them, wherever they were found: in files of a task list, or in the calls of a session."""

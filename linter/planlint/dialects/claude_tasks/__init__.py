"""Task lists of Claude Code: a directory of N.json, TaskCreate inputs, TodoWrite lists."""

"""Taskmaster's tasks.json with its tags and subtasks, and the tasks.json of mcp-shrimp-task-manager."""

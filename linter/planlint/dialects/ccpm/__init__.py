"""ccpm epics: task files with dependencies, and analyses that cut one task into parallel streams."""

"""The command line. `entry.run` is the console script; commands are imported when they are called."""

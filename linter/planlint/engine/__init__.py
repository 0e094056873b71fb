"""The engine: find files, recognise their dialect, load plans, run rules, and collect one `Report`."""

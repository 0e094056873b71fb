"""For authors of rules and dialects: fixtures with expectations, examples that run, the generated catalogue."""

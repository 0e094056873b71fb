"""Plans in YAML, JSON and front matter that people and small tools invent: one engine, recognised by keys."""

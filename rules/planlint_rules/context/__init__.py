"""PL5xx: what each agent inherits."""

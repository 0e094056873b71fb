"""Baselines: findings that a team has decided to live with for now, so that only new ones count."""

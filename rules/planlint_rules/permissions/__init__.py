"""PL8xx: what an agent may do."""

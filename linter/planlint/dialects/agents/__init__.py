"""Agent files: the roles that a repository defines for its agents, one file each."""

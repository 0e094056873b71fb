"""PL2xx: what tasks promise each other."""

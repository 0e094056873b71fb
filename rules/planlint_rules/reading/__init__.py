"""PL0xx: what can be read and understood at all."""

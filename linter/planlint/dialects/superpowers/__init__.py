"""superpowers implementation plans."""

"""Readers: syntax to a tree that remembers places. They know nothing about plans."""

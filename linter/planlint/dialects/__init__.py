"""Dialects: one product's words to the typed plan. A dialect knows vocabulary, never syntax."""

"""Which verb, place or reading phrase governs each path of a sentence: one module for each kind of event."""

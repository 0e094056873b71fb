"""spec-kitty missions: work packages with owned files and a graph of dependencies."""

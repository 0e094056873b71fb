"""Session transcripts of Claude Code: which agents a session launched, and which of them ran together."""

"""Claude Code workflow scripts: JavaScript that launches agents in phases."""

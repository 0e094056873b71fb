"""Reporters: a report to text. One module for each format, with `render(report, context) -> str`."""

"""The one place that holds planlint's version."""

__version__ = "0.1.0"

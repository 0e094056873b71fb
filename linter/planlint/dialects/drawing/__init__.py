"""Graphs that plans draw with characters in a fence (`T001 ──► T002`), or write in Mermaid: who comes before whom."""

from planlint.dialects.drawing.edges import DrawnEdge, drawn_edges

__all__ = ["DrawnEdge", "drawn_edges"]

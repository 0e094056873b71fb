"""Graphs that plans draw with characters in a fence (`T001 ──► T002`), or write in Mermaid: who comes before whom."""

from planlint.dialects.drawing.edges import DrawnEdge, drawn_edges, written_edges
from planlint.dialects.drawing.names import drawn_names
from planlint.dialects.drawing.orders import add_drawn, draws_all

__all__ = ["DrawnEdge", "add_drawn", "drawn_edges", "drawn_names", "draws_all", "written_edges"]

"""Pictures of how information flows through a network: as text, SVG and TikZ."""

from linnet_exact.draw.diagram import FlowDiagram, diagram

__all__ = ["FlowDiagram", "diagram"]

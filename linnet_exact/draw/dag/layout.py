"""Where everything stands in a layered drawing: boxes, rows and the ways of the edges.

Edges run through lanes between the boxes of the rows that they pass, and bend only between rows,
so none touches a box but those at its ends. Two edges meet at most where orders say they cross.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from linnet_exact.draw.dag.crossings import count_crossings
from linnet_exact.draw.dag.layers import Layers, cut_edges
from linnet_exact.draw.dag.ordering import order_rows
from linnet_exact.draw.dag.placing import place_vertices

__all__ = ["Box", "DagLayout", "Measures", "Route", "RowPlace", "lay_out"]


@dataclass(frozen=True)
class Measures:
    """The sizes that a drawing is made of, in pixels.

    Attributes
    ----------
    width, height : int
        Of the box of a node.
    gap : int
        Between boxes, and between a box and an edge that passes it at most half of that less.
    lane : int
        Between edges that pass a row side by side.
    channel : int
        The least height between two rows.
    """

    width: int
    height: int
    gap: int = 20
    lane: int = 10
    channel: int = 44


@dataclass(frozen=True)
class Box:
    """The box of a node, by its upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class RowPlace:
    """A row of nodes: its upper edge, its height, and its nodes from left to right."""

    y: int
    height: int
    nodes: tuple[int, ...]


@dataclass(frozen=True)
class Route:
    """The way of an edge from its upper to its lower end.

    Attributes
    ----------
    points : tuple of pairs of int
        From the first to the second point the edge bends, to the third it runs straight down, and
        so on by turns.
    """

    points: tuple[tuple[int, int], ...]

    def path(self) -> str:
        """Return the way as the attribute `d` of an SVG path: cubic curves and vertical lines.

        Examples
        --------
        >>> Route(((5, 0), (9, 40), (9, 60), (2, 90))).path()
        'M5 0C5 20 9 20 9 40V60C9 75 2 75 2 90'
        """
        (x, y), *_ = self.points
        text = f"M{x} {y}"
        for at, ((x, y), (to_x, to_y)) in enumerate(pairwise(self.points)):
            if at % 2 or x == to_x:
                text += f"V{to_y}"
            else:
                middle = (y + to_y) // 2
                text += f"C{x} {middle} {to_x} {middle} {to_x} {to_y}"
        return text


@dataclass(frozen=True)
class DagLayout:
    """A layered drawing without its looks; x to the right, y down, from 0.

    Attributes
    ----------
    width, height : int
    boxes : tuple of Box
        One for each node.
    rows : tuple of RowPlace
        The top row first.
    routes : tuple of Route
        One for each edge.
    crossings : int
        How often edges cross.
    """

    width: int
    height: int
    boxes: tuple[Box, ...]
    rows: tuple[RowPlace, ...]
    routes: tuple[Route, ...]
    crossings: int


def lay_out(
    row_of: Sequence[int], edges: Sequence[tuple[int, int]], measures: Measures
) -> DagLayout:
    """Lay out a DAG in given rows.

    Parameters
    ----------
    row_of : sequence of int
        The row of each node; 0 is the top row, and no row in between is empty.
    edges : sequence of pairs of int
        The upper and the lower end of each edge; the row of the lower end is a later one.

    Examples
    --------
    >>> layout = lay_out([0, 1, 2], [(0, 1), (1, 2), (0, 2)], Measures(40, 20))
    >>> layout.crossings, [box.y for box in layout.boxes]
    (0, [0, 66, 132])
    """
    layers = cut_edges(row_of, edges)
    rows = order_rows(layers)
    x = place_vertices(layers, rows, measures.width, measures.lane, measures.gap)
    leave, arrive = _ports(layers, rows, x, measures)
    tops = _tops(layers, x, rows, measures)
    half = measures.width // 2
    left = min((x[node] for node in range(layers.nodes)), default=0) - half
    left = min([left, *(place - measures.lane for place in x[layers.nodes :])])
    boxes = tuple(
        Box(x[node] - half - left, tops[row], measures.width, measures.height)
        for node, row in enumerate(row_of)
    )
    routes = []
    for edge, chain in enumerate(layers.chains):
        row = row_of[chain[0]]
        points = [(leave[edge] - left, tops[row] + measures.height)]
        for at, vertex in enumerate(chain[1:-1], start=row + 1):
            points += [(x[vertex] - left, tops[at]), (x[vertex] - left, tops[at] + measures.height)]
        points.append((arrive[edge] - left, tops[row_of[chain[-1]]]))
        routes.append(Route(tuple(points)))
    return DagLayout(
        max([box.x + box.width for box in boxes] + [place - left for place in x[layers.nodes :]]),
        tops[-1] + measures.height,
        boxes,
        tuple(
            RowPlace(top, measures.height, tuple(v for v in row if v < layers.nodes))
            for top, row in zip(tops, rows, strict=True)
        ),
        tuple(routes),
        count_crossings(layers, rows),
    )


def _tops(
    layers: Layers, x: Sequence[int], rows: Sequence[Sequence[int]], measures: Measures
) -> list[int]:
    """The upper edge of each row: further below the last one where edges run far to the side."""
    tops = [0]
    for row in rows[:-1]:
        far = max((abs(x[v] - x[end]) for v in row for end in layers.below[v]), default=0)
        channel = measures.channel + min(far // 8, 3 * measures.channel)
        tops.append(tops[-1] + measures.height + channel)
    return tops


def _ports(
    layers: Layers, rows: Sequence[Sequence[int]], x: Sequence[int], measures: Measures
) -> tuple[list[int], list[int]]:
    """The x where each edge leaves its upper and arrives at its lower end, in their order."""
    place = {vertex: at for row in rows for at, vertex in enumerate(row)}
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(layers.nodes)]
    arriving: list[list[tuple[int, int]]] = [[] for _ in range(layers.nodes)]
    for edge, chain in enumerate(layers.chains):
        leaving[chain[0]].append((place[chain[1]], edge))
        arriving[chain[-1]].append((place[chain[-2]], edge))
    ports = []
    for ends in (leaving, arriving):
        port = [0] * len(layers.chains)
        for node, found in enumerate(ends):
            step = min(measures.lane, measures.width * 3 // 4 // max(len(found) - 1, 1))
            first = x[node] - step * (len(found) - 1) // 2
            for at, (_, edge) in enumerate(sorted(found)):
                port[edge] = first + step * at
        ports.append(port)
    return ports[0], ports[1]

"""A DAG in rows: edges over several rows are cut, a waypoint in every row that they pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Layers", "cut_edges"]


@dataclass(frozen=True)
class Layers:
    """A graph whose edges all join consecutive rows.

    Vertices are the nodes 0, 1, …, and after them the waypoints of edges.

    Attributes
    ----------
    nodes : int
        The number of nodes.
    rows : tuple of tuples of int
        The vertices of each row, the top row first, in the order of their numbers.
    above, below : tuple of tuples of int
        The neighbours of each vertex in the row above and in the row below.
    chains : tuple of tuples of int
        The vertices that each edge passes, from its upper end to its lower end.
    """

    nodes: int
    rows: tuple[tuple[int, ...], ...]
    above: tuple[tuple[int, ...], ...]
    below: tuple[tuple[int, ...], ...]
    chains: tuple[tuple[int, ...], ...]


def cut_edges(row_of: Sequence[int], edges: Sequence[tuple[int, int]]) -> Layers:
    """Return the layers of a DAG.

    Parameters
    ----------
    row_of : sequence of int
        The row of each node; 0 is the top row, and no row in between is empty.
    edges : sequence of pairs of int
        The upper and the lower end of each edge; the row of the lower end is a later one.

    Examples
    --------
    >>> layers = cut_edges([0, 1, 2], [(0, 1), (1, 2), (0, 2)])
    >>> layers.rows, layers.chains
    (((0,), (1, 3), (2,)), ((0, 1), (1, 2), (0, 3, 2)))
    """
    rows: list[list[int]] = [[] for _ in range(max(row_of, default=-1) + 1)]
    for node, row in enumerate(row_of):
        rows[row].append(node)
    above: list[list[int]] = [[] for _ in row_of]
    below: list[list[int]] = [[] for _ in row_of]
    chains = []
    for upper, lower in edges:
        chain = [upper]
        for row in range(row_of[upper] + 1, row_of[lower]):
            chain.append(len(above))
            rows[row].append(len(above))
            above.append([])
            below.append([])
        chain.append(lower)
        for higher, deeper in pairwise(chain):
            below[higher].append(deeper)
            above[deeper].append(higher)
        chains.append(tuple(chain))
    return Layers(
        len(row_of),
        tuple(map(tuple, rows)),
        tuple(map(tuple, above)),
        tuple(map(tuple, below)),
        tuple(chains),
    )

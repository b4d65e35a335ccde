"""How often edges cross in a layered drawing: what the orders of its rows decide."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence

from linnet_exact.draw.dag.layers import Layers

__all__ = ["count_crossings", "inversions"]


def inversions(pairs: Iterable[tuple[int, int]]) -> int:
    """Return how many of these edges between two rows cross.

    Parameters
    ----------
    pairs : iterable of pairs of int
        The places of the ends of each edge in the two rows; edges with a common end do not cross.

    Examples
    --------
    >>> inversions([(0, 1), (1, 0), (1, 1), (2, 0)])
    3
    """
    seen: list[int] = []
    total = 0
    for _, low in sorted(pairs):
        total += len(seen) - bisect_right(seen, low)
        insort(seen, low)
    return total


def count_crossings(layers: Layers, rows: Sequence[Sequence[int]]) -> int:
    """Return how many pairs of edge pieces cross if the rows have these orders.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> layers = cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)])
    >>> count_crossings(layers, [[0, 1], [2, 3]]), count_crossings(layers, [[0, 1], [3, 2]])
    (1, 0)
    """
    place = {vertex: at for row in rows for at, vertex in enumerate(row)}
    return sum(
        inversions(
            (at, place[end]) for at, vertex in enumerate(row) for end in layers.below[vertex]
        )
        for row in rows
    )

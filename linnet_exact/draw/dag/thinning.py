"""Which edges of a very large DAG are drawn."""

from collections.abc import Sequence

__all__ = ["thinned"]


def thinned(row_of: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places of the shortest edge up and the shortest edge down of each node.

    Parameters
    ----------
    row_of : sequence of int
        The row of each node.
    edges : sequence of pairs of int
        The upper and the lower end of each edge.

    Examples
    --------
    >>> thinned([0, 1, 2], [(0, 1), (0, 2), (1, 2)])
    [0, 2]
    """
    shortest: dict[tuple[int, bool], tuple[int, int]] = {}
    for place, (upper, lower) in enumerate(edges):
        length = row_of[lower] - row_of[upper]
        for end in ((upper, True), (lower, False)):
            shortest[end] = min(shortest.get(end, (length, place)), (length, place))
    return sorted({place for _, place in shortest.values()})

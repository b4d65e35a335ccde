"""Sifting: every vertex of a row goes where fewest edges cross, until none can do better.

Matuszewski, Schönfeld and Molitor, *Using Sifting for k-Layer Straightline Crossing Minimization*
(1999). How often the edges of each two vertices cross, in either order, is counted for a whole row
at once.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from linnet_exact.draw.dag.layers import Layers

__all__ = ["sift"]

_LONGEST_ROW = 1500  # n² numbers are held for a row of n
_PASSES = 30


def sift(layers: Layers, rows: list[list[int]], changed: Iterable[int] | None = None) -> None:
    """Sift rows, in place, until no vertex moves; the number of crossings never grows.

    Parameters
    ----------
    rows
        The vertices of each row, from left to right.
    changed : iterable of int, optional
        The rows to begin with; by default all.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> rows = [[0, 1], [2, 3]]
    >>> sift(cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)]), rows)
    >>> rows
    [[1, 0], [2, 3]]
    """
    place = {vertex: at for row in rows for at, vertex in enumerate(row)}
    all_rows = set(range(len(rows)))
    waiting = all_rows if changed is None else all_rows & set(changed)
    for number in range(_PASSES):
        moved = set()
        for at in sorted(waiting, reverse=number % 2 == 1):
            before, after = rows[max(at - 1, 0)], rows[min(at + 1, len(rows) - 1)]
            order = _sifted(_costs(layers, rows[at], place, len(before), len(after)))
            if order is not None:
                rows[at] = [rows[at][vertex] for vertex in order]
                place.update((vertex, at) for at, vertex in enumerate(rows[at]))
                moved.add(at)
        waiting = all_rows & {near for at in moved for near in (at - 1, at + 1)}
        if not waiting:
            break


def _costs(
    layers: Layers, row: Sequence[int], place: dict[int, int], before: int, after: int
) -> NDArray[np.int64]:
    """How many crossings more there are with u left of v than the other way round, by [u, v]."""
    if not 1 < len(row) <= _LONGEST_ROW:
        return np.zeros((1, 1), dtype=np.int64)
    counts = np.zeros((len(row), len(row)), dtype=np.int64)
    for ends, size in ((layers.above, before), (layers.below, after)):
        at = [number for number, vertex in enumerate(row) for _ in ends[vertex]]
        if at:
            places = [place[end] for vertex in row for end in ends[vertex]]
            met = np.zeros((size + 1, len(row)), dtype=np.int64)
            np.add.at(met, (np.array(places) + 1, np.array(at)), 1)
            further_left = np.cumsum(met, axis=0)[places]  # ends of each vertex, by each edge
            first = np.flatnonzero(np.diff(at, prepend=-1))
            counts[np.array(at)[first]] += np.add.reduceat(further_left, first)
    return counts - counts.T


def _sifted(costs: NDArray[np.int64]) -> list[int] | None:
    """Return an order of a row in which no vertex alone can do better; None if it has it."""
    order = np.arange(len(costs))
    start = order.tolist()
    waiting = _restless(costs, order)
    while waiting:
        for vertex in waiting:
            at = int((order == vertex).argmax())
            there = _moving(costs[vertex].take(order)[None], np.array([at]))[0]
            to = int(there.argmin())
            if there[to] < 0:
                rest = np.delete(order, at)
                order = np.insert(rest, to if to < at else to - 1, vertex)
        waiting = _restless(costs, order)
    found: list[int] = order.tolist()
    return None if found == start else found


def _restless(costs: NDArray[np.int64], order: NDArray[np.int64]) -> list[int]:
    """The vertices that would do better elsewhere in this order."""
    there = _moving(costs[order][:, order], np.arange(len(order)))
    return sorted(order[(there < 0).any(axis=1)].tolist())


def _moving(costs: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """What it costs the vertices now at some places to go in front of the first, second, … one.

    Parameters
    ----------
    costs
        A row for each of these vertices, in the order of the row.
    """
    sums = np.zeros((len(costs), costs.shape[1] + 1), dtype=np.int64)
    np.cumsum(costs, axis=1, out=sums[:, 1:])
    own = np.take_along_axis(sums, at[:, None], axis=1)
    moving: NDArray[np.int64] = own - sums
    return moving

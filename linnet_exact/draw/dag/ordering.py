"""Orders of the rows of a layered drawing in which few edges cross.

From a few orders to start with, each vertex is sifted to its best place. Small drawings are
shaken and sifted again a number of times. This is our own because Graphviz and igraph, which have
such an algorithm, are not Python, and a drawing must not depend on what else a machine has.
"""

from random import Random

from linnet_exact.draw.dag.crossings import count_crossings
from linnet_exact.draw.dag.layers import Layers
from linnet_exact.draw.dag.sifting import sift
from linnet_exact.draw.dag.starts import from_below, from_mode

__all__ = ["order_rows"]

Rows = list[list[int]]

_SHAKES, _WORK = 16, 6000  # at most so many shakes, and less where edges have many pieces


def order_rows(layers: Layers) -> list[list[int]]:
    """Return the vertices of each row, from left to right; never worse than `layers.rows`.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> order_rows(cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)]))
    [[1, 0], [2, 3]]
    """

    def crossings_of(rows: Rows) -> int:
        return count_crossings(layers, rows)

    effort = max(_WORK // max(sum(map(len, layers.below)), 1), 1)
    starts = [[list(row) for row in layers.rows], from_below(layers), from_mode(layers)]
    sifted = sorted(starts, key=crossings_of)[:effort]
    for rows in sifted:
        sift(layers, rows)
    best = min(sifted, key=crossings_of)
    fewest = crossings_of(best)
    random = Random(0)
    for _ in range(min(_SHAKES, effort - 1)):
        if not fewest:
            break
        rows = [list(row) for row in best]
        sift(layers, rows, _shake(rows, random))
        crossings = crossings_of(rows)
        if crossings <= fewest:
            best, fewest = rows, crossings
    return best


def _shake(rows: Rows, random: Random) -> set[int]:
    """Reverse a part of some rows; return which rows are to be sifted for that."""
    near: set[int] = set()
    for at, row in enumerate(rows):
        if random.random() < 0.3:
            start, stop = sorted(int(random.random() * (len(row) + 1)) for _ in range(2))
            row[start:stop] = row[start:stop][::-1]
            near |= {at - 1, at, at + 1}
    return near

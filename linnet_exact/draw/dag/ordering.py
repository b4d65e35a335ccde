"""Orders of the rows of a layered drawing in which few edges cross.

Sweeps down and up sort each row by the mean place of the neighbours in the row before (Sugiyama,
Tagawa and Toda, 1981), then each vertex is sifted to its best place. Small drawings are shaken
and sifted again a number of times. This is our own because Graphviz and igraph, which have such
an algorithm, are not Python, and a drawing must not depend on what else a machine has.
"""

from random import Random

from linnet_exact.draw.dag.crossings import count_crossings
from linnet_exact.draw.dag.layers import Layers
from linnet_exact.draw.dag.sifting import sift
from linnet_exact.draw.dag.starts import from_below, from_modes

__all__ = ["order_rows"]

Rows = list[list[int]]

_SWEEPS = 8
_SHAKES, _WORK = 16, 6000  # at most so many shakes, and less where edges have many pieces


def order_rows(layers: Layers) -> list[list[int]]:
    """Return the vertices of each row, from left to right; never worse than `layers.rows`.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> order_rows(cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)]))
    [[0, 1], [3, 2]]
    """

    def crossings_of(rows: Rows) -> int:
        return count_crossings(layers, rows)

    effort = max(_WORK // max(sum(map(len, layers.below)), 1), 1)
    starts = [[list(row) for row in layers.rows], from_below(layers), *from_modes(layers, 2)]
    swept = [min(_sweeps(layers, start), key=crossings_of) for start in starts]
    swept = sorted(swept, key=crossings_of)[:effort]
    for rows in swept:
        sift(layers, rows)
    best = min(swept, key=crossings_of)
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


def _sweeps(layers: Layers, start: Rows) -> list[Rows]:
    """Return the given orders, and those after each sweep from there."""
    found = [start]
    for number in range(_SWEEPS):
        rows = [list(row) for row in found[-1]]
        _sweep(layers, rows, downwards=number % 2 == 0, ties_move=number % 4 > 1)
        found.append(rows)
    return found


def _sweep(layers: Layers, rows: Rows, downwards: bool, ties_move: bool) -> None:
    """Sort every row by the mean places of the neighbours in the row before it."""
    ends, order = (layers.above, rows) if downwards else (layers.below, rows[::-1])
    place: dict[int, int] = {}
    for row in order:
        if ties_move:
            row.reverse()
        means = {}
        for at, vertex in enumerate(row):
            near = [place[end] for end in ends[vertex]]
            means[vertex] = sum(near) / len(near) if near else at
        row.sort(key=means.__getitem__)
        place = {vertex: at for at, vertex in enumerate(row)}


def _shake(rows: Rows, random: Random) -> set[int]:
    """Reverse a part of some rows; return which rows are to be sifted for that."""
    near: set[int] = set()
    for at, row in enumerate(rows):
        if random.random() < 0.3:
            start, stop = sorted(int(random.random() * (len(row) + 1)) for _ in range(2))
            row[start:stop] = row[start:stop][::-1]
            near |= {at - 1, at, at + 1}
    return near

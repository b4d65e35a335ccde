"""Orders of the rows of a layered drawing in which few edges cross.

Sweeps up and down sort each row by the mean place of the neighbours in the row before (Sugiyama,
Tagawa and Toda, 1981); in between, neighbours change places where that saves crossings (Gansner,
Koutsofios, North and Vo, *A Technique for Drawing Directed Graphs*, 1993). The best order found
is kept. This is our own because no Python library has it: Graphviz and igraph would draw another
picture on machines that have them.
"""

from collections.abc import Sequence

from linnet_exact.draw.dag.crossings import count_crossings, crossings_of_pair
from linnet_exact.draw.dag.layers import Layers

__all__ = ["order_rows"]

Rows = list[list[int]]

_PATIENCE = 4  # sweeps without success before an end
_SWEEPS = 24
_EXCHANGES = 12  # passes of exchanges after a sweep


def order_rows(layers: Layers) -> list[list[int]]:
    """Return the vertices of each row, from left to right; never worse than `layers.rows`.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> order_rows(cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)]))
    [[0, 1], [3, 2]]
    """
    best = [list(row) for row in layers.rows]
    fewest = count_crossings(layers, best)
    for start in (best, _by_search(layers)):
        rows = [list(row) for row in start]
        waited = 0
        for sweep in range(_SWEEPS):
            if not fewest or waited == _PATIENCE:
                break
            _sweep(layers, rows, downwards=sweep % 2 == 0, ties_move=sweep % 4 > 1)
            _exchange(layers, rows)
            waited += 1
            if (crossings := count_crossings(layers, rows)) < fewest:
                best, fewest, waited = [list(row) for row in rows], crossings, 0
    return best


def _by_search(layers: Layers) -> Rows:
    """Orders in which a depth-first search from the top row comes past the vertices."""
    row_of = {vertex: at for at, row in enumerate(layers.rows) for vertex in row}
    rows: Rows = [[] for _ in layers.rows]
    seen: set[int] = set()
    for top in (vertex for row in layers.rows for vertex in row):
        stack = [top]
        while stack:
            vertex = stack.pop()
            if vertex not in seen:
                seen.add(vertex)
                rows[row_of[vertex]].append(vertex)
                stack += reversed(layers.below[vertex])
    return rows


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


def _exchange(layers: Layers, rows: Rows) -> None:
    """Let neighbours change places as long as that saves crossings."""
    place = {vertex: at for row in rows for at, vertex in enumerate(row)}
    changed = set(range(len(rows)))
    for _ in range(_EXCHANGES):
        if not changed:
            break
        waiting, changed = changed, set()
        for at in sorted(waiting):
            if _exchange_in_row(layers, rows[at], place):
                changed |= {at - 1, at, at + 1} & set(range(len(rows)))


def _exchange_in_row(layers: Layers, row: list[int], place: dict[int, int]) -> bool:
    def places(ends: Sequence[int]) -> list[int]:
        return sorted([place[end] for end in ends])

    up = {vertex: places(layers.above[vertex]) for vertex in row}
    down = {vertex: places(layers.below[vertex]) for vertex in row}
    changed = False
    for at in range(len(row) - 1):
        left, right = row[at], row[at + 1]
        now = crossings_of_pair(up[left], up[right]) + crossings_of_pair(down[left], down[right])
        if not now:
            continue
        then = crossings_of_pair(up[right], up[left]) + crossings_of_pair(down[right], down[left])
        if then < now:
            row[at], row[at + 1] = right, left
            place[left], place[right] = at + 1, at
            changed = True
    return changed

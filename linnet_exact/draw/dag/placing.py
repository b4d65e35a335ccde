"""Places from left to right for the ordered rows of a layered drawing.

Σ w (x_u − x_v)² over the edges is made small, w larger where edges pass rows, while vertices keep
their distance. Row after row the least value is found exactly, by isotonic regression (the
pool-adjacent-violators algorithm), given the rows above and below.
"""

from collections.abc import Sequence
from itertools import pairwise

from linnet_exact.draw.dag.layers import Layers

__all__ = ["place_vertices"]

_SWEEPS = 40
_STRAIGHT = (1, 2, 8)
"""How much a piece of an edge counts, by how many of its two ends are waypoints."""


def place_vertices(
    layers: Layers, rows: Sequence[Sequence[int]], width: int, lane: int, gap: int
) -> list[int]:
    """Return the x of the middle of each vertex.

    Parameters
    ----------
    rows
        The vertices of each row, from left to right.
    width, lane : int
        The widths of a node and of a waypoint.
    gap : int
        The space beside a node, besides.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> layers = cut_edges([0, 1, 1], [(0, 1), (0, 2)])
    >>> place_vertices(layers, layers.rows, width=10, lane=2, gap=4)
    [7, 0, 14]
    """
    is_node = [vertex < layers.nodes for vertex in range(len(layers.above))]
    halves = [width / 2 + gap / 2 if node else lane / 2 for node in is_node]
    offsets = [_offsets(row, halves) for row in rows]
    pulls = [
        [(end, _STRAIGHT[2 - is_node[vertex] - is_node[end]]) for end in (*up, *down)]
        for vertex, (up, down) in enumerate(zip(layers.above, layers.below, strict=True))
    ]
    x = [0.0] * len(halves)
    for row, offset in zip(rows, offsets, strict=True):
        for vertex, place in zip(row, offset, strict=True):
            x[vertex] = place - offset[-1] / 2
    for sweep in range(_SWEEPS):
        order = range(len(rows))
        for at in order if sweep % 2 == 0 else reversed(order):
            _settle(rows[at], offsets[at], pulls, x)
    return _rounded(rows, offsets, x)


def _offsets(row: Sequence[int], halves: Sequence[float]) -> list[int]:
    """Places in a row without any space left; integers, so that rounding keeps distances."""
    places = [0]
    for left, right in pairwise(row):
        places.append(places[-1] + -int(-(halves[left] + halves[right]) // 1))
    return places


def _settle(
    row: Sequence[int],
    offsets: Sequence[int],
    pulls: Sequence[Sequence[tuple[int, int]]],
    x: list[float],
) -> None:
    """Move one row to where it makes the sum least, all other rows being fixed."""
    blocks: list[tuple[float, int, int]] = []  # the mean, the weight and the length
    for vertex, offset in zip(row, offsets, strict=True):
        pull = pulls[vertex]
        weight = sum([w for _, w in pull])
        wish = sum([w * x[end] for end, w in pull]) / weight if weight else x[vertex]
        mean, weight, length = wish - offset, max(weight, 1), 1
        while blocks and blocks[-1][0] >= mean:
            other, heavy, long = blocks.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight, length = weight + heavy, length + long
        blocks.append((mean, weight, length))
    at = 0
    for mean, _, length in blocks:
        for place in range(at, at + length):
            x[row[place]] = mean + offsets[place]
        at += length


def _rounded(
    rows: Sequence[Sequence[int]], offsets: Sequence[Sequence[int]], x: Sequence[float]
) -> list[int]:
    places = [0] * len(x)
    for row, offset in zip(rows, offsets, strict=True):
        for vertex, start in zip(row, offset, strict=True):
            places[vertex] = start + round(x[vertex] - start)
    first = min(places, default=0)
    return [place - first for place in places]

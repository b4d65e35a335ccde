"""Orders of the rows of a layered drawing from which a search for few crossings may start."""

from collections import deque
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from linnet_exact.draw.dag.layers import Layers

__all__ = ["from_below", "from_mode"]

_ITERATIONS = 160
_DIGITS = 9  # so far places are compared, lest the last bits of a machine decide


def from_below(layers: Layers) -> list[list[int]]:
    """Return the orders in which a breadth-first search from the bottom row finds the vertices.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> from_below(cut_edges([0, 0, 1, 1], [(0, 3), (1, 2)]))
    [[1, 0], [2, 3]]
    """
    row_of = {vertex: at for at, row in enumerate(layers.rows) for vertex in row}
    rows: list[list[int]] = [[] for _ in layers.rows]
    seen: set[int] = set()
    for start in (vertex for row in reversed(layers.rows) for vertex in row):
        queue = deque([] if start in seen else [start])
        seen.add(start)
        while queue:
            vertex = queue.popleft()
            rows[row_of[vertex]].append(vertex)
            found = [end for end in layers.above[vertex] if end not in seen]
            seen.update(found)
            queue += found
    return rows


def from_mode(layers: Layers) -> list[list[int]]:
    """Return the orders along the slowest mode of diffusion that vanishes on the mean of each row.

    What stands far apart in the graph comes to stand far apart in the rows.

    Examples
    --------
    >>> from linnet_exact.draw.dag.layers import cut_edges
    >>> from_mode(cut_edges([0, 0, 1, 1, 1], [(0, 4), (0, 3), (1, 3), (1, 2)]))
    [[0, 1], [4, 3, 2]]
    """
    size = len(layers.above)
    row_of = np.zeros(size, dtype=np.int64)
    mode = np.arange(size) * (sqrt(5) - 1) / 10 % 0.2  # it shall have something of every mode
    for at, row in enumerate(layers.rows):
        row_of[list(row)] = at
        mode[list(row)] += np.arange(len(row)) / len(row)
    ends = [(vertex, end) for vertex, below in enumerate(layers.below) for end in below]
    pieces = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    for _ in range(_ITERATIONS):
        mode = _without_means(_diffused(mode, pieces), row_of)
        length = sqrt(fsum((mode * mode).tolist()))
        if length < 1e-9:
            break
        mode = mode / length
    key = np.round(mode, _DIGITS).tolist()
    return [sorted(row, key=key.__getitem__) for row in layers.rows]


def _diffused(mode: NDArray[np.float64], pieces: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each value moved halfway to the mean of those of its neighbours."""
    size = len(mode)
    upper, lower = pieces
    total = np.bincount(upper, mode[lower], size) + np.bincount(lower, mode[upper], size)
    degree = np.bincount(upper, minlength=size) + np.bincount(lower, minlength=size)
    means: NDArray[np.float64] = total / np.maximum(degree, 1)
    return (mode + means) / 2


def _without_means(mode: NDArray[np.float64], row_of: NDArray[np.int64]) -> NDArray[np.float64]:
    means: NDArray[np.float64] = np.bincount(row_of, mode) / np.bincount(row_of)
    less: NDArray[np.float64] = mode - means[row_of]
    return less

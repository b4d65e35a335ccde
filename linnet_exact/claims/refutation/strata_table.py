"""Strata of many fibers of one depth at a time, as rows of one NumPy table.

A box has thousands of fibers with a few strata each, so one table holds the strata of many. They
come from the minimal ones by the same choices, in the same order, as in
`linnet_exact.strata.listing`: step (h, k) takes the strands from layer h that are alive at layer
k − 1 and says how many of them live on at layer k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from linnet_exact.strata import Barcode, Fiber, Interval, Stratum
from linnet_exact.strata.components import maximal_barcodes
from linnet_exact.strata.dimension import stratum_dimension
from linnet_exact.strata.interval import ext
from linnet_exact.strata.real_components import real_components

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["StrataTable", "place", "strata_tables", "triangle"]

BLOCK_SIZE = 1 << 16


def triangle(depth: int) -> list[Interval]:
    """Return the bars [i, k] of a depth in the order of `place`, k first.

    Examples
    --------
    >>> [str(bar) for bar in triangle(2)]
    ['0-0', '0-1', '1-1', '0-2', '1-2', '2-2']
    """
    return [Interval(i, k) for k in range(depth + 1) for i in range(k + 1)]


def place(k: int, i: int) -> int:
    """Return the place of ω_ki, and of r_k~i, in a row; it does not depend on the depth.

    Examples
    --------
    >>> place(2, 1), triangle(3)[place(2, 1)]
    (4, Interval(start=1, end=2))
    """
    return k * (k + 1) // 2 + i


def strata_tables(fibers: Sequence[Fiber], block_size: int = BLOCK_SIZE) -> Iterator[StrataTable]:
    """Yield all strata of fibers of one depth, fiber after fiber, in tables of bounded size.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> fibers = [Network(1, 1, 1).fiber(), Network(1, 2, 1).fiber()]
    >>> [str(table.stratum(row)) for table in strata_tables(fibers) for row in range(len(table))]
    ['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2', '0-0,1-1:2,2-2', '0-0,1-1,1-2', '0-1,1-1,2-2', '0-1,1-2']
    """
    import numpy as np

    depth = fibers[0].network.depth
    omega = np.zeros((len(fibers), len(triangle(depth))), dtype=np.int64)
    for row, fiber in enumerate(fibers):
        for layer, width in enumerate(fiber.network.widths):
            omega[row, place(layer, layer)] = width - fiber.rank
        omega[row, place(depth, 0)] = fiber.rank
    steps = [bar for bar in triangle(depth) if bar.start < bar.end and bar != (0, depth)]
    blocks = _expand(np.arange(len(fibers)), omega, steps, block_size)
    first = next(blocks)
    second = next(blocks, None)
    yield StrataTable(fibers, *first, whole=second is None)
    if second is not None:
        yield from (StrataTable(fibers, *block) for block in chain([second], blocks))


def _expand(
    fiber_of: NDArray[np.int64],
    omega: NDArray[np.int64],
    steps: list[Interval],
    block_size: int,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield the rows that the remaining steps make of these, in blocks, depth first."""
    import numpy as np

    for done, (h, k) in enumerate(steps):
        alive, room, joined = place(k - 1, h), place(k, k), place(k, h)
        counts = np.minimum(omega[:, alive], omega[:, room]) + 1
        ends = np.cumsum(counts)
        if ends[-1] > block_size and len(counts) > 1:
            middle = min(max(int(np.searchsorted(ends, ends[-1] // 2)), 1), len(counts) - 1)
            for part in (slice(0, middle), slice(middle, None)):
                yield from _expand(fiber_of[part], omega[part], steps[done:], block_size)
            return
        parent = np.repeat(np.arange(len(counts)), counts)
        choice = np.arange(ends[-1]) - np.repeat(ends - counts, counts)
        fiber_of, omega = fiber_of[parent], omega[parent]
        omega[:, joined] += choice
        omega[:, alive] -= choice
        omega[:, room] -= choice
    yield fiber_of, omega


class StrataTable:
    """Strata as rows, and what formulas say of them as columns, computed when asked for.

    Attributes
    ----------
    fibers : sequence of Fiber
        Of one depth.
    fiber_of : array
        For each row, which of the fibers its stratum belongs to.
    omega : array
        A row for each stratum, with the multiplicities in the order of `triangle`.
    whole : bool
        Whether the table is known to have all strata of its fibers.
    """

    def __init__(
        self,
        fibers: Sequence[Fiber],
        fiber_of: NDArray[np.int64],
        omega: NDArray[np.int64],
        whole: bool = False,
    ) -> None:
        self.fibers = fibers
        self.fiber_of = fiber_of
        self.omega = omega
        self.whole = whole
        self.depth = fibers[0].network.depth
        self.bars = triangle(self.depth)

    def __len__(self) -> int:
        return len(self.omega)

    def fiber(self, row: int) -> Fiber:
        """Return the fiber of a row."""
        return self.fibers[int(self.fiber_of[row])]

    def barcode(self, row: int) -> Barcode:
        """Return the barcode of a row."""
        return Barcode(zip(self.bars, self.omega[row].tolist(), strict=True))

    def stratum(self, row: int) -> Stratum:
        """Return the stratum of a row."""
        return Stratum(self.fiber(row), self.barcode(row))

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """A row for each stratum, with r_k~i in the place of ω_ki."""
        ranks: NDArray[np.int64] = self.omega @ _ranks_of_bars(self.depth)
        return ranks

    @cached_property
    def widths(self) -> NDArray[np.int64]:
        """A row for each stratum: the widths of its network."""
        import numpy as np

        return np.take(self.ranks, [place(j, j) for j in range(self.depth + 1)], axis=1)

    @cached_property
    def weight_dimension(self) -> NDArray[np.int64]:
        """d_θ of each network."""
        import numpy as np

        products: NDArray[np.int64] = self.widths[:, 1:] * self.widths[:, :-1]
        return np.asarray(products.sum(axis=1))

    @cached_property
    def orbit_codimension(self) -> NDArray[np.int64]:
        """The codimension of each orbit in weight space."""
        import numpy as np

        paid: NDArray[np.int64] = (self.omega @ _pairs_of_bars(self.depth, False)) * self.omega
        return np.asarray(paid.sum(axis=1))

    @cached_property
    def dimension(self) -> NDArray[np.int64]:
        """The dimension of each stratum."""
        rank = self.omega[:, place(self.depth, 0)]
        products = rank * (self.widths[:, 0] + self.widths[:, -1] - rank)
        return self.weight_dimension - products - self.orbit_codimension

    @cached_property
    def tangent_dimension(self) -> NDArray[np.int64]:
        """dim null dμ at the points of each stratum."""
        out = [self.ranks[:, place(self.depth, j)] for j in range(self.depth + 1)]
        into = [self.ranks[:, place(j, 0)] for j in range(self.depth + 1)]
        tangent = self.weight_dimension.copy()
        for j in range(1, self.depth + 1):
            tangent -= out[j] * into[j - 1]
        for j in range(1, self.depth):
            tangent += out[j] * into[j]
        return tangent

    @cached_property
    def local_dimension(self) -> NDArray[np.int64]:
        """The largest dimension of a stratum at or above each one, in its fiber."""
        import numpy as np

        local = self.dimension.copy()
        open_rows = np.flatnonzero(self.tangent_dimension > local)  # the others are settled
        for number in np.unique(self.fiber_of[open_rows]).tolist():
            rows = open_rows[self.fiber_of[open_rows] == number]
            dimensions, ceilings = self._components(number)
            below = (self.ranks[rows, None] <= ceilings).all(axis=2)
            local[rows] = np.where(below, dimensions, -1).max(axis=1)
        return local

    def _components(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the dimensions of the maximal strata of a fiber, and their rows of ranks."""
        import numpy as np

        if self.whole:
            start, end = np.searchsorted(self.fiber_of, [number, number + 1])
            rows = start + np.flatnonzero(self.maximal[start:end])
            return self.dimension[rows], self.ranks[rows]
        fiber = self.fibers[number]
        barcodes = maximal_barcodes(fiber.network, fiber.rank)
        ranks = [[b.rank_list.r(bar.end, bar.start) for bar in self.bars] for b in barcodes]
        return np.array(list(map(stratum_dimension, barcodes))), np.array(ranks)

    @cached_property
    def maximal(self) -> NDArray[np.bool_]:
        """Whether no rising move within the fiber leads up from each stratum."""
        import numpy as np

        moves = _pairs_of_bars(self.depth, True).astype(np.float32)
        support = (self.omega > 0).astype(np.float32)
        return np.logical_not((((support @ moves) > 0) & (support > 0)).any(axis=1))

    @cached_property
    def minimal(self) -> NDArray[np.bool_]:
        """Whether each stratum is the minimal one of its fiber."""
        import numpy as np

        lasting = [bar.start < bar.end and bar != (0, self.depth) for bar in self.bars]
        return np.logical_not(self.omega[:, lasting].any(axis=1))

    def real_components(self) -> list[int]:
        """The number of real components of each stratum."""
        import numpy as np

        supports = np.packbits(self.omega > 0, axis=1)
        keys = supports.view(f"V{supports.shape[1]}").ravel().tolist()
        return [_real_components(self.depth, key) for key in keys]

    def bars_of_rows(self) -> list[tuple[tuple[int, int], ...]]:
        """The bars (start, end) of each stratum, sorted, each as often as its multiplicity."""
        order = sorted(range(len(self.bars)), key=self.bars.__getitem__)
        pairs = [(self.bars[at].start, self.bars[at].end) for at in order]
        return [
            tuple([bar for bar, n in zip(pairs, row, strict=True) for _ in range(n)])
            for row in self.omega[:, order].tolist()
        ]


@lru_cache(maxsize=16)
def _ranks_of_bars(depth: int) -> NDArray[np.int64]:
    """Return the matrix with 1 where a bar [h, l] counts for r_k~i: h ≤ i and l ≥ k."""
    import numpy as np

    bars = triangle(depth)
    return np.array([[h <= i and l >= k for (i, k) in bars] for (h, l) in bars], dtype=np.int64)


@lru_cache(maxsize=16)
def _pairs_of_bars(depth: int, within_fiber: bool) -> NDArray[np.int64]:
    """Return the matrix with Ext¹ of each two bars, without those that make [0, L] if asked so."""
    import numpy as np

    bars = triangle(depth)
    allowed = [
        [ext(p, q) and not (within_fiber and (p.start, q.end) == (0, depth)) for q in bars]
        for p in bars
    ]
    return np.array(allowed, dtype=np.int64)


@lru_cache(maxsize=1 << 16)
def _real_components(depth: int, support: bytes) -> int:
    """Return the number for strata with these bars; how many there are of each does not matter."""
    bits = "".join(f"{byte:08b}" for byte in support)
    bars = [bar for bar, bit in zip(triangle(depth), bits, strict=False) if bit == "1"]
    return real_components(Barcode(dict.fromkeys(bars, 1)))

"""Strata of many fibers of one depth as rows, with what expressions may ask of them as columns.

A box has thousands of fibers with a few strata each, so one table holds the strata of many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from linnet_exact.strata import Barcode, Fiber, Interval, Stratum
from linnet_exact.strata.formulas.dimension import product_variety_dimension
from linnet_exact.strata.listing.expansion import BLOCK_SIZE
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.table import Columns, stratum_columns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["StrataTable", "place", "strata_tables", "triangle"]


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


def strata_tables(listing: Listing, block_size: int = BLOCK_SIZE) -> Iterator[StrataTable]:
    """Yield all strata of fibers of one depth, fiber after fiber, in tables of bounded size.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> listing = Listing([fiber.excess for fiber in Network(1, 1, 1).fibers()])
    >>> [str(table.stratum(row)) for table in strata_tables(listing) for row in range(len(table))]
    ['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2', '0-2']
    """
    for columns in stratum_columns(listing, block_size=block_size):
        yield StrataTable(listing, columns)


class StrataTable:
    """Strata as rows.

    Attributes
    ----------
    fibers : sequence of Fiber
        Of one depth.
    fiber_of : array
        For each row, which of the fibers its stratum belongs to.
    columns : Columns
        What is known about each stratum, from the listing.
    """

    def __init__(self, listing: Listing, columns: Columns) -> None:
        self.fibers = [network.fiber(rank) for network, rank in listing.fibers]
        self.fiber_of = columns.fiber
        self.columns = columns
        self.depth = self.fibers[0].network.depth
        self._bars_of_columns = listing.bars

    def __len__(self) -> int:
        return len(self.fiber_of)

    def fiber(self, row: int) -> Fiber:
        """Return the fiber of a row."""
        return self.fibers[int(self.fiber_of[row])]

    def stratum(self, row: int) -> Stratum:
        """Return the stratum of a row."""
        multiplicities = zip(triangle(self.depth), self.omega[row].tolist(), strict=True)
        return Stratum(self.fiber(row), Barcode(multiplicities))

    @cached_property
    def omega(self) -> NDArray[np.int64]:
        """A row for each stratum, with the multiplicities in the order of `triangle`."""
        import numpy as np

        omega = np.zeros((len(self), place(self.depth + 1, 0)), dtype=np.int64)
        for column, bar in enumerate(self._bars_of_columns):
            omega[:, place(bar.end, bar.start)] = self.columns.multiplicities[:, column]
        ranks = np.array([fiber.rank for fiber in self.fibers])
        omega[:, place(self.depth, 0)] = ranks[self.fiber_of]
        return omega

    @cached_property
    def ranks(self) -> NDArray[np.int64]:
        """A row for each stratum, with r_k~i in the place of ω_ki."""
        ranks: NDArray[np.int64] = self.omega @ _ranks_of_bars(self.depth)
        return ranks

    @cached_property
    def weight_dimension(self) -> NDArray[np.int64]:
        """d_θ of each network."""
        import numpy as np

        return np.take([f.network.weight_dimension for f in self.fibers], self.fiber_of)

    @property
    def orbit_codimension(self) -> NDArray[np.int64]:
        """The codimension of each orbit in weight space."""
        import numpy as np

        products = [product_variety_dimension(f.network, f.rank) for f in self.fibers]
        codimension = self.weight_dimension - self.columns.dimension
        return np.asarray(codimension - np.take(products, self.fiber_of))

    def bars_of_rows(self) -> list[tuple[tuple[int, int], ...]]:
        """The bars (start, end) of each stratum, sorted, each as often as its multiplicity."""
        bars = triangle(self.depth)
        order = sorted(range(len(bars)), key=bars.__getitem__)
        pairs = [(bars[at].start, bars[at].end) for at in order]
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

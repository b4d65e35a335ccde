"""The irreducible components of fibers: the closures of their maximal strata.

Only candidates for maximal strata are listed for it. A candidate is a choice, layer by layer, of
how many strands from the input go on; so there may be few of them where strata cannot be counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.dimension import open_dimension
from linnet_exact.strata.listing.bar_sets import maximal_rows, supports
from linnet_exact.strata.listing.few_components import candidates_up_to
from linnet_exact.strata.listing.listing import Block, Listing, barcodes_of_rows
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.rank_list import RankList

__all__ = ["CANDIDATE_LIMIT", "Components", "components_of"]

CANDIDATE_LIMIT = 1_000_000


class Components:
    """The maximal strata of fibers of one depth: fiber after fiber, largest dimension first.

    Attributes
    ----------
    dimensions
        For each fiber the dimensions of its components, largest first.

    Examples
    --------
    >>> found = Components([Excess(Network(1, 1, 1), 0)])
    >>> [str(barcode) for barcode in found.barcodes()], found.dimensions
    (['0-0,1-2', '0-1,2-2'], [[1, 1]])
    """

    def __init__(self, fibers: Sequence[Excess]) -> None:
        self._fibers = tuple(fibers)
        listing = Listing([_smaller(fiber) for fiber in fibers], maximal_only=True)
        found = []
        for block in listing.blocks():
            maximal = maximal_rows(listing, supports(block.multiplicities))
            found.append([column[maximal] for column in block])
        fiber, rows, codimension, *_ = map(np.concatenate, zip(*found, strict=True))
        order = np.lexsort((codimension, fiber))
        self._listing = listing
        self._multiplicities = rows[order]
        self._codimension = codimension[order]
        self._ranks = rank_rows(listing, self._multiplicities)
        self._cells = _Cells.for_numbers_up_to(max(listing.largest_widths))
        self._limits = self._cells.packed(self._ranks) | self._cells.spare
        ends = np.searchsorted(fiber[order], np.arange(len(fibers)), side="right")
        self._first = np.concatenate([[0], ends[:-1]])
        self._number = ends - self._first
        self.dimensions: list[list[int]] = []
        of_fibers = np.split(self._codimension, ends[:-1])
        for excess, of_fiber in zip(fibers, of_fibers, strict=True):
            largest = open_dimension(excess)
            self.dimensions.append([largest - cost for cost in of_fiber.tolist()])

    def barcodes(self) -> Iterator[Barcode]:
        """Yield the barcode of each component of the first fiber.

        Examples
        --------
        >>> [str(barcode) for barcode in Components([Excess(Network(2, 3, 2), 1)]).barcodes()]
        ['0-1,0-2,1-2']
        """
        rows = self._multiplicities[: int(self._number[0])]
        return barcodes_of_rows(self._listing, self._fibers[0], rows)

    def local_dimension(self, ranks: RankList) -> int:
        """Return the dimension of the largest component of the first fiber through a stratum.

        Parameters
        ----------
        ranks : RankList
            Of the stratum.

        Examples
        --------
        >>> lowest = Barcode.parse("0-0:2,1-1,2-2:2")
        >>> Components([Excess(Network(2, 1, 2), 0)]).local_dimension(lowest.rank_list)
        2
        """
        above = np.ones(len(self.dimensions[0]), dtype=bool)
        for row, (i, k) in zip(self._ranks, self._listing.steps, strict=True):
            above &= row[: len(above)] >= ranks.r(k, i) - self._fibers[0].rank
        return self.dimensions[0][int(np.argmax(above))]

    def local_dimensions(
        self, block: Block, ranks: NDArray[np.unsignedinteger]
    ) -> NDArray[np.int64]:
        """Return the dimension of the largest component through each stratum of a block.

        Parameters
        ----------
        block : Block
            Of a listing of the same fibers.
        ranks : array
            Its `rank_rows`.
        """
        codimension = block.orbit_codimension.copy()
        # At the other strata the tangent space settles it.
        left = np.flatnonzero(block.tangent_dimension > block.dimension)
        fiber, words = block.fiber[left], self._cells.packed(ranks[:, left])
        spare = self._cells.spare
        alone = len(self._fibers) == 1
        for turn in range(int(self._number.max())):
            if not len(left):
                break
            # The next component of each fiber; there is one, or the stratum would not be left.
            component = self._first[:1] + turn if alone else self._first[fiber] + turn
            inside = np.ones(len(left), dtype=bool)
            for word, limits in zip(words, self._limits, strict=True):
                inside &= (limits[component] - word) & spare == spare
            found = self._codimension[component]
            codimension[left[inside]] = found if alone else found[inside]
            left, fiber, words = left[~inside], fiber[~inside], words[:, ~inside]
        return block.dimension + (block.orbit_codimension - codimension)


class _Cells(NamedTuple):
    """Numbers side by side in 64-bit words, each in a cell with a bit to spare: where that is set
    in a minuend and still set in the difference, the number was at least that of the subtrahend."""

    kind: np.dtype[np.unsignedinteger]
    spare: np.uint64

    @classmethod
    def for_numbers_up_to(cls, largest: int) -> _Cells:
        size = next(size for size in (1, 2, 4, 8) if largest < 1 << (8 * size - 1))
        spare = sum(1 << (8 * size * (place + 1) - 1) for place in range(8 // size))
        return cls(np.dtype(f"<u{size}"), np.uint64(spare))

    def packed(self, rows: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
        """Return the words of each column of `rows`, a row for each word."""
        in_a_word = 8 // self.kind.itemsize
        words = -(-len(rows) // in_a_word)
        cells = np.zeros((rows.shape[1], words * in_a_word), dtype=self.kind)
        cells[:, : len(rows)] = rows.T
        return np.ascontiguousarray(cells.view("<u8").T)


def _smaller(fiber: Excess) -> Excess:
    """Return a fiber with the same bars but [0, L], whose dimensions are as small as can be."""
    widths = fiber.widths
    rank = int(min(widths) == 0)
    if rank == fiber.rank:
        return fiber
    return Excess(Network(*(width + rank for width in widths)), rank)


def components_of(*fibers: Excess, limit: int = CANDIDATE_LIMIT) -> Components:
    """Return the components of fibers of one depth.

    Raises
    ------
    TooLargeError
        If there are more than `limit` candidates for maximal strata, or thousands of steps.

    Examples
    --------
    >>> len(components_of(Excess(Network(*[8] * 9), 0)).dimensions[0])
    6435
    """
    candidates = 0
    for fiber in fibers:
        candidates += candidates_up_to(fiber, limit)
        if candidates > limit:
            raise TooLargeError(
                f"the components of this fiber are among more than {limit} strata, "
                "above the limit for listing them"
            )
    return _components(fibers)


@lru_cache(maxsize=8)
def _components(fibers: tuple[Excess, ...]) -> Components:
    return Components(fibers)

"""`Listing`: the strata of a fiber, or of many fibers together, in blocks of NumPy rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata.formulas.dimension import open_dimension
from linnet_exact.strata.listing.expansion import Expansion, Rows
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import Interval

__all__ = ["Block", "Listing", "barcodes_of_rows"]

_DIMENSION_LIMIT = 2**62


class Block(NamedTuple):
    """Consecutive strata of a listing, one row each.

    `fiber` is the place of the fiber that each is in, `multiplicities` has one column for each bar
    of the listing; all dimensions are int64.
    """

    fiber: NDArray[np.int64]
    multiplicities: NDArray[np.unsignedinteger]
    orbit_codimension: NDArray[np.int64]
    dimension: NDArray[np.int64]
    tangent_dimension: NDArray[np.int64]


class Listing:
    """The strata of fibers of networks of one depth, fiber after fiber, each in a fixed order.

    Parameters
    ----------
    fibers
        Of networks of one depth, of any ranks: mostly one.
    maximal_only
        Whether to list only candidates for maximal strata; see `Expansion`.

    Attributes
    ----------
    bars
        The bars that some stratum may have, sorted: the columns. The bar [0, L] is left out,
        because its multiplicity is the rank of the fiber in every row.
    steps
        The bars [h, k] whose survivors are chosen, in the order of the choices.

    Raises
    ------
    InputError
        If there is no fiber, or if depths differ.
    TooLargeError
        If the dimensions would not fit into 64-bit integers or there would be thousands of steps;
        a listing of that size could not be finished.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(2, 2, 2), 1)])
    >>> [str(bar) for bar in listing.bars]
    ['0-0', '0-1', '1-1', '1-2', '2-2']
    >>> for block in listing.blocks():
    ...     print(block.multiplicities.tolist(), block.dimension.tolist())
    [[1, 0, 1, 0, 1], [1, 0, 0, 1, 0], [0, 1, 0, 0, 1]] [3, 4, 4]
    >>> two = Listing([Excess(Network(1, 2, 1), 0), Excess(Network(2, 2, 2), 1)])
    >>> for block in two.blocks():
    ...     print(block.fiber.tolist(), block.dimension.tolist())
    [0, 0, 0, 0, 1, 1, 1] [0, 2, 2, 3, 3, 4, 4]
    """

    def __init__(self, fibers: Sequence[Excess], maximal_only: bool = False) -> None:
        if len({fiber.network.depth for fiber in fibers}) != 1:
            raise InputError("a listing needs fibers of one depth, and at least one")
        for network, _ in fibers:
            if network.weight_dimension >= _DIMENSION_LIMIT:
                raise TooLargeError(
                    f"the strata of {network} have dimensions beyond 64-bit integers"
                )
        self.fibers = tuple(fibers)
        self.depth = fibers[0].network.depth
        self._expansion = Expansion([fiber.widths for fiber in fibers], maximal_only)
        self.bars = self._expansion.bars
        self.steps = self._expansion.steps
        self._open_dimension = np.array([open_dimension(fiber) for fiber in fibers], dtype=np.int64)

    @property
    def largest_widths(self) -> list[int]:
        """The largest d_j − r of the fibers, for each layer j."""
        return self._expansion.largest

    @property
    def place_of_through(self) -> int:
        """The column that the bar [0, L] would have."""
        return sum(bar < (0, self.depth) for bar in self.bars)

    def column(self, bar: Interval) -> int | None:
        """Return the column of `bar`, or None if no stratum has that bar (or it is [0, L]).

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> listing = Listing([Excess(Network(2, 2, 2), 1)])
        >>> listing.column(Interval(1, 1)), listing.column(Interval(0, 2))
        (2, None)
        """
        return self._expansion.column.get(bar)

    def blocks(self, prefix: Sequence[int] = (), block_size: int | None = None) -> Iterator[Block]:
        """Yield the strata whose first choices are `prefix`, in blocks of at most `block_size`.

        Memory stays bounded by a few blocks for each step, however many strata there are. A prefix
        is for a listing of one fiber.

        Raises
        ------
        InputError
            If the first steps do not allow the choices of `prefix`, or there are several fibers.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> listing = Listing([Excess(Network(2, 2, 2), 0)])
        >>> [len(block.dimension) for block in listing.blocks(block_size=4)]
        [4, 2]
        >>> sum(len(block.dimension) for block in listing.blocks(prefix=(2,)))
        1
        """
        return map(self._block, self._expansion.rows(prefix, block_size))

    def whole(self) -> Block:
        """Return all strata as one block, which must fit into memory."""
        return Block(*map(np.concatenate, zip(*self.blocks(), strict=True)))

    def split(self, parts: int) -> list[tuple[int, ...]]:
        """Return prefixes that cover the listing: at least `parts`, if there are so many strata.

        The blocks of these prefixes, one after the other, are the listing; they may be made apart,
        by other processes or on other days.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> Listing([Excess(Network(2, 2, 2), 0)]).split(3)
        [(0,), (1,), (2,)]
        """
        prefixes: list[tuple[int, ...]] = [()]
        for _ in self.steps:
            if len(prefixes) >= parts:
                break
            prefixes = [
                (*prefix, choice)
                for prefix in prefixes
                for choice in range(self._expansion.most_choices(prefix) + 1)
            ]
        return prefixes

    def barcodes(
        self, multiplicities: NDArray[np.unsignedinteger], place: int = 0
    ) -> Iterator[Barcode]:
        """Yield the barcodes of rows of multiplicities, all of the fiber at `place`.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> listing = Listing([Excess(Network(1, 2, 1), 1)])
        >>> [str(b) for block in listing.blocks() for b in listing.barcodes(block.multiplicities)]
        ['0-2,1-1']
        """
        return barcodes_of_rows(self, self.fibers[place], multiplicities)

    def _block(self, rows: Rows) -> Block:
        fiber, multiplicities, paid, earned = rows
        base = self._open_dimension if len(self.fibers) == 1 else self._open_dimension[fiber]
        return Block(fiber, multiplicities, paid, base - paid, base - earned)


def barcodes_of_rows(
    listing: Listing, fiber: Excess, multiplicities: NDArray[np.unsignedinteger]
) -> Iterator[Barcode]:
    """Yield the barcodes of rows of a listing, all of `fiber`, which only its bars must fit."""
    through = Interval(0, listing.depth)
    at = listing.place_of_through
    bars = [*listing.bars[:at], through, *listing.bars[at:]]
    for row in multiplicities.tolist():
        row.insert(at, fiber.rank)
        present = [pair for pair in zip(bars, row, strict=True) if pair[1]]
        yield Barcode.of_network(fiber.network, present)

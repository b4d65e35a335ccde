"""Numbers for the strata of a listing that a move changes by a constant."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import LinnetError
from linnet_exact.strata.listing.listing import Listing

__all__ = ["Numbering"]


class Numbering:
    """Different 64-bit numbers for the strata of a listing, linear in the multiplicities.

    If the place of the fiber and the ranks fit, they are the digits of the number, and the numbers
    are in order. Otherwise the bars get fixed random weights, modulo 2^64; that no two strata share
    a number is checked.

    Parameters
    ----------
    fiber
        The place of the fiber that each row is in; by default, all are in the first.

    Attributes
    ----------
    of_rows
        The number of each row of `multiplicities`.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(1, 2, 1), 0)])
    >>> block = next(listing.blocks())
    >>> Numbering(listing, block.multiplicities).of_rows.tolist()
    [0, 1, 2, 3]
    """

    def __init__(
        self,
        listing: Listing,
        multiplicities: NDArray[np.unsignedinteger],
        fiber: NDArray[np.int64] | None = None,
    ) -> None:
        digits = _digit_weights(listing)
        random = np.random.default_rng(1).integers(0, 2**64, len(listing.bars) + 1, dtype=np.uint64)
        *self._weights, of_fiber = random if digits is None else digits
        self.of_rows = self.number(multiplicities)
        if fiber is not None:
            self.of_rows += fiber.astype(np.uint64) * of_fiber
        self._order = None if digits is not None else np.argsort(self.of_rows)
        self._sorted = self.of_rows if self._order is None else self.of_rows[self._order]
        if (self._sorted[1:] == self._sorted[:-1]).any():
            raise LinnetError("two strata share a number, against all odds; please report this")

    def number(self, multiplicities: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
        """Return the number of each row of the first fiber, or of changes of rows, modulo 2^64."""
        total = np.zeros(len(multiplicities), dtype=np.uint64)
        for column, weight in zip(multiplicities.T, self._weights, strict=True):
            total += column.astype(np.uint64) * weight
        return total

    def find(self, numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the rows that have these numbers."""
        places = np.searchsorted(self._sorted, numbers)
        return places if self._order is None else self._order[places]


def _digit_weights(listing: Listing) -> NDArray[np.uint64] | None:
    """Return the weights of the bars and of the fiber in the number whose digits are the ranks.

    None if that number is too long.
    """
    widths = listing.largest_widths
    bases = [min(widths[i : k + 1]) + 1 for i, k in listing.steps]
    if prod(bases) * len(listing.fibers) >= 2**64:
        return None
    places = [prod(bases[position + 1 :]) for position in range(len(bases))]
    weights = [
        sum(
            place
            for place, (i, k) in zip(places, listing.steps, strict=True)
            if bar.start <= i and bar.end >= k
        )
        for bar in listing.bars
    ]
    return np.array([*weights, prod(bases)], dtype=np.uint64)

"""Which moves are covers, for many strata at a time: comparisons of bit words.

Whether a move is a cover depends only on which bars are there (`linnet_exact.strata.order.moves`):
of the bars in a rectangle, exactly the two that it moves, whatever there is of those that it makes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.bar_sets import supports
from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.listing.stratum_numbers import Numbering
from linnet_exact.strata.order.moves import decisive_bars, moves_of_fiber
from linnet_exact.strata.values.interval import Interval

__all__ = ["CoverTable", "Covers", "all_covers", "cover_table", "covers_among"]

_CELLS = 1 << 21  # so many pairs of a stratum and a move are looked at together


class Covers(NamedTuple):
    """Covers among the strata of a listing, which are numbered through, fiber after fiber.

    One entry for each cover, sorted by `lower`, then by `move`, a place in `moves_of_fiber`.
    """

    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    move: NDArray[np.int64]


def all_covers(listing: Listing) -> Covers:
    """Return the edges of the stratum DAGs of all fibers. All strata are held in memory.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> covers = all_covers(Listing([Excess(Network(1, 1, 1), 0), Excess(Network(2, 2, 2), 1)]))
    >>> list(zip(covers.lower.tolist(), covers.upper.tolist()))
    [(0, 2), (0, 1), (3, 5), (3, 4)]
    """
    rows = listing.whole()
    numbering = Numbering(listing, rows.multiplicities, rows.fiber)
    return covers_among(listing, rows.multiplicities, numbering)


def covers_among(
    listing: Listing, multiplicities: NDArray[np.unsignedinteger], numbering: Numbering
) -> Covers:
    """Return the covers among all strata of a listing, given their rows and numbers."""
    table = cover_table(listing.depth, listing.bars)
    lower, moves = table.covers(supports(multiplicities))
    numbers = numbering.of_rows[lower] + numbering.number(table.change)[moves]
    return Covers(lower, numbering.find(numbers), table.label[moves])


class CoverTable(NamedTuple):
    """The moves that a listing has the bars for, as arrays.

    `label` are their places in `moves_of_fiber`; `watched` and `wanted` have a row for each word of
    a support: of the watched bars, exactly the wanted ones must be there for a cover; `change` has
    a row for each move: what it adds to the multiplicities, modulo 2^64.
    """

    label: NDArray[np.int64]
    watched: NDArray[np.uint64]
    wanted: NDArray[np.uint64]
    change: NDArray[np.uint64]

    def covers(self, support: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows of `support` and the moves, as rows of this table, that are covers.

        They are sorted by row, then by move.

        Examples
        --------
        >>> import numpy as np
        >>> table = cover_table(1, (Interval(0, 0), Interval(1, 1)))
        >>> [numbers.tolist() for numbers in table.covers(np.array([[3]], dtype=np.uint64))]
        [[], []]
        """
        rows, moves = [], []
        block_size = max(1, _CELLS // max(1, len(self.label)))
        for first in range(0, len(support), block_size):
            block = support[first : first + block_size]
            agree = np.ones((len(block), len(self.label)), dtype=bool)
            for word, watched, wanted in zip(block.T, self.watched, self.wanted, strict=True):
                agree &= (word[:, None] & watched) == wanted
            found, move = np.nonzero(agree)
            rows.append(found + first)
            moves.append(move)
        return np.concatenate(rows), np.concatenate(moves)


@lru_cache(maxsize=16)
def cover_table(depth: int, bars: tuple[Interval, ...]) -> CoverTable:
    """Return the table of the moves in fibers of this depth on the `bars` of a listing.

    Examples
    --------
    >>> bars = tuple(Interval(i, k) for i, k in ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2)))
    >>> cover_table(2, bars).change.astype(int).tolist()
    [[-1, 1, -1, 0, 0], [0, 0, -1, 1, -1]]
    """
    column = {bar: position for position, bar in enumerate(bars)}
    moves = [
        (label, move)
        for label, move in enumerate(moves_of_fiber(depth))
        if move.lower in column and move.upper in column
    ]
    watched = np.zeros((len(moves), len(bars)), dtype=bool)
    wanted = np.zeros_like(watched)
    change = np.zeros(watched.shape, dtype=np.int64)
    for row, (_, move) in enumerate(moves):
        own = [column[move.lower], column[move.upper]]
        wanted[row, own] = True
        watched[row, [column[bar] for bar in decisive_bars(move) if bar in column]] = True
        change[row, own] = -1
        change[row, [column[bar] for bar in move.made]] = 1
    return CoverTable(
        np.array([label for label, _ in moves], dtype=np.int64),
        supports(watched).T,
        supports(wanted).T,
        change.view(np.uint64),
    )

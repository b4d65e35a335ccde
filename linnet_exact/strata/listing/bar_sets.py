"""Which bars each stratum of a listing has, as bits in a few 64-bit words, and what these decide.

Whether a stratum is maximal, which moves are covers and how many real components there are depends
on which bars are present, not on how many there are of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from linnet_exact.strata.listing.listing import Listing
from linnet_exact.strata.values.interval import Interval

__all__ = ["bar_mask", "has_any", "maximal_rows", "real_component_exponents", "supports"]


def supports(multiplicities: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
    """Return the words of each row: bit b of word w says whether it has the bar 64 w + b.

    Examples
    --------
    >>> import numpy as np
    >>> supports(np.array([[1, 0, 2], [0, 0, 7]], dtype=np.uint8)).tolist()
    [[5], [4]]
    """
    bits = np.packbits(multiplicities != 0, axis=1, bitorder="little")
    missing_bytes = -bits.shape[1] % 8
    if missing_bytes or bits.shape[1] == 0:
        width = max(8, bits.shape[1] + missing_bytes)
        padded = np.zeros((len(bits), width), dtype=np.uint8)
        padded[:, : bits.shape[1]] = bits
        bits = padded
    return bits.view("<u8")


def bar_mask(listing: Listing, bars: Iterable[Interval]) -> NDArray[np.uint64]:
    """Return the words of the set of those `bars` that the listing has columns for.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> bar_mask(Listing([Excess(Network(1, 1), 0)]), [Interval(1, 1), Interval(0, 1)]).tolist()
    [2]
    """
    words = [0] * max(1, -(-len(listing.bars) // 64))
    for bar in bars:
        if (column := listing.column(bar)) is not None:
            words[column // 64] |= 1 << column % 64
    return np.array(words, dtype="<u8")


def maximal_rows(listing: Listing, support: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which rows have no rising move left within the fiber.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(1, 1, 1), 0)])
    >>> [maximal_rows(listing, supports(b.multiplicities)).tolist() for b in listing.blocks()]
    [[False, True, True]]
    """
    maximal = np.ones(len(support), dtype=bool)
    for at, partners in enumerate(_partners(listing.depth, listing.bars)):
        if partners.any():
            movable = (support[:, at // 64] >> np.uint64(at % 64)) & np.uint64(1) != 0
            maximal &= ~(movable & has_any(support, partners))
    return maximal


@lru_cache(maxsize=16)
def _partners(depth: int, bars: tuple[Interval, ...]) -> NDArray[np.uint64]:
    """Return for each bar the words of those that a rising move within the fiber joins it with."""
    starts, ends = np.array(bars, dtype=np.int64).reshape(-1, 2).T
    lower_start, lower_end = starts[:, None], ends[:, None]
    joined = (lower_start < starts) & (starts <= lower_end + 1) & (lower_end + 1 <= ends)
    return supports(joined & ~((lower_start == 0) & (ends == depth)))


def has_any(support: NDArray[np.uint64], mask: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which rows have at least one bar of the set `mask`.

    Examples
    --------
    >>> import numpy as np
    >>> has_any(np.array([[5], [2]], dtype=np.uint64), np.array([1], dtype=np.uint64)).tolist()
    [True, False]
    """
    found = np.zeros(len(support), dtype=bool)
    for word, bits in enumerate(mask):
        if bits:
            found |= (support[:, word] & bits) != 0
    return found


def real_component_exponents(
    listing: Listing, fiber: NDArray[np.int64], support: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return e for each row, where the stratum has 2^e connected components over the reals.

    `fiber` has the place of the fiber that each row is in.

    The graph of `linnet_exact.strata.formulas.real_components` loses one part with every edge that
    closes no circle. Its vertices are eliminated in order: all edges of the lowest one but the
    shortest are slid along that to its other end.

    Examples
    --------
    >>> from linnet_exact.strata.values.excess import Excess
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing([Excess(Network(1, 1, 1), 0)])
    >>> block = next(listing.blocks())
    >>> real_component_exponents(listing, block.fiber, supports(block.multiplicities)).tolist()
    [0, 1, 1]
    """
    depth = listing.depth
    gaps = depth + 2
    neighbours = np.zeros((gaps, gaps, len(support)), dtype=bool)  # [lower, higher, row]
    for bar in listing.bars:
        neighbours[bar.start, bar.end + 1] = has_any(support, bar_mask(listing, [bar]))
    independent = np.zeros(len(support), dtype=np.int64)
    for lower in range(gaps - 1):
        unused = np.ones(len(support), dtype=bool)
        for first in range(lower + 1, gaps):
            shortest = neighbours[lower, first] & unused
            unused &= ~shortest
            for higher in range(first + 1, gaps):
                neighbours[first, higher] |= shortest & neighbours[lower, higher]
        independent += ~unused
    # Without input strands to kill, or output strands to miss, an end of the graph is not there.
    widths = [excess.widths for excess in listing.fibers]
    missing = np.array([(row[0] == 0) + (row[-1] == 0) for row in widths], dtype=np.int64)
    return gaps - 1 - independent - missing[fiber]

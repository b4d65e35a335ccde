"""Which bars each stratum of a listing has, as bits in a few 64-bit words, and what these decide.

Whether a stratum is maximal, which moves are covers and how many real components there are depends
on which bars are present, not on how many there are of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from linnet_exact.strata.listing.expansion import Listing
from linnet_exact.strata.values.interval import Interval, ext

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["bar_mask", "has_any", "maximal_rows", "real_component_exponents", "supports"]


def supports(multiplicities: NDArray[np.unsignedinteger]) -> NDArray[np.uint64]:
    """Return the words of each row: bit b of word w says whether it has the bar 64 w + b.

    Examples
    --------
    >>> import numpy as np
    >>> supports(np.array([[1, 0, 2], [0, 0, 7]], dtype=np.uint8)).tolist()
    [[5], [4]]
    """
    import numpy as np

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
    >>> from linnet_exact.strata.values.network import Network
    >>> bar_mask(Listing(Network(1, 1), 0), [Interval(1, 1), Interval(0, 1)]).tolist()
    [2]
    """
    import numpy as np

    words = [0] * max(1, -(-len(listing.bars) // 64))
    for bar in bars:
        if (column := listing.column(bar)) is not None:
            words[column // 64] |= 1 << column % 64
    return np.array(words, dtype="<u8")


def maximal_rows(listing: Listing, support: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which rows have no rising move left within the fiber.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing(Network(1, 1, 1), 0)
    >>> [maximal_rows(listing, supports(b.multiplicities)).tolist() for b in listing.blocks()]
    [[False, True, True]]
    """
    import numpy as np

    maximal = np.ones(len(support), dtype=bool)
    for lower, partners in _partners(listing.network.depth, listing.bars):
        movable = has_any(support, bar_mask(listing, [lower]))
        maximal &= ~(movable & has_any(support, bar_mask(listing, partners)))
    return maximal


@lru_cache(maxsize=16)
def _partners(
    depth: int, bars: tuple[Interval, ...]
) -> tuple[tuple[Interval, tuple[Interval, ...]], ...]:
    """Return for each bar those that a rising move within the fiber joins it with."""
    return tuple(
        (
            lower,
            tuple(
                upper
                for upper in bars
                if ext(lower, upper) and (lower.start, upper.end) != (0, depth)
            ),
        )
        for lower in bars
    )


def has_any(support: NDArray[np.uint64], mask: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which rows have at least one bar of the set `mask`.

    Examples
    --------
    >>> import numpy as np
    >>> has_any(np.array([[5], [2]], dtype=np.uint64), np.array([1], dtype=np.uint64)).tolist()
    [True, False]
    """
    import numpy as np

    found = np.zeros(len(support), dtype=bool)
    for word, bits in enumerate(mask):
        if bits:
            found |= (support[:, word] & bits) != 0
    return found


def real_component_exponents(listing: Listing, support: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return e for each row, where the stratum has 2^e connected components over the reals.

    The graph of `linnet_exact.strata.formulas.real_components` loses one part with every edge that
    closes no circle. Its vertices are eliminated in order: all edges of the lowest one but the
    shortest are slid along that to its other end.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> listing = Listing(Network(1, 1, 1), 0)
    >>> support = supports(next(listing.blocks()).multiplicities)
    >>> real_component_exponents(listing, support).tolist()
    [0, 1, 1]
    """
    import numpy as np

    depth = listing.network.depth
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
    ends = (listing.network.widths[0], listing.network.widths[-1])
    missing = sum(width == listing.rank for width in ends)
    return gaps - missing - 1 - independent

"""The dimensions of the components of a fiber that has few, without NumPy.

A process that asks for one small fiber would spend more on importing NumPy than on the answer.
"""

from collections.abc import Iterator
from itertools import accumulate

from linnet_exact.strata.formulas.dimension import stratum_dimension
from linnet_exact.strata.order.moves import rising_moves
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess
from linnet_exact.strata.values.interval import Interval

__all__ = ["FEW", "candidates_up_to", "few_component_dimensions"]

FEW = 250
"""As many candidates for maximal strata as take about as long as NumPy does to be imported."""


def candidates_up_to(fiber: Excess, limit: int) -> int:
    """Return the number of candidates for maximal strata, or some number above `limit`.

    They are the sequences s_1 ≥ s_2 ≥ … ≥ s_{L−1} ≥ 0 with s_j ≤ d_j − r and s_1 ≤ d_0 − r.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> fibers = Excess(Network(*[8] * 9), 0), Excess(Network(9, 9), 0)
    >>> [candidates_up_to(fiber, 10**6) for fiber in fibers]
    [6435, 1]
    """
    widths = fiber.widths
    if fiber.network.depth == 1:
        return 1
    most = min(widths[:2])
    if most >= limit:
        return most + 1
    ways = [1] * (most + 1)  # of the sequences so far, by their last entry
    for width in widths[2:-1]:
        total_from = list(accumulate(reversed(ways)))[::-1]
        ways = total_from[: width + 1]
        if sum(ways) > limit:
            break
    return sum(ways)


def few_component_dimensions(fiber: Excess) -> list[int]:
    """Return the dimensions of the maximal strata of a fiber, sorted.

    The candidates are those of `linnet_exact.strata.listing.components`: the strands from the
    input go on or not, layer by layer, and all others go on where there is room for them.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> few_component_dimensions(Excess(Network(2, 3, 2), 0))
    [8, 8]
    """
    barcodes = (Barcode.of_network(fiber.network, bars) for bars in _candidates(fiber))
    maximal = (barcode for barcode in barcodes if next(rising_moves(barcode), None) is None)
    return sorted(map(stratum_dimension, maximal))


def _candidates(fiber: Excess) -> Iterator[list[tuple[Interval, int]]]:
    """Yield the bars of each candidate with their multiplicities, sorted by bar."""
    depth, widths = fiber.network.depth, fiber.widths
    # The strands that are alive, by the layer that they start at, and the bars that have ended.
    states: list[tuple[list[int], dict[Interval, int]]] = [([widths[0]], {})]
    for layer in range(1, depth + 1):
        after = []
        for alive, bars in states:
            most = 0 if layer == depth else min(alive[0], widths[layer])
            for first in range(most + 1):
                survivors, ended, room = [], dict(bars), widths[layer]
                for start, count in enumerate(alive):
                    going_on = min(count, room) if start else first
                    survivors.append(going_on)
                    room -= going_on
                    if count > going_on:
                        ended[Interval(start, layer - 1)] = count - going_on
                after.append(([*survivors, room], ended))
        states = after
    for alive, bars in states:
        alive[0] += fiber.rank
        last = {Interval(start, depth): count for start, count in enumerate(alive) if count}
        yield sorted({**bars, **last}.items())

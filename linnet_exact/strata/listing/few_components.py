"""The dimensions of the components of a fiber that has few, without NumPy.

A process that asks for one small fiber would spend more on importing NumPy than on the answer.
"""

from collections.abc import Iterator

from linnet_exact.strata.formulas.dimension import stratum_dimension
from linnet_exact.strata.order.moves import rising_moves
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

__all__ = ["FEW", "few_component_dimensions"]

FEW = 250
"""As many candidates for maximal strata as take about as long as NumPy does to be imported."""


def few_component_dimensions(network: Network, rank: int) -> list[int]:
    """Return the dimensions of the maximal strata of the fiber of `rank`, sorted.

    The candidates are those of `linnet_exact.strata.listing.components`: the strands from the
    input go on or not, layer by layer, and all others go on where there is room for them.

    Examples
    --------
    >>> few_component_dimensions(Network(2, 3, 2), 0)
    [8, 8]
    """
    barcodes = (Barcode.of_network(network, bars) for bars in _candidates(network, rank))
    maximal = (barcode for barcode in barcodes if next(rising_moves(barcode), None) is None)
    return sorted(map(stratum_dimension, maximal))


def _candidates(network: Network, rank: int) -> Iterator[list[tuple[Interval, int]]]:
    """Yield the bars of each candidate with their multiplicities, sorted by bar."""
    depth = network.depth
    widths = [width - rank for width in network.widths]
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
        alive[0] += rank
        last = {Interval(start, depth): count for start, count in enumerate(alive) if count}
        yield sorted({**bars, **last}.items())

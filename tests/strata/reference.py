"""All strata of a fiber by a plain recursion over the layers: the reference for faster listings.

The order is the lexicographic order of the ranks r_1~0; r_2~0, r_2~1; r_3~0, r_3~1, r_3~2; …,
smallest first. The minimal stratum comes first, and a stratum comes after all those in its closure.
"""

from collections.abc import Iterator

from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

__all__ = ["enumerate_barcodes"]


def enumerate_barcodes(network: Network, rank: int) -> Iterator[Barcode]:
    """Yield the barcodes of the strata of the fiber of `rank`, in the order of this module.

    Examples
    --------
    >>> for barcode in enumerate_barcodes(Network(1, 2, 1), 0):
    ...     print(barcode)
    0-0,1-1:2,2-2
    0-0,1-1,1-2
    0-1,1-1,2-2
    0-1,1-2
    """
    widths = [width - rank for width in network.widths]
    through = Interval(0, network.depth)
    for bars in _bars_from(widths, 0, (widths[0],)):
        yield Barcode({**bars, through: rank})


def _bars_from(
    widths: list[int], layer: int, alive: tuple[int, ...]
) -> Iterator[dict[Interval, int]]:
    """Yield the bars that end at `layer` or later, given how many of each start are alive."""
    if layer == len(widths) - 1:
        yield {Interval(start, layer): count for start, count in enumerate(alive)}
        return
    before_last = layer == len(widths) - 2
    may_survive = (0, *alive[1:]) if before_last else alive  # no further bar [0, L]
    for survivors in _survivors(may_survive, widths[layer + 1]):
        ending = {
            Interval(start, layer): before - after
            for start, (before, after) in enumerate(zip(alive, survivors, strict=True))
        }
        born = widths[layer + 1] - sum(survivors)
        for later in _bars_from(widths, layer + 1, (*survivors, born)):
            yield {**ending, **later}


def _survivors(alive: tuple[int, ...], room: int) -> Iterator[tuple[int, ...]]:
    """Yield the integer vectors from 0 to `alive` of sum ≤ `room`, in lexicographic order."""
    if not alive:
        yield ()
        return
    for first in range(min(alive[0], room) + 1):
        for rest in _survivors(alive[1:], room - first):
            yield (first, *rest)

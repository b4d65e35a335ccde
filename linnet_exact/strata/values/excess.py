"""`Excess`: what the algorithms know of a fiber, its network and its rank, as a plain value."""

from __future__ import annotations

from typing import NamedTuple

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

__all__ = ["Excess", "checked_rank"]


class Excess(NamedTuple):
    """The widths of `network` in excess of `rank`: what the strata of a fiber depend on.

    The rank is not checked; `Fiber` does that.

    Examples
    --------
    >>> excess = Excess(Network(2, 3, 2), 1)
    >>> excess.widths, str(excess.minimal_barcode)
    ((1, 2, 1), '0-0,0-2,1-1:2,2-2')
    """

    network: Network
    rank: int

    @property
    def widths(self) -> tuple[int, ...]:
        """d_0 − r, …, d_L − r."""
        return tuple([width - self.rank for width in self.network.widths])

    @property
    def minimal_barcode(self) -> Barcode:
        """The barcode in the closure of all others: r bars [0, L], and d_j − r bars [j, j]."""
        network, rank = self.network, checked_rank(self.network, self.rank)
        bars = [(Interval(layer, layer), width) for layer, width in enumerate(self.widths)]
        bars.insert(1, (Interval(0, network.depth), rank))
        return Barcode.of_network(network, [bar for bar in bars if bar[1]])


def checked_rank(network: Network, rank: int) -> int:
    """Return `rank` as a plain integer if products of the weights of `network` can have it.

    Raises
    ------
    InputError
        If it is not an integer between 0 and the smallest width.

    Examples
    --------
    >>> checked_rank(Network(2, 3, 2), 2)
    2
    """
    number = as_integer(rank, "rank")
    if not 0 <= number <= network.min_width:
        raise InputError(
            f"rank must be between 0 and {network.min_width} (the smallest width), not {rank}"
        )
    return number

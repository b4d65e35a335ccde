"""The irreducible components of a fiber: the closures of its maximal strata.

Only candidates for maximal strata are listed for it. A candidate is a choice, layer by layer, of
how many strands from the input go on; so there may be few of them where strata cannot be counted.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.dimension import product_variety_dimension
from linnet_exact.strata.listing.bar_sets import maximal_rows, supports
from linnet_exact.strata.listing.expansion import BLOCK_SIZE, Listing, _Nodes
from linnet_exact.strata.listing.ranks import rank_rows
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.rank_list import RankList

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CANDIDATE_LIMIT", "Components", "MaximalListing", "candidates_up_to", "components_of"]

CANDIDATE_LIMIT = 1_000_000
_BYTES = 1 << 28  # of all blocks that are held at one time


class MaximalListing(Listing):
    """Lists the maximal strata and a few others.

    A strand from a layer h > 0 that dies although there is room for it can be connected to what
    takes that room. So in a maximal stratum as many of them survive as find room, and only the
    strands from the input have a choice: they may not all reach the output.
    """

    def _pieces(self, nodes: _Nodes, step: int, block_size: int) -> Iterator[_Nodes]:
        import numpy as np

        if self.steps[step].start == 0:
            yield from super()._pieces(nodes, step, block_size)
        else:
            everyone = np.arange(len(nodes.words))
            only = [self._children(nodes, step, everyone, self._most_survivors(nodes, step))]
            del nodes  # there may be hundreds of such steps, each waiting with its rows
            yield only.pop()


class Components:
    """The maximal strata of the fiber of `rank`, largest dimension first, then in listing order.

    Attributes
    ----------
    dimension
        The dimension of each.

    Examples
    --------
    >>> found = Components(Network(1, 1, 1), 0)
    >>> [str(barcode) for barcode in found.barcodes()], found.dimension
    (['0-0,1-2', '0-1,2-2'], [1, 1])
    """

    def __init__(self, network: Network, rank: int) -> None:
        import numpy as np

        self._network, self._rank = network, rank
        # The same bars but [0, L], in a fiber whose dimensions are as small as can be.
        least = int(network.min_width == rank)
        small = Network(*(width - rank + least for width in network.widths))
        self._listing = MaximalListing(small, least)
        listing = self._listing
        row_bytes = 8 * (listing._word_count + 2) * network.depth
        block_size = min(BLOCK_SIZE, max(1, _BYTES // row_bytes))
        rows, paid = [], []
        for block in listing.blocks(block_size=block_size):
            maximal = maximal_rows(listing, supports(block.multiplicities))
            rows.append(block.multiplicities[maximal])
            paid.append(block.orbit_codimension[maximal])
        codimension = np.concatenate(paid)
        order = np.argsort(codimension, kind="stable")
        self._multiplicities = np.concatenate(rows)[order]
        highest = network.weight_dimension - product_variety_dimension(network, rank)
        self.dimension: list[int] = [highest - cost for cost in codimension[order].tolist()]

    def barcodes(self) -> Iterator[Barcode]:
        """Yield the barcode of each.

        Examples
        --------
        >>> [str(barcode) for barcode in Components(Network(2, 3, 2), 1).barcodes()]
        ['0-1,0-2,1-2']
        """
        bars, depth = self._listing.bars, self._network.depth
        place = self._listing.place_of_through
        through = Interval(0, depth)
        for row in self._multiplicities.tolist():
            pairs = list(zip(bars, row, strict=True))
            pairs.insert(place, (through, self._rank))
            yield Barcode.of_network(self._network, [pair for pair in pairs if pair[1]])

    def local_dimension(self, ranks: RankList) -> int:
        """Return the dimension of the largest component through the stratum with these ranks.

        Examples
        --------
        >>> lowest = Barcode.parse("0-0:2,1-1,2-2:2")
        >>> Components(Network(2, 1, 2), 0).local_dimension(lowest.rank_list)
        2
        """
        import numpy as np

        above = np.ones(len(self.dimension), dtype=bool)
        for row, (i, k) in zip(self.ranks, self._listing.steps, strict=True):
            above &= row >= ranks.r(k, i) - self._rank
        return self.dimension[int(np.argmax(above))]

    @cached_property
    def ranks(self) -> NDArray[np.unsignedinteger]:
        """The ranks less that of the fiber: a row for each step, a column for each component."""
        return rank_rows(self._listing, self._multiplicities)


def components_of(network: Network, rank: int, limit: int = CANDIDATE_LIMIT) -> Components:
    """Return the components of the fiber of `rank`.

    Raises
    ------
    TooLargeError
        If there are more than `limit` candidates for maximal strata, or thousands of steps.

    Examples
    --------
    >>> len(components_of(Network(*[8] * 9), 0).dimension)
    6435
    """
    if candidates_up_to(network, rank, limit) > limit:
        raise TooLargeError(
            f"the components of this fiber are among more than {limit} strata, "
            "above the limit for listing them"
        )
    return _components(network, rank)


@lru_cache(maxsize=8)
def _components(network: Network, rank: int) -> Components:
    return Components(network, rank)


def candidates_up_to(network: Network, rank: int, limit: int) -> int:
    """Return the number of candidates for maximal strata, or some number above `limit`.

    They are the sequences s_1 ≥ s_2 ≥ … ≥ s_{L−1} ≥ 0 with s_j ≤ d_j − r and s_1 ≤ d_0 − r.

    Examples
    --------
    >>> candidates_up_to(Network(*[8] * 9), 0, 10**6), candidates_up_to(Network(9, 9), 0, 5)
    (6435, 1)
    """
    widths = [width - rank for width in network.widths]
    if network.depth == 1:
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

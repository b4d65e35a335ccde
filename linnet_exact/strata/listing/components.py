"""The irreducible components of a fiber: the closures of its maximal strata."""

from functools import lru_cache

from linnet_exact.strata.formulas.dimension import orbit_codimension
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.network import Network

__all__ = ["maximal_barcodes"]


@lru_cache(maxsize=256)
def maximal_barcodes(network: Network, rank: int) -> tuple[Barcode, ...]:
    """Return the barcodes of the maximal strata, largest dimension first, then in listing order.

    All strata are listed for it.

    Examples
    --------
    >>> [str(barcode) for barcode in maximal_barcodes(Network(1, 1, 1), 0)]
    ['0-0,1-2', '0-1,2-2']
    """
    from linnet_exact.strata.listing.bar_sets import maximal_rows, supports
    from linnet_exact.strata.listing.expansion import Listing

    listing = Listing(network, rank)
    maximal: list[Barcode] = []
    for block in listing.blocks():
        rows = maximal_rows(listing, supports(block.multiplicities))
        maximal.extend(listing.barcodes(block.multiplicities[rows]))
    return tuple(sorted(maximal, key=orbit_codimension))

"""The irreducible components of a fiber: the closures of its maximal strata."""

from functools import lru_cache

from linnet_exact.strata.barcode import Barcode
from linnet_exact.strata.dimension import orbit_codimension
from linnet_exact.strata.enumeration import enumerate_barcodes
from linnet_exact.strata.network import Network
from linnet_exact.strata.order import rising_moves

__all__ = ["maximal_barcodes"]


@lru_cache(maxsize=256)
def maximal_barcodes(network: Network, rank: int) -> tuple[Barcode, ...]:
    """Return the barcodes of the maximal strata, largest dimension first, then in listing order.

    Examples
    --------
    >>> [str(barcode) for barcode in maximal_barcodes(Network(1, 1, 1), 0)]
    ['0-0,1-2', '0-1,2-2']
    """
    barcodes = enumerate_barcodes(network, rank)
    maximal = [barcode for barcode in barcodes if next(rising_moves(barcode), None) is None]
    return tuple(sorted(maximal, key=orbit_codimension))

"""Strata of fibers of linear networks: combinatorics only, no matrix anywhere.

Importing this package imports neither FLINT, SymPy nor NumPy.
"""

from linnet_exact.strata.barcode import Barcode
from linnet_exact.strata.fiber import LIST_LIMIT, Fiber
from linnet_exact.strata.interval import Interval
from linnet_exact.strata.network import Network
from linnet_exact.strata.order import Move
from linnet_exact.strata.rank_list import RankList
from linnet_exact.strata.stratum import Stratum

__all__ = [
    "LIST_LIMIT",
    "Barcode",
    "Fiber",
    "Interval",
    "Move",
    "Network",
    "RankList",
    "Stratum",
]

"""Strata of fibers of linear networks: combinatorics only, no matrix anywhere.

Importing this package imports neither FLINT, SymPy nor NumPy.
"""

from linnet_exact.strata.fiber import LIST_LIMIT, Fiber
from linnet_exact.strata.order.moves import Move
from linnet_exact.strata.strata_list import StrataList
from linnet_exact.strata.stratum import Stratum
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network
from linnet_exact.strata.values.rank_list import RankList

__all__ = [
    "LIST_LIMIT",
    "Barcode",
    "Fiber",
    "Interval",
    "Move",
    "Network",
    "RankList",
    "StrataList",
    "Stratum",
]

"""`SubDAG`: up-sets, down-sets and intervals of the stratum DAG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import InputError
from linnet_exact.strata.dag import StratumDAG
from linnet_exact.strata.listing.listing import Block
from linnet_exact.strata.listing.stratum_numbers import Numbering
from linnet_exact.strata.values.barcode import Barcode

if TYPE_CHECKING:
    from linnet_exact.strata.stratum import Stratum

__all__ = ["SubDAG"]


class SubDAG(StratumDAG):
    """Some strata of a fiber, numbered anew in the same order, and the covers among them.

    For an up-set, a down-set or an interval these are all covers of its own order.

    Parameters
    ----------
    dag : StratumDAG
    nodes : array of integers
        The numbers of the strata in `dag`, increasing, such as `dag.up_set` returns.

    Examples
    --------
    >>> from linnet_exact.strata.values.network import Network
    >>> dag = Network(2, 2, 2).fiber().dag()
    >>> below = SubDAG(dag, dag.down_set(4))
    >>> len(dag), len(below), len(list(below.edges()))
    (6, 4, 4)
    """

    def __init__(self, dag: StratumDAG, nodes: NDArray[np.int64]) -> None:
        self.fiber, self.listing, self.moves = dag.fiber, dag.listing, dag.moves
        self._rows = Block._make(column[nodes] for column in dag._rows)
        self.multiplicities = self._rows.multiplicities
        self.dimension = self._rows.dimension
        self._numbering = Numbering(self.listing, self.multiplicities)
        number = np.full(len(dag), -1, dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        lower, upper = number[dag.lower], number[dag.upper]
        kept = (lower >= 0) & (upper >= 0)
        self.lower, self.upper, self.move = lower[kept], upper[kept], dag.move[kept]

    def node(self, stratum: Stratum | Barcode | str) -> int:
        """Return the number of a stratum.

        Raises
        ------
        InputError
            If it is not one of these.

        Examples
        --------
        >>> from linnet_exact.strata.values.network import Network
        >>> dag = Network(1, 1, 1).fiber().dag()
        >>> SubDAG(dag, dag.up_set(1)).node(dag.barcode(1))
        0
        """
        at = super().node(stratum)
        if at >= len(self) or self.barcode(at) != Barcode.of(stratum):
            raise InputError(f"stratum {stratum} is not among the {len(self)} of this DAG")
        return at

    def __repr__(self) -> str:
        return f"<{len(self)} strata of {self.fiber!r}.dag()>"

"""`Fiber`: all weights of a network whose product is one fixed matrix of a given rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from linnet_exact.arguments import as_integer
from linnet_exact.errors import TooLargeError
from linnet_exact.strata.counting.counts import require_listable
from linnet_exact.strata.fiber_counts import CountedFiber
from linnet_exact.strata.fiber_shown import ShownFiber
from linnet_exact.strata.fiber_summary import fiber_to_jsonable
from linnet_exact.strata.formulas.dimension import tangent_dimension_of_fiber
from linnet_exact.strata.formulas.fiber_real_components import fiber_real_components
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants
from linnet_exact.strata.listing import few_components as few
from linnet_exact.strata.strata_list import StrataList
from linnet_exact.strata.stratum import Stratum
from linnet_exact.strata.values.excess import Excess, checked_rank
from linnet_exact.strata.values.network import Network

if TYPE_CHECKING:
    from fractions import Fraction

    from linnet_exact.strata.dag import StratumDAG
    from linnet_exact.strata.listing.listing import Listing

__all__ = ["LIST_LIMIT", "Fiber"]

LIST_LIMIT = 1_000_000


@dataclass(frozen=True, repr=False)
class Fiber(CountedFiber, ShownFiber):
    """The fiber μ⁻¹(W) of a d_L × d_0 matrix W of `rank`: all weights with W_L ⋯ W_1 = W.

    Only the rank of W matters for everything asked here. What would need a list of all strata is
    given up to a limit on their number; everything else is a closed formula, for any widths.

    Raises
    ------
    InputError
        If `rank` is not an integer between 0 and the smallest width.

    Examples
    --------
    >>> fiber = Fiber(Network(2, 3, 2), 1)
    >>> fiber.dimension, fiber.count(), fiber.smooth
    (8, 4, False)
    >>> fiber.codimension, fiber.learning_coefficient, fiber.multiplicity, fiber.top_components
    (4, Fraction(2, 1), 1, 1)
    >>> fiber.minimal_stratum.dimension, fiber.excess.rank, fiber.real_components
    (5, 1, 1)
    """

    network: Network
    rank: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "network", Network.of(self.network))
        object.__setattr__(self, "rank", checked_rank(self.network, self.rank))

    @property
    def excess(self) -> Excess:
        """The network and the rank as a plain value, which the algorithms take."""
        return Excess(self.network, self.rank)

    @property
    def codimension(self) -> int:
        """The smallest codimension of a stratum, in weight space."""
        return learning_invariants(self.network, self.rank).codimension

    @property
    def dimension(self) -> int:
        """The largest dimension of a stratum."""
        return self.network.weight_dimension - self.codimension

    @property
    def learning_coefficient(self) -> Fraction:
        """The learning coefficient λ, half the codimension."""
        return learning_invariants(self.network, self.rank).coefficient

    @property
    def multiplicity(self) -> int:
        """The multiplicity that belongs to the learning coefficient."""
        return learning_invariants(self.network, self.rank).multiplicity

    @property
    def top_components(self) -> int:
        """The number of irreducible components of the largest dimension."""
        return learning_invariants(self.network, self.rank).top_components

    @property
    def degree(self) -> int | None:
        """The degree of the fiber of W = 0, a cone: summed over its components of top dimension.

        None for other ranks, where the fiber is no cone.

        Raises
        ------
        TooLargeError
            If there are too many components, or layers have too many bars of different kinds.

        Examples
        --------
        >>> Network(1, 1, 1).fiber().degree, Network(2, 3, 2).fiber(1).degree
        (2, None)
        """
        if self.rank > 0:
            return None
        components = self.components()
        if components is None:
            raise TooLargeError("the components, whose degrees add up, are too many to list")
        return sum(part.degree for part in components if part.dimension == self.dimension)

    @property
    def minimal_stratum(self) -> Stratum:
        """The stratum in the closure of all others: r bars [0, L], and d_j − r bars [j, j]."""
        return Stratum(self, self.excess.minimal_barcode)

    @property
    def smooth(self) -> bool:
        """Whether no point of the fiber is singular; its minimal stratum decides."""
        lowest = self.minimal_stratum.barcode
        return tangent_dimension_of_fiber(lowest) == self.dimension

    @property
    def real_components(self) -> int:
        """The number of connected components of the real fiber, a power of two."""
        return fiber_real_components(self.network, self.rank)

    def strata(self, list_limit: int = LIST_LIMIT) -> StrataList:
        """Return the sequence of all strata, the minimal one first.

        They come in the lexicographic order of their ranks r_1~0; r_2~0, r_2~1; r_3~0, …, so that
        a stratum comes after all those in its closure.

        Raises
        ------
        TooLargeError
            If there are more than `list_limit`.

        Examples
        --------
        >>> [str(stratum.barcode) for stratum in Network(1, 1, 1).fiber().strata()]
        ['0-0,1-1,2-2', '0-0,1-2', '0-1,2-2']
        """
        require_listable(self.network, self.rank, list_limit)
        return StrataList(self)

    def listing(self) -> Listing:
        """Return the listing of all strata in NumPy blocks; see `Listing`.

        Examples
        --------
        >>> [len(block.dimension) for block in Network(6, 6, 6, 6).fiber().listing().blocks()]
        [714]
        """
        from linnet_exact.strata.listing.listing import Listing

        return Listing([self.excess])

    def rows(self, list_limit: int = LIST_LIMIT) -> Iterator[dict[str, Any]]:
        """Return an iterator over what `Stratum.to_jsonable` says of each stratum, but faster.

        Raises
        ------
        TooLargeError
            If there are more than `list_limit` strata.

        Examples
        --------
        >>> [row["dimension"] for row in Network(1, 2, 1).fiber().rows()]
        [0, 2, 2, 3]
        """
        from linnet_exact.strata.listing.table import jsonable_rows

        require_listable(self.network, self.rank, list_limit)
        return jsonable_rows(self.excess)

    def dag(self, list_limit: int = LIST_LIMIT) -> StratumDAG:
        """Return the stratum DAG: all strata and the covers of the closure order.

        Raises
        ------
        TooLargeError
            If there are more than `list_limit` strata.

        Examples
        --------
        >>> dag = Network(3, 3, 3, 3, 3).fiber().dag()
        >>> len(dag), len(dag.lower)
        (535, 1671)
        """
        from linnet_exact.strata.dag import StratumDAG

        require_listable(self.network, self.rank, list_limit)
        return StratumDAG(self)

    def components(self, list_limit: int = LIST_LIMIT) -> tuple[Stratum, ...] | None:
        """Return the maximal strata, largest dimension first; None above `list_limit` candidates.

        Their closures are the irreducible components of the complex fiber; see `components_of`.

        Examples
        --------
        >>> [str(stratum.barcode) for stratum in Network(1, 1, 1).fiber().components()]
        ['0-0,1-2', '0-1,2-2']
        """
        from linnet_exact.strata.listing.components import components_of

        try:
            found = components_of(self.excess, limit=as_integer(list_limit, "list_limit"))
        except TooLargeError:
            return None
        return tuple(Stratum(self, barcode) for barcode in found.barcodes())

    def component_dimensions(self, list_limit: int = LIST_LIMIT) -> list[int] | None:
        """Return the dimensions of the components, sorted; None above `list_limit` candidates.

        Examples
        --------
        >>> Network(2, 3, 2).fiber().component_dimensions()
        [8, 8]
        """
        list_limit = as_integer(list_limit, "list_limit")
        if few.candidates_up_to(self.excess, few.FEW) <= min(few.FEW, list_limit):
            return few.few_component_dimensions(self.excess)
        from linnet_exact.strata.listing.components import components_of

        try:
            return components_of(self.excess, limit=list_limit).dimensions[0][::-1]
        except TooLargeError:
            return None

    def to_jsonable(self, list_limit: int = LIST_LIMIT) -> dict[str, Any]:
        """Return the fiber at a glance, as the command ``fiber`` prints it.

        `components` and `component_dimensions` are None above `list_limit` candidates for
        components, and `strata` is None when even counting them would take too long.

        Examples
        --------
        >>> Network(2, 3, 2).fiber(1).to_jsonable()["learning_coefficient"]
        '2'
        """
        return fiber_to_jsonable(self, list_limit)


Network.fiber_type = Fiber

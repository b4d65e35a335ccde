"""`Stratum`: the points of a fiber that share one barcode, and what is known about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from linnet_exact.above import above
from linnet_exact.arguments import wrong_type
from linnet_exact.errors import InputError
from linnet_exact.notebook import ROWS, html_table
from linnet_exact.strata.formulas.dimension import stratum_dimension, tangent_dimension_of_fiber
from linnet_exact.strata.formulas.real_components import real_components
from linnet_exact.strata.listing.local_dimension import local_fiber_dimension
from linnet_exact.strata.order.moves import covers_above, covers_below, rising_moves
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.json_integers import integer_to_jsonable
from linnet_exact.strata.values.rank_list import RankList

if TYPE_CHECKING:
    from linnet_exact.strata.fiber import Fiber
    from linnet_exact.strata.formulas.q_product import QProduct

__all__ = ["Stratum"]


@dataclass(frozen=True, repr=False)
class Stratum:
    """The stratum of `fiber` whose points have this `barcode`.

    Strata of one fiber compare by closure: S <= T if S lies in the closure of T. This is a partial
    order.

    Raises
    ------
    InputError
        If the barcode does not have the widths or the rank of the fiber.

    Examples
    --------
    >>> stratum = Barcode.parse("0-0,0-2,1-1:2,2-2").stratum
    >>> stratum.dimension, stratum.tangent_dimension_of_fiber, stratum.singular, stratum.minimal
    (5, 9, True, True)
    >>> stratum.codimension, stratum.local_fiber_dimension, stratum.maximal
    (7, 8, False)
    >>> stratum.rank_list.rank, stratum.real_components, stratum.euler_characteristic
    (1, 1, 0)
    """

    fiber: Fiber
    barcode: Barcode

    def __post_init__(self) -> None:
        object.__setattr__(self, "barcode", Barcode.of(self.barcode))
        if isinstance(self.fiber, type) or not hasattr(self.fiber, "network"):
            raise wrong_type("fiber", "a Fiber", self.fiber)
        network, barcode = self.fiber.network, self.barcode
        if barcode.network != network:
            raise InputError(f"barcode {barcode} has widths {barcode.network}, not {network}")
        if barcode.rank != self.fiber.rank:
            raise InputError(
                f"barcode {barcode} has {barcode.rank} bars 0-{network.depth}, "
                f"but the rank of the fiber is {self.fiber.rank}"
            )

    @property
    def rank_list(self) -> RankList:
        """The ranks of all subsequence matrices at the points of the stratum."""
        return self.barcode.rank_list

    @property
    def dimension(self) -> int:
        """The dimension of the stratum, a smooth manifold."""
        return stratum_dimension(self.barcode)

    @property
    def codimension(self) -> int:
        """The codimension of the stratum in weight space."""
        return self.fiber.network.weight_dimension - self.dimension

    @property
    def tangent_dimension_of_fiber(self) -> int:
        """dim null dμ(θ): the dimension of the Zariski tangent space of the fiber at its points."""
        return tangent_dimension_of_fiber(self.barcode)

    @property
    def local_fiber_dimension(self) -> int | None:
        """The largest dimension of a stratum at or above this one; None if out of reach.

        It is known for every stratum of a fiber that can be listed, and for smooth points, the
        minimal stratum and strata not far below the maximal ones in any fiber.
        """
        return local_fiber_dimension(self.barcode)

    @property
    def singular(self) -> bool | None:
        """Whether the fiber is singular at the points of the stratum; None if out of reach.

        It is where the Zariski tangent space has a larger dimension than the fiber has there.
        """
        tangent = self.tangent_dimension_of_fiber
        if tangent > self.fiber.dimension:
            return True
        local = self.local_fiber_dimension
        return None if local is None else tangent > local

    @property
    def real_components(self) -> int:
        """The number of connected components over the real numbers."""
        return real_components(self.barcode)

    @property
    def degree(self) -> int:
        """The degree of the closure, in weight space, of all weights with this barcode.

        The closure is an affine cone. At rank 0 it is that of the stratum itself.

        Raises
        ------
        TooLargeError
            If layers have too many bars of different kinds.

        Examples
        --------
        >>> Barcode.parse("0-0,0-1,1-1").stratum.degree  # 2 x 2 matrices with det = 0
        2
        """
        from linnet_exact.strata.formulas.degree import orbit_closure_degree

        return orbit_closure_degree(self.barcode)

    def points(self, q: int) -> int:
        """Return the number of points over the field with `q` elements.

        Raises
        ------
        InputError
            If `q` is not a prime power.
        TooLargeError
            If the number would have more than some ten million digits.

        Examples
        --------
        >>> Barcode.parse("0-1,2-2").stratum.points(5)
        4
        """
        return self._point_count().at(q)

    def point_polynomial(self) -> list[int]:
        """Return the coefficients in q, that of q^0 first, of the number of points over F_q.

        Raises
        ------
        TooLargeError
            If that would take minutes.

        Examples
        --------
        >>> Barcode.parse("0-1,2-2").stratum.point_polynomial()
        [-1, 1]
        """
        return self._point_count().coefficients()

    @property
    def euler_characteristic(self) -> int:
        """The Euler characteristic with compact support of the complex stratum."""
        return self._point_count().euler_characteristic

    def _point_count(self) -> QProduct:
        from linnet_exact.strata.formulas.points import stratum_point_count

        return stratum_point_count(self.barcode)

    @property
    def maximal(self) -> bool:
        """Whether the stratum is in the closure of no other."""
        return next(rising_moves(self.barcode), None) is None

    @property
    def minimal(self) -> bool:
        """Whether the stratum is in the closure of all others."""
        depth = self.barcode.depth
        return all(bar.start == bar.end or bar.is_through(depth) for bar in self.barcode)

    def covers_above(self) -> list[Stratum]:
        """Return the strata that cover this one in the closure order.

        Examples
        --------
        >>> [str(above.barcode) for above in Barcode.parse("0-0,1-1,2-2").stratum.covers_above()]
        ['0-1,2-2', '0-0,1-2']
        """
        return [Stratum(self.fiber, above) for _, above in covers_above(self.barcode)]

    def covers_below(self) -> list[Stratum]:
        """Return the strata that this one covers in the closure order.

        Examples
        --------
        >>> [str(below.barcode) for below in Barcode.parse("0-1,2-2").stratum.covers_below()]
        ['0-0,1-1,2-2']
        """
        return [Stratum(self.fiber, below) for _, below in covers_below(self.barcode)]

    def __le__(self, other: Stratum) -> bool:
        if not isinstance(other, Stratum):
            return NotImplemented
        if self.fiber != other.fiber:
            raise InputError("strata of different fibers cannot be compared")
        return self.rank_list <= other.rank_list

    def __lt__(self, other: Stratum) -> bool:
        if not isinstance(other, Stratum):
            return NotImplemented
        return self != other and self <= other

    def sample(self, seed: int | str = 0, height: int = 9, **options: Any) -> Any:
        """Return pseudo-random weights on the stratum; see `linnet_exact.sample`.

        Examples
        --------
        >>> Barcode.parse("0-1,2-2").stratum.sample(seed=1).stratum.dimension
        1
        """
        return above("sample")(self.barcode, seed, height, **options)

    def diagram(self) -> Any:
        """Return the basis flow diagram of the barcode.

        Examples
        --------
        >>> Barcode.parse("0-1").stratum.diagram()
        diagram(Barcode.parse('0-1'))
        """
        return self.barcode.diagram()

    def __str__(self) -> str:
        return str(self.barcode)

    def __repr__(self) -> str:
        return f"{self.barcode!r}.stratum"

    def _repr_html_(self) -> str:
        table = strata_html([self], self.fiber, 1)
        return f"{table}\n{self.barcode._repr_html_()}"

    def _repr_svg_(self) -> str | None:
        return self.barcode._repr_svg_()

    def _repr_latex_(self) -> str:
        return self.barcode._repr_latex_()

    def to_jsonable(self) -> dict[str, Any]:
        """Return what is known about the stratum, as the command ``strata`` prints it.

        Examples
        --------
        >>> Barcode.parse("0-2,1-1,0-0,2-2").stratum.to_jsonable()["singular"]
        True
        """
        local = self.local_fiber_dimension
        return {
            "barcode": self.barcode.to_jsonable(),
            "rank_list": self.rank_list.to_jsonable(),
            "dimension": integer_to_jsonable(self.dimension),
            "codimension": integer_to_jsonable(self.codimension),
            "tangent_dimension_of_fiber": integer_to_jsonable(self.tangent_dimension_of_fiber),
            "local_fiber_dimension": None if local is None else integer_to_jsonable(local),
            "singular": self.singular,
            "real_components": integer_to_jsonable(self.real_components),
            "maximal": self.maximal,
            "minimal": self.minimal,
        }


def strata_html(strata: Iterable[Stratum], fiber: Fiber, count: int) -> str:
    """Return the first of the strata of a fiber as an HTML table.

    Examples
    --------
    >>> stratum = Barcode.parse("0-1,2-2").stratum
    >>> "0-1,2-2" in strata_html([stratum], stratum.fiber, 1)
    True
    """
    first = islice(strata, ROWS)
    return html_table(
        f"strata of the fiber of rank {fiber.rank}, widths {fiber.network}",
        ["barcode", "dimension", "singular", "maximal"],
        [[s.barcode, s.dimension, _known(s.singular), _known(s.maximal)] for s in first],
        more=count - ROWS,
    )


def _known(value: bool | None) -> str:
    return "unknown" if value is None else "yes" if value else "no"


Barcode.stratum_type = Stratum

"""What is counted of a fiber without listing it: its strata, and its points over finite fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linnet_exact.strata.counting.counts import count_strata, more_strata_than
from linnet_exact.strata.formulas.dimension import open_dimension
from linnet_exact.strata.values.excess import Excess

if TYPE_CHECKING:
    from linnet_exact.strata.values.network import Network

__all__ = ["CountedFiber"]


class CountedFiber:
    """The numbers of strata and of points of a fiber.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> fiber = Network(2, 3, 2).fiber(1)
    >>> fiber.count(), fiber.points(2), fiber.euler_characteristic
    (4, 280, 0)
    """

    if TYPE_CHECKING:
        network: Network
        rank: int

    def count(self) -> int:
        """Return the number of strata, without listing them.

        Raises
        ------
        TooLargeError
            If counting would need too many states.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(10, 10, 10, 10, 10).fiber().count()
        432718
        """
        return count_strata(self.network, self.rank)

    def count_by_codimension(self) -> dict[int, int]:
        """Return {c: number of strata whose orbits have codimension c in weight space}, sorted.

        Raises
        ------
        TooLargeError
            If counting would need too many states.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(2, 2, 2).fiber().count_by_codimension()
        {3: 1, 4: 2, 5: 2, 8: 1}
        """
        from linnet_exact.strata.counting.by_codimension import count_by_codimension

        return count_by_codimension(self.network, self.rank)

    def count_by_dimension(self) -> dict[int, int]:
        """Return {d: number of strata of dimension d}, sorted by d.

        Raises
        ------
        TooLargeError
            If counting would need too many states.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(2, 2, 2).fiber().count_by_dimension()
        {0: 1, 3: 2, 4: 2, 5: 1}
        """
        highest, counts = (
            open_dimension(Excess(self.network, self.rank)),
            self.count_by_codimension(),
        )
        return {highest - codimension: counts[codimension] for codimension in reversed(counts)}

    def points(self, q: int) -> int:
        """Return the number of points over the field with `q` elements.

        Raises
        ------
        InputError
            If `q` is not a prime power.
        TooLargeError
            If that would take minutes.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(2, 2, 2).fiber(1).points(2)
        18
        """
        from linnet_exact.strata.formulas.points import fiber_points

        return fiber_points(self.network, self.rank, q)

    def point_polynomial(self) -> list[int]:
        """Return the coefficients in q, that of q^0 first, of the number of points over F_q.

        Raises
        ------
        TooLargeError
            If that would take minutes.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(1, 1, 1).fiber().point_polynomial()
        [-1, 2]
        """
        from linnet_exact.strata.formulas.points import fiber_point_polynomial

        return fiber_point_polynomial(self.network, self.rank)

    @property
    def euler_characteristic(self) -> int:
        """The Euler characteristic with compact support of the complex fiber."""
        from linnet_exact.strata.formulas.points import fiber_euler_characteristic

        return fiber_euler_characteristic(self.network, self.rank)

    def has_more_strata_than(self, limit: int) -> bool:
        """Return whether there are more than `limit` strata; true also if they cannot be counted.

        Examples
        --------
        >>> from linnet_exact.strata import Network
        >>> Network(2, 3, 2).fiber().has_more_strata_than(9)
        False
        """
        return more_strata_than(self.network, self.rank, limit)

"""The equations of a fiber and the rank conditions of a stratum, before they are written down."""

from dataclasses import dataclass

from linnet_exact.algebra import Matrix
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.strata import Barcode, Fiber
from linnet_exact.strata.order.conditions import rank_conditions

__all__ = ["MAX_VARIABLES", "Equations", "product_text"]

MAX_VARIABLES = 10_000
_DECOMPOSED = 12
_LISTED = 10_000


@dataclass(frozen=True)
class Equations:
    """W_L ⋯ W_1 = W, and rk W_{k~i} ≤ r for some k and i.

    Attributes
    ----------
    fiber : Fiber
    target : Matrix
        W.
    barcode : Barcode, optional
        The stratum whose closure is meant; without it the whole fiber.
    """

    fiber: Fiber
    target: Matrix
    barcode: Barcode | None = None

    @classmethod
    def of(
        cls, fiber: Fiber, target: Matrix | None = None, barcode: Barcode | None = None
    ) -> "Equations":
        """Return the equations of a fiber, or of the closure of one of its strata.

        Parameters
        ----------
        target : Matrix, optional
            The matrix W; by default the one with r ones on its diagonal and zeros elsewhere.

        Raises
        ------
        InputError
            If the barcode is not that of a stratum of the fiber, or W is not rational.
        TooLargeError
            If there are more than `MAX_VARIABLES` weights.

        Examples
        --------
        >>> equations = Equations.of(Barcode.parse("0-0,0-2,1-1:2,2-2").fiber)
        >>> equations.target, equations.dimension, equations.decomposed
        (Matrix([[1, 0], [0, 0]]), 8, True)
        """
        network = fiber.network
        if network.weight_dimension > MAX_VARIABLES:
            raise TooLargeError(
                f"the network {network} has {network.weight_dimension} weights, more than the "
                f"{MAX_VARIABLES} that are written as variables"
            )
        if barcode is not None and barcode.fiber != fiber:
            raise InputError(
                f"barcode {barcode} has widths {barcode.network} and rank {barcode.rank}, "
                f"not {network} and {fiber.rank}"
            )
        if target is None:
            rows = [[0] * network.widths[0] for _ in range(network.widths[-1])]
            for at in range(fiber.rank):
                rows[at][at] = 1
            target = Matrix(rows)
        if target.field.degree > 1:
            raise InputError("the equations of a fiber are exported for rational W only")
        return cls(fiber, target, barcode)

    @property
    def dimension(self) -> int:
        """The dimension of the set of solutions."""
        return self.fiber.dimension if self.barcode is None else self.barcode.stratum.dimension

    @property
    def decomposed(self) -> bool:
        """Whether a script is to compute the irreducible components, which soon takes too long."""
        return self.fiber.network.weight_dimension <= _DECOMPOSED

    @property
    def components(self) -> int | None:
        """The number of irreducible components over C; None if there are too many strata."""
        if self.barcode is not None:
            return 1
        found = self.fiber.component_dimensions(_LISTED)
        return None if found is None else len(found)

    @property
    def rank_conditions(self) -> list[tuple[int, int, int]]:
        """Triples (k, i, r) for rk W_{k~i} ≤ r, without those that follow from the others.

        Examples
        --------
        >>> bars = Barcode.parse("0-0,0-2,1-1:2,2-2")
        >>> Equations.of(bars.fiber, barcode=bars).rank_conditions
        [(1, 0, 1), (2, 1, 1)]
        """
        if self.barcode is None:
            return []
        return rank_conditions(self.barcode.rank_list)

    @property
    def heading(self) -> list[str]:
        """Lines for a comment at the beginning of a script."""
        network, rank = self.fiber.network, self.fiber.rank
        what = f"the fiber of a {self.target.nrows}x{self.target.ncols} matrix of rank {rank}"
        if self.barcode is not None:
            what = f"the closure of the stratum {self.barcode} of {what}"
        lines = [
            f"Equations of {what},",
            f"for linear networks of widths {network}.",
            f"Computed by linnet-exact: dimension {self.dimension}",
        ]
        if self.components is not None:
            lines[-1] += f", irreducible components {self.components}"
        return [*lines[:-1], f"{lines[-1]}."]


def product_text(k: int, i: int, name: str = "W{}", times: str = "*") -> str:
    """Return W_k ⋯ W_{i+1} as text.

    Examples
    --------
    >>> product_text(3, 0)
    'W3*W2*W1'
    """
    return times.join(name.format(j) for j in range(k, i, -1))

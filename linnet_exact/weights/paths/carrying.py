"""The group element, and with it the linear map of weight space, that carries points and fibers.

g = (g_0, …, g_L) acts on weights linearly, X_j ↦ g_j X_j g_{j−1}^{-1}. If g_L W = W' g_0 it carries
the fiber of W to that of W' and every stratum to the stratum with the same barcode. So a stratum
depends on its decomposition only, up to a linear map (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from dataclasses import dataclass

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import common_field
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.weights.group import act
from linnet_exact.weights.weights import Weights

__all__ = ["Carrying", "carry", "carry_fiber"]


@dataclass(frozen=True)
class Carrying:
    """g with g_L W = W' g_0, and g·θ = θ' unless only fibers are carried.

    Attributes
    ----------
    start, end : Weights
        θ and θ', over one field.
    group, inverses : tuple of Matrix
        g_0, …, g_L and their inverses.
    points : bool
        Whether g takes θ itself to θ', not just its fiber to that of θ'.

    Examples
    --------
    >>> found = carry(Weights([[[1]], [[0]]]), Weights([[[2]], [[0]]]))
    >>> found.group, found.same_fiber
    ((Matrix([[1]]), Matrix([[2]]), Matrix([[1]])), True)
    """

    start: Weights
    end: Weights
    group: tuple[Matrix, ...]
    inverses: tuple[Matrix, ...]
    points: bool

    @property
    def same_fiber(self) -> bool:
        """Whether both points have the same product."""
        return self.start.product() == self.end.product()

    @property
    def linear_map(self) -> tuple[Matrix, ...]:
        """The matrix of X_j ↦ g_j X_j g_{j−1}^{-1} for each j, on the entries of X_j by rows."""
        return tuple(
            self.group[j].kronecker(self.inverses[j - 1].T) for j in range(1, len(self.group))
        )

    def apply(self, theta: Weights) -> Weights:
        """Return g·θ for any weights of the network.

        Examples
        --------
        >>> found = carry(Weights([[[1]], [[0]]]), Weights([[[2]], [[0]]]))
        >>> found.apply(Weights([[[3]], [[0]]])).matrices
        (Matrix([[6]]), Matrix([[0]]))
        """
        return act(self.group, theta)

    def check(self) -> None:
        """Check everything by multiplication alone.

        Raises
        ------
        CertificateError
            If it does not hold; it says which equation.

        Examples
        --------
        >>> carry(Weights([[[1]], [[0]]]), Weights([[[2]], [[0]]])).check()
        """
        g, h = self.group, self.inverses
        for j, (matrix, inverse) in enumerate(zip(g, h, strict=True)):
            if matrix @ inverse != Matrix.identity(matrix.nrows, matrix.field):
                raise CertificateError(f"g_{j} times its inverse is not the identity")
        if g[-1] @ self.start.product() != self.end.product() @ g[0]:
            raise CertificateError("g_L W is not W' g_0")
        pairs = zip(self.start.matrices, self.end.matrices, strict=True)
        for j, (before, after) in enumerate(pairs, start=1):
            if self.points and g[j] @ before @ h[j - 1] != after:
                raise CertificateError(f"g_{j} W_{j} g_{j - 1}^-1 is not W'_{j}")


def carry(first: Weights, second: Weights) -> Carrying:
    """Return g with g·θ = θ' for two points of one barcode, on one fiber or on two.

    Raises
    ------
    InputError
        If they have different barcodes; then no g exists.

    Examples
    --------
    >>> carry(Weights([[[1]], [[0]]]), Weights([[[0]], [[1]]]))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.InputError: no g carries a point of barcode 0-1,2-2 to one of 0-0,1-2
    """
    if first.barcode != second.barcode:
        raise InputError(
            f"no g carries a point of barcode {first.barcode} to one of {second.barcode}"
        )
    start, end = _over_one_field(first, second)
    return _carrying(start, end, range(start.depth + 1), True)


def carry_fiber(first: Weights, second: Weights) -> Carrying:
    """Return g that carries the fiber of one point to that of another, hidden layers left alone.

    Raises
    ------
    InputError
        If the widths or the ranks of the products differ; then no g exists.

    Examples
    --------
    >>> carry_fiber(Weights([[[1]], [[3]]]), Weights([[[1]], [[-6]]])).group
    (Matrix([[1]]), Matrix([[1]]), Matrix([[-2]]))
    """
    if first.network != second.network:
        raise InputError(f"the widths differ: {first.network} and {second.network}")
    if first.barcode.rank != second.barcode.rank:
        raise InputError(
            f"no g carries a fiber of rank {first.barcode.rank} to one of {second.barcode.rank}"
        )
    start, end = _over_one_field(first, second)
    return _carrying(start, end, (0, start.depth), False)


def _carrying(
    start: Weights, end: Weights, layers: range | tuple[int, int], points: bool
) -> Carrying:
    """Change the flow basis of some layers to the other, and nothing at the others.

    At the input the strands [0, L] come last, at the output first, whatever the barcode.
    """
    group, inverses = [], []
    for j, width in enumerate(start.network.widths):
        if j in layers:
            group.append(end.flow().bases[j] @ start.flow().inverses[j])
            inverses.append(start.flow().bases[j] @ end.flow().inverses[j])
        else:
            group.append(Matrix.identity(width, start.field))
            inverses.append(group[-1])
    return Carrying(start, end, tuple(group), tuple(inverses), points)


def _over_one_field(first: Weights, second: Weights) -> tuple[Weights, Weights]:
    field = common_field([first.field, second.field])
    start, end = (
        Weights([matrix.change_field(field) for matrix in theta.matrices], field)
        for theta in (first, second)
    )
    return start, end

"""What two subspaces share: exact dimensions, and principal angles that are enclosed or exact.

The squared cosines of the principal angles of the column spaces of A and B are the eigenvalues of
(AᵀA)^-1 AᵀB (BᵀB)^-1 BᵀA (Å. Björck and G. H. Golub, Math. Comp. 27, 1973). As many of them are 1
as the spaces have dimensions in common, and as many are 0 as AᵀB lacks rank; both are exact here.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flint import acb_mat, arb, ctx, fmpq, fmpq_mat

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.algebra.ranks.certified import basis_minor
from linnet_exact.errors import InputError, LinnetError
from linnet_exact.numeric.distance import Bounds
from linnet_exact.numeric.enclosures import decimals, enclosed

__all__ = ["Overlap", "column_basis", "overlap", "principal_angles", "squared_cosines"]

_MOST_BITS = 1 << 14
_DIGITS = 12


@dataclass(frozen=True)
class Overlap:
    """The overlap of two subspaces of one space.

    Attributes
    ----------
    dimensions : tuple of int
    intersection : int
    right_angles : int
        How many principal angles are right ones, exactly.
    angles : tuple of Bounds, optional
        Bounds of all principal angles, in radians, the smallest first; those that are 0 exactly
        have the bounds 0 and 0.
    polynomial : tuple of fmpq, optional
        The characteristic polynomial of the squared cosines, constant term first.
    """

    dimensions: tuple[int, int]
    intersection: int
    right_angles: int
    angles: tuple[Bounds, ...] | None = None
    polynomial: tuple[fmpq, ...] | None = None

    def to_jsonable(self) -> dict[str, Any]:
        """Return the columns of a row of ``overlap``.

        Examples
        --------
        >>> overlap(Matrix([[1], [0]]), Matrix([[1], [1]]), angles=True).to_jsonable()["angles"]
        [['0.785398163397', '0.785398163398']]
        """
        found: dict[str, Any] = {
            "dimensions": list(self.dimensions),
            "intersection": self.intersection,
            "sum": sum(self.dimensions) - self.intersection,
            "right_angles": self.right_angles,
        }
        if self.angles is not None:
            found["angles"] = [[str(bound) for bound in bounds] for bounds in self.angles]
        if self.polynomial is not None:
            found["squared_cosines_polynomial"] = [str(entry) for entry in self.polynomial]
        return found


def column_basis(matrix: Matrix) -> Matrix:
    """Return columns of a matrix that are a basis of its column space.

    Examples
    --------
    >>> column_basis(Matrix([[1, 2, 0], [2, 4, 1]]))
    Matrix([[1, 0], [2, 1]])
    """
    return matrix[:, sorted(basis_minor(matrix).columns)]


def overlap(first: Matrix, second: Matrix, angles: bool = False, exact: bool = False) -> Overlap:
    """Return what the column spaces of two matrices share.

    Parameters
    ----------
    angles : bool
        Whether the principal angles are wanted.
    exact : bool
        Whether the characteristic polynomial of their squared cosines is.

    Raises
    ------
    InputError
        If the columns are of different lengths.

    Examples
    --------
    >>> found = overlap(Matrix([[1, 0], [0, 1], [0, 0]]), Matrix([[1, 0], [0, 0], [0, 1]]))
    >>> found.dimensions, found.intersection, found.right_angles
    ((2, 2), 1, 1)
    """
    if first.nrows != second.nrows:
        raise InputError(
            f"subspaces of different spaces: of dimension {first.nrows} and {second.nrows}"
        )
    one, two = column_basis(first), column_basis(second)
    both = Matrix.hstack([one, two]).rank() if min(one.ncols, two.ncols) else one.ncols + two.ncols
    shared = one.ncols + two.ncols - both
    least = min(one.ncols, two.ncols)
    right = least - ((one.T @ two).rank() if least else 0)
    return Overlap(
        (one.ncols, two.ncols),
        shared,
        right,
        principal_angles(one, two, shared, right) if angles else None,
        squared_cosines(one, two) if exact else None,
    )


def squared_cosines(one: Matrix, two: Matrix) -> tuple[fmpq, ...]:
    """Return the polynomial whose roots are the squared cosines, with their multiplicities.

    Its degree is the smaller one of the dimensions; the constant term comes first.

    Examples
    --------
    >>> [str(c) for c in squared_cosines(Matrix([[1], [0]]), Matrix([[1], [1]]))]
    ['-1/2', '1']
    """
    if one.ncols > two.ncols:
        one, two = two, one
    if not one.ncols:
        return (fmpq(1),)
    between = one.T @ two
    squares = (one.T @ one).inverse() @ between @ (two.T @ two).inverse() @ between.T
    found = (fmpq_mat(squares.coefficients[0]) / squares.denominator).charpoly()
    return tuple(found.coeffs())


def principal_angles(one: Matrix, two: Matrix, shared: int, right: int) -> tuple[Bounds, ...]:
    """Return bounds of the principal angles of the spans of independent columns.

    Parameters
    ----------
    shared, right : int
        How many of them are 0 and how many are right angles, exactly; these are split off first.

    Raises
    ------
    LinnetError
        If 16384 bits do not tell the angles apart from 0 and from a right angle.

    Examples
    --------
    >>> principal_angles(Matrix([[3], [4]]), Matrix([[1], [0]]), 0, 0)
    ((Decimal('0.927295218001'), Decimal('0.927295218002')),)
    """
    zero, right_angle = Decimal(0), decimals(arb.pi() / 2, arb.pi() / 2, _DIGITS)
    slanted = min(one.ncols, two.ncols) - shared - right
    found: list[Bounds] = []
    if slanted:
        one, two = _slanted(one, two, shared, right)
        found = _enclosed(one, two)
    return (*[(zero, zero)] * shared, *found, *[right_angle] * right)


def _slanted(one: Matrix, two: Matrix, shared: int, right: int) -> tuple[Matrix, Matrix]:
    """Return bases of what is left of two spaces without their common part and right angles."""
    first, second = Subspace(one.T), Subspace(two.T)
    if shared:
        across = (first & second).orthogonal_complement()
        first, second = first & across, second & across
    if right or first.dimension != second.dimension:
        away_from_first, away_from_second = (
            first.orthogonal_complement(),
            second.orthogonal_complement(),
        )
        part_of_first = first & away_from_second
        part_of_second = second & away_from_first
        first = first & part_of_first.orthogonal_complement()
        second = second & part_of_second.orthogonal_complement()
    return first.basis.T, second.basis.T


def _enclosed(one: Matrix, two: Matrix) -> list[Bounds]:
    grams = [(one.T @ one), (two.T @ two)]
    between = one.T @ two
    bits = 128
    while bits <= _MOST_BITS:
        with ctx.workprec(bits):
            try:
                left, right = (enclosed(gram).inv() for gram in grams)
                squares = left * enclosed(between) * right * enclosed(between.T)
                angles = [_angle(value.real) for value in acb_mat(squares).eig(multiple=True)]
            except (ValueError, ZeroDivisionError):
                angles = None
        if angles is not None:
            return sorted(angles)
        bits *= 2
    raise LinnetError(f"{_MOST_BITS} bits do not tell the principal angles apart from 0")


def _angle(square: arb) -> Bounds:
    """Return bounds of the angle with a squared cosine inside (0, 1)."""
    if not (square > 0 and square < 1):
        raise ValueError("more bits are needed")
    angle = ((1 - square) / square).sqrt().atan()
    if angle.rel_accuracy_bits() < 3.4 * _DIGITS:
        raise ValueError("more bits are needed")
    return decimals(angle, angle, _DIGITS)

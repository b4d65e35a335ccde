"""Invertible matrices as products of triangular ones, by elimination without exchanging rows.

Elimination needs pivots that are not 0, and a path through the group needs more: pivots that can be
moved to 1 without passing 0. Adding a later row to the pivot row makes the pivot 1; if there is
none to add, the pivot row is first added to the next one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from flint import fmpq_mat

from linnet_exact.algebra.arrays.entries import require_square
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.errors import InputError

__all__ = ["TriangularFactors", "eliminate", "triangular_factors"]

Rows: TypeAlias = list[list[Any]]


class TriangularFactors(NamedTuple):
    """M = lower @ upper @ second_lower @ diagonal @ second_upper, all but `diagonal` unitriangular.

    Examples
    --------
    >>> factors = triangular_factors(Matrix([[-1, 0], [0, -1]]), lambda pivot: pivot > 0)
    >>> factors.diagonal
    Matrix([[1, 0], [0, 1]])
    >>> factors.product()
    Matrix([[-1, 0], [0, -1]])
    """

    lower: Matrix
    upper: Matrix
    second_lower: Matrix
    diagonal: Matrix
    second_upper: Matrix

    def product(self) -> Matrix:
        """Return the matrix that is factored."""
        return self.lower @ self.upper @ self.second_lower @ self.diagonal @ self.second_upper


def triangular_factors(matrix: Matrix, admissible: Callable[[Any], bool]) -> TriangularFactors:
    """Factor an invertible matrix into unitriangular matrices and one diagonal matrix.

    Parameters
    ----------
    admissible : callable
        Whether a nonzero pivot may stay as it is; 1 must be admissible. All diagonal entries but
        the last one will be. The last one is what is left of the determinant: over R, with
        positive numbers admissible, it is positive if the determinant is.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    InputError
        If it is singular.

    Examples
    --------
    >>> factors = triangular_factors(Matrix([[2, 1], [4, 5]]), lambda pivot: pivot > 0)
    >>> factors.second_lower, factors.diagonal, factors.second_upper
    (Matrix([[1, 0], [2, 1]]), Matrix([[2, 0], [0, 3]]), Matrix([[1, '1/2'], [0, 1]]))
    """
    size, field = matrix.nrows, matrix.field
    require_square(*matrix.shape)
    rows = _entries(matrix)
    lower_inverse = _entries(Matrix.identity(size, field))
    upper_inverse = _entries(Matrix.identity(size, field))
    eliminate(rows, lower_inverse, upper_inverse, admissible)
    pivots = [rows[k][k] for k in range(size)]
    unit = [[x / pivot for x in row] for row, pivot in zip(rows, pivots, strict=True)]
    second_upper = _from_entries(unit, matrix)
    diagonal = _from_entries(
        [[pivot if i == j else 0 for j in range(size)] for i, pivot in enumerate(pivots)], matrix
    )
    lower = _from_entries(lower_inverse, matrix)
    upper = _from_entries(upper_inverse, matrix)
    second_lower = upper @ lower @ matrix @ (diagonal @ second_upper).inverse()
    return TriangularFactors(lower.inverse(), upper.inverse(), second_lower, diagonal, second_upper)


def eliminate(
    rows: Rows, lower_inverse: Rows, upper_inverse: Rows, admissible: Callable[[Any], bool]
) -> None:
    """Eliminate below the diagonal of upper⁻¹ @ lower⁻¹ @ rows, of which the two are made here.

    Raises
    ------
    InputError
        If a pivot is 0.

    Examples
    --------
    >>> rows, lower, upper = [[-1.0, 0], [2, 4.0]], [[1, 0], [0, 1]], [[1, 0], [0, 1]]
    >>> eliminate(rows, lower, upper, lambda pivot: pivot > 0)
    >>> rows, upper
    ([[1.0, 4.0], [0.0, -4.0]], [[1, 1.0], [0, 1]])
    """
    size = len(rows)
    for k in range(size):
        if k < size - 1 and not (rows[k][k] and admissible(rows[k][k])):
            _make_pivot_one(k, rows, lower_inverse, upper_inverse)
        if not rows[k][k]:
            raise InputError("a singular matrix is no product of invertible triangular matrices")
        for i in range(k + 1, size):
            if rows[i][k]:
                _add(rows, i, -rows[i][k] / rows[k][k], k)


def _entries(matrix: Matrix) -> Rows:
    """Return the rows, over Q of FLINT's numbers, which are faster than fractions."""
    if matrix.field.degree > 1:
        return matrix.rows()
    found: Rows = (fmpq_mat(matrix.coefficients[0]) / matrix.denominator).tolist()
    return found


def _from_entries(rows: Rows, like: Matrix) -> Matrix:
    if like.field.degree > 1:
        return Matrix(rows, like.field, like.shape)
    numerators, denominator = fmpq_mat(*like.shape, [x for row in rows for x in row]).numer_denom()
    return Matrix.from_coefficients(like.field, (numerators,), denominator)


def _make_pivot_one(k: int, rows: Rows, lower_inverse: Rows, upper_inverse: Rows) -> None:
    """Add a multiple of a later row to row k, so that its pivot is 1; leave 0 if that is all."""
    donor = next((i for i in range(k + 1, len(rows)) if rows[i][k]), None)
    if donor is None:
        donor = k + 1
        _add(rows, donor, 1, k)
        _add(lower_inverse, donor, 1, k)
        for row in upper_inverse[:k]:  # rows above go on with the donor as it was before
            row[k] -= row[donor]
    if rows[donor][k]:
        upper_inverse[k][donor] = (1 - rows[k][k]) / rows[donor][k]
        _add(rows, k, upper_inverse[k][donor], donor)


def _add(rows: Rows, goal: int, factor: Any, source: int) -> None:
    """Add a multiple of one row to another."""
    rows[goal] = [x + factor * y for x, y in zip(rows[goal], rows[source], strict=True)]

"""Reduced row echelon forms, and what is read off them: solutions, inverses, determinants.

Each algorithm is written once: a matrix over a number field goes through the regular
representation, which for Q is the matrix itself.
"""

from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz_mat

from linnet_exact.algebra.field import Scalar
from linnet_exact.algebra.regular import from_regular, to_regular
from linnet_exact.errors import InputError, ShapeError

if TYPE_CHECKING:
    from linnet_exact.algebra.matrix import Matrix

__all__ = ["determinant", "inverse", "rref", "solve"]


def rref(matrix: "Matrix") -> tuple["Matrix", tuple[int, ...]]:
    """Return the reduced row echelon form without its zero rows, and the pivot columns.

    Returns
    -------
    form : Matrix
        r x n of rank r; entry (i, pivots[i]) is 1 and the only nonzero one in its column.
    pivots : tuple of int
        Increasing column indices.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> rref(Matrix([[2, 4], [1, 2]]))
    (Matrix([[1, 2]]), (0,))
    """
    regular, _ = to_regular(matrix)
    echelon, denominator, rank = regular.rref()
    table = echelon.table()[:rank]
    top = fmpz_mat(rank, echelon.ncols(), [x for row in table for x in row])
    form = matrix.from_coefficients(matrix.field, from_regular(top, matrix.field), denominator)
    e = matrix.field.degree
    pivots = (next(j for j, x in enumerate(row) if x) // e for row in table[::e])
    return form, tuple(pivots)


def solve(matrix: "Matrix", right: "Matrix") -> "Matrix":
    """Return an X with A X = B, zero in the rows that the equations leave free.

    Raises
    ------
    ShapeError
        If A and B do not have equally many rows.
    InputError
        If there is no solution.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> solve(Matrix([[1, 1]]), Matrix([[3]]))
    Matrix([[3], [0]])
    """
    if matrix.nrows != right.nrows:
        raise ShapeError(
            f"the right side must have {matrix.nrows} rows like the matrix, not {right.nrows}"
        )
    form, pivots = rref(matrix.hstack([matrix, right]))
    if pivots and pivots[-1] >= matrix.ncols:
        raise InputError("the linear system has no solution")
    solution = form[:, matrix.ncols :]
    zero = matrix.zero(1, right.ncols, form.field)
    place = {pivot: row for row, pivot in enumerate(pivots)}
    stacked = matrix.vstack([solution, zero])
    return stacked[[place.get(row, len(pivots)) for row in range(matrix.ncols)], :]


def inverse(matrix: "Matrix") -> "Matrix":
    """Return the inverse of a square matrix.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    InputError
        If it is singular.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> inverse(Matrix([[1, 1], [0, 1]]))
    Matrix([[1, -1], [0, 1]])
    """
    _require_square(matrix)
    regular, scale = to_regular(matrix)
    try:
        numerators, denominator = fmpq_mat(regular).inv().numer_denom()
    except ZeroDivisionError:
        raise InputError("the matrix is singular, so it has no inverse") from None
    parts = from_regular(numerators * scale, matrix.field)
    return matrix.from_coefficients(matrix.field, parts, denominator)


def determinant(matrix: "Matrix") -> Scalar:
    """Return the determinant of a square matrix.

    The determinant of N_0 + N_1 t + ... is a polynomial in t of degree at most n (e - 1), found
    from its values at as many integers and one more; then t = a. Over Q one value is enough.

    Raises
    ------
    ShapeError
        If the matrix is not square.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> determinant(Matrix([[1, 2], [3, 4]])), determinant(Matrix([], shape=(0, 0)))
    (Fraction(-2, 1), Fraction(1, 1))
    """
    _require_square(matrix)
    field, size = matrix.field, matrix.nrows
    result, basis = fmpq_poly([0]), fmpq_poly([1])
    for point in range(size * (field.degree - 1) + 1):  # Newton interpolation
        value = sum(
            (part * point**k for k, part in enumerate(matrix.coefficients)), fmpz_mat(size, size)
        ).det()
        result += basis * ((value - result(point)) / basis(point))
        basis *= fmpq_poly([-point, 1])
    minimal = fmpq_poly([fmpq(c.numerator, c.denominator) for c in field.minimal_polynomial])
    remainder = result % minimal if field.degree > 1 else result
    coordinates = [int(c) for c in remainder.numer().coeffs()]
    coordinates += [0] * (field.degree - len(coordinates))
    return field.element(coordinates, int(remainder.denom()) * int(matrix.denominator) ** size)


def _require_square(matrix: "Matrix") -> None:
    if matrix.nrows != matrix.ncols:
        raise ShapeError(f"expected a square matrix, not one that is {matrix.nrows}x{matrix.ncols}")

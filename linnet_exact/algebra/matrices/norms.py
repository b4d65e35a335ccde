"""Frobenius norms: their squares, which are exact."""

from flint import fmpz_mat

from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["squared_norm"]


def squared_norm(matrix: Matrix) -> Scalar:
    """Return the sum of the squares of the entries, without a product that is larger than it.

    Examples
    --------
    >>> squared_norm(Matrix([["3/2", 0], [2, 0]]))
    Fraction(25, 4)
    """
    size = matrix.nrows * matrix.ncols
    flat = tuple(fmpz_mat(1, size, part.entries()) for part in matrix.coefficients)
    row = Matrix.from_coefficients(matrix.field, flat, matrix.denominator)
    return (row @ row.T)[0, 0]

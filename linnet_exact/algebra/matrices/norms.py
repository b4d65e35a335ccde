"""Sizes of matrices: squares of Frobenius norms, which are exact, and bits of entries."""

from flint import fmpq_mat, fmpz_mat

from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["entry_bits", "height_bits", "squared_norm"]


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


def height_bits(matrix: Matrix) -> int:
    """Return the bits of the largest numerator or of the common denominator.

    Over a number field the numerators are those of the coefficients of 1, a, a², …

    Examples
    --------
    >>> height_bits(Matrix([[5, "1/2"]]))
    4
    """
    numbers = (x for part in matrix.coefficients for x in part.entries())
    return max(int(x).bit_length() for x in (matrix.denominator, *numbers))


def entry_bits(matrix: Matrix) -> int:
    """Return the bits of the longest numerator or denominator of an entry in lowest terms.

    Over a number field, of a coefficient of 1, a, a², …

    Examples
    --------
    >>> entry_bits(Matrix([[5, "1/2"], ["1/3", "1/4"]])), height_bits(Matrix([["1/3", "1/4"]]))
    (3, 4)
    """
    parts = (fmpq_mat(part) / matrix.denominator for part in matrix.coefficients)
    numbers = (x for part in parts for x in part.entries())
    return max(max(int(x.p).bit_length(), int(x.q).bit_length()) for x in numbers)

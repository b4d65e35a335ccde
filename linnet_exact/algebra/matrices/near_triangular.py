"""Rational matrices as products of short triangular ones and of one that is close to 1.

The exact triangular factors of a matrix are quotients of its minors: their numbers are longer than
its own as many times as it has rows. Rounded factors leave a last one close to 1. If that is
strictly diagonally dominant, with a positive diagonal, so is every matrix on the straight line from
1 to it, and none of them is singular.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat

from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.algebra.matrices.triangular import TriangularFactors, triangular_factors

__all__ = ["NearFactors", "is_dominant", "near_factors"]

SHORT = 1500
"""Exact factors are taken where minors have at most this many bits."""

FIRST_PRECISION = 16


class NearFactors(NamedTuple):
    """M = triangular.product() @ rest, where `rest` is 1 or `is_dominant`."""

    triangular: TriangularFactors
    rest: Matrix


def near_factors(matrix: Matrix, admissible: Callable[[Any], bool]) -> NearFactors:
    """Factor an invertible matrix into triangular matrices with short numbers and one close to 1.

    Where numbers are short anyway, or the field is not Q, the triangular factors are exact.

    Parameters
    ----------
    admissible : callable
        Whether a nonzero pivot may stay as it is: see `triangular_factors`.

    Examples
    --------
    >>> matrix = Matrix([[10**400 + 1, 10**399], [10**399, 10**400 - 7]])
    >>> factors, rest = near_factors(matrix, lambda pivot: pivot > 0)
    >>> factors.product() @ rest == matrix, is_dominant(rest), height_bits(factors.second_upper)
    (True, True, 16)
    """
    unit = Matrix.identity(matrix.nrows, matrix.field)
    if matrix == unit:
        return NearFactors(TriangularFactors(unit, unit, unit, unit, unit), unit)
    bits = height_bits(matrix)
    precision = FIRST_PRECISION
    if matrix.field.degree == 1 and matrix.nrows * bits > SHORT:
        while 2 * precision < bits:
            found = _rounded_factors(matrix, precision, admissible)
            if found is not None:
                rest = found.product().inverse() @ matrix
                if is_dominant(rest):
                    return NearFactors(found, rest)
            precision *= 2
    return NearFactors(triangular_factors(matrix, admissible), unit)


def is_dominant(matrix: Matrix) -> bool:
    """Return whether diagonal entries are larger than all others of their rows together, in size.

    Only a matrix over Q can be.

    Examples
    --------
    >>> is_dominant(Matrix([[2, -1], ["1/2", 1]])), is_dominant(Matrix([[1, 1], [0, 1]]))
    (True, False)
    """
    if matrix.field.degree > 1:
        return False
    rows = matrix.coefficients[0].table()
    return all(2 * row[i] > sum(map(abs, row)) for i, row in enumerate(rows))


def _rounded_factors(
    matrix: Matrix, precision: int, admissible: Callable[[Any], bool]
) -> TriangularFactors | None:
    """Return factors of a matrix close by, or None if it is singular."""
    # A pivot that may not stay is made 1, so entries should not be much larger or smaller.
    size = _power_of_two_near(matrix)
    rounded = _entrywise(matrix * (1 / size), lambda x: _to_significant_bits(x, 2 * precision))
    if rounded.rank() < rounded.nrows:
        return None
    exact = triangular_factors(rounded, admissible)
    unit = [_entrywise(part, lambda x: _to_bits(x, precision)) for part in exact]
    diagonal = _entrywise(exact.diagonal, lambda x: _to_significant_bits(x, precision))
    return TriangularFactors(unit[0], unit[1], unit[2], diagonal * size, unit[4])


def _power_of_two_near(matrix: Matrix) -> Fraction:
    largest = max(int(abs(x)).bit_length() for x in matrix.coefficients[0].entries())
    return Fraction(2) ** (largest - int(matrix.denominator).bit_length())


def _entrywise(matrix: Matrix, rounded: Callable[[fmpq], fmpq]) -> Matrix:
    numbers = (fmpq_mat(matrix.coefficients[0]) / matrix.denominator).entries()
    found = fmpq_mat(*matrix.shape, [rounded(x) for x in numbers])
    numerators, denominator = found.numer_denom()
    return Matrix.from_coefficients(matrix.field, (numerators,), denominator)


def _to_significant_bits(number: fmpq, bits: int) -> fmpq:
    size = int(number.p).bit_length() - int(number.q).bit_length()
    return _to_bits(number, bits - size)


def _to_bits(number: fmpq, bits: int) -> fmpq:
    """Return the nearest multiple of 2^−bits."""
    if not number:
        return number
    p, q = int(number.p), int(number.q)
    if bits >= 0:
        return fmpq(((p << bits + 1) + q) // (2 * q), 1 << bits)
    unit = 1 << -bits
    return fmpq((2 * p + q * unit) // (2 * q * unit) * unit)

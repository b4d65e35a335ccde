"""Rational matrices as products of short triangular ones and of one that is close to 1.

The exact triangular factors of a matrix are quotients of its minors: their numbers are longer than
its own as many times as it has rows. Rounded factors leave a last one close to 1. If that is
strictly diagonally dominant, with a positive diagonal, so is every matrix on the straight line from
1 to it, and none of them is singular. So floats may find the factors: what they miss is in the last
one, exactly.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat

from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.matrices.norms import height_bits
from linnet_exact.algebra.matrices.triangular import (
    TriangularFactors,
    eliminate,
    triangular_factors,
)
from linnet_exact.errors import InputError

__all__ = ["NearFactors", "is_dominant", "near_factors"]

SHORT = 1500
"""Exact factors are taken where minors have at most this many bits."""


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
    if matrix.field.degree == 1 and matrix.nrows * bits > SHORT:
        for found in _short_factors(matrix, bits // 2, admissible):
            rest = found.product().inverse() @ matrix
            if is_dominant(rest):
                return NearFactors(found, rest)
    return NearFactors(triangular_factors(matrix, admissible), unit)


def _short_factors(
    matrix: Matrix, most: int, admissible: Callable[[Any], bool]
) -> Iterator[TriangularFactors]:
    """Yield factors whose product is closer and closer to the matrix, the first ones by floats."""
    # A pivot that may not stay is made 1, so entries should not be much larger or smaller.
    size = _power_of_two_near(matrix)
    scaled = matrix * (1 / size)
    if found := _float_factors(scaled, admissible):
        for precision in (16, 32):
            yield _rounded(found, precision, size)
    precision = 32
    while precision < most:
        rounded = _entrywise(scaled, partial(_to_significant_bits, bits=2 * precision))
        if rounded.rank() == rounded.nrows:
            yield _rounded(triangular_factors(rounded, admissible), precision, size)
        precision *= 2


def _float_factors(matrix: Matrix, admissible: Callable[[Any], bool]) -> TriangularFactors | None:
    """Return factors found with floats, or None where they fail; nothing is known of them."""
    rows = [[float(x) for x in row] for row in matrix.rows()]
    size = range(len(rows))
    lower, upper = ([[float(i == j) for j in size] for i in size] for _ in range(2))
    try:
        eliminate(rows, lower, upper, admissible)
        pivots = [rows[k][k] for k in size]
        unit = [[x / pivot for x in row] for row, pivot in zip(rows, pivots, strict=True)]
        diagonal = Matrix([[pivots[i] * (i == j) for j in size] for i in size])
        left, middle, right = _lower(lower), _lower(_turned(upper)).T, _lower(_turned(unit)).T
    except (InputError, ArithmeticError, ValueError):
        return None
    product = middle @ left @ matrix @ right.inverse() @ diagonal.inverse()
    second_lower = _lower(product.rows())
    return TriangularFactors(left.inverse(), middle.inverse(), second_lower, diagonal, right)


def _lower(rows: list[list[Any]]) -> Matrix:
    """Return the unitriangular matrix with what these rows have below the diagonal."""
    return Matrix(
        [[x if i > j else int(i == j) for j, x in enumerate(r)] for i, r in enumerate(rows)]
    )


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


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


def _rounded(factors: TriangularFactors, precision: int, size: Fraction) -> TriangularFactors:
    unit = [_entrywise(part, lambda x: _to_bits(x, precision)) for part in factors]
    diagonal = _entrywise(factors.diagonal, lambda x: _to_significant_bits(x, precision))
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

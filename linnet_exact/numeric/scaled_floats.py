"""Exact matrices as floats times a power of two: right for entries of any size."""

from typing import NamedTuple

import numpy as np

from linnet_exact.algebra import FieldElement, Matrix, NumberField
from linnet_exact.algebra.arrays.packing import nearest_dyadic_doubles
from linnet_exact.arrays import Array

__all__ = ["ScaledFloats", "nearest_doubles", "scaled_floats"]

_MANY = 1000  # bits of integers that floats hold, rounded


class ScaledFloats(NamedTuple):
    """A matrix, as `array` times 2^`exponent`; the largest entries of the array are about 1."""

    array: Array
    exponent: int


def scaled_floats(matrix: Matrix) -> ScaledFloats:
    """Return the nearest floats of a matrix divided by a power of two of its own size.

    Raises
    ------
    InputError
        If an entry is irrational and the field has no real embedding.

    Examples
    --------
    >>> scaled_floats(Matrix([["1/2", 1]]))
    ScaledFloats(array=array([[0.5, 1. ]]), exponent=0)
    >>> scaled_floats(Matrix([[2**5000, 0]]) * 3)
    ScaledFloats(array=array([[1.5, 0. ]]), exponent=5001)
    """
    numbers, denominator = _numerators(matrix)
    largest = _largest(numbers)
    if not largest:
        return ScaledFloats(np.zeros(matrix.shape), 0)
    exponent = largest.bit_length() - denominator.bit_length()
    up, down = denominator << max(exponent, 0), max(-exponent, 0)
    flat = [(x << down) / up for x in numbers]  # Python rounds a quotient of integers correctly
    return ScaledFloats(np.array(flat).reshape(matrix.shape), exponent)


def nearest_doubles(matrix: Matrix) -> Array:
    """Return the nearest float64 entries, infinite where an entry is larger than any float64.

    Examples
    --------
    >>> nearest_doubles(Matrix([["1e400", "-1e400", "1e-400", 1]])).tolist()
    [[inf, -inf, 0.0, 1.0]]
    """
    if matrix.field.degree == 1:
        floats = nearest_dyadic_doubles(matrix.coefficients[0], matrix.denominator)
        if floats is not None:
            return floats
    numbers, denominator = _numerators(matrix)
    shift = denominator.bit_length() - 1
    if denominator == 1 << shift and _largest(numbers).bit_length() < _MANY:
        rounded = np.array(numbers, dtype=np.float64).reshape(matrix.shape)
        quick = np.ldexp(rounded, -shift)
        normal = abs(quick) >= np.finfo(np.float64).tiny  # others were rounded twice
        if (normal | (rounded == 0)).all():
            return quick
    return np.array([_double(x, denominator) for x in numbers]).reshape(matrix.shape)


def _largest(numbers: list[int]) -> int:
    return max(max(numbers, default=0), -min(numbers, default=0))


def _double(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator
    except OverflowError:
        return float("inf") if numerator > 0 else float("-inf")


def _numerators(matrix: Matrix) -> tuple[list[int], int]:
    """Return integers over one denominator; for irrational entries, of numbers next to them."""
    field = matrix.field
    if not isinstance(field, NumberField):
        return [int(x) for x in matrix.coefficients[0].entries()], int(matrix.denominator)
    parts = [_dyadic(field(x)) for row in matrix.rows() for x in row]
    low = min((exponent for _, exponent in parts), default=0)
    numbers = [mantissa << exponent - low for mantissa, exponent in parts]
    return (numbers, 1 << -low) if low < 0 else ([x << low for x in numbers], 1)


def _dyadic(number: FieldElement) -> tuple[int, int]:
    """Return m, x with m 2^x next to a field element, closer than any float is."""
    ball = number.enclosure(80)
    mantissa, exponent = ball.mid().man_exp()
    return int(mantissa), int(exponent) if mantissa else 0

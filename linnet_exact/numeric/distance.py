"""Decimal bounds for Frobenius norms, of which the squares are exact."""

from decimal import Decimal
from fractions import Fraction
from math import floor, isqrt, log10
from typing import TYPE_CHECKING

from flint import arb

if TYPE_CHECKING:
    from linnet_exact.algebra.fields.field import Scalar

__all__ = ["Bounds", "bounds_of_root", "decimal_or_float"]

DIGITS = 17

Bounds = tuple[Decimal, Decimal]
"""A lower and an upper bound; they are equal for numbers with few digits."""


def bounds_of_root(square: "Scalar") -> Bounds:
    """Return decimal numbers of 17 digits around the square root of a number that is not negative.

    Examples
    --------
    >>> bounds_of_root(Fraction(25, 4))
    (Decimal('2.5'), Decimal('2.5'))
    >>> [str(bound) for bound in bounds_of_root(Fraction(2, 10**800))]
    ['1.4142135623730950E-400', '1.4142135623730951E-400']
    """
    low, high = _rational_bounds(square)
    return _root(low, upward=False), _root(high, upward=True)


def decimal_or_float(bounds: Bounds) -> float | str:
    """Return a float where floats have full precision, else a decimal text that is no less.

    Examples
    --------
    >>> decimal_or_float(bounds_of_root(Fraction(25, 4)))
    2.5
    >>> decimal_or_float(bounds_of_root(Fraction(2, 10**800)))
    '1.4142135623730951E-400'
    """
    upper = bounds[1]
    fits = not upper or Decimal("2.3e-308") < upper < Decimal("1.7e308")
    return float(upper) if fits else str(upper)


def _root(square: Fraction, upward: bool) -> Decimal:
    if square <= 0:
        return Decimal(0)
    bits = square.numerator.bit_length() - square.denominator.bit_length()
    places = DIGITS - floor(bits / 2 * log10(2))
    up, down = 10 ** (2 * max(places, 0)), 10 ** (2 * max(-places, 0))
    numerator, denominator = square.numerator * up, square.denominator * down
    root = isqrt(numerator // denominator)
    exact = root * root * denominator == numerator
    while root >= 10**DIGITS or (exact and root % 10 == 0):
        root, rest, places = root // 10, root % 10, places - 1
        exact = exact and not rest
    digits = Decimal(root + (upward and not exact)).as_tuple().digits
    return Decimal((0, digits, -places))


def _rational_bounds(number: "Scalar") -> tuple[Fraction, Fraction]:
    if isinstance(number, Fraction):
        return number, number
    ball = number.enclosure(80)
    return _fraction(ball.lower()), _fraction(ball.upper())


def _fraction(point: arb) -> Fraction:
    mantissa, exponent = point.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)

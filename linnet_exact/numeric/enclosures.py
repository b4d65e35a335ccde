"""Balls around exact matrices, and decimal bounds around balls."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from flint import arb, arb_mat

from linnet_exact.algebra import Matrix
from linnet_exact.numeric.distance import Bounds

__all__ = ["decimals", "enclosed"]


def enclosed(matrix: Matrix) -> arb_mat:
    """Return balls around the entries of a rational matrix, in the precision of the context.

    Examples
    --------
    >>> enclosed(Matrix([["1/4"]]))
    [0.250000000000000]
    """
    return arb_mat(matrix.coefficients[0]) * (1 / arb(matrix.denominator))


def decimals(low: arb, high: arb, digits: int) -> Bounds:
    """Return bounds of so many digits: the lower end of `low`, the upper end of `high`.

    Examples
    --------
    >>> decimals(arb(1) / 3, arb(1) / 3, 4)
    (Decimal('0.3333'), Decimal('0.3334'))
    """
    return _rounded(low.lower(), digits, ROUND_FLOOR), _rounded(high.upper(), digits, ROUND_CEILING)


def _rounded(point: arb, digits: int, rounding: str) -> Decimal:
    mantissa, exponent = point.man_exp()
    up, down = max(int(exponent), 0), max(-int(exponent), 0)
    context = Context(prec=digits, rounding=rounding)
    return context.divide(Decimal(int(mantissa) << up), Decimal(1 << down))

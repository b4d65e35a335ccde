"""Rigorous balls around the roots of integer polynomials, and decisions by shrinking balls."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flint import acb, arb, ctx, fmpz_poly

__all__ = [
    "FIRST_PRECISION",
    "Enclose",
    "complex_roots",
    "is_real",
    "select_root",
    "sign_by_refinement",
]

FIRST_PRECISION = 64
"""Bits of the first enclosure tried; doubled until it decides the question."""

Enclose = Callable[[int], acb]
"""Given a working precision in bits, a ball around a number; it shrinks to it as bits grow."""


def complex_roots(polynomial: fmpz_poly, bits: int) -> list[acb]:
    """Return disjoint balls around the complex roots of a squarefree polynomial.

    Each ball has about `bits` correct bits. Real roots come first, in ascending order, with an
    imaginary part that is exactly 0.

    Examples
    --------
    >>> [root.str(5) for root in complex_roots(fmpz_poly([-1, 0, 0, 0, 1]), 53)]
    ['-1.0000', '1.0000', '1.0000j', '-1.0000j']
    """
    return list(_cached_roots(tuple(polynomial.coeffs()), bits))


def select_root(polynomial: fmpz_poly, enclose: Enclose) -> tuple[fmpz_poly, acb]:
    """Return the irreducible factor and the ball of the root that the enclosures close in on.

    `enclose` must enclose one of the roots at every precision, or this does not end.

    Examples
    --------
    >>> select_root(fmpz_poly([0, -3, 1]), lambda bits: acb(3))[0]
    x + (-3)
    """
    factors = [factor for factor, _ in polynomial.factor()[1]]
    bits = FIRST_PRECISION
    while True:
        with ctx.workprec(bits):
            target = enclose(bits)
        hits = [
            (factor, ball)
            for factor in factors
            for ball in complex_roots(factor, bits)
            if ball.overlaps(target)
        ]
        if len(hits) == 1:
            factor, ball = hits[0]
            return factor, ball
        bits *= 2


def is_real(ball: acb) -> bool:
    """Return whether a ball of `complex_roots` is around a real root.

    Examples
    --------
    >>> [is_real(ball) for ball in complex_roots(fmpz_poly([-2, 0, 0, 1]), 53)]
    [True, False, False]
    """
    return bool(ball.imag.is_zero())


def sign_by_refinement(enclose: Callable[[int], arb]) -> int:
    """Return the sign, 1 or -1, of a real number known not to be zero, by shrinking its enclosure.

    Examples
    --------
    >>> sign_by_refinement(lambda bits: arb(-3))
    -1
    """
    bits = FIRST_PRECISION
    while (ball := enclose(bits)).contains(0):
        bits *= 2
    return 1 if ball > 0 else -1


@lru_cache(maxsize=256)
def _cached_roots(coefficients: tuple[int, ...], bits: int) -> tuple[acb, ...]:
    with ctx.workprec(bits):
        roots: Any = fmpz_poly(list(coefficients)).complex_roots()
        return tuple(ball for ball, _ in roots)

"""Decisions by enclosures that shrink: which root of a polynomial a number is, and its sign."""

from collections.abc import Callable

from flint import acb, arb, ctx, fmpq, fmpz_poly

from linnet_exact.algebra.numbers.root_isolation import (
    FIRST_PRECISION,
    complex_roots,
    is_real,
    real_roots,
)
from linnet_exact.errors import TooLargeError

__all__ = [
    "Enclose",
    "limit_degree",
    "locate_root",
    "root_of_unity",
    "select_root",
    "sign_by_refinement",
]

MAX_CANDIDATE_DEGREE = 128
"""Largest degree of a polynomial that is factored on the way to a sum, a product or a root."""

Enclose = Callable[[int], acb]
"""Given a working precision in bits, a ball around a number; it shrinks to it as bits grow."""


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
        roots = real_roots if is_real(target) else complex_roots
        hits = [
            (factor, ball)
            for factor in factors
            for ball in roots(factor, bits)
            if ball.overlaps(target)
        ]
        if len(hits) == 1:
            factor, ball = hits[0]
            return factor, ball
        bits *= 2


def locate_root(polynomial: fmpz_poly, ball: acb, bits: int) -> tuple[int, acb]:
    """Return which root a ball isolates, and a ball around it with at least so many correct bits.

    `ball` must be one that `real_roots` or `complex_roots` gave, at some precision; roots are
    counted as in what the same function gives.

    Examples
    --------
    >>> locate_root(fmpz_poly([-2, 0, 1]), real_roots(fmpz_poly([-2, 0, 1]), 8)[1], 53)[0]
    1
    """
    roots = real_roots if is_real(ball) else complex_roots
    while True:
        balls = roots(polynomial, bits)
        hits = [(index, closer) for index, closer in enumerate(balls) if closer.overlaps(ball)]
        if len(hits) == 1:
            return hits[0]
        bits *= 2


def root_of_unity(order: int) -> tuple[fmpz_poly, acb]:
    """Return the cyclotomic polynomial and the ball of exp(2 pi i / order).

    Raises
    ------
    TooLargeError
        If the degree is too large.

    Examples
    --------
    >>> root_of_unity(3)[0]
    x^2 + x + 1
    """
    # The degree phi(n) is at least sqrt(n / 2), so larger orders need not be tried.
    limit_degree(order if order > 2 * MAX_CANDIDATE_DEGREE**2 else 1)
    polynomial = fmpz_poly.cyclotomic(order)
    limit_degree(int(polynomial.degree()))
    angle = fmpq(2, order)
    return select_root(polynomial, lambda _: acb(arb(angle).cos_pi(), arb(angle).sin_pi()))


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


def limit_degree(degree: int) -> None:
    """Raise `TooLargeError` if a polynomial of this degree is too large to be factored.

    Examples
    --------
    >>> limit_degree(128)
    """
    if degree > MAX_CANDIDATE_DEGREE:
        raise TooLargeError(
            f"combining these numbers needs a polynomial of degree {degree}; "
            f"the limit is {MAX_CANDIDATE_DEGREE}"
        )

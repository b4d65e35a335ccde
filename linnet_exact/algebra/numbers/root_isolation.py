"""Rigorous balls around the roots of integer polynomials.

FLINT isolates all complex roots at once, in a moment unless some are very close to each other. So
it is called with one precision after the other, in steps that are short, and not beyond a limit.
Real roots can be told apart all the same (see `linnet_exact.algebra.numbers.real_roots`), and once
they are divided out the others mostly can be, too. Isolated roots are refined by Newton's method.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeAlias

from flint import acb, acb_poly, arb, ctx, fmpq, fmpz_poly

from linnet_exact.algebra.numbers.interrupts import interrupts_deferred
from linnet_exact.algebra.numbers.real_roots import Bracket, Work, brackets, dyadic, narrowed
from linnet_exact.errors import TooLargeError

__all__ = [
    "FIRST_PRECISION",
    "MAX_BITS",
    "complex_roots",
    "is_real",
    "number_of_real_roots",
    "real_roots",
]

FIRST_PRECISION = 64
"""Bits of the first enclosure tried; doubled until it decides the question."""

MAX_BITS = 10_000_000
"""Most bits of precision that may be asked for."""

ISOLATION_WORK = 1 << 21
"""Largest square of the degree times bits of precision in one call of FLINT: half a second."""

Coefficients: TypeAlias = tuple[int, ...]
"""The coefficients of a squarefree polynomial, constant term first."""


def complex_roots(polynomial: fmpz_poly, bits: int) -> list[acb]:
    """Return disjoint balls around the complex roots of a squarefree polynomial.

    Each ball has at least `bits` correct bits. Real roots come first, in ascending order, with an
    imaginary part that is exactly 0; then pairs of conjugates.

    Raises
    ------
    TooLargeError
        If some roots are too close together to be told apart in the time allowed.

    Examples
    --------
    >>> [root.str(5, radius=False) for root in complex_roots(fmpz_poly([2, 1, 1, 1]), 53)]
    ['-1.3532', '0.17660 + 1.2028j', '0.17660 - 1.2028j']
    """
    coefficients = tuple(map(int, polynomial.coeffs()))
    return [*_real_roots(coefficients, bits), *_other_roots(coefficients, bits)]


def real_roots(polynomial: fmpz_poly, bits: int) -> list[acb]:
    """Return disjoint balls around the real roots of a squarefree polynomial, in ascending order.

    Each has at least `bits` correct bits and an imaginary part that is exactly 0.

    Raises
    ------
    TooLargeError
        If some roots are too close together to be told apart in the time allowed.

    Examples
    --------
    >>> [root.str(5, radius=False) for root in real_roots(fmpz_poly([-2, 0, 0, 1]), 53)]
    ['1.2599']
    """
    return list(_real_roots(tuple(map(int, polynomial.coeffs())), bits))


def number_of_real_roots(polynomial: fmpz_poly) -> int:
    """Return how many real roots a squarefree polynomial has.

    Examples
    --------
    >>> number_of_real_roots(fmpz_poly([-2, 0, 0, 1]))
    1
    """
    return len(real_roots(polynomial, FIRST_PRECISION))


def is_real(ball: acb) -> bool:
    """Return whether a ball of `complex_roots` is around a real root.

    Examples
    --------
    >>> [is_real(ball) for ball in complex_roots(fmpz_poly([-2, 0, 0, 1]), 53)]
    [True, False, False]
    """
    return bool(ball.imag.is_zero())


@lru_cache(maxsize=256)
def _real_roots(coefficients: Coefficients, bits: int) -> tuple[acb, ...]:
    polynomial, work = fmpz_poly(list(coefficients)), Work()
    roots, accuracy = _isolated_real_roots(coefficients), bits
    while True:
        roots = tuple(_narrowed(polynomial, root, accuracy, work) for root in roots)
        balls = [_ball(root, accuracy) for root in roots]
        if not any(a.overlaps(b) for a, b in pairwise(balls)):
            return tuple(balls)
        accuracy *= 2  # balls are rounded, and so a little larger than brackets


@lru_cache(maxsize=256)
def _isolated_real_roots(coefficients: Coefficients) -> tuple[Bracket, ...]:
    polynomial, work = fmpz_poly(list(coefficients)), Work()
    together = _isolated_together(coefficients)
    if together is None:
        # Wide brackets take long to become narrow: once is enough.
        found = [_narrowed(polynomial, root, 64, work) for root in brackets(polynomial, work)]
    else:
        found = [_bracket(polynomial, ball.real) for ball in together if is_real(ball)]
    zero = Bracket(fmpq(0), fmpq(0), 0)  # else no interval around 0 has a correct bit
    return tuple(
        zero if polynomial[0] == 0 and root.low <= 0 <= root.high else root for root in found
    )


def _bracket(polynomial: fmpz_poly, ball: arb) -> Bracket:
    middle, radius = dyadic(ball.mid()), dyadic(ball.rad())  # lower() and upper() would round
    low, high = middle - radius, middle + radius
    left, right = polynomial(low), polynomial(high)
    if left == 0 or right == 0:
        low = high = low if left == 0 else high
    return Bracket(low, high, 1 if left > 0 else -1)


def _narrowed(polynomial: fmpz_poly, root: Bracket, bits: int, work: Work) -> Bracket:
    """Return a bracket short enough for a ball with so many correct bits."""
    steps = narrowed(polynomial, root, work)
    while _ball(root, bits).rel_accuracy_bits() < bits and root.low != root.high:
        if polynomial[0] == 0 and root.low <= 0 <= root.high:
            break  # the root is 0
        root = next(steps)
    return root


def _ball(root: Bracket, bits: int) -> acb:
    with ctx.workprec(bits + 32):
        return acb(arb(root.low).union(arb(root.high)))


@lru_cache(maxsize=256)
def _other_roots(coefficients: Coefficients, bits: int) -> tuple[acb, ...]:
    polynomial = fmpz_poly(list(coefficients))
    for precision in _precisions(polynomial.degree()):
        upper = _upper_roots(coefficients, precision)
        refined = [_refined(polynomial, ball, bits) for ball in upper or ()]
        if upper is not None and None not in refined:
            with ctx.workprec(2 * bits + precision):  # to mirror a ball is to round it
                return tuple(ball for root in refined if root for ball in (root, root.conjugate()))
    raise TooLargeError(
        f"the complex roots of a polynomial of degree {polynomial.degree()} with coefficients of "
        f"{polynomial.height_bits()} bits lie too close together to be told apart in the time "
        "allowed; choose numbers, or a generator, with smaller coefficients"
    )


def _precisions(degree: int) -> Iterator[int]:
    precision = FIRST_PRECISION
    while precision <= max(256, min(1 << 13, ISOLATION_WORK // degree**2)):
        yield precision
        precision *= 2


@lru_cache(maxsize=256)
def _isolated_together(coefficients: Coefficients) -> tuple[acb, ...] | None:
    """Return balls that isolate all roots, if FLINT tells them apart with little precision."""
    degree = len(coefficients) - 1
    for precision in _precisions(degree):
        if precision > max(256, 1 << 11 >> degree.bit_length()):
            return None
        if (balls := _isolated(coefficients, precision)) is not None:
            return balls
    return None


def _upper_roots(coefficients: Coefficients, precision: int) -> list[acb] | None:
    """Return isolating balls around the roots with positive imaginary part."""
    together = _isolated_together(coefficients)
    if together is not None:
        isolated = _isolated(coefficients, precision)
        return None if isolated is None else [ball for ball in isolated if ball.imag > 0]
    with ctx.workprec(precision):
        rest = [arb(c) for c in coefficients]
    for root in _real_roots(coefficients, precision):
        with ctx.workprec(precision):
            rest = _divided(rest, root.real)
    if len(rest) == 1:
        return []
    balls = _roots_at(acb_poly(rest), precision)
    if balls is None or any(ball.imag.contains(0) for ball in balls):
        return None
    return [ball for ball in balls if ball.imag > 0]


def _divided(coefficients: list[arb], root: arb) -> list[arb]:
    """Return the quotient by x - root, by Horner's rule."""
    quotient = [coefficients[-1]]
    for c in coefficients[-2:0:-1]:
        quotient.append(c + root * quotient[-1])
    return quotient[::-1]


@lru_cache(maxsize=256)
def _isolated(coefficients: Coefficients, precision: int) -> tuple[acb, ...] | None:
    """Return isolating balls around all roots, real ones first; None if precision is too small."""
    polynomial = fmpz_poly(list(coefficients))
    degree = polynomial.degree()
    # Roots with a common large part lie apart when their mean is subtracted.
    mean = round(Fraction(-int(polynomial[degree - 1]), degree * int(polynomial[degree])))
    with ctx.workprec(precision):
        balls = _roots_at(acb_poly(polynomial(fmpz_poly([mean, 1]))), precision)
    if balls is None:
        return None
    with ctx.workprec(precision + mean.bit_length()):
        balls = [ball + mean for ball in balls]
    real = []
    for place, ball in enumerate(balls):
        if ball.imag.contains(0):
            with ctx.workprec(precision + mean.bit_length()):
                mirrored = ball.conjugate()
            if any(mirrored.overlaps(other) for at, other in enumerate(balls) if at != place):
                return None
            real.append(acb(ball.real))  # the mirror image of its root is its root
    others = [ball for ball in balls if not ball.imag.contains(0)]
    others.sort(key=lambda ball: (dyadic(ball.real.mid()), dyadic(ball.imag.mid())))
    real.sort(key=lambda ball: dyadic(ball.real.mid()))
    return (*real, *others)


def _roots_at(polynomial: acb_poly, precision: int) -> list[acb] | None:
    with ctx.workprec(precision), interrupts_deferred():
        try:
            balls = polynomial.roots(maxprec=precision)
        except ValueError:
            return None
    if any(a.overlaps(b) for a, b in combinations(balls, 2)):
        return None
    return balls


def _refined(polynomial: fmpz_poly, ball: acb, bits: int) -> acb | None:
    """Return a ball with so many correct bits by Newton's method; None if it does not converge."""
    if ball.rel_accuracy_bits() >= bits:
        return ball
    slope, degree = polynomial.derivative(), polynomial.degree()
    point = ball.mid()
    with ctx.workprec(bits + 64 + int(polynomial.height_bits())):
        for _ in range(bits.bit_length() + 8):
            step = acb_poly(polynomial)(point) / acb_poly(slope)(point)
            # Some root is at most degree * |f / f'| away (Laguerre).
            radius = arb(0, (degree * abs(step)).upper())
            closer = point + acb(radius, radius)
            if not radius.is_finite():
                return None
            if closer.rel_accuracy_bits() >= bits:
                return closer if ball.contains(closer) else None
            point = (point - step).mid()
    return None

"""Rational intervals around the real roots of integer polynomials, whatever their distances.

Between two neighbouring real roots of its derivative a polynomial is monotonic, so it has a root
there exactly when its signs at the two differ. Applied to the derivative's squarefree part first,
and so on, this isolates real roots that lie closer together than any fixed number of digits tells.
Intervals shrink by Newton's method with interval arithmetic (Moore, Interval Analysis, 1966), or
are halved where that makes no progress. No step is long, so work can be counted, and interrupted.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from flint import arb, arb_poly, ctx, fmpq, fmpz_poly

from linnet_exact.errors import TooLargeError

__all__ = ["Bracket", "Work", "brackets", "dyadic", "narrowed"]

MAX_WORK = 1 << 32
"""Most bits of coefficients that are read, over all evaluations for one polynomial."""


class Work:
    """Counts the bits that evaluations read, and ends the search when they are too many."""

    def __init__(self, limit: int = MAX_WORK) -> None:
        self._left = limit

    def spend(self, polynomial: fmpz_poly, bits: int) -> None:
        """Count one evaluation with so many bits.

        Raises
        ------
        TooLargeError
            If the limit is exceeded.

        Examples
        --------
        >>> Work().spend(fmpz_poly([-2, 0, 1]), 64)
        """
        self._left -= polynomial.length() * bits
        if self._left < 0:
            raise TooLargeError(
                f"the real roots of a polynomial of degree {polynomial.degree()} with coefficients "
                f"of {polynomial.height_bits()} bits lie too close together to be told apart in "
                "the time allowed; choose numbers, or a generator, with smaller coefficients"
            )


class Bracket(NamedTuple):
    """An interval [low, high] with one real root, a simple one; `sign` is the sign left of it."""

    low: fmpq
    high: fmpq
    sign: int


def brackets(polynomial: fmpz_poly, work: Work) -> list[Bracket]:
    """Return disjoint intervals around the real roots of a squarefree polynomial, in order.

    Raises
    ------
    TooLargeError
        If too much work is needed to tell the roots apart.

    Examples
    --------
    >>> [bracket.high <= 0 for bracket in brackets(fmpz_poly([-2, 0, 1]), Work())]
    [True, False]
    """
    if polynomial.degree() < 1:
        return []
    if polynomial.degree() == 1:
        root = -fmpq(polynomial[0], polynomial[1])
        return [Bracket(root, root, -1 if polynomial[1] > 0 else 1)]
    slope = polynomial.derivative()
    slope = slope / slope.gcd(slope.derivative()) if slope.degree() > 1 else slope
    bound = _root_bound(polynomial)
    ends = [(-bound, -bound)]
    for bracket in brackets(slope, work):
        turning = _away_from_roots(polynomial, slope, bracket, work)
        ends.append((turning.low, turning.high))
    ends.append((bound, bound))
    signs = [_sign(polynomial, high, work) for _, high in ends]
    return [
        Bracket(before[1], after[0], sign)
        for (before, after), (sign, next_sign) in zip(pairwise(ends), pairwise(signs), strict=True)
        if sign != next_sign
    ]


def narrowed(polynomial: fmpz_poly, bracket: Bracket, work: Work) -> Iterator[Bracket]:
    """Yield ever shorter intervals around the root, until one has length 0, if ever.

    Examples
    --------
    >>> polynomial = fmpz_poly([-2, 0, 1])
    >>> steps = narrowed(polynomial, Bracket(fmpq(1), fmpq(2), -1), Work())
    >>> [float((step.high - step.low).p) < 2**60 for step, _ in zip(steps, range(3))]
    [True, True, True]
    """
    slope = polynomial.derivative()
    extra = 64 + int(polynomial.height_bits())  # what cancels when large terms nearly do
    precision = extra + 2 * _bits_known(bracket)
    cut = 1  # a cut takes off a part of 2^-cut: of the lower end, or if negative of the upper one
    while bracket.low != bracket.high:
        width = bracket.high - bracket.low
        work.spend(polynomial, 2 * precision)
        shorter = _newton(polynomial, slope, bracket, precision)
        if shorter.high - shorter.low > width / 4:
            shorter, cut = _cut(polynomial, shorter, cut, work)
        else:
            precision = extra + 2 * _bits_known(shorter)
        yield (bracket := shorter)


def _newton(polynomial: fmpz_poly, slope: fmpz_poly, bracket: Bracket, precision: int) -> Bracket:
    """Intersect with m - f(m) / f'([low, high]), which holds the root as well."""
    with ctx.workprec(precision):
        middle = arb(bracket.low + bracket.high) / 2
        middle = arb(middle.mid())
        whole = arb(bracket.low).union(arb(bracket.high))
        slopes = arb_poly(slope)(whole)
        if slopes.contains(0):
            return bracket
        image = middle - arb_poly(polynomial)(middle) / slopes
        low, high = dyadic(image.lower()), dyadic(image.upper())
    return Bracket(max(bracket.low, low), min(bracket.high, high), bracket.sign)


def _cut(polynomial: fmpz_poly, bracket: Bracket, cut: int, work: Work) -> tuple[Bracket, int]:
    """Cut the interval in two; return the part with the root, and where to cut next.

    A root that stays next to one end is pursued by parts of 1/2, 1/4, 1/16, 1/256, …
    """
    low, high, sign = bracket
    if low < 0 < high:
        middle = fmpq(0)
    elif cut > 0:
        middle = low + (high - low) * _power_of_two(-cut)
    else:
        middle = high - (high - low) * _power_of_two(cut)
    found = _sign(polynomial, middle, work)
    if found == 0:
        return Bracket(middle, middle, sign), 1
    if found == sign:
        return Bracket(middle, high, sign), 2 * cut if cut < 0 else -2 if cut == 1 else 1
    return Bracket(low, middle, sign), 2 * cut if cut > 0 else 1


def _exponent(number: fmpq) -> int:
    return int(abs(number.p)).bit_length() - int(number.q).bit_length()


def _power_of_two(exponent: int) -> fmpq:
    return fmpq(1 << exponent) if exponent >= 0 else fmpq(1, 1 << -exponent)


def _away_from_roots(
    polynomial: fmpz_poly, slope: fmpz_poly, bracket: Bracket, work: Work
) -> Bracket:
    """Narrow the interval around a root of the slope until the polynomial has no root in it."""
    steps = narrowed(slope, bracket, work)
    while True:
        precision = 64 + int(polynomial.height_bits()) + 2 * _bits_known(bracket)
        work.spend(polynomial, precision)
        with ctx.workprec(precision):
            around = arb(bracket.low).union(arb(bracket.high))
            if not arb_poly(polynomial)(around).contains(0):
                return bracket
        if bracket.low == bracket.high:  # the root of the slope is rational
            assert _sign(polynomial, bracket.low, work)
            return bracket
        bracket = next(steps)


def _bits_known(bracket: Bracket) -> int:
    size = max(abs(bracket.low), abs(bracket.high))
    width = bracket.high - bracket.low
    return (
        max(0, _exponent(size) - _exponent(width) + 1) if width else int(bracket.low.height_bits())
    )


def _sign(polynomial: fmpz_poly, point: fmpq, work: Work) -> int:
    height, size = int(polynomial.height_bits()), int(point.height_bits())
    precision = 64 + size + height
    exact = polynomial.length() * (size + height + 8)
    while True:
        work.spend(polynomial, precision)
        if precision > exact:
            value = polynomial(point)
            return int(value > 0) - int(value < 0)
        with ctx.workprec(precision):
            ball = arb_poly(polynomial)(arb(point))
        if not ball.contains(0):
            return 1 if ball > 0 else -1
        precision *= 2


def _root_bound(polynomial: fmpz_poly) -> fmpq:
    """Return a power of two above the sizes of all roots (Fujiwara)."""
    n, lead = polynomial.degree(), int(abs(polynomial[polynomial.degree()])).bit_length() - 1
    exponents = [
        -(-(int(abs(polynomial[n - k])).bit_length() - lead) // k)
        for k in range(1, n + 1)
        if polynomial[n - k]
    ]
    return _power_of_two(max(exponents, default=0) + 2)


def dyadic(point: arb) -> fmpq:
    """Return the rational number that a ball of radius 0 is.

    Examples
    --------
    >>> dyadic(arb(3) / 2)
    3/2
    """
    mantissa, exponent = point.man_exp()
    return fmpq(mantissa) * _power_of_two(int(exponent))

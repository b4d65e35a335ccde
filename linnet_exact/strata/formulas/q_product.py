"""Products of powers of q and of factors q^k − 1, such as the orders of groups over F_q."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import log2, prod
from typing import NamedTuple

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.prime_powers import checked_prime_power

__all__ = ["QProduct", "check_bits", "check_terms", "cyclotomic"]

_BIT_LIMIT = 50_000_000
_TERM_LIMIT = 30_000_000


class QProduct(NamedTuple):
    """The polynomial q^power · ∏ (q^k − 1)^m over the `factors` (k, m); some m may be negative."""

    power: int
    factors: tuple[tuple[int, int], ...]

    @property
    def degree(self) -> int:
        """The degree in q."""
        return self.power + sum(k * m for k, m in self.factors)

    def at(self, q: int) -> int:
        """Return the number of points over the field with `q` elements.

        Raises
        ------
        InputError
            If `q` is not a prime power.
        TooLargeError
            If the number would have more than some ten million digits.

        Examples
        --------
        >>> QProduct(1, ((2, 1),)).at(5)  # q (q² − 1)
        120
        """
        p, n = checked_prime_power(q)
        q = p**n  # NumPy's integers would overflow
        size = self.power + sum(k * abs(m) for k, m in self.factors)
        check_bits(size * log2(q))
        above = prod((q**k - 1) ** m for k, m in self.factors if m > 0)
        below = prod((q**k - 1) ** -m for k, m in self.factors if m < 0)
        return int(q**self.power * (above // below))

    def coefficients(self) -> list[int]:
        """Return the coefficients of the polynomial, that of q^0 first.

        Raises
        ------
        TooLargeError
            If that would take minutes.

        Examples
        --------
        >>> QProduct(1, ((2, 1),)).coefficients()
        [0, -1, 0, 1]
        """
        largest = self.power + sum(k * m for k, m in self.factors if m > 0)
        check_terms(largest * sum(abs(m) for _, m in self.factors))
        return self.times([1])

    def cyclotomic_exponents(self) -> dict[int, int]:
        """Return {n: exponent of the n-th cyclotomic polynomial}, the powers of q left out.

        These are the irreducible factors over Q; q^k − 1 is the product of those with n | k.

        Examples
        --------
        >>> QProduct(1, ((4, 1), (1, -1))).cyclotomic_exponents()  # q (q + 1) (q² + 1)
        {2: 1, 4: 1}
        """
        largest = max((k for k, _ in self.factors), default=0)
        sums = {n: sum(m for k, m in self.factors if k % n == 0) for n in range(1, largest + 1)}
        return {n: exponent for n, exponent in sums.items() if exponent}

    def inverse(self) -> QProduct:
        """Return 1 divided by this product; the power of q becomes negative.

        Examples
        --------
        >>> QProduct(2, ((1, 1),)).inverse()
        QProduct(power=-2, factors=((1, -1),))
        """
        return QProduct(-self.power, tuple((k, -m) for k, m in self.factors))

    @property
    def euler_characteristic(self) -> int:
        """The value at q = 1: the Euler characteristic with compact support over C."""
        # q^k − 1 vanishes once at q = 1, and (q^k − 1) / (q − 1) is k there.
        if sum(m for _, m in self.factors):
            return 0
        above = prod(k**m for k, m in self.factors if m > 0)
        return int(above // prod(k**-m for k, m in self.factors if m < 0))

    def times(self, coefficients: list[int]) -> list[int]:
        """Return the coefficients of this product times a polynomial, which must be a polynomial.

        Examples
        --------
        >>> QProduct(1, ((1, -1), (2, 1))).times([5, 1])  # q (q + 1) (5 + q)
        [0, 5, 6, 1]
        """
        for k, m in self.factors:
            for _ in range(m):
                coefficients = _times_cyclic(coefficients, k)
        for k, m in self.factors:
            for _ in range(-m):
                coefficients = _over_cyclic(coefficients, k)
        return [0] * self.power + coefficients[max(0, -self.power) :]


@lru_cache(maxsize=256)
def cyclotomic(n: int) -> QProduct:
    """Return the n-th cyclotomic polynomial: q^n − 1 without what divides a smaller q^d − 1.

    Examples
    --------
    >>> cyclotomic(6), cyclotomic(6).coefficients()
    (QProduct(power=0, factors=((1, 1), (2, -1), (3, -1), (6, 1))), [1, -1, 1])
    """
    exponents = Counter({n: 1})
    for d in range(1, n):
        if n % d == 0:
            exponents.subtract(dict(cyclotomic(d).factors))
    return QProduct(0, tuple(sorted((k, m) for k, m in exponents.items() if m)))


def check_bits(bits: float) -> None:
    """Refuse numbers of more than some fifteen million digits.

    Raises
    ------
    TooLargeError
        If `bits` is above the limit.

    Examples
    --------
    >>> check_bits(1000)
    """
    if bits > _BIT_LIMIT:
        raise TooLargeError(f"the number of points would have about {bits * 0.30103:.0f} digits")


def check_terms(terms: float) -> None:
    """Refuse arithmetic of more than some ten million steps.

    Raises
    ------
    TooLargeError
        If `terms` is above the limit.

    Examples
    --------
    >>> check_terms(1000)
    """
    if terms > _TERM_LIMIT:
        raise TooLargeError(
            f"counting points would take about {terms:.0f} operations; the limit is {_TERM_LIMIT}"
        )


def _times_cyclic(coefficients: list[int], k: int) -> list[int]:
    """Return the coefficients of the polynomial times q^k − 1."""
    zeros = [0] * k
    pairs = zip(zeros + coefficients, coefficients + zeros, strict=True)
    return [shifted - here for shifted, here in pairs]


def _over_cyclic(coefficients: list[int], k: int) -> list[int]:
    """Return the coefficients of the polynomial divided by q^k − 1, which must divide it."""
    quotient = [-number for number in coefficients[: len(coefficients) - k]]
    for position in range(k, len(quotient)):
        quotient[position] += quotient[position - k]
    return quotient

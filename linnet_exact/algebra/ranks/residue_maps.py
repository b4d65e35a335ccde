"""Ring homomorphisms from exact numbers to prime fields, chosen at random.

A prime p and a root t of the minimal polynomial modulo p give Z[a] -> F_p, a -> t: one word-size
image of a matrix over Q(a). Over Q every prime will do, with t = 0.
"""

import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from math import lcm
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from flint import (
    fmpz,
    fmpz_mat,
    fmpz_mod_ctx,
    fmpz_mod_mat,
    fmpz_mod_poly_ctx,
    nmod_mat,
    nmod_poly,
)

from linnet_exact.algebra.fields.field import Field

if TYPE_CHECKING:
    from linnet_exact.algebra.arrays.entries import Coefficients

__all__ = [
    "PRIME_RANGE",
    "Place",
    "images",
    "modular",
    "places",
    "random_prime",
    "reduce_matrix",
    "roots_modulo",
]

_WIDE = sys.maxsize > 1 << 32
PRIME_RANGE = (1 << 60, 1 << 61) if _WIDE else (1 << 30, 1 << 31)
"""FLINT eliminates fastest, counted by bits, modulo primes of up to 61 bits: n = 256 takes 3.4 ms
with 31 bits, 4.2 with 61, 5.4 with 63 (python-flint 0.9, one core). Its words are those of the
platform: in WebAssembly they have 32 bits."""


class Place(NamedTuple):
    """A prime and distinct roots of the minimal polynomial modulo it, one for each map to F_p."""

    prime: int
    roots: tuple[int, ...]


def random_prime(random: Random, low: int, high: int) -> int:
    """Return a prime p with low <= p < high < 2^64, all of them equally likely.

    Examples
    --------
    >>> random_prime(Random(1), 24, 30)
    29
    """
    while True:
        candidate = random.randrange(low, high)
        if fmpz(candidate).is_prime():  # proven for word-size numbers
            return candidate


def places(field: Field, seed: int = 0) -> Iterator[Place]:
    """Yield random distinct primes modulo which the minimal polynomial has roots, with all of them.

    No answer depends on the seed: an unlucky prime costs time only.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.field import QQ
    >>> place = next(places(QQ))
    >>> PRIME_RANGE[0] <= place.prime < PRIME_RANGE[1], place.roots
    (True, (0,))
    """
    seen = set()
    for number in count():
        place = _place(field, seed, number)
        if place.prime not in seen:
            seen.add(place.prime)
            yield place


@lru_cache(maxsize=1 << 14)
def _place(field: Field, seed: int, number: int) -> Place:
    random = Random(f"{seed}:{number}")
    while True:
        prime = random_prime(random, *PRIME_RANGE)
        if roots := roots_modulo(field, prime):
            return Place(prime, roots)


def roots_modulo(field: Field, prime: int) -> tuple[int, ...]:
    """Return the roots of the minimal polynomial modulo p; none if p divides a denominator of it.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.field import QQ
    >>> roots_modulo(QQ, 7)
    (0,)
    """
    if field.degree == 1:
        return (0,)
    denominator = lcm(*(c.denominator for c in field.minimal_polynomial))
    if denominator % prime == 0:
        return ()
    integers: list[int | fmpz] = [int(c * denominator) for c in field.minimal_polynomial]
    if _fits(prime):
        return tuple(sorted(int(root) for root, _ in nmod_poly(integers, prime).roots()))
    polynomial = fmpz_mod_poly_ctx(fmpz_mod_ctx(prime))([*integers])
    return tuple(sorted(int(root) for root, _ in polynomial.roots()))


def modular(numbers: fmpz_mat, prime: int) -> "nmod_mat | fmpz_mod_mat":
    """Return an integer matrix modulo a prime, which may be longer than a word.

    Certificates have primes of up to 64 bits, also where words have 32.

    Examples
    --------
    >>> modular(fmpz_mat([[1, 2], [3, 13]]), 7).rank()
    1
    """
    if _fits(prime):
        return nmod_mat(numbers, prime)
    return fmpz_mod_mat(numbers, fmpz_mod_ctx(prime))


def _fits(prime: int) -> bool:
    """Whether a prime below 2^64 is one of FLINT's words."""
    return _WIDE or prime < 1 << 32


def reduce_matrix(coefficients: "Coefficients", prime: int, root: int) -> nmod_mat:
    """Return N_0 + N_1 t + ... + N_(e-1) t^(e-1) modulo p.

    Examples
    --------
    >>> from flint import fmpz_mat
    >>> reduce_matrix((fmpz_mat([[1]]), fmpz_mat([[1]])), 7, 3)
    [4]
    """
    return next(images(coefficients, Place(prime, (root,))))


def images(coefficients: "Coefficients", place: Place) -> Iterator[nmod_mat]:
    """Yield N_0 + N_1 t + ... + N_(e-1) t^(e-1) modulo p for each root t.

    Examples
    --------
    >>> from flint import fmpz_mat
    >>> list(images((fmpz_mat([[1]]), fmpz_mat([[1]])), Place(7, (3, 4))))
    [[4], [5]]
    """
    *parts, leading = (nmod_mat(part, place.prime) for part in coefficients)
    for root in place.roots:
        image = leading
        for part in reversed(parts):
            image = image * root + part
        yield image

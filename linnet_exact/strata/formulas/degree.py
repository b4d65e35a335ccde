"""The degree of the closure of an orbit, an affine cone in weight space, from the barcode alone.

Flags of subrepresentations resolve the closure (M. Reineke, Quivers, desingularizations and
canonical bases); by localization its equivariant class is a sum over all ways to give each basis
vector of each layer a bar that is alive there, a chain of matrix products with a factor for each
layer. Single terms have poles where the degree is to be read off, at weight x_{j,a} = j, so the sum
is taken at j + ε a for enough values of ε and interpolated to ε = 0: modulo word-size primes, whose
product exceeds Bézout's bound on the degree.
"""

from functools import lru_cache
from itertools import pairwise
from math import comb, factorial, prod

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.formulas.dimension import orbit_codimension
from linnet_exact.strata.formulas.prime_powers import is_prime
from linnet_exact.strata.values.barcode import Barcode

__all__ = ["choices_of_bars", "degree_bound", "orbit_closure_degree", "require_few_choices"]

WORK_LIMIT = 3 * 10**9
"""Largest number of products modulo a prime: about a minute."""

_LAYER_LIMIT = 2**20  # entries of one matrix
_MEMORY = 2**20  # matrix entries for some values of ε at a time
_LARGEST_PRIME = 2**31 - 1  # products of two residues fit 64 bits

_Residues = NDArray[np.int64]


def orbit_closure_degree(barcode: Barcode) -> int:
    """Return the degree of the closure, in weight space, of the weights with this barcode.

    Raises
    ------
    TooLargeError
        If the sum is too long: the layers have too many bars of different kinds.

    Examples
    --------
    >>> orbit_closure_degree(Barcode.parse("0-0,0-1,1-1"))  # 2 x 2 matrices of rank 1: det = 0
    2
    >>> orbit_closure_degree(Barcode.parse("0-2,2-2"))
    1
    """
    codimension, bound = orbit_codimension(barcode), degree_bound(barcode)
    if bound == 1:
        return 1
    _require_work(barcode, codimension, bound)
    choices = choices_of_bars(barcode)
    modulus, degree = 1, 0
    for p in _primes():
        residue = _degree_modulo(choices, codimension, p)
        degree += modulus * ((residue - degree) * pow(modulus, -1, p) % p)
        modulus *= p
        if modulus > bound:
            break
    return degree


def degree_bound(barcode: Barcode) -> int:
    """Return Bézout's bound on the degree of the closure: D^codim.

    Rank conditions cut out the closure as a set (S. Abeasis and A. Del Fra); D is the largest
    degree of a minor of those that do not follow from others.

    Examples
    --------
    >>> degree_bound(Barcode.parse("0-0,0-1,1-1"))
    2
    """
    ranks, depth = barcode.rank_list, barcode.depth
    largest = max(
        (
            (k - i) * (ranks.r(k, i) + 1)
            for i in range(depth)
            for k in range(i + 1, depth + 1)
            if ranks.r(k, i) < min(ranks.r(k - 1, i), ranks.r(k, i + 1))
        ),
        default=1,
    )
    return int(largest ** orbit_codimension(barcode))


def choices_of_bars(barcode: Barcode) -> list[_Residues]:
    """Return for every layer j all ways to give each of its d_j basis vectors a bar alive there.

    Returns
    -------
    list of arrays
        A row for each way: which bar of `list(barcode)` each basis vector has. Each bar is given
        as often as its multiplicity.

    Examples
    --------
    >>> [choices.tolist() for choices in choices_of_bars(Barcode.parse("0-1,1-1"))]
    [[[0]], [[0, 1], [1, 0]]]
    """
    bars = list(barcode.items())
    return [
        _arrangements(
            tuple((at, count) for at, (bar, count) in enumerate(bars) if bar.start <= j <= bar.end)
        )
        for j in range(barcode.depth + 1)
    ]


@lru_cache(maxsize=1024)
def _arrangements(counts: tuple[tuple[int, int], ...]) -> _Residues:
    """All arrangements of a multiset, a row each."""
    if len(counts) == 1:
        ((at, count),) = counts
        return np.full((1, count), at)
    rows = []
    for position, (at, count) in enumerate(counts):
        left = [(at, count - 1)] if count > 1 else []
        rest = _arrangements((*counts[:position], *left, *counts[position + 1 :]))
        rows.append(np.hstack([np.full((len(rest), 1), at), rest]))
    return np.vstack(rows)


def require_few_choices(barcode: Barcode, at_a_layer: int) -> int:
    """Return how many pairs of choices neighbouring layers have, if these are not too many.

    Raises
    ------
    TooLargeError
        If a pair of layers has more than `at_a_layer`.

    Examples
    --------
    >>> require_few_choices(Barcode.parse("0-1,1-1"), 10)
    2
    """
    ways = []
    for j, width in enumerate(barcode.widths):
        alive = (count for bar, count in barcode.items() if bar.start <= j <= bar.end)
        ways.append(factorial(width) // prod(map(factorial, alive)))
    pairs = [a * b for a, b in pairwise(ways)]
    if max(pairs) > at_a_layer:
        raise TooLargeError(
            f"the class of the closure of {barcode} is a sum with {max(pairs)} factors at one "
            f"layer; the limit is {at_a_layer}"
        )
    return sum(pairs)


def _require_work(barcode: Barcode, codimension: int, bound: int) -> None:
    factors = require_few_choices(barcode, _LAYER_LIMIT)
    pairs = sum(width * width for width in barcode.widths)
    primes = bound.bit_length() // 30 + 1
    work = primes * (codimension + 1) * (factors + 1) * pairs
    if work > WORK_LIMIT or primes > len(_primes()):
        raise TooLargeError(
            f"the degree of the closure of {barcode} would take {work} products; the limit is "
            f"{WORK_LIMIT}"
        )


def _degree_modulo(choices: list[_Residues], codimension: int, p: int) -> int:
    """The class at x_{j,a} = j modulo p, from its values at j + ε a for ε = 1, …, codim + 1."""
    points = codimension + 1
    entries = max(len(a) * max(len(b), a.shape[1] ** 2) for a, b in pairwise(choices))
    size = max(1, _MEMORY // entries)
    binomial, total = 1, 0
    for first in range(1, points + 1, size):
        epsilon = np.arange(first, min(first + size, points + 1))
        for at, value in enumerate(_class_modulo(choices, epsilon, p).tolist(), start=first):
            binomial = binomial * (points - at + 1) * pow(at, -1, p) % p
            total += value * binomial if at % 2 else -value * binomial
    return total % p


def _class_modulo(choices: list[_Residues], epsilon: _Residues, p: int) -> _Residues:
    """Return the class at x_{j,a} = j + ε a modulo p, for each ε."""
    widths = [rows.shape[1] for rows in choices]
    # Denominators are brought to that of all differences at a layer; what this multiplies a term
    # by are the differences of vectors with the same bar, and signs.
    values = _common_factors(choices[0], epsilon, p)
    for before, after in pairwise(choices):
        values = _times_layer(values, before, after, epsilon, p)
        values = values * _common_factors(after, epsilon, p) % p
    total = values.sum(axis=1) % p
    slopes = prod(b - a for width in widths for a in range(width) for b in range(a + 1, width))
    poles = sum(comb(width, 2) for width in widths)
    inverse = [pow(slopes * pow(at, poles, p), -1, p) for at in epsilon.tolist()]
    at_layers: _Residues = total * np.array(inverse, dtype=np.int64) % p
    return at_layers


def _common_factors(rows: _Residues, epsilon: _Residues, p: int) -> _Residues:
    """± the product of ε (b − a) over pairs a < b of vectors with the same bar: points × ways."""
    width = rows.shape[1]
    sign, slope = np.ones((2, len(rows)), dtype=np.int64)
    same = np.zeros(len(rows), dtype=np.intp)
    for a in range(width):
        for b in range(a + 1, width):
            equal = rows[:, a] == rows[:, b]
            same += equal
            sign = np.where(rows[:, a] > rows[:, b], -sign, sign)
            slope = np.where(equal, slope * (b - a) % p, slope)
    return _powers(epsilon % p, same, p) * (sign * slope % p) % p


def _times_layer(
    values: _Residues, before: _Residues, after: _Residues, epsilon: _Residues, p: int
) -> _Residues:
    """Sum over the choices before: the factor of a pair is ∏ (1 + ε (b − a)) over lower < upper."""
    width, next_width = before.shape[1], after.shape[1]
    matrix = np.ones((len(epsilon), len(before), len(after)), dtype=np.int64)
    for difference in range(1 - width, next_width):
        if difference == 0:
            continue  # 1 + ε 0
        exponents = np.zeros((len(before), len(after)), dtype=np.intp)
        for a in range(max(0, -difference), min(width, next_width - difference)):
            exponents += before[:, a, None] < after[None, :, a + difference]
        matrix = matrix * _powers((1 + difference * epsilon) % p, exponents, p) % p
    total: _Residues = (values[:, :, None] * matrix % p).sum(axis=1) % p
    return total


def _powers(bases: _Residues, exponents: _Residues, p: int) -> _Residues:
    """The powers of each base modulo p: an array like `exponents` for each."""
    table = np.ones((len(bases), int(exponents.max()) + 1), dtype=np.int64)
    for exponent in range(1, table.shape[1]):
        table[:, exponent] = table[:, exponent - 1] * bases % p
    return table[:, exponents]


@lru_cache(maxsize=1)
def _primes() -> tuple[int, ...]:
    """The largest primes of 31 bits: their product has more than 30,000 bits."""
    odd = range(_LARGEST_PRIME, _LARGEST_PRIME - 30_000, -2)
    return tuple(number for number in odd if is_prime(number))

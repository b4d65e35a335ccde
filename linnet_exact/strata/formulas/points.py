"""Points of strata and fibers over finite fields, as polynomials in q and at a given q.

A stratum of the fiber is one orbit of a group, so its number of points is a quotient of orders of
general linear groups: a product of q and factors q^k − 1. A whole fiber is counted layer by layer,
by the rank of the product of the matrices so far. Since the numbers of points are polynomials, so
are the E-polynomials, and their value at q = 1 is the Euler characteristic with compact support.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, zip_longest
from math import log2

from linnet_exact.strata.formulas.prime_powers import checked_prime_power
from linnet_exact.strata.formulas.q_product import QProduct, check_bits, check_terms
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import hom
from linnet_exact.strata.values.network import Network

__all__ = [
    "QProduct",
    "fiber_euler_characteristic",
    "fiber_point_polynomial",
    "fiber_points",
    "stratum_point_count",
]


def stratum_point_count(barcode: Barcode) -> QProduct:
    """Return the number of points over F_q of the stratum of the fiber with this barcode.

    Its degree is the dimension of the stratum and its leading coefficient is 1.

    Raises
    ------
    TooLargeError
        If a width is in the hundreds of thousands.

    Examples
    --------
    >>> count = stratum_point_count(Barcode.parse("0-0,0-2,1-1,2-2"))
    >>> count.degree, [count.at(q) for q in (2, 3, 4)]
    (3, [6, 24, 60])
    """
    widths, rank = barcode.widths, barcode.rank
    check_terms(100 * max(widths))
    rest_in, rest_out = widths[0] - rank, widths[-1] - rank
    power = rank * rest_in + rank * rest_out
    exponents: Counter[int] = Counter()
    numerator = [rank, rest_in, rest_out, *widths[1:-1]]
    for n in numerator:
        power += n * (n - 1) // 2
        exponents.update(range(1, n + 1))
    bars = list(barcode.items())
    endomorphisms = sum(a * b * hom(p, q) for p, a in bars for q, b in bars)
    power -= endomorphisms - sum(n * n for _, n in bars)
    for _, n in bars:
        power -= n * (n - 1) // 2
        exponents.subtract(range(1, n + 1))
    return QProduct(power, tuple(sorted((k, m) for k, m in exponents.items() if m)))


def fiber_points(network: Network, rank: int, q: int) -> int:
    """Return the number of solutions of W_L ⋯ W_1 = W over F_q, for W of the given rank.

    Raises
    ------
    InputError
        If `q` is not a prime power.
    TooLargeError
        If that would take minutes.

    Examples
    --------
    >>> fiber_points(Network(2, 2, 2), 1, 2), fiber_points(Network(2, 1, 2, 1), 0, 3)
    (18, 345)
    """
    p, n = checked_prime_power(q)
    q = p**n  # NumPy's integers would overflow
    widths = network.widths
    bits = network.weight_dimension * log2(q)
    check_bits(bits)
    check_terms(bits * _rank_pairs(widths) / 64)
    ways = {widths[0]: 1}  # to choose W_1, …, W_j, by the rank of their product
    for j in range(1, len(widths)):
        after: dict[int, int] = {}
        for s, t in _rank_steps(network, rank, j, ways):
            # What W_j does off the image of the product so far is free.
            free = widths[j] * (widths[j - 1] - s)
            number = ways[s] * q**free * _matrices_of_rank(widths[j], s, t).at(q)
            after[t] = after.get(t, 0) + number
        ways = after
    return ways[rank] // _matrices_of_rank(widths[-1], widths[0], rank).at(q)


def fiber_point_polynomial(network: Network, rank: int) -> list[int]:
    """Return the coefficients, that of q^0 first, of the number of points of the fiber over F_q.

    Raises
    ------
    TooLargeError
        If that would take minutes.

    Examples
    --------
    >>> fiber_point_polynomial(Network(1, 1, 1), 0)  # x y = 0
    [-1, 2]
    """
    widths = network.widths
    check_terms(network.weight_dimension * _rank_pairs(widths) * 4 * network.min_width)
    ways = {widths[0]: [1]}
    for j in range(1, len(widths)):
        after: dict[int, list[int]] = {}
        for s, t in _rank_steps(network, rank, j, ways):
            free = [0] * (widths[j] * (widths[j - 1] - s))
            number = free + _matrices_of_rank(widths[j], s, t).times(ways[s])
            after[t] = [a + b for a, b in zip_longest(after.get(t, []), number, fillvalue=0)]
        ways = after
    return _matrices_of_rank(widths[-1], widths[0], rank).inverse().times(ways[rank])


def fiber_euler_characteristic(network: Network, rank: int) -> int:
    """Return the Euler characteristic with compact support of the complex fiber: 0 or 1.

    Scalars of the hidden layers act on the fiber. If the rank is positive and there is a hidden
    layer, they fix no point; if the rank is 0, scaling all matrices fixes only 0.

    Examples
    --------
    >>> [fiber_euler_characteristic(Network(3, 3, 3), rank) for rank in (0, 1)]
    [1, 0]
    """
    return int(rank == 0 or network.depth == 1)


def _rank_pairs(widths: tuple[int, ...]) -> int:
    """Return a bound on the number of steps from a rank at one layer to a rank at the next."""
    ranks = list(accumulate(widths, min))
    inner = sum((a + 1) * (b + 1) for a, b in pairwise(ranks[1:-1]))
    return inner + 2 * ranks[1] + 2


def _rank_steps(
    network: Network, rank: int, layer: int, ranks_before: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield the ranks (s, t) of W_{layer − 1} ⋯ W_1 and W_layer ⋯ W_1 that lead on to `rank`."""
    for s in ranks_before:
        most = min(network.widths[layer], s)
        if layer == network.depth:
            most = rank if rank <= most else -1
        for t in range(rank, most + 1):
            yield s, t


def _matrices_of_rank(rows: int, columns: int, rank: int) -> QProduct:
    """Return the number of rows × columns matrices of the given rank over F_q."""
    exponents: Counter[int] = Counter()
    exponents.update(range(rows - rank + 1, rows + 1))
    exponents.update(range(columns - rank + 1, columns + 1))
    exponents.subtract(range(1, rank + 1))
    factors = tuple(sorted((k, m) for k, m in exponents.items() if m))
    return QProduct(rank * (rank - 1) // 2, factors)

"""Points over F_q: formulas checked against every choice of weights over F_2 and F_3."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import FIBERS
from linnet_exact.strata import Barcode, Fiber, RankList
from linnet_exact.strata.formulas.points import (
    fiber_euler_characteristic,
    fiber_point_polynomial,
    fiber_points,
    stratum_point_count,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["POINTS_BY_BRUTE_FORCE", "POINTS_OF_STRATA", "points_by_barcode", "rank_modulo"]

_MOST_POINTS = 7_000  # q^d_θ, all tried one after the other
_LISTED = 1_000


def points_by_barcode(fiber: Fiber, q: int) -> Counter[Barcode]:
    """Return how many weights over F_q, q prime, have a fixed product of the rank, by barcode.

    All q^d_θ weights are tried.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> counts = points_by_barcode(Network(1, 1, 1).fiber(), 3)
    >>> {str(barcode): count for barcode, count in sorted(counts.items(), key=str)}
    {'0-0,1-1,2-2': 1, '0-0,1-2': 2, '0-1,2-2': 2}
    """
    import numpy as np

    widths = fiber.network.widths
    depth, weights = fiber.network.depth, fiber.network.weight_dimension
    digits = np.indices((q,) * weights, dtype=np.int8).reshape(weights, -1).T
    matrices, used = [], 0
    for before, after in pairwise(widths):
        matrices.append(digits[:, used : used + before * after].reshape(-1, after, before))
        used += before * after
    product = matrices[0]
    for matrix in matrices[1:]:
        product = matrix @ product % q
    target = np.zeros((widths[-1], widths[0]), dtype=np.int8)
    target[range(fiber.rank), range(fiber.rank)] = 1
    on_fiber = np.flatnonzero((product == target).all(axis=(1, 2)))
    ranks = {(j, j): np.full(len(on_fiber), width) for j, width in enumerate(widths)}
    for i in range(depth):
        product = matrices[i][on_fiber]
        ranks[i + 1, i] = _ranks(product, q)
        for k in range(i + 2, depth + 1):
            product = matrices[k - 1][on_fiber] @ product % q
            ranks[k, i] = _ranks(product, q)
    keys = sorted(ranks)
    rows = Counter(zip(*(ranks[key].tolist() for key in keys), strict=True))
    return Counter(
        {RankList(dict(zip(keys, row, strict=True))).barcode: n for row, n in rows.items()}
    )


def _ranks(matrices: NDArray[np.int8], q: int) -> NDArray[np.int64]:
    import numpy as np

    ranks = [rank_modulo(tuple(map(tuple, matrix)), q) for matrix in matrices.tolist()]
    return np.array(ranks, dtype=np.int64)


@lru_cache(maxsize=1 << 16)
def rank_modulo(rows: tuple[tuple[int, ...], ...], q: int) -> int:
    """Return the rank over F_q, q prime, by elimination.

    Examples
    --------
    >>> rank_modulo(((1, 1), (1, 4)), 3), rank_modulo(((1, 1), (1, 3)), 3)
    (1, 2)
    """
    matrix = [[entry % q for entry in row] for row in rows]
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((at for at in range(rank, len(matrix)) if matrix[at][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        inverse = pow(matrix[rank][column], -1, q)
        for at in range(rank + 1, len(matrix)):
            factor = matrix[at][column] * inverse
            matrix[at] = [
                (x - factor * y) % q for x, y in zip(matrix[at], matrix[rank], strict=True)
            ]
        rank += 1
    return rank


def _fields_in_reach(fiber: Fiber) -> list[int]:
    return [q for q in (2, 3) if q**fiber.network.weight_dimension <= _MOST_POINTS]


def _is_in_reach(fiber: Fiber) -> bool:
    return bool(_fields_in_reach(fiber))


def _check_brute_force(fiber: Fiber, seed: int) -> Verdict:
    totals = {}
    for q in _fields_in_reach(fiber):
        found = points_by_barcode(fiber, q)
        barcodes = {stratum.barcode for stratum in fiber.strata()}
        if barcodes != set(found):  # every stratum has a point over F_q, the canonical one
            return Verdict(False, {"q": q, "listed": len(barcodes), "found": len(found)})
        for barcode in barcodes:
            formula = stratum_point_count(barcode).at(q)
            if found[barcode] != formula:
                evidence = {"q": q, "formula": formula, "found": found[barcode]}
                return Verdict(False, {"barcode": str(barcode), **evidence})
        totals[q] = (fiber_points(fiber.network, fiber.rank, q), sum(found.values()))
    holds = all(formula == found for formula, found in totals.values())
    return Verdict(holds, {f"points_over_F_{q}": list(pair) for q, pair in totals.items()})


def _check_sum(fiber: Fiber, seed: int) -> Verdict:
    total: list[int] = []
    for stratum in fiber.strata():
        count = stratum_point_count(stratum.barcode)
        coefficients = count.coefficients()
        if (count.degree, coefficients[-1]) != (stratum.dimension, 1):
            evidence = {"degree": count.degree, "leading_coefficient": coefficients[-1]}
            return Verdict(False, {"barcode": str(stratum), **evidence})
        total = [a + b for a, b in zip_longest(total, coefficients, fillvalue=0)]
    verdict = Verdict.equal(sum=total, recursion=fiber_point_polynomial(fiber.network, fiber.rank))
    euler = Verdict.equal(
        at_one=sum(total), by_fixed_points=fiber_euler_characteristic(fiber.network, fiber.rank)
    )
    return Verdict(verdict.holds and euler.holds, {**verdict.evidence, **euler.evidence})


def _can_be_summed(fiber: Fiber) -> bool:
    return not fiber.has_more_strata_than(_LISTED)


POINTS_BY_BRUTE_FORCE = Claim(
    name="points",
    statement=(
        "the number of points over F_q of every stratum, and of the fiber by the recursion on "
        "ranks, is what counting all weights over F_2 and F_3 one by one gives"
    ),
    latex=(
        r"|S(\mathbb{F}_q)| = \frac{|GL_r|\,|GL_{d_0-r}|\,|GL_{d_L-r}|\,q^{r(d_0-r)+r(d_L-r)} "
        r"\prod_{0<j<L}|GL_{d_j}|}{q^{\dim\mathrm{End}-\sum\omega^2}\prod|GL_\omega|}"
    ),
    method="all q^d_θ weights over F_2 and F_3 are tried, where these are at most 7000",
    source="orbit and stabiliser of G_W; Shewchuk and Bhattacharya, arXiv 2404.14855, for G_W",
    domain=FIBERS,
    applies=_is_in_reach,
    check=_check_brute_force,
)

POINTS_OF_STRATA = Claim(
    name="point-polynomials",
    statement=(
        "the point counts of the strata are polynomials in q of degree dim S with leading "
        "coefficient 1; they sum to the polynomial of the fiber by the recursion on ranks, whose "
        "value at 1 is the Euler characteristic"
    ),
    latex=r"\sum_S |S(\mathbb{F}_q)| = |\mu^{-1}(W)(\mathbb{F}_q)|",
    method="both polynomials are computed and compared coefficient by coefficient",
    source="orbit and stabiliser; matrices of given rank over F_q (Landsberg)",
    domain=FIBERS,
    applies=_can_be_summed,
    check=_check_sum,
)

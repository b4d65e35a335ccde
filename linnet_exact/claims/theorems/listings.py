"""What is said of whole fibers: how many strata, of which codimensions, which is the lowest."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice, permutations

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import FIBERS
from linnet_exact.strata import Barcode, Fiber, Interval, Network
from linnet_exact.strata.counting.by_codimension import count_by_codimension
from linnet_exact.strata.formulas.dimension import orbit_codimension
from linnet_exact.strata.formulas.learning_coefficient import learning_invariants

__all__ = [
    "CODIMENSIONS",
    "COMPONENTS",
    "COUNT",
    "LEARNING_COEFFICIENT",
    "MINIMAL_STRATUM",
    "RANK_REDUCTION",
    "barcodes_by_bars",
]

_LISTED = 2_000
_COMPARED = 200
_PERMUTED = 120


def barcodes_by_bars(fiber: Fiber) -> Iterator[Barcode]:
    """Yield all barcodes of a fiber, found bar by bar: the solutions of the width equations.

    This knows no layers, ranks or survivors, so listings and counts are checked against it.

    Examples
    --------
    >>> from linnet_exact.strata import Network
    >>> [str(barcode) for barcode in barcodes_by_bars(Network(1, 1, 1).fiber())]
    ['0-1,2-2', '0-0,1-2', '0-0,1-1,2-2']
    """
    depth, rank = fiber.network.depth, fiber.rank
    bars = [Interval(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    bars.remove(Interval(0, depth))
    through = {Interval(0, depth): rank}

    def fill(at: int, left: tuple[int, ...], chosen: dict[Interval, int]) -> Iterator[Barcode]:
        if at == len(bars):
            if not any(left):
                yield Barcode({**chosen, **through})
            return
        start, end = bars[at]
        if any(left[:start]):  # no later bar reaches these layers
            return
        for count in range(min(left[start : end + 1]) + 1):
            rest = (width - count if start <= j <= end else width for j, width in enumerate(left))
            yield from fill(at + 1, tuple(rest), {**chosen, bars[at]: count})

    yield from fill(0, tuple(width - rank for width in fiber.network.widths), {})


def _can_be_listed(fiber: Fiber) -> bool:
    return not fiber.has_more_strata_than(_LISTED)


def _can_be_compared(fiber: Fiber) -> bool:
    return not fiber.has_more_strata_than(_COMPARED)


def _check_count(fiber: Fiber, seed: int) -> Verdict:
    listed = [stratum.barcode for stratum in fiber.strata()]
    by_bars = list(barcodes_by_bars(fiber))
    if set(listed) != set(by_bars):
        (first, *_) = set(listed) ^ set(by_bars)
        return Verdict(False, {"barcode": str(first), "listed": first in listed})
    return Verdict.equal(recursion=fiber.count(), listing=len(listed), by_bars=len(by_bars))


def _check_codimensions(fiber: Fiber, seed: int) -> Verdict:
    by_recursion = count_by_codimension(fiber.network, fiber.rank, listed=0)
    by_bars = Counter(map(orbit_codimension, barcodes_by_bars(fiber)))
    return Verdict.equal(recursion=by_recursion, by_bars=dict(sorted(by_bars.items())))


def _check_components(fiber: Fiber, seed: int) -> Verdict:
    ranks = {barcode: barcode.rank_list for barcode in barcodes_by_bars(fiber)}
    maximal = {
        str(low)
        for low in ranks
        if not any(ranks[low] <= ranks[high] for high in ranks if high != low)
    }
    found = [str(stratum) for stratum in fiber.components() or ()]
    return Verdict.equal(components=sorted(found), by_ranks=sorted(maximal))


def _check_minimal_stratum(fiber: Fiber, seed: int) -> Verdict:
    lowest = fiber.minimal_stratum.rank_list
    minimal = []
    for stratum in fiber.strata():
        if not lowest <= stratum.rank_list:
            return Verdict(False, {"barcode": str(stratum), "above_the_minimal_one": False})
        if stratum.minimal:
            minimal.append(str(stratum))
    return Verdict.equal(called_minimal=minimal, formula=[str(fiber.minimal_stratum)])


def _check_learning_coefficient(fiber: Fiber, seed: int) -> Verdict:
    invariants = learning_invariants(fiber.network, fiber.rank)
    codimensions = Counter(map(orbit_codimension, barcodes_by_bars(fiber)))
    smallest = min(codimensions)
    evidence = {
        "twice_lambda": str(2 * invariants.coefficient),
        "codimension": invariants.codimension,
        "smallest_codimension": smallest + _dimension_of_products(fiber.network, fiber.rank),
        "top_components": invariants.top_components,
        "strata_of_that_codimension": codimensions[smallest],
        "orbit_codimensions_of_permuted_widths": sorted(_orbit_codimensions_of_permutations(fiber)),
    }
    holds = (
        2 * invariants.coefficient == invariants.codimension == evidence["smallest_codimension"]
        and invariants.top_components == codimensions[smallest]
        and evidence["orbit_codimensions_of_permuted_widths"] == [smallest]
    )
    return Verdict(holds, evidence)


def _orbit_codimensions_of_permutations(fiber: Fiber) -> set[int]:
    """Return 2λ − r(d_0 + d_L − r) for the widths in other orders, all of them if they are few."""
    orders = islice(permutations(fiber.network.widths), _PERMUTED)
    networks = {Network(*order) for order in orders}
    return {
        learning_invariants(network, fiber.rank).codimension
        - _dimension_of_products(network, fiber.rank)
        for network in networks
    }


def _dimension_of_products(network: Network, rank: int) -> int:
    return rank * (network.widths[0] + network.widths[-1] - rank)


def _check_rank_reduction(fiber: Fiber, seed: int) -> Verdict:
    through = Interval(0, fiber.network.depth)
    widths = [width - fiber.rank for width in fiber.network.widths]
    reduced = {
        Barcode({**barcode, through: fiber.rank})
        for barcode in barcodes_by_bars(Network(*widths).fiber(0))
    }
    listed = {stratum.barcode for stratum in fiber.strata()}
    return Verdict(listed == reduced, {"strata": len(listed), "of_smaller_widths": len(reduced)})


def _has_width_left(fiber: Fiber) -> bool:
    return 0 < fiber.rank < fiber.network.min_width and _can_be_listed(fiber)


COUNT = Claim(
    name="count",
    statement=(
        "the number of strata by the recursion on states, the listing, and the solutions of the "
        "width equations found bar by bar are the same"
    ),
    latex=(
        r"\#\{S\} = \#\{\omega \ge 0 : \omega_{L0} = r,\ "
        r"\textstyle\sum_{i \le j \le k} \omega_{ki} = d_j\}"
    ),
    method="all barcodes are found again, bar by bar, and compared with the listing as sets",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855; Kostant's partition function of type A",
    domain=FIBERS,
    applies=_can_be_listed,
    check=_check_count,
)

CODIMENSIONS = Claim(
    name="codimensions",
    statement="the recursion on states counts the strata of every codimension",
    latex=r"\sum_S t^{\operatorname{codim} S} = \sum_\omega t^{\sum \omega_{kh}\omega_{li}}",
    method="the codimensions of all solutions of the width equations are tallied",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, dimension of a stratum",
    domain=FIBERS,
    applies=_can_be_listed,
    check=_check_codimensions,
)

COMPONENTS = Claim(
    name="components",
    statement=(
        "the components of the fiber are the closures of the strata from which no move rises, and "
        "these are the ones whose rank lists are in no other"
    ),
    latex=r"\mu^{-1}(W) = \bigcup_{S \text{ maximal}} \overline{S}",
    method="all rank lists are compared pairwise",
    source="Shewchuk and Bhattacharya, The Hierarchy of Manifolds, SoCG 2026",
    domain=FIBERS,
    applies=_can_be_compared,
    check=_check_components,
)

MINIMAL_STRATUM = Claim(
    name="minimal-stratum",
    statement=(
        "exactly one stratum is in the closure of all others: r bars [0, L] and d_j − r bars [j, j]"
    ),
    latex=r"\omega_{L0} = r,\ \omega_{jj} = d_j - r",
    method="the rank list is compared with those of all strata",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, the minimal stratum",
    domain=FIBERS,
    applies=_can_be_listed,
    check=_check_minimal_stratum,
)

LEARNING_COEFFICIENT = Claim(
    name="learning-coefficient",
    statement=(
        "twice the learning coefficient, by the closed formula, is the smallest codimension of a "
        "stratum; binomial(ℓ, a) strata have it; permuting the widths does not change "
        "2λ − r(d_0 + d_L − r)"
    ),
    latex=r"2\lambda = r(d_0 + d_L - r) + \min_\omega \sum \omega_{kh}\omega_{li}",
    method="the smallest codimension over all solutions of the width equations",
    source="Aoyagi, deep linear networks; Pepin Lehalleur and Rimányi, arXiv 2411.19920",
    domain=FIBERS,
    applies=_can_be_listed,
    check=_check_learning_coefficient,
)

RANK_REDUCTION = Claim(
    name="rank-reduction",
    statement=(
        "the strata of widths d and rank r are those of widths d − r and rank 0, with r bars "
        "[0, L] added"
    ),
    latex=r"\mathcal{S}(d, r) \cong \mathcal{S}(d - r, 0)",
    method="both sets of barcodes are listed and compared",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, interval multiplicities",
    domain=FIBERS,
    applies=_has_width_left,
    check=_check_rank_reduction,
)

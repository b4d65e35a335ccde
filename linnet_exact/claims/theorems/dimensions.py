"""Dimensions and the rank of dμ by formula, checked against exact ranks of Jacobians."""

from functools import lru_cache

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import FIBERS, PAIRS, Pair
from linnet_exact.strata import Fiber, Stratum
from linnet_exact.strata.formulas.dimension import (
    orbit_codimension,
    rank_of_differential_by_bars,
    rank_of_differential_by_ranks,
)
from linnet_exact.strata.values.interval import hom
from linnet_exact.weights import Weights, sample
from linnet_exact.weights.jacobian import (
    differential,
    orbit_differential,
    stratum_tangent_dimension,
)

__all__ = ["BOUNDARY", "DIMENSION", "ORBIT_DIMENSION", "RANK_DIFFERENTIAL", "SINGULAR"]


@lru_cache(maxsize=1)
def _point(stratum: Stratum, seed: int) -> Weights:
    """The point at which all claims look at one stratum, kept for the next claim."""
    return sample(stratum.barcode, seed)


def _check_dimension(stratum: Stratum, seed: int) -> Verdict:
    theta = _point(stratum, seed)
    return Verdict.equal(formula=stratum.dimension, jacobian=stratum_tangent_dimension(theta))


def _check_rank_differential(stratum: Stratum, seed: int) -> Verdict:
    return Verdict.equal(
        by_bars=rank_of_differential_by_bars(stratum.barcode),
        by_ranks=rank_of_differential_by_ranks(stratum.rank_list),
        jacobian=differential(_point(stratum, seed)).rank(),
    )


def _check_orbit_dimension(stratum: Stratum, seed: int) -> Verdict:
    barcode = stratum.barcode
    bars = barcode.items()
    stabilizer = sum(m * n * hom(p, q) for p, m in bars for q, n in bars)
    return Verdict.equal(
        by_ext=barcode.network.weight_dimension - orbit_codimension(barcode),
        by_hom=sum(width**2 for width in barcode.widths) - stabilizer,
        jacobian=orbit_differential(_point(stratum, seed)).rank(),
    )


def _check_boundary(pair: Pair, seed: int) -> Verdict:
    lower, upper = pair.lower.dimension, pair.upper.dimension
    return Verdict(lower < upper, {"lower_dimension": lower, "upper_dimension": upper})


def _check_singular(fiber: Fiber, seed: int) -> Verdict:
    strata = list(fiber.strata())
    ranks = {stratum: stratum.rank_list for stratum in strata}
    above = {
        stratum: [other for other in strata if ranks[stratum] <= ranks[other]] for stratum in strata
    }
    singular = {
        stratum: _tangent_dimension(stratum, seed) > max(s.dimension for s in above[stratum])
        for stratum in strata
    }
    for stratum in strata:
        if stratum.singular != singular[stratum]:
            evidence = {"singular": stratum.singular, "by_jacobian": singular[stratum]}
            return Verdict(False, {"barcode": str(stratum), **evidence})
        if not singular[stratum] and any(map(singular.__getitem__, above[stratum])):
            return Verdict(False, {"barcode": str(stratum), "not_closed_below": True})
    return Verdict.equal(smooth=fiber.smooth, by_strata=not any(singular.values()))


def _tangent_dimension(stratum: Stratum, seed: int) -> int:
    return stratum.fiber.network.weight_dimension - differential(_point(stratum, seed)).rank()


def _is_small(fiber: Fiber) -> bool:
    return not fiber.has_more_strata_than(300)


DIMENSION = Claim(
    name="dimension",
    statement=(
        "dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l is the rank of the "
        "tangent map of the orbit restricted to the fiber, at a pseudo-random point of S"
    ),
    latex=(
        r"\dim S = d_\theta - r(d_0 + d_L - r) "
        r"- \sum_{h < i \le k+1 \le l} \omega_{kh}\omega_{li}"
    ),
    method=(
        "the exact rank of (H_j W_j − W_j H_{j−1})_j on the H with H_L W = W H_0, at an exact "
        "pseudo-random point of S"
    ),
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, dimension of a stratum",
    check=_check_dimension,
)

RANK_DIFFERENTIAL = Claim(
    name="rank-differential",
    statement=(
        "rk dμ(θ) = Σ ω_k0 ω_Li over i ≤ k+1 = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0 is the rank "
        "of the Jacobian of μ at a pseudo-random point of S"
    ),
    latex=(
        r"\operatorname{rk} d\mu(\theta) = \sum_{i \le k+1} \omega_{k0}\omega_{Li} "
        r"= \sum_{j=1}^{L} r_{L\sim j} r_{j-1\sim 0} - \sum_{j=1}^{L-1} r_{L\sim j} r_{j\sim 0}"
    ),
    method="the exact rank of the Jacobian of μ at an exact pseudo-random point of S",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, the differential map",
    check=_check_rank_differential,
)

ORBIT_DIMENSION = Claim(
    name="orbit-dimension",
    statement=(
        "the orbit of θ in weight space has dimension d_θ − Σ Ext(P, Q) ω_P ω_Q "
        "= Σ d_j² − Σ Hom(P, Q) ω_P ω_Q over the pairs of bars"
    ),
    latex=(
        r"\dim G\theta = d_\theta - \sum_{h < i \le k+1 \le l} \omega_{kh}\omega_{li} "
        r"= \sum_j d_j^2 - \sum_{i \le h \le l \le k} \omega_{kh}\omega_{li}"
    ),
    method="the exact rank of (H_j W_j − W_j H_{j−1})_j at an exact pseudo-random point of S",
    source="Artin and Voigt's dimension formula for orbits of quiver representations",
    check=_check_orbit_dimension,
)

BOUNDARY = Claim(
    name="boundary",
    statement="a stratum in the closure of another one has a smaller dimension",
    latex=r"S \subset \overline{T},\ S \ne T \implies \dim S < \dim T",
    method="the dimensions of every pair of strata whose rank lists compare",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, the stratification",
    domain=PAIRS,
    check=_check_boundary,
)

SINGULAR = Claim(
    name="singular",
    statement=(
        "the fiber is singular where dim null dμ exceeds the largest dimension of a stratum at or "
        "above; these strata are closed downwards, so the minimal one decides whether the fiber "
        "is smooth"
    ),
    latex=r"\dim \ker d\mu(\theta) > \max_{T \ge S} \dim T",
    method=(
        "exact Jacobian ranks at a pseudo-random point of every stratum, and comparison of its "
        "rank list with all others"
    ),
    source="Jacobian criterion; Shewchuk and Bhattacharya, arXiv 2404.14855",
    domain=FIBERS,
    applies=_is_small,
    check=_check_singular,
)

"""The dimension formula and the rank formula for dμ, checked against exact Jacobian ranks."""

from functools import lru_cache

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.strata import Stratum
from linnet_exact.strata.dimension import (
    rank_of_differential_by_bars,
    rank_of_differential_by_ranks,
)
from linnet_exact.weights import Weights, sample
from linnet_exact.weights.jacobian import differential, stratum_tangent_dimension

__all__ = ["DIMENSION", "RANK_DIFFERENTIAL"]


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


DIMENSION = Claim(
    name="dimension",
    statement=(
        "dim S = d_θ − r(d_0 + d_L − r) − Σ ω_kh ω_li over h < i ≤ k+1 ≤ l is the rank of the "
        "tangent map of the orbit restricted to the fiber, at a pseudo-random point of S"
    ),
    source="Bhattacharya and Shewchuk, arXiv 2404.14855, dimension of a stratum",
    check=_check_dimension,
)

RANK_DIFFERENTIAL = Claim(
    name="rank-differential",
    statement=(
        "rk dμ(θ) = Σ ω_k0 ω_Li over i ≤ k+1 = Σ_j r_L~j r_j−1~0 − Σ_j r_L~j r_j~0 is the rank "
        "of the Jacobian of μ at a pseudo-random point of S"
    ),
    source="Bhattacharya and Shewchuk, arXiv 2404.14855, the differential map",
    check=_check_rank_differential,
)

"""The fundamental theorem and the tangent bases, checked by exact subspaces and Jacobians."""

from collections.abc import Callable

from linnet_exact.algebra import Subspace
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.strata import Stratum
from linnet_exact.weights import Weights, sample
from linnet_exact.weights.jacobian import (
    differential,
    orbit_tangent_space,
    stratum_tangent_space,
)
from linnet_exact.weights.spaces.slots import Space
from linnet_exact.weights.spaces.subspaces import flow_subspaces
from linnet_exact.weights.spaces.tangent import TangentBasis, tangent_basis

__all__ = ["FLOW", "TANGENT_BASIS"]


def _check_flow(stratum: Stratum, seed: int) -> Verdict:
    found = flow_subspaces(sample(stratum.barcode, seed))
    wrong, canonical = found.wrong(), found.flow.check()
    return Verdict(canonical and not wrong, {"canonical_form": canonical, "wrong_kji": wrong})


_JACOBIAN_SPACES: dict[Space, Callable[[Weights], Subspace]] = {
    "stratum": stratum_tangent_space,
    "orbit": orbit_tangent_space,
    "fiber": lambda theta: differential(theta).null_space(),
}


def _check_tangent_basis(stratum: Stratum, seed: int) -> Verdict:
    theta = sample(stratum.barcode, seed)
    bases = {space: tangent_basis(theta, space) for space in _JACOBIAN_SPACES}
    wrong = [
        space
        for space, jacobian_space in _JACOBIAN_SPACES.items()
        if not _agrees(bases[space], jacobian_space(theta))
    ]
    found = bases["stratum"].dimension
    return Verdict(
        not wrong and found == stratum.dimension,
        {"wrong_spaces": wrong, "tangent_vectors": found, "formula": stratum.dimension},
    )


def _agrees(basis: TangentBasis, expected: Subspace) -> bool:
    tangent, normal = basis.tangent.row_space(), basis.normal.row_space()
    return (
        tangent == expected
        and normal == expected.orthogonal_complement()
        and (tangent.dimension, normal.dimension) == (basis.dimension, basis.normal_dimension)
    )


FLOW = Claim(
    name="flow",
    statement=(
        "at a pseudo-random point of S there are bases with W_j = J_j Ĩ_j J_j−1^{-1}, and every "
        "A_kji = null W_k+1~j ∩ col W_j~i and B_kji = row W_k~j ∩ null (W_j~i−1)ᵀ is the direct "
        "sum of the prebasis subspaces of its bars, Σ ω_lh of them"
    ),
    latex=(
        r"W_j = J_j \tilde I_j J_{j-1}^{-1}, \quad "
        r"A_{kji} = \bigoplus_{h \le i,\ j \le l \le k} a_{ljh}"
    ),
    method="products of the bases; null spaces, column spaces and intersections for every k, j, i",
    source=(
        "Bhattacharya and Shewchuk, UCB/EECS-2022-92; Shewchuk and Bhattacharya, arXiv 2404.14855: "
        "the Fundamental Theorem of Linear Neural Networks"
    ),
    check=_check_flow,
)

TANGENT_BASIS = Claim(
    name="tangent-basis",
    statement=(
        "at a pseudo-random point of S the one-matrix and two-matrix vectors are a basis of the "
        "tangent space, and the normal ones of its orthogonal complement: for the stratum, for the "
        "orbit in weight space, and for null dμ(θ)"
    ),
    latex=r"T_\theta S \oplus N_\theta S = \mathbb{R}^{d_\theta}",
    method="the same subspaces from the Jacobians of the group action and of μ alone",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, tangent and normal spaces",
    check=_check_tangent_basis,
)

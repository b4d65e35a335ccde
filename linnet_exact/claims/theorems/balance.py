"""What gradient flow keeps, and where balanced points are."""

from random import Random

from linnet_exact.algebra import Matrix
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.errors import InputError
from linnet_exact.strata import Stratum
from linnet_exact.weights import Weights, sample
from linnet_exact.weights.balanced import balanced
from linnet_exact.weights.balancedness import invariants

__all__ = ["BALANCE"]


def _check_balance(stratum: Stratum, seed: int) -> Verdict:
    theta = sample(stratum.barcode, seed)
    kept = all(matrix.is_zero() for matrix in _derivatives(theta, Random(f"{seed}:{stratum}")))
    return Verdict(kept and _balance_fits(stratum, seed), {"kept_by_gradient_flow": kept})


def _derivatives(theta: Weights, random: Random) -> list[Matrix]:
    """Return the derivatives of the invariants along −∂ℓ/∂W_j = −W_{L~j}ᵀ G W_{j−1~0}ᵀ.

    G, the gradient of the loss in the product, may be any matrix. The invariants are quadratic, so
    their derivative at θ along v is that of (θ + v) minus that of (θ − v), halved.
    """
    top, widths = theta.depth, theta.network.widths
    loss = Matrix([[random.randint(-9, 9) for _ in range(widths[0])] for _ in range(widths[-1])])
    velocity = [
        theta.product(top, j).T @ loss @ theta.product(j - 1, 0).T for j in range(1, top + 1)
    ]
    ahead, behind = (
        invariants(Weights([w + v * sign for w, v in zip(theta.matrices, velocity, strict=True)]))
        for sign in (-1, 1)
    )
    return [a - b for a, b in zip(ahead, behind, strict=True)]


def _balance_fits(stratum: Stratum, seed: int) -> bool:
    """Whether balanced points are found on this stratum if it is minimal, and refused if not."""
    try:
        found = balanced(stratum.barcode, seed)
    except InputError:
        return not stratum.minimal
    zero = all(matrix.is_zero() for matrix in invariants(found))
    return stratum.minimal and zero and found.barcode == stratum.barcode


BALANCE = Claim(
    name="balance",
    statement=(
        "gradient flow of any loss of W_L ⋯ W_1 keeps W_j+1ᵀ W_j+1 − W_j W_jᵀ at every hidden "
        "layer; points where these are 0 are made on minimal strata"
    ),
    latex=r"\frac{d}{dt}\bigl(W_{j+1}^T W_{j+1} - W_j W_j^T\bigr) = 0",
    method=(
        "the exact derivative at a pseudo-random point of S along the gradient of a pseudo-random "
        "loss; balanced points, with their ranks certified"
    ),
    source="Arora, Cohen and Hazan, ICML 2018; all ranks of balanced weights are r",
    check=_check_balance,
)

"""The moves of each kind at a point, and the connected components of a whole real fiber."""

from itertools import product

from linnet_exact.algebra import Matrix
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import FIBERS
from linnet_exact.claims.theorems.orbits import point_over_canonical_product
from linnet_exact.errors import NoPathError
from linnet_exact.strata import Fiber, Stratum
from linnet_exact.strata.formulas.freedom import freedom
from linnet_exact.weights import Weights, act, path, sample
from linnet_exact.weights.jacobian import differential, stratum_tangent_dimension
from linnet_exact.weights.spaces.decomposition import decompose

__all__ = ["KINDS_OF_MOVES", "REAL_FIBER"]


def _check_kinds(stratum: Stratum, seed: int) -> Verdict:
    theta = sample(stratum.barcode, seed)
    counts = freedom(stratum.barcode)
    rank = differential(theta).rank()
    sums = [counts.stratum, counts.null_space, counts.row_space]
    jacobians = [stratum_tangent_dimension(theta), theta.network.weight_dimension - rank, rank]
    evidence = {"counts": counts.counts, "sums": sums, "jacobians": jacobians}
    bases = decompose(theta).check()
    return Verdict(bases and sums == jacobians, {"bases": bases, **evidence})


def _check_real_fiber(fiber: Fiber, seed: int) -> Verdict:
    """Signs of minors tell parts of the fiber apart; paths show that nothing else does."""
    first_of: dict[tuple[bool, ...], Weights] = {}
    paths = 0
    for stratum in fiber.strata():
        theta = point_over_canonical_product(stratum, seed)
        for mirrors in product((False, True), repeat=fiber.network.depth - 1):
            point = _mirrored(theta, mirrors)
            first = first_of.setdefault(_signs(point, fiber.rank), point)
            try:
                path(first, point).check()
            except NoPathError:
                return Verdict(False, {"barcode": str(stratum), "no_path_for_mirrors": mirrors})
            paths += 1
    verdict = Verdict.equal(formula=fiber.real_components, classes_of_signs=len(first_of))
    return Verdict(verdict.holds, {**verdict.evidence, "paths": paths})


def _mirrored(theta: Weights, mirrors: tuple[bool, ...]) -> Weights:
    """Reverse the first coordinate of some hidden layers; the product stays."""
    group = [Matrix.identity(width) for width in theta.network.widths]
    for layer, mirror in enumerate(mirrors, start=1):
        if mirror:
            size = range(theta.network.widths[layer])
            group[layer] = Matrix([[(1 - 2 * (i == 0)) * (i == j) for j in size] for i in size])
    return act(group, theta)


def _signs(theta: Weights, rank: int) -> tuple[bool, ...]:
    """Return the signs of the minors of W_{j~0} at hidden layers of width r, for r > 0."""
    columns = theta.product().row_space().pivots
    return tuple(
        theta.product(layer, 0)[:, columns].det() < 0
        for layer, width in enumerate(theta.network.widths[1:-1], start=1)
        if 0 < rank == width
    )


def _is_small(fiber: Fiber) -> bool:
    return fiber.network.depth <= 4 and not fiber.has_more_strata_than(9)


KINDS_OF_MOVES = Claim(
    name="kinds-of-moves",
    statement=(
        "weight space is the direct sum of one-matrix, two-matrix, connecting, swapping and "
        "through moves, as many as the barcode says: the first two add up to dim S, the first four "
        "to dim null dμ, all to d_θ"
    ),
    latex=(
        r"d_\theta = \underbrace{\underbrace{n_1 + n_2}_{\dim S} + n_{\mathrm{connect}} + "
        r"n_{\mathrm{swap}}}_{\dim\ker d\mu(\theta)} + n_{\mathrm{through}}"
    ),
    method=(
        "bases at an exact pseudo-random point of S, against the ranks, null space and column "
        "space of the Jacobians of μ and of the group action"
    ),
    source=(
        "Bhattacharya and Shewchuk, UCB/EECS-2022-92; Shewchuk and Bhattacharya, arXiv "
        "2404.14855, moves and bases of weight space"
    ),
    check=_check_kinds,
)

REAL_FIBER = Claim(
    name="real-fiber",
    statement=(
        "the real fiber of a matrix of rank r > 0 has 2^n connected components, n the number of "
        "hidden layers of width r, told apart by the signs of minors of W_j~0; that of 0 has one"
    ),
    latex=r"\#\pi_0(\mu^{-1}(W)(\mathbb{R})) = 2^{\#\{0<j<L\,:\,d_j = r\}},\ r > 0",
    method=(
        "points of every stratum with every hidden layer mirrored or not; signs of minors tell "
        "some apart, and exact paths, replayed, join all others"
    ),
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, the strata; Cauchy–Binet for the signs",
    domain=FIBERS,
    applies=_is_small,
    check=_check_real_fiber,
)

"""Limits of points, moves that lower ranks, transport between fibers, and multiplicities."""

from fractions import Fraction
from itertools import pairwise
from random import Random

from linnet_exact.algebra import Matrix
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import COVERS, PAIRS, Cover, Pair
from linnet_exact.claims.draws import random_stratum
from linnet_exact.errors import CertificateError
from linnet_exact.strata import Stratum
from linnet_exact.strata.multiplicity import multiplicity
from linnet_exact.strata.order.barcode_moves import layers_of
from linnet_exact.weights import Weights, act, sample
from linnet_exact.weights.moves.family import family_to
from linnet_exact.weights.moves.vectors import falling_move
from linnet_exact.weights.paths.carrying import carry

__all__ = ["FALLING_MOVES", "FRONTIER", "MULTIPLICITY", "TRANSPORT"]

_EPSILONS = (Fraction(1), Fraction(-3), Fraction(1, 10**6))
_FEW_WEIGHTS = 9


def _is_small(pair: Pair) -> bool:
    return pair.lower.fiber.network.weight_dimension <= _FEW_WEIGHTS


def _check_frontier(pair: Pair, seed: int) -> Verdict:
    theta = sample(pair.lower.barcode, seed)
    family = family_to(theta, pair.upper.barcode)
    terms = family.coefficients
    for epsilon in _EPSILONS:
        point = Weights([_value([term[j] for term in terms], epsilon) for j in range(theta.depth)])
        same_product = point.product() == theta.product()
        if point.barcode != pair.upper.barcode or not same_product:
            evidence = {"epsilon": str(epsilon), "reached": str(point.barcode)}
            return Verdict(False, {**evidence, "same_product": same_product})
    try:
        family.check()
    except CertificateError as error:
        return Verdict(False, {"reason": str(error)})
    return Verdict(terms[0] == theta.matrices, {"degree": family.degree})


def _value(coefficients: list[Matrix], epsilon: Fraction) -> Matrix:
    """Return the value of a polynomial by Horner's rule."""
    value = coefficients[-1]
    for coefficient in reversed(coefficients[:-1]):
        value = value * epsilon + coefficient
    return value


def _check_falling_moves(cover: Cover, seed: int) -> Verdict:
    theta = sample(cover.upper.barcode, seed)
    for layer in layers_of(cover.move):
        move = falling_move(theta.flow(), cover.move, layer)
        matrices = list(theta.matrices)
        step = move.column @ move.row
        matrices[layer - 1] -= step
        moved = Weights(matrices)
        evidence = {
            "layer": layer,
            "reached": str(moved.barcode),
            "same_product": moved.product() == theta.product(),
            "rank_of_step": step.rank(),
        }
        if moved.barcode != cover.lower.barcode or not evidence["same_product"]:
            return Verdict(False, evidence)
        if evidence["rank_of_step"] != 1:
            return Verdict(False, evidence)
    return Verdict(True, {"layers": len(layers_of(cover.move))})


def _check_transport(stratum: Stratum, seed: int) -> Verdict:
    """Two points over different W; then a point of another stratum over the first of them."""
    first, second = (sample(stratum.barcode, f"{seed}:{name}") for name in ("first", "second"))
    group = carry(first, second).group
    partner = random_stratum(stratum.fiber, Random(f"{seed}:{stratum.barcode}"))
    other = sample(partner.barcode, f"{seed}:other", target=first.product())
    carried = act(group, other)
    inverses = [matrix.inverse() for matrix in group]
    linear = Matrix.block_diagonal(
        [group[j].kronecker(inverses[j - 1].T) for j in range(1, len(group))]
    )
    spaces = [theta.tangent_space().basis for theta in (first, second)]
    evidence = {
        "point_to_point": act(group, first) == second,
        "fiber_to_fiber": carried.product() == second.product(),
        "stratum_to_stratum": carried.rank_list == other.rank_list,
        "tangent_space_to_tangent_space": (spaces[0] @ linear.T).row_space()
        == spaces[1].row_space(),
    }
    return Verdict(all(evidence.values()), evidence)


def _is_one_equation(stratum: Stratum) -> bool:
    widths = stratum.fiber.network.widths
    return widths[0] == widths[-1] == 1 and stratum.fiber.rank == 0


def _check_multiplicity(stratum: Stratum, seed: int) -> Verdict:
    found = multiplicity(stratum)
    theta = sample(stratum.barcode, seed)
    random = Random(f"{seed}:{stratum.barcode}")
    orders = [_order_of_vanishing(theta, random) for _ in range(3)]
    return Verdict.equal(
        formula=None if found is None else found.value, order_of_vanishing=min(orders)
    )


def _order_of_vanishing(theta: Weights, random: Random) -> int:
    """Return the smallest power of t in μ(θ + t X), μ(θ) = 0, for a pseudo-random X > 0.

    The coefficient of t^L is not 0, because it is a sum of products of positive numbers.
    """
    product = [Matrix.identity(theta.network.widths[0])]
    for matrix in theta.matrices:
        rows = [[random.randint(1, 99) for _ in range(matrix.ncols)] for _ in range(matrix.nrows)]
        step = Matrix(rows)
        longer = [matrix @ product[0]]
        longer += [matrix @ b + step @ a for a, b in pairwise(product)]
        product = [*longer, step @ product[-1]]
    return next(power for power, term in enumerate(product) if not term.is_zero())


FRONTIER = Claim(
    name="frontier",
    statement=(
        "frontier condition: if no rank is larger on S than on T, every point of S is the limit "
        "of a family in its fiber, polynomial in ε, that is on T for every ε ≠ 0"
    ),
    latex=(
        r"r(S) \le r(T) \implies \forall \theta \in S\ \exists\, \theta(\varepsilon):\ "
        r"\theta(0) = \theta,\ \theta(\varepsilon) \in T\ (\varepsilon \ne 0)"
    ),
    method=(
        "the family through a pseudo-random point of S is evaluated at three ε; ranks and "
        "products are computed afresh, and identities of polynomials prove all ε ≠ 0"
    ),
    source=(
        "Shewchuk and Bhattacharya, The Hierarchy of Manifolds, SoCG 2026, LIPIcs 367, 91:1–19, "
        "frontier condition"
    ),
    domain=PAIRS,
    applies=_is_small,
    check=_check_frontier,
)

FALLING_MOVES = Claim(
    name="falling-moves",
    statement=(
        "from any point of T, a change of rank one of any matrix W_j, i ≤ j ≤ k + 1, leads down a "
        "cover: the inverse of a connecting or swapping move, with the product kept"
    ),
    latex=r"W_j - q\,p^* \in S,\ i \le j \le k+1, \quad W_j \in T",
    method="a pseudo-random point of T; ranks and products are computed afresh after each step",
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, rank-decreasing moves",
    domain=COVERS,
    check=_check_falling_moves,
)

TRANSPORT = Claim(
    name="transport",
    statement=(
        "the topology of a stratum depends on the decomposition only, its geometry up to a linear "
        "map: for two points of one barcode over any W and W', a g with g_L W = W' g_0 carries one "
        "to the other, the fiber of W to that of W', and every stratum to one of the same barcode"
    ),
    latex=(
        r"X_j \mapsto g_j X_j g_{j-1}^{-1}:\ \theta \mapsto \theta',\ "
        r"\mu^{-1}(W) \to \mu^{-1}(W'),\ T_\theta S \to T_{\theta'} S'"
    ),
    method=(
        "g is applied to both points and to a point of another stratum, whose ranks and product "
        "are computed afresh; tangent spaces from Jacobians are carried to each other"
    ),
    source="Shewchuk and Bhattacharya, arXiv 2404.14855, transport between fibers",
    check=_check_transport,
)

MULTIPLICITY = Claim(
    name="multiplicity",
    statement=(
        "where the fiber of 0 is given by one equation, its multiplicity along a stratum is the "
        "fewest steps from bar to bar that lead from input to output: 1 at smooth points, L at 0"
    ),
    latex=r"\operatorname{mult}_\theta \mu^{-1}(0) = \operatorname{ord}_{t} \mu(\theta + tX)",
    method="the order of vanishing of μ(θ + t X) in t at three pseudo-random X",
    source="the product expanded at the canonical form of arXiv 2404.14855; no paper states it",
    applies=_is_one_equation,
    check=_check_multiplicity,
)

"""Critical points of the square loss, checked by exact inertias and constructed points.

The data has ρ different eigenvalues (ρ+1)², …, 9, 4, for every ρ that a stratum can have, and Σ is
a pseudo-random positive definite matrix.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from random import Random

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.landscape import (
    Data,
    critical_point,
    criticality,
    gradient,
    loss,
    second_derivative,
)
from linnet_exact.landscape.points.critical_points import Pairs
from linnet_exact.landscape.points.critical_strata import (
    Ends,
    can_be_critical,
    can_be_loose,
    can_be_tight,
    match,
)
from linnet_exact.strata import Barcode, Stratum
from linnet_exact.weights import Flow, Weights, sample

__all__ = ["CRITICAL_STRATA", "GLOBAL_MINIMA", "KINDS", "MOVE_CURVATURE", "data_of_rank"]

_MAX_WEIGHTS = 64
_PAIRS = 2  # pairs of directions at one point


def data_of_rank(inputs: int, outputs: int, rho: int, seed: int | str) -> Data:
    """Return data with Γ Σ⁻¹ Γᵀ = diag((ρ+1)², ρ², …, 4, 0, …) and a pseudo-random Σ.

    Examples
    --------
    >>> data_of_rank(2, 2, 1, 0).explained
    Matrix([[4, 0], [0, 0]])
    """
    random = Random(f"{seed}:{inputs}:{outputs}:{rho}")
    X = [[1 if i == j else random.randint(-1, 1) * (j < i) for j in range(inputs)]
         for i in range(inputs)]  # fmt: skip
    Y = [[(rho + 1 - i) * (i == j < rho) for j in range(inputs)] for i in range(outputs)]
    return Data.from_samples(Matrix(X), Matrix(Y))


def _datas(stratum: Stratum, seed: int) -> Iterator[tuple[int, Data]]:
    widths, rank = stratum.fiber.network.widths, stratum.fiber.rank
    for rho in range(rank, min(widths[0], widths[-1]) + 1):
        yield rho, data_of_rank(widths[0], widths[-1], rho, seed)


def _possible_pairs(barcode: Barcode, rho: int) -> list[Pairs]:
    possible: list[Pairs] = []
    if can_be_tight(barcode, rho):
        possible.append("tight")
    if can_be_loose(barcode, rho):
        possible.append("loose")
    return possible


def _check_kinds(stratum: Stratum, seed: int) -> Verdict:
    barcode, rank = stratum.barcode, stratum.fiber.rank
    by_theorem, by_inertia, critical = [], [], 0
    for rho, data in _datas(stratum, seed):
        if not can_be_critical(barcode, rho):
            continue
        top = tuple(range(1, rank + 1))
        other = Random(f"{seed}:{barcode}").choice(list(combinations(range(1, rho + 1), rank)))
        for S in dict.fromkeys((top, other)):
            for pairs in _possible_pairs(barcode, rho):
                found = criticality(critical_point(barcode, data, S, seed, pairs), data)
                assert found.inertia is not None
                by_theorem.append(found.kind_by_theorem() == "strict saddle")
                by_inertia.append(found.inertia.negative > 0)
                critical += 1
    return Verdict(
        by_theorem == by_inertia,
        {"points": critical, "strict_by_theorem": by_theorem, "strict_by_inertia": by_inertia},
    )


def _check_critical_strata(stratum: Stratum, seed: int) -> Verdict:
    barcode, rank = stratum.barcode, stratum.fiber.rank
    by_ranks, by_matching, by_point = [], [], []
    ends = Ends.of(barcode)
    for rho, data in _datas(stratum, seed):
        matched = match(ends, rho - rank, ends.is_apart) is not None
        by_ranks.append(can_be_critical(barcode, rho))
        by_matching.append(matched)
        if by_ranks[-1]:
            theta = critical_point(barcode, data, range(1, rank + 1), seed)
            zero = all(part.is_zero() for part in gradient(theta, data))
            by_point.append(zero and theta.rank_list == stratum.rank_list)
        else:
            # Any point will do: none is critical.
            theta = sample(barcode, seed)
            by_point.append(all(part.is_zero() for part in gradient(theta, data)))
    return Verdict.equal(by_ranks=by_ranks, by_matching=by_matching, by_point=by_point)


def _check_global_minima(stratum: Stratum, seed: int) -> Verdict:
    barcode, rank = stratum.barcode, stratum.fiber.rank
    negative, losses = [], []
    for rho, data in _datas(stratum, seed):
        if rank == min(stratum.fiber.network.min_width, rho) and can_be_critical(barcode, rho):
            found = criticality(critical_point(barcode, data, range(1, rank + 1), seed), data)
            assert found.inertia is not None
            negative.append(found.inertia.negative)
            # Σ_{s > r} λ_s / 2: what the r largest eigenvalues leave.
            left = Fraction(sum((rho + 1 - s) ** 2 for s in range(rank, rho)), 2)
            losses.append(found.loss == left)
    return Verdict(not any(negative) and all(losses), {"negative": negative, "least_loss": losses})


def _check_move_curvature(stratum: Stratum, seed: int) -> Verdict:
    random = Random(f"{seed}:{stratum.barcode}")
    wrong: list[str] = []
    tried = 0
    critical = [
        data for rho, data in _datas(stratum, seed) if can_be_critical(stratum.barcode, rho)
    ]
    for data in critical[-1:]:
        theta = critical_point(stratum.barcode, data, range(1, stratum.fiber.rank + 1), seed)
        slots = _slots(theta.flow())
        for _ in range(_PAIRS):
            one, two = random.choice(slots), random.choice(slots)
            direction = [x + y for x, y in zip(one[1], two[1], strict=True)]
            measured = _second_derivative_of_values(theta, data, direction)
            if measured != second_derivative(theta, data, direction):
                wrong.append("the formula")
            keeps, single = one[0], one[1]
            if keeps and _second_derivative_of_values(theta, data, single) != 0:
                wrong.append("a move that keeps the product")
            tried += 1
    return Verdict(not wrong, {"directions": tried, "wrong": wrong})


def _slots(flow: Flow) -> list[tuple[bool, list[Matrix]]]:
    """Return the unit directions in flow coordinates, and whether each keeps the product."""
    theta, top = flow.weights, flow.weights.depth
    zeros = [Matrix.zero(*W.shape, theta.field) for W in theta.matrices]
    found = []
    for j in range(1, top + 1):
        for source, target in (
            (p, q)
            for p in flow.barcode
            for q in flow.barcode
            if p.start <= j - 1 <= p.end and q.start <= j <= q.end
        ):
            column = flow.bases[j][:, [flow.column_range(target, j)[0]]]
            row = flow.inverses[j - 1][[flow.column_range(source, j - 1)[0]], :]
            direction = [*zeros[: j - 1], column @ row, *zeros[j:]]
            found.append((not (source.start == 0 and target.end == top), direction))
    return found


def _second_derivative_of_values(theta: Weights, data: Data, direction: list[Matrix]) -> Scalar:
    """Return the second derivative from values of the loss alone: a polynomial of degree ≤ 2 L."""
    count = 2 * theta.depth + 1
    points = range(-theta.depth, theta.depth + 1)
    pairs = list(zip(theta.matrices, direction, strict=True))
    values = Matrix([[loss(Weights([W + t * X for W, X in pairs]), data)] for t in points])
    powers = Matrix([[t**k for k in range(count)] for t in points])
    coefficients = powers.solve(values)
    return 2 * coefficients[2, 0]


def _is_small(stratum: Stratum) -> bool:
    return stratum.fiber.network.weight_dimension <= _MAX_WEIGHTS


_SOURCE = "Achour, Malgouyres and Gerchinovitz, arXiv 2107.13289"

KINDS = Claim(
    name="kinds-of-critical-points",
    statement=(
        "at a critical point whose product belongs to a set S of r of the ρ eigenvalues, the "
        "Hessian has a negative eigenvalue if and only if S is not {1, …, r}, or r < min(min d, ρ) "
        "and some pivot is not tightened"
    ),
    latex=r"S \ne \{1,\dots,r\} \text{ or a pivot is not tightened} \iff \lambda_{\min}(H) < 0",
    method="the exact inertia of the Hessian at constructed points, for every ρ and both kinds",
    source=_SOURCE,
    check=_check_kinds,
    applies=_is_small,
)

CRITICAL_STRATA = Claim(
    name="critical-strata",
    statement=(
        "S carries critical points if and only if r_L~j − r ≤ (d_L − r) − max(0, r_j−1~0 − r − "
        "(d_0 − ρ)) for all j"
    ),
    latex=r"r_{L\sim j} - r \le (d_L - r) - \max(0, r_{j-1\sim 0} - r - (d_0 - \rho))",
    method=(
        "matchings of bars; where the criterion holds a point is constructed and its gradient "
        "multiplied out, elsewhere a pseudo-random point is not critical"
    ),
    source="the normal form of two flags and a bilinear form",
    check=_check_critical_strata,
    applies=_is_small,
)

GLOBAL_MINIMA = Claim(
    name="global-minima",
    statement=(
        "at critical points with S = {1, …, r} and r = min(min d, ρ) the Hessian has no negative "
        "eigenvalue, and the loss is half the sum of the other eigenvalues"
    ),
    latex=r"r = \min(\min d, \rho) \Rightarrow H \succeq 0",
    method="the exact inertia of the Hessian and the exact loss at constructed points",
    source="Baldi and Hornik 1989; " + _SOURCE,
    check=_check_global_minima,
    applies=_is_small,
)

MOVE_CURVATURE = Claim(
    name="move-curvature",
    statement=(
        "along unit directions of the flow basis at critical points, and sums of two, the second "
        "derivative of the loss is tr(D Σ Dᵀ) + 2 Σ ⟨G, W_L~j X_j W_j−1~i X_i W_i−1~0⟩; it is 0 "
        "along a one-matrix move that keeps the product"
    ),
    latex=r"\tfrac{d^2}{dt^2}\ell = \operatorname{tr}(D\Sigma D^T) + 2\sum_{i<j}\langle G, "
    r"W_{L\sim j}X_jW_{j-1\sim i}X_iW_{i-1\sim 0}\rangle",
    method="the polynomial through exact values of the loss along each line",
    source=_SOURCE,
    check=_check_move_curvature,
    applies=_is_small,
)

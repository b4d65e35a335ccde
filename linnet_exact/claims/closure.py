"""The closure order: rank lists, local moves, covers, and curves from one stratum to another."""

from fractions import Fraction

from linnet_exact.algebra import Matrix
from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import COVERS, FIBERS, Cover
from linnet_exact.strata import Barcode, Fiber
from linnet_exact.strata.order import apply_move, covers_above, rising_moves
from linnet_exact.weights import Weights, canonical_weights
from linnet_exact.weights.canonical import strands

__all__ = ["DEGENERATION", "ORDER"]

_LISTED = 200


def _can_be_compared(fiber: Fiber) -> bool:
    return not fiber.has_more_strata_than(_LISTED)


def _check_order(fiber: Fiber, seed: int) -> Verdict:
    barcodes = [stratum.barcode for stratum in fiber.strata()]
    ranks = {barcode: barcode.rank_list for barcode in barcodes}
    above = {
        low: {high for high in barcodes if high != low and ranks[low] <= ranks[high]}
        for low in barcodes
    }
    for low in barcodes:
        between = {high for middle in above[low] for high in above[middle]}
        comparisons = {
            "reached": (_reachable(low), above[low]),
            "covers": ({high for _, high in covers_above(low)}, above[low] - between),
        }
        for name, (by_moves, by_ranks) in comparisons.items():
            if by_moves != by_ranks:
                evidence = {"by_moves": len(by_moves), "by_ranks": len(by_ranks)}
                return Verdict(False, {"barcode": str(low), "compared": name, **evidence})
    edges = {(low, high) for low in barcodes for _, high in covers_above(low)}
    dag = fiber.dag()
    nodes = list(dag.barcodes())
    in_dag = {(nodes[low], nodes[high]) for low, high, _ in dag.edges()}
    return Verdict(edges == in_dag, {"strata": len(barcodes), "covers": len(edges)})


def _reachable(start: Barcode) -> set[Barcode]:
    """Return what rising moves make of a barcode, in one step or more."""
    found: set[Barcode] = set()
    frontier = [start]
    while frontier:
        barcode = frontier.pop()
        for higher in {apply_move(barcode, move) for move in rising_moves(barcode)} - found:
            found.add(higher)
            frontier.append(higher)
    return found


def _check_degeneration(cover: Cover, seed: int) -> Verdict:
    """At the canonical point of the lower stratum one entry is changed."""
    low = cover.lower.barcode
    theta = canonical_weights(low)
    upper, lower = cover.move.upper, cover.move.lower
    layer = upper.start
    alive = strands(low)
    row, column = alive[layer].index((upper, 0)), alive[layer - 1].index((lower, 0))
    shape = theta.matrices[layer - 1].shape
    unit = [[int((i, j) == (row, column)) for j in range(shape[1])] for i in range(shape[0])]
    for epsilon in (Fraction(1), Fraction(-3), Fraction(1, 1000)):
        matrices = list(theta.matrices)
        matrices[layer - 1] = matrices[layer - 1] + epsilon * Matrix(unit)
        moved = Weights(matrices)
        same_product = moved.product() == theta.product()
        if moved.barcode != cover.upper.barcode or not same_product:
            evidence = {"epsilon": str(epsilon), "reached": str(moved.barcode)}
            return Verdict(False, {**evidence, "same_product": same_product})
    return Verdict(True, {"layer": layer})


ORDER = Claim(
    name="order",
    statement=(
        "S is in the closure of T if and only if rising moves lead from S to T; the moves that are "
        "covers by the criterion on bars are the transitive reduction, and the edges of the DAG"
    ),
    latex=r"S \subseteq \overline{T} \iff r(S) \le r(T) \iff S \to \cdots \to T",
    method=(
        "all rank lists are compared pairwise and reduced transitively; all sequences of rising "
        "moves are followed"
    ),
    source="Bhattacharya and Shewchuk, The Hierarchy of Manifolds, SoCG 2026; Abeasis and Del Fra",
    domain=FIBERS,
    applies=_can_be_compared,
    check=_check_order,
)

DEGENERATION = Claim(
    name="degeneration",
    statement=(
        "along a cover, a line inside the fiber starts on the lower stratum and is on the upper "
        "one ever after: W_j + ε E with a matrix unit E"
    ),
    latex=r"W_j + \varepsilon E_{pq} \in T \text{ for all } \varepsilon \ne 0, \quad W_j \in S",
    method="exact ranks and products at three ε, from the canonical point of the lower stratum",
    source="Bhattacharya and Shewchuk, arXiv 2404.14855, connecting and swapping moves",
    domain=COVERS,
    check=_check_degeneration,
)

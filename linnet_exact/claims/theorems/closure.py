"""The closure order: rank lists, local moves and covers."""

from linnet_exact.claims.claim import Claim, Verdict
from linnet_exact.claims.domain import FIBERS
from linnet_exact.strata import Barcode, Fiber
from linnet_exact.strata.order.moves import apply_move, covers_above, rising_moves

__all__ = ["ORDER"]

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
    source="Shewchuk and Bhattacharya, The Hierarchy of Manifolds, SoCG 2026; Abeasis and Del Fra",
    domain=FIBERS,
    applies=_can_be_compared,
    check=_check_order,
)

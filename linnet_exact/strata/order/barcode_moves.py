"""All barcode moves from one stratum, up and down, and how much freedom each leaves.

A connecting or swapping move leads up to a stratum with this one in its closure; its inverse leads
back down. At a point of the lower stratum, the one-matrix moves of one kind at one layer are
ε u vᵀ with u in a_{lji} and v in b_{k,j−1,h}: ω_kh ω_li parameters. At the layers i, …, k + 1 they
differ by two-matrix moves, which stay on the stratum, so these are also the normal directions of
the kind (Shewchuk and Bhattacharya, arXiv 2404.14855). Over all kinds they add up to
dim null dμ − dim S.
"""

from collections.abc import Iterator

from linnet_exact.strata.order.moves import Move, apply_move, moves_into, rising_moves, undo_move
from linnet_exact.strata.order.route import Leg
from linnet_exact.strata.values.barcode import Barcode

__all__ = ["barcode_moves", "freedom", "layers_of"]


def barcode_moves(barcode: Barcode) -> Iterator[Leg]:
    """Yield all moves from a barcode within its fiber, covers or not: first up, then down.

    Examples
    --------
    >>> for leg in barcode_moves(Barcode.parse("0-1,2-2")):
    ...     print("up" if leg.up else "down", leg.move, leg.goal)
    down connect 0-0,1-1 0-0,1-1,2-2
    """
    for move in rising_moves(barcode):
        yield Leg(move, True, barcode, apply_move(barcode, move))
    for move in moves_into(barcode):
        yield Leg(move, False, undo_move(barcode, move), barcode)


def freedom(lower: Barcode, move: Move) -> int:
    """Return ω_kh ω_li: the number of parameters of a rising move at its lower end, at one layer.

    Examples
    --------
    >>> lower = Barcode.parse("0-0:2,1-1:3")
    >>> freedom(Barcode.parse("0-0:2,1-1:3,2-2"), Move(*list(lower)))
    6
    """
    return lower.get(move.lower, 0) * lower.get(move.upper, 0)


def layers_of(move: Move) -> range:
    """Return the j of the matrices W_j that can make a rising move: i, …, k + 1.

    Examples
    --------
    >>> from linnet_exact.strata.values.interval import Interval
    >>> list(layers_of(Move(Interval(0, 2), Interval(1, 3))))
    [1, 2, 3]
    """
    return range(move.upper.start, move.lower.end + 2)

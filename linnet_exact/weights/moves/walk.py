"""Moves from a point to a stratum in the closure relation with its own, up or down."""

from collections.abc import Iterator
from typing import NamedTuple

from linnet_exact.errors import InputError
from linnet_exact.strata import Barcode
from linnet_exact.strata.order.comparison import compare
from linnet_exact.weights.moves.one_matrix import OneMatrixMove, rising_move
from linnet_exact.weights.moves.vectors import falling_move
from linnet_exact.weights.weights import Weights

__all__ = ["Stage", "moves_to"]


class Stage(NamedTuple):
    """One move of a walk, and the weights after it."""

    move: OneMatrixMove
    weights: Weights


def moves_to(theta: Weights, goal: Barcode) -> Iterator[Stage]:
    """Yield moves along covers from θ to a point of another stratum, each checked.

    Raises
    ------
    InputError
        If neither stratum lies in the closure of the other; it names ranks that say so.

    Examples
    --------
    >>> theta = Weights([[[2]], [[0]]])
    >>> [str(stage.move.after) for stage in moves_to(theta, Barcode.parse("0-0,1-1,2-2"))]
    ['0-0,1-1,2-2']
    """
    found = compare(theta.barcode, goal)
    if found.relation == "other fiber":
        raise InputError(
            f"the weights have rank {found.first.rank} and barcode {goal} has rank {goal.rank}: "
            f"moves keep the product"
        )
    if found.relation == "incomparable":
        smaller = compare(goal, theta.barcode).failing[0]
        raise InputError(
            f"neither of the strata {found.first} and {goal} is in the closure of the other: "
            f"{found.failing[0]}, but r_{smaller.k}~{smaller.i}: {smaller.second} < "
            f"{smaller.first}; linnet-exact path leads from point to point"
        )
    chain = found.chain()
    up = found.relation == "below"
    for step in chain if up else reversed(chain):
        for _ in range(step.times):
            flow = theta.flow()
            move = rising_move(flow, step.move) if up else falling_move(flow, step.move)
            theta = theta.apply(move)
            yield Stage(move, theta)

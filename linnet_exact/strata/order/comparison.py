"""The closure relation of two strata, with a witness either way.

S lies in the closure of T if and only if r_{k~i}(S) ≤ r_{k~i}(T) for all k, i. One rank that is
larger shows that it does not; a chain of covers that leads up shows that it does. By the frontier
condition there is nothing between: either all of S lies in the closure of T, or no point of it
(Shewchuk and Bhattacharya, The Hierarchy of Manifolds, SoCG 2026, LIPIcs 367, 91:1–19).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from linnet_exact.errors import InputError
from linnet_exact.strata.order.moves import Move, is_cover, rising_moves
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval

__all__ = ["Climb", "Comparison", "Inequality", "Relation", "climb", "compare"]

Relation: TypeAlias = Literal["equal", "below", "above", "incomparable", "other fiber"]


class Inequality(NamedTuple):
    """A rank r_{k~i} that is larger at the first stratum than at the second."""

    k: int
    i: int
    first: int
    second: int

    def __str__(self) -> str:
        return f"r_{self.k}~{self.i}: {self.first} > {self.second}"


class Climb(NamedTuple):
    """One cover, or the same kind of cover several times: `move` leads from `lower` to `upper`."""

    move: Move
    times: int
    lower: Barcode
    upper: Barcode


@dataclass(frozen=True)
class Comparison:
    """How two strata lie to each other; see `compare`.

    Attributes
    ----------
    relation : str
        ``"equal"``, ``"below"`` (the first is in the closure of the second), ``"above"``,
        ``"incomparable"``, or ``"other fiber"``: their products have different ranks.
    failing : tuple of Inequality
        All ranks that are larger at the first; empty if and only if it is equal or below.
    """

    first: Barcode
    second: Barcode
    relation: Relation
    failing: tuple[Inequality, ...]

    @property
    def in_closure(self) -> bool:
        """Whether the first lies in the closure of the second; they may be equal."""
        return self.relation in ("equal", "below")

    def chain(self) -> tuple[Climb, ...]:
        """Return covers from the lower of the two up to the other; empty unless one is lower."""
        if self.relation == "below":
            return climb(self.first, self.second)
        return climb(self.second, self.first) if self.relation == "above" else ()


def compare(first: Barcode, second: Barcode) -> Comparison:
    """Return how the strata of two barcodes of one network lie to each other.

    Raises
    ------
    InputError
        If they have different widths.

    Examples
    --------
    >>> found = compare(Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2"))
    >>> found.relation, [str(inequality) for inequality in found.failing]
    ('incomparable', ['r_1~0: 1 > 0'])
    """
    if first.network != second.network:
        raise InputError(
            f"strata of different networks cannot be compared: {first} has widths {first.network}, "
            f"{second} has {second.network}"
        )
    ranks, others = first.rank_list, second.rank_list
    failing = tuple(
        Inequality(k, i, ranks[k, i], others[k, i]) for k, i in ranks if ranks[k, i] > others[k, i]
    )
    relation: Relation
    if first.rank != second.rank:
        relation = "other fiber"
    elif first == second:
        relation = "equal"
    elif not failing:
        relation = "below"
    else:
        relation = "above" if others <= ranks else "incomparable"
    return Comparison(first, second, relation, failing)


def climb(lower: Barcode, upper: Barcode) -> tuple[Climb, ...]:
    """Return a chain of covers from one stratum up to another with it in its closure.

    Any cover that stays at or below the goal will do, so nothing is searched. One kind of cover is
    taken as often as it can be.

    Raises
    ------
    InputError
        If the first does not lie in the closure of the second; it names a rank that says so.

    Examples
    --------
    >>> chain = climb(Barcode.parse("0-0:5,1-1:5,2-2:5"), Barcode.parse("0-1:3,0-0:2,1-2:2,2-2:3"))
    >>> [(str(step.move), step.times) for step in chain]
    [('connect 0-0,1-1', 3), ('connect 1-1,2-2', 2)]
    """
    found = compare(lower, upper)
    if not found.in_closure:
        why = str(found.failing[0]) if found.failing else "their products have different ranks"
        raise InputError(f"stratum {lower} is not in the closure of {upper}: {why}")
    goal, here = upper.rank_list, lower.rank_list
    missing = {key: goal[key] - here[key] for key in goal}
    return tuple(_climb(lower, missing))


def _climb(here: Barcode, missing: dict[tuple[int, int], int]) -> Iterator[Climb]:
    while any(missing.values()):
        move, times = next(
            (move, times)
            for move in rising_moves(here)
            if (times := _room(here, move, missing)) and is_cover(here, move)
        )
        there = _applied(here, move, times)
        yield Climb(move, times, here, there)
        for key in _raised(move):
            missing[key] -= times
        here = there


def _raised(move: Move) -> Iterator[tuple[int, int]]:
    """Yield the (k, i) of the ranks that a rising move raises, by one each."""
    for i in range(move.lower.start, move.upper.start):
        for k in range(move.lower.end + 1, move.upper.end + 1):
            yield k, i


def _room(here: Barcode, move: Move, missing: dict[tuple[int, int], int]) -> int:
    """Return how often a move can be made without a rank that is too large."""
    return min(here[move.lower], here[move.upper], *(missing[key] for key in _raised(move)))


def _applied(barcode: Barcode, move: Move, times: int) -> Barcode:
    changes: list[tuple[Interval, int]] = [(move.lower, -times), (move.upper, -times)]
    bars = dict(barcode)
    for bar, change in [*changes, *((bar, times) for bar in move.made)]:
        bars[bar] = bars.get(bar, 0) + change
    return Barcode(bars)

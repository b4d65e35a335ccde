"""Ways up and down the stratum DAG that also arrive on the right real component."""

from functools import lru_cache
from typing import NamedTuple

from linnet_exact.arguments import as_integer
from linnet_exact.errors import InputError
from linnet_exact.strata.order.greedy import greedy_walk, with_signs
from linnet_exact.strata.order.moves import Move
from linnet_exact.strata.order.packed import PackedFiber, Stride
from linnet_exact.strata.order.shortest import shortest_walk
from linnet_exact.strata.order.signs import SignSpan, move_signs, sign_names, signs_of_bar
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess

__all__ = ["ROUTE_LIMIT", "Leg", "Route", "component_span", "fiber_invariants", "find_route"]

ROUTE_LIMIT = 4000
"""Largest number of strata that are visited in search of a shortest route."""


class Leg(NamedTuple):
    """One edge of the stratum DAG: a rising move, taken up to `upper` or back down to `lower`.

    Examples
    --------
    >>> leg = find_route(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-0,1-2")).legs[0]
    >>> str(leg.move), leg.up, str(leg.goal), str(leg.reversed().goal)
    ('connect 1-1,2-2', True, '0-0,1-2', '0-0,1-1,2-2')
    """

    move: Move
    up: bool
    lower: Barcode
    upper: Barcode

    @property
    def goal(self) -> Barcode:
        """The barcode at the end."""
        return self.upper if self.up else self.lower

    @property
    def start(self) -> Barcode:
        """The barcode at the beginning."""
        return self.lower if self.up else self.upper

    @property
    def signs(self) -> int:
        """The signs of the flow basis that the move makes, against that before it."""
        return move_signs(self.lower, self.move)

    def reversed(self) -> "Leg":
        """Return the same edge, taken the other way."""
        return self._replace(up=not self.up)


class Route(NamedTuple):
    """A walk along edges of the stratum DAG, and whether it is proved that none is shorter.

    Examples
    --------
    >>> find_route(Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2")).shortest
    True
    """

    legs: list[Leg]
    shortest: bool


def find_route(
    start: Barcode, goal: Barcode, signs: int = 0, real: bool = True, limit: int = ROUTE_LIMIT
) -> Route | None:
    """Return a walk along edges of the stratum DAG between two real components.

    A search from both ends finds a shortest one, if it meets before it has visited `limit` strata;
    otherwise the walk is a greedy one. Where signs have to be reversed that the strata on the way
    do not allow to, real components are searched, and if these are too many, there is a detour.

    Parameters
    ----------
    start, goal : Barcode
        Of one fiber.
    signs : int
        The signs of a flow basis at the goal against one at the start; see `strata.signs`.
    real : bool
        Whether real components count; if not, every stratum is connected, as over C.

    Returns
    -------
    Route, or None
        Without legs if the two are one; None if the fiber itself is not connected over R and the
        two lie on different sides.

    Raises
    ------
    InputError
        If the barcodes are of different fibers, or a sign is given that no flow basis there has,
        as that of null W is if it is 0.

    Examples
    --------
    >>> route = find_route(Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2"))
    >>> [str(leg.goal) for leg in route.legs]
    ['0-0,1-1,2-2', '0-0,1-2']
    >>> find_route(Barcode.parse("0-2"), Barcode.parse("0-2"), signs=0b010) is None
    True
    """
    start, goal = Barcode.of(start, "start"), Barcode.of(goal, "goal")
    _require_one_fiber(start, goal)
    signs = _signs_in_use(start, signs) if real else 0
    if real and any(separates(signs, bits) for bits in fiber_invariants(start).values()):
        return None
    packed = PackedFiber(start)
    first, last = packed.state(start), packed.state(goal)
    found, bound = shortest_walk(packed, first, last, limit)
    walk = greedy_walk(packed, first, last) if found is None else found
    shortest = found is not None or len(walk) == bound + 1
    if real and (detour := with_signs(packed, first, walk, signs)) != walk:
        found, bound = shortest_walk(packed, first, last, limit // 4, signs)
        walk = detour if found is None else found
        shortest = found is not None or len(walk) == bound + 1
    return Route([_leg(packed, stride) for stride in walk], shortest)


def _require_one_fiber(start: Barcode, goal: Barcode) -> None:
    if start.network != goal.network:
        raise InputError(
            f"the strata are in different fibers: their widths are {start.network} and "
            f"{goal.network}"
        )
    if start.rank != goal.rank:
        raise InputError(
            f"the strata are in different fibers: their ranks are {start.rank} and {goal.rank}"
        )


def _signs_in_use(barcode: Barcode, signs: int) -> int:
    names = sign_names(barcode)
    signs = as_integer(signs, "signs")
    if signs < 0 or signs & ~sum(1 << bit for bit in names):
        known = ", ".join(f"{bit} ({names[bit]})" for bit in sorted(names))
        raise InputError(
            f"signs are given by the bits that are in use in this fiber, {known}, not by {signs}"
        )
    return signs


def _leg(packed: PackedFiber, stride: Stride) -> Leg:
    ends = [packed.barcode(stride.state), packed.barcode(stride.end(packed))]
    lower, upper = ends if stride.up else ends[::-1]
    return Leg(stride.move.move, stride.up, lower, upper)


def separates(signs: int, bits: int) -> bool:
    """Return whether the product of the signs at `bits` is −1.

    Examples
    --------
    >>> separates(0b010, 0b011), separates(0b010, 0b101)
    (True, False)
    """
    return bool((signs & bits).bit_count() & 1)


@lru_cache(maxsize=4096)
def component_span(barcode: Barcode, real: bool = True) -> SignSpan:
    """Return the span of the signs that reversals of strands reverse, bar by bar.

    If not `real`, the span of all signs: nothing is then told apart.

    Examples
    --------
    >>> component_span(Barcode.parse("0-0,1-2")).dimension
    2
    """
    if not real:
        return SignSpan(1 << bit for bit in sign_names(barcode))
    return SignSpan(signs_of_bar(bar, barcode.depth) for bar in barcode)


def fiber_invariants(barcode: Barcode) -> dict[int, int]:
    """Return the products of signs that are constant on connected parts of the whole real fiber.

    Every stratum has the minimal one in its closure, so these are the invariants of that one: for
    r > 0, one for each hidden layer of width r.

    Examples
    --------
    >>> fiber_invariants(Barcode.parse("0-2")), fiber_invariants(Barcode.parse("0-2,1-1"))
    ({1: 10}, {})
    """
    generators = sum(1 << bit for bit in sign_names(barcode))
    lowest = Excess(barcode.network, barcode.rank).minimal_barcode
    return component_span(lowest).invariants(generators)

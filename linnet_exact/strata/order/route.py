"""Shortest ways up and down the stratum DAG that also arrive on the right real component."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.order.moves import Move, covers_above, covers_below
from linnet_exact.strata.order.signs import SignSpan, move_signs, sign_names, signs_of_bar
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.excess import Excess

__all__ = ["ROUTE_LIMIT", "Leg", "component_span", "fiber_invariants", "find_route"]

ROUTE_LIMIT = 100_000
"""Largest number of strata, each with a real component, that are visited in search of a route."""


class Leg(NamedTuple):
    """One edge of the stratum DAG: a rising move, taken up to `upper` or back down to `lower`.

    Examples
    --------
    >>> leg = find_route(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-0,1-2"))[0]
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


class _Node(NamedTuple):
    """A real component of a stratum: signs of a flow basis, reduced modulo the bars."""

    barcode: Barcode
    signs: int


# From a node to the leg that led to it and the node it came from.
_Found = dict[_Node, tuple[Leg, _Node] | None]


def find_route(
    start: Barcode, goal: Barcode, signs: int = 0, real: bool = True, limit: int = ROUTE_LIMIT
) -> list[Leg] | None:
    """Return a shortest walk along edges of the stratum DAG between two real components.

    Both searches run towards each other, one layer of nodes at a time, and list only the strata
    that they meet.

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
    list of Leg, or None
        Empty if the two are one; None if the fiber itself is not connected over R and the two lie
        on different sides.

    Raises
    ------
    TooLargeError
        If more than `limit` nodes would be visited.

    Examples
    --------
    >>> legs = find_route(Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2"))
    >>> [str(leg.goal) for leg in legs]
    ['0-0,1-1,2-2', '0-0,1-2']
    >>> find_route(Barcode.parse("0-2"), Barcode.parse("0-2"), signs=0b010) is None
    True
    """
    if real and any(separates(signs, bits) for bits in fiber_invariants(start).values()):
        return None
    near = _Node(start, 0)
    far = _Node(goal, component_span(goal, real).reduce(signs))
    sides: tuple[_Found, _Found] = ({near: None}, {far: None})
    frontiers = [near], [far]
    if near == far:
        return []
    while True:
        at = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        found, other = sides[at], sides[1 - at]
        reached = []
        for node in frontiers[at]:
            for leg, neighbour in _neighbours(node, real):
                if neighbour in found:
                    continue
                found[neighbour] = leg, node
                if neighbour in other:
                    return _joined(sides, neighbour)
                reached.append(neighbour)
            if len(found) + len(other) > limit:
                raise TooLargeError(
                    f"a path needs more than {limit} strata to be searched, between {start} and "
                    f"{goal}"
                )
        frontiers[at][:] = reached


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


def _neighbours(node: _Node, real: bool) -> Iterator[tuple[Leg, _Node]]:
    """Yield the components that edges of the DAG lead to.

    A move may start from any flow basis of the point, so its own signs are joined by those of any
    strands that are reversed before.
    """
    barcode, signs = node
    free = component_span(barcode, real).basis
    legs = [Leg(move, True, barcode, above) for move, above in covers_above(barcode)]
    legs += [Leg(move, False, below, barcode) for move, below in covers_below(barcode)]
    for leg in legs:
        there = component_span(leg.goal, real)
        components = {there.reduce(signs ^ leg.signs)}
        for vector in map(there.reduce, free):
            components |= {component ^ vector for component in components}
        for component in sorted(components):
            yield leg, _Node(leg.goal, component)


def _joined(sides: tuple[_Found, _Found], meeting: _Node) -> list[Leg]:
    first, second = (_legs_to(meeting, found) for found in sides)
    return first[::-1] + [leg.reversed() for leg in second]


def _legs_to(node: _Node, found: _Found) -> list[Leg]:
    """Return the legs from where a search began to `node`, the last one first."""
    legs = []
    while (step := found[node]) is not None:
        leg, node = step
        legs.append(leg)
    return legs

"""Shortest walks along covers between two real components, while the search is small."""

from collections.abc import Iterator
from typing import NamedTuple

from linnet_exact.strata.order.packed import PackedFiber, PackedMove, State, Stride

__all__ = ["shortest_walk"]


class _Node(NamedTuple):
    """A real component of a stratum: signs of a flow basis, reduced modulo the bars."""

    state: State
    signs: int


# From a node to the cover that led to it, whether up, and the node it came from.
_Found = dict[_Node, tuple[PackedMove, bool, _Node] | None]


def shortest_walk(
    packed: PackedFiber, start: State, goal: State, limit: int, signs: int | None = None
) -> tuple[list[Stride] | None, int]:
    """Return a shortest walk, or None if more than `limit` nodes would be visited for it.

    Both searches run towards each other, one layer of nodes at a time. Without `signs`, every
    stratum is connected, as over C.

    Returns
    -------
    list of Stride, or None
    int
        If there is no walk: a number of covers that every walk exceeds.

    Examples
    --------
    >>> from linnet_exact.strata.values.barcode import Barcode
    >>> start, goal = Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2")
    >>> packed = PackedFiber(start)
    >>> walk, _ = shortest_walk(packed, packed.state(start), packed.state(goal), limit=100)
    >>> [stride.up for stride in walk]
    [False, True]
    """
    near = _Node(start, 0)
    far = _Node(goal, 0 if signs is None else packed.span(goal.bars).reduce(signs))
    if near == far:
        return [], 0
    sides: tuple[_Found, _Found] = ({near: None}, {far: None})
    frontiers = [near], [far]
    layers = 0
    while True:
        at = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        found, other = sides[at], sides[1 - at]
        reached = []
        for node in frontiers[at]:
            for move, up, neighbour in _neighbours(packed, node, signs is not None):
                if neighbour in found:
                    continue
                found[neighbour] = move, up, node
                if neighbour in other:
                    return _joined(packed, sides, neighbour), 0
                reached.append(neighbour)
            if len(found) + len(other) > limit:
                return None, layers
        layers += 1
        frontiers[at][:] = reached


def _neighbours(
    packed: PackedFiber, node: _Node, real: bool
) -> Iterator[tuple[PackedMove, bool, _Node]]:
    """Yield the components that covers lead to.

    A move may start from any flow basis of the point, so its own signs are joined by those of any
    strands that are reversed before.
    """
    state, signs = node
    rising, falling = packed.covers(state.bars)
    for up, moves in ((True, rising), (False, falling)):
        for move in moves:
            there = (packed.up if up else packed.down)(state, move)
            if not real or packed.whole(there.bars):
                yield move, up, _Node(there, 0)
                continue
            span = packed.span(there.bars)
            components = {span.reduce(signs ^ packed.move_signs(state, move, up))}
            for vector in map(span.reduce, packed.span(state.bars).basis):
                components |= {component ^ vector for component in components}
            for component in sorted(components):
                yield move, up, _Node(there, component)


def _joined(packed: PackedFiber, sides: tuple[_Found, _Found], meeting: _Node) -> list[Stride]:
    first, second = (list(_strides_to(meeting, found)) for found in sides)
    return first[::-1] + [stride.reversed(packed) for stride in second]


def _strides_to(node: _Node, found: _Found) -> Iterator[Stride]:
    """Yield the strides from where a search began to `node`, the last one first."""
    while (step := found[node]) is not None:
        move, up, node = step
        yield Stride(node.state, move, up)

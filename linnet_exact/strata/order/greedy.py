"""Walks along covers between any two strata of a fiber, found without a search.

Down, as long as some rank is larger than at the goal, by the cover that loses the fewest of the
ranks that the goal has as well; then up, by the cover that gains most without going beyond the
goal. There always is one: covers generate the closure order, and the minimal stratum is in the
closure of every stratum.
"""

from collections.abc import Iterator, Sequence

from linnet_exact.strata.order.packed import PackedFiber, PackedMove, State, Stride
from linnet_exact.strata.order.shortest import shortest_walk

__all__ = ["greedy_walk", "with_signs"]

_DETOUR_LIMIT = 500
_WINDOW, _WINDOW_LIMIT = 8, 1000  # so long parts of a walk are replaced by shortest ones


def greedy_walk(packed: PackedFiber, start: State, goal: State) -> list[Stride]:
    """Return the shorter of the walks found from either end, made shorter part by part.

    Examples
    --------
    >>> from linnet_exact.strata.values.barcode import Barcode
    >>> start, goal = Barcode.parse("0-1,2-2"), Barcode.parse("0-0,1-2")
    >>> packed = PackedFiber(start)
    >>> walk = greedy_walk(packed, packed.state(start), packed.state(goal))
    >>> [(str(stride.move.move), stride.up) for stride in walk]
    [('connect 0-0,1-1', False), ('connect 1-1,2-2', True)]
    """
    there = list(_strides(packed, start, goal))
    back = list(_strides(packed, goal, start))
    if len(there) > len(back):
        there = [stride.reversed(packed) for stride in reversed(back)]
    return _shortened(packed, there)


def _shortened(packed: PackedFiber, walk: list[Stride]) -> list[Stride]:
    """Replace parts of a walk by shortest ones, as long as that makes it shorter.

    Real components play no part, and a search that gets large is given up.
    """
    at = 0
    while at + 2 < len(walk):
        part = walk[at : at + _WINDOW]
        ends = part[0].state, part[-1].end(packed)
        found, _ = shortest_walk(packed, *ends, _WINDOW_LIMIT)
        if found is not None and len(found) < len(part):
            walk = walk[:at] + found + walk[at + _WINDOW :]
            at = max(0, at - _WINDOW)
        else:
            at += _WINDOW // 4
    return walk


def _strides(packed: PackedFiber, state: State, goal: State) -> Iterator[Stride]:
    pairs = zip(packed.ranks(state), packed.ranks(goal), strict=True)
    beyond = [rank - wanted for rank, wanted in pairs]  # at each place, against the goal
    while max(beyond) > 0:

        def price(move: PackedMove) -> tuple[int, int]:
            lost = sum(beyond[place] <= 0 for place in move.raised)
            return lost, lost - len(move.raised)

        move = min(packed.covers(state.bars)[1], key=price)
        yield Stride(state, move, up=False)
        state = packed.down(state, move)
        for place in move.raised:
            beyond[place] -= 1
    while state != goal:
        moves = packed.covers(state.bars)[0]
        fitting = [move for move in moves if all(beyond[place] < 0 for place in move.raised)]
        move = max(fitting, key=lambda move: len(move.raised))
        yield Stride(state, move, up=True)
        state = packed.up(state, move)
        for place in move.raised:
            beyond[place] += 1


def with_signs(packed: PackedFiber, start: State, walk: list[Stride], signs: int) -> list[Stride]:
    """Return a walk that can arrive with these signs: the one given, if need be with a detour.

    A detour goes down and the same way back up. It makes no signs, but there are more bars on the
    way, of which strands can be reversed; at the minimal stratum, there are all that there can be.

    Examples
    --------
    >>> from linnet_exact.strata.values.barcode import Barcode
    >>> packed = PackedFiber(Barcode.parse("0-1,2-2"))
    >>> start = packed.state(Barcode.parse("0-1,2-2"))
    >>> [stride.up for stride in with_signs(packed, start, [], 0b001)]
    [False, True]
    """
    for state, move, up in walk:
        signs ^= packed.move_signs(state, move, up)
    passed = [start, *(stride.end(packed) for stride in walk)]
    bars = 0
    for state in passed:
        bars |= state.bars
    if packed.span(bars).reduce(signs) == 0:
        return walk
    down = _way_to_signs(packed, passed, bars, signs)
    at = passed.index(down[0].state)
    back = [stride.reversed(packed) for stride in reversed(down)]
    return [*walk[:at], *down, *back, *walk[at:]]


def _way_to_signs(
    packed: PackedFiber, passed: Sequence[State], bars: int, signs: int
) -> list[Stride]:
    """Return a way down from one of the states `passed` to where the signs can be reversed."""

    def reversible(more: int) -> bool:
        return packed.span(bars | more).reduce(signs) == 0

    ways: dict[State, list[Stride]] = {state: [] for state in passed}
    frontier = list(ways)
    while frontier and len(ways) < _DETOUR_LIMIT:
        reached = []
        for state in frontier:
            for move in packed.covers(state.bars)[1]:
                below = packed.down(state, move)
                if below not in ways:
                    ways[below] = [*ways[state], Stride(state, move, up=False)]
                    reached.append(below)
                    if reversible(_bars_on(packed, ways[below])):
                        return ways[below]
        frontier = reached
    state = min(passed, key=lambda state: sum(packed.ranks(state)))
    way: list[Stride] = []
    while not way or not reversible(_bars_on(packed, way)):
        way.append(Stride(state, packed.covers(state.bars)[1][0], up=False))
        state = way[-1].end(packed)
    return way


def _bars_on(packed: PackedFiber, way: list[Stride]) -> int:
    bars = 0
    for stride in way:
        bars |= stride.end(packed).bars
    return bars

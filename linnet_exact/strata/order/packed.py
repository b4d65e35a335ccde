"""Strata packed into integers, for walks that meet many of them.

The multiplicities of all bars are cells of one integer, so a move adds a constant; which bars there
are is a set of bits, and that alone decides which moves are covers.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from linnet_exact.strata.order.moves import Move
from linnet_exact.strata.order.signs import SignSpan, move_signs, sign_names, signs_of_bar
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval

__all__ = ["PackedFiber", "PackedMove", "State", "Stride"]


class State(NamedTuple):
    """A stratum: its multiplicities in the cells of an integer, and the set of its bars as bits."""

    cells: int
    bars: int


class PackedMove(NamedTuple):
    """A rising move as sets of bars, and what it changes.

    `others` are the bars that no stratum may have where the move is a cover; `raised` are the
    places of the ranks that it raises by one; `own_cells` and `made_cells` pair the bit of each bar
    with its cell.
    """

    move: Move
    own: int
    made: int
    others: int
    change: int
    raised: tuple[int, ...]
    own_cells: tuple[tuple[int, int], ...]
    made_cells: tuple[tuple[int, int], ...]


class PackedFiber:
    """The strata of the fiber of `barcode`, as far as they are met.

    Examples
    --------
    >>> packed = PackedFiber(Barcode.parse("0-1,2-2"))
    >>> state = packed.state(Barcode.parse("0-1,2-2"))
    >>> [str(packed.barcode(packed.down(state, move))) for move in packed.covers(state.bars)[1]]
    ['0-0,1-1,2-2']
    """

    def __init__(self, barcode: Barcode) -> None:
        self.network, self.depth = barcode.network, barcode.depth
        self._width = max(barcode.widths).bit_length()
        self._full = (1 << self._width) - 1
        self._names = sign_names(barcode)
        self.covers = lru_cache(maxsize=1 << 14)(self._covers)
        self.span = lru_cache(maxsize=1 << 14)(self._span)
        self._move = lru_cache(maxsize=None)(self._packed_move)

    def column(self, bar: Interval) -> int:
        """Return the number of the cell of `bar`; they are sorted by bar."""
        return bar.start * (self.depth + 1) + bar.end

    def bars(self, bars: int) -> list[Interval]:
        """Return the bars of a set, sorted."""
        found = []
        while bars:
            column = (bars & -bars).bit_length() - 1
            found.append(Interval(*divmod(column, self.depth + 1)))
            bars &= bars - 1
        return found

    def state(self, barcode: Barcode) -> State:
        """Return the state of a barcode."""
        cells = sum(count << self.column(bar) * self._width for bar, count in barcode.items())
        return State(cells, sum(1 << self.column(bar) for bar in barcode))

    def barcode(self, state: State) -> Barcode:
        """Return the barcode of a state."""
        bars = self.bars(state.bars)
        counts = (state.cells >> self.column(bar) * self._width & self._full for bar in bars)
        return Barcode.of_network(self.network, zip(bars, counts, strict=True))

    def up(self, state: State, move: PackedMove) -> State:
        """Return the state after a move."""
        cells, bars = state.cells + move.change, state.bars | move.made
        for bar, cell in move.own_cells:
            if not cells & cell:
                bars ^= bar
        return State(cells, bars)

    def down(self, state: State, move: PackedMove) -> State:
        """Return the state from which a move leads to this one."""
        cells, bars = state.cells - move.change, state.bars | move.own
        for bar, cell in move.made_cells:
            if not cells & cell:
                bars ^= bar
        return State(cells, bars)

    def ranks(self, state: State) -> list[int]:
        """Return the ranks r_{k~i}, at the places of the bars [i, k]."""
        ranks = [0] * (self.depth + 1) ** 2
        for bar, count in self.barcode(state).items():
            for i in range(bar.start, bar.end + 1):
                for k in range(i, bar.end + 1):
                    ranks[i * (self.depth + 1) + k] += count
        return ranks

    def move_signs(self, state: State, move: PackedMove, up: bool) -> int:
        """Return the signs of a move up from this state, or down from it; see `signs`."""
        return move_signs(self.barcode(state if up else self.down(state, move)), move.move)

    def whole(self, bars: int) -> bool:
        """Whether strata with these bars are connected over R."""
        return self.span(bars).dimension == len(self._names)

    def _span(self, bars: int) -> SignSpan:
        """Return the span of the signs that reversals of strands reverse."""
        return SignSpan(signs_of_bar(bar, self.depth) for bar in self.bars(bars))

    def _covers(self, bars: int) -> tuple[list[PackedMove], list[PackedMove]]:
        """Return the covers up and down from strata with these bars."""
        present, depth = self.bars(bars), self.depth
        # Many covers are looked for, so pairs of numbers stand for bars, and `ext` is written out.
        up = [
            self._move(h, k, i, l)
            for h, k in present
            for i, l in present
            if h < i <= k + 1 <= l and (h, l) != (0, depth)
        ]
        down = []
        for h, l in present:
            if (h, l) == (0, depth):
                continue
            down += [self._move(h, cut, cut + 1, l) for cut in range(h, l)]
            down += [self._move(h, k, i, l) for i, k in present if h < i and k < l]
        return (
            [move for move in up if not bars & move.others],
            [move for move in down if not bars & move.others],
        )

    def _packed_move(self, h: int, k: int, i: int, l: int) -> PackedMove:
        lower, upper = move = Move(Interval(h, k), Interval(i, l))
        own, made = (self._set(bars) for bars in (move, move.made))
        # The bars in the rectangle between the two: see `is_cover`.
        starts = range(lower.start, upper.start + 1)
        ends = range(lower.end, upper.end + 1)
        inside = self._set(Interval(i, k) for i in starts for k in ends if i <= k)
        change = sum(1 << self.column(bar) * self._width for bar in move.made)
        change -= sum(1 << self.column(bar) * self._width for bar in move)
        raised = tuple(self.column(Interval(i, k)) for i in starts[:-1] for k in ends[1:])
        others = inside & ~own & ~made
        own_cells, made_cells = (tuple(map(self._cell, bars)) for bars in (move, move.made))
        return PackedMove(move, own, made, others, change, raised, own_cells, made_cells)

    def _cell(self, bar: Interval) -> tuple[int, int]:
        return 1 << self.column(bar), self._full << self.column(bar) * self._width

    def _set(self, bars: Iterable[Interval]) -> int:
        return sum(1 << self.column(bar) for bar in bars)


class Stride(NamedTuple):
    """One cover, taken up or down from a state."""

    state: State
    move: PackedMove
    up: bool

    def end(self, packed: PackedFiber) -> State:
        """Return where it leads to."""
        return (packed.up if self.up else packed.down)(self.state, self.move)

    def reversed(self, packed: PackedFiber) -> "Stride":
        """Return the same cover, taken the other way."""
        return Stride(self.end(packed), self.move, not self.up)

"""The closure order of strata by local moves: connecting, swapping, and which of them are covers.

A rising move takes two bars [h, k] and [i, l] with h < i ≤ k + 1 ≤ l. If i = k + 1 it connects
them to [h, l]; otherwise it swaps their ends, to [h, l] and [i, k]. It raises ranks, and rising
moves generate the closure order. Within a fiber the product keeps its rank, so the moves that
would make a new bar [0, L] are left out (Shewchuk and Bhattacharya, arXiv 2404.14855).
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from linnet_exact.errors import InputError
from linnet_exact.strata.values.barcode import Barcode
from linnet_exact.strata.values.interval import Interval, ext

__all__ = [
    "Move",
    "apply_move",
    "covers_above",
    "covers_below",
    "decisive_bars",
    "is_cover",
    "moves_into",
    "moves_of_fiber",
    "rising_moves",
    "undo_move",
]


class Move(NamedTuple):
    """A rising move on the bars `lower` = [h, k] and `upper` = [i, l], h < i ≤ k + 1 ≤ l.

    Examples
    --------
    >>> move = Move(Interval(0, 1), Interval(1, 2))
    >>> move.kind, [str(bar) for bar in move.made]
    ('swap', ['0-2', '1-1'])
    """

    lower: Interval
    upper: Interval

    @property
    def kind(self) -> str:
        """``"connect"`` if `upper` starts where `lower` has just ended, else ``"swap"``."""
        return "connect" if self.upper.start == self.lower.end + 1 else "swap"

    @property
    def made(self) -> tuple[Interval, ...]:
        """The bars that replace the two: [h, l], and [i, k] if that is not empty."""
        long = Interval(self.lower.start, self.upper.end)
        if self.kind == "connect":
            return (long,)
        return (long, Interval(self.upper.start, self.lower.end))

    def __str__(self) -> str:
        return f"{self.kind} {self.lower},{self.upper}"


@lru_cache(maxsize=64)
def moves_of_fiber(depth: int) -> tuple[Move, ...]:
    """Return the rising moves of fibers of this depth, those that make [0, L] left out, sorted.

    Examples
    --------
    >>> [str(move) for move in moves_of_fiber(2)]
    ['connect 0-0,1-1', 'connect 1-1,2-2']
    """
    bars = [Interval(i, k) for i in range(depth + 1) for k in range(i, depth + 1)]
    return tuple(
        Move(lower, upper)
        for lower in bars
        for upper in bars
        if ext(lower, upper) and (lower.start, upper.end) != (0, depth)
    )


def rising_moves(barcode: Barcode) -> Iterator[Move]:
    """Yield the rising moves that `barcode` has the bars for, within its fiber, sorted.

    Examples
    --------
    >>> [str(move) for move in rising_moves(Barcode.parse("0-0,1-1,2-2"))]
    ['connect 0-0,1-1', 'connect 1-1,2-2']
    """
    for lower in barcode:
        for upper in barcode:
            if ext(lower, upper) and (lower.start, upper.end) != (0, barcode.depth):
                yield Move(lower, upper)


def apply_move(barcode: Barcode, move: Move) -> Barcode:
    """Return the barcode after `move`: one of each of its two bars is replaced.

    Raises
    ------
    InputError
        If the barcode does not have both bars, or the move does not rise.

    Examples
    --------
    >>> apply_move(Barcode.parse("0-0,1-1,2-2"), Move(Interval(0, 0), Interval(1, 1)))
    Barcode.parse('0-1,2-2')
    """
    if not ext(move.lower, move.upper):
        raise InputError(f"bars {move.lower} and {move.upper} do not allow a rising move")
    for bar in (move.lower, move.upper):
        if bar not in barcode:
            raise InputError(f"barcode {barcode} has no bar {bar} to move")
    bars = dict(barcode)
    bars[move.lower] -= 1
    bars[move.upper] -= 1
    for bar in move.made:
        bars[bar] = bars.get(bar, 0) + 1
    return Barcode(bars)


def is_cover(barcode: Barcode, move: Move) -> bool:
    """Return whether nothing lies strictly between `barcode` and the result of `move`.

    That is so if and only if the barcode has no bar [x, y] with h ≤ x ≤ i and k ≤ y ≤ l other
    than copies of the two bars and of those that the move makes.

    Examples
    --------
    >>> is_cover(Barcode.parse("0-1,0-0,1-1,2-2"), Move(Interval(0, 0), Interval(1, 1)))
    True
    >>> is_cover(Barcode.parse("0-1,1-1,1-2"), Move(Interval(0, 1), Interval(1, 2)))
    True
    """
    allowed = {move.lower, move.upper, *move.made}
    return not any(
        move.lower.start <= bar.start <= move.upper.start
        and move.lower.end <= bar.end <= move.upper.end
        and bar not in allowed
        for bar in barcode
    )


def decisive_bars(move: Move) -> list[Interval]:
    """Return the bars of which `move` must meet its own two and no other, to be a cover.

    Examples
    --------
    >>> [str(bar) for bar in decisive_bars(Move(Interval(0, 0), Interval(1, 2)))]
    ['0-0', '0-1', '1-1', '1-2']
    """
    (h, k), (i, l) = move.lower, move.upper
    bars = (Interval(x, y) for x in range(h, i + 1) for y in range(max(x, k), l + 1))
    return [bar for bar in bars if bar not in move.made]


def covers_above(barcode: Barcode) -> list[tuple[Move, Barcode]]:
    """Return the covers of `barcode` in its fiber, each with the move that leads up to it.

    Examples
    --------
    >>> [str(above) for move, above in covers_above(Barcode.parse("0-0,1-1,2-2"))]
    ['0-1,2-2', '0-0,1-2']
    """
    moves = rising_moves(barcode)
    return [(move, apply_move(barcode, move)) for move in moves if is_cover(barcode, move)]


def covers_below(barcode: Barcode) -> list[tuple[Move, Barcode]]:
    """Return what `barcode` covers in its fiber, each with the move that leads back up.

    Examples
    --------
    >>> [str(below) for move, below in covers_below(Barcode.parse("0-1,2-2"))]
    ['0-0,1-1,2-2']
    """
    candidates = [(move, undo_move(barcode, move)) for move in moves_into(barcode)]
    return [(move, below) for move, below in candidates if is_cover(below, move)]


def undo_move(barcode: Barcode, move: Move) -> Barcode:
    """Return the barcode from which `move` leads to `barcode`.

    Raises
    ------
    InputError
        If the barcode lacks a bar that the move makes.

    Examples
    --------
    >>> undo_move(Barcode.parse("0-1,2-2"), Move(Interval(0, 0), Interval(1, 1)))
    Barcode.parse('0-0,1-1,2-2')
    """
    bars = dict(barcode)
    for bar in move.made:
        if bar not in barcode:
            raise InputError(f"barcode {barcode} has no bar {bar}, which the move makes")
        bars[bar] -= 1
    for bar in (move.lower, move.upper):
        bars[bar] = bars.get(bar, 0) + 1
    return Barcode(bars)


def moves_into(barcode: Barcode) -> Iterator[Move]:
    """Yield the moves that could have made bars of `barcode` within its fiber.

    Examples
    --------
    >>> [str(move) for move in moves_into(Barcode.parse("0-1,2-2"))]
    ['connect 0-0,1-1']
    """
    for long in barcode:
        if long.is_through(barcode.depth):
            continue
        for cut in range(long.start, long.end):
            yield Move(Interval(long.start, cut), Interval(cut + 1, long.end))
        for short in barcode:
            if long.start < short.start and short.end < long.end:
                yield Move(Interval(long.start, short.end), Interval(short.start, long.end))

"""How many strata and covers all fibers of a box have, counted together without listing any.

The numbers of barcodes of all widths are the coefficients of ∏ 1 / (1 − x^bar) over the bars, where
x^bar is the product of a variable for each layer of the bar. Cut off at a largest width this is a
table with an entry for each vector of widths, and each factor is one running sum along the table.
A cover needs one of each of its two bars and none of the others in a rectangle: with these left
out, the same table, shifted, counts the strata that the cover leads up from.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linnet_exact.errors import TooLargeError
from linnet_exact.strata.counting.counts import count_strata
from linnet_exact.strata.order.moves import decisive_bars, moves_of_fiber
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.network import Network

__all__ = ["count_covers_in_box", "count_strata_in_box", "table_work"]


_LARGEST = 2**63


def count_strata_in_box(depth: int, max_width: int) -> NDArray[Any]:
    """Return the table of the numbers of strata: entry (d_0 − r, …, d_L − r) for widths d, rank r.

    The entries are exact: 64-bit integers if all fit, else Python's own.

    Examples
    --------
    >>> table = count_strata_in_box(2, 2)
    >>> [int(table[excess]) for excess in ((2, 2, 2), (1, 1, 1), (0, 0, 0), (1, 2, 1))]
    [6, 3, 1, 4]
    """
    return _table(depth, max_width, ())


def count_covers_in_box(depth: int, max_width: int) -> NDArray[Any]:
    """Return the table of the numbers of covers, with entries as in `count_strata_in_box`.

    Examples
    --------
    >>> int(count_covers_in_box(3, 2)[2, 2, 2, 2])
    49
    """
    moves = moves_of_fiber(depth)
    total = np.zeros_like(_empty_table(depth, max_width, len(moves)))
    for move in moves:
        shift = [
            sum(bar.start <= layer <= bar.end for bar in (move.lower, move.upper))
            for layer in range(depth + 1)
        ]
        if max(shift) > max_width:
            continue
        absent = set(decisive_bars(move)) - {move.lower, move.upper}
        table = _table(depth, max_width, absent)
        into = tuple(slice(by, None) for by in shift)
        total[into] += table[tuple(slice(0, max_width + 1 - by) for by in shift)]
    return total


def table_work(depth: int, max_width: int, covers: bool) -> int:
    """Return the number of additions that a table takes, to decide whether it is worth it.

    Examples
    --------
    >>> table_work(2, 2, covers=False), table_work(2, 2, covers=True)
    (135, 270)
    """
    bars = (depth + 1) * (depth + 2) // 2 - 1
    moves = len(moves_of_fiber(depth)) if covers else 1
    return int((max_width + 1) ** (depth + 1)) * bars * moves


def _table(depth: int, max_width: int, absent: Collection[Interval]) -> NDArray[Any]:
    """Return the number of barcodes of all widths without the bar [0, L] and those `absent`."""
    table = _empty_table(depth, max_width, 1)
    table[(0,) * (depth + 1)] = 1
    for start in range(depth + 1):
        for end in range(start, depth + 1):
            if (start, end) != (0, depth) and (start, end) not in absent:
                before: tuple[Any, ...] = (slice(None),) * start
                here = (slice(1, None),) * (end - start)
                one_less = (slice(0, -1),) * (end - start)
                for width in range(1, max_width + 1):
                    at: tuple[Any, ...] = (*before, width, *here)
                    table[at] += table[(*before, width - 1, *one_less)]
    return table


def _empty_table(depth: int, max_width: int, factor: int) -> NDArray[Any]:
    """Return a table of zeros that can hold `factor` times the largest number of strata."""
    try:
        largest = count_strata(Network(*[max_width] * (depth + 1)), 0)
    except TooLargeError:
        largest = _LARGEST
    fits = largest * factor < _LARGEST
    return np.zeros((max_width + 1,) * (depth + 1), dtype=np.int64 if fits else object)

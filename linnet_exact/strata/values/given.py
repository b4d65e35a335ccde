"""What is given as the bars of a barcode, or as the ranks of a rank list, before it becomes one."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

from linnet_exact.arguments import as_integer, shown, wrong_type
from linnet_exact.errors import InputError
from linnet_exact.strata.values.interval import Interval
from linnet_exact.strata.values.notation import MAX_DEPTH

__all__ = ["given_bar", "given_pairs", "given_triangle", "omega_of_ranks", "widths_of_bars"]


def given_pairs(pairs: Any) -> list[tuple[Any, ...]]:
    """Return what shall be bars with their multiplicities as pairs.

    Raises
    ------
    WrongTypeError
        If it is something else.

    Examples
    --------
    >>> given_pairs([[(0, 1), 2]])
    [((0, 1), 2)]
    """
    try:
        found = [tuple(pair) for pair in pairs]
    except TypeError:
        found = [()]
    if any(len(pair) != 2 for pair in found):
        forms = "a text such as '0-0:2,0-2', a mapping from bars, or pairs ((0, 2), 1)"
        raise wrong_type("bars", forms, pairs)
    return found


def given_bar(bar: Any, count: Any) -> tuple[Interval, int]:
    """Return a bar as an interval, and its multiplicity, after checking both.

    Raises
    ------
    InputError
        If they are none.

    Examples
    --------
    >>> given_bar("0-1", 2)
    (Interval(start=0, end=1), 2)
    """
    try:
        start, end = Interval.parse(bar) if isinstance(bar, str) else bar
        start, end, count = (as_integer(each, "each") for each in (start, end, count))
    except (TypeError, ValueError):
        raise InputError(
            f"a bar is a pair of layers and an integer, not {bar!r}: {count!r}"
        ) from None
    interval = Interval(start, end)
    if count < 0:
        raise InputError(f"the multiplicity of bar {interval} must be at least 0, not {count}")
    return interval, count


def widths_of_bars(bars: Sequence[tuple[Interval, int]]) -> list[int]:
    """Return the number of bars at each layer, which must nowhere be 0.

    Raises
    ------
    InputError
        If it is, or if there are too many layers, or one.

    Examples
    --------
    >>> widths_of_bars([(Interval(0, 1), 2), (Interval(1, 1), 1)])
    [2, 3]
    """
    depth = max((bar.end for bar, _ in bars), default=0)
    if depth > MAX_DEPTH:
        raise InputError(f"bars may end at layer {MAX_DEPTH} at most, not {depth}")
    if depth == 0:
        raise InputError("a barcode needs bars at two layers at least, such as 0-1 or 0-0,1-1")
    jumps = [0] * (depth + 2)
    for bar, count in bars:
        jumps[bar.start] += count
        jumps[bar.end + 1] -= count
    widths, width = [], 0
    for layer in range(depth + 1):
        width += jumps[layer]
        if width == 0:
            raise InputError(f"no bar contains layer {layer}: its width would be 0")
        widths.append(width)
    return widths


def omega_of_ranks(triangle: Sequence[Sequence[int]], k: int, i: int) -> int:
    """Return ω_ki from the ranks, which are 0 outside the triangle.

    Examples
    --------
    >>> omega_of_ranks([[2], [1, 2]], 0, 0)
    1
    """
    here, above = triangle[k], triangle[k + 1] if k + 1 < len(triangle) else None
    dying = here[i] - (above[i] if above else 0)
    dying_and_older = (here[i - 1] - (above[i - 1] if above else 0)) if i else 0
    return dying - dying_and_older


def given_triangle(rows: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Return the rows as tuples after checking that some weights have these ranks.

    Raises
    ------
    InputError
        If no weights have them.

    Examples
    --------
    >>> given_triangle([[2], [1, 2]])
    ((2,), (1, 2))
    """
    if not isinstance(rows, list | tuple) or not all(isinstance(x, list | tuple) for x in rows):
        raise wrong_type("rows", "the rows r_k~0, …, r_k~k of a triangle, each a list", rows)
    if len(rows) < 2:
        raise InputError("not a rank list: it needs the widths of two layers at least")
    for k, row in enumerate(rows):
        if len(row) != k + 1:
            raise InputError(f"not a rank list: row {k} must have {k + 1} ranks, not {len(row)}")
        for i, rank in enumerate(row):
            if isinstance(rank, bool) or not hasattr(rank, "__index__") or rank < 0:
                raise InputError(
                    f"not a rank list: r({k},{i}) must be an integer ≥ 0, not {shown(rank)}"
                )
        if row[k] == 0:
            raise InputError(f"not a rank list: r({k},{k}) = 0, but layer {k} cannot have width 0")
    triangle = tuple(tuple(map(operator.index, row)) for row in rows)
    for k in range(len(triangle)):
        for i in range(k + 1):
            if omega_of_ranks(triangle, k, i) < 0:
                raise InputError(f"not a rank list: {_negative_omega(triangle, k, i)}")
    return triangle


def _negative_omega(triangle: Sequence[Sequence[int]], k: int, i: int) -> str:
    """Spell out the inequality ω_ki ≥ 0 that fails, with its numbers."""
    terms = [("", k, i), ("-", k, i - 1), ("-", k + 1, i), ("+", k + 1, i - 1)]
    names, numbers = [], []
    for sign, row, column in terms:
        if column >= 0 and row < len(triangle):
            lead = f" {sign} " if sign else ""
            names.append(f"{lead}r({row},{column})")
            numbers.append(f"{lead}{triangle[row][column]}")
    omega = omega_of_ranks(triangle, k, i)
    return f"omega({k}, {i}) = {''.join(names)} = {''.join(numbers)} = {omega} < 0"

"""A curve from the canonical point of one stratum into a higher one, step by step along covers.

Everything is sparse: vectors have integer coefficients of powers of ε. A rising move adds ε^m q p*
to one matrix, for the smallest m ≥ 0 that makes it vanish at ε = 0, and turns the strands p and q
into p + ε^m q and p; so the determinants of the strands stay powers of ε.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from linnet_exact.errors import TooLargeError
from linnet_exact.strata import Barcode, Interval
from linnet_exact.strata.order.comparison import Climb, climb
from linnet_exact.weights.strands import strands

__all__ = ["STEP_LIMIT", "SparseFamily", "sparse_family"]

STEP_LIMIT = 2_000
"""Largest number of moves in one family."""

_Key = TypeVar("_Key")

Strand = tuple[Interval, int]
Vector = dict[tuple[int, int], int]  # (coordinate, power of ε) to coefficient


@dataclass(frozen=True)
class SparseFamily:
    """What is added to the canonical matrices, and strands above for every ε ≠ 0.

    Attributes
    ----------
    chain : tuple of Climb
    added : list of dict
        For each matrix, (row, column, power of ε) to coefficient.
    columns, rows : list of list of dict
        For each layer, the strands above in the coordinates of those below, in the order of
        `strands`, and the dual ones; these may have negative powers of ε.

    Examples
    --------
    >>> found = sparse_family(Barcode.parse("0-0,1-1,2-2"), Barcode.parse("0-1,2-2"))
    >>> found.added, found.columns[1], found.rows[1]
    ([{(0, 0, 1): 1}, {}], [{(0, 1): 1}], [{(0, -1): 1}])
    """

    chain: tuple[Climb, ...]
    added: list[dict[tuple[int, int, int], int]]
    columns: list[list[Vector]]
    rows: list[list[Vector]]


def sparse_family(lower: Barcode, upper: Barcode) -> SparseFamily:
    """Return a curve from the canonical point of a stratum into one above it.

    Raises
    ------
    InputError
        If the lower stratum is not in the closure of the upper one.
    TooLargeError
        If more than `STEP_LIMIT` moves are needed.

    Examples
    --------
    >>> sparse_family(Barcode.parse("0-0,1-1"), Barcode.parse("0-0,1-1")).added
    [{}]
    """
    chain = climb(lower, upper)
    if sum(step.times for step in chain) > STEP_LIMIT:
        raise TooLargeError(
            f"from {lower} to {upper} there are {sum(step.times for step in chain)} covers; a "
            f"family is made of at most {STEP_LIMIT}"
        )
    columns: list[dict[Strand, Vector]] = [
        {strand: {(at, 0): 1} for at, strand in enumerate(layer)} for layer in strands(lower)
    ]
    rows = [dict(layer) for layer in columns]
    added: list[dict[tuple[int, int, int], int]] = [{} for _ in range(lower.depth)]
    here = dict(lower)
    for step in chain:
        for _ in range(step.times):
            _rise(step, here, columns, rows, added)
    order = strands(upper)
    return SparseFamily(
        chain,
        added,
        [[layer[s] for s in there] for layer, there in zip(columns, order, strict=True)],
        [[layer[s] for s in there] for layer, there in zip(rows, order, strict=True)],
    )


def _rise(
    step: Climb,
    here: dict[Interval, int],
    columns: list[dict[Strand, Vector]],
    rows: list[dict[Strand, Vector]],
    added: list[dict[tuple[int, int, int], int]],
) -> None:
    """Make one move on the last strands of the two bars, at the first layer of the upper one."""
    move = step.move
    p, q = ((bar, here[bar] - 1) for bar in (move.lower, move.upper))
    for bar in (move.lower, move.upper):
        here[bar] -= 1
    new = []
    for bar in move.made:
        new.append((bar, here.get(bar, 0)))
        here[bar] = here.get(bar, 0) + 1
    i = move.upper.start
    u, v = columns[i][q], rows[i - 1][p]
    m = max(0, 1 - min(e for _, e in u) - min(e for _, e in v))
    for (row, power), x in u.items():
        for (column, other), y in v.items():
            _add(added[i - 1], (row, column, power + other + m), x * y)
    for j in range(len(columns)):
        here_p, here_q = columns[j].pop(p, None), columns[j].pop(q, None)
        dual_p, dual_q = rows[j].pop(p, None), rows[j].pop(q, None)
        if here_p is not None and here_q is not None and dual_p is not None and dual_q is not None:
            # P = p + ε^m q and S = p; so P* = ε^−m q* and S* = p* − ε^−m q*.
            columns[j][new[0]] = _sum(here_p, _times(here_q, m))
            columns[j][new[1]] = here_p
            rows[j][new[0]] = _times(dual_q, -m)
            rows[j][new[1]] = _sum(dual_p, _times(dual_q, -m, -1))
        elif here_p is not None and dual_p is not None:
            columns[j][new[0]], rows[j][new[0]] = here_p, dual_p
        elif here_q is not None and dual_q is not None:
            columns[j][new[0]] = _times(here_q, m)
            rows[j][new[0]] = _times(dual_q, -m)


def _times(vector: Vector, power: int, sign: int = 1) -> Vector:
    return {(at, e + power): sign * x for (at, e), x in vector.items()}


def _sum(first: Vector, second: Vector) -> Vector:
    total = dict(first)
    for key, x in second.items():
        _add(total, key, x)
    return total


def _add(total: dict[_Key, int], key: _Key, x: int) -> None:
    total[key] = total.get(key, 0) + x
    if not total[key]:
        del total[key]


def powers(vectors: Sequence[Vector]) -> set[int]:
    """Return the powers of ε that occur.

    Examples
    --------
    >>> powers([{(0, 2): 1}, {(1, -1): 3}]) == {2, -1}
    True
    """
    return {power for vector in vectors for _, power in vector}

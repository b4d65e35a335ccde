"""Linear algebra written out on lists of numbers, for comparison: nothing here is from the package.

It needs no more of the entries than + - * / and == 0, so it serves every field.
"""

from itertools import combinations, permutations, product
from math import prod
from typing import Any

Rows = list[list[Any]]


def multiply(a: Rows, b: Rows, ncols: int) -> Rows:
    """The product of a and b, where b has `ncols` columns."""
    return [[sum((x * b[k][j] for k, x in enumerate(row)), 0) for j in range(ncols)] for row in a]


def determinant(rows: Rows) -> Any:
    """The determinant by Leibniz's formula."""
    total: Any = 0
    for order in permutations(range(len(rows))):
        inversions = sum(i > j for i, j in combinations(order, 2))
        total += (-1) ** inversions * prod(rows[i][j] for i, j in enumerate(order))
    return total


def rank_by_minors(rows: Rows, ncols: int) -> int:
    """The size of the largest nonzero minor."""
    for size in range(min(len(rows), ncols), 0, -1):
        places = product(combinations(range(len(rows)), size), combinations(range(ncols), size))
        if any(determinant([[rows[i][j] for j in js] for i in at]) != 0 for at, js in places):
            return size
    return 0


def reduced_echelon(rows: Rows, ncols: int) -> tuple[Rows, tuple[int, ...]]:
    """The reduced row echelon form without zero rows, and its pivots, by Gauss and Jordan."""
    work = [list(row) for row in rows]
    pivots: list[int] = []
    for column in range(ncols):
        top = len(pivots)
        found = next((i for i in range(top, len(work)) if work[i][column] != 0), None)
        if found is None:
            continue
        work[top], work[found] = work[found], work[top]
        lead = work[top][column]
        work[top] = [x / lead for x in work[top]]
        for i, row in enumerate(work):
            if i != top and row[column] != 0:
                factor = row[column]
                work[i] = [x - factor * y for x, y in zip(row, work[top], strict=True)]
        pivots.append(column)
    return work[: len(pivots)], tuple(pivots)

"""Ranks as formal proof systems like them: an invertible minor with its inverse, by integers only.

For an integer matrix A of rank r, B is the minor of r rows and r columns, C these columns, P these
rows. B adj = d 1 with d not 0 shows that the rank is at least r; d A = C (adj P) that it is at most
r. Both are equations between integers, and nothing has to be searched for.
"""

from dataclasses import dataclass
from math import gcd
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.errors import InputError
from linnet_exact.files.json_weights import entry_to_jsonable
from linnet_exact.strata.values.json_integers import decimal_text
from linnet_exact.weights import Weights

__all__ = [
    "FORMAT",
    "RankMinor",
    "integer_rows",
    "integer_weights",
    "minors_to_jsonable",
    "rank_minors",
]

FORMAT = "linnet-exact/rank-minors"

Integers = list[list[int]]


@dataclass(frozen=True)
class RankMinor:
    """Why W_{k~i} has its rank.

    Attributes
    ----------
    k, i : int
    rows, columns : tuple of int
        Of an invertible minor B, counted from 0.
    inverse : list of list of int
        adj with B adj = d 1.
    d : int
    """

    k: int
    i: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    inverse: Integers
    d: int


def integer_weights(theta: Weights) -> list[Matrix]:
    """Return the least integer multiples of the matrices: their products have the same ranks.

    Raises
    ------
    InputError
        If the weights are not rational.

    Examples
    --------
    >>> integer_weights(Weights([[["1/2", "1/3"]]]))
    [Matrix([[3, 2]])]
    """
    if theta.field.degree > 1:
        raise InputError("ranks are exported to Lean for rational weights only")
    return [matrix * int(matrix.denominator) for matrix in theta.matrices]


def integer_rows(matrix: Matrix) -> Integers:
    """Return the entries of an integer matrix.

    Examples
    --------
    >>> integer_rows(Matrix([[1, 2]]))
    [[1, 2]]
    """
    return [[int(x) for x in row] for row in matrix.coefficients[0].table()]


def rank_minors(theta: Weights) -> list[RankMinor]:
    """Return the minors for all k > i, checked.

    Examples
    --------
    >>> rank_minors(Weights([[[2, 4], [1, 2]]]))
    [RankMinor(k=1, i=0, rows=(0,), columns=(0,), inverse=[[1]], d=2)]
    """
    matrices, found = integer_weights(theta), []
    for i in range(len(matrices)):
        product = None
        for k, matrix in enumerate(matrices[i:], start=i + 1):
            product = matrix if product is None else matrix @ product
            found.append(_minor(product, k, i))
    return found


def _minor(A: Matrix, k: int, i: int) -> RankMinor:
    columns, rows = A.rref()[1], A.T.rref()[1]
    inverse, d = Matrix.identity(0), 1
    if rows:
        exact = A[list(rows), :][:, list(columns)].inverse()
        d = int(exact.denominator)
        inverse = exact * d
        C, P = A[:, list(columns)], A[list(rows), :]
        assert A * d == C @ (inverse @ P)
    entries = integer_rows(inverse)
    assert gcd(d, *(x for row in entries for x in row)) == 1
    return RankMinor(k, i, tuple(rows), tuple(columns), entries, d)


def minors_to_jsonable(theta: Weights) -> dict[str, Any]:
    """Return the weights as integers, and the minors, as JSON.

    Examples
    --------
    >>> minors_to_jsonable(Weights([[["1/2", 1]]]))["ranks"]["1~0"]
    {'rank': 1, 'rows': [0], 'columns': [0], 'inverse': [[1]], 'd': 1}
    """
    return {
        "format": FORMAT,
        "version": 1,
        "weights": [_entries(integer_rows(matrix)) for matrix in integer_weights(theta)],
        "ranks": {
            f"{minor.k}~{minor.i}": {
                "rank": len(minor.rows),
                "rows": list(minor.rows),
                "columns": list(minor.columns),
                "inverse": _entries(minor.inverse),
                "d": entry_to_jsonable(decimal_text(minor.d)),
            }
            for minor in rank_minors(theta)
        },
    }


def _entries(rows: Integers) -> list[list[int | str]]:
    return [[entry_to_jsonable(decimal_text(x)) for x in row] for row in rows]

"""Matrices, subspaces and ideals as mrdi, the JSON of OSCAR, which Macaulay2's package MRDI reads.

Della Vecchia, Joswig, Lorenz, A FAIR file format for mathematical software, ICMS 2024. Parents,
such as a space of matrices, are references by UUID; here a UUID is that of what it stands for, so
that the same matrices make the same file.
"""

import json
from collections.abc import Sequence
from itertools import combinations
from math import comb, factorial, prod
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flint import fmpq, fmpq_mpoly_ctx

from linnet_exact.algebra import Matrix, Subspace
from linnet_exact.errors import InputError, TooLargeError
from linnet_exact.files.export.equations import Equations
from linnet_exact.strata.values.json_integers import decimal_text
from linnet_exact.weights import Weights

__all__ = ["equations_mrdi", "matrices_mrdi", "subspace_mrdi", "weights_mrdi"]

_OSCAR = ["https://github.com/oscar-system/Oscar.jl", "1.4.0"]
_RATIONALS = {"_type": "QQField"}
_MOST_TERMS = 200_000


def weights_mrdi(theta: Weights) -> str:
    """Return W_1, …, W_L as a tuple of matrices over Q.

    Raises
    ------
    InputError
        If the weights are not rational.

    Examples
    --------
    >>> json.loads(weights_mrdi(Weights([[["1/2", 1]]])))["data"]
    [[['1//2', '1']]]
    """
    return json.dumps(matrices_mrdi(theta.matrices))


def matrices_mrdi(matrices: Sequence[Matrix]) -> dict[str, Any]:
    """Return a tuple of matrices over Q.

    Examples
    --------
    >>> found = matrices_mrdi([Matrix([[1, 2]])])
    >>> found["_type"]["name"], [ref["data"] for ref in found["_refs"].values()]
    ('Tuple', [{'ncols': '2', 'nrows': '1'}])
    """
    if any(matrix.field.degree > 1 for matrix in matrices):
        raise InputError("matrices are written as mrdi over Q only")
    spaces = [
        {
            "_type": {"name": "MatSpace", "params": _RATIONALS},
            "data": {"ncols": str(matrix.ncols), "nrows": str(matrix.nrows)},
        }
        for matrix in matrices
    ]
    params = [{"name": "MatElem", "params": _uuid(space)} for space in spaces]
    data = [[[_rational(x) for x in row] for row in matrix.rows()] for matrix in matrices]
    return _document({"name": "Tuple", "params": params}, data, spaces)


def subspace_mrdi(space: Subspace) -> dict[str, Any]:
    """Return the matrix whose rows are the reduced basis of a subspace over Q.

    Examples
    --------
    >>> subspace_mrdi(Matrix([[2, 4]]).row_space())["data"]
    [[['1', '2']]]
    """
    return matrices_mrdi([space.basis])


def equations_mrdi(equations: Equations) -> str:
    """Return the ideal of a fiber, or of the rank conditions of a stratum.

    Raises
    ------
    TooLargeError
        If its generators may have too many terms.

    Examples
    --------
    >>> from linnet_exact import Network
    >>> found = json.loads(equations_mrdi(Equations.of(Network(1, 2, 1).fiber())))
    >>> found["data"]
    [[[['1', '0', '1', '0'], '1'], [['0', '1', '0', '1'], '1']]]
    """
    terms = _terms(equations)
    if terms > _MOST_TERMS:
        raise TooLargeError(
            f"the generators may have {terms} terms, more than the {_MOST_TERMS} that are written; "
            f"--to macaulay2 writes matrices and minors instead"
        )
    widths = equations.fiber.network.widths
    symbols = [
        f"w_{j}_{row}_{column}"
        for j in range(1, len(widths))
        for row in range(1, widths[j] + 1)
        for column in range(1, widths[j - 1] + 1)
    ]
    ring = {
        "_type": {"name": "MPolyRing", "params": _RATIONALS},
        "data": {"symbols": symbols},
    }
    kind = {"name": "MPolyIdeal", "params": _uuid(ring)}
    return json.dumps(_document(kind, [_terms_of(f) for f in _generators(equations)], [ring]))


def _generators(equations: Equations) -> list[Any]:
    """Return the entries of W_L ⋯ W_1 − W and the minors of the rank conditions, those not 0."""
    widths = equations.fiber.network.widths
    shapes = [(widths[j], widths[j - 1]) for j in range(1, len(widths))]
    names = [f"w{at}" for at in range(sum(rows * columns for rows, columns in shapes))]
    ring = fmpq_mpoly_ctx.get(names, "degrevlex")
    variables = iter(ring.gens())
    weights = [[[next(variables) for _ in range(c)] for _ in range(r)] for r, c in shapes]
    product: list[Any] = _product(weights, len(weights), 0)
    target: list[Any] = equations.target.rows()
    found = [
        entry - fmpq(int(x.numerator), int(x.denominator))
        for row, numbers in zip(product, target, strict=True)
        for entry, x in zip(row, numbers, strict=True)
    ]
    for k, i, rank in equations.rank_conditions:
        matrix = _product(weights, k, i)
        for rows in combinations(matrix, rank + 1):
            for columns in combinations(range(len(matrix[0])), rank + 1):
                found.append(_determinant([[row[c] for c in columns] for row in rows]))
    return [f for f in found if f != 0]


def _product(weights: list[Any], k: int, i: int) -> list[list[Any]]:
    found = weights[i]
    for matrix in weights[i + 1 : k]:
        columns = list(zip(*found, strict=True))
        found = [
            [sum(x * y for x, y in zip(row, column, strict=True)) for column in columns]
            for row in matrix
        ]
    return list(found)


def _determinant(rows: list[list[Any]]) -> Any:
    if not rows:
        return 1
    first, *rest = rows
    minors = ([row[:c] + row[c + 1 :] for row in rest] for c in range(len(first)))
    signed = zip(first, minors, strict=True)
    return sum((-1) ** c * x * _determinant(minor) for c, (x, minor) in enumerate(signed))


def _terms(equations: Equations) -> int:
    """Bound the number of terms of all generators."""
    widths = equations.fiber.network.widths

    def bound(k: int, i: int, size: int) -> int:
        paths = prod(widths[i + 1 : k])
        number = comb(widths[k], size) * comb(widths[i], size)
        return int(number * factorial(size) * paths**size)

    whole = bound(len(widths) - 1, 0, 1)
    return whole + sum(bound(k, i, rank + 1) for k, i, rank in equations.rank_conditions)


def _terms_of(polynomial: Any) -> list[Any]:
    terms = zip(polynomial.monoms(), polynomial.coeffs(), strict=True)
    return [[[str(int(e)) for e in monomial], _rational(c)] for monomial, c in terms]


def _rational(x: Any) -> str:
    if hasattr(x, "p"):  # of FLINT
        top, below = int(x.p), int(x.q)
    else:
        top, below = int(x.numerator), int(x.denominator)
    return decimal_text(top) if below == 1 else f"{decimal_text(top)}//{decimal_text(below)}"


def _uuid(parent: dict[str, Any]) -> str:
    return str(uuid5(NAMESPACE_URL, json.dumps(parent, sort_keys=True)))


def _document(kind: dict[str, Any], data: Any, parents: list[dict[str, Any]]) -> dict[str, Any]:
    refs = {_uuid(parent): parent for parent in parents}
    return {"_ns": {"Oscar": _OSCAR}, "_type": kind, "data": data, "_refs": refs}

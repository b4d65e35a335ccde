"""Families θ(ε) in JSON: their coefficients, and the flow basis that proves their barcodes."""

from typing import Any

from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights.moves.family import Family, Polynomial

__all__ = ["family_to_jsonable"]


def family_to_jsonable(family: Family) -> dict[str, Any]:
    """Return the JSON object that the command ``degenerate`` prints.

    W_j(ε) = Σ_m ε^m · `coefficients[m][j − 1]`. The proof holds J_j(ε) and J_j(ε)^{-1}, each from
    powers of ε to coefficients; those of the inverse may be negative. W_j(ε) J_{j−1}(ε) is J_j(ε)
    times the canonical matrix of `general_barcode`.

    Examples
    --------
    >>> from linnet_exact import Barcode, Weights
    >>> from linnet_exact.weights.moves.family import family_to
    >>> found = family_to_jsonable(family_to(Weights([[[0]], [[0]]]), Barcode.parse("0-1,2-2")))
    >>> found["coefficients"], found["proof"]["inverses"][1]
    ([[[[0]], [[0]]], [[[1]], [[0]]]], {'-1': [[1]]})
    """
    return {
        "format": "linnet-exact/degeneration",
        "version": 1,
        "field": family.given.field.to_jsonable(),
        "given": "limit" if family.rises else "general member",
        "limit_barcode": family.lower.to_jsonable(),
        "general_barcode": family.upper.to_jsonable(),
        "moves": [
            {
                "move": step.move.kind,
                "bars": [str(step.move.lower), str(step.move.upper)],
                "times": step.times,
                "to": str(step.upper),
            }
            for step in family.chain
        ],
        "coefficients": [
            [rows_to_jsonable(matrix) for matrix in coefficient]
            for coefficient in family.coefficients
        ],
        "proof": {
            "bases": [_polynomial(basis) for basis in family.bases],
            "inverses": [_polynomial(inverse) for inverse in family.inverses],
        },
    }


def _polynomial(matrix: Polynomial) -> dict[str, Any]:
    return {str(power): rows_to_jsonable(matrix[power]) for power in sorted(matrix)}

"""What is known about a point of the landscape, as JSON."""

from typing import Any

from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.files.json_weights import entry_to_jsonable, rows_to_jsonable
from linnet_exact.landscape import Criticality
from linnet_exact.landscape.inertia.eigenvalues import Eigenvalue, decimal_enclosure, to_ball

__all__ = ["criticality_to_jsonable", "eigenvalue_to_jsonable", "scalar_to_jsonable"]

HESSIAN_OF_OTHERS = 128
"""Number of weights up to which the Hessian is also looked at where the gradient is not 0."""


def criticality_to_jsonable(found: Criticality) -> dict[str, Any]:
    """Return the JSON object that the command ``critical`` prints.

    Examples
    --------
    >>> from linnet_exact.landscape import Data, criticality
    >>> from linnet_exact.algebra import Matrix
    >>> from linnet_exact.weights import Weights
    >>> value = criticality_to_jsonable(
    ...     criticality(Weights([[[0]], [[0]]]), Data.from_target(Matrix([[2]]))))
    >>> value["kind"], value["hessian"], value["escape"]["second_derivative"]
    ('strict saddle', {'positive': 1, 'zero': 0, 'negative': 1}, -4)
    """
    theta, hypotheses = found.weights, found.hypotheses
    size = theta.network.weight_dimension
    inertia = found.inertia if found.is_critical or size <= HESSIAN_OF_OTHERS else None
    value = {
        "critical": found.is_critical,
        "kind": found.kind,
        "reason": _reason(found),
        "proved": found.proved,
        "loss": scalar_to_jsonable(found.loss),
        "loss_enclosure": list(decimal_enclosure(to_ball(found.loss))),
        "gradient_norm_squared": scalar_to_jsonable(found.gradient_norm_squared),
        "widths": list(theta.network.widths),
        "rank": found.rank,
        "barcode": theta.barcode.to_jsonable(),
        "hypotheses": {
            "sigma_invertible": hypotheses.sigma_invertible,
            "distinct_eigenvalues": hypotheses.distinct_eigenvalues,
            "gamma_rank": hypotheses.gamma_rank,
            "gamma_full_rank": hypotheses.gamma_full_rank,
        },
        "eigenvalues": None
        if found.eigenvalues is None
        else [eigenvalue_to_jsonable(value) for value in found.eigenvalues],
        "selected": None if found.selected is None else list(found.selected),
        "pivots": [
            {
                "i": pivot.i,
                "j": pivot.j,
                "ranks": [pivot.between_rank, pivot.around_rank],
                "tightened": pivot.tightened,
            }
            for pivot in found.pivots
        ],
        "hessian": None if inertia is None else inertia._asdict(),
        "escape": _escape(found),
        "field": (theta.field if theta.field.degree > 1 else found.data.field).to_jsonable(),
    }
    return value


def eigenvalue_to_jsonable(value: Eigenvalue) -> dict[str, Any]:
    """Return an eigenvalue: exactly, as a root of a polynomial, and between two decimals.

    Examples
    --------
    >>> eigenvalue_to_jsonable(Eigenvalue((-2, 0, 1), 1))["enclosure"]
    ['1.414213562373', '1.414213562374']
    """
    rational = value.to_fraction()
    return {
        "value": None if rational is None else entry_to_jsonable(str(rational)),
        "polynomial": [str(c) for c in value.polynomial],
        "root": value.root,
        "multiplicity": value.multiplicity,
        "enclosure": list(decimal_enclosure(value.enclosure(128))),
    }


def scalar_to_jsonable(number: Scalar) -> int | str:
    """Return an exact number as it stands in files.

    Examples
    --------
    >>> from fractions import Fraction
    >>> scalar_to_jsonable(Fraction(1, 2))
    '1/2'
    """
    return entry_to_jsonable(str(number))


def _reason(found: Criticality) -> str | None:
    """Say why the theorem does not apply, or what is too large, if anything."""
    if found.kind == "undecided":
        proof = {
            "strict saddle": "; yet the Hessian has a negative eigenvalue: it is a strict saddle",
            "global minimum": "; yet W Sigma = Gamma: it is a global minimum",
        }.get(str(found.proved), "")
        return f"{found.hypotheses.failure}{proof}"
    if found.is_critical and found.inertia is None:
        return "the Hessian is too large to be made; the kind is what the theorem says"
    return None


def _escape(found: Criticality) -> dict[str, Any] | None:
    if not found.is_critical:
        return {"gradient": [rows_to_jsonable(part) for part in found.gradient]}
    if found.escape is None:
        return None
    return {
        "direction": [rows_to_jsonable(part) for part in found.escape.direction],
        "second_derivative": scalar_to_jsonable(found.escape.second_derivative),
    }

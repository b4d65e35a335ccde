"""What proves that a point is critical, or not, and of which kind; and its check.

The gradient is multiplied out. A strict saddle is proven by a direction of negative second
derivative; that there is none by a factorisation H = L D Lᵀ with positive D; a global minimum by
W Σ = Γ, or, where a width bounds the rank, by a number between λ_r and λ_{r+1}: Γ Σ⁻¹ Γᵀ has just r
larger eigenvalues, and the columns of W span their eigenvectors. Over Q(a) all signs are those
under the real embedding of the field, by enclosures of a.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar, common_field
from linnet_exact.errors import InputError
from linnet_exact.files.certificates.document import items, members, natural, number, one_of
from linnet_exact.files.certificates.entries import (
    NamedField,
    field_of,
    matrix,
    scalar,
    weights_of,
)
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.files.certificates.sealing import FORMAT, sealed
from linnet_exact.files.criticality import scalar_to_jsonable
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.landscape import Criticality, Data, criticality, inertia, ldl
from linnet_exact.landscape.inertia.eigenvalues import cut_between
from linnet_exact.landscape.inertia.ldl import LDL
from linnet_exact.landscape.loss.derivatives import hessian, residual, second_derivative
from linnet_exact.weights import Weights

__all__ = ["CRITICAL", "critical_certificate"]

_POINTS = ("not critical", "strict saddle", "non-strict saddle", "global minimum")


def critical_certificate(
    found: Criticality, source: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a certificate of the kind of a point; over the field of the weights and the data.

    Parameters
    ----------
    source : dict, optional
        The record of the file that the weights came from, see `input_record`.

    Raises
    ------
    InputError
        If the kind is not decided, or the Hessian is too large.

    Examples
    --------
    >>> found = criticality(Weights([[[0]], [[0]]]), Data.from_target(Matrix([[2]])))
    >>> critical_certificate(found)["proof"]
    {'direction': [[[1]], [[1]]]}
    """
    theta, data = found.weights, found.data
    field = common_field([theta.field, data.field])

    def rows(part: Matrix) -> list[list[int | str]]:
        return rows_to_jsonable(part.change_field(field))

    kind = found.proved if found.kind == "undecided" else found.kind
    if kind is None:
        raise InputError(f"there is nothing to certify: {found.hypotheses.failure}")
    return sealed(
        {
            "format": FORMAT,
            "version": 2 if field.degree == 1 else 3,
            "kind": "critical",
            **({} if source is None else {"input": source}),
            "field": "QQ" if field.degree == 1 else field.to_jsonable(),
            "weights": [rows(W) for W in theta.matrices],
            "sigma": rows(data.sigma),
            "gamma": rows(data.gamma),
            "energy": scalar_to_jsonable(field(data.energy)),
            "loss": scalar_to_jsonable(field(found.loss)),
            "point": kind,
            "proof": _proof(found, kind, rows),
        }
    )


def _proof(
    found: Criticality, kind: str, rows: Callable[[Matrix], list[list[int | str]]]
) -> dict[str, Any]:
    if kind == "strict saddle":
        if found.escape is None:
            raise InputError("the Hessian is too large for a certificate")
        return {"direction": [rows(part) for part in found.escape.direction]}
    if kind == "non-strict saddle":
        if found.hessian is None:
            raise InputError("the Hessian is too large for a certificate")
        factors = ldl(found.hessian)
        return {
            "order": list(factors.order),
            "lower": rows(factors.lower),
            "pivots": [rows(pivot)[0][0] for pivot in factors.pivots],
        }
    if kind == "global minimum" and not residual(found.weights, found.data).is_zero():
        assert found.eigenvalues is not None
        kept, left = found.eigenvalues[found.rank - 1 : found.rank + 1]
        return {"between": scalar_to_jsonable(cut_between(left, kept))}
    return {}


@dataclass(frozen=True)
class CriticalClaim:
    """What a certificate says: weights, data, and the kind of the point with its proof."""

    named: NamedField
    matrices: list[Matrix]
    sigma: Matrix
    gamma: Matrix
    energy: Scalar
    loss: Scalar
    point: str
    proof: dict[str, Any]


def _read(certificate: dict[str, Any]) -> CriticalClaim:
    keys = ("field", "weights", "sigma", "gamma", "energy", "loss", "point", "proof")
    envelope(certificate, keys, has_input=True)
    if certificate["version"] < 3:
        one_of(certificate["field"], "field", ["QQ"])
    elif certificate["field"] == "QQ":
        raise InputError("field: over Q the version is 2")
    named = field_of(certificate["field"])
    point = one_of(certificate["point"], "point", _POINTS)
    return CriticalClaim(
        named=named,
        matrices=weights_of(certificate["weights"], "weights", named),
        sigma=matrix(certificate["sigma"], "sigma", named),
        gamma=matrix(certificate["gamma"], "gamma", named),
        energy=scalar(certificate["energy"], "energy", named),
        loss=scalar(certificate["loss"], "loss", named),
        point=point,
        proof=_read_proof(certificate["proof"], point, named),
    )


def _read_proof(value: Any, point: str, named: NamedField) -> dict[str, Any]:
    if point == "strict saddle":
        direction = members(value, "proof", ["direction"])["direction"]
        return {"direction": weights_of(direction, "proof.direction", named)}
    if point == "non-strict saddle":
        proof = members(value, "proof", ["order", "lower", "pivots"])
        pivots = items(proof["pivots"], "proof.pivots", partial(scalar, named=named))
        order = items(proof["order"], "proof.order", natural)
        if pivots:
            lower = matrix(proof["lower"], "proof.lower", named)
        else:  # L has no columns
            rows = items(proof["lower"], "proof.lower", lambda row, at: items(row, at, _nothing))
            lower = Matrix.zero(len(rows), 0, named.field)
        return {"order": order, "lower": lower, "pivots": pivots}
    if point == "global minimum" and value != {}:
        between = members(value, "proof", ["between"])["between"]
        return {"between": number(between, "proof.between")}
    return members(value, "proof", [])


def _nothing(value: Any, place: str) -> None:
    raise InputError(f"{place}: without pivots L has no columns")


def _check(claim: CriticalClaim) -> list[str]:
    theta = Weights(claim.matrices, claim.named.field)
    found = criticality(theta, Data.from_moments(claim.sigma, claim.gamma, claim.energy))
    loss = _written(found.loss, claim.named)
    require(claim.loss == found.loss, f"the loss is {loss}")
    require(found.is_critical == (claim.point != "not critical"), "the gradient says otherwise")
    claims = [f"the loss is {loss}"]
    if claim.point == "not critical":
        return [*claims, "the gradient is not 0"]
    claims.append("the gradient is 0")
    if claim.point == "strict saddle":
        return [*claims, _check_direction(found, claim.proof["direction"], claim.named)]
    if claim.point == "non-strict saddle":
        return [*claims, *_check_no_direction(found, **claim.proof)]
    return [*claims, _check_minimum(found, claim.proof.get("between"))]


CRITICAL = Kind((1, 2, 3), _read, _check, lambda claim: claim.matrices)
"""The kind ``"critical"``; since version 2 the record of the input says which layers were read.

Versions 1 and 2 are over Q, version 3 is over Q(a).
"""


def _written(number: Scalar, named: NamedField) -> str:
    """Return a number as text in the generator as the document calls it."""
    return str(number).replace("a", named.generator)


def _check_direction(found: Criticality, direction: list[Matrix], named: NamedField) -> str:
    theta, data = found.weights, found.data
    shapes = [part.shape for part in direction]
    require(shapes == [W.shape for W in theta.matrices], "the direction does not fit the weights")
    value = second_derivative(theta, data, direction)
    written = _written(value, named)
    require(value < 0, f"the second derivative in the direction is {written}, not negative")
    return f"strict saddle: the second derivative in a direction is {written}"


def _check_no_direction(
    found: Criticality, order: list[int], lower: Matrix, pivots: list[Scalar]
) -> list[str]:
    H = hessian(found.weights, found.data)
    require(lower.shape == (H.nrows, len(pivots)), "L does not fit the Hessian")
    require(sorted(order) == list(range(H.nrows)), "the order is no order of the rows")
    factors = LDL(tuple(order), lower, tuple(Matrix([[pivot]], H.field) for pivot in pivots))
    require(factors.check(H), "H is not L D L^T")
    require(all(pivot > 0 for pivot in pivots), "a pivot is not positive")
    require(not residual(found.weights, found.data).is_zero(), "it is a global minimum: G = 0")
    require(found.rank < found.weights.network.min_width, "a width bounds the rank of W")
    return [
        "no negative second derivative: the Hessian is L D L^T with positive D",
        "not a minimum of all: products of a larger rank have a smaller loss",
    ]


def _check_minimum(found: Criticality, between: Fraction | None) -> str:
    theta, data = found.weights, found.data
    if residual(theta, data).is_zero():
        require(between is None, "W Sigma = Gamma needs no other proof")
        return "global minimum: W Sigma = Gamma"
    require(between is not None, "the proof must be a number between two eigenvalues")
    rank = found.rank
    require(rank == theta.network.min_width, "no width bounds the rank of W")
    shifted = data.explained - Matrix.identity(data.gamma.nrows) * between
    U = theta.product().column_space().basis.T
    require(_is_invariant(data.explained, U), "the columns of W span no eigenvectors")
    require(inertia(shifted).positive == rank, "another number of eigenvalues is larger")
    require(inertia(U.T @ shifted @ U).positive == rank, "W has not learnt the largest ones")
    return f"global minimum: W has learnt the {rank} largest eigenvalues, and a width is {rank}"


def _is_invariant(T: Matrix, U: Matrix) -> bool:
    return Matrix.hstack([U, T @ U]).rank() == U.ncols

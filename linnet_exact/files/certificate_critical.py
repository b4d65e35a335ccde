"""What proves that a point is critical, or not, and of which kind; and its check.

The gradient is multiplied out. A strict saddle is proven by a direction of negative second
derivative; that there is none by a factorisation H = L D Lᵀ with positive D; a global minimum by
W Σ = Γ, or, where a width bounds the rank, by a number between λ_r and λ_{r+1}: Γ Σ⁻¹ Γᵀ has just r
larger eigenvalues, and the columns of W span their eigenvectors.
"""

from fractions import Fraction
from typing import Any

from linnet_exact.algebra import QQ, Matrix
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificate import FORMAT, sealed
from linnet_exact.files.criticality import scalar_to_jsonable
from linnet_exact.files.json_weights import rows_to_jsonable, weights_to_jsonable
from linnet_exact.landscape import Criticality, Data, criticality, inertia, ldl
from linnet_exact.landscape.inertia.ldl import LDL
from linnet_exact.landscape.loss.derivatives import hessian, residual, second_derivative
from linnet_exact.weights import Weights

__all__ = ["KIND", "check_critical", "critical_certificate"]

KIND = "critical"


def critical_certificate(
    found: Criticality, source: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return a certificate of the kind of a point; for weights and data over Q.

    Parameters
    ----------
    source : dict, optional
        Name and digest of the file that the weights came from.

    Raises
    ------
    InputError
        If the kind is not decided, or the weights or the data are not over Q.

    Examples
    --------
    >>> found = criticality(Weights([[[0]], [[0]]]), Data.from_target(Matrix([[2]])))
    >>> critical_certificate(found)["proof"]
    {'direction': [[[1]], [[1]]]}
    """
    theta, data = found.weights, found.data
    if theta.field.degree > 1 or data.field.degree > 1:
        raise InputError("certificates of critical points are made for weights and data over Q")
    kind = found.proved if found.kind == "undecided" else found.kind
    if kind is None:
        raise InputError(f"there is nothing to certify: {found.hypotheses.failure}")
    return sealed(
        {
            "format": FORMAT,
            "version": 1,
            "kind": KIND,
            **({} if source is None else {"input": source}),
            "field": "QQ",
            "weights": weights_to_jsonable(theta)["weights"],
            "sigma": rows_to_jsonable(data.sigma),
            "gamma": rows_to_jsonable(data.gamma),
            "energy": scalar_to_jsonable(data.energy),
            "loss": scalar_to_jsonable(found.loss),
            "point": kind,
            "proof": _proof(found, kind),
        }
    )


def _proof(found: Criticality, kind: str) -> dict[str, Any]:
    if kind == "strict saddle":
        if found.escape is None:
            raise InputError("the Hessian is too large for a certificate")
        return {"direction": [rows_to_jsonable(part) for part in found.escape.direction]}
    if kind == "non-strict saddle":
        if found.hessian is None:
            raise InputError("the Hessian is too large for a certificate")
        factors = ldl(found.hessian)
        return {
            "order": list(factors.order),
            "lower": rows_to_jsonable(factors.lower),
            "pivots": [scalar_to_jsonable(pivot[0, 0]) for pivot in factors.pivots],
        }
    if kind == "global minimum" and not residual(found.weights, found.data).is_zero():
        assert found.eigenvalues is not None
        kept, left = (
            found.eigenvalues[at].isolating_interval() for at in (found.rank - 1, found.rank)
        )
        return {"between": scalar_to_jsonable((kept[0] + left[1]) / 2)}
    return {}


def check_critical(certificate: dict[str, Any]) -> list[str]:
    """Check a certificate of a critical point and return what it proves, in words.

    Raises
    ------
    CertificateError
        If it does not prove what it claims.

    Examples
    --------
    >>> found = criticality(Weights([[[1]], [[0]]]), Data.from_target(Matrix([[2]])))
    >>> check_critical(critical_certificate(found))
    ['the loss is 2', 'the gradient is not 0']
    """
    keys = ("field", "weights", "sigma", "gamma", "energy", "loss", "point", "proof")
    known = {"format", "version", "kind", "input", "sha256", *keys}
    for key in certificate:
        _require(key in known, f"the key {key[:40]!r} is not known")
    _require(certificate["field"] == "QQ", "the field must be QQ")
    theta = Weights([_matrix(rows) for rows in certificate["weights"]], QQ)
    data = Data.from_moments(
        _matrix(certificate["sigma"]), _matrix(certificate["gamma"]), _number(certificate["energy"])
    )
    found = criticality(theta, data)
    _require(_number(certificate["loss"]) == found.loss, "the loss is another one")
    point, proof = certificate["point"], certificate["proof"]
    _require(found.is_critical == (point != "not critical"), "the gradient says otherwise")
    claims = [f"the loss is {found.loss}"]
    if point == "not critical":
        _require(proof == {}, "there is nothing to prove beside the gradient")
        return [*claims, "the gradient is not 0"]
    claims.append("the gradient is 0")
    if point == "strict saddle":
        return [*claims, _check_direction(theta, data, proof)]
    if point == "non-strict saddle":
        return [*claims, *_check_no_direction(found, proof)]
    _require(point == "global minimum", f"there is no kind of point {str(point)[:40]!r}")
    return [*claims, _check_minimum(found, proof)]


def _check_direction(theta: Weights, data: Data, proof: dict[str, Any]) -> str:
    _require(set(proof) == {"direction"}, "the proof must be a direction")
    direction = [_matrix(rows) for rows in proof["direction"]]
    value = second_derivative(theta, data, direction)
    _require(value < 0, f"the second derivative in the direction is {value}, not negative")
    return f"strict saddle: the second derivative in a direction is {value}"


def _check_no_direction(found: Criticality, proof: dict[str, Any]) -> list[str]:
    _require(set(proof) == {"order", "lower", "pivots"}, "the proof must be order, lower, pivots")
    pivots = tuple(Matrix([[_number(entry)]]) for entry in proof["pivots"])
    H = hessian(found.weights, found.data)
    _require(all(type(row) is int for row in proof["order"]), "the order must be integers")
    lower = _matrix(proof["lower"]) if pivots else Matrix.zero(H.nrows, 0)
    _require(bool(pivots) or proof["lower"] == [[]] * H.nrows, "without pivots L has no columns")
    factors = LDL(tuple(proof["order"]), lower, pivots)
    _require(lower.shape == (H.nrows, len(pivots)) and factors.check(H), "H is not L D L^T")
    _require(all(pivot[0, 0] > 0 for pivot in pivots), "a pivot is not positive")
    _require(not residual(found.weights, found.data).is_zero(), "it is a global minimum: G = 0")
    _require(found.rank < found.weights.network.min_width, "a width bounds the rank of W")
    return [
        "no negative second derivative: the Hessian is L D L^T with positive D",
        "not a minimum of all: products of a larger rank have a smaller loss",
    ]


def _check_minimum(found: Criticality, proof: dict[str, Any]) -> str:
    theta, data = found.weights, found.data
    if residual(theta, data).is_zero():
        _require(proof == {}, "W Sigma = Gamma needs no other proof")
        return "global minimum: W Sigma = Gamma"
    _require(set(proof) == {"between"}, "the proof must be a number between two eigenvalues")
    rank = found.rank
    _require(rank == theta.network.min_width, "no width bounds the rank of W")
    shifted = data.explained - Matrix.identity(data.gamma.nrows) * _number(proof["between"])
    U = theta.product().column_space().basis.T
    _require(_is_invariant(data.explained, U), "the columns of W span no eigenvectors")
    _require(inertia(shifted).positive == rank, "another number of eigenvalues is larger")
    _require(inertia(U.T @ shifted @ U).positive == rank, "W has not learnt the largest ones")
    return f"global minimum: W has learnt the {rank} largest eigenvalues, and a width is {rank}"


def _is_invariant(T: Matrix, U: Matrix) -> bool:
    return Matrix.hstack([U, T @ U]).rank() == U.ncols


def _matrix(rows: Any) -> Matrix:
    matrix = Matrix(rows, QQ)
    _require(rows_to_jsonable(matrix) == rows, "a number is not written the one way it is written")
    return matrix


def _number(entry: Any) -> Fraction:
    _require(isinstance(entry, int | str) and not isinstance(entry, bool), "expected a number")
    number = QQ(entry)
    _require(scalar_to_jsonable(number) == entry, f"{str(entry)[:40]!r} is written in another way")
    return number


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CertificateError(otherwise)

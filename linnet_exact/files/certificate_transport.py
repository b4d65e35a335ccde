"""Certificates that a group element carries one point, or one fiber, to another."""

from typing import Any

from linnet_exact.algebra import Matrix, field_from_jsonable
from linnet_exact.errors import CertificateError
from linnet_exact.files.certificate import FORMAT, sealed
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.paths.carrying import Carrying

__all__ = ["KIND", "check_transport", "transport_certificate"]

KIND = "transport"


def transport_certificate(found: Carrying) -> dict[str, Any]:
    """Return a certificate that multiplication alone can check.

    Examples
    --------
    >>> from linnet_exact.weights.paths.carrying import carry
    >>> theta = Weights([[[1]], [[0]]])
    >>> transport_certificate(carry(theta, theta))["group"]
    [[[1]], [[1]], [[1]]]
    """
    return sealed(
        {
            "format": FORMAT,
            "version": 1,
            "kind": KIND,
            "field": found.start.field.to_jsonable(),
            "carries": "point" if found.points else "fiber",
            "start": [rows_to_jsonable(matrix) for matrix in found.start.matrices],
            "end": [rows_to_jsonable(matrix) for matrix in found.end.matrices],
            "group": [rows_to_jsonable(matrix) for matrix in found.group],
            "inverses": [rows_to_jsonable(matrix) for matrix in found.inverses],
        }
    )


def check_transport(certificate: dict[str, Any]) -> list[str]:
    """Check a certificate of transport and return what it proves, in words.

    Raises
    ------
    CertificateError
        If an equation does not hold; it says which.

    Examples
    --------
    >>> from linnet_exact.weights.paths.carrying import carry
    >>> theta = Weights([[[1]], [[0]]])
    >>> check_transport(transport_certificate(carry(theta, theta)))
    ["g_L W = W' g_0: the fiber of W is carried to that of W'", 'g carries start to end']
    """
    field = field_from_jsonable(certificate["field"])
    start, end = (Weights(certificate[key], field) for key in ("start", "end"))
    group, inverses = (
        tuple(Matrix(rows, field) for rows in certificate[key]) for key in ("group", "inverses")
    )
    carries = certificate["carries"]
    if carries not in ("point", "fiber"):
        raise CertificateError('"carries" must be "point" or "fiber"')
    shapes = [(width, width) for width in start.network.widths]
    if end.network != start.network or any(
        [matrix.shape for matrix in matrices] != shapes for matrices in (group, inverses)
    ):
        raise CertificateError(f"the matrices do not fit the widths {start.network}")
    Carrying(start, end, group, inverses, carries == "point").check()
    claims = ["g_L W = W' g_0: the fiber of W is carried to that of W'"]
    return claims + (["g carries start to end"] if carries == "point" else [])

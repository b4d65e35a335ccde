"""Certificates that a group element carries one point, or one fiber, to another."""

from dataclasses import dataclass
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.files.certificates.document import one_of
from linnet_exact.files.certificates.entries import field_of, weights_of
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.files.certificates.sealing import FORMAT, sealed
from linnet_exact.files.json_weights import rows_to_jsonable
from linnet_exact.weights import Weights
from linnet_exact.weights.paths.carrying import Carrying

__all__ = ["TRANSPORT", "transport_certificate"]


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
            "kind": "transport",
            "field": found.start.field.to_jsonable(),
            "carries": "point" if found.points else "fiber",
            "start": [rows_to_jsonable(matrix) for matrix in found.start.matrices],
            "end": [rows_to_jsonable(matrix) for matrix in found.end.matrices],
            "group": [rows_to_jsonable(matrix) for matrix in found.group],
            "inverses": [rows_to_jsonable(matrix) for matrix in found.inverses],
        }
    )


@dataclass(frozen=True)
class TransportClaim:
    """What a certificate says: a group element with its inverse, and what it carries."""

    carries: str
    start: list[Matrix]
    end: list[Matrix]
    group: list[Matrix]
    inverses: list[Matrix]


def _read(certificate: dict[str, Any]) -> TransportClaim:
    lists = ("start", "end", "group", "inverses")
    envelope(certificate, ("field", "carries", *lists))
    named = field_of(certificate["field"])
    return TransportClaim(
        one_of(certificate["carries"], "carries", ["point", "fiber"]),
        *(weights_of(certificate[key], key, named) for key in lists),
    )


def _check(claim: TransportClaim) -> list[str]:
    start, end = Weights(claim.start), Weights(claim.end)
    shapes = [(width, width) for width in start.network.widths]
    fits = start.network == end.network and all(
        [matrix.shape for matrix in matrices] == shapes
        for matrices in (claim.group, claim.inverses)
    )
    require(fits, f"the matrices do not fit the widths {start.network}")
    points = claim.carries == "point"
    Carrying(start, end, tuple(claim.group), tuple(claim.inverses), points).check()
    claims = ["g_L W = W' g_0: the fiber of W is carried to that of W'"]
    return claims + (["g carries start to end"] if points else [])


TRANSPORT = Kind((1,), _read, _check)
"""The kind ``"transport"``."""

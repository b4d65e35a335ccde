"""Certificates of snapped weights: their ranks, and how far they are from where they came from."""

from dataclasses import dataclass
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.fields.field import Scalar
from linnet_exact.algebra.matrices.norms import squared_norm
from linnet_exact.files.certificates.document import items
from linnet_exact.files.certificates.entries import field_of, scalar, weights_of
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.files.certificates.rank_list import rank_list_content
from linnet_exact.files.certificates.rank_list_check import (
    KEYS,
    RankListClaim,
    check_rank_list,
    read_rank_list,
)
from linnet_exact.files.certificates.sealing import FORMAT, sealed
from linnet_exact.files.json_weights import entry_to_jsonable, rows_to_jsonable
from linnet_exact.weights import Weights

__all__ = ["SNAPPED", "snapped_certificate"]


@dataclass(frozen=True)
class SnappedClaim:
    """What a certificate says: the ranks of new weights, the old ones, and distances."""

    ranks: RankListClaim
    original: list[Matrix]
    squared_distances: list[Scalar]


def snapped_certificate(
    snapped: Weights, original: Weights, source: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return a certificate of the rank list of new weights and of their distance from old ones.

    Parameters
    ----------
    original : Weights
        The weights as they were.
    source : dict, optional
        The record of the file that the old weights came from, see `input_record`.

    Examples
    --------
    >>> certificate = snapped_certificate(Weights([[[1, 2]]]), Weights([[[1, "5/2"]]]))
    >>> certificate["squared_distances"]
    ['1/4']
    """
    field = original.field
    weights = Weights([matrix.change_field(field) for matrix in snapped.matrices], field)
    pairs = zip(weights.matrices, original.matrices, strict=True)
    distances = [squared_norm(after - before) for after, before in pairs]
    return sealed(
        {
            "format": FORMAT,
            "version": 2,
            "kind": "snapped-weights",
            **({} if source is None else {"input": source}),
            **rank_list_content(weights),
            "original": [rows_to_jsonable(matrix) for matrix in original.matrices],
            "squared_distances": [entry_to_jsonable(field.format(x)) for x in distances],
        }
    )


def _read(certificate: dict[str, Any]) -> SnappedClaim:
    keys = envelope(certificate, (*KEYS, "original", "squared_distances"), has_input=True)
    named = field_of(keys["field"])

    def distance(value: Any, place: str) -> Scalar:
        return scalar(value, place, named)

    return SnappedClaim(
        read_rank_list(keys),
        weights_of(keys["original"], "original", named),
        items(keys["squared_distances"], "squared_distances", distance),
    )


def _check(claim: SnappedClaim) -> list[str]:
    theta, original = Weights(claim.ranks.matrices), Weights(claim.original)
    require(theta.network == original.network, "the weights had other widths before")
    pairs = zip(theta.matrices, original.matrices, strict=True)
    distances = [squared_norm(after - before) for after, before in pairs]
    for j, (claimed, found) in enumerate(
        zip(claim.squared_distances, distances, strict=False), start=1
    ):
        require(claimed == found, f"W_{j} has moved by the square root of {found}")
    require(len(claim.squared_distances) == theta.depth, "expected a distance for every matrix")
    moved = ", ".join(map(str, distances))
    return [*check_rank_list(claim.ranks), f"squared distances from the original {moved}"]


SNAPPED = Kind((2,), _read, _check, lambda claim: claim.original)
"""The kind ``"snapped-weights"``."""

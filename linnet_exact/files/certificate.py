"""Certificates: exact claims about weights with proofs that anyone can check again.

A certificate is one JSON object. Its last key, `sha256`, is the digest of all the others, written
with sorted keys and without spaces; a changed digit anywhere shows. What it claims is proven
beside it, so that nobody has to trust the program that wrote it:

- a rank is at least r: a minor of r rows and columns that is not 0 modulo a prime (over Q(a),
  with a replaced by a root of its minimal polynomial), or the rank of a longer product;
- a rank is at most r: the shape, the rank of a shorter product, or independent vectors that the
  matrix (or its transpose) takes to 0;
- or, for all ranks at once, a flow basis J_0, …, J_L: W_j J_{j−1} = J_j Ĩ_j with invertible J_j.

`linnet_exact.files.certificate_check` checks them, and so does `scripts/check_certificate.py`,
which shares no code with this package.
"""

import hashlib
import json
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.evidence import Minor
from linnet_exact.algebra.ranks.minors import largest_minor
from linnet_exact.algebra.ranks.residue_maps import places, reduce_matrix
from linnet_exact.files.json_weights import rows_to_jsonable, weights_to_jsonable
from linnet_exact.files.source import AnyFile, Source
from linnet_exact.strata import RankList
from linnet_exact.weights import Weights

__all__ = ["digest", "input_record", "rank_list_certificate", "sealed"]

FORMAT = "linnet-exact/certificate"

MAX_WIDTH_FOR_FLOW = 16
"""Beyond it, the entries of a flow basis are longer than all minors and null vectors together."""


def rank_list_certificate(theta: Weights, source: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a certificate of the rank list, the barcode and the dimension of the stratum.

    Parameters
    ----------
    source : dict, optional
        Name and digest of the file that the weights came from, see `input_record`.

    Examples
    --------
    >>> certificate = rank_list_certificate(Weights([[[1, 2]]]))
    >>> certificate["kind"], certificate["rank_list"]["1~0"], len(certificate["sha256"])
    ('rank-list', 1, 64)
    """
    weights = weights_to_jsonable(theta)
    content = {
        "format": FORMAT,
        "version": 1,
        "kind": "rank-list",
        **({} if source is None else {"input": source}),
        "field": weights["field"],
        "weights": weights["weights"],
        "rank_list": theta.rank_list.to_jsonable(),
        "barcode": theta.barcode.to_jsonable(),
        "dimension": theta.stratum.to_jsonable()["dimension"],
        "proof": _shortest_proof(theta),
    }
    return sealed(content)


def sealed(content: dict[str, Any]) -> dict[str, Any]:
    """Return the content with its digest as the last key.

    Examples
    --------
    >>> sealed({"kind": "none"})["sha256"] == digest({"kind": "none"})
    True
    """
    return {**content, "sha256": digest(content)}


def digest(content: dict[str, Any]) -> str:
    """Return the SHA-256 of everything but the key `sha256`, in hexadecimal.

    Examples
    --------
    >>> digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1, "sha256": "whatever"})
    True
    """
    others = {key: value for key, value in content.items() if key != "sha256"}
    text = json.dumps(others, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def input_record(file: AnyFile) -> dict[str, str]:
    """Return the name of a file and the SHA-256 of its bytes.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    source = Source.of(file)
    sha256 = hashlib.sha256()
    with source.open() as stream:
        while piece := stream.read(2**20):
            sha256.update(piece)
    return {"name": source.path.name, "sha256": sha256.hexdigest()}


def _shortest_proof(theta: Weights) -> dict[str, Any]:
    proof = {"ranks": _proof_by_ranks(theta)}
    if max(theta.network.widths) > MAX_WIDTH_FOR_FLOW:
        return proof
    by_flow = {"flow": _proof_by_flow(theta)}
    return min(proof, by_flow, key=lambda found: len(json.dumps(found)))


def _proof_by_flow(theta: Weights) -> dict[str, Any]:
    bases = theta.flow().bases
    whole = Matrix.block_diagonal(bases)
    minor = _minor(whole, whole.nrows)
    return {
        "prime": str(minor.prime),
        "root": str(minor.root),
        "bases": [rows_to_jsonable(basis) for basis in bases],
    }


def _proof_by_ranks(theta: Weights) -> dict[str, Any]:
    ranks, depth = theta.rank_list, theta.depth
    return {
        f"{k}~{i}": {
            "at_least": _lower_bound(theta, ranks, k, i),
            "at_most": _upper_bound(theta, ranks, k, i),
        }
        for k in range(depth + 1)
        for i in range(k)
    }


def _lower_bound(theta: Weights, ranks: RankList, k: int, i: int) -> dict[str, Any]:
    rank = ranks.r(k, i)
    for longer in ((k + 1, i), (k, i - 1)):
        if ranks.r(*longer) == rank and rank > 0:
            return {"product": f"{longer[0]}~{longer[1]}"}
    minor = _minor(theta.product(k, i), rank)
    return {
        "prime": str(minor.prime),
        "root": str(minor.root),
        "rows": list(minor.rows),
        "columns": list(minor.columns),
    }


def _upper_bound(theta: Weights, ranks: RankList, k: int, i: int) -> dict[str, Any]:
    rank = ranks.r(k, i)
    matrix = theta.product(k, i)
    if rank == min(matrix.shape):
        return {"shape": list(matrix.shape)}
    for shorter in ((k - 1, i), (k, i + 1)):
        if ranks.r(*shorter) == rank:
            return {"product": f"{shorter[0]}~{shorter[1]}"}
    side, wide = ("right", matrix) if matrix.ncols <= matrix.nrows else ("left", matrix.T)
    return {"side": side, "null_vectors": rows_to_jsonable(wide.null_space().basis)}


def _minor(matrix: Matrix, rank: int) -> Minor:
    """Return a minor of that size that is not 0 modulo some prime, which divides no denominator."""
    for prime, roots in places(matrix.field):
        if matrix.denominator % prime:
            reduced = reduce_matrix(matrix.coefficients, prime, roots[0])
            minor = largest_minor(reduced, roots[0])
            if len(minor.rows) == rank:
                return minor
    raise AssertionError

"""Certificates of rank lists: exact claims about weights, with their proofs, written.

- A rank is at least r: a minor of r rows and columns that is not 0 modulo a prime (over Q(a),
  with a replaced by a root of its minimal polynomial), or the rank of a longer product;
- a rank is at most r: the shape, the rank of a shorter product, or independent vectors that the
  matrix (or its transpose) takes to 0;
- or, for all ranks at once, a flow basis J_0, …, J_L: W_j J_{j−1} = J_j Ĩ_j with invertible J_j.
"""

import json
from typing import Any

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.certified import rank_with_evidence
from linnet_exact.algebra.ranks.chain import chain_evidence
from linnet_exact.algebra.ranks.evidence import Factor, LowerBound, Minor, Shape, UpperBound
from linnet_exact.files.certificates.sealing import FORMAT, sealed
from linnet_exact.files.json_weights import rows_to_jsonable, weights_to_jsonable
from linnet_exact.weights import Weights

__all__ = ["VERSION", "rank_list_certificate", "rank_list_content"]

VERSION = 2
"""Since 2 the record of the input says which layers were read."""

MAX_WIDTH_FOR_FLOW = 16
"""Beyond it, the entries of a flow basis are longer than all minors and null vectors together."""


def rank_list_certificate(theta: Weights, source: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a certificate of the rank list, the barcode and the dimension of the stratum.

    Parameters
    ----------
    source : dict, optional
        The record of the file that the weights came from, see `input_record`.

    Examples
    --------
    >>> certificate = rank_list_certificate(Weights([[[1, 2]]]))
    >>> certificate["kind"], certificate["rank_list"]["1~0"], len(certificate["sha256"])
    ('rank-list', 1, 64)
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "kind": "rank-list",
        **({} if source is None else {"input": source}),
        **rank_list_content(theta),
    }
    return sealed(content)


def rank_list_content(theta: Weights) -> dict[str, Any]:
    """Return weights, what is claimed of them, and the proof.

    Examples
    --------
    >>> list(rank_list_content(Weights([[[1, 2]]])))
    ['field', 'weights', 'rank_list', 'barcode', 'dimension', 'proof']
    """
    weights = weights_to_jsonable(theta)
    return {
        "field": weights["field"],
        "weights": weights["weights"],
        "rank_list": theta.rank_list.to_jsonable(),
        "barcode": theta.barcode.to_jsonable(),
        "dimension": theta.stratum.to_jsonable()["dimension"],
        "proof": _shortest_proof(theta),
    }


def _shortest_proof(theta: Weights) -> dict[str, Any]:
    proof = {"ranks": _proof_by_ranks(theta)}
    if max(theta.network.widths) > MAX_WIDTH_FOR_FLOW:
        return proof
    by_flow = {"flow": _proof_by_flow(theta)}
    return min(proof, by_flow, key=lambda found: len(json.dumps(found)))


def _proof_by_flow(theta: Weights) -> dict[str, Any]:
    bases = theta.flow().bases
    minor = rank_with_evidence(Matrix.block_diagonal(bases)).lower
    assert isinstance(minor, Minor), "a single matrix has no factors"
    return {
        "prime": str(minor.prime),
        "root": str(minor.root),
        "bases": [rows_to_jsonable(basis) for basis in bases],
    }


def _proof_by_ranks(theta: Weights) -> dict[str, Any]:
    evidence = chain_evidence(theta.matrices)
    return {
        f"{k}~{i}": {
            "at_least": _lower_bound(evidence[k, i].lower),
            "at_most": _upper_bound(theta.product(k, i), evidence[k, i].upper),
        }
        for k in range(theta.depth + 1)
        for i in range(k)
    }


def _lower_bound(lower: LowerBound) -> dict[str, Any]:
    if isinstance(lower, Factor):
        return {"product": f"{lower.k}~{lower.i}"}
    return {
        "prime": str(lower.prime),
        "root": str(lower.root),
        "rows": list(lower.rows),
        "columns": list(lower.columns),
    }


def _upper_bound(matrix: Matrix, upper: UpperBound) -> dict[str, Any]:
    if isinstance(upper, Shape):
        return {"shape": list(matrix.shape)}
    if isinstance(upper, Factor):
        return {"product": f"{upper.k}~{upper.i}"}
    # Vectors prove by one product what residues prove by many eliminations and a bound on minors.
    side, wide = ("right", matrix) if matrix.ncols <= matrix.nrows else ("left", matrix.T)
    return {"side": side, "null_vectors": rows_to_jsonable(wide.null_space().basis)}

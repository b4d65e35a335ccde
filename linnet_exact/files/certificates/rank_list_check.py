"""Certificates of rank lists checked again, from nothing but what they hold.

A rank is proven by counting: an invertible block from below; from above, the shape, a shorter
product, or null vectors. No rank is computed here except that of a block modulo one prime.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.checking import check_minor
from linnet_exact.algebra.ranks.evidence import Factor, Minor
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificates.document import (
    counts,
    integer,
    items,
    layer_pair,
    members,
    natural,
    one_of,
    text,
)
from linnet_exact.files.certificates.entries import NamedField, field_of, matrix, weights_of
from linnet_exact.files.certificates.kind import Kind, envelope, require
from linnet_exact.strata import Barcode, RankList
from linnet_exact.weights import Weights, canonical_weights

__all__ = ["KEYS", "RANK_LIST", "RankListClaim", "check_rank_list", "read_rank_list"]

KEYS = ("field", "weights", "rank_list", "barcode", "dimension", "proof")

_PRIME = "[1-9][0-9]{0,19}"
_ROOT = "0|[1-9][0-9]{0,19}"

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class NullVectors:
    """Rows that a matrix, or on the left side its transpose, takes to 0."""

    side: str
    vectors: Matrix


@dataclass(frozen=True)
class Flow:
    """Flow bases, and a prime modulo which all of them are invertible."""

    prime: int
    root: int
    bases: list[Matrix]


Bounds: TypeAlias = tuple[Minor | Factor, Pair | Factor | NullVectors]
"""What bounds a rank from below, and from above: there a pair is a shape."""


@dataclass(frozen=True)
class RankListClaim:
    """What a certificate says: weights, their ranks, and a proof."""

    matrices: list[Matrix]
    ranks: dict[Pair, int]
    barcode: dict[Pair, int]
    dimension: int
    proof: Flow | dict[Pair, Bounds]


def read_rank_list(content: dict[str, Any]) -> RankListClaim:
    """Return what the keys `KEYS` of a certificate say.

    Raises
    ------
    InputError
        If something is not written as it should be; the message says where.
    """
    named = field_of(content["field"])
    ranks = content["rank_list"]
    if not isinstance(ranks, dict):
        raise InputError("rank_list must be a JSON object")
    return RankListClaim(
        matrices=weights_of(content["weights"], "weights", named),
        ranks={
            layer_pair(key, "rank_list"): natural(rank, f"rank_list {key}")
            for key, rank in ranks.items()
        },
        barcode=counts(content["barcode"], "barcode"),
        dimension=integer(content["dimension"], "dimension"),
        proof=_read_proof(content["proof"], named),
    )


def check_rank_list(claim: RankListClaim) -> list[str]:
    """Return what the certificate proves, in words.

    Raises
    ------
    CertificateError
        If it does not prove what it claims.
    """
    theta = Weights(claim.matrices)
    ranks = RankList(claim.ranks)
    widths = tuple(ranks.r(j, j) for j in range(ranks.depth + 1))
    require(widths == theta.network.widths, f"the rank list has not the widths {theta.network}")
    barcode = ranks.barcode
    require(claim.barcode == dict(barcode), "the barcode does not belong to the rank list")
    dimension = barcode.stratum.dimension
    require(claim.dimension == dimension, f"the dimension of the stratum is {dimension}")
    if isinstance(claim.proof, Flow):
        _check_flow(theta, barcode, claim.proof)
    else:
        pairs = {(k, i) for k, i in ranks if k > i}
        require(claim.proof.keys() == pairs, "the proof is not one of every rank r_k~i, k > i")
        for (k, i), bounds in claim.proof.items():
            _check_rank(theta, ranks, (k, i), bounds)
    listed = ",".join(f"{key}:{rank}" for key, rank in ranks.to_jsonable().items())
    return [f"rank list {listed}", f"barcode {barcode}", f"dimension of the stratum {dimension}"]


def _read(certificate: dict[str, Any]) -> RankListClaim:
    return read_rank_list(envelope(certificate, KEYS, has_input=True))


RANK_LIST = Kind((1, 2), _read, check_rank_list, lambda claim: claim.matrices)
"""The kind ``"rank-list"``."""


def _read_proof(value: Any, named: NamedField) -> Flow | dict[Pair, Bounds]:
    if isinstance(value, dict) and "flow" in value:
        flow = members(
            members(value, "proof", ["flow"])["flow"], "flow", ["prime", "root", "bases"]
        )
        bases = weights_of(flow["bases"], "flow.bases", named)
        return Flow(*_read_place(flow, "flow"), bases)
    ranks = members(value, "proof", ["ranks"])["ranks"]
    if not isinstance(ranks, dict):
        raise InputError("proof.ranks must be a JSON object")
    proof = {}
    for key, bounds in ranks.items():
        pair = layer_pair(key, "proof.ranks")
        place = f"proof.ranks {key}"
        both = members(bounds, place, ["at_least", "at_most"])
        lower = _read_lower(both["at_least"], f"{place} at_least")
        proof[pair] = lower, _read_upper(both["at_most"], f"{place} at_most", named)
    return proof


def _read_lower(value: Any, place: str) -> Minor | Factor:
    if isinstance(value, dict) and "product" in value:
        return Factor(*layer_pair(members(value, place, ["product"])["product"], place))
    keys = members(value, place, ["prime", "root", "rows", "columns"])
    rows, columns = (tuple(_increasing(keys[key], f"{place} {key}")) for key in ("rows", "columns"))
    return Minor(*_read_place(keys, place), rows, columns)


def _read_upper(value: Any, place: str, named: NamedField) -> Pair | Factor | NullVectors:
    if isinstance(value, dict) and "product" in value:
        return Factor(*layer_pair(members(value, place, ["product"])["product"], place))
    if isinstance(value, dict) and "shape" in value:
        shape = items(members(value, place, ["shape"])["shape"], f"{place} shape", natural)
        if len(shape) != 2:
            raise InputError(f"{place}: a shape has two numbers")
        return shape[0], shape[1]
    keys = members(value, place, ["side", "null_vectors"])
    side = one_of(keys["side"], f"{place} side", ["left", "right"])
    return NullVectors(side, matrix(keys["null_vectors"], f"{place} null_vectors", named))


def _read_place(keys: dict[str, Any], place: str) -> Pair:
    prime = text(keys["prime"], f"{place} prime", _PRIME)
    return int(prime), int(text(keys["root"], f"{place} root", _ROOT))


def _increasing(value: Any, place: str) -> list[int]:
    found = items(value, place, natural)
    if any(before >= after for before, after in pairwise(found)):
        raise InputError(f"{place} must go up")
    return found


def _check_flow(theta: Weights, barcode: Barcode, proof: Flow) -> None:
    """W_j J_{j−1} = J_j Ĩ_j with invertible J_j: θ has the barcode of the canonical weights."""
    widths, bases = barcode.widths, proof.bases
    shapes = [basis.shape for basis in bases]
    require(
        shapes == [(width, width) for width in widths],
        f"the flow bases do not have the sizes {theta.network}",
    )
    for j, basis in enumerate(bases):
        everything = tuple(range(widths[j]))
        _check_minor(basis, Minor(proof.prime, proof.root, everything, everything), f"J_{j}")
    canonical = canonical_weights(barcode, theta.field).matrices
    for j, (before, after) in enumerate(pairwise(bases)):
        require(
            theta.matrices[j] @ before == after @ canonical[j],
            f"W_{j + 1} J_{j} is not J_{j + 1} times its canonical form",
        )


def _check_rank(theta: Weights, ranks: RankList, pair: Pair, bounds: Bounds) -> None:
    (k, i), (lower, upper) = pair, bounds
    name, rank, product = f"r_{k}~{i}", ranks.r(k, i), theta.product(k, i)
    if isinstance(lower, Factor):
        known = _neighbour(ranks, lower, [(k + 1, i), (k, i - 1)])
        require(
            known >= rank,
            f"{name} >= {rank} does not follow from a rank of {known}",
            k=k, i=i, expected=rank, found=known,
        )  # fmt: skip
    else:
        sizes = {len(lower.rows), len(lower.columns)}
        require(sizes == {rank}, f"{name} >= {rank} needs a minor of that size")
        _check_minor(product, lower, name)
    if isinstance(upper, Factor):
        bound = _neighbour(ranks, upper, [(k - 1, i), (k, i + 1)])
    elif isinstance(upper, NullVectors):
        wide = product if upper.side == "right" else product.T
        bound = wide.ncols - _count_null_vectors(wide, upper.vectors, name)
    else:
        require(upper == product.shape, f"{name}: the shape is {product.shape}, not {upper}")
        bound = min(upper)
    require(
        bound <= rank,
        f"{name} <= {rank} is not proven, only {name} <= {bound}",
        k=k, i=i, expected=rank, found=bound,
    )  # fmt: skip


def _neighbour(ranks: RankList, factor: Factor, allowed: list[Pair]) -> int:
    """Return the rank of a product that has one factor more, or less."""
    pair = (factor.k, factor.i)
    if pair not in allowed or pair not in ranks:
        raise CertificateError(f"W_{factor.k}~{factor.i} has not one factor more or less")
    return ranks[pair]


def _count_null_vectors(wide: Matrix, vectors: Matrix, name: str) -> int:
    """Return the number of rows of `vectors`, which must be independent null vectors."""
    require(vectors.ncols == wide.ncols, f"{name}: null vectors must have length {wide.ncols}")
    image = wide @ vectors.T
    require(image.is_zero(), f"{name}: a vector that should be taken to 0 is not")
    leading = [next((at for at, x in enumerate(row) if x), None) for row in vectors.rows()]
    require(None not in leading, f"{name}: a null vector is 0")
    require(len(set(leading)) == len(leading), f"{name}: two null vectors start at one place")
    return len(leading)


def _check_minor(block_of: Matrix, minor: Minor, name: str) -> None:
    """Require that a block is invertible modulo a prime, and so invertible."""
    try:
        check_minor(block_of, len(minor.rows), minor)
    except CertificateError as error:
        raise CertificateError(f"{name}: {error}") from None

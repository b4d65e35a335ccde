"""Certificates checked again, from nothing but what they hold.

A rank is proven by counting: an invertible block from below; from above, the shape, a shorter
product, or null vectors. No rank is computed here except that of a block modulo one prime.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, TypeAlias

from linnet_exact.algebra import Matrix, field_from_jsonable
from linnet_exact.algebra.ranks.checking import check_minor
from linnet_exact.algebra.ranks.evidence import Minor
from linnet_exact.errors import CertificateError, InputError
from linnet_exact.files.certificate import FORMAT, digest
from linnet_exact.strata import Barcode, RankList
from linnet_exact.weights import Weights, canonical_weights

__all__ = ["Check", "check_certificate"]

Check: TypeAlias = Callable[[dict[str, Any]], list[str]]
"""From a certificate of one kind to what it proves; raises `CertificateError`."""


def check_certificate(certificate: Any, others: Mapping[str, Check] | None = None) -> list[str]:
    """Check a certificate and return what it proves, in words.

    Parameters
    ----------
    others : mapping, optional
        Checks for kinds of certificates other than that of a rank list, by kind.

    Raises
    ------
    CertificateError
        If it is not a certificate, was changed, or does not prove what it claims; it says why.

    Examples
    --------
    >>> from linnet_exact.files.certificate import rank_list_certificate
    >>> certificate = rank_list_certificate(Weights([[[1, 2]]]))
    >>> check_certificate(certificate)
    ['rank list 0~0:2,1~0:1,1~1:1', 'barcode 0-0,0-1', 'dimension of the stratum 0']
    >>> check_certificate(certificate | {"dimension": 1})
    Traceback (most recent call last):
    ...
    linnet_exact.errors.CertificateError: the digest does not fit: something was changed
    """
    if not isinstance(certificate, dict) or certificate.get("format") != FORMAT:
        raise CertificateError(f'expected a JSON object with "format": "{FORMAT}"')
    if certificate.get("version") != 1:
        raise CertificateError(f'"version" must be 1, not {certificate.get("version")!r}')
    if certificate.get("sha256") != digest(certificate):
        raise CertificateError("the digest does not fit: something was changed")
    kinds = {"rank-list": _check_rank_list, **(others or {})}
    check = kinds.get(str(certificate.get("kind")))
    if check is None:
        raise CertificateError(f"there is no certificate of kind {certificate.get('kind')!r}")
    try:
        return check(certificate)
    except KeyError as error:
        raise CertificateError(f"the key {error} is missing") from None
    except (InputError, TypeError, ValueError) as error:
        raise CertificateError(f"cannot be read: {error}") from None


def _check_rank_list(certificate: dict[str, Any]) -> list[str]:
    field = field_from_jsonable(certificate["field"])
    theta = Weights([Matrix(rows, field) for rows in certificate["weights"]], field)
    ranks = RankList.from_jsonable(certificate["rank_list"])
    if tuple(ranks.r(j, j) for j in range(ranks.depth + 1)) != theta.network.widths:
        raise CertificateError(f"the rank list does not have the widths {theta.network}")
    barcode = ranks.barcode
    if Barcode.from_jsonable(certificate["barcode"]) != barcode:
        raise CertificateError("the barcode does not belong to the rank list")
    dimension = barcode.stratum.to_jsonable()["dimension"]
    if certificate["dimension"] != dimension:
        raise CertificateError(f"the dimension of the stratum is {dimension}")
    proof = certificate["proof"]
    if "flow" in proof:
        _check_flow(theta, barcode, proof["flow"])
    else:
        for k, i in ranks:
            if k > i:
                _check_rank(theta, ranks, k, i, proof["ranks"][f"{k}~{i}"])
    listed = ",".join(f"{key}:{rank}" for key, rank in ranks.to_jsonable().items())
    return [f"rank list {listed}", f"barcode {barcode}", f"dimension of the stratum {dimension}"]


def _check_flow(theta: Weights, barcode: Barcode, proof: dict[str, Any]) -> None:
    """W_j J_{j−1} = J_j Ĩ_j with invertible J_j: θ has the barcode of the canonical weights."""
    bases = [Matrix(rows, theta.field) for rows in proof["bases"]]
    widths = barcode.widths
    if [basis.shape for basis in bases] != [(width, width) for width in widths]:
        raise CertificateError(f"the flow bases do not have the sizes {theta.network}")
    for j, basis in enumerate(bases):
        everything = list(range(widths[j]))
        _check_minor(basis, everything, everything, proof, f"J_{j}")
    canonical = canonical_weights(barcode, theta.field).matrices
    for j, (before, after) in enumerate(pairwise(bases)):
        if theta.matrices[j] @ before != after @ canonical[j]:
            raise CertificateError(f"W_{j + 1} J_{j} is not J_{j + 1} times its canonical form")


def _check_rank(theta: Weights, ranks: RankList, k: int, i: int, proof: dict[str, Any]) -> None:
    name, rank, matrix = f"r_{k}~{i}", ranks.r(k, i), theta.product(k, i)
    lower, upper = proof["at_least"], proof["at_most"]
    if "product" in lower:
        longer = [(k + 1, i), (k, i - 1)]
        known = _neighbour(ranks, lower["product"], longer)
        if known < rank:
            raise CertificateError(f"{name} >= {rank} does not follow from a rank of {known}")
    else:
        rows, columns = lower["rows"], lower["columns"]
        if not len(rows) == len(columns) == rank:
            raise CertificateError(f"{name} >= {rank} needs a minor of that size")
        _check_minor(matrix, rows, columns, lower, name)
    if "product" in upper:
        shorter = [(k - 1, i), (k, i + 1)]
        bound = _neighbour(ranks, upper["product"], shorter)
    elif "shape" in upper:
        bound = min(matrix.shape)
    else:
        wide = {"right": matrix, "left": matrix.T}[upper["side"]]
        vectors = Matrix(upper["null_vectors"], theta.field)
        bound = wide.ncols - _count_null_vectors(wide, vectors, name)
    if bound > rank:
        raise CertificateError(f"{name} <= {rank} is not proven, only {name} <= {bound}")


def _neighbour(ranks: RankList, name: str, allowed: list[tuple[int, int]]) -> int:
    """Return the rank of a product that has one factor more, or less."""
    for k, i in allowed:
        if name == f"{k}~{i}" and (k, i) in ranks:
            return ranks[k, i]
    raise CertificateError(f"W_{name} is not the product with one factor more or less")


def _count_null_vectors(matrix: Matrix, vectors: Matrix, name: str) -> int:
    """Return the number of rows of `vectors`, which must be independent null vectors."""
    if not (matrix @ vectors.T).is_zero():
        raise CertificateError(f"{name}: a vector that should be taken to 0 is not")
    leading = [next((at for at, x in enumerate(row) if x), None) for row in vectors.rows()]
    if None in leading or len(set(leading)) < len(leading):
        raise CertificateError(f"{name}: two null vectors start at the same place")
    return len(leading)


def _check_minor(
    matrix: Matrix, rows: list[int], columns: list[int], place: dict[str, Any], name: str
) -> None:
    """Require that a block is invertible modulo a prime, and so invertible."""
    minor = Minor(int(place["prime"]), int(place["root"]), tuple(rows), tuple(columns))
    try:
        check_minor(matrix, len(rows), minor)
    except CertificateError as error:
        raise CertificateError(f"{name}: {error}") from None

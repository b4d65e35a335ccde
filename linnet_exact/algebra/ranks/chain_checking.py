"""Checking evidence for the ranks of a chain of matrices."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from linnet_exact.algebra.ranks.chain import ChainEvidence, Key, consecutive_products, read_chain
from linnet_exact.algebra.ranks.checking import check_minor, check_upper_bound
from linnet_exact.algebra.ranks.evidence import Factor, Minor
from linnet_exact.errors import CertificateError

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["check_chain_evidence"]


def check_chain_evidence(matrices: Sequence["Matrix"], evidence: ChainEvidence) -> None:
    """Check again, from W_1, ..., W_L alone, that evidence proves the rank of every W_{k~i}.

    Raises
    ------
    CertificateError
        If it does not; the message says for which product, and why.
    ShapeError
        If the matrices are not a chain.

    Examples
    --------
    >>> from linnet_exact.algebra.ranks.chain import chain_evidence
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> chain = [Matrix([[1, 2]]), Matrix([[3], [4]])]
    >>> evidence = chain_evidence(chain)
    >>> check_chain_evidence(chain, evidence)
    >>> del evidence[2, 0]
    >>> check_chain_evidence(chain, evidence)
    Traceback (most recent call last):
    ...
    linnet_exact.errors.CertificateError: expected evidence for (1, 0), (2, 0), (2, 1)
    """
    chain = read_chain(matrices)
    keys = [(k, i) for k in range(1, len(chain) + 1) for i in range(k)]
    if set(evidence) != set(keys):
        raise CertificateError(f"expected evidence for {', '.join(map(str, keys))}")
    product = consecutive_products(chain, lambda left, right: left @ right)
    for key in keys:
        try:
            _check_bounds(evidence, key, product(*key))
        except CertificateError as error:
            raise CertificateError(f"W_{key[0]}~{key[1]}: {error}") from None


def _check_bounds(evidence: ChainEvidence, key: Key, matrix: "Matrix") -> None:
    (k, i), (rank, lower, upper) = key, evidence[key]
    if isinstance(lower, Minor):
        check_minor(matrix, rank, lower)
    elif lower.k < k or lower.i > i:
        raise CertificateError(f"W_{lower.k}~{lower.i} is no longer product")
    if not isinstance(upper, Factor):
        check_upper_bound(matrix, rank, lower, upper)
    elif upper.k > k or upper.i < i:
        raise CertificateError(f"W_{upper.k}~{upper.i} is no shorter product")
    # Strictly longer from below and strictly shorter from above: no proof rests on itself.
    for other in (lower, upper):
        if isinstance(other, Factor):
            there = (other.k, other.i)
            if there == key or there not in evidence or evidence[there].rank != rank:
                raise CertificateError(f"W_{other.k}~{other.i} does not bound it by {rank}")

"""Checking evidence for ranks, of one matrix or of a chain, from the matrices alone.

The check trusts neither how evidence was found nor that it is honest, and shares no code with the
p-adic lifting that finds most of it: it counts vanishing minors modulo word-size primes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.fields.field import Field
from linnet_exact.algebra.ranks.chain import ChainEvidence, Key, consecutive_products, read_chain
from linnet_exact.algebra.ranks.evidence import (
    Factor,
    LowerBound,
    Minor,
    RankEvidence,
    Residues,
    Shape,
)
from linnet_exact.algebra.ranks.minor_bounds import bordered_norm_bound
from linnet_exact.algebra.ranks.minors import places_beyond, rank_exceeds
from linnet_exact.algebra.ranks.primitive_part import primitive_part
from linnet_exact.algebra.ranks.residue_maps import (
    Place,
    modular,
    places,
    reduce_matrix,
    roots_modulo,
)
from linnet_exact.errors import CertificateError

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["check_chain_evidence", "check_minor", "check_rank_evidence"]


def check_rank_evidence(matrix: "Matrix", evidence: RankEvidence) -> None:
    """Check again, from the matrix alone, that evidence proves the rank.

    Raises
    ------
    CertificateError
        If it does not, saying why.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> A = Matrix([[1, 2], [3, 4]])
    >>> check_rank_evidence(A, RankEvidence(2, Minor(7, 0, (0, 1), (0, 1)), Shape()))
    >>> check_rank_evidence(A, RankEvidence(2, Minor(2, 0, (0, 1), (0, 1)), Shape()))
    Traceback (most recent call last):
    ...
    linnet_exact.errors.CertificateError: the minor is 0 modulo 2
    """
    rank, lower, upper = evidence
    if isinstance(lower, Factor) or isinstance(upper, Factor):
        raise CertificateError("the rank of another product bounds no single matrix")
    check_minor(matrix, rank, lower)
    _check_upper_bound(matrix, rank, lower, upper)


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
        _check_upper_bound(matrix, rank, lower, upper)
    elif upper.k > k or upper.i < i:
        raise CertificateError(f"W_{upper.k}~{upper.i} is no shorter product")
    # Strictly longer from below and strictly shorter from above: no proof rests on itself.
    for other in (lower, upper):
        if isinstance(other, Factor):
            there = (other.k, other.i)
            if there == key or there not in evidence or evidence[there].rank != rank:
                raise CertificateError(f"W_{other.k}~{other.i} does not bound it by {rank}")


def check_minor(matrix: "Matrix", rank: int, minor: Minor) -> None:
    """Check that a minor has size `rank` and is not 0.

    Raises
    ------
    CertificateError
        If it has not, or is.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> check_minor(Matrix([[1, 2]]), 1, Minor(7, 0, (0,), (1,)))
    """
    _check_choice("rows", minor.rows, rank, matrix.nrows)
    _check_choice("columns", minor.columns, rank, matrix.ncols)
    _check_place(matrix.field, Place(minor.prime, (minor.root,)))
    block = [_block(part, minor.rows, minor.columns) for part in matrix.coefficients]
    *parts, image = block
    for part in reversed(parts):
        image = image * minor.root + part
    if modular(image, minor.prime).rank() < rank:
        raise CertificateError(f"the minor is 0 modulo {minor.prime}")


def _check_upper_bound(
    matrix: "Matrix", rank: int, lower: LowerBound, upper: Shape | Residues
) -> None:
    """Check that a rank is no larger than `rank`, once the lower bound is known to hold."""
    if isinstance(upper, Shape):
        if rank != min(matrix.shape):
            raise CertificateError(f"the shape bounds the rank by {min(matrix.shape)}, not {rank}")
    elif isinstance(lower, Minor):
        _check_residues(matrix, lower, upper)
    else:
        raise CertificateError("vanishing minors are evidence only beside one that does not vanish")


def _check_residues(matrix: "Matrix", minor: Minor, upper: Residues) -> None:
    for place in upper.places:
        _check_place(matrix.field, place)
    if len({place.prime for place in upper.places}) < len(upper.places):
        raise CertificateError("the primes are not all different")
    array, parts = primitive_part(matrix)
    bound = bordered_norm_bound(array, minor.rows, minor.columns, matrix.field)
    shown = upper.places
    if upper.exponent != 1:
        _check_power(parts[0], minor, upper, bound)
        # That the rank is no larger says that the minors are 0, hence also modulo the power.
        shown = places_beyond(bound, places(matrix.field, seed=minor.prime))
    elif places_beyond(bound, [*upper.places, Place(bound, (0,))]) != upper.places:
        raise CertificateError("the product of the primes does not just exceed the bound on minors")
    if rank_exceeds(len(minor.rows), parts, shown):
        raise CertificateError(f"the rank is larger than {len(minor.rows)}")


def _check_power(numbers: fmpz_mat, minor: Minor, upper: Residues, bound: int) -> None:
    if upper.exponent < 1 or len(upper.places) != 1 or upper.places[0].roots != (0,):
        raise CertificateError("a power of a prime is evidence alone, and over Q only")
    prime, exponent = upper.places[0].prime, upper.exponent
    if not prime ** (2 * exponent - 2) < bound <= prime ** (2 * exponent):
        raise CertificateError(f"{prime}^{exponent} does not just exceed the bound on minors")
    block = _block(numbers, minor.rows, minor.columns)
    if reduce_matrix((block,), prime, 0).rank() < len(minor.rows):
        raise CertificateError(f"the minor is 0 modulo {prime}")


def _check_choice(what: str, chosen: Sequence[int], rank: int, size: int) -> None:
    if len(chosen) != rank or len(set(chosen) & set(range(size))) != rank:
        raise CertificateError(f"expected {rank} different {what} of {size}, not {chosen}")


def _check_place(field: Field, place: Place) -> None:
    prime, roots = place
    if not 1 < prime < 1 << 64 or not fmpz(prime).is_prime():
        raise CertificateError(f"{prime} is not a prime below 2^64")
    if not roots or len(set(roots) & set(roots_modulo(field, prime))) != len(roots):
        raise CertificateError(f"{roots} are not roots of the minimal polynomial modulo {prime}")


def _block(numbers: fmpz_mat, rows: Sequence[int], columns: Sequence[int]) -> fmpz_mat:
    table = numbers.table()
    return fmpz_mat(len(rows), len(columns), [table[i][j] for i in rows for j in columns])

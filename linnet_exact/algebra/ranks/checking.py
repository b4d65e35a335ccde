"""Checking evidence for ranks from the matrix alone.

The check trusts neither how evidence was found nor that it is honest, and shares no code with the
p-adic lifting that finds most of it: it counts vanishing minors modulo word-size primes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.fields.field import Field
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
from linnet_exact.algebra.ranks.residue_maps import Place, places, reduce_matrix, roots_modulo
from linnet_exact.errors import CertificateError

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["check_minor", "check_rank_evidence", "check_upper_bound"]


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
    check_upper_bound(matrix, rank, lower, upper)


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
    if reduce_matrix(tuple(block), minor.prime, minor.root).rank() < rank:
        raise CertificateError(f"the minor is 0 modulo {minor.prime}")


def check_upper_bound(
    matrix: "Matrix", rank: int, lower: LowerBound, upper: Shape | Residues
) -> None:
    """Check that a rank is no larger than `rank`, once the lower bound is known to hold.

    Raises
    ------
    CertificateError
        If the evidence does not prove it.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> check_upper_bound(Matrix([[1, 2]]), 1, Minor(7, 0, (0,), (1,)), Shape())
    """
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

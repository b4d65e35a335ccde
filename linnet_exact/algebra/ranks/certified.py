"""Certified ranks: one random prime for the lower bound, the cheapest proof for the upper bound.

The choice of algorithm is made here and nowhere else. Full ranks cost one elimination modulo a
prime. Milliseconds for integer n x n matrices of rank 3n/4 (python-flint 0.9, NumPy 2, one core):

    n, bits of an entry   16, 10  24, 10  24, 53  32, 10  64, 10  64, 53  128, 10  128, 53  256, 53
    fmpz_mat.rank           0.03    0.11    0.51    0.71     5.4      31       60      350    12400
    many primes             0.22    0.34    0.53    0.55     2.5     6.5       20       70      850
    p-adic lifting          0.70     1.1     2.4     1.4     4.1     9.2       13       38      310

With 300 bits and n = 64 it is 887, 64 and 231. Over number fields only primes serve.
"""

from random import Random
from typing import TYPE_CHECKING

from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.ranks.evidence import Minor, RankEvidence, Residues, Shape
from linnet_exact.algebra.ranks.lifting import lifting_system, schur_complement_vanishes
from linnet_exact.algebra.ranks.minor_bounds import bordered_norm_bound
from linnet_exact.algebra.ranks.minors import largest_minor, places_beyond, rank_exceeds
from linnet_exact.algebra.ranks.primitive_part import height_bits, primitive_part
from linnet_exact.algebra.ranks.residue_maps import Place, places, reduce_matrix

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["is_small", "nonzero_minor", "rank", "rank_with_evidence", "upper_bound"]

SMALL = 24
"""Ranks of the regular representation up to which plain elimination is the fastest."""

LIFTING_WORK, LIFTING_BITS = 1 << 19, 160
"""Lifting pays from so many multiplications in an elimination, and up to so many bits in an entry:
each digit costs as many products as an entry has limbs."""


def rank(matrix: "Matrix") -> int:
    """Return the rank of a matrix, certified.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> rank(Matrix([[1, 2], [2, 4]])), rank(Matrix([], shape=(0, 3)))
    (1, 0)
    """
    smaller = min(matrix.shape)
    if is_small(matrix):
        regular, _ = to_regular(matrix)
        return regular.rank() // matrix.field.degree
    prime, roots = next(places(matrix.field))
    if reduce_matrix(matrix.coefficients, prime, roots[0]).rank() == smaller:
        return smaller
    return rank_with_evidence(matrix).rank


def is_small(matrix: "Matrix") -> bool:
    """Return whether plain elimination is the fastest way to the rank.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> is_small(Matrix([[1, 2]]))
    True
    """
    return matrix.field.degree * min(matrix.shape) <= SMALL


def rank_with_evidence(matrix: "Matrix", seed: int = 0) -> RankEvidence:
    """Return the rank of a matrix with what proves it.

    Parameters
    ----------
    seed : int
        Chooses the random primes. The rank never depends on it.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> evidence = rank_with_evidence(Matrix([[1, 2], [2, 4]]))
    >>> evidence.rank, evidence.lower.rows, evidence.lower.columns
    (1, (0,), (0,))
    """
    for prime, roots in places(matrix.field, seed):
        minor = nonzero_minor(matrix, prime, roots[0])
        upper = upper_bound(matrix, minor, seed)
        if upper is not None:
            return RankEvidence(len(minor.rows), minor, upper)
    raise AssertionError


def nonzero_minor(matrix: "Matrix", prime: int, root: int) -> Minor:
    """Return a minor, as large as possible, that is not 0 modulo a prime where a is the root.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> nonzero_minor(Matrix([[0, 2], [0, 4]]), 7, 0)
    Minor(prime=7, root=0, rows=(0,), columns=(1,))
    """
    return largest_minor(reduce_matrix(matrix.coefficients, prime, root), root)


def upper_bound(matrix: "Matrix", minor: Minor, seed: int = 0) -> Shape | Residues | None:
    """Return a proof that the rank is no larger than a nonzero minor; None if it is larger.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> A = Matrix([[1, 2], [0, 4]])
    >>> upper_bound(A, Minor(7, 0, (0, 1), (0, 1)))
    Shape()
    >>> upper_bound(A, Minor(2, 0, (0,), (0,)))
    """
    rank = len(minor.rows)
    if rank == min(matrix.shape):
        return Shape()
    array, parts = primitive_part(matrix)
    bound = bordered_norm_bound(array, minor.rows, minor.columns, matrix.field)
    work = array.size * rank
    if matrix.field.degree == 1 and work >= LIFTING_WORK and height_bits(array) <= LIFTING_BITS:
        system = lifting_system(array[0], minor.rows, minor.columns, Random(seed))
        del array  # the system is all that the lift needs, and takes enough memory
        exponent = schur_complement_vanishes(system, bound)
        return None if exponent is None else Residues((Place(system.prime, (0,)),), exponent)
    chosen = places_beyond(bound, places(matrix.field, seed))
    return None if rank_exceeds(rank, parts, chosen) else Residues(chosen)

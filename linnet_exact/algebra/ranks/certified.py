"""Certified ranks: one random prime for the lower bound, the cheapest proof for the upper bound.

The choice of algorithm is made here and nowhere else. Full ranks cost one elimination modulo a
prime. Milliseconds for integer n x n matrices of rank 3n/4 (python-flint 0.9, NumPy 2, one core):

    n, bits of an entry   16, 10  24, 10  24, 53  32, 10  64, 10  64, 53  128, 10  128, 53  256, 53
    fmpz_mat.rank           0.03    0.11    0.51    0.71     5.4      31       60      350    12400
    many primes             0.22    0.34    0.53    0.55     2.5     6.5       20       70      850
    p-adic lifting          0.70     1.1     2.4     1.4     4.1     9.2       13       38      310

With 300 bits and n = 64 it is 887, 64 and 231. Dyadic lifting serves entries of up to about 20 bits
and takes 0.6 of the time of p-adic lifting for n = 128. Over number fields only primes serve.
These are for matrices with long null vectors. Where null vectors of rows or columns are short it
takes 7 to 15 eliminations modulo a prime, whatever the bits: 2.6 ms for n = 64, 10 for 128, 50 for
256.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from flint import nmod_mat

from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.ranks.dyadic_lifting import schur_complement_is_zero
from linnet_exact.algebra.ranks.evidence import Minor, RankEvidence, Residues, Shape
from linnet_exact.algebra.ranks.lifting import lifting_system, schur_complement_vanishes
from linnet_exact.algebra.ranks.minor_bounds import bordered_norm_bound
from linnet_exact.algebra.ranks.minors import Image, places_beyond, rank_exceeds
from linnet_exact.algebra.ranks.null_vectors import has_short_null_vectors
from linnet_exact.algebra.ranks.primitive_part import (
    IntegerArray,
    height_bits,
    primitive_part,
)
from linnet_exact.algebra.ranks.residue_maps import Place, images, places, reduce_matrix
from linnet_exact.interruption import interruptible

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = [
    "TINY",
    "basis_minor",
    "is_small",
    "is_tiny",
    "rank",
    "rank_is",
    "rank_is_at_least",
    "rank_with_evidence",
    "upper_bound",
]

TINY = 6
"""Sizes of the regular representation up to which nothing is faster than plain elimination, and
lengths of chains of such matrices up to which their products are worth eliminating too."""

SMALL, SMALL_WORK, LEAST_BITS = 24, 1 << 21, 32
"""Plain elimination is fastest, where the rank is not full, for up to so many rows or columns of
the regular representation and so many multiplications, counted by the bits of an entry."""

BITS_FOR_A_SIGHT = 1 << 13
"""For so many bits of a squared bound on minors, another prime is worth its part in looking for
null vectors: proofs by vanishing minors need 65 eliminations for them, null vectors about 5."""

SPLIT_PLACES = 20
"""Places without e roots, one after the other, after which no more are looked at."""

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
    full = min(matrix.shape)
    if is_tiny(matrix):
        return _eliminated(matrix)
    prime, roots = next(places(matrix.field))
    image = reduce_matrix(matrix.coefficients, prime, roots[0])
    if interruptible(nmod_mat.rank, image) == full:
        return full
    return _eliminated(matrix) if is_small(matrix) else len(basis_minor(matrix).rows)


def rank_is(matrix: "Matrix", image: Image, rank: int) -> bool:
    """Return whether the rank is the given one, and that of an image in a prime field.

    Examples
    --------
    >>> A = Image(nmod_mat(1, 1, [0], 7), 0)
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> rank_is(Matrix([[7]]), A, 0), rank_is(Matrix([[0]]), A, 0)
    (False, True)
    """
    if is_small(matrix):
        return _eliminated(matrix) == rank
    if len(image.by_columns.pivots) != rank:
        return False
    return upper_bound(matrix, image, written=False) is not None


def rank_is_at_least(matrix: "Matrix", least: int) -> bool:
    """Return whether the rank is so large, which mostly takes one elimination modulo a prime.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> rank_is_at_least(Matrix([[1, 2], [2, 4]]), 1), rank_is_at_least(Matrix([[1, 2], [2, 4]]), 2)
    (True, False)
    """
    prime, roots = next(places(matrix.field))
    image = reduce_matrix(matrix.coefficients, prime, roots[0])
    return interruptible(nmod_mat.rank, image) >= least or rank(matrix) >= least


def _eliminated(matrix: "Matrix") -> int:
    regular, _ = to_regular(matrix)
    return regular.rank() // matrix.field.degree


def basis_minor(matrix: "Matrix", array: "IntegerArray | None" = None) -> Minor:
    """Return a minor that is not 0 and as large as the rank, certified.

    Its rows are a basis of the row space of the matrix, its columns one of the column space.

    Parameters
    ----------
    array
        The `integer_array` of the matrix, if there is one already.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> basis_minor(Matrix([[0, 0], [0, 2], [0, 4]])).rows
    (1,)
    """
    for prime, roots in places(matrix.field):
        image = Image(reduce_matrix(matrix.coefficients, prime, roots[0]), roots[0])
        if upper_bound(matrix, image, written=False, array=array) is not None:
            return image.minor
    raise AssertionError("there are infinitely many places")


def is_tiny(matrix: "Matrix") -> bool:
    """Return whether nothing is faster than plain elimination.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> is_tiny(Matrix([[1, 2]])), is_tiny(Matrix.identity(7))
    (True, False)
    """
    return matrix.field.degree * max(matrix.shape) <= TINY


def is_small(matrix: "Matrix") -> bool:
    """Return whether plain elimination is the fastest way to a rank that is not full.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> is_small(Matrix([[1, 2]])), is_small(Matrix([[10**1000] * 16] * 16))
    (True, False)
    """
    e, shorter, longer = matrix.field.degree, min(matrix.shape), max(matrix.shape)
    if e * shorter > SMALL:
        return False
    work = e**3 * shorter**2 * longer
    bits = max((x.bit_length() for part in matrix.coefficients for x in part.entries()), default=0)
    return work * max(bits, LEAST_BITS) <= SMALL_WORK


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
        image = Image(reduce_matrix(matrix.coefficients, prime, roots[0]), roots[0])
        upper = upper_bound(matrix, image, seed)
        if upper is not None:
            return RankEvidence(len(image.minor.rows), image.minor, upper)
    raise AssertionError("there are infinitely many places")


def upper_bound(
    matrix: "Matrix",
    image: Image,
    seed: int = 0,
    written: bool = True,
    array: "IntegerArray | None" = None,
) -> Shape | Residues | None:
    """Return a proof that the rank is no larger than in an image; None if it is larger.

    Short null vectors are tried first, from one prime and, as long as it takes a small part of the
    time for other proofs, from 2, 4, 8 and so on. If they are found, all bordering minors are 0,
    and evidence says so for as many primes as it takes.

    Parameters
    ----------
    written : bool
        Whether the proof is wanted, or only that there is one: then it may be returned as `Shape`.
    array
        The `integer_array` of the matrix, if there is one already.

    Examples
    --------
    >>> from flint import nmod_mat
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> A = Matrix([[1, 2], [0, 4]])
    >>> upper_bound(A, Image(nmod_mat(A.coefficients[0], 7), 0))
    Shape()
    >>> upper_bound(A, Image(nmod_mat(A.coefficients[0], 2), 0))
    """
    minor, field = image.minor, matrix.field
    rank = len(minor.rows)
    if rank == min(matrix.shape):
        return Shape()
    sights = _sights(matrix, image, seed)
    seen = list(islice(sights, 1))
    proved = bool(seen) and has_short_null_vectors(matrix, seen)
    if proved and not written:
        return Shape()
    array, parts = primitive_part(matrix, array)
    affordable = _bound_bits(array, rank, field.degree) // BITS_FOR_A_SIGHT
    while not proved and seen and 2 * len(seen) <= affordable:
        more = list(islice(sights, len(seen)))
        if len(more) < len(seen):
            break
        seen += more
        proved = has_short_null_vectors(matrix, seen)
    long = field.degree == 1 and array.size * rank >= LIFTING_WORK
    if not proved and long:
        proved = schur_complement_is_zero(array[0], minor.rows, minor.columns)
    if proved and not written:
        return Shape()
    bound = bordered_norm_bound(array, minor.rows, minor.columns, field)
    if proved and field.degree == 1:
        return Residues((Place(minor.prime, (0,)),), _exponent(minor.prime, bound))
    if long and height_bits(array) <= LIFTING_BITS:
        system = lifting_system(array[0], minor.rows, minor.columns, Random(seed))
        del array  # the system is all that the lift needs, and takes enough memory
        if system is not None:
            exponent = schur_complement_vanishes(system, bound)
            return None if exponent is None else Residues((Place(system.prime, (0,)),), exponent)
    chosen = places_beyond(bound, places(field, seed))
    return Residues(chosen) if proved or not rank_exceeds(rank, parts, chosen) else None


def _bound_bits(array: IntegerArray, rank: int, degree: int) -> int:
    """Estimate the bits of the squared bound on minors that border one as large as the rank."""
    length = 2 * height_bits(array) + (degree * int(array.shape[2])).bit_length()
    return degree * (rank + 1) * length


def _sights(matrix: "Matrix", image: Image, seed: int) -> Iterator[Sequence[Image]]:
    """Yield all images of a matrix at primes with e roots, starting with the given one over Q."""
    degree = matrix.field.degree
    if degree == 1:
        yield [image]
    missed = 0
    for place in places(matrix.field, seed):
        if len(place.roots) == degree and (degree > 1 or place.prime != image.minor.prime):
            found = images(matrix.coefficients, place)
            yield [Image(*pair) for pair in zip(found, place.roots, strict=True)]
            missed = 0
        elif (missed := missed + 1) > SPLIT_PLACES:
            return


def _exponent(prime: int, bound: int) -> int:
    """Return the least k with p^2k >= B."""
    k = max(1, (bound.bit_length() - 1) // (2 * prime.bit_length()))
    while prime ** (2 * k) < bound:
        k += 1
    return k

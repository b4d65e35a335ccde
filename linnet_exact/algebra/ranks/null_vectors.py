"""Certifying that a rank is no larger than it seems by null vectors with small coordinates.

Null vectors that are short, as those of rows that are sums or copies of others, are determined by
their residues modulo one word-size prime: their coordinates are the quotients of small integers
with these residues (rational reconstruction, P. S. Wang, SYMSAC 1981). Whether such a guess is a
null vector is seen by multiplying out exactly, and n - r independent ones prove that the rank of
n columns is at most r. Over Q(a) the prime must have e roots of the minimal polynomial: the
coordinates in 1, a, ..., a^(e-1) are interpolated from the values at the roots.
"""

from collections.abc import Sequence
from math import isqrt
from typing import TYPE_CHECKING

from flint import fmpz_mat, nmod_mat

from linnet_exact.algebra.arrays.entries import Coefficients
from linnet_exact.algebra.arrays.products import apply_bilinear
from linnet_exact.algebra.ranks.minors import Echelon, Image

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["has_short_null_vectors"]

Sight = Sequence[Image]
"""The images of a matrix at one prime, one for each of e roots."""


def has_short_null_vectors(matrix: "Matrix", sights: Sequence[Sight]) -> bool:
    """Return whether exact null vectors show that the rank is not above that of the images.

    Both the null vectors of the matrix and those of its transpose are tried.

    Parameters
    ----------
    sights
        One or more, at different primes. The more, the longer null vectors are found.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> A, modulo = Matrix([[1, 2], [3, 6]]), 2**61 - 1
    >>> has_short_null_vectors(A, [[Image(nmod_mat(A.coefficients[0], modulo), 0)]])
    True
    >>> A = Matrix([[1, 2], [3, 6 + modulo]])
    >>> has_short_null_vectors(A, [[Image(nmod_mat(A.coefficients[0], modulo), 0)]])
    False
    """
    right = [[(image.by_columns, image) for image in sight] for sight in sights]
    if _annihilates(matrix, matrix.coefficients, right):
        return True
    left = [[(image.by_rows, image) for image in sight] for sight in sights]
    return _annihilates(matrix, tuple(part.transpose() for part in matrix.coefficients), left)


def _annihilates(
    matrix: "Matrix",
    coefficients: Coefficients,
    eliminated: Sequence[Sequence[tuple[Echelon, Image]]],
) -> bool:
    vectors = _null_vectors(coefficients, eliminated)
    if vectors is None:
        return False
    product, _ = apply_bilinear(
        matrix.field, fmpz_mat.__mul__, coefficients, vectors, matrix.denominator
    )
    return all(part.is_zero() for part in product)


def _null_vectors(
    coefficients: Coefficients, eliminated: Sequence[Sequence[tuple[Echelon, Image]]]
) -> Coefficients | None:
    """Return one vector for each free column, as columns; None if some would not be short."""
    pivots = eliminated[0][0][0].pivots
    if any(echelon.pivots != pivots for sight in eliminated for echelon, _ in sight):
        return None
    size, degree = coefficients[0].ncols(), len(coefficients)
    bound = set(pivots)
    free = [column for column in range(size) if column not in bound]
    changes = [_interpolation([image for _, image in sight]) for sight in eliminated]
    parts = tuple(fmpz_mat(size, len(free)) for _ in range(degree))
    for place, column in enumerate(free):
        residues, modulus = [0] * (degree * len(pivots)), 1
        for sight, change in zip(eliminated, changes, strict=True):
            found = [int(form[i, column]) for (form, _), _ in sight for i in range(len(pivots))]
            prime = int(change.modulus())
            if degree > 1:
                values = change * nmod_mat(degree, len(pivots), found, prime)
                found = [int(x) for x in values.entries()]
            residues, modulus = _joined(residues, modulus, found, prime)
        solved = _common_fraction(residues, modulus)
        if solved is None:
            return None
        numerators, denominator = solved
        parts[0][column, place] = denominator
        for k, part in enumerate(parts):
            start = k * len(pivots)
            for at, pivot in enumerate(pivots):
                if numerators[start + at]:
                    part[pivot, place] = -numerators[start + at]
    return parts


def _interpolation(images: Sequence[Image]) -> nmod_mat:
    """Return the matrix that takes values at the roots to the coefficients of a polynomial."""
    modulus = int(images[0].matrix.modulus())
    powers = [pow(image.root, k, modulus) for image in images for k in range(len(images))]
    return nmod_mat(len(images), len(images), powers, modulus).inv()


def _joined(
    residues: list[int], modulus: int, others: list[int], prime: int
) -> tuple[list[int], int]:
    """Return the residues modulo the product, by the Chinese remainder theorem."""
    if modulus == 1:
        return others, prime
    factor = pow(modulus, -1, prime)
    pairs = zip(residues, others, strict=True)
    return [x + modulus * ((y - x) * factor % prime) for x, y in pairs], modulus * prime


def _common_fraction(residues: Sequence[int], modulus: int) -> tuple[list[int], int] | None:
    """Return small numerators over one small denominator with the given residues, if there are.

    Examples
    --------
    >>> _common_fraction([pow(3, -1, 10007), 10006], 10007)
    ([1, -3], 3)
    """
    largest, denominator = isqrt(modulus // 2), 1
    for residue in residues:
        rest = residue * denominator % modulus
        if largest < rest < modulus - largest:
            denominator *= _smallest_denominator(rest, modulus, largest)
            if denominator > largest:
                return None
    numerators = [residue * denominator % modulus for residue in residues]
    balanced = [x - modulus if 2 * x > modulus else x for x in numerators]
    if max(map(abs, balanced), default=0) > largest:
        return None
    return balanced, denominator


def _smallest_denominator(residue: int, modulus: int, largest: int) -> int:
    """Return d with d * residue small modulo the modulus, by Euclid's algorithm."""
    above, below, x, y = modulus, residue, 0, 1
    while below > largest:
        quotient = above // below
        above, below = below, above - quotient * below
        x, y = y, x - quotient * y
    return abs(y)

"""Inertia by a congruence that floating point proposes and integers prove.

For any integer matrix V, if C = Vᵀ B V is strictly diagonally dominant after scaling, then C, and
so V, is invertible, and the inertia of B is what the signs of C's diagonal say (Gershgorin,
Sylvester). V is made of NumPy's eigenvectors, rounded; C is multiplied out exactly. Where floating
point is too coarse, dominance fails and nothing is claimed. If B is a principal submatrix of A of
size rk A, the inertia of A is that of B and zeros, by interlacing; that rank is certified.
"""

from typing import TypeAlias

import numpy as np
from flint import ctx, fmpz_mat
from numpy.typing import NDArray

from linnet_exact.algebra import Field, Matrix, NumberField
from linnet_exact.algebra.ranks.certified import basis_minor
from linnet_exact.algebra.ranks.primitive_part import IntegerArray, integer_array

__all__ = ["counts_by_congruence", "eigenvectors"]

BITS = (16, 26, 50)
"""Bits of the entries of V: the first are enough for most matrices, the last are all there are."""

EMBEDDING_BITS = 300
"""Bits after the point with which powers of a field's generator are enclosed."""

MAX_EXPONENT = 1000
"""Larger numbers are shifted before they become floats."""

EXACT = 2.0**52
"""Half of what floats hold exactly: so bounds on sums may be computed in floats themselves."""

Floats: TypeAlias = NDArray[np.float64]


def counts_by_congruence(matrix: Matrix) -> tuple[int, int, int] | None:
    """Return the numbers of positive, zero and negative eigenvalues; None if it fails.

    Examples
    --------
    >>> counts_by_congruence(Matrix([[1, 2], [2, 4]]))
    (1, 1, 0)
    """
    array = integer_array(matrix)
    rows = list(basis_minor(matrix, array).rows)
    signs = _signs(array[:, rows][:, :, rows], matrix.field) if rows else []
    if signs is None:
        return None
    positive = signs.count(1)
    return positive, matrix.nrows - len(rows), len(rows) - positive


def eigenvectors(array: IntegerArray, field: Field) -> tuple[Floats, Floats, list[int]] | None:
    """Return floats near the eigenvalues of D A D, eigenvectors in columns, and the log of D.

    D is a diagonal matrix of powers of two that evens out the sizes of rows, as far as floats
    allow. Nothing that is returned is certain. None if the numbers are beyond floats.

    Parameters
    ----------
    array
        Integers N_0, ..., N_(e-1), e x n x n, for A = Σ a^k N_k.

    Examples
    --------
    >>> from linnet_exact.algebra import QQ
    >>> values, vectors, exponents = eigenvectors(np.array([[[0, 2], [2, 0]]]), QQ)
    >>> values.round(9).tolist(), exponents
    ([-2.0, 2.0], [0, 0])
    """
    bits = _bit_lengths(array).max(axis=0)
    exponents = _exponents(bits)
    shift = max(0, int(bits.max(initial=0)) - MAX_EXPONENT)
    shifted = array >> shift if shift else array
    with np.errstate(all="ignore"):
        floats = np.tensordot(_powers(field), shifted.astype(np.float64), 1)
        scale = np.array(exponents, dtype=float)
        floats = np.ldexp(floats, np.add.outer(exponents, exponents))
        floats = np.ldexp(floats, -int(np.ceil(2 * scale.max(initial=0))))
    if not np.isfinite(floats).all():
        return None
    try:
        return *np.linalg.eigh(floats), exponents
    except np.linalg.LinAlgError:
        return None


def _bit_lengths(array: IntegerArray) -> NDArray[np.int64]:
    if array.dtype == object:
        return np.array([x.bit_length() for x in array.flat]).reshape(array.shape)
    return np.frexp(array.astype(np.float64))[1].astype(np.int64)


def _exponents(bits: NDArray[np.int64]) -> list[int]:
    """Return k_i ≥ 0 so that the numbers 2^(k_i + k_j) a_ij have rows of about one size."""
    exponents = np.zeros(len(bits), dtype=np.int64)
    for _ in range(4):
        heights = np.where(bits > 0, bits + np.add.outer(exponents, exponents), 0).max(axis=1)
        missing = np.where(heights > 0, heights.max(initial=0) - heights, 0)
        exponents += missing // 2
    return [int(k) for k in exponents - exponents.min(initial=0)]


def _powers(field: Field) -> list[float]:
    if not isinstance(field, NumberField) or field.degree == 1:
        return [1.0]
    root = float(field.real_root(64))
    return [root**k for k in range(field.degree)]


def _signs(array: IntegerArray, field: Field) -> list[int] | None:
    proposed = eigenvectors(array, field)
    if proposed is None:
        return None
    values, vectors, exponents = proposed
    if any(exponents):
        array = array.astype(object) << np.add.outer(exponents, exponents).astype(object)
    size = np.abs(values)
    if not size.min() > 0:
        return None
    weights = np.rint(2.0**20 * np.sqrt(size.max() / size)).astype(np.int64)
    for bits in BITS:
        V = np.rint(vectors * 2.0**bits)
        centre, radius = _embedded(field, [_congruent(part, V) for part in array])
        if _is_dominant(centre, radius, weights):
            return [1 if x > 0 else -1 for x in centre.diagonal()]
    return None


def _congruent(part: IntegerArray, V: Floats) -> IntegerArray:
    """Return Vᵀ B V exactly: in floats if no sum can leave them, by FLINT otherwise."""
    floats = part.astype(np.float64) if part.dtype != object else None  # sums of words may wrap
    if floats is not None and np.abs(V).max() * np.abs(floats).sum(axis=1).max() < EXACT:
        image = floats @ V
        # By Cauchy and Schwarz, this bounds all sums, whatever their order.
        if np.linalg.norm(V, axis=0).max() * np.linalg.norm(image, axis=0).max() < EXACT:
            return (V.T @ image).astype(np.int64)
    size = len(V)
    left = fmpz_mat(size, size, V.T.astype(np.int64).ravel().tolist())
    middle = fmpz_mat(size, size, part.ravel().tolist())
    entries = (left * middle * left.transpose()).entries()
    return np.fromiter(map(int, entries), object, size * size).reshape(size, size)


def _embedded(
    field: Field, parts: list[IntegerArray]
) -> "tuple[IntegerArray, IntegerArray | None]":
    """Return integer matrices C, R with |Σ a^k N_k - C / 2^b| ≤ R / 2^b; R is None for 0."""
    if not isinstance(field, NumberField) or field.degree == 1:
        return parts[0], None
    bits = EMBEDDING_BITS + 64
    with ctx.workprec(2 * bits):
        root = field.real_root(2 * bits)
        balls = [root**k * 2**EMBEDDING_BITS for k in range(field.degree)]
        lower = [ball.lower().floor().unique_fmpz() for ball in balls]
        upper = [ball.upper().ceil().unique_fmpz() for ball in balls]
    if None in lower or None in upper:  # the generator is huge
        return np.zeros(parts[0].shape, object), None
    stacked = np.array([part.astype(object) for part in parts])
    lowest = np.array([int(low) for low in lower], object)
    widths = np.array([int(high) for high in upper], object) - lowest
    return np.tensordot(lowest, stacked, 1), np.tensordot(widths, np.abs(stacked), 1)


def _is_dominant(
    centre: IntegerArray, radius: "IntegerArray | None", weights: NDArray[np.int64]
) -> bool:
    """Return whether w_i |c_ii| exceeds Σ |c_ij| w_j over j ≠ i, for every i and matrix meant."""
    sizes = np.abs(centre)
    if radius is None and sizes.dtype != object and _is_plainly_dominant(sizes, weights):
        return True
    factors = weights.astype(object)
    margins = 2 * sizes.diagonal().astype(object) * factors - sizes.astype(object) @ factors
    if radius is not None:
        # Taking |c_ii| + r_ii off twice and adding it once is no less strict than need be.
        margins -= 2 * (radius @ factors)
    return bool((margins > 0).all())


def _is_plainly_dominant(sizes: NDArray[np.int64], weights: NDArray[np.int64]) -> bool:
    """Return whether dominance shows in words, with what is off the diagonal rounded up."""
    bits = int(sizes.max(initial=0)).bit_length() + int(weights.max()).bit_length()
    shift = max(0, bits + len(weights).bit_length() - 61)
    others = (sizes >> shift) + 1
    np.fill_diagonal(others, 0)
    return bool(((sizes.diagonal() >> shift) * weights > others @ weights).all())

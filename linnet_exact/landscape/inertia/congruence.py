"""Inertia by a congruence that floating point proposes and integers prove.

For any integer matrix V, if C = Vᵀ B V is strictly diagonally dominant after scaling, then C, and
so V, is invertible, and the inertia of B is what the signs of C's diagonal say (Gershgorin,
Sylvester). V is made of NumPy's eigenvectors, rounded; C is multiplied out exactly. Where floating
point is too coarse, dominance fails and nothing is claimed. If B is a principal submatrix of A of
size rk A, the inertia of A is that of B and zeros, by interlacing; that rank is certified.
"""

from functools import reduce
from operator import add
from typing import TypeAlias

import numpy as np
from flint import ctx, fmpz_mat
from numpy.typing import NDArray

from linnet_exact.algebra import Field, Matrix, NumberField
from linnet_exact.algebra.arrays.entries import Coefficients
from linnet_exact.algebra.ranks.certified import basis_minor

__all__ = ["counts_by_congruence", "eigenvectors"]

BITS = (16, 26, 50)
"""Bits of the entries of V: the first are enough for most matrices, the last are all there are."""

EMBEDDING_BITS = 300
"""Bits after the point with which powers of a field's generator are enclosed."""

MAX_EXPONENT = 1000
"""Larger numbers are shifted before they become floats."""

Floats: TypeAlias = NDArray[np.float64]


def counts_by_congruence(matrix: Matrix) -> tuple[int, int, int] | None:
    """Return the numbers of positive, zero and negative eigenvalues; None if it fails.

    Examples
    --------
    >>> counts_by_congruence(Matrix([[1, 2], [2, 4]]))
    (1, 1, 0)
    """
    rows = list(basis_minor(matrix).rows)
    square = matrix if len(rows) == matrix.nrows else matrix[rows, rows]
    signs = _signs(square) if rows else []
    if signs is None:
        return None
    positive = signs.count(1)
    return positive, matrix.nrows - len(rows), len(rows) - positive


def eigenvectors(matrix: Matrix) -> tuple[Floats, Floats, list[int]] | None:
    """Return floats near the eigenvalues of D A D, eigenvectors in columns, and the log of D.

    D is a diagonal matrix of powers of two that evens out the sizes of rows, as far as floats
    allow. Nothing that is returned is certain. None if the numbers are beyond floats.

    Examples
    --------
    >>> values, vectors, exponents = eigenvectors(Matrix([[0, 2], [2, 0]]))
    >>> values.round(9).tolist(), exponents
    ([-2.0, 2.0], [0, 0])
    """
    lists = [list(map(int, part.entries())) for part in matrix.coefficients]
    bits = np.max([_bit_lengths(numbers) for numbers in lists], axis=0)
    exponents = _exponents(bits.reshape(matrix.shape))
    shift = max(0, int(bits.max(initial=0)) - MAX_EXPONENT)
    lists = [[x >> shift for x in numbers] for numbers in lists] if shift else lists
    powers = _powers(matrix.field)
    with np.errstate(all="ignore"):
        floats = sum(
            (np.array(n, dtype=float) * power for n, power in zip(lists, powers, strict=True)),
            np.zeros(1),
        ).reshape(matrix.shape)
        scale = np.array(exponents, dtype=float)
        floats = np.ldexp(floats, np.add.outer(exponents, exponents))
        floats = np.ldexp(floats, -int(np.ceil(2 * scale.max(initial=0))))
    if not np.isfinite(floats).all():
        return None
    try:
        return *np.linalg.eigh(floats), exponents
    except np.linalg.LinAlgError:
        return None


def _bit_lengths(numbers: list[int]) -> NDArray[np.int64]:
    if max(map(abs, numbers), default=0) < 1 << 53:  # floats hold them
        exponents: NDArray[np.int64] = np.frexp(np.array(numbers, dtype=float))[1].astype(np.int64)
        return exponents
    return np.array([abs(x).bit_length() for x in numbers])


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


def _signs(square: Matrix) -> list[int] | None:
    proposed = eigenvectors(square)
    if proposed is None:
        return None
    values, vectors, exponents = proposed
    diagonal = [1 << k for k in exponents]
    parts = _rescaled(square.coefficients, diagonal)
    size = np.abs(values)
    if not size.min() > 0:
        return None
    weights = [int(w) for w in np.rint(2.0**20 * np.sqrt(size.max() / size))]
    for bits in BITS:
        rounded = np.rint(vectors * 2.0**bits).astype(np.int64)
        V = fmpz_mat(len(weights), len(weights), rounded.ravel().tolist())
        centre, radius = _embedded(square.field, [V.transpose() * part * V for part in parts])
        if _is_dominant(centre, radius, weights):
            return [1 if centre[i, i] > 0 else -1 for i in range(len(weights))]
    return None


def _rescaled(parts: Coefficients, diagonal: list[int]) -> Coefficients:
    if all(d == 1 for d in diagonal):
        return parts
    size = len(diagonal)
    D = fmpz_mat(size, size, [d * (i == j) for i, d in enumerate(diagonal) for j in range(size)])
    return tuple(D * part * D for part in parts)


def _embedded(field: Field, parts: list[fmpz_mat]) -> tuple[fmpz_mat, fmpz_mat | None]:
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
        return fmpz_mat(parts[0].nrows(), parts[0].ncols()), None
    centre = reduce(add, [part * m for part, m in zip(parts, lower, strict=True)])
    widths = [high - low for low, high in zip(lower, upper, strict=True)]
    radius = reduce(add, [_absolute(part) * w for part, w in zip(parts, widths, strict=True)])
    return centre, radius


def _absolute(part: fmpz_mat) -> fmpz_mat:
    return fmpz_mat(part.nrows(), part.ncols(), [abs(x) for x in part.entries()])


def _is_dominant(centre: fmpz_mat, radius: fmpz_mat | None, weights: list[int]) -> bool:
    """Return whether w_i |c_ii| exceeds Σ |c_ij| w_j over j ≠ i, for every i and matrix meant."""
    if radius is None and _is_plainly_dominant(centre, weights):
        return True
    column = fmpz_mat(len(weights), 1, weights)
    sums = _absolute(centre) * column
    margins = [2 * abs(centre[i, i]) * w - sums[i, 0] for i, w in enumerate(weights)]
    if radius is not None:
        # Taking |c_ii| + r_ii off twice and adding it once is no less strict than need be.
        doubtful = radius * column
        margins = [m - 2 * doubtful[i, 0] for i, m in enumerate(margins)]
    return all(margin > 0 for margin in margins)


def _is_plainly_dominant(centre: fmpz_mat, weights: list[int]) -> bool:
    """Return whether dominance shows in words, with what is off the diagonal rounded up."""
    try:
        sizes = np.array(list(map(int, centre.entries())), dtype=np.int64)
    except OverflowError:
        return False
    sizes = np.abs(sizes.reshape(len(weights), -1))
    if sizes.min(initial=0) < 0:  # there is no positive one for the least word
        return False
    bits = int(sizes.max(initial=0)).bit_length() + max(weights).bit_length()
    shift = max(0, bits + len(weights).bit_length() - 61)
    factors = np.array(weights, dtype=np.int64)
    diagonal = np.diag(sizes) >> shift
    others = (sizes >> shift) + 1
    np.fill_diagonal(others, 0)
    return bool((diagonal * factors > others @ factors).all())

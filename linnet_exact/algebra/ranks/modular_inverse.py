"""Inverses of integer matrices modulo the square of a small prime, in float64 BLAS.

All sums are integers below 2^53, so floats hold them exactly. FLINT's inverse takes about as long,
but moving the numbers there and back takes three times longer. P A = L U modulo q, with all that
belongs to one column or row of L or U subtracted as one product; triangular inverses by blocks of
1, 2, 4 and so on, all blocks of a size at once; then one step of Newton's iteration (Hensel).
"""

from math import isqrt
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

from linnet_exact.algebra.ranks.primitive_part import IntegerArray
from linnet_exact.algebra.ranks.residue_maps import random_prime

if TYPE_CHECKING:
    import numpy as np

__all__ = ["LARGEST_MODULUS", "inverse_modulo_square", "remainders"]

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

LARGEST_MODULUS = 1 << 27
"""With it, sums of 2^14 products of a remainder modulo q² with one modulo q are exact."""

TRIES = 8  # primes after which a determinant is thought to be divisible by all of them


def inverse_modulo_square(
    matrix: IntegerArray, largest: int, random: Random
) -> "tuple[int, Floats] | None":
    """Return a random prime q with q² at most `largest`, and the inverse modulo q², balanced.

    None if the determinant is divisible by each prime of a few that are tried.

    Parameters
    ----------
    matrix
        Integers, n x n, invertible over Q.
    largest : int
        From 2^12 to LARGEST_MODULUS.

    Examples
    --------
    >>> import numpy as np
    >>> q, inverse = inverse_modulo_square(np.array([[2]]), 1 << 16, Random(0))
    >>> (2 * int(inverse[0, 0]) - 1) % q**2
    0
    """
    import numpy as np

    top = isqrt(largest)
    for _ in range(TRIES):
        prime = random_prime(random, 7 * top // 8, top)
        residues = remainders((matrix % (prime * prime)).astype(np.float64), prime * prime)
        inverse = _inverse(residues, prime)
        if inverse is None:
            continue
        error = residues @ inverse  # A X = I + q E, so A X (I - q E) = I modulo q²
        error[np.diag_indices_from(error)] -= 1
        correction = inverse @ remainders(error / prime, prime)
        return prime, remainders(inverse - prime * remainders(correction, prime), prime * prime)
    return None


def remainders(numbers: Floats, modulus: int) -> Floats:
    """Return the remainders of least size, at most m/2 + 1: rounding may miss by one.

    Examples
    --------
    >>> import numpy as np
    >>> remainders(np.array([7.0, -3.0, 2.0]), 5).tolist()
    [2.0, 2.0, 2.0]
    """
    import numpy as np

    remainder: Floats = numbers * (1 / modulus)  # in place from here on, to save memory
    np.rint(remainder, out=remainder)
    remainder *= modulus
    np.subtract(numbers, remainder, out=remainder)
    return remainder


def _inverse(matrix: Floats, prime: int) -> "Floats | None":
    """Return the inverse modulo a prime; None if there is none."""
    import numpy as np

    factored = _factored(remainders(matrix, prime), prime)
    if factored is None:
        return None
    factors, order = factored
    scale = np.array([pow(int(x), -1, prime) for x in factors.diagonal()], dtype=float)
    lower = np.tril(remainders(factors * scale, prime), -1)
    lower_inverse, upper_inverse = _unit_inverses(np.array([lower, np.triu(factors, 1).T]), prime)
    product = remainders(upper_inverse.T @ remainders(scale[:, None] * lower_inverse, prime), prime)
    inverse = np.empty_like(product)
    inverse[:, order] = product
    return inverse


def _factored(work: Floats, prime: int) -> "tuple[Floats, list[int]] | None":
    """Return L on the diagonal and below and unit U above, and the order of rows, in place.

    None if the matrix is singular.
    """
    order = list(range(len(work)))
    for c in range(len(work)):
        column = remainders(work[c:, c] - work[c:, :c] @ work[:c, c], prime)
        pivot = int((column != 0).argmax())
        if column[pivot] == 0:
            return None
        work[c:, c] = column
        if pivot:
            work[[c, c + pivot]] = work[[c + pivot, c]]
            order[c], order[c + pivot] = order[c + pivot], order[c]
        row = work[c, c + 1 :] - work[c, :c] @ work[:c, c + 1 :]
        work[c, c + 1 :] = remainders(row * pow(int(work[c, c]), -1, prime), prime)
    return work, order


def _unit_inverses(strict: Floats, prime: int) -> Floats:
    """Return (I + N)^(-1) modulo a prime for each of some strictly lower triangular N."""
    import numpy as np

    size = strict.shape[-1]
    padded = 1 << (size - 1).bit_length()
    below = np.zeros((len(strict), padded, padded))
    below[:, :size, :size] = strict
    inverse = np.zeros_like(below)
    inverse[:, range(padded), range(padded)] = 1
    half = 1
    while half < size:
        each = np.arange(padded // (2 * half))
        split = (-1, len(each), 2, half, len(each), 2, half)
        blocks = inverse.reshape(split)
        first, last = blocks[:, each, 0, :, each, 0], blocks[:, each, 1, :, each, 1]
        between = below.reshape(split)[:, each, 1, :, each, 0]
        blocks[:, each, 1, :, each, 0] = -remainders(
            last @ remainders(between @ first, prime), prime
        )
        half *= 2
    return inverse[:, :size, :size]

"""Certifying over Q that a rank is no larger than it seems, by dyadic lifting.

Let A = [A1 A2; A3 A4] with A1 square. The rank is that of A1 exactly when A1 is invertible and the
Schur complement A4 - A3 A1^(-1) A2 is zero. LAPACK's inverse C of A1 is a guess, and from it come
the leading binary digits of A1^(-1) A2, where `lifting` begins with the last ones (Z. Wan, An
algorithm to solve integer linear systems exactly using numerical methods, J. Symbolic Computation
41, 2006):

    R = [A2; A4];   X = 2^k C R1, rounded to integers;   R = 2^k R - [A1; A3] X;   repeat.

Whatever X is, after steps with 2^k ... 2^k = T the complement is (R2 - A3 A1^(-1) R1) / T. Times
det A1 its entries are integers, minors of A, so they are 0 if R has stayed so small that they are
below 1. If C is good, X halves what is left of A1^(-1) R1, so R does stay small.

Nothing rests on floats but sums of integers, and these stay below 2^53, so that floats hold them
exactly. What is said of A1^(-1) is seen from C, rounded to a multiple of 2^-s: if the rows of
2^s I - (2^s C) A1, all of them integers, have sums of absolute values of at most 2^(s-1), then A1
is invertible, and A1^(-1) is at most twice as large as C.

It saves the inverse modulo a prime, and a digit has more bits. Long entries, or a block A1 that is
next to singular, leave no digits: then it says nothing.
"""

from collections.abc import Sequence
from math import frexp, isqrt, prod
from typing import TYPE_CHECKING, Any, TypeAlias

from linnet_exact.algebra.ranks.blas_threads import one_blas_thread
from linnet_exact.algebra.ranks.primitive_part import IntegerArray

if TYPE_CHECKING:
    import numpy as np

__all__ = ["schur_complement_is_zero"]

Floats: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"

EXACT = 52
"""Sums of integers are kept below 2^EXACT, and so is each of two that are subtracted."""

LEAST_DIGIT = 20
"""With fewer bits a step, lifting modulo a prime is as fast."""

WORD = 62  # bits of sums of squares


def schur_complement_is_zero(
    array: IntegerArray, rows: Sequence[int], columns: Sequence[int]
) -> bool:
    """Return whether the block of these rows and columns is proved to have the rank of the matrix.

    False says nothing.

    Parameters
    ----------
    array
        Integers, m x n.
    rows, columns
        Equally many, r of them.

    Examples
    --------
    >>> import numpy as np
    >>> schur_complement_is_zero(np.array([[1, 2], [3, 6]]), (0,), (0,))
    True
    >>> schur_complement_is_zero(np.array([[1, 2], [3, 7]]), (0,), (0,))
    False
    """
    import numpy as np

    if array.shape[0] < array.shape[1]:  # transposed, it has fewer right-hand sides
        array, rows, columns = array.T, columns, rows
    rank = len(rows)
    largest = max(int(array.max(initial=0)), -int(array.min(initial=0)))
    reach = rank * largest  # sums of entries times numbers of at most 1
    if not 0 < reach < 1 << (EXACT - LEAST_DIGIT) or reach * largest >> WORD:
        return False
    order, free = [*rows, *_others(rows, array.shape[0])], _others(columns, array.shape[1])
    left = array[np.ix_(order, columns)].astype(np.float64)
    with one_blas_thread():
        try:
            guess = np.linalg.inv(left[:rank]).astype(np.float64, copy=False)
        except np.linalg.LinAlgError:
            return False
        size = _size_of_inverse(left[:rank], guess, reach)
        if size is None:
            return False
        bits = min(_digit(left[:rank], guess), EXACT - reach.bit_length())
        if bits < LEAST_DIGIT:
            return False
        bound = _determinant_bound(array[np.ix_(rows, columns)]) * reach * (1 + reach * size)
        residual = array[np.ix_(order, free)].astype(np.float64)
        return _stays_small(residual, left, guess, bits, reach, bound.bit_length())


def _others(chosen: Sequence[int], count: int) -> list[int]:
    taken = set(chosen)
    return [i for i in range(count) if i not in taken]


def _size_of_inverse(block: Floats, guess: Floats, reach: int) -> int | None:
    """Return a bound on the sum of absolute values of a row of the inverse; None if unproved."""
    import numpy as np

    largest = float(abs(guess).max())
    if not 0 < largest * reach < 1 << EXACT:  # nor nan
        return None
    shift = EXACT - frexp(largest * reach)[1]
    integers = np.rint(np.ldexp(guess, shift))  # times an entry, r of them are below 2^EXACT
    error = -(integers @ block)
    error[np.diag_indices_from(error)] += 2.0**shift
    # Sums that come out below 2^52 had no rounding, as they only grow.
    if not 2 <= shift <= EXACT or not abs(error).sum(axis=1).max() <= 2.0 ** (shift - 1):
        return None
    return 2 + int(2 * abs(integers).sum(axis=1).max() * (1 + 2.0**-20) / 2.0**shift)


def _digit(block: Floats, guess: Floats) -> int:
    """Estimate how many bits of a step the guess gets right; if that is wrong, it will be seen."""
    import numpy as np

    error = guess @ block
    error[np.diag_indices_from(error)] -= 1
    noise = 4 * isqrt(len(block)) * float(abs(error).max())
    return -frexp(noise)[1] if noise else EXACT


def _determinant_bound(block: IntegerArray) -> int:
    """Return an integer of at least |det|, by Hadamard's bound from rows and from columns."""
    import numpy as np

    squares = block.astype(np.int64) ** 2
    sums = squares.sum(axis=0).tolist(), squares.sum(axis=1).tolist()
    return 1 + isqrt(min(map(prod, sums)))


def _stays_small(
    residual: Floats, left: Floats, guess: Floats, bits: int, reach: int, wanted: int
) -> bool:
    """Return whether the residual stays within reach for so many bits, as many as that a step."""
    import numpy as np

    rank, unit = len(guess), 2.0**bits
    digit, product = guess @ residual[:rank], np.empty_like(residual)
    # A1^(-1) A2 itself may be large; later on, what is left of it is about a half.
    step = min(bits, bits - frexp(float(abs(digit).max(initial=0)))[1])
    if step < 0:
        return False
    while True:
        digit *= 2.0**step
        np.rint(digit, out=digit)
        if not (digit.max(initial=0) <= unit and digit.min(initial=0) >= -unit):
            return False
        np.matmul(left, digit, out=product)
        residual *= 2.0**step
        residual -= product
        if not (residual.max(initial=0) <= reach and residual.min(initial=0) >= -reach):
            return False
        wanted, step = wanted - step, bits
        if wanted <= 0:
            return True
        np.matmul(guess, residual[:rank], out=digit)

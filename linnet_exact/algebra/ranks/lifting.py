"""Certifying over Q that a rank is no larger than it seems, by p-adic lifting.

Let A = [A1 A2; A3 A4] with A1 square, invertible modulo p = q², where q is a prime. The rank is
that of A1 exactly when the Schur complement A4 - A3 A1^(-1) A2 is zero. Its entries are minors of A
over det A1, so they are zero if they vanish modulo a power p^k above Hadamard's bound on these
minors. The digits of A1^(-1) A2 = X_0 + X_1 p + ... come one by one from one inverse modulo p
(Dixon, Exact solution of linear equations using p-adic expansions, Numer. Math. 40, 1982):

    R = [A2; A4];   X = A1^(-1) R1 mod p;   R = (R - [A1; A3] X) / p;   repeat.

The division of the upper rows is exact by the choice of X. The division of the lower rows is exact
as long as the Schur complement vanishes, and that is the whole test. No number is ever longer than
about |A|, where other methods meet minors.

The products are float64 BLAS products of integers. Entries are cut into limbs, and p is chosen, so
that all partial sums, whatever their order, are integers below 2^52: floats hold them exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from random import Random

from linnet_exact.algebra.ranks.blas_threads import one_blas_thread
from linnet_exact.algebra.ranks.modular_inverse import (
    LARGEST_MODULUS,
    inverse_modulo_square,
    remainders,
)
from linnet_exact.algebra.ranks.primitive_part import AT_ONCE, IntegerArray, height_bits

__all__ = ["Digits", "System", "choose_digits", "lifting_system", "schur_complement_vanishes"]

EXACT = 1 << 52  # half of what float64 holds, so that sums and their rounded multiples fit
OVERHEAD = 350  # products that one elementwise step on an entry costs, measured


@dataclass(frozen=True)
class Digits:
    """How to cut numbers: entries into limbs of base 2^width, solutions into digits below p.

    Attributes
    ----------
    limbs, width : int
        Entries are sums of `limbs` integers of absolute value <= 2^(width-1) times 2^(width l).
    largest_modulus : int
        The most that p may be.
    cost : float
        Work for one bit of the modulus and one column of A2, in products of numbers.
    """

    limbs: int
    width: int
    largest_modulus: int
    cost: float

    @property
    def reduces_residual(self) -> bool:
        """Whether residuals must be reduced modulo p before they are multiplied."""
        return self.limbs > 1


def choose_digits(rank: int, nrows: int, bits: int) -> Digits:
    """Return the cheapest cut for a matrix with `nrows` rows of entries of so many bits.

    Examples
    --------
    >>> choose_digits(192, 256, 10).limbs, choose_digits(192, 256, 53).limbs
    (1, 2)
    """
    options = []
    for limbs in range(1, bits // 8 + 2):
        width = -(-(bits + 2) // limbs)
        # Every residual limb stays below this; see the induction in `_divide`.
        residual = (rank + 4) << max(width - 2, 0)
        by_products = EXACT // residual
        by_inverse = 2 * EXACT // (rank * residual) if limbs == 1 else 2 * isqrt(EXACT // rank)
        # With limbs, remainders are multiplied by a power of two modulo p, too.
        largest = min(by_products, by_inverse - 2, LARGEST_MODULUS >> (limbs > 1))
        if largest >= max(1 << 12, 8 * (rank + 4)):
            work = rank * rank + nrows * limbs * (rank + OVERHEAD)
            options.append(Digits(limbs, width, largest, work / largest.bit_length()))
    return min(options, key=lambda option: option.cost)


@dataclass(frozen=True)
class System:
    """What the lift works with: q, A1^(-1) modulo q², [A1; A3] in limbs, and [A2; A4] in limbs.

    The second has the limbs below each other; the last is limbs x rows x columns.
    """

    prime: int
    inverse: IntegerArray
    digits: Digits
    left: IntegerArray
    residual: IntegerArray


def lifting_system(
    array: IntegerArray, rows: Sequence[int], columns: Sequence[int], random: Random
) -> System | None:
    """Prepare to lift with the block of the given rows and columns, invertible over Q, as A1.

    None if no prime was found that its determinant is not divisible by.

    Parameters
    ----------
    array
        Integers, m x n.
    """
    import numpy as np

    if array.shape[0] < array.shape[1]:  # transposed, it has fewer right-hand sides
        array, rows, columns = array.T, columns, rows
    nrows, ncols = array.shape
    order = [*rows, *np.setdiff1d(np.arange(nrows), rows)]
    free = np.setdiff1d(np.arange(ncols), columns).tolist()
    digits = choose_digits(len(rows), nrows, height_bits(array))
    block = array[np.ix_(rows, columns)]
    with one_blas_thread():
        found = inverse_modulo_square(block, digits.largest_modulus, random)
    if found is None:
        return None
    left = _cut(array, order, columns, digits).reshape(-1, len(rows))
    return System(*found, digits, left, _cut(array, order, free, digits))


def schur_complement_vanishes(system: System, bound: int) -> int | None:
    """Test whether the Schur complement A4 - A3 A1^(-1) A2 is zero; uses up `system.residual`.

    Parameters
    ----------
    bound : int
        Above the squares of all minors with one row and one column more than A1.

    Returns
    -------
    int or None
        The least k with q^2k >= bound: the complement vanishes modulo q^k, so it is zero. None if
        it is not.

    Examples
    --------
    >>> import numpy as np
    >>> system = lifting_system(np.array([[1, 2], [3, 6]]), (0,), (0,), Random(0))
    >>> k = schur_complement_vanishes(system, 10**40)
    >>> system.prime ** (2 * k) >= 10**40
    True
    >>> system = lifting_system(np.array([[1, 2], [3, 5]]), (0,), (0,), Random(0))
    >>> schur_complement_vanishes(system, 10**40)
    """
    with one_blas_thread():
        return _lift(system, bound)


def _lift(system: System, bound: int) -> int | None:
    import numpy as np

    modulus, digits, residual = system.prime**2, system.digits, system.residual
    rank = system.left.shape[-1]
    exponent, square = 0, 1
    while square < bound:
        top = _residue(residual[:, :rank], modulus, digits)
        solution = remainders(system.inverse @ top, modulus)
        rest = (system.left @ solution).reshape(residual.shape)
        np.subtract(residual, rest, out=rest)
        if not _divide(rest, modulus, digits, residual):
            return None
        exponent, square = exponent + 2, square * modulus * modulus
    return exponent - (square >= bound * system.prime**2)


def _cut(
    array: IntegerArray, rows: Sequence[int], columns: Sequence[int], digits: Digits
) -> IntegerArray:
    """Return balanced limbs of a submatrix, least significant first: limbs x rows x columns."""
    import numpy as np

    half, levels = 1 << (digits.width - 1), range(digits.limbs)
    offset = sum(half << (digits.width * level) for level in levels)
    wide = object if digits.limbs * digits.width > 62 else array.dtype
    cut: IntegerArray = np.empty((digits.limbs, len(rows), len(columns)))
    step = max(1, AT_ONCE // max(len(columns), 1))  # not all rows at once, for the sake of memory
    for place in range(0, len(rows), step):
        some = rows[place : place + step]
        shifted = array[np.ix_(some, columns)].astype(wide) + offset
        for level in levels:
            last = level == digits.limbs - 1
            cut[level, place : place + step] = (
                shifted if last else shifted & (2 * half - 1)
            ) - half
            shifted = shifted >> digits.width
    return cut


def _residue(limbs: IntegerArray, modulus: int, digits: Digits) -> IntegerArray:
    """Put limbs together modulo p by Horner's rule."""
    value: IntegerArray = limbs[-1]
    if not digits.reduces_residual:
        return value
    base = pow(2, digits.width, modulus)
    for limb in limbs[-2::-1]:
        value = remainders(remainders(value, modulus) * base + limb, modulus)
    return value


def _divide(limbs: IntegerArray, modulus: int, digits: Digits, quotients: IntegerArray) -> bool:
    """Divide by p limb by limb, the most significant first; return whether no remainder is left.

    A residual below (r + 4) 2^(w-2) stays so: a limb of R - A X, with the remainder passed down, is
    at most that plus r 2^(w-1) p/2 plus 2^w p/2, which over p is at most (r + 4) 2^(w-2) again.
    """
    import numpy as np

    np.multiply(limbs, 1 / modulus, out=quotients)
    np.rint(quotients, out=quotients)
    for level in range(len(limbs) - 1, 0, -1):
        passed = quotients[level] * modulus
        np.subtract(limbs[level], passed, out=passed)
        passed *= float(1 << digits.width)
        limbs[level - 1] += passed
        np.multiply(limbs[level - 1], 1 / modulus, out=quotients[level - 1])
        np.rint(quotients[level - 1], out=quotients[level - 1])
    return np.array_equal(quotients[0] * modulus, limbs[0])

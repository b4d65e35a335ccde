"""Certifying over Q that a rank is no larger than it seems, by p-adic lifting.

Let A = [A1 A2; A3 A4] with A1 square, invertible modulo p. The rank is that of A1 exactly when the
Schur complement A4 - A3 A1^(-1) A2 is zero. Its entries are minors of A over det A1, so they are
zero if they vanish modulo a power p^k above Hadamard's bound on these minors. The digits of
A1^(-1) A2 = X_0 + X_1 p + ... come one by one from one inverse modulo p (Dixon, Exact solution of
linear equations using p-adic expansions, Numer. Math. 40, 1982):

    R = [A2; A4];   X = A1^(-1) R1 mod p;   R = (R - [A1; A3] X) / p;   repeat.

The division of the upper rows is exact by the choice of X. The division of the lower rows is exact
as long as the Schur complement vanishes, and that is the whole test. No number is ever longer than
about |A|, where other methods meet minors.

The products are float64 BLAS products of integers. Entries are cut into limbs, and p is chosen, so
that all partial sums, whatever their order, are integers below 2^52: floats hold them exactly.
"""

from dataclasses import dataclass
from math import isqrt
from random import Random

from flint import nmod_mat

from linnet_exact.algebra.places import random_prime
from linnet_exact.algebra.primitive import IntegerArray

__all__ = ["Digits", "choose_digits", "schur_complement_vanishes"]

EXACT = 1 << 52  # half of what float64 holds, so that sums and their rounded multiples fit
BLOCK = 8
"""Rows of a BLAS product. Products this small stay on one thread: no slower in a single process,
and a hundred times faster than threads that wait for each other when all cores are busy."""
OVERHEAD = 350  # products that one elementwise step on an entry costs, measured


@dataclass(frozen=True)
class Digits:
    """How to cut numbers: entries into limbs of base 2^width, solutions into digits below prime.

    Attributes
    ----------
    limbs, width : int
        Entries are sums of `limbs` integers of absolute value <= 2^(width-1) times 2^(width l).
    largest_prime : int
    cost : float
        Work for one bit of the modulus and one column of A2, in products of numbers.
    """

    limbs: int
    width: int
    largest_prime: int
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
        largest = min(by_products, by_inverse - 2, 1 << (31 if limbs == 1 else 26))
        if largest >= max(1 << 12, 8 * (rank + 4)):
            work = rank * rank + nrows * limbs * (rank + OVERHEAD)
            options.append(Digits(limbs, width, largest, work / largest.bit_length()))
    return min(options, key=lambda option: option.cost)


def schur_complement_vanishes(
    array: IntegerArray, rank: int, bound: int, digits: Digits, random: Random
) -> tuple[int, int] | None:
    """Test whether the Schur complement of the leading rank x rank block vanishes.

    Parameters
    ----------
    array
        Integers, m x n, whose leading block is known to be invertible over Q.
    bound : int
        Above the squares of all minors with one row and one column more than the block.

    Returns
    -------
    (p, k) or None
        The complement vanishes modulo p^k, and p^2k >= bound, so it is zero; None if it is not.

    Examples
    --------
    >>> import numpy as np
    >>> A = np.array([[1, 2], [3, 6]])
    >>> p, k = schur_complement_vanishes(A, 1, 10**40, choose_digits(1, 2, 3), Random(0))
    >>> p ** (2 * k) >= 10**40
    True
    >>> A[1, 1] = 5
    >>> schur_complement_vanishes(A, 1, 10**40, choose_digits(1, 2, 3), Random(0))
    """
    prime, inverse = _inverse_modulo(array[:rank, :rank], digits.largest_prime, random)
    limbs = _cut(array, digits)
    left = _blocks(limbs[:, :, :rank].reshape(-1, rank))
    inverse = _blocks(inverse)
    residual = limbs[:, :, rank:]
    exponent, square = 0, 1
    while square < bound:
        top = _residue(residual[:, :rank], prime, digits)
        solution = _modulo(_multiply(inverse, top, rank), prime)
        shown = _multiply(left, solution, limbs.shape[0] * limbs.shape[1])
        rest = residual - shown.reshape(residual.shape)
        divided = _divide(rest, prime, digits)
        if divided is None:
            return None
        residual = divided
        exponent, square = exponent + 1, square * prime * prime
    return prime, exponent


def _inverse_modulo(block: IntegerArray, largest: int, random: Random) -> tuple[int, IntegerArray]:
    """Return a random prime and the inverse modulo it, entries at most p/2, as floats."""
    import numpy as np

    while True:
        prime = random_prime(random, largest // 2, largest)
        rank = len(block)
        reduced = (block % prime).ravel().tolist()
        try:
            inverse = nmod_mat(rank, rank, reduced, prime).inv()
        except ZeroDivisionError:
            continue
        numbers = np.fromiter(map(int, inverse.entries()), dtype=np.float64, count=block.size)
        return prime, _modulo(numbers.reshape(block.shape), prime)


def _blocks(matrix: IntegerArray) -> IntegerArray:
    """Stack blocks of BLOCK rows, the last one filled up with zeros."""
    import numpy as np

    nrows, ncols = matrix.shape
    stack = np.zeros((-(-nrows // BLOCK), BLOCK, ncols))
    stack.reshape(-1, ncols)[:nrows] = matrix
    return stack


def _multiply(blocks: IntegerArray, right: IntegerArray, nrows: int) -> IntegerArray:
    product: IntegerArray = (blocks @ right).reshape(-1, right.shape[1])
    return product[:nrows]


def _cut(array: IntegerArray, digits: Digits) -> IntegerArray:
    """Return balanced limbs, least significant first: limbs x m x n floats."""
    import numpy as np

    half = 1 << (digits.width - 1)
    offset = sum(half << (digits.width * level) for level in range(digits.limbs))
    wide = array.astype(object) if digits.limbs * digits.width > 62 else array
    shifted = wide + offset if digits.limbs > 1 else wide
    cut: IntegerArray = np.empty((digits.limbs, *array.shape))
    for level in range(digits.limbs - 1):
        cut[level] = (shifted & (2 * half - 1)) - half
        shifted = shifted >> digits.width
    cut[-1] = shifted - half if digits.limbs > 1 else shifted
    return cut


def _residue(limbs: IntegerArray, prime: int, digits: Digits) -> IntegerArray:
    """Put limbs together modulo p by Horner's rule."""
    value: IntegerArray = limbs[-1]
    if not digits.reduces_residual:
        return value
    base = pow(2, digits.width, prime)
    for limb in limbs[-2::-1]:
        value = _modulo(_modulo(value, prime) * base + limb, prime)
    return value


def _divide(limbs: IntegerArray, prime: int, digits: Digits) -> "IntegerArray | None":
    """Divide by p limb by limb, the most significant first; None if a remainder is left.

    A residual below (r + 4) 2^(w-2) stays so: a limb of R - A X, with the remainder passed down, is
    at most that plus r 2^(w-1) p/2 plus 2^w p/2, which over p is at most (r + 4) 2^(w-2) again.
    """
    import numpy as np

    quotients: IntegerArray = np.rint(limbs * (1 / prime))
    for level in range(len(limbs) - 1, 0, -1):
        remainder = limbs[level] - quotients[level] * prime
        limbs[level - 1] += remainder * float(1 << digits.width)
        quotients[level - 1] = np.rint(limbs[level - 1] * (1 / prime))
    return quotients if np.array_equal(quotients[0] * prime, limbs[0]) else None


def _modulo(numbers: IntegerArray, prime: int) -> IntegerArray:
    """Return the remainders modulo p of least size, at most p/2 + 1: rounding may miss by one."""
    import numpy as np

    remainder: IntegerArray = numbers - np.rint(numbers * (1 / prime)) * prime
    return remainder

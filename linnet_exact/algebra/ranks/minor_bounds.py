"""Bounds on the minors that border a nonzero one, in integers only.

Kronecker: if the minor of rows R and columns C is not zero and each minor with one row and one
column more is, the rank is |R|. Hadamard: a determinant is at most the product of the lengths
of its rows, and of its columns. Over Q(a) it is the norm of a minor that is an integer, so the
bound is a product over the complex embeddings.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import lcm, prod
from typing import NamedTuple

from flint import arb, ctx, fmpz_poly

from linnet_exact.algebra.fields.field import Field
from linnet_exact.algebra.numbers.root_isolation import complex_roots
from linnet_exact.algebra.ranks.primitive_part import WORD, IntegerArray, height_bits

__all__ = ["bordered_norm_bound"]

PRECISION = 16
"""Bits kept of the conjugates of the generator: each row of a minor then costs a bit or two at
most, and products with entries of up to 30 bits still fit into a word."""


class Embedding(NamedTuple):
    """Integers next to 2^PRECISION times the images of c^(e-1) a^k, k < e; off by at most 1."""

    real: tuple[int, ...]
    imaginary: tuple[int, ...]  # empty for a real embedding


def bordered_norm_bound(
    array: IntegerArray, rows: Sequence[int], columns: Sequence[int], field: Field
) -> int:
    """Return an integer > 1 above the square of every norm of a minor bordering (rows, columns).

    Parameters
    ----------
    array
        Integers N_0, ..., N_(e-1), e x m x n.

    Returns
    -------
    int
        B with |Norm(M)|^2 < B for each minor M, with one row and one column more, of c^(e-1) times
        the matrix; c is the common denominator of the minimal polynomial, so that c a, and with it
        M, is an algebraic integer.

    Examples
    --------
    >>> import numpy as np
    >>> from linnet_exact.algebra.fields.field import QQ
    >>> bordered_norm_bound(np.array([[[1, 2], [3, 4]]]), (0,), (0,), QQ)
    127
    """
    if field.degree == 1:
        return 2 + _bordered_square([array[0]], rows, columns)
    scaled = prod(
        _bordered_square(_embedded(array, embedding), rows, columns)
        for embedding in _embeddings(field)
    )
    return 2 + (scaled >> (2 * PRECISION * (len(rows) + 1) * field.degree))


def _bordered_square(parts: list[IntegerArray], rows: Sequence[int], columns: Sequence[int]) -> int:
    """Bound the squares of minors of x, |x|^2 being the sum of the squares of the parts."""
    by_columns = _by_rows([part.T for part in parts], columns, rows)
    return min(_by_rows(parts, rows, columns), by_columns)


def _by_rows(parts: list[IntegerArray], rows: Sequence[int], columns: Sequence[int]) -> int:
    """Return the product of the squared lengths of the rows, the longest bordering row included."""
    import numpy as np

    inside = np.zeros(parts[0].shape[1], dtype=bool)
    inside[list(columns)] = True
    total = np.zeros(len(parts[0]), dtype=object)
    for part in parts:
        squares, scale = _squares(part)
        longest = squares[:, ~inside].max(axis=1, initial=0)
        total += (squares[:, inside].sum(axis=1) + longest).astype(object) << 2 * scale
    lengths: list[int] = total.tolist()
    chosen = set(rows)
    last = max((x for i, x in enumerate(lengths) if i not in chosen), default=0)
    return prod(lengths[i] for i in rows) * int(last)


def _squares(part: IntegerArray) -> tuple[IntegerArray, IntegerArray]:
    """Return int64 squares S and shifts s with x^2 <= S 4^s, s by rows, sums of S fit a word."""
    import numpy as np

    kept = (WORD - part.shape[1].bit_length()) // 2
    largest = np.maximum(part.max(axis=1, initial=0), -part.min(axis=1, initial=0))
    bits = np.array([int(x).bit_length() for x in largest], dtype=object)
    shift = np.maximum(bits - kept, 0).astype(part.dtype)
    size: IntegerArray = abs(part)
    size += ((1 << shift.astype(object)) - 1).astype(part.dtype)[:, None]  # round up
    size >>= shift[:, None]
    squares = size.astype(np.int64, copy=False)
    squares *= squares
    return squares, shift.astype(object)


def _embedded(array: IntegerArray, embedding: Embedding) -> list[IntegerArray]:
    """Bound 2^PRECISION times the real and the imaginary part of the image of each entry."""
    largest = max(abs(c) for numbers in embedding for c in numbers)
    bits = height_bits(array) + largest.bit_length() + len(array).bit_length()
    exact = array if bits < WORD else array.astype(object)
    error = abs(exact).sum(axis=0)  # each conjugate is off by at most one unit
    return [
        abs(sum(c * part for c, part in zip(numbers, exact, strict=True))) + error
        for numbers in embedding
        if numbers
    ]


@lru_cache(maxsize=64)
def _embeddings(field: Field) -> tuple[Embedding, ...]:
    """Enclose the images of the algebraic integers c^(e-1) a^k by balls, and round."""
    denominator = lcm(*(c.denominator for c in field.minimal_polynomial))
    polynomial = fmpz_poly([int(c * denominator) for c in field.minimal_polynomial])
    powers = range(field.degree)
    precision = 128
    while True:
        with ctx.workprec(precision):
            images = [
                [denominator ** (field.degree - 1) * root**k * 2**PRECISION for k in powers]
                for root in complex_roots(polynomial, precision)
            ]
            if all(z.real.rad() < 0.5 and z.imag.rad() < 0.5 for row in images for z in row):
                return tuple(
                    Embedding(
                        tuple(_nearest(z.real) for z in row),
                        tuple(_nearest(z.imag) for z in row if not row[-1].imag.is_zero()),
                    )
                    for row in images
                )
        precision *= 2


def _nearest(ball: arb) -> int:
    """Return an integer that is nearest to the midpoint."""
    mantissa, exponent = map(int, ball.mid().man_exp())
    if exponent >= 0:
        return mantissa << exponent
    return (mantissa + (1 << -exponent - 1)) >> -exponent

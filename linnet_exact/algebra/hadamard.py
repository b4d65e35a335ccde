"""Bounds on the minors that border a nonzero one, in integers only.

Kronecker: if the minor of rows R and columns C is not zero and each minor with one row and one
column more is, the rank is |R|. Hadamard: a determinant is at most the product of the lengths
of its rows, and of its columns. Over Q(a) it is the norm of a minor that is an integer, so the
bound is a product over the complex embeddings.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import lcm, prod
from typing import Any, NamedTuple, cast

from flint import arb, ctx, fmpz_poly

from linnet_exact.algebra.field import Field
from linnet_exact.algebra.primitive import WORD, IntegerArray, height_bits

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
    """Return an integer above the square of every norm of a minor bordering (rows, columns).

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
    >>> from linnet_exact.algebra.field import QQ
    >>> bordered_norm_bound(np.array([[[1, 2], [3, 4]]]), (0,), (0,), QQ)
    126
    """
    if field.degree == 1:
        return 1 + _bordered_square(_squares(array[0], 0), rows, columns)
    scaled = prod(
        _bordered_square(_embedded_squares(array, embedding), rows, columns)
        for embedding in _embeddings(field)
    )
    return 1 + (scaled >> (2 * PRECISION * (len(rows) + 1) * field.degree))


def _bordered_square(squares: IntegerArray, rows: Sequence[int], columns: Sequence[int]) -> int:
    """Bound the squares of the bordering minors from the squares of the entries."""
    return min(
        _by_rows(squares, rows, columns),
        _by_rows(squares.T, columns, rows),
    )


def _by_rows(squares: IntegerArray, rows: Sequence[int], columns: Sequence[int]) -> int:
    import numpy as np

    outside = np.setdiff1d(np.arange(squares.shape[1]), columns)
    norms = squares[:, list(columns)].sum(axis=1) + squares[:, outside].max(axis=1, initial=0)
    last = np.delete(norms, list(rows)).max(initial=0)
    product: int = prod(norms[list(rows)].tolist()) * int(last)
    return product


def _squares(array: IntegerArray, spare: int) -> IntegerArray:
    """Square the entries, in Python integers unless sums of squares fit a word."""
    sums = 2 * height_bits(array) + max(array.shape, default=1).bit_length() + spare
    wide = array if sums <= WORD else array.astype(object)
    square: IntegerArray = wide * wide
    return square


def _embedded_squares(array: IntegerArray, embedding: Embedding) -> IntegerArray:
    """Bound 4^PRECISION |s(x)|^2 from above for the image s(x) of each entry x."""
    import numpy as np

    largest = max(abs(c) for numbers in embedding for c in numbers)
    bits = height_bits(array) + largest.bit_length() + len(array).bit_length()
    exact = array if bits <= WORD else array.astype(object)
    error = abs(exact).sum(axis=0)  # each conjugate is off by at most one unit
    parts = (
        abs(sum(c * part for c, part in zip(numbers, exact, strict=True))) + error
        for numbers in embedding
        if numbers
    )
    return sum((_squares(part, 1) for part in parts), start=np.zeros(1, dtype=np.int64))


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
                for root, _ in cast(Any, polynomial.complex_roots())
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

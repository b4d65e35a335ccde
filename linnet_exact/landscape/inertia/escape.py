"""A direction in which the loss falls to second order: the certificate of a strict saddle."""

import numpy as np

from linnet_exact.algebra import Matrix
from linnet_exact.algebra.ranks.primitive_part import integer_array
from linnet_exact.landscape.inertia.congruence import eigenvectors
from linnet_exact.landscape.inertia.ldl import ldl
from linnet_exact.landscape.inertia.signs import sign

__all__ = ["falling_direction"]

BITS = (0, 1, 2, 4, 8, 16, 32, 52)
"""Bits of the entries that are tried, the fewest first, so that the direction is short."""


def falling_direction(matrix: Matrix) -> Matrix | None:
    """Return a column x with xᵀ A x < 0, proven by multiplication; None if there is none.

    Floating point proposes the eigenvector of the least eigenvalue; where it is too coarse, an
    exact factorisation L D Lᵀ finds a direction.

    Examples
    --------
    >>> falling_direction(Matrix([[1, 2], [2, 1]])), falling_direction(Matrix([[1]]))
    (Matrix([[-1], [1]]), None)
    """
    proposed = eigenvectors(integer_array(matrix), matrix.field) if matrix.nrows else None
    if proposed is not None and proposed[0][0] < 0:
        _, vectors, exponents = proposed
        first = vectors[:, 0] / np.abs(vectors[:, 0]).max()
        leading = first[np.flatnonzero(np.abs(first) > 0.5)[-1]]
        first = first * np.sign(leading)
        for bits in BITS:
            rounded = np.rint(first * 2.0**bits).astype(np.int64).tolist()
            x = Matrix([[n << k] for n, k in zip(rounded, exponents, strict=True)])
            if sign((x.T @ matrix @ x)[0, 0]) < 0:
                return x
    return ldl(matrix).direction()

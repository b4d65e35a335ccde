"""Inertia by the signs of a characteristic polynomial.

All roots of the characteristic polynomial of a real symmetric matrix are real, so by Descartes'
rule the number of positive ones is the number of sign changes of its coefficients.
"""

from collections.abc import Sequence
from itertools import pairwise

from flint import fmpq, fmpq_poly, fmpz, fmpz_mat

from linnet_exact.algebra import Matrix
from linnet_exact.interruption import interruptible
from linnet_exact.landscape.inertia.signs import sign

__all__ = ["characteristic_signs", "signs_to_counts"]


def characteristic_signs(matrix: Matrix) -> list[int]:
    """Return the signs of the coefficients of det(t - A), constant term first.

    Over Q(a) each coefficient is a polynomial in a, found from the characteristic polynomials of
    N_0 + N_1 t + ... at integers t: its degree in t is at most n (e - 1).

    Examples
    --------
    >>> characteristic_signs(Matrix([[0, 1], [1, 0]]))
    [-1, 0, 1]
    """
    field, size = matrix.field, matrix.nrows
    if field.degree == 1:
        polynomial = interruptible(fmpz_mat.charpoly, matrix.coefficients[0])
        return [(c > 0) - (c < 0) for c in (polynomial[k] for k in range(size + 1))]
    points = range(size * (field.degree - 1) + 1)
    values = []
    for point in points:
        at_point = sum(
            (part * point**k for k, part in enumerate(matrix.coefficients)), fmpz_mat(size, size)
        )
        values.append(interruptible(fmpz_mat.charpoly, at_point))
    minimal = fmpq_poly([fmpq(c.numerator, c.denominator) for c in field.minimal_polynomial])
    signs = []
    for k in range(size + 1):
        remainder = _interpolated([value[k] for value in values]) % minimal
        numbers = [int(c) for c in remainder.numer().coeffs()]
        numbers += [0] * (field.degree - len(numbers))
        signs.append(sign(field.element(numbers, int(remainder.denom()))))
    return signs


def signs_to_counts(signs: Sequence[int]) -> tuple[int, int, int]:
    """Return the numbers of positive, zero and negative roots; all roots must be real.

    Examples
    --------
    >>> signs_to_counts([0, -1, 0, 1])
    (1, 1, 1)
    """
    nonzero = [s for s in signs if s]
    positive = sum(s != t for s, t in pairwise(nonzero))
    zero = next(k for k, s in enumerate(signs) if s)
    return positive, zero, len(signs) - 1 - positive - zero


def _interpolated(values: Sequence[fmpz]) -> fmpq_poly:
    """Return the polynomial of least degree with the given values at 0, 1, 2, ..."""
    result, basis = fmpq_poly([0]), fmpq_poly([1])
    for point, value in enumerate(values):
        result += basis * ((value - result(point)) / basis(point))
        basis *= fmpq_poly([-point, 1])
    return result

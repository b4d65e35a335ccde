"""Bilinear operations on matrices over Q(a), from the same operation on integer matrices."""

from collections.abc import Callable
from functools import lru_cache
from math import lcm

from flint import fmpq, fmpz, fmpz_mat

from linnet_exact.algebra.arrays.entries import Coefficients
from linnet_exact.algebra.fields.field import Field

__all__ = ["apply_bilinear", "power_means", "power_table"]


def apply_bilinear(
    field: Field,
    operation: Callable[[fmpz_mat, fmpz_mat], fmpz_mat],
    left: Coefficients,
    right: Coefficients,
    denominator: fmpz,
) -> tuple[Coefficients, fmpz]:
    """Apply a bilinear operation of integer matrices to matrix polynomials in a.

    Parameters
    ----------
    operation : callable
        A product of two integer matrices, such as `fmpz_mat.__mul__` or `kronecker_product`.
    left, right : tuple of e fmpz_mat
        Coefficients of 1, a, ..., a^(e-1).
    denominator : fmpz
        The product of the two denominators.

    Returns
    -------
    coefficients, denominator
        The result, reduced by the minimal polynomial but not to lowest terms.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.field import QQ
    >>> two, three = (fmpz_mat([[2]]),), (fmpz_mat([[3]]),)
    >>> apply_bilinear(QQ, fmpz_mat.__mul__, two, three, fmpz(5))
    (([6],), 5)
    """
    e = field.degree
    powers: list[fmpz_mat | None] = [None] * (2 * e - 1)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            term = operation(a, b)
            known = powers[i + j]
            powers[i + j] = term if known is None else known + term
    found = [part for part in powers if part is not None]
    if e == 1:
        return (found[0],), denominator
    table, scale = power_table(field)
    parts = [part * scale for part in found[:e]]
    for part, row in zip(found[e:], table, strict=True):
        parts = [low + part * c if c else low for low, c in zip(parts, row, strict=True)]
    return tuple(parts), denominator * scale


@lru_cache(maxsize=64)
def power_table(field: Field) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return how a^e, ..., a^(2e-2) are written in 1, a, ..., a^(e-1).

    Returns
    -------
    rows, denominator
        Row k holds the integer coordinates of denominator * a^(e+k).

    Examples
    --------
    >>> from linnet_exact.algebra.fields.field import QQ
    >>> power_table(QQ)
    ((), 1)
    """
    e = field.degree
    top = [-c for c in field.minimal_polynomial[:e]]
    rows = [top] if e > 1 else []
    while len(rows) < e - 1:
        last = rows[-1]
        shifted = [0 * last[0], *last[:-1]]
        rows.append([s + last[-1] * t for s, t in zip(shifted, top, strict=True)])
    denominator = lcm(*(c.denominator for row in rows for c in row))
    return tuple(tuple(int(c * denominator) for c in row) for row in rows), denominator


@lru_cache(maxsize=64)
def power_means(field: Field) -> tuple[fmpq, ...]:
    """Return the means of the conjugates of 1, a, ..., a^(e-1), by Newton's identities.

    Examples
    --------
    >>> from linnet_exact.algebra.fields.number_field import NumberField
    >>> power_means(NumberField("x^3 - 3*x^2 + 1", near=0))
    (1, 1, 3)
    """
    e = field.degree
    c = [fmpq(x.numerator, x.denominator) for x in field.minimal_polynomial[::-1]]
    sums = [fmpq(e)]
    for k in range(1, e):
        total = sum((c[i] * sums[k - i] for i in range(1, k)), fmpq(0))
        sums.append(-total - k * c[k])
    return tuple(s / e for s in sums)

"""The regular representation: matrices over Q(a) as e times larger matrices over Q.

An element x of Q(a) becomes the e x e matrix of y -> x y in the basis 1, a, ..., a^(e-1) (columns
are coordinates), so column 0 holds the coordinates of x itself. Over Q nothing changes.
The map is a ring homomorphism, multiplies ranks by e, and takes reduced row echelon forms to
reduced row echelon forms.
"""

from functools import lru_cache

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.array import ExactArray
from linnet_exact.algebra.entries import Coefficients
from linnet_exact.algebra.field import Field
from linnet_exact.algebra.products import kronecker, power_table

__all__ = ["from_regular", "to_regular"]


def to_regular(array: ExactArray) -> tuple[fmpz_mat, fmpz]:
    """Return an (e m) x (e n) integer matrix R and d > 0 such that R / d represents the array.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> to_regular(Matrix([[1, "1/2"]]))
    ([2, 1], 2)
    """
    if array.field.degree == 1:
        return array.coefficients[0], array.denominator
    multiplications, scale = _multiplication_by_powers(array.field)
    terms = map(kronecker, array.coefficients, multiplications)
    total = next(terms)
    for term in terms:
        total = total + term
    return total, array.denominator * scale


def from_regular(regular: fmpz_mat, field: Field) -> Coefficients:
    """Return the coefficients of the matrix over Q(a) that an integer matrix represents.

    Examples
    --------
    >>> from linnet_exact.algebra.field import QQ
    >>> from_regular(fmpz_mat([[2, 1]]), QQ)
    ([2, 1],)
    """
    e = field.degree
    if e == 1:
        return (regular,)
    shape = regular.nrows() // e, regular.ncols() // e
    table = regular.table()
    return tuple(
        fmpz_mat(*shape, [x for row in table[power::e] for x in row[::e]]) for power in range(e)
    )


@lru_cache(maxsize=64)
def _multiplication_by_powers(field: Field) -> tuple[tuple[fmpz_mat, ...], int]:
    """Integer matrices M_k, and a denominator, of multiplication by a^k for k < e."""
    e = field.degree
    rows, scale = power_table(field)
    # coordinates[k] are those of scale * a^k for k = 0, ..., 2e-2
    unit = [[scale * (i == k) for i in range(e)] for k in range(e)]
    coordinates = [*unit, *map(list, rows)]
    matrices = (
        fmpz_mat(e, e, [coordinates[k + j][i] for i in range(e) for j in range(e)])
        for k in range(e)
    )
    return tuple(matrices), scale

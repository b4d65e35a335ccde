"""The regular representation: matrices over Q(a) as e times larger matrices over Q.

An element x of Q(a) becomes the e x e matrix of y -> x y in the basis 1, a, ..., a^(e-1) (columns
are coordinates), so column 0 holds the coordinates of x itself. Over Q nothing changes.
The map is a ring homomorphism, multiplies ranks by e, and takes reduced row echelon forms to
reduced row echelon forms.
"""

from functools import lru_cache

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.arrays.array import ExactArray
from linnet_exact.algebra.arrays.entries import Coefficients
from linnet_exact.algebra.arrays.products import power_table
from linnet_exact.algebra.fields.field import Field

__all__ = ["from_coordinates", "to_coordinates", "to_regular"]


def to_regular(array: ExactArray) -> tuple[fmpz_mat, fmpz]:
    """Return an (e m) x (e n) integer matrix R and d > 0 such that R / d represents the array.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> to_regular(Matrix([[1, "1/2"]]))
    ([2, 1], 2)
    """
    e = array.field.degree
    if e == 1:
        return array.coefficients[0], array.denominator
    multiplications, scale = _multiplication_by_powers(array.field)
    nrows, ncols = array.shape
    flat: list[fmpz | int] = [0] * (e * nrows * e * ncols)
    # Entry (u, v) of the block of x = c_0 + c_1 a + ... is the combination of the c_k by the
    # entries (u, v) of the multiplications by a^k.
    for u in range(e):
        for v in range(e):
            pairs = zip(array.coefficients, multiplications, strict=True)
            table = sum((part * m[u, v] for part, m in pairs), fmpz_mat(nrows, ncols)).table()
            for i, row in enumerate(table):
                start = (i * e + u) * e * ncols
                flat[start + v : start + e * ncols : e] = row
    return fmpz_mat(e * nrows, e * ncols, flat), array.denominator * scale


def to_coordinates(array: ExactArray) -> fmpz_mat:
    """Return the numerators' coordinates, (e m) x n: the columns 0, e, 2e, ... of R, for d R / d.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> to_coordinates(Matrix([[1, "1/2"]]))
    [2, 1]
    """
    tables = [part.table() for part in array.coefficients]
    flat = [x for rows in zip(*tables, strict=True) for row in rows for x in row]
    return fmpz_mat(array.field.degree * array.nrows, array.ncols, flat)


def from_coordinates(coordinates: fmpz_mat, degree: int) -> Coefficients:
    """Return the coefficients of the matrix over Q(a) with the given coordinates.

    Examples
    --------
    >>> from_coordinates(fmpz_mat([[2], [1]]), 2)
    ([2], [1])
    """
    shape = coordinates.nrows() // degree, coordinates.ncols()
    table = coordinates.table()
    return tuple(
        fmpz_mat(*shape, [x for row in table[power::degree] for x in row])
        for power in range(degree)
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

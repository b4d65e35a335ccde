"""Reduced row echelon forms, and what is read off them: solutions, inverses, determinants.

Over Q, FLINT's echelon form is as fast as anything we built from its solver or its null spaces.
Over a number field of degree e the regular representation has an echelon form too, e times larger
than it need be. So from degree 3 on pivots are found modulo a prime, the other columns are solved
for, one right-hand side for each, and the result is proven by multiplying out. Milliseconds, for
n x n matrices of rank 3n/4 with coefficients up to 3 (python-flint 0.9, one core):

    e, n                         2, 32  2, 64  3, 8  3, 24  3, 48  4, 8  4, 16  4, 32  8, 4  8, 16
    regular representation         4.4   35.6  0.41    8.2   68.9  0.96    5.8   48.1   1.8    108
    solving and multiplying out    5.4   36.1  0.53    6.3   38.1  0.96    4.0   24.3   1.3     41
"""

from collections.abc import Callable, Sequence
from math import lcm
from typing import TYPE_CHECKING, cast

from flint import fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_mat

from linnet_exact.algebra.arrays.entries import require_square
from linnet_exact.algebra.arrays.regular_representation import (
    from_coordinates,
    to_coordinates,
    to_regular,
)
from linnet_exact.algebra.fields.field import Field, Scalar
from linnet_exact.algebra.ranks.minors import largest_minor
from linnet_exact.algebra.ranks.residue_maps import places, reduce_matrix
from linnet_exact.errors import InputError, ShapeError
from linnet_exact.interruption import interruptible

if TYPE_CHECKING:
    from linnet_exact.algebra.matrices.matrix import Matrix

__all__ = ["characteristic_polynomial", "determinant", "inverse", "null_basis", "rref", "solve"]

SMALL = 32
"""Sizes of the regular representation up to which its echelon form is as fast as solving."""


def rref(matrix: "Matrix") -> tuple["Matrix", tuple[int, ...]]:
    """Return the reduced row echelon form without its zero rows, and the pivot columns.

    Returns
    -------
    form : Matrix
        r x n of rank r; entry (i, pivots[i]) is 1 and the only nonzero one in its column.
    pivots : tuple of int
        Increasing column indices.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> rref(Matrix([[2, 4], [1, 2]]))
    (Matrix([[1, 2]]), (0,))
    """
    e = matrix.field.degree
    if e > 2 and e * min(matrix.shape) > SMALL:
        return _rref_by_solving(matrix)
    regular, _ = to_regular(matrix)
    echelon, denominator, rank = interruptible(fmpz_mat.rref, regular)
    table = echelon.table()[:rank]
    pivots = tuple(next(j for j, x in enumerate(row) if x) // e for row in table[::e])
    coordinates = fmpz_mat(rank, matrix.ncols, [x for row in table for x in row[::e]])
    parts = from_coordinates(coordinates, e)
    return matrix.from_coefficients(matrix.field, parts, denominator), pivots


def _rref_by_solving(matrix: "Matrix") -> tuple["Matrix", tuple[int, ...]]:
    for prime, roots in places(matrix.field):
        image = reduce_matrix(matrix.coefficients, prime, roots[0])
        minor = largest_minor(image, roots[0])
        rows, pivots = minor.rows, minor.columns
        free = [j for j in range(matrix.ncols) if j not in set(pivots)]
        other = [i for i in range(matrix.nrows) if i not in set(rows)]
        solved = _solve_regular(matrix[rows, pivots], matrix[rows, free])
        if matrix[other, pivots] @ solved != matrix[other, free]:
            continue  # the rank is larger than modulo this prime
        if all(
            solved[i, j] == 0 for i, p in enumerate(pivots) for j, f in enumerate(free) if f < p
        ):
            unit = matrix.identity(len(pivots), matrix.field)
            place = {column: at for at, column in enumerate([*pivots, *free])}
            order = [place[column] for column in range(matrix.ncols)]
            return matrix.hstack([unit, solved])[:, order], pivots
    raise AssertionError("there are infinitely many places")


def null_basis(matrix: "Matrix") -> tuple["Matrix", tuple[int, ...]]:
    """Return a basis of {x : A x = 0} in reduced row echelon form, vectors as ROWS, and its pivots.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> null_basis(Matrix([[1, 2, 3]]))
    (Matrix([[1, 0, '-1/3'], [0, 1, '-2/3']]), (0, 1))
    """
    n = matrix.ncols
    # Eliminated from the last column to the first, the form shows a null basis that is already
    # in reduced row echelon form: each free column leads one vector.
    form, pivots = rref(matrix[:, ::-1])
    bound = [n - 1 - pivot for pivot in pivots]
    free = [column for column in range(n) if column not in set(bound)]
    parts = []
    for power, part in enumerate(form.coefficients):
        table, unit = part.table(), fmpz(0) if power else form.denominator
        rows = [[fmpz(0)] * n for _ in free]
        for row, column in zip(rows, free, strict=True):
            row[column] = unit
            for i, pivot in enumerate(bound):
                row[pivot] = -table[i][n - 1 - column]
        parts.append(fmpz_mat(len(free), n, [x for row in rows for x in row]))
    return matrix.from_coefficients(matrix.field, tuple(parts), form.denominator), tuple(free)


def _solve_regular(square: "Matrix", right: "Matrix") -> "Matrix":
    """Return X with A X = B for an invertible A: ZeroDivisionError if it is not."""
    regular, denominator = to_regular(square)
    solution = cast(fmpq_mat, interruptible(fmpz_mat.solve, regular, to_coordinates(right)))
    numerators, common = (solution * denominator / right.denominator).numer_denom()
    parts = from_coordinates(numerators, square.field.degree)
    return square.from_coefficients(square.field, parts, common)


def solve(matrix: "Matrix", right: "Matrix") -> "Matrix":
    """Return an X with A X = B, zero in the rows that the equations leave free.

    Raises
    ------
    ShapeError
        If A and B do not have equally many rows.
    InputError
        If there is no solution.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> solve(Matrix([[1, 1]]), Matrix([[3]]))
    Matrix([[3], [0]])
    """
    if matrix.nrows != right.nrows:
        raise ShapeError(
            f"the right side must have {matrix.nrows} rows like the matrix, not {right.nrows}"
        )
    form, pivots = rref(matrix.hstack([matrix, right]))
    if pivots and pivots[-1] >= matrix.ncols:
        raise InputError("the linear system has no solution")
    solution = form[:, matrix.ncols :]
    zero = matrix.zero(1, right.ncols, form.field)
    place = {pivot: row for row, pivot in enumerate(pivots)}
    stacked = matrix.vstack([solution, zero])
    return stacked[[place.get(row, len(pivots)) for row in range(matrix.ncols)], :]


def inverse(matrix: "Matrix") -> "Matrix":
    """Return the inverse of a square matrix.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    InputError
        If it is singular.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> inverse(Matrix([[1, 1], [0, 1]]))
    Matrix([[1, -1], [0, 1]])
    """
    require_square(*matrix.shape)
    try:
        if matrix.field.degree == 1:
            return _rational_inverse(matrix)
        return _solve_regular(matrix, matrix.identity(matrix.nrows, matrix.field))
    except ZeroDivisionError:
        raise InputError("the matrix is singular, so it has no inverse") from None


def _rational_inverse(matrix: "Matrix") -> "Matrix":
    """Return the inverse over Q: ZeroDivisionError if there is none.

    What rows and then columns have in common is divided out before, and after: the entries of
    triangular factors, for one, are short over one denominator for each row or column.
    """
    rows, integers = _divided(matrix.coefficients[0])
    columns, integers = _divided(integers.transpose())
    found = cast(fmpq_mat, integers.transpose().inv())
    numerators, denominator = found.numer_denom()
    left, right = (lcm(*map(int, contents)) for contents in (columns, rows))
    scales = [[left // c * matrix.denominator for c in columns], [right // r for r in rows]]
    table = zip(numerators.tolist(), scales[0], strict=True)
    flat = [x * c * r for row, c in table for x, r in zip(row, scales[1], strict=True)]
    parts = (fmpz_mat(*matrix.shape, flat),)
    return matrix.from_coefficients(matrix.field, parts, denominator * left * right)


def _divided(integers: fmpz_mat) -> tuple[list[fmpz], fmpz_mat]:
    """Return the greatest common divisor of each row, and the rows divided by it."""
    table = integers.tolist()
    contents = [_content(row) for row in table]
    if all(content == 1 for content in contents):
        return contents, integers
    flat = [x // content for row, content in zip(table, contents, strict=True) for x in row]
    return contents, fmpz_mat(integers.nrows(), integers.ncols(), flat)


def _content(row: Sequence[fmpz]) -> fmpz:
    content = fmpz(0)
    for entry in row:
        content = content.gcd(entry)
        if content == 1:
            break
    if content == 0:
        raise ZeroDivisionError("a row or column of zeros")
    return content


def determinant(matrix: "Matrix") -> Scalar:
    """Return the determinant of a square matrix.

    The determinant of N_0 + N_1 t + ... is a polynomial in t of degree at most n (e - 1), found
    from its values at as many integers and one more; then t = a. Over Q one value is enough.

    Raises
    ------
    ShapeError
        If the matrix is not square.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> determinant(Matrix([[1, 2], [3, 4]])), determinant(Matrix([], shape=(0, 0)))
    (Fraction(-2, 1), Fraction(1, 1))
    """
    require_square(*matrix.shape)
    size = matrix.nrows
    values = _interpolated(matrix, lambda integers: [interruptible(fmpz_mat.det, integers)])
    return _element(matrix.field, values[0], int(matrix.denominator) ** size)


def characteristic_polynomial(matrix: "Matrix") -> tuple[Scalar, ...]:
    """Return the coefficients of det(x - A), constant term first.

    Raises
    ------
    ShapeError
        If the matrix is not square.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> characteristic_polynomial(Matrix([[2, 0], [0, 3]]))
    (Fraction(6, 1), Fraction(-5, 1), Fraction(1, 1))
    """
    require_square(*matrix.shape)
    size, denominator = matrix.nrows, int(matrix.denominator)
    values = _interpolated(
        matrix, lambda integers: interruptible(fmpz_mat.charpoly, integers).coeffs()
    )
    return tuple(
        _element(matrix.field, value, denominator ** (size - k)) for k, value in enumerate(values)
    )


def _interpolated(
    matrix: "Matrix", invariants: Callable[[fmpz_mat], Sequence[fmpz]]
) -> list[fmpq_poly]:
    """Return invariants of N_0 + N_1 a + ..., as polynomials in a.

    The invariants are polynomials in the entries of degree at most n.
    """
    field, size = matrix.field, matrix.nrows
    results: list[fmpq_poly] = []
    basis = fmpq_poly([1])
    for point in range(size * (field.degree - 1) + 1):  # Newton interpolation
        integers = sum(
            (part * point**k for k, part in enumerate(matrix.coefficients)), fmpz_mat(size, size)
        )
        values = invariants(integers)
        results = results or [fmpq_poly([0])] * len(values)
        results = [
            result + basis * ((value - result(point)) / basis(point))
            for result, value in zip(results, values, strict=True)
        ]
        basis *= fmpq_poly([-point, 1])
    minimal = fmpq_poly([fmpq(c.numerator, c.denominator) for c in field.minimal_polynomial])
    return [result % minimal if field.degree > 1 else result for result in results]


def _element(field: Field, polynomial: fmpq_poly, denominator: int) -> Scalar:
    coordinates = [int(c) for c in polynomial.numer().coeffs()]
    coordinates += [0] * (field.degree - len(coordinates))
    return field.element(coordinates, int(polynomial.denom()) * denominator)

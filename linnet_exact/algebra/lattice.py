"""Null spaces with small bases: reduced bases of the lattice of integral null vectors.

The entries of a reduced row echelon form are quotients of minors. The null vectors with integral
coordinates form a lattice, and the short vectors of such a lattice are far smaller: for a generic
m x n matrix by a factor of about n - m in the number of bits.
"""

from flint import fmpq_mat, fmpz_mat, nmod_mat

from linnet_exact.algebra.matrix import Matrix
from linnet_exact.algebra.places import Place, places, reduce_matrix
from linnet_exact.algebra.regular import to_regular

__all__ = ["pivots_modulo", "reduced_null_basis"]


def reduced_null_basis(matrix: Matrix) -> Matrix:
    """Return a basis of {x : A x = 0} with small coordinates in Z + Z a + ... + Z a^(e-1).

    Over Q it is the LLL-reduced basis of the lattice of integer null vectors (A. K. Lenstra,
    H. W. Lenstra and L. Lovász, Math. Ann. 261, 1982); over a number field of degree e it is made
    of short vectors of the lattice of integral null vectors, which has rank e times as large.

    Returns
    -------
    Matrix
        nullity x n; the basis vectors are the ROWS, short ones first.

    Examples
    --------
    >>> reduced_null_basis(Matrix([[1, 7, 50]]))
    Matrix([[-7, 1, 0], [-1, -7, 1]])
    """
    field, n = matrix.field, matrix.ncols
    vectors = _integral_null_lattice(to_regular(matrix)[0]).table()
    e = field.degree
    parts = tuple(
        fmpz_mat(len(vectors), n, [x for row in vectors for x in row[power::e]])
        for power in range(e)
    )
    basis = Matrix.from_coefficients(field, parts, 1)
    if e == 1:
        return basis
    # e times too many vectors; the first independent ones, certified by their number.
    transposed = basis.T
    for place in places(field):
        chosen = pivots_modulo(transposed, place)
        if len(chosen) * e == len(vectors):
            return basis[chosen, :]
    raise AssertionError("there are infinitely many places")


def pivots_modulo(matrix: Matrix, place: Place) -> tuple[int, ...]:
    """Return the pivot columns of the image of a matrix in F_p.

    These columns are independent over the field of the matrix as well; if they are as many as its
    rank, all its columns are combinations of them.

    Examples
    --------
    >>> pivots_modulo(Matrix([[0, 2, 4, 1]]), Place(7, (0,)))
    (1,)
    """
    image: nmod_mat = reduce_matrix(matrix.coefficients, place.prime, place.roots[0])
    echelon, rank = image.rref()
    rows = echelon.table()[:rank]
    return tuple(next(j for j, x in enumerate(row) if x) for row in rows)


def _integral_null_lattice(matrix: fmpz_mat) -> fmpz_mat:
    """Return the LLL-reduced basis, as rows, of the integer vectors x with A x = 0."""
    echelon, denominator, rank = matrix.rref()
    rows, n = echelon.table()[:rank], matrix.ncols()
    pivots = [next(j for j, x in enumerate(row) if x) for row in rows]
    bound = set(pivots)
    free = [j for j in range(n) if j not in bound]
    count = len(free)
    if not rows or not free:
        return fmpz_mat(count, n, [int(i == j) for i in free for j in range(n)])
    solved = fmpz_mat(rank, count, [row[j] for row in rows for j in free])
    # The free coordinates y of integral null vectors are those with (solved / denominator) y
    # integral: the dual of the lattice that the rows of solved / denominator and of 1 generate.
    multiples = [denominator if i == j else 0 for i in range(count) for j in range(count)]
    generators = fmpz_mat(rank + count, count, [*solved.entries(), *multiples])
    dual = fmpz_mat(count, count, generators.hnf().entries()[: count * count])
    lattice, _ = (fmpq_mat(dual).inv().transpose() * denominator).numer_denom()
    images = (lattice * solved.transpose()).table()
    vectors = []
    for known, image in zip(lattice.table(), images, strict=True):
        vector = [-image[0]] * n
        for j, x in zip(free, known, strict=True):
            vector[j] = x
        for j, x in zip(pivots, image, strict=True):
            vector[j] = -x // denominator
        vectors.append(vector)
    return fmpz_mat(vectors).lll()

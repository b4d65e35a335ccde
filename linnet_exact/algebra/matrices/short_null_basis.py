"""Null spaces with small bases, out of the lattice of their integral vectors.

The entries of a reduced row echelon form are quotients of minors. The null vectors with integral
coordinates form a lattice, and the short vectors of such a lattice are far smaller: for a generic
m x n matrix by a factor of about n - m in the number of bits.
"""

from flint import fmpq_mat, fmpz, fmpz_mat, nmod_mat

from linnet_exact.algebra.arrays.regular_representation import to_regular
from linnet_exact.algebra.matrices.matrix import Matrix
from linnet_exact.algebra.ranks.residue_maps import Place, places, reduce_matrix
from linnet_exact.interruption import interruptible

__all__ = ["pivots_modulo", "reduced_null_basis"]

SMALLEST_BLOCK = 8


def reduced_null_basis(matrix: Matrix) -> Matrix:
    """Return a basis of {x : A x = 0} with small coordinates in Z + Z a + ... + Z a^(e-1).

    It is made of vectors from LLL-reduced bases of lattices (A. K. Lenstra, H. W. Lenstra and
    L. Lovász, Math. Ann. 261, 1982); over a number field of degree e these have e times the rank.

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
    vectors = _integral_null_vectors(to_regular(matrix)[0]).table()
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
    echelon, rank = interruptible(nmod_mat.rref, image)
    rows = echelon.table()[:rank]
    return tuple(next(j for j, x in enumerate(row) if x) for row in rows)


def _integral_null_vectors(matrix: fmpz_mat) -> fmpz_mat:
    """Return short integer vectors, as rows, that are a basis of {x : A x = 0}.

    The free columns of the echelon form are taken in blocks of about as many as the rank, if that
    is not very small. Such a block gives vectors about as long as the rows of A; a larger one would
    give shorter ones, but the time for a reduction grows with a high power of its dimension.
    """
    echelon, denominator, rank = interruptible(fmpz_mat.rref, matrix)
    rows, n = echelon.table()[:rank], matrix.ncols()
    pivots = [next(j for j, x in enumerate(row) if x) for row in rows]
    bound = set(pivots)
    zero = [j for j in range(n) if not any(row[j] for row in rows)]
    free = [j for j in range(n) if j not in bound.union(zero)]
    vectors = [[fmpz(i == j) for j in range(n)] for i in zero]
    size = max(rank, 1) * -(-SMALLEST_BLOCK // max(rank, 1))
    starts = range(0, max(len(free) - size, 0) + 1, size) if free else ()
    for start, stop in zip(starts, [*starts[1:], len(free)], strict=False):
        block = free[start:stop]
        solved = fmpz_mat(rank, len(block), [row[j] for row in rows for j in block])
        columns = [*block, *pivots]
        for short in interruptible(fmpz_mat.lll, _solution_lattice(solved, denominator)).table():
            vector = [fmpz(0)] * n
            for j, x in zip(columns, short, strict=True):
                vector[j] = x
            vectors.append(vector)
    vectors.sort(key=lambda vector: max(int(abs(x)) for x in vector))
    return fmpz_mat(len(vectors), n, [x for vector in vectors for x in vector])


def _solution_lattice(solved: fmpz_mat, denominator: fmpz) -> fmpz_mat:
    """Return a basis, as rows (y, z), of the integer solutions of z = -solved y / denominator.

    The y with (solved / denominator) y integral are the dual of the lattice that the rows of
    solved / denominator and of the identity generate.
    """
    rank, count = solved.nrows(), solved.ncols()
    multiples = [denominator if i == j else 0 for i in range(count) for j in range(count)]
    generators = fmpz_mat(rank + count, count, [*solved.entries(), *multiples])
    dual = fmpz_mat(
        count, count, interruptible(fmpz_mat.hnf, generators).entries()[: count * count]
    )
    lattice, _ = (fmpq_mat(dual).inv().transpose() * denominator).numer_denom()
    images, _ = (fmpq_mat(lattice * solved.transpose()) / denominator).numer_denom()
    both = zip(lattice.table(), images.table(), strict=True)
    return fmpz_mat([[*y, *(-x for x in z)] for y, z in both])

"""P A Pᵀ = L D Lᵀ for exact symmetric matrices, with pivots of size 1 and 2.

A pivot of size 1 is a diagonal entry that is not 0. When the diagonal of what is left is 0, an
entry b that is not 0 makes the pivot [[0, b], [b, 0]], with one positive and one negative
eigenvalue. By Sylvester's law the signs of the pivots are the inertia.
"""

from dataclasses import dataclass

from linnet_exact.algebra import Matrix
from linnet_exact.landscape.inertia.signs import sign

__all__ = ["LDL", "ldl"]


@dataclass(frozen=True)
class LDL:
    """A factorisation A[order, order] = L D Lᵀ, and what it says about A.

    Attributes
    ----------
    order : tuple of int
        Row i of `lower` belongs to row order[i] of A.
    lower : Matrix
        n × r of rank r = rk A; its first r rows are unit lower triangular, but for the identity
        blocks of pivots of size 2.
    pivots : tuple of Matrix
        The blocks of the block diagonal D, 1 × 1 or 2 × 2.
    """

    order: tuple[int, ...]
    lower: Matrix
    pivots: tuple[Matrix, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers of positive, zero and negative eigenvalues of A."""
        signs = [sign(pivot[0, 0]) for pivot in self.pivots if pivot.nrows == 1]
        pairs = sum(pivot.nrows == 2 for pivot in self.pivots)
        positive, negative = signs.count(1) + pairs, signs.count(-1) + pairs
        return positive, len(self.order) - positive - negative, negative

    def direction(self) -> Matrix | None:
        """Return a column x with xᵀ A x < 0; None if there is none.

        Examples
        --------
        >>> A = Matrix([[1, 2], [2, 1]])
        >>> x = ldl(A).direction()
        >>> x, x.T @ A @ x
        (Matrix([[-2], [1]]), Matrix([[-3]]))
        """
        at = 0
        for pivot in self.pivots:
            if pivot.nrows == 2 or sign(pivot[0, 0]) < 0:
                return self._solved(at, pivot)
            at += pivot.nrows
        return None

    def _solved(self, at: int, pivot: Matrix) -> Matrix:
        """Return x, zero beyond the pivot, with Lᵀ x the unit vector or e_at ∓ e_at+1."""
        size = at + pivot.nrows
        right = [[0] for _ in range(size)]
        right[at] = [1]
        if pivot.nrows == 2:
            right[at + 1] = [-sign(pivot[0, 1])]
        field = self.lower.field
        found = self.lower[:size, :size].T.solve(Matrix(right, field)).rows()
        place = {row: i for i, row in enumerate(self.order)}
        zero = field(0)
        return Matrix(
            [found[place[row]] if place[row] < size else [zero] for row in range(len(self.order))],
            field,
        )

    def check(self, matrix: Matrix) -> bool:
        """Return whether this is a factorisation of the matrix, by multiplication."""
        middle = Matrix.block_diagonal(self.pivots) if self.pivots else Matrix.zero(0, 0)
        product = self.lower @ middle @ self.lower.T
        order = list(self.order)
        return sorted(order) == list(range(matrix.nrows)) and product == matrix[order, order]


def ldl(matrix: Matrix) -> LDL:
    """Return a factorisation of a symmetric matrix over Q or a real number field.

    Examples
    --------
    >>> found = ldl(Matrix([[0, 1], [1, 0]]))
    >>> found.counts, found.check(Matrix([[0, 1], [1, 0]]))
    ((1, 0, 1), True)
    """
    order = list(range(matrix.nrows))
    rest = matrix
    columns: list[Matrix] = []
    pivots: list[Matrix] = []
    while rest.nrows and (chosen := _pivot(rest)) is not None:
        others = [i for i in range(rest.nrows) if i not in chosen]
        pivot = rest[chosen, chosen]
        below = rest[others, chosen] @ pivot.inverse()
        done = len(order) - rest.nrows
        picks = [*range(done), *(done + i for i in [*chosen, *others])]
        order = [order[i] for i in picks]
        columns = [column[picks, :] for column in columns]
        unit = Matrix.identity(len(chosen), matrix.field)
        above = Matrix.zero(done, len(chosen), matrix.field)
        columns.append(Matrix.vstack([above, unit, below]))
        pivots.append(pivot)
        rest = rest[others, others] - below @ rest[chosen, others]
    empty = Matrix.zero(matrix.nrows, 0, matrix.field)
    return LDL(tuple(order), Matrix.hstack([empty, *columns]), tuple(pivots))


def _pivot(rest: Matrix) -> list[int] | None:
    """Return the rows of the next pivot: the shortest diagonal entry, or two rows."""
    tables = [part.table() for part in rest.coefficients]
    size = range(rest.nrows)
    diagonal = [i for i in size if any(table[i][i] for table in tables)]
    if diagonal:
        return [min(diagonal, key=lambda i: sum(int(t[i][i]).bit_length() for t in tables))]
    for i in size:
        for j in range(i + 1, rest.nrows):
            if any(table[i][j] for table in tables):
                return [i, j]
    return None

"""The part of check_certificate.py about numbers with signs, of Q or Q(a), and matrices of them.

Numbers of Q are fractions. An element of Q(a) has its sign under the real embedding of the field:
it is 0 if all its coordinates are; else the sign shows once the root is enclosed closely enough.
"""

from fractions import Fraction

from checker.document import require
from checker.matrices import read_matrix, read_weights


class Element:
    """c_0 + c_1 a + ... + c_{e-1} a^{e-1}."""

    def __init__(self, coordinates, field):
        self.coordinates, self.field = list(coordinates), field

    def lift(self, other):
        if isinstance(other, Element):
            return other
        return Element([Fraction(other), *[Fraction(0)] * (self.field.degree - 1)], self.field)

    def __add__(self, other):
        pairs = zip(self.coordinates, self.lift(other).coordinates, strict=True)
        return Element([x + y for x, y in pairs], self.field)

    def __neg__(self):
        return Element([-x for x in self.coordinates], self.field)

    def __sub__(self, other):
        return self + -self.lift(other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        low = self.field.reduced(self.coordinates, self.lift(other).coordinates)
        return Element(low, self.field)

    def __truediv__(self, other):
        """The z with other z = self: sum of the z_k times other a^k."""
        powers = self.field.powers_of(self.lift(other).coordinates)
        system = [[*row, x] for *row, x in zip(*powers, self.coordinates, strict=True)]
        return Element([row[-1] for row in echelon(system)[0]], self.field)

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def __eq__(self, other):
        return self.coordinates == self.lift(other).coordinates

    __hash__ = None

    def __bool__(self):
        return any(self.coordinates)

    def __gt__(self, other):
        return self.field.sign((self - other).coordinates) > 0

    def __lt__(self, other):
        return self.field.sign((self - other).coordinates) < 0

    def __str__(self):
        return self.field.write(self.coordinates)

    __radd__, __rmul__ = __add__, __mul__


def number_of(coordinates, field):
    return Element(coordinates, field) if field.degree > 1 else coordinates[0]


def numbers_of(matrix, field):
    """The rows of a matrix as it was read."""
    below, parts = matrix
    return [
        [number_of([Fraction(x, below) for x in entry], field) for entry in zip(*row, strict=True)]
        for row in zip(*parts, strict=True)
    ]


def read_number(value, place, field):
    return number_of(field.read(value, place), field)


def read_rows(value, place, field):
    return numbers_of(read_matrix(value, place, field), field)


def read_list(value, place, field):
    return [numbers_of(matrix, field) for matrix in read_weights(value, place, field)]


def times(A, B):
    require(all(len(row) == len(B) for row in A), "matrices do not fit together")
    columns = list(zip(*B, strict=True))
    return [[dot(row, column) for column in columns] for row in A]


def dot(u, v):
    return sum(x * y for x, y in zip(u, v, strict=True) if x and y)


def flip(A):
    return [list(column) for column in zip(*A, strict=True)]


def plus(A, B):
    return [[x + y for x, y in zip(a, b, strict=True)] for a, b in zip(A, B, strict=True)]


def minus(A, B):
    return [[x - y for x, y in zip(a, b, strict=True)] for a, b in zip(A, B, strict=True)]


def is_zero(A):
    return not any(any(row) for row in A)


def trace(A):
    return sum(A[i][i] for i in range(len(A)))


def eye(size):
    return [[Fraction(i == j) for j in range(size)] for i in range(size)]


def echelon(A):
    """Reduced rows without zero rows, and the pivot columns."""
    rows, pivots = [list(row) for row in A], []
    for column in range(len(rows[0]) if rows else 0):
        at = next((i for i in range(len(pivots), len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        top = len(pivots)
        rows[top], rows[at] = rows[at], rows[top]
        rows[top] = [x / rows[top][column] for x in rows[top]]
        for i, row in enumerate(rows):
            if i != top and row[column]:
                rows[i] = [x - row[column] * y for x, y in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return rows[: len(pivots)], pivots


def positive_eigenvalues(A):
    """How many there are of a symmetric matrix, by pivots of size 1 and 2 (Sylvester)."""
    A, count = [list(row) for row in A], 0
    while A:
        size = range(len(A))
        at = next((i for i in size if A[i][i]), None)
        if at is None:
            pair = next(((i, j) for i in size for j in range(i) if A[i][j]), None)
            if pair is None:
                return count
            i, j = pair  # adding row j to row i makes the diagonal entry 2 a_ij
            A[i] = [x + y for x, y in zip(A[i], A[j], strict=True)]
            for row in A:
                row[i] += row[j]
            continue
        pivot = A[at]
        count += pivot[at] > 0
        A = [
            [row[k] - row[at] * pivot[k] / pivot[at] for k in size if k != at]
            for i, row in enumerate(A)
            if i != at
        ]
    return count

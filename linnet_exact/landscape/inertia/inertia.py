"""The inertia of an exact symmetric matrix: how many eigenvalues are positive, zero, negative.

The choice of method is made here and nowhere else. Milliseconds for integer n x n matrices of rank
2n/3 with entries of about 8 bits, over fields of degree e (python-flint 0.9, NumPy 2, one core):

    e, n             1, 16  1, 32  1, 64  1, 96  1, 128  1, 300   2, 8  2, 16  4, 8  4, 16
    sign changes      0.17   0.8    6.7     31     131    3071     5.4     14   3.2     24
    congruence        1.9    3.8     40     84     110     400     1.9     11   3.2      9
    LDLᵀ               11    116   1340      -       -       -     9.3     61    12    113

LDLᵀ is slow but for the smallest sizes; it gives what a certificate needs.
"""

from typing import NamedTuple

from linnet_exact.algebra import Matrix
from linnet_exact.landscape.inertia.congruence import counts_by_congruence
from linnet_exact.landscape.inertia.ldl import ldl
from linnet_exact.landscape.inertia.sign_changes import characteristic_signs, signs_to_counts
from linnet_exact.landscape.inertia.signs import require_symmetric
from linnet_exact.weights.forms import as_matrix

__all__ = ["Inertia", "inertia", "inertia_by_ldl", "inertia_by_sign_changes"]

SMALL = {1: 96, 2: 8, 3: 8}
"""Sizes, by degree of the field (3 for 3 and more), up to which sign changes are quickest."""


class Inertia(NamedTuple):
    """Numbers of positive, zero and negative eigenvalues, counted with multiplicity."""

    positive: int
    zero: int
    negative: int

    @property
    def rank(self) -> int:
        """The number of eigenvalues that are not 0."""
        return self.positive + self.negative


def inertia(matrix: Matrix) -> Inertia:
    """Return the inertia of a symmetric matrix over Q or a real number field, certified.

    Raises
    ------
    ShapeError
        If the matrix is not square.
    InputError
        If it is not symmetric, or its field has no real embedding.

    Examples
    --------
    >>> inertia(Matrix([[1, 2], [2, 1]]))
    Inertia(positive=1, zero=0, negative=1)
    """
    matrix = as_matrix(matrix, "matrix")
    require_symmetric(matrix)
    if matrix.nrows > SMALL[min(matrix.field.degree, 3)]:
        counts = counts_by_congruence(matrix)
        if counts is not None:
            return Inertia(*counts)
    return inertia_by_sign_changes(matrix)


def inertia_by_sign_changes(matrix: Matrix) -> Inertia:
    """Return the inertia by Descartes' rule on the characteristic polynomial.

    Examples
    --------
    >>> inertia_by_sign_changes(Matrix([[1, 2], [2, 4]]))
    Inertia(positive=1, zero=1, negative=0)
    """
    require_symmetric(matrix)
    return Inertia(*signs_to_counts(characteristic_signs(matrix)))


def inertia_by_ldl(matrix: Matrix) -> Inertia:
    """Return the inertia by the signs of the pivots of L D Lᵀ.

    Examples
    --------
    >>> inertia_by_ldl(Matrix([[0, 2], [2, 0]]))
    Inertia(positive=1, zero=0, negative=1)
    """
    require_symmetric(matrix)
    return Inertia(*ldl(matrix).counts)

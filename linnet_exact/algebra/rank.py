"""Certified ranks."""

from typing import TYPE_CHECKING

from linnet_exact.algebra.regular import to_regular

if TYPE_CHECKING:
    from linnet_exact.algebra.matrix import Matrix

__all__ = ["rank"]


def rank(matrix: "Matrix") -> int:
    """Return the rank of a matrix, by exact fraction-free elimination.

    Examples
    --------
    >>> from linnet_exact.algebra.matrix import Matrix
    >>> rank(Matrix([[1, 2], [2, 4]])), rank(Matrix([], shape=(0, 3)))
    (1, 0)
    """
    regular, _ = to_regular(matrix)
    return regular.rank() // matrix.field.degree

"""Exact weights from numerical flags: flags with entries on a grid, and matrices that respect them.

A flag has a basis F of the form (permutation of rows) × (block lower triangular, identity blocks on
the diagonal). Rounding the blocks below the diagonal to multiples of 1/D gives an exact flag
nearby, and F^{-1} has small denominators too. Any matrix U with the right blocks of zeros then
gives exact weights F_j U_j F_{j−1}^{-1} that respect the flags, whatever its other entries are
rounded to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from linnet_exact.algebra import Matrix
from linnet_exact.numeric.flags import Flag, projected

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

__all__ = ["exact_weights_on_flags"]


@dataclass(frozen=True)
class _RationalFlag:
    """An exact basis F of a flag, its inverse, which columns each step has, and F as floats."""

    basis: Matrix
    inverse: Matrix
    columns: Mapping[int, slice]
    approximate: "Array"

    def orthonormal(self) -> Flag:
        """Return an orthonormal basis of each step."""
        import numpy as np

        vectors = np.linalg.qr(self.approximate)[0]
        return {e: vectors[:, columns] for e, columns in self.columns.items()}


def exact_weights_on_flags(
    matrices: Sequence["Array"],
    flags: Sequence[Flag],
    denominator: int,
    steps: Sequence[float],
    raised: float = 0.0,
) -> list[Matrix]:
    """Return exact matrices close to the given ones that respect flags close to the given ones.

    Parameters
    ----------
    denominator : int
        D, a power of two: the bases of the flags are rounded to multiples of 1/D.
    steps : sequence of float
        For each matrix a power of two; its coordinates in these bases are rounded to multiples.
    raised : float
        Singular values with which strands are passed on are raised to so many steps, so that no
        strand ends early.

    Examples
    --------
    >>> import numpy as np
    >>> flag = {0: np.array([[0.6], [-0.8]]), 1: np.array([[0.8], [0.6]])}
    >>> flags = [flag, {1: np.eye(1)}]
    >>> exact_weights_on_flags([np.array([[4.1, 3.0]])], flags, 4, [0.25])
    [Matrix([[4, 3]])]
    """
    import numpy as np

    rational = [_rational_flag(flag, denominator) for flag in flags]
    found = []
    for matrix, step, (before, after) in zip(matrices, steps, pairwise(rational), strict=True):
        near = projected(matrix, before.orthonormal(), after.orthonormal())
        inside = _coordinates(near, before, after, raised * step)
        grid = Matrix(np.rint(inside / step) * step)  # exact, for powers of two
        found.append(after.basis @ grid @ before.inverse)
    return found


def _rational_flag(flag: Flag, denominator: int) -> _RationalFlag:
    import numpy as np

    width = sum(basis.shape[1] for basis in flag.values())
    rest = list(range(width))
    blocks: list[tuple[list[int], Array]] = []  # pivot rows; columns, identity in these rows
    columns, start = {}, 0
    for e, vectors in flag.items():
        remainder = vectors.copy()
        for rows, known in blocks:
            remainder -= known @ remainder[rows]
        pivots = _pivot_rows(remainder, rest)
        rest = [row for row in rest if row not in set(pivots)]
        block = np.zeros_like(remainder)
        block[pivots] = np.eye(len(pivots))
        if rest and pivots:
            solved = np.linalg.solve(remainder[pivots].T, remainder[rest].T).T
            block[rest] = np.rint(solved * denominator) / denominator
        blocks.append((pivots, block))
        columns[e] = slice(start, start + len(pivots))
        start += len(pivots)
    approximate = np.hstack([block for _, block in blocks])
    order = [row for rows, _ in blocks for row in rows]
    permutation = Matrix(np.eye(width, dtype=int)[:, order])
    # The triangular matrix is the product, in order, of the matrices with one block column each.
    one = Matrix.identity(width)
    basis, inverse = permutation, permutation.T
    for part in columns.values():
        column = np.zeros((width, width))
        column[:, part] = approximate[order][:, part] - np.eye(width)[:, part]
        factor = Matrix(column)  # whose square is 0
        basis, inverse = basis @ (one + factor), (one - factor) @ inverse
    return _RationalFlag(basis, inverse, columns, approximate)


def _pivot_rows(vectors: "Array", rows: Sequence[int]) -> list[int]:
    """Choose rows, one for each column, by Gaussian elimination with complete pivoting."""
    import numpy as np

    left, chosen = vectors.copy(), []
    allowed = np.full(len(left), 0.0)
    allowed[list(rows)] = 1.0
    for _ in range(vectors.shape[1]):
        row, column = np.unravel_index(np.argmax(abs(left) * allowed[:, None]), left.shape)
        chosen.append(int(row))
        allowed[row] = 0.0
        left = left - np.outer(left[:, column] / left[row, column], left[row])
        left[:, column] = 0.0
    return chosen


def _coordinates(
    matrix: "Array", before: _RationalFlag, after: _RationalFlag, least: float
) -> "Array":
    """Return a matrix in the bases of two flags, zero where it must be."""
    import numpy as np

    inside = np.linalg.solve(after.approximate, matrix @ before.approximate)
    kept = np.zeros_like(inside)
    for e, columns in before.columns.items():
        for f, rows in after.columns.items():
            if f <= e:
                block = inside[rows, columns]
                kept[rows, columns] = _raised(block, least) if f == e else block
    return kept


def _raised(block: "Array", least: float) -> "Array":
    """Raise the singular values that are below a bound."""
    import numpy as np

    if 0 in block.shape:
        return block
    left, values, right = np.linalg.svd(block, full_matrices=False)
    if values[-1] >= least:
        return block
    raised: Array = left * np.maximum(values, least) @ right
    return raised

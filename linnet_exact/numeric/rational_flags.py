"""Exact weights from numerical flags: flags with entries on a grid, and matrices that respect them.

A flag has a basis F of the form (permutation of rows) × (block lower triangular, identity blocks on
the diagonal). Rounding the blocks below the diagonal to multiples of 1/D gives an exact flag
nearby, and F^{-1} has small denominators too. Any matrix U with the right blocks of zeros then
gives exact weights F_j U_j F_{j−1}^{-1} that respect the flags, whatever its other entries are
rounded to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from linnet_exact.algebra import Matrix
from linnet_exact.arrays import Array
from linnet_exact.numeric.flags import Flag, projected
from linnet_exact.numeric.scaled_floats import ScaledFloats

__all__ = ["FlagCoordinates", "flag_coordinates"]

_DEEPEST = 900
"""Grids are no finer than 2^-900 of a matrix: floats must hold the coordinates in these units."""


@dataclass(frozen=True)
class _RationalFlag:
    """An exact basis F of a flag, its inverse, which columns each step has, and F as floats."""

    basis: Matrix
    inverse: Matrix
    columns: Mapping[int, slice]
    approximate: Array

    def orthonormal(self) -> Flag:
        """Return an orthonormal basis of each step."""
        vectors = np.linalg.qr(self.approximate)[0]
        return {e: vectors[:, columns] for e, columns in self.columns.items()}


@dataclass(frozen=True)
class FlagCoordinates:
    """Matrices that respect exact flags, by their coordinates U_j in the bases of the flags.

    The coordinates are floats, zero where they must be; they are to be rounded.
    """

    flags: Sequence[_RationalFlag]
    coordinates: Sequence[ScaledFloats]

    def rounded(self, steps: Sequence[int], raised: float = 0.0) -> list[Matrix]:
        """Return exact matrices F_j U_j F_{j−1}^{-1} that respect the flags.

        Parameters
        ----------
        steps : sequence of int
            The coordinates in W_j are rounded to multiples of 2^steps[j].
        raised : float
            Singular values with which strands are passed on are raised to so many steps, so that no
            strand ends early.
        """
        found = []
        for part, step, (before, after) in zip(
            self.coordinates, steps, pairwise(self.flags), strict=True
        ):
            top = max(part.exponent, step)
            inside = np.ldexp(part.array, max(part.exponent - top, -2 * _DEEPEST))
            fine = max(step - top, -_DEEPEST)
            if raised:
                _raise_strands(inside, before, after, float(np.ldexp(raised, fine)))
            grid = Matrix(np.rint(np.ldexp(inside, -fine)))
            scale = Fraction(2) ** (fine + top)
            found.append(after.basis @ (grid * scale) @ before.inverse)
        return found


def flag_coordinates(
    matrices: Sequence[ScaledFloats], flags: Sequence[Flag], denominator: int
) -> FlagCoordinates:
    """Return the nearest matrices that respect exact flags close to the given ones.

    Parameters
    ----------
    denominator : int
        D, a power of two: the bases of the flags are rounded to multiples of 1/D.

    Examples
    --------
    >>> flag = {0: np.array([[0.6], [-0.8]]), 1: np.array([[0.8], [0.6]])}
    >>> matrix = ScaledFloats(np.array([[4.1, 3.0]]), 0)
    >>> flag_coordinates([matrix], [flag, {1: np.eye(1)}], 4).rounded([-2])
    [Matrix([[4, 3]])]
    """
    rational = [_rational_flag(flag, denominator) for flag in flags]
    coordinates = []
    for matrix, (before, after) in zip(matrices, pairwise(rational), strict=True):
        near = projected(matrix.array, before.orthonormal(), after.orthonormal())
        coordinates.append(ScaledFloats(_coordinates(near, before, after), matrix.exponent))
    return FlagCoordinates(rational, coordinates)


def _rational_flag(flag: Flag, denominator: int) -> _RationalFlag:
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


def _pivot_rows(vectors: Array, rows: Sequence[int]) -> list[int]:
    """Choose rows, one for each column, by Gaussian elimination with complete pivoting."""
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


def _coordinates(matrix: Array, before: _RationalFlag, after: _RationalFlag) -> Array:
    """Return a matrix in the bases of two flags, zero where it must be."""
    inside = np.linalg.solve(after.approximate, matrix @ before.approximate)
    kept = np.zeros_like(inside)
    for e, columns in before.columns.items():
        for f, rows in after.columns.items():
            if f <= e:
                kept[rows, columns] = inside[rows, columns]
    return kept


def _raise_strands(
    inside: Array, before: _RationalFlag, after: _RationalFlag, least: float
) -> None:
    """Raise, in the blocks that pass strands on, the singular values that are below a bound."""
    for e, columns in before.columns.items():
        rows = after.columns.get(e, slice(0, 0))
        block = inside[rows, columns]
        if block.size:
            left, values, right = np.linalg.svd(block, full_matrices=False)
            if values[-1] < least:
                inside[rows, columns] = left * np.maximum(values, least) @ right

"""Joining matrices side by side, one above the other, corner to corner, or in a grid."""

from collections.abc import Sequence
from itertools import chain
from math import lcm
from typing import TYPE_CHECKING, TypeVar

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.fields.field import common_field
from linnet_exact.errors import ShapeError

if TYPE_CHECKING:
    from linnet_exact.algebra.arrays.array import ExactArray

__all__ = ["join", "join_diagonally", "join_grid"]

Block = TypeVar("Block", bound="ExactArray")


def join(blocks: Sequence[Block], side_by_side: bool) -> Block:
    """Return one matrix made of blocks that lie side by side, or one above the other.

    Raises
    ------
    ShapeError
        If there is no block, or their heights (or widths) differ.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> join([Matrix([[1], [2]]), Matrix([[3], [4]])], side_by_side=True)
    Matrix([[1, 3], [2, 4]])
    """
    if len({block.nrows if side_by_side else block.ncols for block in blocks}) != 1:
        how = "side by side" if side_by_side else "one above the other"
        shapes = ", ".join(f"{block.nrows}x{block.ncols}" for block in blocks)
        raise ShapeError(f"cannot join matrices {how}: {shapes or 'none is given'}")
    return _joined([list(blocks)] if side_by_side else [[block] for block in blocks])


def join_diagonally(blocks: Sequence[Block]) -> Block:
    """Return one matrix with blocks, at least one, down its diagonal and zeros elsewhere.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> join_diagonally([Matrix([[1, 2]]), Matrix([[3]])])
    Matrix([[1, 2, 0], [0, 0, 3]])
    """
    width, left = sum(block.ncols for block in blocks), 0
    bands = []
    for block in blocks:
        before = block.zero(block.nrows, left)
        left += block.ncols
        bands.append(join([before, block, block.zero(block.nrows, width - left)], True))
    return join(bands, side_by_side=False)


def join_grid(grid: Sequence[Sequence[Block]]) -> Block:
    """Return one matrix made of rows of blocks.

    Raises
    ------
    ShapeError
        If there is no block, if heights differ within a row of blocks, or widths between them.

    Examples
    --------
    >>> from linnet_exact.algebra.matrices.matrix import Matrix
    >>> join_grid([[Matrix([[1]]), Matrix([[2]])], [Matrix([[3]]), Matrix([[4]])]])
    Matrix([[1, 2], [3, 4]])
    """
    widths = {tuple(block.ncols for block in row) for row in grid}
    if len(widths) != 1 or () in widths or any(len({b.nrows for b in row}) > 1 for row in grid):
        shapes = "; ".join(", ".join(f"{b.nrows}x{b.ncols}" for b in row) for row in grid)
        raise ShapeError(f"cannot join matrices to a grid: {shapes or 'none is given'}")
    return _joined(grid)


def _joined(grid: Sequence[Sequence[Block]]) -> Block:
    blocks = list(chain.from_iterable(grid))
    field = common_field([block.field for block in blocks])
    lifted = [[block.change_field(field) for block in row] for row in grid]
    denominator = fmpz(lcm(*(int(block.denominator) for row in lifted for block in row)))
    shape = sum(row[0].nrows for row in lifted), sum(block.ncols for block in lifted[0])
    parts = []
    for power in range(field.degree):
        flat: list[int | fmpz] = []
        for row in lifted:
            scaled = [
                block.coefficients[power]
                if block.denominator == denominator
                else block.coefficients[power] * (denominator // block.denominator)
                for block in row
            ]
            if len(scaled) == 1:
                flat += scaled[0].entries()
                continue
            tables = (
                [[0] * part.ncols()] * part.nrows() if part.is_zero() else part.table()
                for part in scaled
            )
            flat.extend(chain.from_iterable(chain.from_iterable(zip(*tables, strict=True))))
        parts.append(fmpz_mat(*shape, flat))
    return lifted[0][0].from_coefficients(field, tuple(parts), denominator)

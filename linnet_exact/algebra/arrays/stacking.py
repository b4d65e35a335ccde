"""Joining matrices side by side, one above the other, or corner to corner."""

from collections.abc import Iterable, Sequence
from itertools import chain
from math import lcm
from typing import TYPE_CHECKING, TypeVar

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.fields.field import common_field
from linnet_exact.errors import ShapeError

if TYPE_CHECKING:
    from linnet_exact.algebra.arrays.array import ExactArray

__all__ = ["join", "join_diagonally"]

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
    field = common_field([block.field for block in blocks])
    lifted = [block.change_field(field) for block in blocks]
    denominator = fmpz(lcm(*(int(block.denominator) for block in lifted)))
    if side_by_side:
        shape = lifted[0].nrows, sum(block.ncols for block in lifted)
    else:
        shape = sum(block.nrows for block in lifted), lifted[0].ncols
    parts = []
    for power in range(field.degree):
        scaled = [
            block.coefficients[power]
            if block.denominator == denominator
            else block.coefficients[power] * (denominator // block.denominator)
            for block in lifted
        ]
        lists: Iterable[list[fmpz]]
        if side_by_side:
            tables = (matrix.table() for matrix in scaled)
            lists = chain.from_iterable(zip(*tables, strict=True))
        else:
            lists = (matrix.entries() for matrix in scaled)
        parts.append(fmpz_mat(*shape, list(chain.from_iterable(lists))))
    return lifted[0].from_coefficients(field, tuple(parts), denominator)


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

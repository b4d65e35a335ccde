"""Joining matrices side by side, or one above the other."""

from collections.abc import Sequence
from math import lcm
from typing import TYPE_CHECKING, TypeVar

from flint import fmpz, fmpz_mat

from linnet_exact.algebra.fields.field import common_field
from linnet_exact.errors import ShapeError

if TYPE_CHECKING:
    from linnet_exact.algebra.arrays.array import ExactArray

__all__ = ["join"]

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
        scaled = (
            block.coefficients[power] * (denominator // block.denominator) for block in lifted
        )
        if side_by_side:
            tables = (matrix.table() for matrix in scaled)
            flat = [x for rows in zip(*tables, strict=True) for row in rows for x in row]
        else:
            flat = [x for matrix in scaled for x in matrix.entries()]
        parts.append(fmpz_mat(*shape, flat))
    return lifted[0].from_coefficients(field, tuple(parts), denominator)

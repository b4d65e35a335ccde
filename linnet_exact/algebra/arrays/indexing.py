"""Rows and columns of a matrix, as they are named in ``M[i, j]``."""

import operator
from collections.abc import Sequence
from numbers import Integral
from typing import TypeAlias

from linnet_exact.errors import InputError

__all__ = ["Index", "positions"]

Index: TypeAlias = slice | Sequence[int]


def positions(at: int | Index, size: int, axis: str) -> list[int]:
    """Return the rows or columns, counted from 0, that an index means.

    Raises
    ------
    InputError
        If the index has another type, or a row or column lies outside the matrix.

    Examples
    --------
    >>> positions(-1, 3, "row"), positions(slice(1, None), 3, "row"), positions([2, 0], 3, "row")
    ([2], [1, 2], [2, 0])
    """
    if isinstance(at, slice):
        return list(range(size)[at])
    several = [at] if isinstance(at, int | Integral) else at  # NumPy's integers are no `int`
    try:
        wanted = [operator.index(i) for i in several]
    except TypeError:
        raise InputError(
            f"a {axis} index must be an integer, a slice or a list of integers, "
            f"not {type(at).__name__}"
        ) from None
    for position in wanted:
        if not -size <= position < size:
            raise InputError(f"there is no {axis} {position} in a matrix with {size} {axis}s")
    return [position % size for position in wanted]

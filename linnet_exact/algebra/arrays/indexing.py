"""Rows and columns of a matrix, as they are named in ``M[i, j]``."""

import operator
from collections.abc import Sequence
from numbers import Integral
from typing import Any, TypeAlias

from linnet_exact.arguments import shown
from linnet_exact.errors import InputError, OutOfRangeError

__all__ = ["Index", "positions"]

Index: TypeAlias = slice | Sequence[int] | Sequence[bool]


def positions(at: int | Index, size: int, axis: str) -> list[int]:
    """Return the rows or columns, counted from 0, that an index means.

    Raises
    ------
    OutOfRangeError
        If a row or column lies outside the matrix.
    InputError
        If the index has another type, or a mask (a list of
        booleans, True for what is taken) does not have one entry for each.

    Examples
    --------
    >>> positions(-1, 3, "row"), positions(slice(1, None), 3, "row"), positions([2, 0], 3, "row")
    ([2], [1, 2], [2, 0])
    >>> positions([False, True, True], 3, "row")
    [1, 2]
    """
    if isinstance(at, slice):
        return list(_sliced(at, size, axis))
    if isinstance(at, str | bytes | dict | set):
        raise _wrong_type(at, axis)
    if _is_bool(at):
        raise InputError(
            f"a {axis} index must be an integer, not {at}; masks are lists of booleans"
        )
    if not isinstance(at, int | Integral) and any(map(_is_bool, _entries(at, axis))):
        return _masked(list(at), size, axis)
    several = [at] if isinstance(at, int | Integral) else at  # NumPy's integers are no `int`
    try:
        wanted = [operator.index(i) for i in several]
    except TypeError:
        raise _wrong_type(at, axis) from None
    for position in wanted:
        if not -size <= position < size:
            raise OutOfRangeError(f"there is no {axis} {position} in a matrix with {size} {axis}s")
    return [position % size for position in wanted]


def _sliced(at: slice, size: int, axis: str) -> range:
    if any(map(_is_bool, (at.start, at.stop, at.step))):
        raise InputError(f"a slice of {axis}s has integers, not booleans")
    try:
        return range(size)[at]
    except (TypeError, ValueError):
        raise InputError(
            f"a slice of {axis}s has integers, and a step that is not 0; not {shown(at)}"
        ) from None


def _masked(mask: list[Any], size: int, axis: str) -> list[int]:
    if not all(map(_is_bool, mask)):
        raise InputError(f"a {axis} index must not mix integers and booleans")
    if len(mask) != size:
        raise InputError(f"a mask must have {size} booleans, one for each {axis}, not {len(mask)}")
    return [position for position, taken in enumerate(mask) if taken]


def _entries(at: Any, axis: str) -> list[Any]:
    try:
        return list(at)
    except TypeError:
        raise _wrong_type(at, axis) from None


def _is_bool(value: object) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")  # NumPy's too


def _wrong_type(at: object, axis: str) -> InputError:
    return InputError(
        f"a {axis} index must be an integer, a slice or a list of integers, not {type(at).__name__}"
    )

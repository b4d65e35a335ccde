"""A part of an array that lies in a file, with little more read than the part."""

from itertools import product
from math import prod
from typing import IO, TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.tensors import Index

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["MAX_ENTRIES", "columns_first", "length_of", "part_of_file"]

MAX_ENTRIES = 2**24
"""Largest number of entries that are read of one tensor."""

_RUN = 2**16
"""So many bytes are read at once even if few of them are asked for: seeking takes longer."""


def part_of_file(
    stream: IO[bytes],
    offset: int,
    dtype: str,
    shape: tuple[int, ...],
    index: Index,
    strides: tuple[int, ...] | None = None,
) -> "Array":
    """Return a part of an array in a file.

    Parameters
    ----------
    stream : binary file
        Open for reading at any place.
    offset : int
        Where the array begins in it.
    dtype : str
        A NumPy type.
    shape : tuple of int
    index : tuple of int and slice
        As NumPy takes it, with no bound outside the array.
    strides : tuple of int, optional
        How many entries further the next one along each axis lies, none negative; without it the
        array lies by rows, its last index running fastest.

    Raises
    ------
    FileError
        If the part is too large or the file ends before it; the message lacks the file's name.

    Examples
    --------
    >>> from io import BytesIO
    >>> import numpy as np
    >>> array = np.arange(12, dtype="<i2").reshape(3, 4)
    >>> part_of_file(BytesIO(b"head" + array.tobytes()), 4, "<i2", (3, 4), (slice(1, None), -1))
    array([ 7, 11], dtype=int16)
    """
    import numpy as np

    axes = [range(size) for size in shape]
    for at, taken in enumerate(index):
        axes[at] = axes[at][taken] if isinstance(taken, slice) else axes[at][taken:][:1]
    kept = tuple(
        0 if at < len(index) and isinstance(index[at], int) else slice(None)
        for at in range(len(axes))
    )
    lengths = list(map(length_of, axes))
    entries = prod(max(length, 1) for length in lengths)  # no axis is long without entries either
    if entries > MAX_ENTRIES:
        raise FileError(f"{entries} entries are more than {MAX_ENTRIES}; take a slice of it")
    steps = _by_rows(shape) if strides is None else strides
    # The axis along which entries lie closest together comes last, so that it is read at once.
    order = sorted(range(len(axes)), key=lambda at: -steps[at])
    part = np.empty([lengths[at] for at in order], dtype)
    if part.size:
        strides = tuple(steps[at] * part.itemsize for at in order)
        _fill(part, stream, offset, [axes[at] for at in order], strides)
    return part.transpose([order.index(at) for at in range(len(axes))])[kept]


def length_of(axis: range) -> int:
    """Return the length of a range, which `len` does not tell of one that no memory could hold.

    Examples
    --------
    >>> length_of(range(0, 2**64, 2)), length_of(range(3, 0))
    (9223372036854775808, 0)
    """
    return (axis[-1] - axis[0]) // axis.step + 1 if axis else 0


def columns_first(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the strides of an array that lies with its first index running fastest.

    Examples
    --------
    >>> columns_first((3, 4, 5))
    (1, 3, 12)
    """
    return _by_rows(shape[::-1])[::-1]


def _by_rows(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(prod(shape[at + 1 :]) for at in range(len(shape)))


def _fill(
    part: "Array", stream: IO[bytes], offset: int, axes: list[range], strides: tuple[int, ...]
) -> None:
    """Read the entries at the places `axes` of an array whose axes take `strides` bytes a step."""
    import numpy as np

    itemsize = part.dtype.itemsize
    first = sum(min(axis) * stride for axis, stride in zip(axes, strides, strict=True))
    # The last axes, as many as lie close together, are read at once: from the first byte to the
    # last of what is taken of them.
    split, run = len(axes), itemsize
    while split:
        longer = run + (max(axes[split - 1]) - min(axes[split - 1])) * strides[split - 1]
        if longer > max(_RUN, 2 * itemsize * prod(part.shape[split - 1 :])):
            break
        split, run = split - 1, longer
    steps = [axis.step * stride for axis, stride in zip(axes, strides, strict=True)][split:]
    starts = zip(axes[split:], strides[split:], strict=True)
    inside = sum((axis[0] - min(axis)) * stride for axis, stride in starts)
    for place in product(*(range(len(axis)) for axis in axes[:split])):
        at = sum(
            (axis[k] - min(axis)) * stride
            for axis, stride, k in zip(axes, strides, place, strict=False)
        )
        stream.seek(offset + first + at)
        data = stream.read(run)
        if len(data) < run:
            raise FileError("the file is cut short: it ends before the entries asked for")
        part[place] = np.ndarray(part.shape[split:], part.dtype, data, inside, steps)

"""What every file of named arrays offers: a list of its tensors, and the part of one asked for."""

import mmap
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeAlias

from linnet_exact.errors import FileError

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

__all__ = ["MAX_ENTRIES", "Index", "Tensor", "TensorFile", "copied", "laid_out", "mapped_part"]

MAX_ENTRIES = 2**24
"""Largest number of entries that are read of one tensor."""

Index: TypeAlias = tuple[int | slice, ...]


@dataclass(frozen=True)
class Tensor:
    """What a file says about one of its arrays.

    Attributes
    ----------
    name : str
    dtype : str
        The type of the entries as the file calls it: ``"BF16"`` or ``"float32"``.
    shape : tuple of int
    """

    name: str
    dtype: str
    shape: tuple[int, ...]

    def to_jsonable(self) -> dict[str, Any]:
        """Return a row of the list that ``--list`` prints."""
        return {"name": self.name, "shape": list(self.shape), "dtype": self.dtype}


class TensorFile(Protocol):
    """A file of named arrays that is read one part of an array at a time."""

    @property
    def path(self) -> Path:
        """The file, for messages."""

    @property
    def tensors(self) -> Mapping[str, Tensor]:
        """The arrays by name, in the order in which they are layers when none is chosen."""

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of an array, as integers or floats that NumPy has; it is a copy.

        Raises
        ------
        FileError
            If the entries are not real numbers, there are more than `MAX_ENTRIES` of them, or the
            file is damaged.
        """


def mapped_part(
    stream: IO[bytes],
    offset: int,
    dtype: str,
    shape: tuple[int, ...],
    index: Index,
    by_columns: bool = False,
) -> "Array":
    """Return a part of an array that lies in a file; only the pages that hold it are read.

    Parameters
    ----------
    dtype : str
        A NumPy type.
    by_columns : bool
        Whether the array lies in the file with its first index running fastest.

    Raises
    ------
    FileError
        If the part is too large; the message lacks the name of the file.
    """
    if 0 in shape:  # an empty file cannot be mapped
        return laid_out(shape, dtype, b"", 0, by_columns)[index]
    with closing(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)) as memory:
        return copied(laid_out(shape, dtype, memory, offset, by_columns)[index])


def laid_out(
    shape: tuple[int, ...],
    dtype: str,
    memory: "bytes | mmap.mmap",
    offset: int,
    by_columns: bool,
) -> "Array":
    """Return the array whose entries lie in `memory` from `offset` on; nothing is copied."""
    import numpy as np

    return np.ndarray(shape, dtype, memory, offset, order="F" if by_columns else "C")


def copied(part: "Array") -> "Array":
    """Return a copy of a selection after checking its size.

    Raises
    ------
    FileError
        If it is too large; the message lacks the name of the file.
    """
    if part.size > MAX_ENTRIES:
        raise FileError(f"{part.size} entries are more than {MAX_ENTRIES}; take a slice of it")
    return part.copy()

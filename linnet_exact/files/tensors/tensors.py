"""What every file of named arrays offers: a list of its tensors, and the part of one asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from linnet_exact.arrays import Array

__all__ = ["Index", "Tensor", "TensorFile", "natural_order"]

Index: TypeAlias = tuple[int | slice, ...]


@dataclass(frozen=True)
class Tensor:
    """What a file says about one of its arrays.

    Attributes
    ----------
    name : str
    dtype : str
        The type of the entries as the file calls it: ``"BF16"`` or ``"float32"``; empty if the
        file does not say.
    shape : tuple of int
    note : str
        Why it cannot be read, in words that begin with what it is; empty if it can.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    note: str = ""

    def to_jsonable(self) -> dict[str, Any]:
        """Return a row of the list that ``--list`` prints."""
        shape = list(self.shape) if self.dtype else None
        note = self.note or None
        return {"name": self.name, "shape": shape, "dtype": self.dtype or None, "note": note}


class TensorFile(Protocol):
    """A file of named arrays that is read one part of an array at a time."""

    @property
    def path(self) -> Path:
        """The file, for messages."""

    @property
    def tensors(self) -> Mapping[str, Tensor]:
        """The arrays by name, in the order in which they are layers when none is chosen.

        One that cannot be read is there with a note, and is no hindrance to the others.
        """

    def read(self, name: str, index: Index) -> Array:
        """Return a part of an array, as integers or floats that NumPy has; it is a copy.

        Raises
        ------
        FileError
            If the entries are not real numbers, there are more than `MAX_ENTRIES` of them, or the
            file is damaged.
        """


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts layer 2 before layer 10.

    Examples
    --------
    >>> sorted(["w10", "w2", "v"], key=natural_order)
    ['v', 'w2', 'w10']
    """
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+|[0-9])", name, re.ASCII)
    return [(0, int(digits), "") if digits else (1, 0, other) for digits, other in parts]

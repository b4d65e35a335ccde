"""What the readers of single files share: how a part is asked for, and errors that say where."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar

from linnet_exact.errors import FileError, printable
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["SingleFile", "errors_placed"]


@dataclass(frozen=True)
class SingleFile(ABC):
    """A file of named arrays whose headers have been read; a format adds where their entries are.

    Attributes
    ----------
    source : Source
    tensors : mapping
        As `TensorFile` has them.
    """

    source: Source
    tensors: Mapping[str, Tensor]

    called: ClassVar[str] = "tensor"
    """What the format calls one of its arrays."""

    @property
    def path(self) -> Path:
        """The file, for messages."""
        return self.source.path

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of a tensor; see `TensorFile.read`."""
        with errors_placed(self.path, f"{self.called} {name}: "), self.source.open() as file:
            return self._part(file, name, index)

    @abstractmethod
    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        """Return a part of a tensor out of the opened file."""


@contextmanager
def errors_placed(path: Path, where: str = "") -> Iterator[None]:
    """Begin every `FileError`, and every error of the operating system, with the file and a place.

    Examples
    --------
    >>> with errors_placed(Path("x"), "tensor w: "):
    ...     raise FileError("it is cut short")
    Traceback (most recent call last):
    ...
    linnet_exact.errors.FileError: x: tensor w: it is cut short
    """
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {where}{error.strerror or error}") from None
    except FileError as error:
        told = str(error).removeprefix(printable(f"{path}: "))
        raise FileError(f"{path}: {where}{told}") from None

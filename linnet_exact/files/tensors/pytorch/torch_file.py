"""`.pt`, `.pth` and `.bin` files of PyTorch: state dictionaries, nested or not, and tensors."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import SEEK_END
from math import prod
from typing import IO, TYPE_CHECKING, Any

from linnet_exact.errors import FileError
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.archives import whole
from linnet_exact.files.tensors.entries import STORED, itemsize, real_numbers
from linnet_exact.files.tensors.parts import part_of_file
from linnet_exact.files.tensors.pytorch.pickles import RefusedName
from linnet_exact.files.tensors.pytorch.places import Content, read_archive, read_stream
from linnet_exact.files.tensors.pytorch.rebuilding import StoredTensor
from linnet_exact.files.tensors.single_file import SingleFile, errors_placed
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["TorchFile"]

_MAX_DEPTH = 32
_MAX_VALUES = 2**20
_MAX_REPEATED = 2**20
"""Most bytes of a tensor that are not all in the file, because some stand for several entries."""
_ADVICE = (
    "only tensors are read, and nothing is run; in PyTorch, torch.save(model.state_dict(), FILE) "
    "writes them alone"
)


@dataclass(frozen=True)
class TorchFile(SingleFile):
    """A file that `torch.save` wrote, whose pickle has been read and checked.

    The tensors are named as in ``state_dict()``; in dictionaries of dictionaries, the names are
    joined by dots. They come in the order of the file.

    Raises
    ------
    FileError
        From `open_archive` and `open_stream`, if the file is not in the format, is damaged, or
        holds what only running code could rebuild.
    """

    stored: Mapping[str, StoredTensor]
    content: Content

    @classmethod
    def open_archive(cls, source: Source) -> "TorchFile":
        """Read the pickle of a zip archive, as PyTorch writes since version 1.6."""
        return cls._opened(source, lambda file, _: read_archive(file))

    @classmethod
    def open_stream(cls, source: Source) -> "TorchFile":
        """Read the pickles of a file in the older format."""
        return cls._opened(source, read_stream)

    @classmethod
    def _opened(cls, source: Source, read: Callable[[IO[bytes], int], Content]) -> "TorchFile":
        tensors: dict[str, Tensor] = {}
        stored: dict[str, StoredTensor] = {}
        with errors_placed(source.path), whole("PyTorch file"), source.open() as file:
            size = file.seek(0, SEEK_END)
            file.seek(0)
            try:
                content = read(file, size)
            except RefusedName as error:
                raise FileError(f"{error}: {_ADVICE}") from None
            for name, tensor in _flattened(content.value, source.path.stem):
                note = _note(name, tensor, content)
                if name in tensors:
                    note = f"it has two tensors with the name {name}"
                tensors[name] = Tensor(name, tensor.kind, tensor.shape, note)
                stored[name] = tensor
        return cls(source, tensors, stored, content)

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        tensor = self.stored[name]
        dtype = STORED[tensor.kind].replace("<", ">" if self.content.big_endian else "<")
        place = self.content.places[tensor.storage.key]
        with whole("PyTorch file"), place.open(file) as (stream, start):
            at = start + tensor.offset * itemsize(tensor.kind)
            part = part_of_file(stream, at, dtype, tensor.shape, index, tensor.strides)
        return real_numbers(part, tensor.kind)


def _flattened(value: Any, alone: str) -> Iterator[tuple[str, StoredTensor]]:
    """Yield the tensors in a saved value by name; `alone` is the name of one without a name."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), value)]
    for _ in range(_MAX_VALUES):
        if not waiting:
            return
        names, value = waiting.pop()
        if isinstance(value, StoredTensor):
            yield ".".join(names) or alone, value
        elif isinstance(value, dict | list | tuple):
            if len(names) == _MAX_DEPTH:
                raise FileError(f"its dictionaries are nested more than {_MAX_DEPTH} deep")
            items = value.items() if isinstance(value, dict) else enumerate(value)
            waiting += [((*names, str(key)), inner) for key, inner in items][::-1]
    raise FileError(f"it holds more than the {_MAX_VALUES} values that are read")


def _note(name: str, tensor: StoredTensor, content: Content) -> str:
    """Say why a tensor cannot be read; nothing if it can."""
    where = f"tensor {name}"
    if tensor.kind not in STORED:
        return f"{where} has entries of type {tensor.kind}; expected one of {', '.join(STORED)}"
    place = content.places.get(tensor.storage.key)
    if place is None:
        return f"{where}: its storage {tensor.storage.key:.60} is not in the file"
    steps = zip(tensor.shape, tensor.strides, strict=True)
    end = tensor.offset + 1 + sum((size - 1) * stride for size, stride in steps)
    if 0 not in tensor.shape and end * itemsize(tensor.kind) > place.size:
        return (
            f"{where}: {place.size} bytes of storage do not hold the shape {list(tensor.shape)} of "
            f"type {tensor.kind}"
        )
    entries = prod(tensor.shape)
    if entries * itemsize(tensor.kind) > max(place.size, _MAX_REPEATED):
        return f"{where}: its {entries} entries repeat the {place.size} bytes of its storage"
    return ""

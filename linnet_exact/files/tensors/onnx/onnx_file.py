"""`.onnx` models, with the files beside them that their entries may be in."""

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache, partial
from io import SEEK_END
from pathlib import Path
from typing import IO, TYPE_CHECKING

from linnet_exact.errors import FileError
from linnet_exact.files.source import Source, named_errors
from linnet_exact.files.tensors.entries import STORED, real_numbers
from linnet_exact.files.tensors.onnx.dequantizing import dequantized, described
from linnet_exact.files.tensors.onnx.model import Dequantized, parse_model
from linnet_exact.files.tensors.onnx.tensor_proto import TensorProto, entries_of
from linnet_exact.files.tensors.onnx.wire import Message
from linnet_exact.files.tensors.parts import part_of_file
from linnet_exact.files.tensors.single_file import SingleFile, errors_placed
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["OnnxFile"]


@dataclass(frozen=True)
class OnnxFile(SingleFile):
    """An ONNX model: its initializers and constants, and what DequantizeLinear makes of them.

    A dequantised tensor has the name of the output of its operator, and is (q − zero point) · scale
    exactly, which ONNX itself rounds to float32.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    stored: Mapping[str, TensorProto]
    made: Mapping[str, Dequantized]

    @classmethod
    def open(cls, source: Source) -> "OnnxFile":
        """Read all of a file but the entries of its tensors."""
        with errors_placed(source.path), source.open() as file:
            found, made = parse_model(file)
        tensors: dict[str, Tensor] = {}
        stored: dict[str, TensorProto] = {}
        beside = lru_cache(maxsize=1000)(lambda location: _size_beside(source, location))
        for tensor in found:
            note = tensor.note
            if tensor.external is not None and not note:
                note = _external_note(tensor, tensor.external, beside(_location(tensor)))
            if tensor.name in tensors:
                note = "is there twice"
            told = f"tensor {tensor.name} {note}" if note else ""
            tensors[tensor.name] = Tensor(tensor.name, tensor.kind, tuple(tensor.shape), told)
            stored[tensor.name] = tensor
        for name, parts in made.items():
            if parts.quantized in stored and name not in stored:
                tensors[name] = described(name, parts, tensors)
        return cls(source, tensors, stored, made)

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        stored = partial(self._stored, file)
        if name in self.stored:
            return stored(name, index)
        return dequantized(self.made[name], self.tensors[name].shape, index, stored)

    def _stored(self, file: IO[bytes], name: str, index: Index) -> "Array":
        tensor = self.stored[name]
        with ExitStack() as opened:
            if tensor.external is None:
                stream, start = entries_of(Message(file, 0, 0, [0]), tensor)
            else:
                beside = Source(self.path.parent / _location(tensor))
                stream = opened.enter_context(beside.open())
                start = int(tensor.external.get("offset", "0"))
            part = part_of_file(stream, start, STORED[tensor.kind], tuple(tensor.shape), index)
        return real_numbers(part, tensor.kind)


def _location(tensor: TensorProto) -> str:
    return (tensor.external or {}).get("location", "")


def _size_beside(source: Source, location: str) -> int | str:
    """Return the length of a file in the folder of a model, or say why it is not read."""
    if source.content is not None:
        return f"is in the file {location!r:.60} beside the model, which came without a folder"
    names = re.split(r"[/\\]", location)
    if not location or Path(location).is_absolute() or ".." in names or "\0" in location:
        return f"must be in a file of the same folder, not {location!r:.60}"
    path = source.path.parent / location
    try:
        with named_errors(path):
            # Caches keep a model and its files as links into one folder.
            folders = (source.path.parent.resolve(), source.path.resolve().parent)
            if not any(path.resolve().is_relative_to(folder) for folder in folders):
                return f"must be in a file of the same folder, which {location!r:.60} leads out of"
            with Source(path).open() as file:
                return file.seek(0, SEEK_END)
    except FileError as error:
        return f"is in another file: {error}"


def _external_note(tensor: TensorProto, external: dict[str, str], found: int | str) -> str:
    if isinstance(found, str):
        return found
    sizes = external.get("offset", "0"), external.get("length", str(tensor.size))
    if not all(re.fullmatch(r"[0-9]{1,18}", size, re.ASCII) for size in sizes):
        return f"has no place in {_location(tensor)!r:.60}: {sizes}"
    offset, length = map(int, sizes)
    if length != tensor.size:
        return f"has {length} bytes, which do not hold the shape {tensor.shape} of {tensor.kind}"
    if offset + length > found:
        return (
            f"needs bytes {offset} to {offset + length} of {_location(tensor)!r:.60}, which has "
            f"{found}"
        )
    return ""

"""Reading `.gguf`: metadata, then the shapes of all tensors, then their entries.

The format (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): numbers in little-endian
order, texts with their length before them, axes with the one that runs fastest first. It is read
here and not by the library `gguf`, which makes an object of each word of the vocabulary, and maps
the file into memory: a file cut meanwhile would end the process.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END
from math import prod
from typing import IO, TYPE_CHECKING, Any

from linnet_exact.errors import FileError
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.entries import STORED, itemsize, real_numbers
from linnet_exact.files.tensors.parts import part_of_file
from linnet_exact.files.tensors.single_file import SingleFile, errors_placed
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["GgufFile"]

MAX_TENSORS = 2**16
"""Most tensors of one file."""
MAX_VALUES = 2**22
"""Most values of the metadata; each word of a vocabulary is one."""
_MAX_NAME = 2**12
_MAX_NESTED = 4

_TYPES = {
    0: "float32", 1: "float16", 24: "int8", 25: "int16", 26: "int32", 27: "int64", 28: "float64",
    30: "bfloat16",
}  # fmt: skip
_QUANTIZED = {
    2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 9: "Q8_1", 10: "Q2_K", 11: "Q3_K",
    12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 15: "Q8_K", 16: "IQ2_XXS", 17: "IQ2_XS", 18: "IQ3_XXS",
    19: "IQ1_S", 20: "IQ4_NL", 21: "IQ3_S", 22: "IQ2_S", 23: "IQ4_XS", 29: "IQ1_M", 34: "TQ1_0",
    35: "TQ2_0", 39: "MXFP4",
}  # fmt: skip
# Bytes of the values of the metadata, by type: integers, floats and booleans of 1 to 8 bytes.
_WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_UINT32, _TEXT, _LIST = 4, 8, 9
_WAY_OUT = (
    "with the package gguf, dequantize(tensor.data, tensor.tensor_type) of gguf.quants, and "
    "numpy.savez"
)


@dataclass(frozen=True)
class GgufFile(SingleFile):
    """A GGUF file; its tensors come in the order of the file.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    offsets: Mapping[str, int]

    @classmethod
    def open(cls, source: Source) -> "GgufFile":
        """Read all of a file but the entries of its tensors."""
        with errors_placed(source.path), source.open() as stream:
            return cls(source, *_parsed(_Reader(stream)))

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        tensor = self.tensors[name]
        at, dtype = self.offsets[name], STORED[tensor.dtype]
        return real_numbers(part_of_file(file, at, dtype, tensor.shape, index), tensor.dtype)


class _Reader:
    """Reads one value after the other."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.size = stream, stream.seek(0, SEEK_END)
        self.at, self.values = stream.seek(0), 0

    def bytes(self, length: int) -> bytes:
        """Return the next bytes."""
        self.require(length)
        self.at += length
        return self.stream.read(length)

    def require(self, length: int) -> None:
        if length > self.size - self.at:
            raise FileError(f"it is cut short: {length} bytes do not follow byte {self.at}")

    def number(self, form: str) -> Any:
        """Return the next number, of a type of `struct`."""
        data = self.bytes(struct.calcsize(form))
        if len(data) < struct.calcsize(form):
            raise FileError("it was cut short while it was read")
        return struct.unpack(f"<{form}", data)[0]

    def text(self, limit: int) -> str:
        """Return the next text."""
        length = self.number("Q")
        if length > limit:
            raise FileError(f"it is damaged: a name of {length} bytes at byte {self.at}")
        return self.bytes(length).decode("utf-8", "backslashreplace")

    def skip(self, kind: int, nested: int = 0) -> None:
        """Go past a value of the metadata."""
        self.values += 1
        if self.values > MAX_VALUES or nested > _MAX_NESTED:
            raise FileError(f"its metadata has more than {MAX_VALUES} values, or too deep ones")
        if kind == _TEXT:
            self.forward(self.number("Q"))
        elif kind == _LIST:
            inner, count = self.number("I"), self.number("Q")
            if inner in _WIDTHS:
                self.forward(_WIDTHS[inner] * count)
            else:
                for _ in range(count):
                    self.skip(inner, nested + 1)
        elif kind in _WIDTHS:
            self.forward(_WIDTHS[kind])
        else:
            raise FileError(f"it is damaged: a value of kind {kind} before byte {self.at}")

    def forward(self, length: int) -> None:
        self.require(length)
        self.at += length
        self.stream.seek(self.at)


def _parsed(reader: _Reader) -> tuple[dict[str, Tensor], dict[str, int]]:
    reader.forward(4)
    version = reader.number("I")
    if version not in (2, 3):
        way_out = ", for machines of the other byte order" if version % 2**24 == 0 else ""
        raise FileError(f"it has version {version} of GGUF{way_out}; expected 2 or 3")
    count, metadata = reader.number("Q"), reader.number("Q")
    if count > MAX_TENSORS or metadata > MAX_VALUES:
        raise FileError(
            f"it says that it has {count} tensors and {metadata} values, more than the "
            f"{MAX_TENSORS} and {MAX_VALUES} that are read"
        )
    alignment = 32
    for _ in range(metadata):
        key, kind = reader.text(2**16), reader.number("I")
        if key == "general.alignment" and kind == _UINT32:
            alignment = reader.number("I")
            continue
        reader.skip(kind)
    places = [_described(reader) for _ in range(count)]
    if alignment % 8 or not 0 < alignment <= 2**20:
        raise FileError(f"its tensors cannot be aligned to {alignment} bytes")
    start = -(-reader.at // alignment) * alignment
    tensors: dict[str, Tensor] = {}
    for tensor, offset in places:
        note = tensor.note
        if tensor.name in tensors:
            note = "is there twice"
        elif not note:
            note = _place_note(tensor, start + offset, reader.size)
        told = f"tensor {tensor.name} {note}" if note else ""
        tensors[tensor.name] = Tensor(tensor.name, tensor.dtype, tensor.shape, told)
    return tensors, {tensor.name: start + offset for tensor, offset in places}


def _described(reader: _Reader) -> tuple[Tensor, int]:
    """Return what is said of the next tensor, and where after the others its entries begin."""
    name, axes = reader.text(_MAX_NAME), reader.number("I")
    if axes > 32:
        raise FileError(f"tensor {name} cannot have {axes} axes")
    shape = tuple(reader.number("Q") for _ in range(axes))[::-1]
    number, offset = reader.number("I"), reader.number("Q")
    if number in _TYPES:
        return Tensor(name, _TYPES[number], shape), offset
    kind = _QUANTIZED.get(number, f"number {number}")
    note = f"has entries of the quantised type {kind}, which is not read; {_WAY_OUT}"
    if number not in _QUANTIZED:
        note = f"has entries of the unknown type {kind}"
    return Tensor(name, kind, shape, note), offset


def _place_note(tensor: Tensor, start: int, size: int) -> str:
    length = prod(tensor.shape) * itemsize(tensor.dtype)
    if start + length <= size:
        return ""
    return (
        f"of shape {list(tensor.shape)} and type {tensor.dtype} needs bytes {start} to "
        f"{start + length} of the file, which has {size}"
    )

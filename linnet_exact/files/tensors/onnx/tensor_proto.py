"""One tensor of an ONNX model: its type and shape, and where its entries are.

`onnx/onnx.proto`, message TensorProto (https://github.com/onnx/onnx): entries are bytes as NumPy
has them (raw_data), a list of numbers of a wider type, or lie in another file.
"""

from dataclasses import dataclass, field
from io import BytesIO
from math import prod
from typing import IO

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.entries import STORED, itemsize
from linnet_exact.files.tensors.onnx.wire import BYTES, FIXED32, FIXED64, VARINT, Message, varints
from linnet_exact.files.tensors.onnx.wire import Field as WireField

__all__ = ["TensorProto", "entries_of", "parse_tensor"]

MAX_LISTED = 8 * 2**20
"""Most bytes of entries that are a list of numbers; raw data has no such limit."""

_TYPES = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
    8: "string", 9: "bool", 10: "float16", 11: "float64", 12: "uint32", 13: "uint64",
    14: "complex64", 15: "complex128", 16: "bfloat16", 17: "float8_e4m3fn", 18: "float8_e4m3fnuz",
    19: "float8_e5m2", 20: "float8_e5m2fnuz", 21: "uint4", 22: "int4", 23: "float4_e2m1",
    24: "float8_e8m0", 25: "uint2", 26: "int2",
}  # fmt: skip
_DIMS, _TYPE, _SEGMENT, _NAME, _RAW, _EXTERNAL, _LOCATION = 1, 2, 3, 8, 9, 13, 14
# Where a list of numbers of each type is.
_FLOATS, _INT32S, _INT64S, _DOUBLES, _UINT64S = 4, 5, 7, 10, 11
_LISTS = {"float32": _FLOATS, "float64": _DOUBLES, "int64": _INT64S}
_LISTS |= {"uint32": _UINT64S, "uint64": _UINT64S}
_WIRES = {_FLOATS: FIXED32, _DOUBLES: FIXED64, _INT32S: VARINT, _INT64S: VARINT, _UINT64S: VARINT}


@dataclass
class TensorProto:
    """What a model says about a tensor.

    Attributes
    ----------
    name, kind : str
    shape : list of int
    raw, listed : list of fields
        The entries as bytes, or as a list of numbers.
    external : dict
        Where the entries are in another file: ``"location"``, ``"offset"``, ``"length"``.
    note : str
        Why it cannot be read, if that is known from it alone.
    """

    name: str = ""
    kind: str = "of no type"
    shape: list[int] = field(default_factory=list)
    raw: list[WireField] = field(default_factory=list)
    listed: list[WireField] = field(default_factory=list)
    external: dict[str, str] | None = None
    note: str = ""

    @property
    def size(self) -> int:
        """The bytes of all entries."""
        return prod(self.shape) * itemsize(self.kind)


def parse_tensor(message: Message) -> TensorProto:
    """Read all about a tensor but its entries.

    Raises
    ------
    FileError
        If the message is damaged. What is wrong with the tensor is a note.
    """
    tensor, lists, outside = TensorProto(), dict[int, list[WireField]](), False
    for found in message.fields():
        if found.number == _DIMS:
            tensor.shape += message.integers(found)
        elif found.number == _TYPE:
            tensor.kind = _TYPES.get(found.value, f"number {found.value}")
        elif found.number == _NAME:
            tensor.name = message.text(found)
        elif found.number == _RAW and found.wire == BYTES:
            tensor.raw.append(found)
        elif found.number == _EXTERNAL:
            entry = message.inside(found)
            pair = {part.number: entry.text(part) for part in entry.fields()}
            tensor.external = (tensor.external or {}) | {pair.get(1, ""): pair.get(2, "")}
        elif found.number == _LOCATION:
            outside = found.value == 1
        elif found.number == _SEGMENT:
            tensor.note = "comes in segments, which are not read"
        elif found.wire in (BYTES, _WIRES.get(found.number)):
            lists.setdefault(found.number, []).append(found)
    tensor.external = (tensor.external or {}) if outside else None
    tensor.listed = lists.get(_LISTS.get(tensor.kind, _INT32S), [])
    tensor.note = tensor.note or _note(tensor)
    return tensor


def entries_of(message: Message, tensor: TensorProto) -> tuple[IO[bytes], int]:
    """Return a stream, and where in it the entries of a tensor lie as they do in raw data.

    Raises
    ------
    FileError
        If a list of numbers is not what the tensor says, or there are too many.
    """
    fields = tensor.raw or tensor.listed
    number = _LISTS.get(tensor.kind, _INT32S)
    as_they_are = bool(tensor.raw) or number in (_FLOATS, _DOUBLES)
    if len(fields) == 1 and fields[0].wire == BYTES and as_they_are:
        return message.stream, fields[0].start
    length = sum(part.end - part.start for part in fields)
    if length > MAX_LISTED:
        raise FileError(
            f"its entries are a list of {length} bytes, more than the {MAX_LISTED} that are read; "
            f"onnx.numpy_helper.from_array writes them as raw data, which has no such limit"
        )
    data = bytearray()
    for part in fields:
        message.stream.seek(part.start)
        data += message.stream.read(part.end - part.start)
    if not as_they_are:
        data = bytearray(_narrowed(bytes(data), tensor.kind, number == _UINT64S))
    if len(data) != tensor.size:
        raise FileError(f"{len(data)} bytes do not hold the shape {tensor.shape} of {tensor.kind}")
    return BytesIO(data), 0


def _narrowed(data: bytes, kind: str, unsigned: bool) -> bytes:
    """Return integers that are listed as 64 bits each in the type they are."""
    import numpy as np

    wide = varints(data)
    if not unsigned:
        wide = wide.view(np.int64)
    # Bits of a float are listed as the unsigned integer that they are.
    stored = STORED[kind].replace("f", "u")
    narrow = wide.astype(stored)
    if (narrow.astype(wide.dtype) != wide).any():
        raise FileError(f"it lists integers that are not of type {kind}")
    return narrow.tobytes()


def _note(tensor: TensorProto) -> str:
    if tensor.kind not in STORED:
        return f"has entries of type {tensor.kind}; expected one of {', '.join(STORED)}"
    if len(tensor.shape) > 32 or not all(0 <= size < 2**63 for size in tensor.shape):
        shape, tensor.shape = tensor.shape[:4], []
        return f"cannot have the shape {shape}"
    if tensor.external is not None:
        return ""
    if len(tensor.raw) > 1 or (tensor.raw and tensor.listed):
        return "has its entries twice"
    found = sum(part.end - part.start for part in tensor.raw or tensor.listed)
    fixed = tensor.raw or tensor.kind in ("float32", "float64")
    if found != tensor.size if fixed else found < prod(tensor.shape):
        return f"has {found} bytes, which do not hold the shape {tensor.shape} of {tensor.kind}"
    return ""

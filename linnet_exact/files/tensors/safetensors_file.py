"""Reading `.safetensors`: a length, a JSON header, then the entries of all tensors.

The format (https://huggingface.co/docs/safetensors): 8 bytes with the length of the header, a JSON
object from names to type, shape and first and last byte, and the tensors without gaps. It is read
here and not by the safetensors library because that one has no bfloat16 without PyTorch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END
from itertools import pairwise
from math import prod
from typing import IO, TYPE_CHECKING, Any

from linnet_exact.errors import FileError
from linnet_exact.files.json_text import without_repeated_keys
from linnet_exact.files.source import Source
from linnet_exact.files.tensors.entries import STORED, real_numbers
from linnet_exact.files.tensors.parts import part_of_file
from linnet_exact.files.tensors.single_file import SingleFile, errors_placed
from linnet_exact.files.tensors.tensors import Index, Tensor, natural_order

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["SafetensorsFile"]

MAX_HEADER = 8 * 2**20
"""Largest header that is read, in bytes; a header takes about 100 bytes for a tensor."""

# Bits of an entry, and the name in `entries` of those that are real numbers.
_TYPES: dict[str, tuple[int, str | None]] = {
    "F64": (64, "float64"), "F32": (32, "float32"), "F16": (16, "float16"),
    "BF16": (16, "bfloat16"), "F8_E4M3": (8, "float8_e4m3fn"), "F8_E5M2": (8, "float8_e5m2"),
    "I64": (64, "int64"), "I32": (32, "int32"), "I16": (16, "int16"), "I8": (8, "int8"),
    "U64": (64, "uint64"), "U32": (32, "uint32"), "U16": (16, "uint16"), "U8": (8, "uint8"),
    "BOOL": (8, None), "C64": (64, None), "F8_E8M0": (8, None), "F6_E2M3": (6, None),
    "F6_E3M2": (6, None), "F4": (4, None),
}  # fmt: skip
_READABLE = ", ".join(name for name, (_, kind) in _TYPES.items() if kind)


@dataclass(frozen=True)
class SafetensorsFile(SingleFile):
    """A `.safetensors` file whose header has been read and checked.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    offsets: Mapping[str, int]

    @classmethod
    def open(cls, source: Source) -> "SafetensorsFile":
        """Read the header of a file."""
        with errors_placed(source.path), source.open() as stream:
            size = stream.seek(0, SEEK_END)
            stream.seek(0)
            length = int.from_bytes(stream.read(8), "little")
            if size < 8 or length > size - 8:
                raise FileError(
                    f"not a whole .safetensors file: its header should have {length} bytes, but "
                    f"only {max(size - 8, 0)} follow"
                )
            if length > MAX_HEADER:
                raise FileError(f"its header of {length} bytes is above {MAX_HEADER}")
            header = _parsed_header(stream.read(length))
            header.pop("__metadata__", None)
            places = {name: _checked_entry(name, entry) for name, entry in header.items()}
            spans = [span for _, span in places.values() if span is not None]
            _check_order(spans, size - 8 - length, whole=len(spans) == len(places))
        return cls(
            source,
            {name: places[name][0] for name in sorted(places, key=natural_order)},
            {name: 8 + length + span[0] for name, (_, span) in places.items() if span is not None},
        )

    def _part(self, file: IO[bytes], name: str, index: Index) -> "Array":
        tensor = self.tensors[name]
        kind = _TYPES[tensor.dtype][1]
        assert kind is not None, "tensors of other types have a note"
        part = part_of_file(file, self.offsets[name], STORED[kind], tensor.shape, index)
        return real_numbers(part, kind)


def _parsed_header(data: bytes) -> dict[str, Any]:
    try:
        header = json.loads(
            data.decode(), object_pairs_hook=without_repeated_keys, parse_int=_short_integer
        )
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"its header is not the JSON it should be: {reason}") from None
    if not isinstance(header, dict):
        raise FileError("its header must be a JSON object, from names to tensors")
    return header


def _short_integer(digits: str) -> int:
    if len(digits) > 19:
        raise ValueError(f"the integer {digits[:19]}... is too long")
    return int(digits)


def _checked_entry(name: str, entry: Any) -> tuple[Tensor, tuple[int, int] | None]:
    """Return a tensor, with a note if it cannot be read, and the bytes that it owns if known."""
    where = f"tensor {name}"
    if not isinstance(entry, dict):
        return Tensor(name, "", (), f"{where} must be described by a JSON object"), None
    dtype: Any = entry.get("dtype")
    shape: Any = entry.get("shape")
    span: Any = entry.get("data_offsets")
    owned, note = None, ""
    if not _is_list_of_sizes(span) or len(span) != 2 or span[0] > span[1]:
        note = (
            f"{where}: data_offsets must be its first byte and the one after its last, "
            f"not {span!r:.60}"
        )
    else:
        owned = span[0], span[1]
    if not _is_list_of_sizes(shape):
        note = f"{where}: the shape must be a list of integers >= 0, not {shape!r:.60}"
        shape = []
    elif not isinstance(dtype, str) or dtype not in _TYPES:
        note = f"{where} has entries of the unknown type {dtype!r:.40}; known: {_READABLE}"
    elif owned and prod(shape) * _TYPES[dtype][0] != 8 * (span[1] - span[0]):
        note = f"{where}: {span[1] - span[0]} bytes do not hold the shape {shape} of type {dtype}"
    elif owned and _TYPES[dtype][1] is None:
        note = f"{where} has entries of type {dtype}; expected one of {_READABLE}"
    return Tensor(name, dtype if isinstance(dtype, str) else "", tuple(shape), note), owned


def _is_list_of_sizes(value: Any) -> bool:
    # At most 32 axes, as in NumPy; and so their product stays short.
    return (
        isinstance(value, list)
        and len(value) <= 32
        and all(type(size) is int and size >= 0 for size in value)
    )


def _check_order(spans: list[tuple[int, int]], size: int, whole: bool) -> None:
    """Check that the tensors follow each other without overlap, and do not end after the data.

    If `whole`, the bytes of all tensors are known, and there may be no gap between them either.
    """
    ordered = [(0, 0), *sorted(spans), (size, size)]
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            what = "two tensors overlap" if start != size else "it is cut short"
            raise FileError(f"{what}: byte {start} is before {end}, where a tensor ends")
        if start > end and whole:
            raise FileError(f"no tensor owns the bytes from {end} to {start} of its data")

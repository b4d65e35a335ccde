"""Reading `.safetensors`: a length, a JSON header, then the entries of all tensors.

The format (https://huggingface.co/docs/safetensors): 8 bytes with the length of the header, a JSON
object from names to type, shape and first and last byte, and the tensors without gaps. It is read
here and not by the safetensors library because that one has no bfloat16 without PyTorch.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linnet_exact.errors import FileError
from linnet_exact.files.json_text import without_repeated_keys
from linnet_exact.files.source import Source, named_errors
from linnet_exact.files.tensors.entries import STORED, real_numbers
from linnet_exact.files.tensors.parts import part_of_file
from linnet_exact.files.tensors.tensors import Index, Tensor

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["SafetensorsFile", "natural_order"]

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
class SafetensorsFile:
    """A `.safetensors` file whose header has been read and checked.

    Raises
    ------
    FileError
        From `open`, if the file is not in the format or is damaged.
    """

    source: Source
    tensors: Mapping[str, Tensor]
    offsets: Mapping[str, int]

    @property
    def path(self) -> Path:
        """The file, for messages."""
        return self.source.path

    @classmethod
    def open(cls, source: Source) -> "SafetensorsFile":
        """Read the header of a file."""
        path = source.path
        with named_errors(path), source.open() as stream:
            size = stream.seek(0, SEEK_END)
            stream.seek(0)
            length = int.from_bytes(stream.read(8), "little")
            if size < 8 or length > size - 8:
                raise FileError(
                    f"{path}: not a whole .safetensors file: its header should have {length} "
                    f"bytes, but only {max(size - 8, 0)} follow"
                )
            if length > MAX_HEADER:
                raise FileError(f"{path}: its header of {length} bytes is above {MAX_HEADER}")
            header = _parsed_header(path, stream.read(length))
        header.pop("__metadata__", None)
        places = {name: _checked_entry(name, entry) for name, entry in header.items()}
        spans = [span for _, span in places.values() if span is not None]
        _check_order(path, spans, size - 8 - length, whole=len(spans) == len(places))
        return cls(
            source,
            {name: places[name][0] for name in sorted(places, key=natural_order)},
            {name: 8 + length + span[0] for name, (_, span) in places.items() if span is not None},
        )

    def read(self, name: str, index: Index) -> "Array":
        """Return a part of a tensor; see `TensorFile.read`."""
        tensor = self.tensors[name]
        kind = _TYPES[tensor.dtype][1]
        assert kind is not None, "tensors of other types have a note"
        try:
            with named_errors(self.path), self.source.open() as stream:
                part = part_of_file(stream, self.offsets[name], STORED[kind], tensor.shape, index)
        except FileError as error:
            told = str(error).removeprefix(f"{self.path}: ")
            raise FileError(f"{self.path}: tensor {name}: {told}") from None
        return real_numbers(part, kind)


def natural_order(name: str) -> list[tuple[int, int, str]]:
    """Return a key that sorts layer 2 before layer 10.

    Examples
    --------
    >>> sorted(["w10", "w2", "v"], key=natural_order)
    ['v', 'w2', 'w10']
    """
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+|[0-9])", name, re.ASCII)
    return [(0, int(digits), "") if digits else (1, 0, other) for digits, other in parts]


def _parsed_header(path: Path, data: bytes) -> dict[str, Any]:
    try:
        header = json.loads(
            data.decode(), object_pairs_hook=without_repeated_keys, parse_int=_short_integer
        )
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:200]
        raise FileError(f"{path}: its header is not the JSON it should be: {reason}") from None
    if not isinstance(header, dict):
        raise FileError(f"{path}: its header must be a JSON object, from names to tensors")
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


def _check_order(path: Path, spans: list[tuple[int, int]], size: int, whole: bool) -> None:
    """Check that the tensors follow each other without overlap, and do not end after the data.

    If `whole`, the bytes of all tensors are known, and there may be no gap between them either.
    """
    ordered = [(0, 0), *sorted(spans), (size, size)]
    for (_, end), (start, _) in pairwise(ordered):
        if start < end:
            what = "two tensors overlap" if start != size else "it is cut short"
            raise FileError(f"{path}: {what}: byte {start} is before {end}, where a tensor ends")
        if start > end and whole:
            raise FileError(f"{path}: no tensor owns the bytes from {end} to {start} of its data")

"""The encoding of protocol buffers, read field by field and where asked.

https://protobuf.dev/programming-guides/encoding. It is read here and not by the library `onnx`,
which takes the whole file into memory, and several times its size, before one can ask for a tensor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import IO, TYPE_CHECKING

from linnet_exact.errors import FileError

if TYPE_CHECKING:
    from linnet_exact.arrays import Array

__all__ = ["BYTES", "FIXED32", "FIXED64", "VARINT", "Field", "Message", "varints"]

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_WIDTHS = {FIXED64: 8, FIXED32: 4}

MAX_FIELDS = 2**21
"""Most fields of one file that are looked at."""
MAX_TEXT = 2**16
"""Longest text or shape, in bytes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a message.

    Attributes
    ----------
    number : int
    wire : int
        How its value lies in the file: VARINT, FIXED32, FIXED64 or BYTES.
    start, end : int
        The bytes of its value.
    value : int
        The value of a VARINT; else 0.
    """

    number: int
    wire: int
    start: int
    end: int
    value: int = 0


class Message:
    """A message in a file, from one byte to another.

    Examples
    --------
    >>> from io import BytesIO
    >>> message = Message.whole(BytesIO(bytes.fromhex("08 96 01 12 02 68 69")))
    >>> [(field.number, field.value) for field in message.fields()]
    [(1, 150), (2, 0)]
    >>> message.text(list(message.fields())[1])
    'hi'
    """

    def __init__(self, stream: IO[bytes], start: int, end: int, seen: list[int]) -> None:
        self.stream, self.start, self.end, self.seen = stream, start, end, seen

    @classmethod
    def whole(cls, stream: IO[bytes]) -> "Message":
        """Return the message that a file is."""
        return cls(stream, 0, stream.seek(0, SEEK_END), [0])

    def inside(self, field: Field) -> "Message":
        """Return the message that a field is."""
        if field.wire != BYTES:
            raise FileError("a message of it is damaged")
        return Message(self.stream, field.start, field.end, self.seen)

    def fields(self) -> Iterator[Field]:
        """Yield the fields in their order.

        Raises
        ------
        FileError
            If the message is damaged, or there are more than `MAX_FIELDS` in the file.
        """
        at = self.start
        while at < self.end:
            self.seen[0] += 1
            if self.seen[0] > MAX_FIELDS:
                raise FileError(f"it has more than the {MAX_FIELDS} fields that are read")
            self.stream.seek(at)
            head = self.stream.read(min(20, self.end - at))
            tag, used = _varint(head, 0)
            number, wire = tag >> 3, tag & 7
            value = 0
            if wire in (VARINT, BYTES):
                value, after = _varint(head, used)
                start = at + (used if wire == VARINT else after)
                end = at + after if wire == VARINT else start + value
            elif wire in _WIDTHS:
                start, end = at + used, at + used + _WIDTHS[wire]
            else:
                raise FileError(f"it is damaged: a field of kind {wire} at byte {at}")
            if end > self.end:
                raise FileError(f"it is damaged or cut short: a field at byte {at} ends after it")
            yield Field(number, wire, start, end, value if wire == VARINT else 0)
            at = end

    def text(self, field: Field) -> str:
        """Return the text that a field is."""
        return self._bytes(field).decode("utf-8", "backslashreplace")

    def integers(self, field: Field) -> list[int]:
        """Return the signed integers of a repeated field, packed or not."""
        if field.wire == VARINT:
            return [_signed(field.value)]
        data, found, at = self._bytes(field), [], 0
        while at < len(data):
            value, at = _varint(data, at)
            found.append(_signed(value))
        return found

    def _bytes(self, field: Field) -> bytes:
        length = field.end - field.start
        if field.wire != BYTES or length > MAX_TEXT:
            raise FileError(f"it is damaged: a field of {length} bytes at byte {field.start}")
        self.stream.seek(field.start)
        return self.stream.read(length)


def varints(data: bytes) -> "Array":
    """Return the integers, of at most 64 bits each, of a packed field, as uint64.

    Raises
    ------
    FileError
        If one of them is cut short or too long.

    Examples
    --------
    >>> varints(bytes.fromhex("96 01 05"))
    array([150,   5], dtype=uint64)
    """
    import numpy as np

    stored = np.frombuffer(data, np.uint8)
    last = np.flatnonzero(stored < 128)
    if not len(stored):
        return np.zeros(0, np.uint64)
    if not len(last) or last[-1] != len(stored) - 1:
        raise FileError("an integer of it is cut short")
    first = np.concatenate([[0], last[:-1] + 1])
    lengths = last - first + 1
    if lengths.max() > 10:
        raise FileError("an integer of it is longer than 64 bits")
    places = np.arange(len(stored)) - np.repeat(first, lengths)
    septets = (stored & 127).astype(np.uint64) << (7 * places).astype(np.uint64)
    return np.asarray(np.bitwise_or.reduceat(septets, first))


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return an integer and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at == len(data):
            raise FileError("it is cut short within an integer")
        value |= (data[at] & 127) << shift
        at += 1
        if data[at - 1] < 128:
            return value & (2**64 - 1), at
    raise FileError("an integer of it is longer than 64 bits")


def _signed(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value

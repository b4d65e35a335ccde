"""The encoding of protocol buffers, beside its definition."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.onnx import wire
from linnet_exact.files.tensors.onnx.wire import BYTES, FIXED32, FIXED64, VARINT, Message, varints


def encoded(value: int) -> bytes:
    """Write 7 bits a byte, lowest first; all but the last byte have the highest bit."""
    septets = [value >> at & 127 for at in range(0, max(value.bit_length(), 1), 7)]
    return bytes(septet | 128 for septet in septets[:-1]) + bytes(septets[-1:])


def of_bytes(number: int, data: bytes) -> bytes:
    return encoded(number << 3 | BYTES) + encoded(len(data)) + data


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_packed_integers(values: list[int]) -> None:
    packed = b"".join(map(encoded, values))
    assert varints(packed).tolist() == values
    message = Message.whole(BytesIO(of_bytes(1, packed)))
    (field,) = message.fields()
    assert message.integers(field) == [v - 2**64 * (v >= 2**63) for v in values]


@given(st.lists(st.tuples(st.integers(1, 2**29 - 1), st.integers(0, 2**64 - 1) | st.binary())))
def test_fields(fields) -> None:
    parts = [
        of_bytes(number, value) if isinstance(value, bytes) else
        encoded(number << 3 | VARINT) + encoded(value)
        for number, value in fields
    ]  # fmt: skip
    content = b"".join(parts)
    found = list(Message.whole(BytesIO(content)).fields())
    assert [field.number for field in found] == [number for number, _ in fields]
    for field, (_, value) in zip(found, fields, strict=True):
        if isinstance(value, bytes):
            assert content[field.start : field.end] == value
        else:
            assert (field.wire, field.value) == (VARINT, value)


def test_fixed_widths() -> None:
    data = encoded(1 << 3 | FIXED32) + bytes(4) + encoded(2 << 3 | FIXED64) + bytes(8)
    found = list(Message.whole(BytesIO(data)).fields())
    assert [(field.start, field.end) for field in found] == [(1, 5), (6, 14)]


DAMAGED = {
    "an integer without end": (b"\x08" + b"\xff" * 10, "longer than 64 bits"),
    "cut in an integer": (b"\x08\xff", "cut short within an integer"),
    "cut in a field": (b"\x0a\x05ab", "cut short: a field at byte 0"),
    "a longer field": (b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "cut short: a field"),
    "a kind of field without meaning": (b"\x0f", "a field of kind 7 at byte 0"),
}


@pytest.mark.parametrize(("data", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damage(data: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message):
        list(Message.whole(BytesIO(data)).fields())
    for packed in (b"\x80", b"\xff" * 11 + b"\x00"):
        with pytest.raises(FileError, match=r"cut short|longer than 64 bits"):
            varints(packed)


def test_limits(monkeypatch) -> None:
    monkeypatch.setattr(wire, "MAX_FIELDS", 10)
    monkeypatch.setattr(wire, "MAX_TEXT", 3)
    with pytest.raises(FileError, match="more than the 10 fields"):
        list(Message.whole(BytesIO(b"\x08\x00" * 11)).fields())
    message = Message.whole(BytesIO(of_bytes(1, b"abcd")))
    (field,) = message.fields()
    for read in (message.text, message.integers):
        with pytest.raises(FileError, match="a field of 4 bytes at byte 2"):
            read(field)

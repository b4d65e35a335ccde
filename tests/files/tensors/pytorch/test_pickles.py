"""Pickles without names are what `pickle` itself says; the rest is refused."""

import io
import pickle
import pickletools
import random
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linnet_exact.errors import FileError
from linnet_exact.files.tensors.pytorch import pickles
from linnet_exact.files.tensors.pytorch.pickles import MAX_STEPS, RefusedName, Rule, read_pickle

SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SIMPLE | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(SIMPLE, inner) | st.lists(inner).map(tuple),
    max_leaves=20,
)


@given(VALUES, st.integers(0, 5))
def test_plain_values_as_pickle_reads_them(value, protocol: int) -> None:
    names = {"_codecs.encode": Rule(lambda text, _: text.encode("latin1")),
             "builtins.bytes": Rule(bytes), "__builtin__.bytes": Rule(bytes)}  # fmt: skip
    stream = io.BytesIO(pickle.dumps(value, protocol) + b"behind")
    assert read_pickle(stream, names, print) == value
    assert stream.read() == b"behind"


@given(st.data())
def test_any_bytes_are_a_value_or_refused(data) -> None:
    opcodes = st.sampled_from([opcode.code.encode("latin-1") for opcode in pickletools.opcodes])
    parts = data.draw(st.lists(opcodes | st.binary(max_size=3), max_size=30))
    with suppress(FileError):
        read_pickle(io.BytesIO(b"".join(parts)), {"a.b": Rule(tuple)}, lambda identifier: None)


def test_sets_are_lists() -> None:
    data = pickle.dumps({frozenset({1}): {2}}, 4)
    with pytest.raises(FileError, match="a key of type list"):
        read_pickle(io.BytesIO(data), {}, print)
    assert read_pickle(io.BytesIO(pickle.dumps({3}, 4)), {}, print) == [3]


@pytest.mark.parametrize("protocol", range(6))
def test_names_are_refused(protocol: int) -> None:
    with pytest.raises(RefusedName, match=r"random\.Random, refused"):
        read_pickle(io.BytesIO(pickle.dumps(random.Random, protocol)), {}, print)


@pytest.mark.parametrize("opcode", [b"(cos\nsystem\no.", b"(ios\nsystem\n.", b"\x82\1.", b"\x97."])
def test_opcodes_that_no_tensor_needs(opcode: bytes) -> None:
    with pytest.raises(FileError, match=r"opcode|names os\.system"):
        read_pickle(io.BytesIO(opcode), {}, print)


UNITS = [
    b"]",
    b"}",
    b"\x8f",
    b"(",
    b"]q\0h\0\x85",
    b"N\x85",
    b"K\1K\2\x86",
    b"}K\1Ns",
    b"\x8c\0\x94",
]


@pytest.mark.parametrize("unit", UNITS)
def test_long_pickles_take_little_memory(monkeypatch, unit: bytes) -> None:
    steps = 2**13
    monkeypatch.setattr(pickles, "MAX_STEPS", steps)
    data = io.BytesIO(b"\x80\x04" + unit * (2 * steps) + b".")
    tracemalloc.start()
    with pytest.raises(FileError, match=f"more than the {steps} opcodes"):
        read_pickle(data, {}, print)
    assert tracemalloc.get_traced_memory()[1] / steps * MAX_STEPS < 200 * 2**20
    tracemalloc.stop()


def test_odd_escapes_are_read_without_a_warning() -> None:
    assert read_pickle(io.BytesIO(b"S'\\q'\n."), {}, print) == "\\q"


def test_deep_tuples_are_no_keys() -> None:
    deep = b"\x80\x02}N" + b"\x85" * 10**5 + b"Ns."
    with pytest.raises(FileError, match="a key of type tuple"):
        read_pickle(io.BytesIO(deep), {}, print)

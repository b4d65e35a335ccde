"""Files that the package gguf 0.19.0 wrote, whole, damaged and untruthful."""

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from linnet_exact.files.tensors import gguf_file
from tests.files.models.contents import of_kind
from tests.files.tensors.damage import MODELS, check_damage

KINDS = ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8"]
FILES = ["types-32.gguf", "types-64.gguf"]


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def described(name="w", shape=(2, 3), kind=0, offset=0) -> bytes:
    axes = struct.pack(f"<I{len(shape)}Q", len(shape), *shape[::-1])
    return text(name) + axes + struct.pack("<IQ", kind, offset)


def written(folder: Path, *tensors: bytes, metadata=(), count=None, version=3) -> Path:
    path = folder / "model.gguf"
    head = b"GGUF" + struct.pack("<IQQ", version, count or len(tensors), len(metadata))
    content = head + b"".join(metadata) + b"".join(tensors)
    padding = bytes(-len(content) % 32)
    path.write_bytes(content + padding + np.arange(6, dtype="<f4").tobytes())
    return path


@pytest.mark.parametrize("name", FILES)
def test_every_type(name: str) -> None:
    for kind in KINDS:
        (matrix,) = read_weights(MODELS / name, [kind]).matrices
        assert matrix.rows() == [list(map(Fraction, row)) for row in of_kind(kind).tolist()]
    opened = open_tensors(MODELS / name)
    whole = np.arange(24).reshape(2, 3, 4)
    assert opened.read("three_axes", ()).tolist() == whole.tolist()
    assert opened.read("three_axes", (1, slice(1, None))).tolist() == whole[1, 1:].tolist()


def test_quantised_tensors_are_refused_by_the_name_of_their_type() -> None:
    with pytest.raises(FileError, match=r"quantised type Q8_0, .*dequantize\(tensor\.data, "):
        read_weights(MODELS / FILES[0], ["packed"])


def test_as_the_package_gguf_reads_it(tmp_path: Path) -> None:
    gguf = pytest.importorskip("gguf")
    opened = open_tensors(MODELS / FILES[1])
    arrays = {}
    for tensor in gguf.GGUFReader(MODELS / FILES[1]).tensors:
        found = opened.tensors[tensor.name]
        assert found.shape == tuple(map(int, tensor.shape[::-1]))
        if not found.note and found.dtype != "bfloat16":
            assert opened.read(tensor.name, ()).tolist() == tensor.data.tolist()
        if found.dtype in ("bfloat16", "Q8_0"):  # and by the way out that messages name
            arrays[tensor.name] = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
    assert arrays["bfloat16"].tolist() == opened.read("bfloat16", ()).tolist()
    np.savez(tmp_path / "w.npz", **arrays)
    assert read_weights(tmp_path / "w.npz", ["packed"]).network.widths == (32, 2)


LIES = {
    "longer than the file": (described(shape=(3, 3)), "needs bytes .* of the file, which has"),
    "behind it": (described(offset=32), "needs bytes .* of the file, which has"),
    "huge": (described(shape=(2**40, 2**40)), "needs bytes .* of the file, which has"),
    "more than 2^31": (described(shape=(2**16, 2**16)), "needs bytes .* which has"),
    "an unknown type": (described(kind=99), "of the unknown type number 99"),
}


@pytest.mark.parametrize(("lying", "message"), LIES.values(), ids=LIES)
def test_tensors_that_lie(tmp_path: Path, lying: bytes, message: str) -> None:
    path = written(tmp_path, lying, described("honest"))
    with pytest.raises(FileError, match=f"^{path}: tensor w .*{message}"):
        read_weights(path, ["w"])
    assert read_weights(path, ["honest"]).network.widths == (3, 2)


def test_no_entries_along_an_axis_that_is_longer_than_memory(tmp_path: Path) -> None:
    path = written(tmp_path, described(shape=(2**63, 0)))
    with pytest.raises(FileError, match="entries are more than"):
        open_tensors(path).read("w", ())
    with pytest.raises(FileError, match=r"shape \(9223372036854775808, 0\)"):
        read_weights(path, ["w[:, :]"])


def pair(kind: int, value: bytes) -> bytes:
    return text("key") + struct.pack("<I", kind) + value


DAMAGED = {
    "version 1": ({"version": 1}, "version 1 of GGUF; expected 2 or 3"),
    "the other byte order": ({"version": 3 << 24}, "for machines of the other byte order"),
    "too many tensors": ({"count": 2**40}, "says that it has 1099511627776 tensors"),
    "more tensors than there are": ({"count": 9}, "damaged|cut short|cannot have"),
    "an unknown kind of value": ({"metadata": [pair(77, b"")]}, "a value of kind 77"),
    "a long text": ({"metadata": [pair(8, b"\xff" * 8)]}, "is cut short: 18446744073709551615"),
    "a long list": ({"metadata": [pair(9, struct.pack("<IQ", 8, 2**60))]}, "damaged|cut short"),
    "a long list of numbers": ({"metadata": [pair(9, struct.pack("<IQ", 4, 2**60))]}, "cut short"),
    "nested lists": ({"metadata": [pair(9, struct.pack("<IQ", 9, 1) * 9)]}, "or too deep ones"),
    "no alignment": (
        {"metadata": [text("general.alignment") + struct.pack("<II", 4, 0)]},
        "cannot be aligned to 0 bytes",
    ),
}


@pytest.mark.parametrize(("changes", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damage(tmp_path: Path, changes, message: str) -> None:
    path = written(tmp_path, described(), **changes)
    with pytest.raises(FileError, match=f"^{path}: .*({message})"):
        open_tensors(path)


def test_odd_names(tmp_path: Path, monkeypatch) -> None:
    twice = open_tensors(written(tmp_path, described(), described()))
    assert "tensor w is there twice" in twice.tensors["w"].note
    with pytest.raises(FileError, match="cannot have 33 axes"):
        open_tensors(written(tmp_path, described(shape=(1,) * 33)))
    with pytest.raises(FileError, match="a name of 5000 bytes"):
        open_tensors(written(tmp_path, described("w" * 5000)))
    monkeypatch.setattr(gguf_file, "MAX_VALUES", 3)
    words = struct.pack("<IQ", 8, 9) + text("word") * 9
    with pytest.raises(FileError, match="more than 3 values"):
        open_tensors(written(tmp_path, described(), metadata=[pair(9, words)]))


def test_files_cut_and_changed() -> None:
    check_damage("types-32.gguf", 3, 300)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_files_cut_anywhere_and_changed_often(name: str) -> None:
    check_damage(name, 1, 10000)


def test_the_file_may_be_cut_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, described())
    opened = open_tensors(path)
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(FileError, match="tensor w: it was changed or replaced"):
        opened.read("w", ())

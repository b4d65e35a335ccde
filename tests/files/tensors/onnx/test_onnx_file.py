"""Models that the package onnx 1.23.2 wrote, whole, damaged and untruthful."""

import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import Source, open_tensors, read_weights
from linnet_exact.files.tensors.onnx import model, tensor_proto
from tests.files.models.contents import KINDS, QUANTIZED, SCALES, ZEROS, of_kind
from tests.files.tensors.damage import MODELS, check_damage
from tests.files.tensors.onnx.test_wire import encoded, of_bytes


def varint(number: int, value: int) -> bytes:
    return encoded(number << 3) + encoded(value % 2**64)


def tensor(dims=(2, 3), kind=1, name=b"w", entries=b"") -> bytes:
    shape = b"".join(varint(1, size) for size in dims)
    return shape + varint(2, kind) + of_bytes(8, name) + entries


def written(folder: Path, *tensors: bytes, nodes: bytes = b"") -> Path:
    path = folder / "model.onnx"
    graph = b"".join(of_bytes(5, tensor) for tensor in tensors) + nodes
    path.write_bytes(varint(1, 10) + of_bytes(7, graph) + of_bytes(8, b""))
    return path


def external(dims=(2, 3), **where: str) -> bytes:
    entries = b"".join(
        of_bytes(13, of_bytes(1, key.encode()) + of_bytes(2, value.encode()))
        for key, value in where.items()
    )
    return tensor(dims, entries=entries + varint(14, 1))


RAW = of_bytes(9, np.arange(6, dtype="<f4").tobytes())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["raw", "listed"])
def test_every_type(kind: str, how: str) -> None:
    (matrix,) = read_weights(MODELS / "types.onnx", [f"{kind}_{how}"]).matrices
    assert matrix.rows() == [list(map(Fraction, row)) for row in of_kind(kind).tolist()]


def test_other_types_have_a_note() -> None:
    tensors = open_tensors(MODELS / "types.onnx").tensors
    for name, kind in [("complex", "complex64"), ("text", "string"), ("int4", "int4")]:
        assert f"tensor {name} has entries of type {kind}; expected one of" in tensors[name].note


@pytest.mark.parametrize("name", SCALES)
def test_integers_times_scales_are_exact(name: str) -> None:
    shape = {"all": (1, 1), "rows": (-1, 1), "columns": (1, -1)}[name]
    scales = np.broadcast_to(np.reshape(SCALES[name], shape), QUANTIZED.shape)
    zeros = np.broadcast_to(np.reshape(ZEROS[name], shape), QUANTIZED.shape)
    expected = [
        [Fraction(float(scales[place])) * (int(QUANTIZED[place]) - int(zeros[place]))
         for place in row]
        for row in [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(2, 0), (2, 1)]]
    ]  # fmt: skip
    path = MODELS / "quantized.onnx"
    assert read_weights(path, [name]).matrices[0].rows() == expected
    part = read_weights(path, [f"{name}[1:, ::-1]"]).matrices[0]
    assert part.rows() == [row[::-1] for row in expected[1:]]


def test_what_is_made_of_tensors_and_what_is_not() -> None:
    opened = open_tensors(MODELS / "quantized.onnx")
    assert opened.read("constant", ()).tolist() == QUANTIZED.tolist()
    columns = np.float64(SCALES["columns"])
    assert opened.read("without_zero", ()).tolist() == (QUANTIZED * columns).tolist()
    for name, message in [
        ("computed", "from elsewhere, which is not stored"),
        ("unfitting", r"shapes \[\(3,\)\], for shape \(3, 2\)"),
        ("blocks", "has scales for blocks of 2, which are not read"),
    ]:
        with pytest.raises(FileError, match=f"tensor {name} .*{message}"):
            read_weights(MODELS / "quantized.onnx", [name])


def test_products_of_long_integers_are_exact_or_refused(tmp_path: Path) -> None:
    scale = tensor((), 1, b"s", of_bytes(9, np.float32(0.1).tobytes()))
    node = of_bytes(1, b"q") + of_bytes(1, b"s") + of_bytes(2, b"d")
    for long, exact in [(2**31 - 1, False), (2**31 - 2**20, True)]:
        q = tensor((1, 1), 6, b"q", of_bytes(9, np.int32(long).tobytes()))
        nodes = of_bytes(1, node + of_bytes(4, b"DequantizeLinear"))
        path = written(tmp_path, q, scale, nodes=nodes)
        if exact:
            found = read_weights(path, ["d"]).matrices[0]
            assert found[0, 0] == long * Fraction(float(np.float32(0.1)))
        else:
            with pytest.raises(FileError, match="more digits than a float64"):
                read_weights(path, ["d"])


def test_entries_in_another_file(tmp_path: Path) -> None:
    opened = open_tensors(MODELS / "external.onnx")
    assert opened.read("first", ()).tolist() == of_kind("float32").tolist()
    assert opened.read("second", (slice(1, 2),)).tolist() == of_kind("int16")[1:].tolist()
    shutil.copy(MODELS / "external.onnx", tmp_path)
    path = tmp_path / "external.onnx"
    assert "No such file" in open_tensors(path).tensors["first"].note
    (tmp_path / "external.data").write_bytes(bytes(20))
    assert "which has 20" in open_tensors(path).tensors["second"].note
    content = Source(Path("-"), path.read_bytes())
    assert "came without a folder" in open_tensors(content).tensors["first"].note


@pytest.mark.parametrize(
    "location", ["../secret", "/etc/passwd", "a/../../secret", "..\\x", "", "\0"]
)
def test_files_outside_the_folder_are_not_touched(tmp_path: Path, location: str) -> None:
    (tmp_path / "secret").write_bytes(RAW[2:])
    (tmp_path / "inside").mkdir()
    path = written(tmp_path / "inside", external(location=location))
    with pytest.raises(FileError, match="tensor w must be in a file of the same folder"):
        read_weights(path)


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(RAW[2:])
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "secret")
    path = written(tmp_path / "inside", external(location="link"))
    with pytest.raises(FileError, match="same folder, which 'link' leads out of"):
        read_weights(path)
    # A cache of models: both are links into one folder.
    path.rename(tmp_path / "blob")
    path.symlink_to(tmp_path / "blob")
    assert read_weights(path).network.widths == (3, 2)


def test_what_is_no_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(FileError, match="tensor w is in another file"):
        read_weights(written(tmp_path, external(location="data")))


def listed(kind: int, number: int, *values: int) -> bytes:
    return tensor((1, len(values)), kind, entries=b"".join(varint(number, v) for v in values))


LIES = {
    "more entries than bytes": (tensor((3, 3), entries=RAW), "24 bytes, which do not hold"),
    "fewer entries": (tensor((1, 3), entries=RAW), "24 bytes, which do not hold"),
    "no entries": (tensor(), "0 bytes, which do not hold"),
    "huge": (tensor((2**40, 2**40), entries=RAW), "24 bytes, which do not hold"),
    "negative": (tensor((-2, 3), entries=RAW), "cannot have the shape"),
    "too many axes": (tensor((1,) * 40, entries=RAW), "cannot have the shape"),
    "twice raw": (tensor(entries=RAW + RAW), "has its entries twice"),
    "raw and listed": (tensor(entries=RAW + of_bytes(4, RAW[2:])), "has its entries twice"),
    "an unknown type": (tensor(kind=77, entries=RAW), "entries of type number 77"),
    "no type": (tensor(kind=0, entries=RAW), "entries of type number 0"),
    "segments": (tensor(entries=RAW + of_bytes(3, b"")), "comes in segments"),
    "too large for its type": (listed(3, 5, 1, 300), "integers that are not of type int8"),
    "too small for its type": (listed(2, 5, 1, -1), "integers that are not of type uint8"),
    "too few integers": (tensor((1, 1), 6, entries=of_bytes(5, b"\1\1")), "8 bytes do not hold"),
    "external, longer": (external(location="x", length="25"), "has 25 bytes, which do not hold"),
    "external, not a number": (external(location="x", offset="-1"), "has no place in 'x'"),
    "external, behind": (external(location="x", offset="1"), "needs bytes 1 to 25 of 'x'"),
    "more than 2^31": (external((2**17, 2**16), location="x"), "needs bytes 0 to 34359738368"),
}


@pytest.mark.parametrize(("lying", "message"), LIES.values(), ids=LIES)
def test_tensors_that_lie(tmp_path: Path, lying: bytes, message: str) -> None:
    (tmp_path / "x").write_bytes(bytes(24))
    honest = tensor(name=b"honest", entries=RAW)
    path = written(tmp_path, lying, honest)
    with pytest.raises(FileError, match=f"^{path}: tensor w:? .*{message}"):
        read_weights(path, ["w"])
    assert read_weights(path, ["honest"]).network.widths == (3, 2)


def test_lists_of_numbers_one_by_one_or_in_pieces(tmp_path: Path) -> None:
    assert read_weights(written(tmp_path, listed(6, 5, 1, -2))).matrices[0].rows() == [[1, -2]]
    numbers = np.array([0.5, 3], "<f4").tobytes()
    alone = encoded(4 << 3 | 5) + numbers[:4] + encoded(4 << 3 | 5) + numbers[4:]
    pieces = of_bytes(4, numbers[:4]) + of_bytes(4, numbers[4:])
    for entries in (alone, pieces):
        path = written(tmp_path, tensor((1, 2), entries=entries))
        assert read_weights(path).matrices[0].rows() == [[Fraction(1, 2), 3]]


def test_limits(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(tensor_proto, "MAX_LISTED", 1)
    with pytest.raises(FileError, match=r"list of 2 bytes, more than the 1 .* as raw data"):
        read_weights(written(tmp_path, listed(6, 5, 1, 2)))
    monkeypatch.setattr(model, "MAX_TENSORS", 1)
    with pytest.raises(FileError, match="more than the 1 tensors"):
        open_tensors(written(tmp_path, tensor(), tensor(name=b"v")))


def test_two_tensors_with_one_name(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="tensor w is there twice"):
        read_weights(written(tmp_path, tensor(entries=RAW), tensor(entries=RAW)), ["w"])


@pytest.mark.parametrize(("name", "changes"), [("types.onnx", 150), ("quantized.onnx", 150)])
def test_files_cut_and_changed(name: str, changes: int) -> None:
    check_damage(name, 4, changes)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["types.onnx", "quantized.onnx"])
def test_files_cut_anywhere_and_changed_often(name: str) -> None:
    check_damage(name, 1, 10000)


def test_the_file_may_be_cut_while_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, tensor(entries=RAW))
    opened = open_tensors(path)
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(FileError, match="tensor w: it was changed or replaced"):
        opened.read("w", ())


def test_as_the_package_onnx_reads_it() -> None:
    onnx = pytest.importorskip("onnx")
    opened = open_tensors(MODELS / "types.onnx")
    for initializer in onnx.load(str(MODELS / "types.onnx")).graph.initializer:
        if not opened.tensors[initializer.name].note:
            expected = onnx.numpy_helper.to_array(initializer)
            found = opened.read(initializer.name, ())
            assert found.tolist() == expected.astype(found.dtype).tolist()

"""Archives written by NumPy itself, whole and damaged."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights


def archive(folder: Path, *arrays: np.ndarray, **named: np.ndarray) -> Path:
    path = folder / "weights.npz"
    np.savez(path, *arrays, **named)
    return path


def archive_of_bytes(folder: Path, data: bytes) -> Path:
    path = folder / "weights.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as stream:
        stream.writestr("W1.npy", data)
    return path


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array)
    return stream.getvalue()


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", ">f8", "i8", "u1"])
def test_entries_are_exactly_what_is_stored(tmp_path: Path, dtype: str) -> None:
    array = np.array([[0.1, 1e-3, 3], [7, 0, 1.5]]).astype(dtype)
    theta = read_weights(archive(tmp_path, array))
    for row, expected in zip(theta.matrices[0].rows(), array.tolist(), strict=True):
        assert row == [Fraction(x) for x in expected]


def test_order_of_the_archive_and_of_memory(tmp_path: Path) -> None:
    first, second = np.asfortranarray(np.arange(6.0).reshape(3, 2)), np.ones((1, 3))
    theta = read_weights(archive(tmp_path, z=first, a=second))
    assert theta.network.widths == (2, 3, 1)
    assert theta.matrices[0].to_numpy().tolist() == first.tolist()


def test_compressed_archives(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez_compressed(path, W1=np.eye(3))
    assert read_weights(path).stratum.fiber.rank == 3


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.array([[1.0, np.nan]]), "W1: row 1, column 2: expected a finite number, not nan"),
        (np.array([[1.0], [-np.inf]]), "W1: row 2, column 1: expected a finite number, not -inf"),
        (np.array([1.0, 2.0]), r"layer W1 must be a matrix .* has shape \(2,\)"),
        (np.ones((0, 3)), r"layer W1 must be a matrix .* has shape \(0, 3\)"),
        (np.ones((2, 2, 2)), r"layer W1 must be a matrix .* take a part of it"),
        (np.zeros((2, 2), dtype=[("x", "f8")]), "array W1 has entries of type void64"),
        (np.array([[1j]]), "array W1 has entries of type complex128"),
        (np.array([[True]]), "array W1 has entries of type bool"),
        (np.array([["x"]]), "array W1 has entries of type str32"),
        (np.array([[{}]]), "array W1 has entries of type object"),
    ],
)
def test_arrays_that_are_not_real_matrices(tmp_path: Path, array, message: str) -> None:
    with pytest.raises(FileError, match=message):
        read_weights(archive(tmp_path, W1=array))


def test_layers_that_do_not_compose(tmp_path: Path) -> None:
    path = archive(tmp_path, np.ones((2, 3)), np.ones((2, 3)))
    with pytest.raises(FileError, match=f"{path}: W_2 is 2x3 but W_1 is 2x3"):
        read_weights(path)


def test_damaged_archives(tmp_path: Path) -> None:
    whole = archive(tmp_path, np.ones((4, 4))).read_bytes()
    path = tmp_path / "damaged.npz"
    for data in (b"", b"junk", whole[:100], whole[100:], whole.replace(b"\x93NUMPY", b"\x93NUMPX")):
        path.write_bytes(data)
        with pytest.raises(FileError, match=str(path)):
            read_weights(path)


def test_an_archive_without_arrays(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="at least one weight matrix"):
        read_weights(archive(tmp_path))


@pytest.mark.parametrize("shape", ["(10, 10)", "(1000000000, 1000000000)", "(-1, 4)"])
def test_headers_that_claim_what_is_not_there(tmp_path: Path, shape: str) -> None:
    honest = npy(np.ones((4, 4)))
    false = honest.replace(b"(4, 4), }", f"{shape}, }}".encode())
    header = len(honest) - 128
    padded = false[: len(false) - 128].rstrip(b" \n").ljust(header - 1) + b"\n" + false[-128:]
    with pytest.raises(FileError, match="array W1"):
        read_weights(archive_of_bytes(tmp_path, padded))


@pytest.mark.parametrize("kind", ["()", "('<i4',)", "('<i4', (-1,))", "'V99999999999'"])
def test_headers_with_types_that_are_none(tmp_path: Path, kind: str) -> None:
    header = f"{{'descr': {kind}, 'fortran_order': False, 'shape': (2,)}}".encode()
    path = tmp_path / "layer.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8))
    with pytest.raises(FileError, match=f"{path}: it is not in the .npy format"):
        open_tensors(path)


def test_archives_that_unpack_to_too_much(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("linnet_exact.files.tensors.archives.READ_WHOLE", 1000)
    path = archive_of_bytes(tmp_path, npy(np.zeros((1000, 1000))))
    with pytest.raises(FileError, match=r"array W1: it would unpack from .* to 8000128 bytes"):
        read_weights(path)
    monkeypatch.setattr("linnet_exact.files.tensors.archives.MAX_RATIO", 10**9)
    monkeypatch.setattr("linnet_exact.files.tensors.archives.MAX_UNPACKED", 8_000_000)
    with pytest.raises(FileError, match="more than 8000000; save it without compression"):
        read_weights(path)


def test_more_entries_than_are_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("linnet_exact.files.tensors.parts.MAX_ENTRIES", 10)
    path = archive(tmp_path, w=np.ones((4, 3)))
    with pytest.raises(FileError, match="array w: 12 entries are more than 10; take a slice"):
        read_weights(path)
    assert read_weights(path, ["w[0:3, :]"]).network.widths == (3, 3)


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
@pytest.mark.parametrize("whole", [0, 10**9])
def test_parts_of_arrays(tmp_path: Path, monkeypatch, save, whole: int) -> None:
    """Members read whole, and those that are mapped (stored) or unpacked in one go."""
    monkeypatch.setattr("linnet_exact.files.tensors.archives.READ_WHOLE", whole)
    rows, columns = np.arange(12.0).reshape(4, 3), np.asfortranarray(np.arange(12.0).reshape(4, 3))
    path = tmp_path / "weights.npz"
    save(path, rows=rows, columns=columns)
    theta = read_weights(path, ["rows[1:3, :]", "columns[::2, -2:].T"])
    assert theta.matrices[0].to_numpy().tolist() == rows[1:3, :].tolist()
    assert theta.matrices[1].to_numpy().tolist() == columns[::2, -2:].T.tolist()


def test_two_arrays_with_one_name(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    with zipfile.ZipFile(path, "w") as stream:
        stream.writestr("w.npy", npy(np.eye(2)))
        with pytest.warns(UserWarning, match="Duplicate"):
            stream.writestr("w.npy", npy(np.eye(3)))
    with pytest.raises(FileError, match="two arrays with the name w"):
        read_weights(path)


@pytest.mark.parametrize("position", [-200, -150])
def test_changed_bits_in_compressed_and_stored_members(tmp_path: Path, position: int) -> None:
    array = np.random.default_rng(0).standard_normal((9, 9))
    for save in (np.savez, np.savez_compressed):
        path = tmp_path / "weights.npz"
        save(path, w=array)
        data = bytearray(path.read_bytes())
        data[position - 100] ^= 255
        path.write_bytes(data)
        with pytest.raises(FileError, match=f"{path}: .*not a whole .npz archive"):
            read_weights(path)


def test_headers_of_absurd_length(tmp_path: Path) -> None:
    data = b"\x93NUMPY\x02\x00" + (2**31).to_bytes(4, "little") + bytes(1000)
    with pytest.raises(FileError, match="array W1 has a header of 2147483648 bytes"):
        read_weights(archive_of_bytes(tmp_path, data))


def test_npy_files(tmp_path: Path) -> None:
    array = np.arange(6, dtype="f4").reshape(2, 3) / 7
    path = tmp_path / "layer.npy"
    np.save(path, array)
    assert read_weights(path).matrices[0].to_numpy().tolist() == array.tolist()
    assert read_weights(path, ["layer[:, 1:].T"]).network.widths == (2, 2)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(FileError, match=f"{path}: it is cut short"):
        read_weights(path)


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    path = tmp_path / "layer.npy"
    np.save(path, np.array([[print]], dtype=object), allow_pickle=True)
    with pytest.raises(FileError, match="entries of type object, which are never read"):
        read_weights(path)

"""Archives written by NumPy itself, whole and damaged."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import read_weights


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
        (np.array([[1.0, np.nan]]), "W_1: row 1, column 2: expected a finite number, not nan"),
        (np.array([[1.0], [-np.inf]]), "W_1: row 2, column 1: expected a finite number, not -inf"),
        (np.array([1.0, 2.0]), r"array W1 must be a matrix .* its shape is \(2,\)"),
        (np.ones((0, 3)), r"array W1 must be a matrix .* its shape is \(0, 3\)"),
        (np.array([[1j]]), "array W1 has entries of type complex128"),
        (np.array([[True]]), "array W1 has entries of type bool"),
        (np.array([["x"]]), "array W1 has entries of type <U1"),
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


def test_archives_that_unpack_to_too_much(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("linnet_exact.files.npz_weights.MAX_BYTES", 1000)
    with pytest.raises(FileError, match="bytes of arrays, more than 1000"):
        read_weights(archive_of_bytes(tmp_path, npy(np.zeros((1000, 1000)))))

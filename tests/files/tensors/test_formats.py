"""Files are known by what is in them, whatever their names are."""

import bz2
import gzip
import io
import json
import lzma
import pickle
import shutil
import sqlite3
import subprocess
import tarfile
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import read_weights

WEIGHTS = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1, 0], [0, 1]]]}


def written_by(save) -> bytes:
    stream = io.BytesIO()
    save(stream, np.eye(2))
    return stream.getvalue()


def safetensors(space: str = "") -> bytes:
    header = json.dumps({"w": {"dtype": "F64", "shape": [2, 2], "data_offsets": [0, 32]}}) + space
    return len(header).to_bytes(8, "little") + header.encode() + np.eye(2).tobytes()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("storages"))
    return stream.getvalue()


def sqlite() -> bytes:
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (x)")
        return database.serialize()


READ = {
    "npz": written_by(np.savez),
    "npy": written_by(np.save),
    "json": json.dumps(WEIGHTS).encode(),
    "json with a mark": b"\xef\xbb\xbf \n" + json.dumps(WEIGHTS).encode(),
    **{f"safetensors + {n}": safetensors(" " * n) for n in (0, 63, 123 - 66 % 123, 1000)},
}
NAMES = ["D.NPZ", "w.json", "w.SafeTensors", "w.pt", "w.bin", "weights", "w.txt", "w.npy"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_content_counts_and_not_the_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert read_weights(path).matrices[0].to_numpy().tolist() == [[1, 0], [0, 1]]


OTHERS = {
    "pickle": (pickle.dumps({"w": 1}), "pickle file; it can run code .*save_file"),
    "HDF5": (b"\x89HDF\r\n\x1a\n" + bytes(20), "HDF5 file; h5py can save its arrays"),
    "TensorFlow": (b"\x08\x01\x12" + bytes(20), "TensorFlow file; TensorFlow can save"),
    "TensorFlow checkpoint": (
        bytes.fromhex("0000060801 1a020801"),
        "TensorFlow checkpoint file; TensorFlow can save",
    ),
    "a list of TensorFlow checkpoints": (
        b'model_checkpoint_path: "a"',
        "TensorFlow checkpoint file; TensorFlow can save",
    ),
    "SQLite": (sqlite(), "SQLite file; linnet-exact atlas"),
    "zstd": (b"\x28\xb5\x2f\xfd" + bytes(20), "zstd file; unpack it first: zstd -dc "),
    "tar": (tar(), "tar file; unpack it first: tar -xf "),
    "Parquet": (b"PAR1" + bytes(20), "Parquet file; save its columns"),
}


@pytest.mark.parametrize("name", ["w", "w.npz", "w.safetensors", "w.json", "w.pt"])
@pytest.mark.parametrize(("content", "message"), OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("layers", [(), ("w",)])
def test_other_formats_get_the_way_out(tmp_path, name, content, message, layers) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=f"^{path}: it is a {message}"):
        read_weights(path, layers)


@pytest.mark.parametrize("pack", [gzip, bz2, lzma], ids=["gzip", "bzip2", "xz"])
def test_the_way_out_of_compression_works(tmp_path: Path, pack) -> None:
    path = tmp_path / "it's $HOME.npz"
    path.write_bytes(pack.compress(READ["npz"]))
    with pytest.raises(FileError, match="unpack it first: ") as raised:
        read_weights(path)
    command = str(raised.value).partition("unpack it first: ")[2]
    if not shutil.which(command.split()[0]):
        pytest.skip(f"needs {command.split()[0]}")
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    assert read_weights(tmp_path / "weights").network.widths == (2, 2)


@pytest.mark.parametrize("content", [b"", b"\0", b"hello", b"<html>", bytes(100), b"\xff" * 20])
def test_content_without_a_format(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w"
    path.write_bytes(content)
    with pytest.raises(FileError, match=f"^{path}: its content is none of the formats .* JSON"):
        read_weights(path)

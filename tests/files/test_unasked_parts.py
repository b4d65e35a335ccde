"""What nobody asked for is no hindrance, and is listed with a note."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linnet_exact.cli.main import main
from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights
from tests.files.tensors.test_numpy_file import npy
from tests.files.tensors.test_safetensors_file import by_hand, described


def header_only(shape: str, descr: str = "'<f8'", size: int = 48) -> bytes:
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}}}".encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(size)


def objects(folder: Path) -> bytes:
    np.save(folder / "objects.npy", np.array([[print]], dtype=object), allow_pickle=True)
    return (folder / "objects.npy").read_bytes()


MEMBERS: dict[str, tuple[str, Any, str]] = {
    "object array": ("bad.npy", objects, "type object, which are never read"),
    "folder": ("bad/", b"", "is a folder, not an array"),
    "foreign member": ("bad", b"notes", "not in the .npy format"),
    "empty member": ("bad", b"", "not in the .npy format"),
    "text": ("bad.npy", npy(np.array([["a"]])), "entries of type str32; expected"),
    "complex": ("bad.npy", npy(np.ones((1, 1), complex)), "type complex128; expected"),
    "booleans": ("bad.npy", npy(np.ones((1, 1), bool)), "type bool; expected"),
    "dates": ("bad.npy", npy(np.zeros((1, 1), "M8[s]")), "type datetime64"),
    "records": ("bad.npy", npy(np.zeros((1, 1), "i4,f8")), "entries of type void"),
    "long double": ("bad.npy", npy(np.ones((1, 1), np.longdouble)), "longdouble|float128"),
    "shape of a boolean": ("bad.npy", header_only("(True, 6)"), "cannot have the shape"),
    "negative shape": ("bad.npy", header_only("(-1, -6)"), "cannot have the shape"),
    "cut short": ("bad.npy", header_only("(1, 7)"), "is cut short"),
    "a call": ("bad.npy", header_only("(print(1), 6)"), "not in the .npy format"),
}


@pytest.mark.parametrize(("name", "content", "note"), MEMBERS.values(), ids=MEMBERS)
def test_members_of_archives(tmp_path: Path, capsys, name: str, content: Any, note: str) -> None:
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content(tmp_path) if callable(content) else content)
        archive.writestr("w.npy", npy(np.eye(2)))
    assert read_weights(path, ["w"]).network.widths == (2, 2)
    noted = open_tensors(path).tensors
    assert [bool(tensor.note) for tensor in noted.values()] == [True, False]
    with pytest.raises(FileError, match=f"^{path}: .*({note}).*--layer says which"):
        read_weights(path)
    assert main(["analyze", str(path), "--list", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["note"] is None for row in rows] == [False, True]


def test_an_array_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(".npy", npy(np.ones((2, 2))))
        archive.writestr("w.npy", npy(np.eye(2)))
    assert read_weights(path, ["w"]).network.widths == (2, 2)
    assert read_weights(path).network.widths == (2, 2, 2)


def test_two_arrays_with_one_name_are_no_hindrance_to_a_third(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("w.npy", npy(np.eye(2)))
        archive.writestr("v.npy", npy(np.eye(2)))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("v.npy", npy(np.eye(2)))
    assert read_weights(path, ["w"]).network.widths == (2, 2)
    with pytest.raises(FileError, match="two arrays with the name v"):
        read_weights(path, ["v"])


GOOD = described("F64", [2, 2], 0, 32)
ENTRIES: dict[str, Any] = {
    "dtype of tomorrow": described("F3_E1M1", [2, 2], 32, 34),
    "dtype that is no text": described(None, [2, 2], 32, 34),  # type: ignore[arg-type]
    "known, but no real numbers": described("C64", [1, 1], 32, 40),
    "half bytes": described("F4", [2, 2], 32, 34),
    "shape that does not fit": described("F64", [3, 3], 32, 40),
    "boolean shape": described("F64", [True, 1], 32, 40),
    "no shape": {"dtype": "F64", "data_offsets": [32, 40]},
    "no offsets": {"dtype": "F64", "shape": [1, 1]},
    "not an object": 7,
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("name", ["bad", "", "\x1b[2J", "a\nb", "\ud800"])
def test_tensors_of_safetensors(tmp_path: Path, capsys, entry: Any, name: str) -> None:
    span = entry.get("data_offsets", [0, 32]) if isinstance(entry, dict) else [0, 32]
    path = by_hand(tmp_path, {"w": GOOD, name: entry}, bytes(max(span[1], 32)))
    assert read_weights(path, ["w"]).network.widths == (2, 2)
    for form in ("table", "json", "csv"):
        assert main(["analyze", str(path), "--list", "--format", form]) == 0
        printed = capsys.readouterr().out
        assert "note" in printed
        assert printed.replace("\n", "").isprintable()
    with pytest.raises(FileError, match="--layer says which") as caught:
        read_weights(path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "file", ["lost.safetensors", "a\0", "\ud800", "..", "", "/etc/passwd", 3, None, "pipe", "junk"]
)
def test_parts_of_a_model_that_are_not_there(tmp_path: Path, capsys, file: Any) -> None:
    whole = by_hand(tmp_path, {"w": GOOD}, bytes(32)).rename(tmp_path / "1.safetensors")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "junk").write_bytes(b"junk")
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": {"w": whole.name, "v\0": file}}))
    assert read_weights(index, ["w"]).network.widths == (2, 2)
    with pytest.raises(FileError, match=f"^{tmp_path}/"):
        read_weights(index)
    assert main(["analyze", str(index), "--list"]) == 0
    assert capsys.readouterr().out.count('"note": null') == 1

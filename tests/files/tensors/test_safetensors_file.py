"""Files written by the safetensors library itself, whole and damaged."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from linnet_exact.errors import FileError
from linnet_exact.files import open_tensors, read_weights

safetensors = pytest.importorskip("safetensors")
from safetensors.numpy import save_file  # noqa: E402


def saved(folder: Path, **tensors: np.ndarray) -> Path:
    path = folder / "model.safetensors"
    save_file(tensors, str(path))
    return path


def by_hand(folder: Path, header: Any, data: bytes = b"") -> Path:
    path = folder / "model.safetensors"
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


def described(dtype: str, shape: list[int], *span: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": list(span)}


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u1"])
def test_entries_are_exactly_what_is_stored(tmp_path: Path, dtype: str) -> None:
    array = np.array([[0.1, 1e-3, 3], [7, 0, 1.5]]).astype(dtype)
    theta = read_weights(saved(tmp_path, w=array))
    for row, expected in zip(theta.matrices[0].rows(), array.tolist(), strict=True):
        assert row == [Fraction(x) for x in expected]


def bfloat16_by_definition(bits: int) -> Fraction | None:
    """Sign, 8 bits of exponent, 7 bits of fraction; None for nan and infinity."""
    sign, exponent, fraction = (-1) ** (bits >> 15), bits >> 7 & 255, bits & 127
    if exponent == 255:
        return None
    if exponent == 0:
        return sign * Fraction(fraction, 2**7) / 2**126
    return sign * (1 + Fraction(fraction, 2**7)) * Fraction(2) ** (exponent - 127)


def test_every_bfloat16(tmp_path: Path) -> None:
    values = [bfloat16_by_definition(bits) for bits in range(2**16)]
    finite = [bits for bits, value in enumerate(values) if value is not None]
    data = np.array(finite, dtype="<u2").tobytes()
    header = {"w": described("BF16", [1, len(finite)], 0, len(data))}
    (matrix,) = read_weights(by_hand(tmp_path, header, data)).matrices
    assert matrix.rows()[0] == [values[bits] for bits in finite]


def test_not_a_number_is_refused_by_place(tmp_path: Path) -> None:
    header = {"w": described("BF16", [1, 2], 0, 4)}
    path = by_hand(tmp_path, header, b"\x80\x3f\xc0\x7f")
    with pytest.raises(FileError, match=f"{path}: w: row 1, column 2: .* finite number, not nan"):
        read_weights(path)


def test_layers_in_natural_order(tmp_path: Path) -> None:
    shapes = {f"{j}.weight": (j + 2, j + 1) for j in range(12)}
    path = saved(tmp_path, **{name: np.ones(shape) for name, shape in shapes.items()})
    assert list(open_tensors(path).tensors) == list(shapes)
    assert read_weights(path).network.widths == tuple(range(1, 14))


def test_parts_and_transposes(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    first, second = rng.standard_normal((6, 8)), rng.standard_normal((4, 5, 6)).astype("f4")
    path = saved(tmp_path, first=first, second=second)
    theta = read_weights(path, ["first[0:6:2, :]", "second[1, 2:, 3:6]", "second[0, 0:3, 1:3].T"])
    expected = [first[0:6:2, :], second[1, 2:, 3:6], second[0, 0:3, 1:3].T]
    for matrix, array in zip(theta.matrices, expected, strict=True):
        assert matrix.to_numpy().tolist() == array.tolist()


def test_types_that_are_no_real_numbers_may_be_there_but_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path, w=np.eye(2), mask=np.ones((2, 2), dtype=bool))
    assert read_weights(path, ["w"]).network.widths == (2, 2)
    with pytest.raises(
        FileError, match="tensor mask has entries of type BOOL; expected one of F64"
    ):
        read_weights(path, ["mask"])


def test_models_in_several_files(tmp_path: Path) -> None:
    shards = [{"w1": np.ones((3, 2), "f4")}, {"w2": np.ones((1, 3)), "bias": np.ones(3)}]
    weight_map = {}
    for number, tensors in enumerate(shards):
        name = f"model-{number}.safetensors"
        save_file(tensors, str(tmp_path / name))
        weight_map |= dict.fromkeys(tensors, name)
    index = tmp_path / "model.safetensors.index.json"
    index.write_text(json.dumps({"metadata": {}, "weight_map": weight_map}))
    assert read_weights(index, ["w1", "w2"]).network.widths == (2, 3, 1)
    assert [t.dtype for t in open_tensors(index).tensors.values()] == ["F64", "F32", "F64"]
    index.write_text(json.dumps({"weight_map": weight_map | {"w3": "model-1.safetensors"}}))
    with pytest.raises(FileError, match=r"model-1.safetensors does not hold the tensor w3"):
        read_weights(index, ["w3"])
    assert read_weights(index, ["w1"]).network.widths == (2, 3)
    index.write_text(json.dumps({"weight_map": {"w1": "../model-0.safetensors"}}))
    with pytest.raises(FileError, match="tensor w1 must be in a file of the same folder"):
        read_weights(index, ["w1"])
    index.write_text(json.dumps({"weight_map": {"w1": "lost.safetensors"}}))
    with pytest.raises(FileError, match=r"lost.safetensors: No such file"):
        read_weights(index, ["w1"])
    index.write_text("[]")
    with pytest.raises(FileError, match='expected a JSON object with "weight_map"'):
        read_weights(index, ["w1"])


W = described("F32", [2, 2], 0, 16)
DAMAGED: dict[str, tuple[Any, int, str]] = {
    "cut short": ({"w": W}, 15, "it is cut short: byte 15 is before 16"),
    "more than it should": ({"w": W}, 17, "no tensor owns the bytes from 16 to 17"),
    "overlap": ({"w": W, "v": described("F32", [2, 2], 8, 24)}, 24, "two tensors overlap: byte 8"),
    "gap": ({"w": W, "v": described("F32", [1, 1], 20, 24)}, 24, "the bytes from 16 to 20"),
    "type": ({"w": described("F99", [2, 2], 0, 16)}, 16, "the unknown type 'F99'"),
    "type that is no text": ({"w": described([], [2, 2], 0, 16)}, 16, "the unknown type"),
    "negative": ({"w": described("F32", [-2, -2], 0, 16)}, 16, r"integers >= 0, not \[-2, -2\]"),
    "bool": ({"w": described("F32", [True, 4], 0, 16)}, 16, r"integers >= 0, not \[True, 4\]"),
    "shape": ({"w": described("F32", [2, 3], 0, 16)}, 16, "16 bytes do not hold the shape"),
    "huge": ({"w": described("F32", [2**62, 2**62], 0, 16)}, 16, "16 bytes do not hold"),
    "axes": ({"w": described("F32", [1] * 99, 0, 4)}, 4, "the shape must be a list"),
    "offsets": ({"w": described("F32", [2, 2], 16, 0)}, 16, "data_offsets must be"),
    "no offsets": ({"w": {"dtype": "F32", "shape": [2, 2]}}, 16, "data_offsets must be"),
    "no object": ({"w": 3}, 0, "tensor w must be described by a JSON object"),
    "list": ([], 0, "its header must be a JSON object"),
    "not JSON": (b"{]", 0, "its header is not the JSON it should be"),
    "not UTF-8": (b'{"\xff": 1}', 0, "its header is not the JSON it should be"),
    "nested": (b"[" * 100_000, 0, "its header is not the JSON it should be"),
    "digits": (
        b'{"w": ' + b"9" * 10**6 + b"}",
        0,
        "the integer 9999999999999999999... is too long",
    ),
    "twice": (b'{"w": 1, "w": 2}', 0, 'the key "w" comes twice'),
}


@pytest.mark.parametrize(("header", "size", "message"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_files(tmp_path: Path, header: Any, size: int, message: str) -> None:
    path = by_hand(tmp_path, header, bytes(size))
    with pytest.raises(FileError, match=f"{path}: .*{message}") as caught:
        read_weights(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"abc", bytes(7), b"\xff" * 8, b"\xff" * 100])
def test_headers_longer_than_the_file(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(data)
    with pytest.raises(
        FileError, match=f"{path}: not a whole .safetensors file: its header should"
    ):
        read_weights(path)


def test_every_truncation_of_a_real_file_is_noticed(tmp_path: Path) -> None:
    path = saved(tmp_path, w=np.eye(2), v=np.ones((1, 2), "f4"))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(FileError):
            read_weights(path)

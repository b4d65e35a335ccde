"""What the stand-alone checker reads of files of weights, against NumPy and the number fields."""

import io
import json
import struct
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

from linnet_exact import NumberField
from tests.files.certificates.both import script

read = script("checker.input")
parts = script("checker.document")
CODES = ["f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1"]
MATRIX = np.array([[-1, 0, 3], [4, 100, 2]])
CUBE = np.arange(24).reshape(2, 3, 4) - 5
LAYERS = ["w", "w.T", "w[0:1,:]", "w[:, 1:3].T", "w[::1]", "w[-1:]", "v[1]", "v[-2].T", "v[:,0,1:]",
          "v[:, 1]", "v[:, :, 2].T", "v[0, 1:, ::2]"]  # fmt: skip


def chosen(layer: str, arrays: dict[str, np.ndarray]) -> list[list[list[Fraction]]]:
    found = eval(layer, {}, arrays)
    return [[[Fraction(x.item())] for x in row] for row in found]


def as_npz(arrays: dict[str, np.ndarray]) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def as_safetensors(arrays: dict[str, np.ndarray], dtypes: dict[str, str]) -> bytes:
    header: dict[str, Any] = {"__metadata__": {"by": "hand"}}
    data = b""
    for name, array in arrays.items():
        end = len(data) + array.nbytes
        header[name] = {"dtype": dtypes[name], "shape": array.shape}
        header[name]["data_offsets"] = [len(data), end]
        data += array.tobytes()
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


@pytest.mark.parametrize("code", CODES)
def test_arrays_of_every_type_in_either_order(code: str) -> None:
    positive = abs if code[0] == "u" else lambda array: array
    for endian, order in product("<>", "CF"):
        dtype = np.dtype(endian + code)
        arrays = {"v": positive(CUBE).astype(dtype, order), "w": positive(MATRIX).astype(dtype)}
        tensors = read.read_tensors(as_npz(arrays))
        for layer in LAYERS:
            assert read.tensor_rows(tensors, layer) == chosen(layer, arrays), (layer, dtype, order)


@pytest.mark.parametrize("code", CODES)
def test_safetensors_of_every_type(code: str) -> None:
    positive = abs if code[0] == "u" else lambda array: array
    name = f"{code[0].upper()}{8 * int(code[1])}"
    arrays = {"v": positive(CUBE).astype(f"<{code}"), "w": positive(MATRIX).astype(f"<{code}")}
    tensors = read.read_tensors(as_safetensors(arrays, {"v": name, "w": name}))
    for layer in LAYERS:
        assert read.tensor_rows(tensors, layer) == chosen(layer, arrays)


def test_numbers_of_two_bytes_of_a_brain() -> None:
    numbers = np.array([[1.5, -2.0, 0.15625], [3.0, 2.0**-100, 0.0]], dtype="<f4")
    halves = (numbers.view("<u4") >> 16).astype("<u2")
    tensors = read.read_tensors(as_safetensors({"w": halves}, {"w": "BF16"}))
    assert read.tensor_rows(tensors, "w") == chosen("w", {"w": numbers})


def test_one_array_alone_and_long_headers() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.array([[0.5, 2.0]]), version=(2, 0))
    found = read.read_tensors(stream.getvalue())
    assert list(found) == ["array"]
    assert read.tensor_rows(found, "array") == [[[Fraction(1, 2)], [Fraction(2)]]]


@pytest.mark.parametrize("blanks", range(9))
@pytest.mark.parametrize("version", [1, 2])
def test_headers_of_any_length(blanks: int, version: int) -> None:
    """Those that NumPy writes end in blanks."""
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}" + b" " * blanks
    length = struct.pack("<H" if version == 1 else "<I", len(text))
    data = b"\x93NUMPY" + bytes([version, 0]) + length + text + struct.pack("<dd", 0.5, -3.0)
    found = read.tensor_rows(read.read_tensors(data), "array")
    assert found == [[[Fraction(1, 2)], [Fraction(-3)]]]


def test_tensors_are_taken_in_the_order_of_their_numbers() -> None:
    one = np.array([[1.0]])
    names = ["w10", "w9", "w1b", "w1", "a", "w2.x"]
    header = as_safetensors(dict.fromkeys(names, one), dict.fromkeys(names, "F64"))
    assert list(read.read_tensors(header)) == ["a", "w1", "w1b", "w2.x", "w9", "w10"]


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        ("u", "no tensor"),
        ("u[0]", "no tensor"),
        ("v", "is no matrix"),
        ("v[0,0]", "is no matrix"),
        ("w[0]", "is no matrix"),
        ("bools", "is of a type that is not read here"),
        ("infinite", "a number that is not finite"),
        ("nothing", "a number that is not finite"),
    ],
)
def test_layers_that_are_no_exact_matrices(layer: str, message: str) -> None:
    arrays = {"v": CUBE, "w": MATRIX, "bools": np.array([[True]])}
    arrays |= {"infinite": np.array([[np.inf]]), "nothing": np.array([[np.nan]])}
    dtypes = {"v": "I64", "w": "I64", "bools": "BOOL", "infinite": "F64", "nothing": "F64"}
    tensors = read.read_tensors(as_safetensors(arrays, dtypes))
    with pytest.raises(parts.Malformed, match=message):
        read.tensor_rows(tensors, layer)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "of no format that is read here"),
        (b"\x00" * 8, "of no format that is read here"),
        (struct.pack("<Q", 3) + b"{}", "of no format that is read here"),
        (struct.pack("<Q", 2) + b"{x", "of no format that is read here"),
        (b"\x93NUMPY\x01\x00", "no array of NumPy"),
        (b"\x93NUMPY\x01\x00\x02\x00{}", "no array of NumPy"),
        (b"\x93NUMPY\x01\x00\x03\x00{} ", "header of an array cannot be read"),
        (b"\x93NUMPY\x01\x00\x03\x001/0", "header of an array cannot be read"),
    ],
)
def test_bytes_that_are_no_tensors(data: bytes, message: str) -> None:
    with pytest.raises(parts.Malformed, match=message):
        read.read_tensors(data)


def test_archives_are_measured_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = as_npz({"w": MATRIX})
    stream = io.BytesIO()
    np.save(stream, MATRIX)
    monkeypatch.setattr(read, "MOST_BYTES", len(stream.getvalue()))
    assert read.tensor_rows(read.read_tensors(data), "w") == chosen("w", {"w": MATRIX})
    monkeypatch.setattr(read, "MOST_BYTES", len(stream.getvalue()) - 1)
    with pytest.raises(parts.Malformed, match="too large"):
        read.read_tensors(data)


@pytest.mark.parametrize("types", ["O", "U3", "c16", "M8[s]", "?"])
def test_arrays_of_other_types(types: str) -> None:
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        stream, {"descr": np.dtype(types).str, "fortran_order": False, "shape": (1, 1)}
    )
    with pytest.raises(parts.Malformed, match="arrays of type"):
        read.read_tensors(stream.getvalue() + b"\x00" * 16)


ROOT = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"]}
ENTRIES = ["0", "3", "-1/2", "1.25", "1e2", "a", "-a", "+a", "2*a", "a/2", "3*a/4", "a^2", "a^3",
           "a^7", "1 + a", "a - 1", "1/2 - 3*a^2 + a", " 2 + a ", "a^2/3 - a^4/5", "1.5*a",
           "-a^5 - a^4", "2/3*a^2 + 0.5"]  # fmt: skip


@pytest.mark.parametrize("polynomial", [["-2", 0, "1"], [10, 1, 0, 6], [1, 1, 1, 1, 1]])
def test_entries_are_the_numbers_that_the_fields_say(polynomial: list[Any]) -> None:
    K = NumberField(polynomial)
    integers = read.primitive([Fraction(str(c)) for c in K.minimal_polynomial])
    described = {"generator": "a", "minimal_polynomial": list(map(str, integers))}
    field = script("checker.field").Field(described)
    for entry in ENTRIES:
        expected = [Fraction(str(c)) for c in K(entry).coordinates]
        assert read.coordinates(entry, "a", field) == expected, entry


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("a^1001", "cannot be read here"),
        ("a a", "cannot be read here"),
        ("2 a", "cannot be read here"),
        ("sqrt(a)", "cannot be read here"),
        ("a*2", "cannot be read here"),
        ("1/0", "division by zero"),
        ("0x1", "cannot be read here"),
        (read.Rounded("1.5"), "may have been rounded"),
        ("b", "cannot be read here"),
    ],
)
def test_entries_that_it_leaves_to_others(entry: str, message: str) -> None:
    field = script("checker.field").Field(ROOT)
    with pytest.raises(parts.Malformed, match=message):
        read.coordinates(entry, "a", field)


def compare(matrices: list[Any], data: bytes, record: dict[str, Any]) -> None:
    field = script("checker.field").Field("QQ")
    shapes = script("checker.matrices")
    read.compare_with_input(
        [shapes.read_matrix(rows, "W", field) for rows in matrices], field, record, data
    )


def weights_file(**changes: Any) -> bytes:
    document = {"format": "linnet-exact/weights", "version": 1, "weights": [[[1, "0.5"]], [[3]]]}
    return json.dumps(document | changes).encode()


def test_the_same_weights_and_everything_else() -> None:
    certified = [[[1, "1/2"]], [[3]]]
    compare(certified, weights_file(), {})
    compare(certified, b"\xef\xbb\xbf \n" + weights_file(), {})
    compare([[[2, 0]]], as_npz({"w": np.array([[2.0], [0.0]])}), {"layers": ["w.T"]})
    other = {"generator": "a", "minimal_polynomial": [-2, 0, 1], "near": "1.4"}
    for data, record, message in [
        (weights_file(weights=[[[1, "0.5"]]]), {}, "another number of matrices"),
        (weights_file(weights=[[[1, "0.25"]], [[3]]]), {}, "W_1 in the file is not the one"),
        (weights_file(weights=[[[1, "0.5"]], [[3], [0]]]), {}, "W_2 in the file is not the one"),
        (weights_file(field=other), {}, "over another field"),
        (weights_file(), {"sha256": "0" * 64}, "the bytes of the file are not those"),
    ]:
        with pytest.raises(parts.Refused, match=message):
            compare(certified, data, record)
    for data, record, message in [
        (weights_file(), {"layers": ["w"]}, "has no layers to choose"),
        (weights_file(format="linnet-exact/matrix"), {}, "is no weights file"),
        (weights_file(field="RR"), {}, "the field of the input cannot be read"),
        (weights_file(weights=[[[1, 0.5]], [[3]]]), {}, "may have been rounded"),
    ]:
        with pytest.raises(parts.Malformed, match=message):
            compare(certified, data, record)


def test_tensors_are_rational_numbers_of_every_field() -> None:
    field = script("checker.field").Field(ROOT)
    data = as_npz({"w": np.array([[1.0, 0.5]])})
    for rows, same in [([[1, "1/2"]], True), ([[1, "a"]], False), ([[1, "1/2 + a"]], False)]:
        matrix = script("checker.matrices").read_matrix(rows, "W", field)
        if same:
            read.compare_with_input([matrix], field, {}, data)
        else:
            with pytest.raises(parts.Refused, match="W_1 in the file is not the one"):
                read.compare_with_input([matrix], field, {}, data)

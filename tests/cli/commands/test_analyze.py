"""`analyze` on weights made here and on the trained example."""

import json
from pathlib import Path

import numpy as np
import pytest

from linnet_exact.cli.main import main

EXAMPLE = Path(__file__).parents[2] / "data" / "digits.npz"


def analyze(capsys: pytest.CaptureFixture[str], path: Path) -> dict:
    assert main(["analyze", str(path), "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("widths", "barcode", "dimension"),
    [("2,3,2", "0-0,0-2,1-1:2,2-2", 5), ("1,1", "0-0,1-1", 0), ("1,1,1", "0-2", 1)],
)
def test_sampled_points(capsys, tmp_path, widths: str, barcode: str, dimension: int) -> None:
    path = tmp_path / "theta.json"
    assert main(["sample", widths, "--barcode", barcode, "--seed", "7", "-o", str(path)]) == 0
    found = analyze(capsys, path)
    assert found["widths"] == [int(width) for width in widths.split(",")]
    assert (found["dimension"], found["certified"], found["field"]) == (dimension, True, "QQ")
    bars = ",".join(bar if n == 1 else f"{bar}:{n}" for bar, n in found["barcode"].items())
    assert bars == barcode


def test_trained_example_against_ranks_modulo_a_prime(capsys) -> None:
    """Integer elimination in Python modulo one prime bounds every rank from below."""
    found = analyze(capsys, EXAMPLE)
    with np.load(EXAMPLE) as archive:
        layers = [archive[name] for name in archive.files]
    prime = 2**61 - 1
    assert found["widths"] == [layers[0].shape[1], *(layer.shape[0] for layer in layers)]
    integers = [[[int(x * 2.0**200) % prime for x in row] for row in a.tolist()] for a in layers]
    product = integers[0]
    for layer in integers[1:]:
        columns = list(zip(*product, strict=True))
        product = [
            [sum(map(int.__mul__, row, column)) % prime for column in columns] for row in layer
        ]
    assert rank_modulo(product, prime) == found["rank"] == found["rank_list"]["3~0"]
    for j, layer in enumerate(integers, start=1):
        assert rank_modulo(layer, prime) == found["rank_list"][f"{j}~{j - 1}"]


def rank_modulo(rows: list[list[int]], prime: int) -> int:
    rows, rank = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((row for row in rows[rank:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        inverse = pow(pivot[column], -1, prime)
        for row in rows[rank + 1 :]:
            factor = row[column] * inverse % prime
            row[:] = [(x - factor * y) % prime for x, y in zip(row, pivot, strict=True)]
        rank += 1
    return rank


def test_over_a_number_field(capsys, tmp_path) -> None:
    field = {"generator": "a", "minimal_polynomial": ["-2", "0", "1"], "near": "1.4142"}
    weights = [[["a", 2], [1, "a"]]]
    path = tmp_path / "theta.json"
    header = {"format": "linnet-exact/weights", "version": 1, "field": field}
    path.write_text(json.dumps({**header, "weights": weights}))
    found = analyze(capsys, path)
    assert (found["rank"], found["field"]) == (1, field)


def test_layers_of_a_file_and_their_list(capsys, tmp_path) -> None:
    path = tmp_path / "model.npz"
    v, o = np.arange(12.0).reshape(3, 4), np.ones((2, 3))
    np.savez(path, o=o, v=v)
    layers = ["--layer", "v[0:2, :]", "--layer", "o[:, 0:2]"]
    assert main(["analyze", str(path), *layers, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["widths"], found["barcode"]) == (
        [4, 2, 2],
        {"0-0": 2, "0-1": 1, "0-2": 1, "2-2": 1},
    )
    assert main(["analyze", str(path), "--list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": "o", "shape": [2, 3], "dtype": "float64"},
        {"name": "v", "shape": [3, 4], "dtype": "float64"},
    ]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_names_of_tensors_reach_no_terminal_as_they_are(capsys, tmp_path, form: str) -> None:
    name = "red \x1b[31m\x9b1m\nW"
    described = {name: {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]}}
    header = json.dumps(described).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    assert main(["analyze", str(path), "--list", "--format", form]) == 0
    out = capsys.readouterr().out
    assert not set(out.rstrip("\n").replace("\n", "", 2)) & {"\x1b", "\x9b", "\n"}
    assert "31m" in out
    assert main(["analyze", str(path), "--layer", name + "[0, :]"]) == 2
    assert capsys.readouterr().err.rstrip("\n").isprintable()
    assert main(["analyze", str(path), "--layer", name]) == 0


def test_a_wrong_layer_is_answered_with_names_that_are_there(capsys, tmp_path) -> None:
    path = tmp_path / "model.npz"
    np.savez(path, value=np.ones((3, 4)), output=np.ones((2, 3)))
    assert main(["analyze", str(path), "--layer", "valeu"]) == 2
    assert "no tensor 'valeu'; the nearest names are value" in capsys.readouterr().err


def test_probable_ranks_never_pass_for_certified(capsys) -> None:
    certified = analyze(capsys, EXAMPLE)
    assert main(["analyze", str(EXAMPLE), "--probable", "--format", "json"]) == 0
    probable = json.loads(capsys.readouterr().out)
    assert probable["certified"] is False
    base, exponent = probable.pop("error_bound").split("^-")
    assert (base, int(exponent) > 50) == ("2", True)
    assert {**probable, "certified": True} == certified


def test_probable_ranks_of_zeros_cannot_be_wrong(capsys, tmp_path) -> None:
    path = tmp_path / "zero.json"
    header = {"format": "linnet-exact/weights", "version": 1}
    path.write_text(json.dumps({**header, "weights": [[[0, 0]], [[0]]]}))
    assert main(["analyze", str(path), "--probable", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["rank"], found["certified"], found["error_bound"]) == (0, False, "0")

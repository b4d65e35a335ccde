"""`move`: a weights file in, a weights file out, and one line for what cannot be done."""

import json
from pathlib import Path

import pytest

from linnet_exact import Weights
from linnet_exact.cli.main import main
from linnet_exact.files import read_weights, weights_to_jsonable


@pytest.fixture
def theta(tmp_path: Path) -> Path:
    file = tmp_path / "theta.json"
    barcode = "0-0,0-2,1-1:2,2-2"
    assert main(["sample", "2,3,2", "--barcode", barcode, "--seed", "1", "-o", str(file)]) == 0
    return file


def move(file: Path, layer: int, source: str, target: str, *options: str) -> int:
    command = ["move", str(file), "--layer", str(layer), "--from", source, "--to", target]
    return main([*command, *options])


@pytest.mark.parametrize(
    ("layer", "source", "target", "after"),
    [
        (1, "0-0", "1-1", "0-1,0-2,1-1,2-2"),
        (2, "1-1", "2-2", "0-0,0-2,1-1,1-2"),
        (1, "0-2", "1-1", "0-0,0-2,1-1:2,2-2"),
        (2, "1-1", "0-2", "0-0,0-2,1-1:2,2-2"),
    ],
)
def test_barcode_and_product(theta: Path, tmp_path, layer, source, target, after) -> None:
    moved = tmp_path / "moved.json"
    assert move(theta, layer, source, target, "--eps=-3/4", "-o", str(moved)) == 0
    before, found = read_weights(theta), read_weights(moved)
    assert found.product() == before.product()
    assert str(found.barcode) == after
    assert found.matrices[2 - layer] == before.matrices[2 - layer]


def test_stdout_and_number_fields(tmp_path: Path, capsys) -> None:
    file = tmp_path / "theta.json"
    field = {"generator": "a", "minimal_polynomial": [-2, 0, 1], "near": "1.4"}
    value = weights_to_jsonable(Weights([[[0]], [[0]]])) | {"field": field}
    file.write_text(json.dumps(value))
    assert move(file, 1, "0-0", "1-1", "--eps", "1 - a") == 0
    assert json.loads(capsys.readouterr().out)["weights"] == [[["1 - a"]], [[0]]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, "0-0", "0-2"), "a move from 0-0 to 0-2 would change the product"),
        ((1, "0-1", "1-1"), "has no bar 0-1; at layer 0 it has 0-0, 0-2"),
        ((2, "0-0", "2-2"), "bar 0-0 does not live at layer 1; there is 0-2, 1-1"),
        ((3, "0-0", "1-1"), "layer must be between 1 and 2, not 3"),
        ((1, "0", "1-1"), "bar '0' is not of the form from-to"),
        ((1, "0-0", "1-1", "--eps", "sqrt(2)"), "sqrt(2)"),
        ((1, "0-0", "1-1", "--eps", "1/0"), "1/0"),
    ],
)
def test_refused(theta: Path, capsys, arguments, message: str) -> None:
    assert move(theta, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1

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


LOW = "0-0,0-2,1-1:2,2-2"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["move", *arguments]) == 0
    return json.loads(capsys.readouterr().out)


def test_up_and_down_again(theta: Path, tmp_path: Path) -> None:
    up, down = tmp_path / "up.json", tmp_path / "down.json"
    assert move(theta, 1, "0-0", "1-1", "--to-strand", "1", "-o", str(up)) == 0
    assert main(["move", str(up), "--from", "0-0", "--to", "1-1", "--down", "-o", str(down)]) == 0
    assert str(read_weights(up).barcode) == "0-1,0-2,1-1,2-2"
    assert str(read_weights(down).barcode) == LOW
    assert read_weights(down).product() == read_weights(theta).product()


def test_strands_and_vectors(theta: Path, capsys) -> None:
    command = [str(theta), "--layer", "1", "--from", "0-0", "--to", "1-1"]
    strands = [printed(capsys, *command, "--to-strand", n)["weights"] for n in ("0", "1", "-1")]
    assert strands[0] != strands[1] == strands[2]
    assert printed(capsys, *command, "--vector", "0,1")["weights"] == strands[1]
    mixed = printed(capsys, *command, "--vector", "1,-1/2", "--covector", "3")
    assert mixed["moves"][0]["to"] == "0-1,0-2,1-1,2-2"
    assert mixed["moves"][0] | {"to": None} == {
        "move": "connect",
        "direction": "up",
        "matrices": [1],
        "bars": ["0-0", "1-1"],
        "epsilon": 1,
        "to": None,
    }


def test_two_matrices(theta: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "moved.json", read_weights(theta)
    assert move(theta, 1, "1-1", "0-2", "--two-matrix", "--covector", "2,5", "-o", str(file)) == 0
    after = read_weights(file)
    assert (after.barcode, after.product()) == (before.barcode, before.product())
    assert move(theta, 1, "1-1", "1-1", "--two-matrix", "--to-strand", "1", "-o", str(file)) == 0
    assert read_weights(file).barcode == before.barcode


def test_walk_to_a_stratum(theta: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "there.json"
    assert main(["move", str(theta), "--to", "0-1,0-2,1-2", "-o", str(file)]) == 0
    there = read_weights(file)
    assert str(there.barcode) == "0-1,0-2,1-2"
    assert there.product() == read_weights(theta).product()
    told = json.loads(file.read_text())["moves"]
    assert [step["direction"] for step in told] == ["up", "up"]
    back = printed(capsys, str(file), "--to", LOW)
    assert [step["direction"] for step in back["moves"]] == ["down", "down"]
    assert printed(capsys, str(theta), "--to", LOW)["moves"] == []


def test_tangent_vectors(theta: Path, capsys) -> None:
    command = [str(theta), "--layer", "1", "--infinitesimal"]
    rising = printed(capsys, *command, "--from", "0-0", "--to", "1-1")
    assert (rising["tangent_to_stratum"], len(rising["N"])) == (False, 2)
    inside = printed(capsys, *command, "--from", "0-2", "--to", "1-1")
    assert (inside["tangent_to_stratum"], len(inside["H"])) == (True, 3)
    both = printed(capsys, *command, "--from", "0-2", "--to", "1-1", "--two-matrix")
    assert both["tangent_to_stratum"]
    assert [len(x) for x in both["vector"]] == [3, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give --to BARCODE, or --layer, --from and --to BAR"),
        (["--layer", "1", "--to", "0-2"], "give --from"),
        (["--from", "0-0", "--to", "1-1"], "give --layer"),
        (["--to", LOW, "--eps", "2"], "--to BARCODE stands alone"),
        (["--to", "0-2:2,1-1"], "moves keep the product"),
        (["--to", "0-2"], "different networks"),
        (
            ["--layer", "1", "--from", "0-0", "--to", "1-1", "--strand", "1"],
            "no strand 1 of bar",
        ),
        (["--layer", "1", "--from", "0-0", "--to", "1-1", "--vector", "1"], "2 in all, not 1"),
        (["--layer", "1", "--from", "0-0", "--to", "1-1", "--vector", "1,x"], "x"),
        (["--from", "0-0", "--to", "1-1", "--down"], "has no bar 0-1"),
        (["--from", "1-1", "--to", "0-0", "--down"], "bar 1-0 does not run"),
        (["--from", "0-0", "--to", "1-1", "--down", "--eps", "1"], "--down goes without --eps"),
        (["--layer", "2", "--from", "1-1", "--to", "1-1", "--two-matrix"], "hidden layer, 1 to 1"),
        (
            ["--layer", "1", "--from", "1-1", "--to", "1-1", "--two-matrix", "--eps=-1"],
            "not admissible",
        ),
        (
            ["--layer", "1", "--from", "1-1", "--to", "0-2", "--two-matrix", "--vector", "1,2"],
            "--vector needs 1 coefficients, not 2",
        ),
        (["--layer", "3", "--from", "0-0", "--to", "1-1", "--infinitesimal"], "layer must be"),
        (["--layer", "1", "--from", "0-0", "--to", "0-2", "--infinitesimal"], "change the product"),
    ],
)
def test_requests_refused(theta: Path, capsys, arguments: list[str], message: str) -> None:
    assert main(["move", str(theta), *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err
    assert captured.err.count("\n") == 1
